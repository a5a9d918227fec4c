"""What a filled form of a change makes of the units: one service each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nep.org.forms import changes as forms
from nep.org.forms.changes import ChangeForm
from nep.org.models import Line, Unit, UnitChange
from nep.org.services.changes import close_unit, move_unit, reattach_unit, rename_unit
from nep.org.services.changes_handover import Handover
from nep.org.services.changes_merging import Share, merge_units, split_unit
from nep.org.services.units import open_unit


@dataclass(frozen=True, slots=True)
class Recording:
    """A kind of change: the name of its address, its form, what the form does when it is right."""

    name: str
    form: type[ChangeForm]
    write: Callable[[Any, datetime], UnitChange]

    def fits(self, unit: Unit) -> bool:
        """Whether such a change can happen to the unit at all."""
        return self.form is not forms.ReattachForm or unit.line != Line.AUTHORITY


def _common(form: ChangeForm, at: datetime) -> dict[str, Any]:
    """What every service of a change takes."""
    return {"actor": form.actor, "on": form.cleaned_data["on"], "at": at, "decision": form.decided}


def _open(form: forms.OpenForm, at: datetime) -> UnitChange:
    given = form.cleaned_data
    new = form.new_unit(kind=given["kind"])
    unit = open_unit(new, parent=form.unit, host=given.get("host"), **_common(form, at))
    return UnitChange.objects.get(kind=UnitChange.Kind.OPEN, parts__unit=unit, parts__role="subject")


def _rename(form: forms.RenameForm, at: datetime) -> UnitChange:
    given = form.cleaned_data
    return rename_unit(form.unit, given["name"], short_name=given["short_name"], **_common(form, at))


def _move(form: forms.MoveForm, at: datetime) -> UnitChange:
    return move_unit(form.unit, parent=form.cleaned_data["parent"], **_common(form, at))


def _reattach(form: forms.ReattachForm, at: datetime) -> UnitChange:
    return reattach_unit(form.unit, host=form.cleaned_data["host"], **_common(form, at))


def _close(form: forms.CloseForm, at: datetime) -> UnitChange:
    return close_unit(form.unit, handover=form.handover, **_common(form, at))


def _merge(form: forms.MergeForm, at: datetime) -> UnitChange:
    given = form.cleaned_data
    into = given["into"] if given["how"] == "into" else form.new_unit()
    return merge_units([form.unit, *given["others"]], into, **_common(form, at))[1]


def _split(form: forms.SplitForm, at: datetime) -> UnitChange:
    closes = form.cleaned_data["how"] == "chia"
    shares = [
        Share(
            form.new_unit(f"_{share}"),
            units=form.taken(share, "unit_"),
            people=form.taken(share, "person_"),
        )
        for share in form.shares
        if form.cleaned_data[f"name_{share}"]
    ]
    return split_unit(
        form.unit,
        shares,
        closes=closes,
        rest_to=0 if closes else None,
        handover=Handover(),
        **_common(form, at),
    )[1]


RECORDINGS = {
    recording.name: recording
    for recording in (
        Recording("unit_open", forms.OpenForm, _open),
        Recording("unit_rename", forms.RenameForm, _rename),
        Recording("unit_move", forms.MoveForm, _move),
        Recording("unit_reattach", forms.ReattachForm, _reattach),
        Recording("unit_merge", forms.MergeForm, _merge),
        Recording("unit_split", forms.SplitForm, _split),
        Recording("unit_close", forms.CloseForm, _close),
    )
}
