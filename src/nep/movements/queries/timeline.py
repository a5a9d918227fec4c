"""What happened to a programme and to the plans of its units."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import Q

from nep.movements import events
from nep.movements.access import sees_whole_of
from nep.movements.models import Programme
from nep.movements.queries.counted import counted_adoptions
from nep.org.access import Actor
from nep.platform.audit.models import Event
from nep.platform.audit.trail import name_of, tell
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
    "minh-chung": ("Minh chứng", ("movements.evidence_", "movements.nothing_sent")),
}
OF_THE_PROGRAMME = ("movements.programme_", "movements.content_")
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
    )
)


def timeline_tab(
    programme: Programme, actor: Actor, kind: str, number: str
) -> tuple[Page[Event], list[Moment]]:
    """What happened to a programme and, in units that the actor may see, to their plans; the latest first."""
    found = Event.objects.filter(about__contains=[name_of(programme)])
    units = counted_adoptions(actor, programme).values("unit_id")
    of_units = ~_starts(OF_THE_PROGRAMME) & Q(unit_id__in=units)
    leads = sees_whole_of(actor, programme)
    found = found.filter(of_units | (_starts(OF_THE_PROGRAMME) if leads else Q(kind__in=KNOWN_TO_ALL)))
    prefixes = EVENT_KINDS.get(kind, EVENT_KINDS[""])[1]
    if prefixes:
        found = found.filter(_starts(prefixes))
    page = Paginator(found.order_by("-at", "-id"), PER_PAGE).get_page(number)
    told = (tell(event) for event in page)
    return page, [Moment(entry.at, entry.sentence, entry.reason) for entry in told]


def _starts(prefixes: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for prefix in prefixes:
        condition |= Q(kind__startswith=prefix)
    return condition
