"""Files of figures: tested row by row, then the same file is committed, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from nep.accounts.roles import Permission
from nep.indicators import access, events
from nep.indicators.domain.figures import Said
from nep.indicators.domain.periods import Period, period_of
from nep.indicators.domain.sheet import Checked, Place, check_rows
from nep.indicators.domain.sums import MISSING, NOTHING, TOLD
from nep.indicators.models import Figure, FigureImport, Indicator
from nep.indicators.queries.opening import open_units
from nep.indicators.services.figures import Telling, put
from nep.kernel.errors import Conflict, RuleError
from nep.kernel.vietnamese import fold
from nep.org.access import Actor
from nep.org.models import Unit, UnitClosure
from nep.platform.audit.trail import record
from nep.platform.files.models import StoredFile
from nep.platform.files.store import path_of, store
from nep.platform.imports.headings import Column
from nep.platform.imports.reading import MAX_BYTES, read_book
from nep.platform.imports.tables import Table, find_table

State = FigureImport.State
COLUMNS = (
    Column("code", "Mã đơn vị", ("ma don vi", "ma")),
    Column("name", "Tên đơn vị", ("ten don vi", "don vi", "co quan don vi", "ten co quan")),
    Column("numerator", "Số đạt được", ("so dat duoc", "tu so", "so luong", "so dat", "ket qua", "so lieu")),
    Column("denominator", "Tổng số", ("tong so", "mau so", "trong tong so", "tong")),
    Column("nothing", "Không phát sinh", ("khong phat sinh", "kps")),
)
MOST_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes from a form."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def receive_figures(
    upload: Upload,
    indicator: Indicator,
    root: Unit,
    period: Period,
    source: str,
    *,
    actor: Actor,
    at: datetime,
) -> FigureImport:
    """Keep a file and test it: nothing is written yet.

    Raises: RuleError when it cannot be read, has no fitting table, or no source is named; AccessDenied.
    """
    access.may_ask(actor, indicator, root).require()
    if not source.strip():
        raise RuleError("Ghi số liệu lấy từ văn bản, báo cáo hoặc hệ thống nào.")
    if period.starts_on > actor.on:
        raise RuleError(f"{period.name} chưa bắt đầu.")
    kept = store(upload.chunks, name=upload.name, max_size=MAX_BYTES)
    checked = _check(kept, indicator, root, period)
    return FigureImport.objects.create(
        indicator=indicator,
        root=root,
        starts_on=period.starts_on,
        source=source.strip()[:500],
        file=kept,
        file_name=upload.name[:255],
        state=_state(checked),
        findings=_told(checked),
        figures=len(checked.figures),
        created_by_id=actor.id,
        created_at=at,
    )


@transaction.atomic
def commit_figures(found: FigureImport, *, actor: Actor, at: datetime) -> int:
    """Write the figures of a file that was tested, when its test still says the same; how many.

    Raises: Conflict when it says something else by now, which is then shown; RuleError; AccessDenied.
    """
    rows = FigureImport.objects.select_for_update(of=("self",)).select_related("indicator", "root", "file")
    found = rows.get(pk=found.pk)
    indicator, root = found.indicator, found.root
    access.may_ask(actor, indicator, root).require()
    if found.state != State.READY:
        raise RuleError(f"Tệp này không ghi được: {found.get_state_display().lower()}.")
    period = period_of(indicator.grain, found.starts_on)
    checked = _check(found.file, indicator, root, period)
    if (_told(checked), len(checked.figures)) != (found.findings, found.figures):
        raise Conflict("Số liệu của các đơn vị vừa đổi sau khi kiểm tra. Tải tệp lên lại để kiểm tra.")
    put(_tellings(checked, found, period), by=actor, at=at)
    found.state, found.committed_at = State.COMMITTED, at
    found.save(update_fields=["state", "committed_at"])
    record(
        events.FIGURES_IMPORTED,
        actor=actor.standing_at(Permission.MANAGE_INDICATORS, root),
        about=[indicator, found, root],
        at=at,
        unit_id=root.pk,
        name=indicator.name,
        period=period.name.lower(),
        file=found.file_name,
        figures=len(checked.figures),
        source=found.source,
    )
    return len(checked.figures)


def _tellings(checked: Checked, found: FigureImport, period: Period) -> list[Telling]:
    return [
        Telling(
            found.indicator_id,
            unit,
            period,
            NOTHING if said.nothing else TOLD,
            said.numerator,
            said.denominator,
            origin=Figure.Origin.IMPORTED,
            source=found.source,
            file=found.file,
        )
        for unit, said in checked.figures.items()
    ]


def _check(file: StoredFile, indicator: Indicator, root: Unit, period: Period) -> Checked:
    table = _table(path_of(file.sha256).read_bytes(), indicator)
    by_code, by_name = _places(indicator, root, period)
    rows = ((row.number, row.values) for row in table.rows)
    return check_rows(rows, by_code=by_code, by_name=by_name, share=indicator.is_share)


def _table(data: bytes, indicator: Indicator) -> Table:
    needed = [("code", "name"), ("numerator",), *([("denominator",)] if indicator.is_share else [])]
    return find_table(read_book(data), COLUMNS, needed)


def _places(
    indicator: Indicator, root: Unit, period: Period
) -> tuple[dict[str, Place], dict[str, Place | None]]:
    """The units of the lines meant that stood below the root in the period, by code and by folded name."""
    span = (period.starts_on, period.next.starts_on)
    below = UnitClosure.objects.filter(ancestor=root, during__overlap=span).values("descendant_id")
    units = list(Unit.objects.filter(pk__in=below, line__in=indicator.lines, during__overlap=span))
    ids = [unit.pk for unit in units]
    current = Figure.objects.current().filter(indicator=indicator, unit__in=ids, starts_on=period.starts_on)
    standing = {row.unit_id: row for row in current.exclude(state=MISSING)}
    opened = open_units(units, period)
    by_code: dict[str, Place] = {}
    by_name: dict[str, Place | None] = {}
    for unit in units:
        closed = "" if unit.pk in opened else f"số liệu {period.name.lower()} đã khóa."
        place = Place(unit.pk, unit.short_name, _standing(standing.get(unit.pk)), closed)
        by_code[unit.code.casefold()] = place
        for name in {fold(unit.name), fold(unit.short_name)}:
            by_name[name] = None if name in by_name else place
    return by_code, by_name


def _standing(row: Figure | None) -> Said | None:
    if row is None:
        return None
    if row.state == NOTHING:
        return Said(nothing=True)
    return Said(row.numerator, row.denominator)


def _state(checked: Checked) -> str:
    return State.REFUSED if checked.stops or not checked.figures else State.READY


def _told(checked: Checked) -> list[dict[str, object]]:
    return [asdict(finding) for finding in checked.findings[:MOST_FINDINGS]]
