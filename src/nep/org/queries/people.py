"""Page-shaped reads of people; the number of queries does not depend on their number."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery

from nep.org.access import Actor, visible_people
from nep.org.models import Grant, Person, Posting, Unit

PAGE_SIZE = 50


def people_list(actor: Actor, *, words: str, unit: Unit | None, page: int) -> Page[Person]:
    """Visible people by given name; of one unit and all below it when a unit is given."""
    people = visible_people(actor).matching(words)
    if unit is not None:
        people = people.posted_in(Unit.objects.below([unit.pk], actor.on), actor.on)
    main = Posting.objects.filter(
        person=OuterRef("pk"), during__contains=actor.on, kind=Posting.Kind.MAIN
    ).order_by("pk")
    rows = people.annotate(
        unit_name=Subquery(main.values("unit__name")[:1]),
        position_name=Subquery(main.values("position__name")[:1]),
    )
    return Paginator(rows.order_by("sort_key", "pk"), PAGE_SIZE).get_page(page)


def postings_of(person: Person) -> list[Posting]:
    """All postings of a person, the latest first."""
    return list(person.postings.select_related("unit", "position").order_by("-during"))


def grants_of(person: Person, day: date) -> list[Grant]:
    """The roles that a person's account holds on a day."""
    if person.user_id is None:
        return []
    rows = Grant.objects.filter(user=person.user_id, during__contains=day).select_related("unit")
    return list(rows.order_by("unit__sort_key", "role"))
