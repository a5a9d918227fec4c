"""Urging late units by official letters: signed in one act, written one by one, each once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from nep.accounts.models import User
from nep.accounts.roles import Permission
from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word import draft_dispatch
from nep.documents.models import IssuedDocument
from nep.documents.services.issuing import NewDocument, confirm_letterhead, issue_document
from nep.documents.services.numbers import Taken, note_outside_numbers
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_letters as access
from nep.movements import events
from nep.movements.domain.letters import Urging, Wording, checked, composed, filled, mail_text
from nep.movements.models import Letter, LetterAct, LetterTerm, Occurrence, Programme
from nep.movements.queries import letters as reads
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.jobs.models import JobRun
from nep.platform.jobs.runs import start
from nep.platform.notify import outbox
from nep.platform.notify.notices import notify

TOLD_EVERY = 10
"""Letters between two words to who watches."""


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """What the signer decided: which units (all that are late, or these plans), what the letters say.

    `seen` is how many letters the page told; `numbers_given` the last number that the clerks gave by hand.
    """

    wording: Wording
    words: LetterheadWords
    answer_by: date
    seen: int
    adoptions: frozenset[int] | None = None
    numbers_given: int | None = None


@transaction.atomic
def sign_letters(
    programme: Programme, unit: Unit, order: LetterOrder, *, actor: Actor, at: datetime, site: str
) -> LetterAct:
    """Sign letters to late units in one act; a job numbers, writes and sends them one by one.

    `site` is the address of this house, for the links in mails.
    Raises: AccessDenied; Conflict while another act is at work or other units are late than were shown;
    RuleError when the wording, the letterhead or the day to answer does not do.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    access.may_urge(actor, programme, unit).require()
    wording = checked(order.wording)
    if order.answer_by <= actor.on:
        raise RuleError("Hạn trả lời phải sau ngày ký.")
    if LetterAct.objects.filter(programme=programme, unit=unit, finished_at=None).exists():
        raise Conflict("Đợt đôn đốc trước còn đang lập văn bản. Chờ đợt đó xong rồi ký đợt mới.")
    chosen = _chosen(programme, unit, order, on=actor.on)
    if order.numbers_given:
        note_outside_numbers(unit, order.numbers_given, year=actor.on.year, actor=actor, at=at)
    standing = actor.standing_at(Permission.URGE_UNITS, unit)
    if not standing.in_place_of:  # a deputy's own title stays with the deputy's letters
        confirm_letterhead(unit, order.words, actor=actor, at=at)
    act = _made(programme, unit, order, wording, actor=standing, at=at, site=site)
    Letter.objects.bulk_create(
        Letter(act=act, adoption_id=adoption, unit_id=addressee) for adoption, addressee in chosen
    )
    record(
        events.LETTERS_SIGNED,
        actor=standing,
        about=[act, programme],
        at=at,
        unit_id=unit.pk,
        unit=unit.name,
        programme=programme.title,
        count=len(chosen),
        answer_by=f"{order.answer_by:%d/%m/%Y}",
    )
    _queue(act, actor=actor)
    return act


def _chosen(programme: Programme, unit: Unit, order: LetterOrder, *, on: date) -> list[tuple[int, int]]:
    """The plans and units to write to, in the order of names: late now, and among those that were chosen."""
    rows = reads.late_terms(programme, unit, on).order_by()
    late = rows.values_list("adoption_id", "unit_id", "unit__sort_key").distinct()
    chosen = sorted(
        (row for row in late if order.adoptions is None or row[0] in order.adoptions), key=lambda row: row[2]
    )
    if not chosen:
        raise RuleError("Không còn đơn vị nào trong số đã chọn trễ hạn.")
    if len(chosen) != order.seen:
        raise Conflict(
            f"Lúc xem trước có {order.seen} đơn vị trễ hạn, bây giờ là {len(chosen)}. Xem lại rồi ký."
        )
    return [(adoption, addressee) for adoption, addressee, _ in chosen]


def _made(
    programme: Programme,
    unit: Unit,
    order: LetterOrder,
    wording: Wording,
    *,
    actor: Actor,
    at: datetime,
    site: str,
) -> LetterAct:
    before = LetterAct.objects.filter(programme=programme, unit=unit).order_by("-number").first()
    return LetterAct.objects.create(
        programme=programme,
        unit=unit,
        number=before.number + 1 if before else 1,
        day=actor.on,
        answer_by=order.answer_by,
        subject=wording.subject,
        opening=wording.opening,
        closing=wording.closing,
        words=asdict(order.words),
        signer_name=actor.user.name,
        signed_by_id=actor.id,
        in_place_of=actor.in_place_of,
        signed_at=at,
        site=site.rstrip("/"),
    )


def _queue(act: LetterAct, *, actor: Actor) -> JobRun:
    from nep.movements.tasks import write_letters  # noqa: PLC0415 -- the job calls back into this module

    title = f"Lập văn bản đôn đốc: {act.programme.title}"[:200]
    run = start(write_letters, title=title, actor=actor, counted="văn bản", act_id=act.pk)
    act.run_id = run.pk
    act.save(update_fields=["run_id"])
    return run


@transaction.atomic
def go_on_with_letters(act: LetterAct, *, actor: Actor) -> JobRun:
    """Have the rest of an act written whose job ended before its time, for example because the disk was full.

    Raises: AccessDenied; Conflict while its job is at work.
    """
    act = LetterAct.objects.select_for_update(of=("self",)).select_related("programme", "unit").get(pk=act.pk)
    access.may_go_on(actor, act).require()
    if reads.run_of(act).filter(state__in=JobRun.OPEN).exists():
        raise Conflict("Nếp đang lập các văn bản còn lại của đợt này.")
    return _queue(act, actor=actor)


@transaction.atomic
def write_letter(letter_id: int, *, actor: Actor, at: datetime) -> Letter:
    """Number, write, keep and send one letter, all in one transaction; one that is written stays as it is.

    A unit that has meanwhile sent everything gets no letter, and takes no number.
    Raises: Unavailable when the file cannot be stored.
    """
    rows = Letter.objects.select_for_update(of=("self",))
    letter = rows.select_related("act__programme", "act__unit", "adoption__programme", "unit").get(
        pk=letter_id
    )
    if letter.state != Letter.State.WAITING:
        return letter
    act = letter.act
    urging, terms = reads.urging_of(letter.adoption, act.unit, day=act.day, answer_by=act.answer_by)
    if not terms:
        letter.state = Letter.State.NOT_NEEDED
        letter.save(update_fields=["state"])
        return letter
    document = _issue(act, urging, actor=actor, at=at)
    letter.state, letter.document, letter.written_at = Letter.State.WRITTEN, document, at
    letter.times, letter.urged = urging.times, len(terms)
    letter.mail_keys = _send(letter, urging, document.reference, at)
    letter.save()
    _keep_terms(letter, urging, terms)
    record(
        events.LETTER_WRITTEN,
        actor=actor,
        about=[letter, letter.adoption, document],
        at=at,
        unit_id=letter.unit_id,
        unit=letter.unit.name,
        number=document.reference,
        terms=len(terms),
    )
    return letter


def _issue(act: LetterAct, urging: Urging, *, actor: Actor, at: datetime) -> IssuedDocument:
    words = LetterheadWords(**act.words)
    wording = Wording(act.subject, act.opening, act.closing)

    def write(taken: Taken) -> bytes:
        return draft_dispatch(
            composed(urging, wording, words, signer=act.signer_name, number=taken.number, on=taken.on)
        )

    new = NewDocument(
        unit=act.unit,
        symbol=words.symbol,
        organ=words.organ,
        title=filled(wording.subject, urging.facts),
        addressee=urging.unit,
        signer_title=" ".join(part for part in (words.authority, words.signer_title) if part),
        signer_name=act.signer_name,
        on=act.day,
    )
    return issue_document(new, write, actor=actor, at=at)


def _keep_terms(letter: Letter, urging: Urging, terms: Collection[Occurrence]) -> None:
    LetterTerm.objects.bulk_create(
        LetterTerm(
            letter=letter,
            occurrence=term,
            position=place,
            title=late.title[:600],
            due_on=late.due_on,
            days_late=late.days_late,
        )
        for place, (late, term) in enumerate(zip(urging.terms, terms, strict=True), start=1)
    )


def _send(letter: Letter, urging: Urging, reference: str, at: datetime) -> list[str]:
    """Tell the head and those who act for the unit: in Nếp, and by one mail to each address; its keys."""
    people = reads.acting_for(letter.unit, letter.act.day)
    page, subject = reverse("letter", args=[letter.pk]), f"Công văn số {reference}: {urging.programme}"
    text = f"{urging.asking} gửi công văn số {reference} đôn đốc “{urging.programme}”."
    notify([user.pk for user in people], key=f"letter-{letter.pk}", text=text, url=page, at=at)
    if not outbox.is_set_up():
        return []
    mail = mail_text(urging, reference=reference, address=letter.act.site + page)
    by_address = {user.email.lower(): user for user in people if user.email}
    keys = {f"letter-{letter.pk}-{user.pk}": user.email for user in by_address.values()}
    for key, address in keys.items():
        outbox.post(address, subject[:200], mail, key=key)
    return list(keys)


@transaction.atomic
def finish_letters(act: LetterAct, *, at: datetime) -> None:
    """Close an act of which nothing waits any more."""
    act = LetterAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if act.finished_at is None and not act.letters.filter(state=Letter.State.WAITING).exists():
        act.finished_at = at
        act.save(update_fields=["finished_at"])


def signer_of(act: LetterAct) -> Actor:
    """Who signed, as the trail names them: a job goes on in their name."""
    return Actor(User.objects.get(pk=act.signed_by_id), act.day, in_place_of=act.in_place_of)


def write_waiting(act: LetterAct, step: Callable[[int, int], None], at: Callable[[], datetime] = now) -> None:
    """Write what is left of an act, letter by letter; cut anywhere and begun again it goes on."""
    actor, total = signer_of(act), act.letters.count()
    waiting = list(act.letters.filter(state=Letter.State.WAITING).order_by("pk").values_list("pk", flat=True))
    done = total - len(waiting)
    step(done, total)
    for letter_id in waiting:
        write_letter(letter_id, actor=actor, at=at())
        done += 1
        if done % TOLD_EVERY == 0:
            step(done, total)
    finish_letters(act, at=at())
    step(total, total)
