"""Reminders: who gets the digest of a day, what it says, and that nobody gets two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.accounts.models import User
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.domain.urging import USUAL, Policy
from nep.movements.models import AdoptedTask, Occurrence
from nep.movements.queries.urging import policy_of, told_on
from nep.movements.services import urging
from nep.movements.services.evidence import accept_evidence, send_for_task
from nep.movements.services.urging import remind, set_urging
from nep.org.models import UnitKind
from nep.platform.audit.models import Event
from nep.platform.calendar import exact
from nep.platform.notify import outbox
from nep.platform.notify.digests import wish_mail
from nep.platform.notify.models import Digest, Message, Notice
from nep.platform.notify.tasks import deliver
from tests.factories.evidence import photo_file, told
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued

SignIn = Callable[[str], Client]
DUE = date(2026, 3, 19)  # the monthly photo of communes, "trước ngày 20"
NOON = datetime(2026, 3, 19, 5, 0, tzinfo=UTC)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)


def reminded(province: Province, day: date) -> dict[str, list[str]]:
    """By sign-in: the lines of the digests of a day."""
    remind(on=day, at=noon(day))
    logins = {user.pk: login for login, user in province.users.items()}
    return {
        logins[row.user_id]: [line["text"].split(" (")[0] for line in row.lines]
        for row in Digest.objects.filter(day=day)
    }


PHOTO = "Chụp ảnh bảng quy tắc tại nơi tiếp dân"


def test_who_does_it_then_the_head_then_the_unit_that_asked(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    AdoptedTask.objects.filter(pk=task.pk).update(person=province.person("xa1-staff"))
    days = {
        "before": date(2026, 3, 18),
        "due": DUE,
        "after": date(2026, 3, 20),
        "head": date(2026, 3, 24),
        "above": date(2026, 4, 2),
    }
    found = {name: reminded(province, day) for name, day in days.items()}
    assert found["before"] == {"xa1-staff": [f"Còn 1 ngày làm việc: {PHOTO}"]}
    assert found["due"] == {"xa1-staff": [f"Hạn hôm nay: {PHOTO}"]}
    assert found["after"] == {"xa1-staff": [f"Trễ 1 ngày làm việc: {PHOTO}"]}
    assert found["head"] == {"xa1-head": [f"Đơn vị trễ 3 ngày làm việc: {PHOTO}"]}
    assert found["above"]["snv-head"] == ["1 đơn vị trễ 1 việc: Công sở kiểu mẫu 2026–2030"]


def test_without_a_name_those_who_send_for_the_unit_are_asked(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    AdoptedTask.objects.filter(pk=task.pk).update(person=None)
    assert set(reminded(province, DUE)) == {"xa1-focal", "xa1-head"}


def test_who_has_left_the_unit_is_not_asked(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    person = province.person("xa1-staff")
    AdoptedTask.objects.filter(pk=task.pk).update(person=person)
    person.postings.update(during=("2026-01-01", "2026-03-01"))
    assert set(reminded(province, DUE)) == {"xa1-focal", "xa1-head"}


def test_who_is_done_is_left_alone_and_who_decides_is_asked(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    sent = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)  # 2/3
    assert reminded(province, DUE) == {}
    waiting = reminded(province, date(2026, 3, 5))
    assert waiting["snv-head"] == ["1 minh chứng chờ xét, lâu nhất 3 ngày làm việc"]
    accept_evidence(sent, actor=province.actor("snv-head"), at=AT)
    assert reminded(province, date(2026, 3, 10)) == {}


def test_one_digest_a_day_however_often_it_runs(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    first = remind(on=DUE, at=NOON)
    assert (first, remind(on=DUE, at=NOON)) == (1, 0)
    digest = Digest.objects.get()
    assert [line["text"].split(" (")[0] for line in digest.lines] == [f"Hạn hôm nay: {PHOTO}"]
    letter = Message.objects.get(key=digest.mail_key)
    assert (letter.to, letter.subject) == ("truong@vanlinh.example", "Nếp: 1 việc đến hạn hôm nay")
    notice = Notice.objects.get()
    assert (notice.text, notice.url) == (
        "Nhắc việc ngày 19/03/2026: 1 việc đến hạn hôm nay",
        f"/thong-bao/{DUE}/",
    )


def test_cut_off_in_the_middle_the_next_run_gives_what_lacks(
    province: Province, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in ("XA1", "XA2"):
        issued(province, running, unit)
    given = []

    def cut(user_id: int, *rest: object, **more: object) -> bool:
        if given:
            raise KeyboardInterrupt
        given.append(user_id)
        return whole(user_id, *rest, **more)  # type: ignore[arg-type]  # handed on as it came

    whole = urging.send_digest
    monkeypatch.setattr(urging, "send_digest", cut)
    with pytest.raises(KeyboardInterrupt):
        remind(on=DUE, at=NOON)
    monkeypatch.undo()
    assert Digest.objects.count() == 1
    assert remind(on=DUE, at=NOON) == 1
    assert set(Digest.objects.values_list("user_id", flat=True)) == {
        province.users["xa1-head"].pk,
        province.users["xa2-head"].pk,
    }


def test_a_letter_that_could_not_leave_is_replaced_by_the_next(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    for day in (date(2026, 3, 18), DUE, date(2026, 3, 20)):
        remind(on=day, at=noon(day))
    states = dict(Message.objects.filter(key__startswith="digest-").values_list("subject", "state"))
    assert states == {
        "Nếp: 1 việc sắp đến hạn": "replaced",
        "Nếp: 1 việc đến hạn hôm nay": "replaced",
        "Nếp: 1 việc đã trễ hạn": "waiting",
    }
    assert Digest.objects.count() == 3


def test_by_night_letters_wait_for_the_morning(
    province: Province, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued(province, running, "XA1")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    remind(on=DUE, at=NOON)
    letter = Message.objects.get()
    monkeypatch.setattr(outbox, "now", lambda: datetime(2026, 3, 19, 20, 0, tzinfo=UTC))  # 3:00
    deliver.func(message_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == "waiting"
    assert outbox.opens_in(letter.pk) == timedelta(hours=4)
    monkeypatch.setattr(outbox, "now", lambda: datetime(2026, 3, 20, 1, 0, tzinfo=UTC))  # 8:00
    deliver.func(message_id=letter.pk)
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_who_wants_no_mail_is_told_inside(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    wish_mail(province.users["xa1-head"].pk, wanted=False)
    remind(on=DUE, at=NOON)
    assert (Notice.objects.count(), Message.objects.count()) == (1, 0)


def test_nobody_is_reminded_on_a_day_off(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    assert remind(on=date(2026, 3, 21), at=noon(date(2026, 3, 21))) == 0
    assert Digest.objects.count() == 0


def test_as_many_queries_for_thirty_units_as_for_one(province: Province, running: Running) -> None:
    issued(province, running, "XA1")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            told_on(DUE, exact())
        return len(captured)

    AdoptedTask.objects.update(person=None)
    one = queries()
    first = Occurrence.objects.get(task__task__code="NV2")
    for number in range(30):
        unit = province.open(f"X{number}", f"Xã số {number}", UnitKind.COMMUNE, parent="UBND")
        plan, _ = running.programme.adoptions.get_or_create(unit=unit, defaults={"expected_since": DUE})
        plan.state, plan.issued_on, plan.issued_by_id = "issued", DUE, 1
        plan.save()
        task = plan.tasks.create(task=first.task.task, position=1, title=PHOTO, due_on=DUE)
        first.pk, first.adoption, first.unit, first.task = None, plan, unit, task
        first.save()
    assert Occurrence.objects.late(date(2026, 3, 20)).count() == 31
    assert queries() == one


def test_a_programme_sets_its_ladder(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    ladder = Policy(before=(2,), every=5, head_after=1, above_after=4, decide_after=2)
    set_urging(running.programme, ladder, seen=USUAL, actor=province.actor("snv-head"), at=AT)
    assert policy_of(running.programme) == ladder
    assert reminded(province, date(2026, 3, 18)) == {}
    assert set(reminded(province, date(2026, 3, 20))) == {"xa1-head"}
    event = Event.objects.get(kind="movements.urging_set")
    assert event.before == asdict(USUAL) | {"before": [5, 1]}
    with pytest.raises(Conflict):
        set_urging(running.programme, USUAL, seen=USUAL, actor=province.actor("snv-head"), at=AT)
    wrong = replace(ladder, every=0)
    with pytest.raises(RuleError, match="Nhắc lại sau"):
        set_urging(running.programme, wrong, seen=ladder, actor=province.actor("snv-head"), at=AT)
    with pytest.raises(AccessDenied):
        set_urging(running.programme, USUAL, seen=ladder, actor=province.actor("xa1-head"), at=AT)


def test_the_page_sets_the_ladder_and_keeps_what_was_typed(
    province: Province, running: Running, signed_in: SignIn
) -> None:
    client, address = signed_in("snv-head"), reverse("programme_urging", args=[running.programme.pk])
    form = client.get(address).context["form"]
    given = {name: form.initial[name] for name in form.fields} | {"before": "7, x", "every": "4"}
    page = client.post(address, given)
    assert "Ghi số ngày, cách nhau bằng dấu phẩy" in page.content.decode()
    assert 'value="7, x"' in page.content.decode()
    assert client.post(address, given | {"before": "7"}).status_code == 302
    assert policy_of(running.programme) == replace(USUAL, before=(7,), every=4)
    assert signed_in("xa1-focal").get(address).status_code == 404


def test_after_an_outage_who_is_done_gets_no_stale_letter(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    remind(on=DUE, at=NOON)
    send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
    remind(on=date(2026, 3, 20), at=noon(date(2026, 3, 20)))
    assert list(Message.objects.values_list("state", flat=True)) == ["replaced"]


def test_after_an_outage_what_is_still_owed_is_told_in_the_words_of_the_day(
    province: Province, running: Running
) -> None:
    issued(province, running, "XA1")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    remind(on=DUE, at=NOON)
    day = date(2026, 3, 23)  # two days late: no rung speaks
    assert told_on(day, exact()) == {}
    remind(on=day, at=noon(day))
    letters = dict(Message.objects.values_list("subject", "state"))
    assert letters == {"Nếp: 1 việc đến hạn hôm nay": "replaced", "Nếp: 1 việc đã trễ hạn": "waiting"}
    assert Digest.objects.get(day=day).lines[0]["text"].startswith("Trễ 2 ngày làm việc: ")


def test_what_is_addressed_to_a_head_goes_by_mail_all_the_same(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    User.objects.filter(login="xa1-head").update(email="truong@vanlinh.example")
    wish_mail(province.users["xa1-head"].pk, wanted=False)
    day = date(2026, 3, 24)  # three days late
    remind(on=day, at=noon(day))
    assert Message.objects.get().subject == "Nếp: 1 việc trễ của đơn vị"


def test_a_reminder_leads_to_the_form_of_its_term(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    remind(on=DUE, at=NOON)
    form = reverse("evidence_new", args=[task.pk])
    assert [line["url"] for line in Digest.objects.get().lines] == [f"{form}?ky=1"]
