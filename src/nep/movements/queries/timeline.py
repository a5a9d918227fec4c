"""What happened to a programme and to the plans of its units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from nep.movements import events
from nep.movements.access import sees_whole_of
from nep.movements.models import Programme
from nep.movements.queries.counted import counted_adoptions
from nep.org.access import Actor
from nep.platform.audit.models import Event
from nep.platform.audit.trail import name_of, tell
from nep.platform.lists.asked import AFTER, BEFORE
from nep.platform.lists.keyset import Key, Start, keys_of, part_of, read_back, written
from nep.platform.ui.parts import Moment

PER_PAGE = 50

EVENT_KINDS = {
    "": ("Tất cả", ()),
    "buoc": ("Các bước", ("movements.programme_",)),
    "noi-dung": ("Nội dung", ("movements.content_",)),
    "don-vi": (
        "Đơn vị",
        (
            "movements.adoption_",
            "movements.task_",
            "movements.own_task_",
            "movements.plan_",
            "movements.nothing_own_",
        ),
    ),
    "sua-doi": ("Sửa đổi", ("movements.amendment_", "movements.proposal_")),
    "tong-ket": (
        "Sơ kết, tổng kết",
        ("movements.review_", "movements.narrative_", "movements.lesson_", "movements.example_"),
    ),
    "minh-chung": ("Minh chứng", ("movements.evidence_", "movements.nothing_sent")),
}
OF_THE_PROGRAMME = (
    "movements.programme_",
    "movements.content_",
    "movements.amendment_",
    "movements.review_",
    "movements.lesson_",
    "movements.template_",
)
# From the launch on the steps are known to all whom the programme reaches; how it was drafted, returned and
# changed before stays with the leading unit.
KNOWN_TO_ALL = tuple(
    kind.code
    for kind in (
        events.PROGRAMME_LAUNCHED,
        events.INTERIM_OPENED,
        events.INTERIM_CLOSED,
        events.FINAL_OPENED,
        events.PROGRAMME_CLOSED,
        events.AMENDMENT_APPROVED,
        events.AMENDMENT_IN_EFFECT,
    )
)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A part of a time line; `before` and `after` are words for the address of the parts beside it."""

    moments: list[Moment]
    before: str
    after: str


def timeline_tab(programme: Programme, actor: Actor, kind: str, places: Mapping[str, str]) -> TimelinePage:
    """What happened to a programme and, in units that the actor may see, to their plans; the latest first.

    Read by key, nothing counted: a large programme has hundreds of thousands of events. `places` is what the
    address says of the part (`sau`, `truoc`); one that cannot be read opens the first part.
    """
    found = Event.objects.filter(about__contains=[name_of(programme)])
    leads = sees_whole_of(actor, programme)
    units: Any = counted_adoptions(actor, programme).order_by().values_list("unit_id", flat=True)
    if not leads:
        units = list(units)  # few: their events are looked up, and those of the leading unit
        found = found.filter(unit_id__in=[*units, programme.lead_unit_id])
    of_units = ~_starts(OF_THE_PROGRAMME) & Q(unit_id__in=units)
    found = found.filter(of_units | (_starts(OF_THE_PROGRAMME) if leads else Q(kind__in=KNOWN_TO_ALL)))
    prefixes = EVENT_KINDS.get(kind, EVENT_KINDS[""])[1]
    if prefixes:
        found = found.filter(_starts(prefixes))
    keys, salt = keys_of(found, ("-at",)), f"timeline:{kind}"
    part = part_of(found, keys, _start(places, keys, salt), PER_PAGE)
    told = (tell(event) for event in part.rows)
    return TimelinePage(
        [Moment(entry.at, entry.sentence, entry.reason) for entry in told],
        written(part.before, salt=salt) if part.before else "",
        written(part.after, salt=salt) if part.after else "",
    )


def _start(places: Mapping[str, str], keys: tuple[Key, ...], salt: str) -> Start | None:
    for name in (AFTER, BEFORE):
        values = read_back(places.get(name, ""), keys, salt=salt)
        if values is not None:
            return Start(values, backwards=name == BEFORE)
    return None


def _starts(prefixes: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for prefix in prefixes:
        condition |= Q(kind__startswith=prefix)
    return condition
