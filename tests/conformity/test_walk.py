"""Every address, opened as a visitor, as a stranger, as somebody of another unit, and as who it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from nep.accounts.models import Passkey
from nep.accounts.roles import ADMINISTRATOR, AUDITOR, HEAD
from nep.documents.domain.intake import open_bytes
from nep.documents.models import Document, ReviewItem
from nep.documents.services.intake import Arrival, receive_document
from nep.documents.services.reading import keep_reading, read_text
from nep.indicators.domain.periods import read_period
from nep.indicators.models import FigureImport
from nep.indicators.services.asking import ask_figures
from nep.indicators.services.imports import Upload as FigureUpload
from nep.indicators.services.imports import receive_figures
from nep.indicators.services.registry import Definition, make_indicator
from nep.movements.domain.attachments import Attachment
from nep.movements.domain.evidence import Content
from nep.movements.domain.exceptions import Later
from nep.movements.models import Adoption, Evidence, EvidenceFile, Programme
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, prepare_adoption
from nep.movements.services.evidence import send_for_task
from nep.movements.services.next_year import NextYears, draft_next, years_after
from nep.movements.services.special_dates import Asked, ask_special_date
from nep.org.access import Actor
from nep.org.lists import PEOPLE
from nep.org.models import Grant, Line, Position, Posting, Unit, UnitChange
from nep.org.services.grants import grant_role, propose_role
from nep.org.services.imports import Upload, check_import, receive_import
from nep.org.services.people import post_person
from nep.org.services.trail_bundles import path_of
from nep.platform.audit.models import Event
from nep.platform.clock import now
from nep.platform.jobs.models import JobRun
from nep.platform.lists.changes import save_view
from nep.platform.lists.exports import Wanted, export_list
from nep.platform.lists.models import ListExport, SavedView
from nep.platform.notify.digests import Letter, send_digest
from nep.platform.notify.digests import Line as DigestLine
from nep.platform.notify.models import Notice
from nep.platform.notify.notices import notify
from nep.sample.history import review
from nep.sample.organisation import HERE
from nep.sample.photo import notice_board
from tests.conformity.test_addresses import addresses
from tests.factories.books import workbook
from tests.factories.changes import changing
from tests.factories.letters import urged
from tests.factories.province import AT, OPENED, TODAY, Province
from tests.factories.running import Running, running_programme

pytestmark = pytest.mark.django_db


# Addresses that only take a form: opened as a page they lead back to where the form stands.
ACTS = (
    "session_end",
    "notices_read",
    "notice_open",
    "sessions_end_others",
    "leave_elevation",
    "person_sessions_end",
    "person_unlock",
    "review_add",
    "review_finish",
    "document_read",
    "review_edit",
    "review_act",
    "programme_part_move",
    "adoption_person",
    "adoption_own_task",
    "adoption_nothing_own",
    "adoption_note",
    "adoption_take",
    "adopted_task_words",
    "adopted_task_drop",
    "amendment_item_drop",
    "amendment_item_keep",
    "proposal_accept",
    "lesson_remove",
    "example_choose",
    "example_remove",
    "narrative_example",
    "narrative_accept",
    "evidence_accept",
    "letter_act_go_on",
    "special_date_grant",
    "list_export",
    "trail_export",
    "list_view_default",
    "import_answer",
    "import_recheck",
    "import_commit",
    "import_cancel",
)

# What everybody who may open a list keeps or takes for themselves.
OWN = ("list_columns", "list_views", "list_export", "list_view_default")


@dataclass(frozen=True)
class Door:
    """An address with an object behind it: who may come in, and what they get."""

    login: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    status: int = 200


@pytest.fixture
def doors(province: Province) -> dict[str, Door]:
    """One door for each named address of the product."""
    running = running_programme(province)
    evidence = issued_with_evidence(province, running)
    plan, draft = bring_in(province, "phong-trao-toan-tinh"), drafted(province)
    item = ReviewItem.objects.filter(reading__document=plan, field="task")[0]
    run = JobRun.objects.create(
        title="Đọc văn bản", started_by_id=province.users["ubnd-officer"].pk, created_at=AT
    )
    passkey = Passkey.objects.create(
        user=province.users["stranger"], name="Điện thoại", credential_id=b"1", credential=b"", made_at=AT
    )
    province.staff("auditor", "Lưu Bích Ngân", "UBND", AUDITOR)
    commune, target = running.adoptions["XA1"].pk, running.target.pk
    waiting, task = running.adoptions["XA2"].pk, evidence.task_id
    waits, ahead = role_that_waits(province), posting_ahead(province)
    sent_file = file_of_staff(province)
    staff = {"person_id": province.person("xa1-staff").pk}
    position = {"position_id": Position.objects.first().pk}
    unit, opening = {"unit_id": province.units["XA1"].pk}, {"change_id": opening_of(province.units["XA1"]).pk}
    own, another = {"programme_id": draft.pk}, {"programme_id": running.programme.pk}
    part = own | {"kind": "nhiem-vu", "part_id": draft.tasks.first().pk}
    document = {"document_id": plan.pk}
    view, sheet = kept_view(province), handed_out(province)
    letter = urged(running.adoptions["XA1"], province.actor("snv-head"))
    special = special_of(province, commune)
    counted, figures = {"code": "dvctt-toan-trinh"} | unit, file_of_figures(province)
    month = counted | {"period": "2026-02"}
    found = {
        "indicators": Door("snv-staff"),
        "indicator_figures": Door("snv-staff"),
        "indicator_new": Door("ubnd-officer"),
        "indicator": Door("snv-staff", {"code": "dvctt-toan-trinh"}),
        "indicator_edit": Door("ubnd-officer", {"code": figures.indicator.code}),
        "indicator_figure": Door("xa1-staff", month),
        "indicator_enter": Door("xa1-focal", counted),
        "indicator_take_back": Door("xa1-focal", month),
        "indicator_ask": Door("xa1-head", counted),
        "indicator_ask_end": Door(
            "ubnd-officer", {"code": figures.indicator.code, "unit_id": figures.root_id}
        ),
        "indicator_import": Door("xa1-head", counted),
        "indicator_template": Door("xa1-head", month),
        "indicator_imported": Door("ubnd-officer", {"import_id": figures.pk}),
        "indicator_import_commit": Door("ubnd-officer", {"import_id": figures.pk}, 302),
        "indicator_import_file": Door("ubnd-officer", {"import_id": figures.pk}),
        "list_columns": Door("snv-staff", {"code": "nguoi"}),
        "list_views": Door("snv-staff", {"code": "nguoi"}),
        "list_view_default": Door("snv-staff", {"code": "nguoi"}),
        "list_export": Door("snv-staff", {"code": "nguoi"}),
        "list_view": Door("snv-staff", {"code": "nguoi", "view_id": view.pk}),
        "list_view_remove": Door("snv-staff", {"code": "nguoi", "view_id": view.pk}),
        "list_file": Door("snv-staff", {"export_id": sheet.pk}),
        "list_act": Door("snv-head", {"code": "minh-chung", "act": "nhan"}),
        "today": Door("stranger"),
        "account": Door("stranger"),
        **{
            name: Door("stranger")
            for name in (
                "sessions_end_others",
                "confirm_identity",
                "elevate",
                "leave_elevation",
                "totp",
                "totp_remove",
                "recovery_codes",
                "passkey_add",
            )
        },
        **{name: Door("stranger") for name in ("notices", "notices_read", "mail_wish")},
        "notice_open": Door("stranger", {"notice_id": notice_to(province, "stranger")}),
        "digest": Door("stranger", {"digest_day": digest_to(province, "stranger")}),
        "programme_urging": Door("snv-head", another),
        "session_end": Door("stranger", {"session_id": 1}),
        "passkey_remove": Door("stranger", {"passkey_id": passkey.pk}),
        "sign_out": Door("stranger"),
        "units": Door("snv-staff"),
        "people": Door("snv-staff"),
        "trail": Door("auditor"),
        "trail_export": Door("auditor"),
        "trail_bundle": Door("auditor", {"token": bundled(province)}),
        "trail_event": Door("auditor", {"event_id": Event.objects.latest("pk").pk}),
        "unit": Door("xa1-staff", unit),
        **{
            name: Door("keeper", unit)
            for name in ("unit_open", "unit_rename", "unit_move", "unit_merge", "unit_split", "unit_close")
        },
        "unit_reattach": Door("keeper", {"unit_id": province.units["CD2"].pk}),
        "unit_changes": Door("xa1-staff"),
        "change": Door("xa1-staff", opening),
        "change_withdraw": Door("keeper", opening),
        # All units follow one calendar: the administrator of a commune reads it only.
        "calendar": Door("xa1-staff"),
        "calendar_add": Door("keeper", status=403),
        "calendar_take_back": Door("keeper", {"year": 2026, "month": 3, "day": 9}, status=403),
        "periods": Door("xa1-focal"),
        "period_lock": Door("xa1-head", unit | {"year": 2026, "month": 1}),
        **{
            name: Door("keeper", {"person_id": province.person("xa1-staff").pk})
            for name in ("person_invite", "person_sessions_end", "person_unlock", "person_factors_remove")
        },
        "unit_invite": Door("keeper", {"unit_id": province.units["XA1"].pk}),
        "person": Door("xa1-focal", {"person_id": province.person("xa1-staff").pk}),
        "rights": Door("stranger"),
        "person_rights": Door("keeper", staff),
        "imports": Door("keeper"),
        "import_new": Door("keeper"),
        "import_template": Door("keeper", {"kind": "staff", "unit_id": province.units["XA1"].pk}),
        **{
            name: Door("keeper", {"import_id": sent_file})
            for name in (
                "import",
                "import_findings",
                "import_answer",
                "import_recheck",
                "import_commit",
                "import_cancel",
            )
        },
        # The file as it was sent is handed out in elevated mode only.
        "import_file": Door("keeper", {"import_id": sent_file}, status=403),
        "person_new": Door("keeper"),
        # All units share the list of positions: the administrator of a commune reads it only.
        "position_new": Door("keeper", status=403),
        "position_edit": Door("keeper", position, status=403),
        **{name: Door("xa1-focal") for name in ("rotation", "positions", "grants_waiting")},
        **{
            name: Door("keeper", staff)
            for name in ("person_edit", "posting_new", "person_transfer", "grant_new")
        },
        **{name: Door("keeper", {"posting_id": ahead.pk}) for name in ("posting_end", "posting_cancel")},
        "grant_confirm": Door("xa1-head", {"grant_id": waits.pk}),
        "grant_decline": Door("xa1-head", {"grant_id": waits.pk}),
        "grant_revoke": Door("keeper", {"grant_id": waits.pk}),
        "acting_new": Door("xa1-head", {"unit_id": province.units["XA1"].pk}),
        "jobs": Door("stranger"),
        "job": Door("ubnd-officer", {"run_id": run.pk}),
        "documents": Door("ubnd-officer"),
        "document_new": Door("ubnd-officer"),
        **{
            name: Door("ubnd-officer", document)
            for name in (
                "document",
                "document_file",
                "document_head",
                "review",
                "review_add",
                "review_finish",
                "document_read",
            )
        },
        "review_edit": Door("ubnd-officer", document | {"item_id": item.pk}),
        "review_act": Door("ubnd-officer", document),
        "programmes": Door("xa1-staff"),
        "programme_new": Door("ubnd-officer"),
        **{
            name: Door("xa1-staff", another)
            for name in (
                "programme",
                "programme_tasks",
                "programme_rules",
                "programme_document",
                "programme_timeline",
                "programme_units",
                "programme_units_tasks",
                "programme_units_grid",
                "programme_late",
            )
        },
        "unit_work": Door("xa1-staff", {"unit_id": province.units["XA1"].pk}),
        "programme_figure": Door("xa1-head", another | {"key": f"target-{target}"}),
        "programme_step": Door("ubnd-officer", own | {"step": "submit"}),
        **{
            name: Door("ubnd-officer", own)
            for name in ("programme_edit", "programme_head", "programme_parents", "programme_scope")
        },
        "programme_part_new": Door("ubnd-officer", own | {"kind": "nhiem-vu"}),
        "programme_part": Door("ubnd-officer", part),
        "programme_part_remove": Door("ubnd-officer", part),
        "programme_part_move": Door("ubnd-officer", part),
        "adoption": Door("xa1-staff", {"adoption_id": commune}),
        **{
            name: Door("xa2-head", {"adoption_id": waiting})
            for name in (
                "adoption_prepare",
                "adoption_issue",
                "adoption_plan",
                "adoption_direct",
                "adoption_person",
                "adoption_own_task",
                "adoption_nothing_own",
                "adoption_note",
                "adoption_draft_docx",
            )
        },
        # Evidence waits for a decision, so even the head is refused, with the reason.
        "adoption_withdraw": Door("xa1-head", {"adoption_id": commune}, status=403),
        "adoption_pass": Door("xa1-head", {"adoption_id": commune}),
        "adoption_take": Door("xa2-head", {"adoption_id": waiting, "task_id": running.tasks["NV3"].pk}),
        "evidence_new_target": Door("xa1-focal", {"adoption_id": commune, "target_id": target}),
        "adopted_task": Door("xa1-staff", {"task_id": task}),
        "adopted_task_words": Door("xa1-focal", {"task_id": task}),
        "adopted_task_drop": Door("xa1-focal", {"task_id": task}),
        "evidence_new": Door("xa1-focal", {"task_id": task}),
        "evidence_waiting": Door("snv-head"),
        "evidence": Door("xa1-focal", {"evidence_id": evidence.pk}),
        "evidence_accept": Door("snv-head", {"evidence_id": evidence.pk}),
        "evidence_return": Door("snv-head", {"evidence_id": evidence.pk}),
        "letters_new": Door("snv-head", another),
        "letters": Door("xa1-staff"),
        "letter": Door("xa1-staff", {"letter_id": letter.pk}),
        "letter_file": Door("xa1-staff", {"letter_id": letter.pk}),
        "letter_act": Door("snv-head", {"act_id": letter.act_id}),
        "letter_act_go_on": Door("snv-head", {"act_id": letter.act_id}),
        "special_dates": Door("xa1-focal", {"adoption_id": commune}),
        "special_date_new": Door("xa1-focal", {"adoption_id": commune}),
        "special_date": Door("xa1-focal", special),
        "special_date_grant": Door("snv-head", special),
        "special_date_end": Door("snv-head", special | {"ending": "khong-dong-y"}),
        "reopening_new": Door("snv-head", {"adoption_id": commune}),
        "evidence_file": Door("snv-head", {"file_id": EvidenceFile.objects.get().pk}),
    }
    found |= of_changes(province)
    return found | {name: replace(found[name], status=302) for name in ACTS}


def of_changes(province: Province) -> dict[str, Door]:
    """The doors to amendments, templates and reviews; what the draft follows is followed already."""
    here, officer = changing(province), province.actor("ubnd-officer")
    title, first, last = years_after(here.programme)
    following = draft_next(here.programme, NextYears(title, first, last, {}), actor=officer, at=AT)
    own = {"programme_id": here.programme.pk}
    drafted, template = {"amendment_id": here.drafted.pk}, {"template_id": here.template.pk}
    part = {"kind": "nhiem-vu", "key": str(here.programme.tasks.get(code="NV1").pk)}
    review, waiting = {"review_id": here.review.pk}, {"proposal_id": here.waiting.pk}
    writing, sent = {"narrative_id": here.writing.pk}, {"narrative_id": here.sent.pk}
    # XA1 nominates while it writes; XA2 has sent its part.
    nominated = {"example_id": here.writing.examples.create(kind="person", name="Ma Văn Ký", deed="Giúp.").pk}
    office = {
        "programme_amendments": own,
        "programme_content": own,
        "programme_reviews": own,
        "programme_before": {"programme_id": following.pk},
        "template_new": own,
        "amendment": {"amendment_id": here.approved.pk},
        "amendment_answers": {"amendment_id": here.approved.pk},
        **{f"amendment_{name}": drafted for name in ("edit", "head", "line", "remove")},
        "amendment_step": drafted | {"step": "submit"},
        "amendment_item_new": drafted | {"kind": "nhiem-vu"},
        **{f"amendment_item{name}": drafted | part for name in ("", "_drop", "_keep")},
        "templates": {},
        **dict.fromkeys(("template", "template_edit", "template_withdraw", "template_draft"), template),
        **dict.fromkeys(("programme_review", "review_words", "review_docx", "lesson_new"), review),
        "narratives": review,
        **{name: {"lesson_id": here.lesson.pk} for name in ("lesson", "lesson_remove")},
        "example_choose": {"example_id": here.example.pk},
        **dict.fromkeys(("narrative_accept", "narrative_return"), sent),
    }
    return {
        **{name: Door("ubnd-officer", kwargs) for name, kwargs in office.items()},
        "programme_next": Door("ubnd-officer", own, status=302),
        "amendment_new": Door("ubnd-officer", own),
        "proposal": Door("xa1-head", waiting),
        "proposal_accept": Door("xa1-head", waiting),
        "proposal_object": Door("xa1-head", waiting),
        "proposal_rule": Door("ubnd-head", {"proposal_id": here.objected.pk}),
        "narrative": Door("xa1-focal", writing),
        "narrative_example": Door("xa1-focal", writing),
        "example_remove": Door("xa1-focal", nominated),
    }


def special_of(province: Province, adoption_id: int) -> dict[str, int]:
    """A later last day that the contact of the commune has asked for."""
    asked = Asked(Later(TODAY, date(2026, 5, 31), due_on=date(2026, 4, 30)), "Xã bị chia cắt do lũ.")
    plan = Adoption.objects.get(pk=adoption_id)
    return {"special_id": ask_special_date(plan, asked, actor=province.actor("xa1-focal"), at=AT).pk}


def bundled(province: Province) -> str:
    """A bundle of the trail that the auditor has asked for."""
    token = "0" * 32
    path_of(token).parent.mkdir(parents=True, exist_ok=True)
    path_of(token).write_bytes(b"")
    JobRun.objects.create(
        title="Xuất nhật ký có ký",
        started_by_id=province.users["auditor"].pk,
        created_at=AT,
        result_url=reverse("trail_bundle", args=[token]),
    )
    return token


def notice_to(province: Province, login: str) -> int:
    """The number of a notice to somebody."""
    user = province.users[login].pk
    notify([user], key="door", text="Có việc mới", url="/", at=AT)
    return Notice.objects.get(user_id=user).pk


def digest_to(province: Province, login: str) -> str:
    """The day of a digest to somebody."""
    line, letter = DigestLine("Hạn hôm nay: niêm yết", "/"), Letter("", "đồng chí", "Nếp: 1 việc")
    send_digest(province.users[login].pk, TODAY, [line], letter, at=AT)
    return str(TODAY)


def kept_view(province: Province) -> SavedView:
    """A view that a member of staff keeps."""
    return save_view(
        PEOPLE, "Của tôi", query="", columns=(), place=None, actor=province.actor("snv-staff"), at=AT
    )


def handed_out(province: Province) -> ListExport:
    """A sheet that a member of staff took today."""
    with transaction.atomic():
        return export_list(Wanted("nguoi", "", (), None), actor=province.actor("snv-staff"), at=now())


def opening_of(unit: Unit) -> UnitChange:
    """The change by which a unit opened."""
    return UnitChange.objects.get(kind=UnitChange.Kind.OPEN, parts__unit=unit, parts__role="subject")


def role_that_waits(province: Province) -> Grant:
    """An administrator of the commune, `keeper`, has proposed a second head, who waits to be confirmed."""
    province.staff("keeper", "Lừu Seo Tráng", "XA1", ADMINISTRATOR, position="Quản trị viên")
    user, commune = province.users["keeper"], province.units["XA1"]
    grant_role(user, ADMINISTRATOR, actor=None, unit=commune, on=OPENED, at=AT, line=Line.UNION)
    return propose_role(
        province.users["xa1-staff"],
        HEAD,
        actor=Actor(province.users["keeper"], TODAY, elevated=True),
        unit=province.units["XA1"],
        on=TODAY,
        at=AT,
    )


def file_of_staff(province: Province) -> int:
    """A file of staff that `keeper` has sent for the commune, checked."""
    keeper = Actor(province.users["keeper"], TODAY, elevated=True)
    rows = [["Mã NV", "Họ và tên", "Chức vụ"], ["NV-moi", "Sùng Thị Dín", "Chuyên viên"]]
    upload = Upload("danh-sach.xlsx", [workbook(rows)])
    commune = province.units["XA1"]
    made = receive_import(upload, kind="staff", root=commune, on=TODAY, actor=keeper, at=AT)
    check_import(made, actor=keeper)
    return made.pk


def posting_ahead(province: Province) -> Posting:
    """Somebody of the commune works elsewhere too from a day that has not come."""
    person, position = province.person("xa1-staff"), Position.objects.get(name="Chuyên viên")
    return post_person(
        person,
        actor=None,
        unit=province.units["TH1"],
        position=position,
        kind="concurrent",
        on=date(2099, 1, 1),
        at=AT,
    )


def file_of_figures(province: Province) -> FigureImport:
    """A file with figures of an indicator of the province, which is asked for."""
    officer, root = province.actor("ubnd-officer"), province.units["UBND"]
    definition = Definition(
        "Lượt phục vụ", "Đếm trong sổ.", "lượt", "lượt phục vụ", ("authority",), "Quy chế"
    )
    indicator = make_indicator(definition, owner=root, actor=officer, at=AT)
    month = read_period("month", "2026-02")
    ask_figures(indicator, root, ["commune"], month, actor=officer, at=AT)
    upload = FigureUpload("so-lieu.xlsx", [workbook([["Mã đơn vị", "Số đạt được"], ["XA1", 9]])])
    return receive_figures(upload, indicator, root, month, "Sổ tay", actor=officer, at=AT)


def bring_in(province: Province, name: str) -> Document:
    """A plan of the sample, read, in the store of the province."""
    officer, content = province.actor("ubnd-officer"), (HERE / "documents" / f"{name}.txt").read_bytes()
    arrival = Arrival(f"{name}.txt", content, open_bytes(content, name=f"{name}.txt"))
    document = receive_document(arrival, actor=officer, unit=province.units["UBND"], at=AT)
    keep_reading(document.pk, read_text(document, actor=officer), actor=officer, at=AT)
    return document


def drafted(province: Province) -> Programme:
    """A programme that is still a draft."""
    return review(bring_in(province, "quy-tac-ung-xu"), province.actor("ubnd-officer"), AT)


def issued_with_evidence(province: Province, running: Running) -> Evidence:
    """A commune has issued its plan and sent a photo; another one is at work on its plan."""
    focal, head = province.actor("xa1-focal"), province.actor("xa1-head")
    adoption = prepare_adoption(running.adoptions["XA1"], actor=focal, at=AT)
    prepare_adoption(running.adoptions["XA2"], actor=province.actor("xa2-head"), at=AT)
    carry_out_directly(adoption, "Đơn vị ít người.", actor=focal, at=AT)
    issue_adoption(adoption, actor=head, at=AT, head_answers=True)
    photo = Attachment("bang.png", notice_board("xã Mường Khe", TODAY), photo=True)
    task = adoption.tasks.get(task=running.tasks["NV2"])
    return send_for_task(task, Content(TODAY, text="Đã dán bảng quy tắc."), [photo], actor=focal, at=AT)


def rows() -> dict[str, int]:
    """How many rows each table of ours holds, but for sessions."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model.__module__.startswith("nep.")
    }


def urls(doors: dict[str, Door]) -> dict[str, str]:
    return {name: reverse(name, kwargs=door.kwargs) for name, door in doors.items()}


def test_every_address_has_a_door(doors: dict[str, Door]) -> None:
    """Fix: add the new address to `doors` above."""
    asking = {entry.name for entry in addresses() if entry.callback.policy.kind != "public"}
    assert asking == set(doors)


def test_a_visitor_is_led_to_the_sign_in(doors: dict[str, Door]) -> None:
    visitor = Client()
    for name, url in urls(doors).items():
        answer = visitor.get(url)
        assert answer.status_code in {302, 405}, name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/dang-nhap/?next="), name
        late = visitor.post(url)
        assert late.status_code in {403, 405}, name
        if late.status_code == 403:
            assert 'action="/dang-nhap/"' in late.content.decode(), name


def test_a_stranger_finds_nothing(doors: dict[str, Door], signed_in: Callable[[str], Client]) -> None:
    stranger = signed_in("stranger")
    for name, url in urls(doors).items():
        if doors[name].login != "stranger":
            assert stranger.get(url).status_code in {403, 404, 405}, name


@pytest.mark.parametrize(
    ("login", "unit"), [("stranger", ""), ("th2-staff", "TH2"), ("cb1-staff", "CB1"), ("supervisor", "")]
)
def test_who_it_is_not_for_cannot_write(
    doors: dict[str, Door], province: Province, signed_in: Callable[[str], Client], login: str, unit: str
) -> None:
    if unit:
        province.staff(login, "Vàng Thị Mỷ", unit)
    client, before = signed_in(login), rows()
    answers = {
        name: client.post(url).status_code
        for name, url in urls(doors).items()
        if doors[name].login != "stranger" and name not in OWN
    }
    assert {name: status for name, status in answers.items() if status not in {403, 404, 405, 409}} == {}
    assert rows() == before


def test_who_it_is_for_comes_in(doors: dict[str, Door], signed_in: Callable[[str], Client]) -> None:
    seen = {name: signed_in(doors[name].login).get(url).status_code for name, url in urls(doors).items()}
    assert seen == {name: door.status for name, door in doors.items()}


def test_opening_pages_writes_nothing(doors: dict[str, Door], signed_in: Callable[[str], Client]) -> None:
    silent = {entry.name for entry in addresses() if not entry.callback.reads}
    before = rows()
    for name, url in urls(doors).items():
        if name in silent:
            signed_in(doors[name].login).get(url)
    assert rows() == before


def test_opening_sensitive_data_writes_just_that(
    doors: dict[str, Door], signed_in: Callable[[str], Client]
) -> None:
    declared = {entry.name: {kind.code for kind in entry.callback.reads} for entry in addresses()}
    before = rows()
    for name, url in urls(doors).items():
        if declared[name]:
            last = Event.objects.latest("pk").pk
            signed_in(doors[name].login).get(url)
            told = set(Event.objects.filter(pk__gt=last).values_list("kind", flat=True))
            assert told <= declared[name], name
    grown = {model for model, count in rows().items() if count != before[model]}
    assert grown == {"audit.Event", "audit.ReadingMark"}
