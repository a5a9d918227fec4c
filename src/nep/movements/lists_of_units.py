"""The lists of one programme: its units, units × tasks, its tasks over units, what is late with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements import access
from nep.movements.access import programme_seen
from nep.movements.domain import coverage
from nep.movements.domain.coverage import NARROWED
from nep.movements.domain.lateness import standing
from nep.movements.models import Adoption, Occurrence, Task
from nep.movements.queries import terms_on
from nep.movements.queries.bound import bound_by
from nep.movements.queries.counted import counted_in
from nep.movements.queries.coverage import heads_of, holding, late_counts, reach_of_tasks
from nep.movements.queries.covered import covered
from nep.movements.queries.overview import late_terms
from nep.movements.queries.squares import GridRow, grid_rows
from nep.org.access import Actor
from nep.org.lists import unit_filter
from nep.org.models import Line, Unit, UnitClosure
from nep.org.models.units import UnitKind
from nep.platform.access import holds
from nep.platform.calendar import current
from nep.platform.lists.asked import day_in
from nep.platform.lists.cells import Cell, Counted, Linked, Standing
from nep.platform.lists.filters import Answer, Choose, Control
from nep.platform.lists.spec import Column, ListSpec, listed
from nep.platform.search import matching

READERS = holds(Permission.VIEW_PROGRAMMES)
DEEPEST = 5
STATES = {
    "chua-ban-hanh": "Chưa ban hành",
    "chua-giao": "Cấp trên chưa giao",
    "chua-mo": "Chưa mở",
    "dang-chuan-bi": "Đang chuẩn bị",
    "da-mo": "Đã mở",
    "da-ban-hanh": "Đã ban hành",
    "tre": "Có việc trễ hạn",
}
HOLDING = {"": "phải thực hiện", "co": "đã nhận", "thieu": "còn thiếu"}


@dataclass(frozen=True, slots=True)
class OnDay:
    """A filter that narrows otherwise on a past day."""

    make: Callable[[date | None], Any]

    @property
    def key(self) -> str:
        return str(self.make(None).key)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.make(None).names)

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """What the filter of that day answers."""
        found: Answer = self.make(past_day(asked, actor)).answer(asked, actor)
        return found


def past_day(asked: Mapping[str, str], actor: Actor) -> date | None:
    """The day that is asked for, where it is past."""
    day = day_in(asked)
    return day if day and day < actor.on else None


@dataclass(frozen=True, slots=True)
class OfTask:
    """Units that a task binds, that took it or that miss it; comes from the figures of the page."""

    key: str = "nhiem-vu"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key, "nhan")

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """The task with this number of a programme that the actor may see; nothing to type in the bar."""
        number, which = asked.get(self.key, ""), asked.get("nhan", "")
        control = Control("kept", self.key, "Nhiệm vụ", number, to=which)
        if not number:
            return Answer(control)
        seen = access.visible_programmes(actor).values("pk")
        known = Task.objects.filter(programme__in=seen).prefetch_related("actors")
        task = known.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        if task is None or which not in HOLDING:
            return Answer(control, problem="Không thấy nhiệm vụ này trong chương trình; chưa lọc theo đó.")
        day = past_day(asked, actor)
        narrow = bound_by(task.actors.all(), day or actor.on)
        if which:
            narrow &= holding(task, day) if which == "co" else ~holding(task, day)
        chip = f"{HOLDING[which].capitalize()} việc {task.code}"
        return Answer(control, chip, lambda rows: rows.filter(narrow, programme_pk=task.programme_id))


def narrowed(rows: QuerySet[Any, Any], state: str, on: date, day: date | None) -> QuerySet[Any, Any]:
    """Covered units whose plan stands as this word of addresses says."""
    if state == "tre":
        terms = Occurrence.objects.filter(terms_on.late(on, day), adoption=OuterRef("plan_pk"))
        return rows.filter(Exists(terms))
    return rows.filter(stands__in=NARROWED[state])


def _state_filter(day: date | None) -> Choose:
    words = (
        STATES
        if day is None
        else {key: STATES[key] for key in ("chua-ban-hanh", "chua-giao", "da-ban-hanh", "tre")}
    )
    return Choose(
        "trang-thai",
        "Tình trạng",
        tuple(words.items()),
        lambda rows, state, actor: narrowed(rows, state, actor.on, day),
    )


def _below(path: str) -> Callable[[QuerySet[Any], str, Actor], QuerySet[Any]]:
    def narrow(rows: QuerySet[Any], unit_id: str, actor: Actor) -> QuerySet[Any]:
        below = UnitClosure.objects.filter(ancestor=int(unit_id), during__contains=actor.on)
        return rows.filter(**{f"{path}__in": below.values("descendant_id")})

    return narrow


def _asked_by_me(rows: QuerySet[Any, Any], value: str, actor: Actor) -> QuerySet[Any, Any]:
    mine = Adoption.objects.filter(access.adoptions_asked_by(actor, Permission.DECIDE_EVIDENCE))
    return rows.filter(plan__pk__in=mine.order_by().values("pk"))


def _terms_asked_by_me(rows: QuerySet[Occurrence], value: str, actor: Actor) -> QuerySet[Occurrence]:
    mine = Adoption.objects.filter(access.adoptions_asked_by(actor, Permission.DECIDE_EVIDENCE))
    return rows.filter(adoption__in=mine.order_by().values("pk"))


UNIT_FILTERS = (
    Choose("he-thong", "Hệ thống", Line.choices, lambda rows, line, actor: rows.filter(line=line)),
    Choose(
        "cap",
        "Cấp",
        tuple((str(level), f"Cấp {level}") for level in range(1, DEEPEST + 1)),
        lambda rows, level, actor: rows.filter(level=int(level)),
    ),
    Choose("loai", "Loại", UnitKind.choices, lambda rows, kind, actor: rows.filter(kind=kind)),
    OnDay(_state_filter),
    unit_filter(_below("pk")),
    Choose("giao", "Nơi giao", (("toi", "Tôi giao"),), _asked_by_me),
    OfTask(),
)


def _units(actor: Actor, within: int | None) -> QuerySet[Unit]:
    return covered(programme_seen(actor, within), actor)


def _units_on(actor: Actor, within: int | None, day: date) -> QuerySet[Unit]:
    return covered(programme_seen(actor, within), actor, day if day < actor.on else None)


def _units_url(view: str = "") -> Callable[[int | None], str]:
    """The address of a view of the page; a list adds its own question after it."""

    def url(within: int | None) -> str:
        return reverse(f"programme_units{view}", args=[within])

    return url


def _with_heads(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    """Each unit with its state in words, its head of the day and its late terms, in two queries."""
    on = rows[0].looked_on
    heads = heads_of([row.pk for row in rows], on)
    late = late_counts([row.plan_pk for row in rows if row.plan_pk], actor.on, on)
    for row in rows:
        row.head = heads.get(row.pk, "")
        row.late = late.get(row.plan_pk, 0)
        row.state_kind, row.state_word = coverage.KINDS[row.stands], coverage.WORDS[row.stands]
    return rows


def _unit_link(unit: Any, under: str = "") -> Linked:
    return Linked(unit.name, reverse("adoption", args=[unit.plan_pk]) if unit.plan_pk else "", under)


def _late_cell(row: Any) -> Cell:
    if not row.late:
        return 0
    asked = {"don-vi-nop": row.pk, "ngay": row.looked_on}
    url = f"{reverse('programme_late', args=[row.programme_pk])}?{urlencode(asked)}"
    return Linked(f"Trễ {row.late} việc", url)


COVERAGE = listed(
    ListSpec(
        code="do-phu",
        title="Từng đơn vị",
        noun="đơn vị",
        access=READERS,
        rows=_units,
        rows_on=_units_on,
        url=_units_url(),
        columns=(
            Column("ten", "Đơn vị", _unit_link, order=("sort_key",), width=48),
            Column("thu-truong", "Thủ trưởng", lambda row: row.head or "chưa ghi", width=28),
            Column("cap-do", "Cấp", lambda row: row.level, kind="num", width=8),
            Column(
                "tinh-trang",
                "Tình trạng",
                lambda row: Standing(row.state_kind, row.state_word),
            ),
            Column("tu-ngay", "Từ ngày", lambda row: row.since, kind="when"),
            Column("viec-tre", "Việc trễ", _late_cell),
            Column("ma", "Mã đơn vị", lambda row: row.code, order=("code",), on=False),
            Column("loai-don-vi", "Loại", lambda row: row.get_kind_display(), on=False),
        ),
        order=("sort_key",),
        filters=UNIT_FILTERS,
        search=matching,
        search_label="Tìm đơn vị, không cần gõ dấu",
        fill=_with_heads,
        empty="Chưa có đơn vị nào trong phạm vi được xem",
    )
)


def _tasks_of(programme: int | None) -> list[Task]:
    return list(Task.objects.filter(programme=programme).prefetch_related("actors"))


def _grid(actor: Actor, within: int | None) -> tuple[Column, ...]:
    tasks = Task.objects.filter(programme=programme_seen(actor, within)).values_list("pk", "code", "title")
    return tuple(
        Column(f"viec-{pk}", code, _square_of(pk), kind="square", width=18, about=title)
        for pk, code, title in tasks
    )


def _square_of(task: int) -> Callable[[GridRow], Cell]:
    return lambda row: row.squares[task]


def _with_squares(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    return grid_rows(rows, _tasks_of(rows[0].programme_pk), actor.on)


SQUARES = listed(
    ListSpec(
        code="don-vi-nhiem-vu",
        title="Bảng đơn vị × nhiệm vụ",
        noun="đơn vị",
        access=READERS,
        rows=_units,
        rows_on=_units_on,
        url=_units_url("_grid"),
        columns=(
            Column("ten", "Đơn vị", lambda row: _unit_link(row.unit), order=("sort_key",), width=48),
            Column("da-nhan", "Đã nhận", lambda row: f"{row.taken}/{row.bound}", kind="num", width=10),
            Column("viec-tre", "Trễ", lambda row: row.late, kind="num", width=8),
        ),
        order=("sort_key",),
        filters=UNIT_FILTERS,
        search=matching,
        search_label="Tìm đơn vị, không cần gõ dấu",
        fill=_with_squares,
        grid=_grid,
        size=25,
        empty="Chưa có đơn vị nào trong phạm vi được xem",
    )
)


def _tasks(actor: Actor, within: int | None, day: date | None = None) -> QuerySet[Task, Any]:
    rows = Task.objects.filter(programme=programme_seen(actor, within)).prefetch_related("actors")
    found: QuerySet[Task, Any] = rows.select_related("programme__lead_unit").annotate(
        of_line=Value(""), looked_on=Value(day or actor.on)
    )
    return found


def _tasks_on(actor: Actor, within: int | None, day: date) -> QuerySet[Task]:
    return _tasks(actor, within, min(day, actor.on))


def _with_reach(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    day = rows[0].looked_on if rows[0].looked_on != actor.on else None
    line = rows[0].of_line
    found = reach_of_tasks(rows[0].programme, rows, actor, day=day, line=line)
    for row, reach in zip(rows, found, strict=True):
        row.reached = reach.reached
    return rows


def _reach_cell(which: str, value: Callable[[Any], int], word: str) -> Callable[[Any], Counted]:
    def cell(row: Any) -> Counted:
        asked = {"nhiem-vu": row.pk, "nhan": which, "he-thong": row.of_line, "ngay": row.looked_on}
        query = urlencode({name: value for name, value in asked.items() if value})
        url = f"{reverse('programme_units', args=[row.programme_id])}?{query}"
        return Counted(f"{value(row):,}".replace(",", "."), url, f"{row.code}: {word}")

    return cell


TASKS = listed(
    ListSpec(
        code="nhiem-vu-don-vi",
        title="Từng nhiệm vụ",
        noun="nhiệm vụ",
        access=READERS,
        rows=_tasks,
        rows_on=_tasks_on,
        url=_units_url("_tasks"),
        columns=(
            Column("ten", "Nhiệm vụ", lambda row: Linked(f"{row.code}. {row.title}"), width=70),
            Column(
                "phai",
                "Phải thực hiện",
                _reach_cell("", lambda row: row.reached.bound, "phải thực hiện"),
                kind="num",
            ),
            Column(
                "da-nhan", "Đã nhận", _reach_cell("co", lambda row: row.reached.taken, "đã nhận"), kind="num"
            ),
            Column(
                "thieu",
                "Còn thiếu",
                _reach_cell("thieu", lambda row: row.reached.missing, "còn thiếu"),
                kind="num",
            ),
        ),
        order=("position",),
        filters=(
            Choose(
                "he-thong",
                "Hệ thống",
                Line.choices,
                lambda rows, line, actor: rows.annotate(of_line=Value(line)),
            ),
        ),
        fill=_with_reach,
        empty="Chương trình chưa có nhiệm vụ",
    )
)


def _late_terms(actor: Actor, within: int | None, day: date | None = None) -> QuerySet[Occurrence]:
    rows = late_terms(counted_in(actor, programme_seen(actor, within), day), actor.on)
    return rows.select_related("unit", "task__person", "target").annotate(looked_on=Value(day or actor.on))


def _late_terms_on(actor: Actor, within: int | None, day: date) -> QuerySet[Occurrence]:
    return _late_terms(actor, within, day if day < actor.on else None)


def _duty(row: Any) -> Linked:
    if row.task:
        return Linked(row.task.title, reverse("adopted_task", args=[row.task_id]))
    return Linked(row.target.name, reverse("adoption", args=[row.adoption_id]), "Số liệu của chỉ tiêu")


def _how_late(row: Any) -> Standing:
    how = standing(row.due_on, row.looked_on, calendar=current())
    return Standing(how.kind, how.word)


def _who(row: Any) -> str:
    return row.task.person.name if row.task and row.task.person else "Chưa giao"


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What one unit owes itself, without those below; comes from the figures of the coverage page."""

    key: str = "don-vi-nop"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key,)

    def answer(self, asked: Mapping[str, str], actor: Any) -> Answer:
        """The unit with this number; rows of the list are all within sight already."""
        number = asked.get(self.key, "")
        control = Control("kept", self.key, "Đơn vị nộp", number)
        if not number:
            return Answer(control)
        unit = (
            Unit.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
        )
        if unit is None or not access.visible_adoptions(actor).filter(unit=unit).exists():
            return Answer(control, problem="Không thấy đơn vị này; chưa lọc theo đơn vị.")
        return Answer(control, f"Chỉ {unit.short_name}", lambda rows: rows.filter(unit=unit))


LATE = listed(
    ListSpec(
        code="tre-han",
        title="Đang trễ",
        noun="việc trễ",
        access=READERS,
        rows=_late_terms,
        rows_on=_late_terms_on,
        url=lambda within: reverse("programme_late", args=[within]),
        columns=(
            Column("don-vi-tre", "Đơn vị", lambda row: row.unit.name, order=("unit__sort_key",), width=48),
            Column("viec", "Việc", _duty, width=60),
            Column("han", "Hạn", lambda row: row.due_on, order=("due_on",), kind="when"),
            Column("tre", "Trễ", _how_late, width=16),
            Column("nguoi", "Người làm", _who, width=28),
        ),
        order=("due_on",),
        filters=(
            Choose(
                "he-thong", "Hệ thống", Line.choices, lambda rows, line, actor: rows.filter(unit__line=line)
            ),
            Choose("loai", "Loại", UnitKind.choices, lambda rows, kind, actor: rows.filter(unit__kind=kind)),
            unit_filter(_below("unit")),
            Choose(
                "giao-cho",
                "Người làm",
                (("co", "Đã giao"), ("khong", "Chưa giao")),
                lambda rows, value, actor: rows.filter(task__person__isnull=value == "khong"),
            ),
            Choose("giao", "Nơi giao", (("toi", "Tôi giao"),), _terms_asked_by_me),
            OfUnit(),
        ),
        empty="Không có việc nào trễ hạn",
    )
)
