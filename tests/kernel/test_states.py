"""State machines as tables."""

import pytest

from nep.kernel.errors import RuleError
from nep.kernel.states import Machine, Transition

SEND = Transition("send", "Gửi", ("draft",), "sent", "may_send")
RETURN = Transition(
    "return", "Trả lại", ("sent",), "draft", "may_decide", needs_reason=True, needs_document=True
)
MACHINE = Machine(("draft", "sent"), "draft", (SEND, RETURN))


def test_a_table_with_unknown_states_is_refused() -> None:
    with pytest.raises(ValueError, match="closed"):
        Machine(("draft",), "draft", (Transition("close", "Đóng", ("draft",), "closed", "may_close"),))


def test_steps_that_leave_a_state() -> None:
    assert MACHINE.leaving("draft") == (SEND,)
    assert tuple(MACHINE) == (SEND, RETURN)


@pytest.mark.parametrize(
    ("name", "state", "reason", "has_document", "sentence"),
    [
        ("burn", "draft", "", False, "Không có bước chuyển này."),
        (
            "send",
            "sent",
            "",
            False,
            "Không thể “Gửi” ở trạng thái hiện tại. Mở lại trang để xem trạng thái mới.",
        ),
        ("return", "sent", "  ", True, "Ghi lý do trước khi “Trả lại”."),
        ("return", "sent", "Thiếu chữ ký", False, "Chọn văn bản làm căn cứ trước khi “Trả lại”."),
    ],
)
def test_a_step_is_refused_with_its_reason(
    name: str, state: str, reason: str, has_document: bool, sentence: str
) -> None:
    with pytest.raises(RuleError) as refused:
        MACHINE.check(name, state=state, reason=reason, has_document=has_document)
    assert refused.value.reason == sentence


def test_a_step_with_all_it_needs_is_taken() -> None:
    assert MACHINE.check("return", state="sent", reason="Thiếu chữ ký", has_document=True) == RETURN
