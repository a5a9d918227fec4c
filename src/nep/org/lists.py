"""The lists of the organisation: people, the trail, files sent in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.org.access import Actor, people_at_work, visible_units
from nep.org.models import ExcelImport, Person, Position, Posting, Unit, UnitClosure
from nep.org.models.people import StaffKind
from nep.org.queries.imports import visible_imports
from nep.org.queries.trail import GROUPS, group_of, told, visible_events
from nep.platform.access import holds
from nep.platform.audit.models import Event
from nep.platform.lists.cells import Linked, Standing
from nep.platform.lists.filters import Choose, Pick, Span, yes_or_no
from nep.platform.lists.spec import Column, ListSpec, listed
from nep.platform.search import matching
from nep.platform.ui.parts import Choice

READERS = holds(Permission.VIEW_UNITS)
MOST_NAMED = 300  # units that a query names one by one


def unit_filter(narrow: Any, *, key: str = "don-vi", label: str = "Đơn vị") -> Pick:
    """A filter by a unit and all below it: any unit that the actor may see, found by typing its name."""
    return Pick(key, label, _one_unit, _units_found, narrow)


def _one_unit(actor: Actor, unit_id: int) -> Choice | None:
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        return None
    roots = [one.unit_id for one in actor.grants_with(Permission.VIEW_UNITS) if one.line == one.unit.line]
    # Mostly it lies below a role, which one row of the closure tells; only else the whole of sight is asked.
    path = UnitClosure.objects.filter(descendant=found, ancestor__in=roots, during__contains=actor.on)
    seen = path.exists() or visible_units(actor).filter(pk=unit_id).exists()
    return Choice(str(found.pk), found.name) if seen else None


def _units_found(actor: Actor, words: str) -> list[Choice]:
    units = visible_units(actor).open_on(actor.on).matching(words)
    shortest = units.order_by(Length("name"), "sort_key", "pk")[:9]  # the nearest to what was typed
    return [Choice(str(unit.pk), unit.name) for unit in shortest]


def _posted_below(rows: QuerySet[Person], unit_id: str, actor: Actor) -> QuerySet[Person]:
    below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    units: Any = below.values("descendant_id")
    few = list(below.values_list("descendant_id", flat=True)[: MOST_NAMED + 1])
    if len(few) <= MOST_NAMED:
        units = few  # named one by one the database knows how many they are, and plans for that
    seats = Posting.objects.filter(person=OuterRef("pk"), during__contains=actor.on)
    return rows.filter(Exists(seats.filter(unit__in=units)))


def _in_position(rows: QuerySet[Person], position_id: str, actor: Actor) -> QuerySet[Person]:
    seats = Posting.objects.filter(
        person=OuterRef("pk"), during__contains=actor.on, position=int(position_id)
    )
    return rows.filter(Exists(seats))


def _positions(actor: Actor) -> list[tuple[str, str]]:
    rows = Position.objects.order_by("rank", "name").values_list("pk", "name")[:200]
    return [(str(pk), name) for pk, name in rows]


def _with_main_posting(rows: Sequence[Person], actor: Actor) -> Sequence[Person]:
    """Each person with their main posting of the day as `main`, in one query."""
    postings = Posting.objects.filter(person__in=rows, during__contains=actor.on, kind=Posting.Kind.MAIN)
    found = {row.person_id: row for row in postings.select_related("unit", "position")}
    for person in rows:
        person.main = found.get(person.pk)  # type: ignore[attr-defined]  # for the columns of this list alone
    return rows


def _of_main(field: str) -> Any:
    return lambda person: getattr(person.main, field).name if person.main else ""


PEOPLE = listed(
    ListSpec(
        code="nguoi",
        title="Danh sách người",
        noun="người",
        access=READERS,
        rows=lambda actor, within: people_at_work(actor).defer("search"),
        url=lambda within: reverse("people"),
        columns=(
            Column(
                "ten",
                "Họ và tên",
                lambda person: Linked(person.name, reverse("person", args=[person.pk])),
                order=("sort_key",),
                width=28,
            ),
            Column("chuc-vu", "Chức vụ", _of_main("position"), width=24),
            Column("don-vi-chinh", "Đơn vị", _of_main("unit"), width=40),
            Column("ma", "Mã nhân sự", lambda person: person.staff_code, order=("staff_code",)),
            Column("doi-tuong", "Đối tượng", lambda person: person.get_kind_display(), on=False),
        ),
        order=("sort_key",),
        filters=(
            unit_filter(_posted_below),
            Choose("kieu", "Đối tượng", StaffKind.choices, lambda rows, kind, actor: rows.filter(kind=kind)),
            Choose("vi-tri", "Chức vụ", _positions, _in_position),
            yes_or_no("tai-khoan", "Có tài khoản", Q(user__isnull=False)),
        ),
        search=matching,
        search_label="Tìm tên hoặc mã, không cần gõ dấu",
        fill=_with_main_posting,
        empty="Chưa có ai trong danh sách",
    )
)


def _of_group(rows: QuerySet[Event], group: str, actor: Actor) -> QuerySet[Event]:
    return rows.filter(kind__startswith=group)


def _at_or_below(rows: QuerySet[Event], unit_id: str, actor: Actor) -> QuerySet[Event]:
    below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(unit_id__in=below.values("descendant_id"))


def _one_account(actor: Actor, user_id: int) -> Choice | None:
    found = people_at_work(actor).filter(user=user_id).first()
    return Choice(str(user_id), found.name) if found else None


def _accounts_found(actor: Actor, words: str) -> list[Choice]:
    people = people_at_work(actor).filter(user__isnull=False).matching(words).order_by("sort_key", "pk")[:9]
    return [Choice(str(person.user_id), f"{person.name}, mã {person.staff_code}") for person in people]


def _seal_of(event: Any) -> Standing:
    if event.seal_number is None:
        return Standing("quiet", "Chờ niêm phong")
    return Standing("good", f"Dấu số {event.seal_number}")


def _day_begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


TRAIL = listed(
    ListSpec(
        code="nhat-ky",
        title="Nhật ký",
        noun="sự kiện",
        access=holds(Permission.READ_TRAIL),
        rows=lambda actor, within: visible_events(actor),
        url=lambda within: reverse("trail"),
        columns=(
            Column(
                "viec",
                "Việc",
                lambda event: Linked(event.sentence, reverse("trail_event", args=[event.pk]), event.reason),
                width=60,
            ),
            Column("luc", "Lúc", lambda event: event.at, order=("at",), kind="when"),
            Column("nguoi", "Người làm", lambda event: event.actor_name, width=24),
            Column("don-vi-cua", "Đơn vị", lambda event: event.unit_name, width=36),
            Column("nhom-viec", "Nhóm", lambda event: group_of(event.kind), on=False),
            Column("ma", "Mã sự kiện", lambda event: event.pk, kind="num", on=False),
            Column("niem-phong", "Niêm phong", _seal_of),
        ),
        order=("-at",),
        filters=(
            Span(
                "ngay",
                "Ngày",
                lambda rows, day: rows.filter(at__gte=_day_begins(day)),
                lambda rows, day: rows.filter(at__lt=_day_begins(day) + timedelta(days=1)),
            ),
            Choose("nhom", "Nhóm", tuple(GROUPS.items()), _of_group),
            unit_filter(_at_or_below),
            Pick(
                "ai",
                "Người làm",
                _one_account,
                _accounts_found,
                lambda rows, user_id, actor: rows.filter(actor_id=int(user_id)),
            ),
        ),
        search=lambda rows, words: rows.filter(reason__icontains=words),
        search_label="Tìm chữ trong lý do",
        fill=told,
        empty="Chưa có sự kiện nào trong phạm vi được giao.",
    )
)


IMPORT_LOOKS = {"committed": "good", "ready": "warn", "asking": "warn", "refused": "bad", "stale": "bad"}


def _below_root(rows: QuerySet[ExcelImport], unit_id: str, actor: Actor) -> QuerySet[ExcelImport]:
    below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
    return rows.filter(root__in=below.values("descendant_id"))


IMPORTS = listed(
    ListSpec(
        code="nhap-excel",
        title="Các lần nhập",
        noun="lần nhập",
        access=holds(Permission.VIEW_PEOPLE),
        rows=lambda actor, within: visible_imports(actor),
        url=lambda within: reverse("imports"),
        columns=(
            Column(
                "tep", "Tệp", lambda row: Linked(row.file_name, reverse("import", args=[row.pk])), width=40
            ),
            Column("danh-sach", "Danh sách", lambda row: row.get_kind_display()),
            Column("pham-vi", "Phạm vi", lambda row: row.root.short_name, width=30),
            Column(
                "tinh-trang",
                "Trạng thái",
                lambda row: Standing(IMPORT_LOOKS.get(row.state, "quiet"), row.get_state_display()),
            ),
            Column("luc", "Tải lên lúc", lambda row: row.created_at, order=("created_at",), kind="when"),
        ),
        order=("-created_at",),
        filters=(
            Choose(
                "loai",
                "Danh sách",
                ExcelImport.Kind.choices,
                lambda rows, kind, actor: rows.filter(kind=kind),
            ),
            Choose(
                "trang-thai",
                "Trạng thái",
                ExcelImport.State.choices,
                lambda rows, state, actor: rows.filter(state=state),
            ),
            unit_filter(_below_root, label="Phạm vi"),
        ),
        empty="Chưa nhập tệp nào",
    )
)
