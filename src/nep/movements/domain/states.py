"""The life of a programme, of a unit's adoption and of a piece of evidence."""

from nep.accounts.roles import Permission
from nep.kernel.states import Machine, Transition

DRAFT, SUBMITTED, LAUNCHED = "draft", "submitted", "launched"
INTERIM_REVIEW, FINAL_REVIEW, CLOSED = "interim_review", "final_review", "closed"

PROGRAMME = Machine(
    states=(DRAFT, SUBMITTED, LAUNCHED, INTERIM_REVIEW, FINAL_REVIEW, CLOSED),
    initial=DRAFT,
    transitions=(
        Transition("submit", "Trình phát động", (DRAFT,), SUBMITTED, Permission.DRAFT_PROGRAMMES),
        Transition(
            "return",
            "Trả lại kèm lý do",
            (SUBMITTED,),
            DRAFT,
            Permission.LAUNCH_PROGRAMMES,
            needs_reason=True,
            destructive=True,
        ),
        Transition("launch", "Phát động", (SUBMITTED,), LAUNCHED, Permission.LAUNCH_PROGRAMMES),
        Transition("open_interim", "Mở sơ kết", (LAUNCHED,), INTERIM_REVIEW, Permission.LAUNCH_PROGRAMMES),
        Transition(
            "close_interim",
            "Kết thúc sơ kết",
            (INTERIM_REVIEW,),
            LAUNCHED,
            Permission.LAUNCH_PROGRAMMES,
            needs_reason=True,
        ),
        Transition("open_final", "Mở tổng kết", (LAUNCHED,), FINAL_REVIEW, Permission.LAUNCH_PROGRAMMES),
        Transition(
            "close",
            "Kết thúc chương trình",
            (FINAL_REVIEW,),
            CLOSED,
            Permission.LAUNCH_PROGRAMMES,
            needs_reason=True,
            needs_document=True,
        ),
    ),
)
RUNNING = frozenset({LAUNCHED, INTERIM_REVIEW, FINAL_REVIEW})
AMENDABLE = frozenset({LAUNCHED, INTERIM_REVIEW})

STATE_LABELS = {
    DRAFT: "Bản nháp",
    SUBMITTED: "Chờ phát động",
    LAUNCHED: "Đang thực hiện",
    INTERIM_REVIEW: "Đang sơ kết",
    FINAL_REVIEW: "Đang tổng kết",
    CLOSED: "Đã kết thúc",
}

# A unit's adoption: it is expected from the launch on, worked on, then issued by the head of the unit.
EXPECTED, PREPARING, ISSUED = "expected", "preparing", "issued"

# A piece of evidence, and the duty that it answers.
SENT, ACCEPTED, RETURNED = "sent", "accepted", "returned"
OPEN = "open"
OWED = (OPEN, RETURNED)
ENDED = "ended"  # owed no more: the unit closed, handed it on, or the programme ended
