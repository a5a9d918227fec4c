"""Later last days: asked, granted by another, held until they expire, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nep.accounts.roles import HEAD
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.access_exceptions import may_decide_special_date, special_dates_to_decide
from nep.movements.domain.exceptions import Later
from nep.movements.models import AdoptedTask, Adoption, Occurrence, SpecialDate
from nep.movements.queries.duties import decisions
from nep.movements.services.adoptions import pass_down
from nep.movements.services.occurrences_daily import open_due_terms
from nep.movements.services.special_dates import (
    Asked,
    ask_special_date,
    end_special_date,
    grant_special_date,
    refuse_special_date,
)
from nep.platform.audit.models import Event
from nep.platform.audit.trail import name_of, tell
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, adopted, issued

FLOOD = Later(TODAY, date(2026, 5, 31), due_on=date(2026, 4, 30))
ASKED = Asked(FLOOD, "Xã bị chia cắt do lũ.")


def asked(province: Province, running: Running, what: Asked = ASKED) -> SpecialDate:
    plan = issued(province, running, "XA1")
    return ask_special_date(plan, what, actor=province.actor("xa1-focal"), at=AT)


def granted(province: Province, running: Running, what: Asked = ASKED) -> SpecialDate:
    return grant_special_date(asked(province, running, what), actor=province.actor("snv-head"), at=AT)


def days(adoption: Adoption, code: str) -> list[tuple[date | None, bool]]:
    rows = Occurrence.objects.filter(task__adoption=adoption, task__task__code=code).order_by("number")
    return [(row.due_on, row.special_id is not None) for row in rows]


def test_asking_changes_nothing_until_the_unit_above_agrees(province: Province, running: Running) -> None:
    special = asked(province, running)
    assert (special.state, days(special.adoption, "NV2")) == ("asked", [(date(2026, 3, 19), False)])
    event = Event.objects.get(kind="movements.special_date_asked")
    assert tell(event).sentence == (
        "Ma Thị Nguyệt đề nghị hạn riêng cho Ủy ban nhân dân xã Mường Khe, mọi việc và chỉ tiêu: "
        "30/04/2026; hết hiệu lực sau 31/05/2026."
    )
    assert event.about == [name_of(one) for one in (special, special.adoption, running.programme)]


def test_what_is_granted_holds_for_running_and_coming_terms_until_it_expires(
    province: Province, running: Running
) -> None:
    special = granted(province, running)
    task = adopted(special.adoption, "NV2")
    assert (task.due_on, days(special.adoption, "NV2")) == (date(2026, 4, 30), [(date(2026, 4, 30), True)])
    assert days(special.adoption, "NV1") == [(date(2026, 12, 14), False)]
    open_due_terms(on=date(2026, 5, 25), at=AT)
    assert days(special.adoption, "NV2") == [
        (date(2026, 4, 30), True),
        (date(2026, 4, 30), True),
        (date(2026, 5, 19), False),
        (date(2026, 6, 19), False),
    ]
    event = Event.objects.get(kind="movements.special_date_granted")
    assert (event.facts["terms"], event.facts["units"]) == (1, 1)


def test_a_school_year_names_another_day_for_each_term(province: Province, running: Running) -> None:
    year = Later(TODAY, date(2028, 12, 31), rule="yearly:by:05-31")
    special = granted(province, running, Asked(year, "Theo năm học.", task=running.tasks["NV1"]))
    open_due_terms(on=date(2028, 12, 20), at=AT)
    assert days(special.adoption, "NV1") == [
        (date(2027, 5, 31), True),
        (date(2028, 5, 31), True),
        (date(2028, 12, 14), False),
        (date(2029, 12, 14), False),
    ]
    assert days(special.adoption, "NV2")[0] == (date(2026, 3, 19), False)


def test_it_may_be_for_all_below(province: Province, running: Running) -> None:
    running.tasks["NV2"].actors.update(group="all")
    plan = issued(province, running, "XA1")
    (running.adoptions["TH1"],) = pass_down(
        plan, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT
    )
    below, beside = issued(province, running, "TH1"), issued(province, running, "XA2")
    special = ask_special_date(plan, replace(ASKED, below=True), actor=province.actor("xa1-focal"), at=AT)
    grant_special_date(special, actor=province.actor("snv-head"), at=AT)
    moved = [days(one, "NV2") for one in (plan, below, beside)]
    assert moved == [
        [(date(2026, 4, 30), True)],
        [(date(2026, 4, 30), True)],
        [(date(2026, 3, 19), False)],
    ]


@pytest.mark.parametrize("login", ["xa1-head", "snv-focal", "ubnd-head", "xa2-head", "stranger"])
def test_only_who_leads_the_unit_above_grants(province: Province, running: Running, login: str) -> None:
    special = asked(province, running)
    with pytest.raises(AccessDenied):
        grant_special_date(special, actor=province.actor(login), at=AT)
    assert not special_dates_to_decide(province.actor(login)).exists()


def test_who_asked_does_not_grant(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    head = province.actor("snv-head")
    special = ask_special_date(plan, ASKED, actor=head, at=AT)
    assert may_decide_special_date(head, special).reason == (
        "Người đề nghị không tự đồng ý hạn riêng; thủ trưởng khác xem và quyết định."
    )
    assert not special_dates_to_decide(head).exists()
    province.staff("snv-deputy", "Đèo Thị Thơm", "SNV", HEAD)
    deputy = province.actor("snv-deputy")
    (waiting,) = decisions(deputy, TODAY)
    assert (waiting.who, waiting.what, waiting.url) == (
        "Ủy ban nhân dân xã Mường Khe",
        "Đề nghị hạn riêng cho mọi việc và chỉ tiêu",
        f"/phong-trao/han-rieng/{special.pk}/",
    )
    assert special_dates_to_decide(deputy).get() == special
    assert grant_special_date(special, actor=deputy, at=AT).decided_by_name == "Đèo Thị Thơm"


def test_a_refusal_says_why_and_is_final(province: Province, running: Running) -> None:
    special, head = asked(province, running), province.actor("snv-head")
    with pytest.raises(RuleError, match="Ghi lý do không đồng ý"):
        refuse_special_date(special, " ", actor=head, at=AT)
    refused = refuse_special_date(special, "Đường đã thông.", actor=head, at=AT)
    assert (refused.state, refused.decided_because) == ("refused", "Đường đã thông.")
    with pytest.raises(Conflict, match="Lò Văn Thành"):
        grant_special_date(special, actor=head, at=AT)
    assert days(special.adoption, "NV2") == [(date(2026, 3, 19), False)]


def test_taken_back_the_ordinary_day_holds_again_but_none_before_today(
    province: Province, running: Running
) -> None:
    special = granted(province, running)
    early = end_special_date(special, "Đường đã thông.", actor=province.actor("snv-head"), at=AT)
    assert (early.state, days(special.adoption, "NV2")) == ("ended", [(date(2026, 3, 19), False)])
    assert adopted(special.adoption, "NV2").due_on == date(2026, 3, 19)
    again = ask_special_date(special.adoption, ASKED, actor=province.actor("xa1-focal"), at=AT)
    grant_special_date(again, actor=province.actor("snv-head"), at=AT)
    end_special_date(again, "Đường đã thông.", actor=province.actor("snv-head", date(2026, 4, 2)), at=AT)
    assert days(special.adoption, "NV2") == [(date(2026, 4, 2), False)]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (Asked(FLOOD, " "), "Ghi lý do"),
        (Asked(replace(FLOOD, due_on=None), "Lũ."), "Chọn một ngày"),
        (Asked(replace(FLOOD, due_on=date(2026, 3, 1)), "Lũ."), "đã qua"),
        (Asked(replace(FLOOD, expires_on=date(2026, 4, 29)), "Lũ."), "hết hiệu lực"),
        (Asked(Later(TODAY, date(2027, 1, 1), rule="in:2026"), "Lũ."), "lặp lại"),
    ],
)
def test_what_says_too_little_is_refused(
    province: Province, running: Running, what: Asked, sentence: str
) -> None:
    with pytest.raises(RuleError, match=sentence):
        asked(province, running, what)
    assert SpecialDate.objects.count() == 0


def test_nobody_asks_for_a_plan_that_is_not_issued_or_not_theirs(
    province: Province, running: Running
) -> None:
    with pytest.raises(AccessDenied, match="Ban hành kế hoạch"):
        ask_special_date(running.adoptions["XA2"], ASKED, actor=province.actor("xa2-head"), at=AT)
    plan = issued(province, running, "XA1")
    for login in ("xa2-head", "xa1-staff", "supervisor"):
        with pytest.raises(AccessDenied):
            ask_special_date(plan, ASKED, actor=province.actor(login), at=AT)
    assert AdoptedTask.objects.filter(lead_days__gt=0).count() == 0
