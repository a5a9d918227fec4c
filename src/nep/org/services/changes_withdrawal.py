"""A change that is wrong, or still ahead and no longer wanted, is taken back as if never recorded."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from nep.kernel.errors import RuleError
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.changes import is_open, written
from nep.org.models import (
    LockedFigure,
    Restatement,
    Unit,
    UnitChange,
    UnitChangePart,
    UnitClosure,
    UnitHost,
    UnitLink,
)
from nep.org.services.changes_closure import rebuild_closure
from nep.org.services.changes_frame import facts, lock_tree, may_manage, or_refuse
from nep.org.services.changes_hook import Changed, tell_followers
from nep.org.services.changes_ledger import Entry, from_plain, model_of, plain, span_of
from nep.org.services.changes_today import show_values_of
from nep.org.services.periods import restating
from nep.platform.audit.trail import record
from nep.platform.clock import local

# Rows that speak of a unit without building on it; units do by the host that they show.
DERIVED = (Unit, UnitClosure, Restatement, LockedFigure)


@transaction.atomic
def withdraw_change(change: UnitChange, *, actor: Actor | None, at: datetime, reason: str) -> UnitChange:
    """Take a change back: every row that it wrote becomes what it was; a unit that it opened has never been.

    Raises: RuleError without a reason, when it is withdrawn already, or when something recorded later builds
        on it; AccessDenied.
    """
    lock_tree()
    change = UnitChange.objects.get(pk=change.pk)
    if not reason.strip():
        raise RuleError("Ghi lý do hủy ghi nhận biến động.")
    if change.withdrawn_at is not None:
        raise RuleError("Biến động này đã được hủy ghi nhận.")
    units = [part.unit for part in change.parts.select_related("unit").order_by("pk")]
    may_manage(actor, *units)
    tell_followers(Changed(change, actor, at, withdrawn=True))
    with restating({unit.pk for unit in units}, change.on, at=at, change=change):
        _undo(change)
        _still_fits(change)
        rebuild_closure(_relinked(change))
    change.withdrawn_at, change.withdrawn_because = at, reason.strip()
    change.withdrawn_by_id = actor.id if actor else None
    change.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
    show_values_of(local(at).date(), [unit.pk for unit in units])
    record(
        events.CHANGE_WITHDRAWN,
        actor=actor,
        about=units,
        at=at,
        unit_id=units[0].pk,
        reason=reason.strip(),
        change=change.get_kind_display(),
        unit=units[0].name,
        day=written(change.on),
    )
    return change


def _undo(change: UnitChange) -> None:
    """New rows go first, then rows get back what they had, then deleted rows return."""
    entries: list[Entry] = change.written
    rows = _as_written(change, entries)
    try:
        with transaction.atomic():
            for entry in entries:
                if entry["was"] is None:
                    _never_was(rows[entry["row"], entry["id"]], change)
            altered = [entry for entry in entries if entry["was"] is not None and entry["now"] is not None]
            for entry in sorted(altered, key=lambda entry: "during" in entry["was"]):
                row = rows[entry["row"], entry["id"]]
                for column, value in from_plain(type(row), entry["was"]).items():
                    setattr(row, column, value)
                row.save(update_fields=list(entry["was"]))
            for entry in entries:
                if entry["now"] is None:
                    model = model_of(entry)
                    model(pk=entry["id"], **from_plain(model, entry["was"])).save(force_insert=True)
    except IntegrityError as error:
        raise RuleError(_builds_on(change, None)) from error


def _as_written(change: UnitChange, entries: list[Entry]) -> dict[tuple[str, int], Model]:
    """The rows that the change wrote, as long as they still are what it made of them.

    Raises: RuleError naming the later change when one is not.
    """
    found: dict[tuple[str, int], Model] = {}
    for entry in entries:
        if entry["now"] is None:
            continue
        row = model_of(entry)._default_manager.filter(pk=entry["id"]).first()
        if row is None or plain(row, entry["now"]) != entry["now"] | _shown_since(entry, row):
            raise RuleError(_builds_on(change, entry))
        found[entry["row"], entry["id"]] = row
    return found


def _shown_since(entry: Entry, row: Model) -> Entry:
    """What a unit shows of today is not part of what was recorded."""
    if not isinstance(row, Unit):
        return {}
    return plain(row, [c for c in entry["now"] if c not in {"code", "kind", "line", "during"}])


def _never_was(row: Model, change: UnitChange) -> None:
    """Delete a row that the change made; a unit stays as one that existed on no day, for the trail."""
    if not isinstance(row, Unit):
        row.delete()
        return
    made = {(entry["row"], entry["id"]) for entry in change.written}
    for relation in Unit._meta.related_objects:
        model = relation.related_model
        if relation.many_to_many or model in DERIVED or model is UnitChangePart:
            continue
        rows = model._default_manager.filter(**{relation.field.name: row.pk})
        own = [key for label, key in made if label == model._meta.label_lower]
        if rows.exclude(pk__in=own).exists():
            raise RuleError(_builds_on(change, None, row))
    row.during = DateRange(empty=True)
    row.code = f"{row.code[:28]}~{row.pk}"  # the code may be given again
    row.save(update_fields=["during", "code"])


def _builds_on(change: UnitChange, entry: Entry | None, unit: Unit | None = None) -> str:
    later = UnitChange.objects.filter(pk__gt=change.pk, withdrawn_at__isnull=True).order_by("pk")
    if entry is not None:
        later = later.filter(written__contains=[{"row": entry["row"], "id": entry["id"]}])
        if found := later.first():
            return (
                f"Biến động ghi sau ({found.get_kind_display().lower()}, từ ngày {written(found.on)}) "
                "dựa trên biến động này; hủy ghi nhận biến động đó trước."
            )
    about = f" tại {unit.name}" if unit else ""
    return f"Đã có ghi nhận sau{about} dựa trên biến động này, nên không hủy được."


def _still_fits(change: UnitChange) -> None:
    """Raises: RuleError when a parent or host that is given back does not exist in all those days."""
    ids: dict[type[Model], list[int]] = {UnitLink: [], UnitHost: []}
    for entry in change.written:
        for model in ids:
            if entry["row"] == model._meta.label_lower and entry["was"] is not None:
                ids[model].append(entry["id"])
    for link in UnitLink.objects.filter(pk__in=ids[UnitLink]).select_related("parent"):
        or_refuse(is_open(facts(link.parent), span_of(link.during)))
    for host in UnitHost.objects.filter(pk__in=ids[UnitHost]).select_related("host"):
        or_refuse(is_open(facts(host.host), span_of(host.during)))


def _relinked(change: UnitChange) -> set[int]:
    found = set()
    for entry in change.written:
        if entry["row"] == Unit._meta.label_lower:
            found.add(entry["id"])
        elif entry["row"] == UnitLink._meta.label_lower:
            found |= {
                int(told["child_id"]) for told in (entry["was"], entry["now"]) if told and "child_id" in told
            }
            found |= set(UnitLink.objects.filter(pk=entry["id"]).values_list("child_id", flat=True))
    return found
