"""The same things in four places, each named by a word of its own that stands nowhere else.

`own` is the commune whose people walk; `sibling` lies beside it; `closed` was merged into the sibling;
`union` is the commune's union, in another line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from nep.accounts.models import Passkey
from nep.accounts.roles import ADMINISTRATOR, FOCAL, HEAD, MOVEMENT_OFFICER, SUPERVISOR
from nep.documents.domain.intake import open_bytes
from nep.documents.models import Document, ReviewItem
from nep.documents.services.intake import Arrival, receive_document
from nep.documents.services.reading import keep_reading, read_text
from nep.indicators.domain.figures import Said
from nep.indicators.domain.periods import read_period
from nep.indicators.services.asking import ask_figures
from nep.indicators.services.figures import enter_figure
from nep.indicators.services.imports import Upload as FigureUpload
from nep.indicators.services.imports import receive_figures
from nep.indicators.services.registry import Definition, make_indicator
from nep.movements.domain.amendments import Change
from nep.movements.domain.attachments import Attachment
from nep.movements.domain.evidence import Content
from nep.movements.domain.exceptions import Later
from nep.movements.models import (
    Adoption,
    Aim,
    Amendment,
    EvidenceFile,
    Narrative,
    Programme,
    ProgrammeScope,
    ProgrammeTemplate,
    Proposal,
    Review,
    Target,
    Task,
    TaskActor,
)
from nep.movements.queries.contents import values_of
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, prepare_adoption
from nep.movements.services.evidence import send_for_task
from nep.movements.services.programmes import ProgrammeHead, create_programme
from nep.movements.services.special_dates import Asked, ask_special_date
from nep.org.access import Actor
from nep.org.lists import PEOPLE
from nep.org.models import Grant, Posting, Unit, UnitChange, UnitKind
from nep.org.services.changes_merging import merge_units
from nep.org.services.imports import Upload, receive_import
from nep.org.services.trail_bundles import path_of
from nep.platform.audit.models import Event
from nep.platform.clock import now
from nep.platform.jobs.models import JobRun
from nep.platform.lists.changes import save_view
from nep.platform.lists.exports import Wanted, export_list
from nep.platform.notify.digests import Letter, Line, send_digest
from nep.platform.notify.models import Notice
from nep.platform.notify.notices import notify
from nep.sample.photo import notice_board
from tests.factories.books import workbook
from tests.factories.letters import urged
from tests.factories.province import AT, TODAY, Province

CODES = {"own": "XA1", "sibling": "XA3", "closed": "HY", "union": "CD2"}
WORDS = {"own": "Nhatrong", "sibling": "Nhaben", "closed": "Nhadong", "union": "Nhahoi"}
ABOVE = {"own": "UBND", "sibling": "UBND", "closed": "UBND", "union": "CD"}

# Addresses of what is still prepared; the others lead to what runs.
OF_A_DRAFT = (
    "programme_step",
    "programme_edit",
    "programme_head",
    "programme_parents",
    "programme_scope",
    "programme_part_new",
    "programme_part",
    "programme_part_remove",
    "programme_part_move",
)
BEFORE_ISSUING = (
    "adoption_prepare",
    "adoption_issue",
    "adoption_plan",
    "adoption_direct",
    "adoption_person",
    "adoption_own_task",
    "adoption_nothing_own",
    "adoption_note",
    "adoption_draft_docx",
    "adoption_take",
)


OF_AN_AMENDMENT = (
    "amendment_item_new",
    "amendment_item",
    "amendment_item_drop",
    "amendment_item_keep",
    "amendment_step",
    "amendment_edit",
    "amendment_head",
    "amendment_line",
    "amendment_remove",
)


@dataclass
class Place:
    """What there is in one unit: `things` by the name that addresses use for it."""

    name: str
    unit: Unit
    things: dict[str, Any] = field(default_factory=dict)
    drafts: dict[str, Any] = field(default_factory=dict)
    waiting: dict[str, Any] = field(default_factory=dict)
    counted: dict[str, Any] = field(default_factory=dict)
    amending: dict[str, Any] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """The word that all its things carry."""
        return WORDS[self.name]

    def kwargs(self, address: str, wanted: tuple[str, ...]) -> dict[str, Any]:
        """What an address of this name asks for; KeyError when this place has no such thing yet."""
        known = dict(self.things)
        if address in OF_A_DRAFT:
            known |= self.drafts
        if address in BEFORE_ISSUING:
            known |= self.waiting
        if address.startswith("indicator"):
            known |= self.counted
        if address in OF_AN_AMENDMENT:
            known |= self.amending
        if address == "import_template":
            known["kind"] = "staff"
        if address == "list_act":
            known["code"] = "minh-chung"
        return {name: known[name] for name in wanted}


def open_places(province: Province) -> None:
    """Open the units of the places, and give each its word."""
    province.open("XA3", f"Ủy ban nhân dân xã {WORDS['sibling']}", UnitKind.COMMUNE, parent="UBND")
    province.open("HY", f"Ủy ban nhân dân xã {WORDS['closed']}", UnitKind.COMMUNE, parent="UBND")
    for name in ("own", "union"):
        unit = province.units[CODES[name]]
        renamed = f"{unit.name} {WORDS[name]}"
        Unit.objects.filter(pk=unit.pk).update(name=renamed, short_name=renamed)
        unit.names.update(name=renamed, short_name=renamed)
        unit.refresh_from_db()


def places(province: Province) -> dict[str, Place]:
    """Fill the four places, then close the one that is closed."""
    found = {name: _filled(province, name) for name in CODES}
    merge_units([province.units["HY"]], province.units["XA3"], actor=None, on=TODAY, at=AT)
    for code in CODES.values():
        province.units[code].refresh_from_db()
    return found


def _filled(province: Province, name: str) -> Place:
    code, word = CODES[name], WORDS[name]
    unit = province.units[code]
    place = Place(name, unit)
    if code != "XA1":
        province.staff(f"{code}-head", f"Thào A {word}", code, HEAD, position="Thủ trưởng")
    province.staff(f"{code}-officer", f"Lầu Thị {word}", code, MOVEMENT_OFFICER)
    province.staff(f"{code}-clerk", f"Cứ A {word}", code, FOCAL)
    province.staff(f"{code}-keeper", f"Hạng A {word}", code, ADMINISTRATOR)
    _of_people(province, place)
    _of_documents(province, place)
    _of_programmes(province, place)
    _of_indicators(province, place)
    _of_oneself(province, place)
    event = Event.objects.filter(unit_id=unit.pk).latest("pk")
    place.things |= {"unit_id": unit.pk, "year": 2026, "month": 1, "day": 2, "event_id": event.pk}
    opening = UnitChange.objects.get(kind=UnitChange.Kind.OPEN, parts__unit=unit, parts__role="subject")
    place.things["change_id"] = opening.pk
    return place


def head_of(place: Place) -> str:
    """The login of who heads a place."""
    return "xa1-head" if place.name == "own" else f"{CODES[place.name]}-head"


def _of_people(province: Province, place: Place) -> None:
    code, word = CODES[place.name], place.word
    clerk = province.person(f"{code}-clerk")
    clerk.email = f"{word}@vidu.vn"
    clerk.save(update_fields=["email"])
    posting = Posting.objects.get(person=clerk)
    Posting.objects.filter(pk=posting.pk).update(decision=f"05/QĐ-{word}")
    waits = Grant.objects.create(
        user=province.users[f"{code}-officer"],
        role=SUPERVISOR.code,
        unit=place.unit,
        line=place.unit.line,
        during=DateRange(TODAY, None),
        granted_by_id=province.users[f"{code}-keeper"].pk,
        reason=f"Đề nghị của {word}",
    )
    keeper = Actor(province.users[f"{code}-keeper"], TODAY, elevated=True)
    book = workbook([["Mã NV", "Họ và tên", "Chức vụ"], [f"NV-{word}", f"Sùng Thị {word}", "Chuyên viên"]])
    upload = Upload(f"danh-sach-{word}.xlsx", [book])
    sent = receive_import(upload, kind="staff", root=place.unit, on=TODAY, actor=keeper, at=AT)
    place.things |= {
        "person_id": clerk.pk,
        "posting_id": posting.pk,
        "position_id": posting.position_id,
        "grant_id": waits.pk,
        "import_id": sent.pk,
    }


def _of_documents(province: Province, place: Place) -> None:
    officer = province.actor(f"{CODES[place.name]}-officer")
    plan = (
        f"KẾ HOẠCH\nThực hiện nếp sống văn minh tại {place.word}\n\n"
        f"1. Phòng Hành chính {place.word} niêm yết quy tắc trước ngày 15/12/2026.\n"
        f"2. Bộ phận một cửa {place.word} báo cáo hằng quý trước ngày 20.\n"
    )
    name = f"ke-hoach-{place.word}.txt"
    arrival = Arrival(name, plan.encode(), open_bytes(plan.encode(), name=name))
    document = receive_document(arrival, actor=officer, unit=place.unit, at=AT)
    Document.objects.filter(pk=document.pk).update(title=f"Nếp sống văn minh {place.word}")
    document.refresh_from_db()
    keep_reading(document.pk, read_text(document, actor=officer), actor=officer, at=AT)
    item = ReviewItem.objects.filter(reading__document=document).first()
    assert item is not None, "the plan asks for something"
    place.things |= {"document_id": document.pk, "item_id": item.pk}


def _asked(province: Province, place: Place, number: int) -> tuple[Programme, Adoption]:
    """A programme that the unit above runs, reaching this place alone."""
    above = province.units[ABOVE[place.name]]
    programme = Programme.objects.create(
        kind=Programme.Kind.PLAN,
        code=f"PT-{place.word}-{number}",
        title=f"Công sở kiểu mẫu {place.word}",
        lead_unit=above,
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        state="launched",
        launched_on=date(2026, 2, 2),
        created_by_id=1,
        created_at=AT,
        search=f"cong so kieu mau {place.word.lower()}",
    )
    ProgrammeScope.objects.create(programme=programme, line=above.line, root=above)
    Aim.objects.create(programme=programme, position=1, text=f"Phục vụ tận tình ở {place.word}.")
    task = Task.objects.create(
        programme=programme,
        position=1,
        code="NV1",
        title=f"Niêm yết quy tắc {place.word}",
        text=f"Niêm yết quy tắc {place.word}, theo hướng dẫn.",
        rule="yearly:before:12-15",
        evidence_kind="any",
    )
    TaskActor.objects.create(task=task, name="các đơn vị", group="all")
    Target.objects.create(
        programme=programme,
        position=1,
        code="CT1",
        name=f"Người được phổ biến {place.word}",
        value=100,
        unit="%",
        subject=Target.Subject.PEOPLE,
        rule="yearly:before:12-01",
    )
    adoption = Adoption.objects.create(
        programme=programme, unit=place.unit, expected_since=date(2026, 2, 2), note=""
    )
    return programme, adoption


def _of_programmes(province: Province, place: Place) -> None:
    officer, head = province.actor(f"{CODES[place.name]}-officer"), province.actor(head_of(place))
    clerk = province.actor(f"{CODES[place.name]}-clerk")
    programme, adoption = _asked(province, place, 1)
    prepare_adoption(adoption, actor=clerk, at=AT)
    carry_out_directly(adoption, f"{place.word} ít người.", actor=clerk, at=AT)
    issue_adoption(adoption, actor=head, at=AT, head_answers=True)
    task = adoption.tasks.get()
    photo = Attachment(f"anh-{place.word}.png", notice_board(place.word, TODAY), photo=True)
    content = Content(TODAY, text=f"Đã niêm yết tại {place.word}.")
    evidence = send_for_task(task, content, [photo], actor=clerk, at=AT)
    target = Target.objects.get(programme=programme)
    place.things |= {
        "programme_id": programme.pk,
        "adoption_id": adoption.pk,
        "task_id": task.pk,
        "target_id": target.pk,
        "key": f"target-{target.pk}",
        "evidence_id": evidence.pk,
        "file_id": EvidenceFile.objects.get(evidence=evidence).pk,
    }
    later = Later(TODAY, date(2026, 5, 31), due_on=date(2026, 4, 30))
    special = ask_special_date(adoption, Asked(later, f"Lũ ở {place.word}."), actor=clerk, at=AT)
    place.things |= {"special_id": special.pk, "ending": "khong-dong-y"}
    letter = urged(adoption, province.actor(f"{ABOVE[place.name]}-head".lower()))
    place.things |= {"letter_id": letter.pk, "act_id": letter.act_id}
    _of_changes(province, place, adoption)
    coming, waiting = _asked(province, place, 2)
    prepare_adoption(waiting, actor=clerk, at=AT)
    place.waiting |= {"adoption_id": waiting.pk, "task_id": coming.tasks.get().pk}
    drafted = create_programme(
        ProgrammeHead("plan", f"Dự thảo {place.word}", place.unit, date(2026, 1, 1), date(2026, 12, 31)),
        actor=officer,
        at=AT,
    )
    part = Task.objects.create(programme=drafted, position=1, code="NV1", title=f"Việc dự kiến {place.word}")
    place.drafts |= {
        "programme_id": drafted.pk,
        "kind": "nhiem-vu",
        "part_id": part.pk,
        "step": "submit",
    }


def _of_indicators(province: Province, place: Place) -> None:
    """An indicator of the place with a figure, asked for, and a file with figures."""
    officer = province.actor(f"{CODES[place.name]}-officer")
    clerk = province.actor(f"{CODES[place.name]}-clerk")
    counts = Definition(
        name=f"Lượt phục vụ {place.word}",
        definition=f"Đếm trong sổ của {place.word}.",
        unit_of_count="lượt",
        numerator_words=f"lượt phục vụ tại {place.word}",
        lines=(place.unit.line,),
        source=f"Quy chế của {place.word}",
    )
    indicator = make_indicator(counts, owner=place.unit, actor=officer, at=AT)
    month = read_period("month", "2026-02")
    ask_figures(indicator, place.unit, [place.unit.kind], month, actor=officer, at=AT)
    said = Said(Decimal(7))
    enter_figure(indicator, place.unit, month, said, f"Sổ của {place.word}", actor=clerk, at=AT)
    book = workbook([["Mã đơn vị", "Số đạt được"], [place.unit.code, 9]])
    upload = FigureUpload(f"so-lieu-{place.word}.xlsx", [book])
    sent = receive_figures(upload, indicator, place.unit, month, "Sổ tay", actor=officer, at=AT)
    place.counted |= {"code": indicator.code, "period": month.key, "import_id": sent.pk}


def _of_changes(province: Province, place: Place, adoption: Adoption) -> None:
    """An amendment at work and one to answer, a template, a review with what the unit writes for it."""
    programme, above, word = adoption.programme, province.units[ABOVE[place.name]], place.word
    task = programme.tasks.get()
    told = values_of(task)
    change = Change("nhiem-vu", task.pk, told, told | {"rule": "yearly:before:12-20"}).as_told()
    both = {"programme": programme, "effective_on": date(2099, 1, 1), "created_by_id": 1, "created_at": AT}
    approved = Amendment.objects.create(
        number=1, because=f"Theo ý kiến {word}", changes=[change], state="approved", approved_at=AT, **both
    )
    drafted = Amendment.objects.create(number=2, because=f"Dự kiến cho {word}", changes=[change], **both)
    proposal = Proposal.objects.create(
        amendment=approved, adoption=adoption, told_on=TODAY, effective_on=date(2099, 1, 1)
    )
    # Templates are shared with all who draft: this one says nothing of the place.
    template = ProgrammeTemplate.objects.create(
        name="Mẫu dùng chung",
        unit=above,
        kind="plan",
        starts_on=date(2026, 1, 1),
        content=[{"kind": "muc-dich", "key": 1, "values": {"text": "Phục vụ tận tình."}}],
        created_by_name="Lý A Sinh",
        changed_at=AT,
        search="mau dung chung",
    )
    review = Review.objects.create(
        programme=programme,
        kind="interim",
        opened_on=TODAY,
        narratives_due_on=date(2099, 1, 1),
        assessment=f"Nhận xét về {word}",
    )
    narrative = Narrative.objects.create(review=review, adoption=adoption, done=f"Kết quả ở {word}")
    example = narrative.examples.create(
        kind="person", name=f"Giàng A {word}", deed="Giúp dân.", nominated_by_name="Má Thị Dợ"
    )
    lesson = review.lessons.create(text=f"Bài học từ {word}", written_by_name="Lý A Sinh", written_at=AT)
    place.amending |= {"kind": "nhiem-vu", "key": str(task.pk), "step": "submit", "amendment_id": drafted.pk}
    place.things |= {
        "amendment_id": approved.pk,
        "proposal_id": proposal.pk,
        "template_id": template.pk,
        "review_id": review.pk,
        "narrative_id": narrative.pk,
        "example_id": example.pk,
        "lesson_id": lesson.pk,
    }


def _of_oneself(province: Province, place: Place) -> None:
    """What only one officer of the place keeps: a view, a sheet, a job, a bundle, a passkey."""
    login = f"{CODES[place.name]}-officer"
    officer, user = province.actor(login), province.users[login]
    view = save_view(PEOPLE, f"Cách xem {place.word}", query="", columns=(), place=None, actor=officer, at=AT)
    notify([user.pk], key="walk", text=f"Có việc ở {place.word}", url="/", at=AT)
    reminded = date(2026, 3, 2 + list(CODES).index(place.name))
    line, letter = Line(f"Hạn hôm nay: niêm yết {place.word}", "/"), Letter("", "đồng chí", "Nếp: 1 việc")
    send_digest(user.pk, reminded, [line], letter, at=AT)
    place.things |= {
        "notice_id": Notice.objects.get(user_id=user.pk, key="walk").pk,
        "digest_day": str(reminded),
    }
    with transaction.atomic():
        sheet = export_list(Wanted("nguoi", "", (), None), actor=officer, at=now())
    token = f"{list(CODES).index(place.name)}" * 32
    path_of(token).parent.mkdir(parents=True, exist_ok=True)
    path_of(token).write_bytes(b"")
    run = JobRun.objects.create(
        title=f"Đọc văn bản {place.word}",
        started_by_id=user.pk,
        created_at=AT,
        result_url=reverse("trail_bundle", args=[token]),
    )
    passkey = Passkey.objects.create(
        user=user, name=f"Khóa {place.word}", credential_id=place.word.encode(), credential=b"", made_at=AT
    )
    place.things |= {
        "code": "nguoi",
        "act": "nhan",
        "view_id": view.pk,
        "export_id": sheet.pk,
        "run_id": run.pk,
        "token": token,
        "passkey_id": passkey.pk,
        "session_id": 1,
    }
