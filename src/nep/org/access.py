"""Who acts, with which roles where; which units and people they may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Q
from django.http import HttpRequest

from nep.accounts.elevation import is_elevated
from nep.accounts.models import User
from nep.accounts.roles import ELEVATED, OFFICIAL, ROLES, Permission
from nep.kernel.decisions import ALLOWED, Decision, refuse
from nep.org.models import Grant, Person, Posting, Unit, UnitChangePart
from nep.org.models.people import PersonQuerySet
from nep.org.models.units import UnitClosure, UnitQuerySet
from nep.platform.clock import today


@dataclass(frozen=True)
class Actor:
    """An account on a day, with the roles and postings it has then.

    What only an elevated administrator may do (`roles.ELEVATED`) is not held while `elevated` is off.
    """

    user: User
    on: date
    elevated: bool = False

    @property
    def id(self) -> int:
        return self.user.pk

    @property
    def name(self) -> str:
        return self.user.name

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """The roles held on the day; a role that waits for its confirmation is not held yet."""
        held = Grant.objects.filter(user=self.user, during__contains=self.on, confirmed_at__isnull=False)
        return tuple(held.select_related("unit"))

    @cached_property
    def posted_unit_ids(self) -> tuple[int, ...]:
        """The units in which the person works on the day, the main posting first."""
        rows = Posting.objects.filter(person__user=self.user, during__contains=self.on).order_by(
            "-kind", "unit_id"
        )
        main_first = sorted(rows, key=lambda row: row.kind != Posting.Kind.MAIN)
        return tuple(row.unit_id for row in main_first)

    @cached_property
    def home_unit(self) -> Unit | None:
        """The unit that the person's pages open with: the main posting's, else the first grant's."""
        ids = self.posted_unit_ids or tuple(grant.unit_id for grant in self.grants)
        return Unit.objects.filter(pk=ids[0]).first() if ids else None

    @cached_property
    def role(self) -> str:
        """The position of the main posting, else the label of the first role: shown under the name."""
        posting = (
            Posting.objects.filter(
                person__user=self.user, unit_id__in=self.posted_unit_ids[:1], during__contains=self.on
            )
            .select_related("position")
            .first()
        )
        if posting is not None:
            return posting.position.name
        return self.grants[0].get_role_display() if self.grants else ""

    @cached_property
    def predecessor_ids(self) -> frozenset[int]:
        """Units that became, in one or more changes, units that the actor sees today."""
        return _became(visible_units(self))

    def holds(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        if permission in ELEVATED and not self.elevated:
            return False
        if self.posted_unit_ids and permission in OFFICIAL:
            return True
        return any(permission in ROLES[grant.role] for grant in self.grants)

    def units_with(self, permission: Permission) -> UnitQuerySet:
        """The units over which the permission is held through a role."""
        reach = Q(pk__in=[])
        for grant in self.grants if permission not in ELEVATED or self.elevated else ():
            if permission in ROLES[grant.role]:
                reach |= _reach(grant, self.on)
        return Unit.objects.filter(reach)

    def unit_ids_at(self, permission: Permission) -> tuple[int, ...]:
        """The units for which the permission is held itself, not through a unit above; see `may_at`.

        Nobody acts for a unit that is closed, or not open yet.
        """
        return tuple(
            grant.unit_id
            for grant in self.grants
            if permission in ROLES[grant.role]
            and grant.line == grant.unit.line
            and self.on in grant.unit.during
        )

    def may_at(self, permission: Permission, unit: Unit) -> Decision:
        """Whether one may act for a unit; a role in a unit above does not do.

        A refusal names the unit and the roles that would do.
        """
        if unit.pk in self.unit_ids_at(permission):
            return ALLOWED
        roles = " hoặc ".join(role.label.lower() for role in ROLES.values() if permission in role)
        return refuse(f"Việc này cần vai trò {roles} của {unit.name}.")

    def may_within(self, permission: Permission, unit: Unit) -> Decision:
        """Whether one may administer a unit: held over it or a unit above it, and elevated if need be."""
        if permission in ELEVATED and not self.elevated:
            return refuse("Việc này chỉ làm được trong chế độ quản trị. Bật chế độ quản trị rồi làm lại.")
        if self.units_with(permission).filter(pk=unit.pk).exists():
            return ALLOWED
        roles = " hoặc ".join(role.label.lower() for role in ROLES.values() if permission in role)
        return refuse(f"Việc này cần vai trò {roles} của {unit.name} hoặc của đơn vị cấp trên.")


def _reach(grant: Grant, on: date) -> Q:
    """Units reached by a grant: its own tree, or in another line the units attached to that tree."""
    tree = UnitClosure.objects.filter(ancestor=grant.unit_id, during__contains=on).values("descendant_id")
    if grant.line == grant.unit.line:
        return Q(pk__in=tree)
    return Q(host__in=tree, line=grant.line)


def actor_for(request: HttpRequest) -> Actor:
    """The account of a request as it stands today, elevated while its elevated mode runs."""
    return Actor(request.user, today(), elevated=is_elevated(request))  # type: ignore[arg-type]  # signed in


def visible_units(actor: Actor) -> UnitQuerySet:
    """Units within the actor's roles, those in which they work, and all above these."""
    own = Q(pk__in=Unit.objects.above(list(actor.posted_unit_ids), actor.on).values("pk"))
    return Unit.objects.filter(Q(pk__in=actor.units_with(Permission.VIEW_UNITS).values("pk")) | own)


def units_whose_people_are_seen(actor: Actor) -> UnitQuerySet:
    """Units whose people, roles and time line the actor may see: within the roles, and where they work."""
    return Unit.objects.filter(
        Q(pk__in=actor.units_with(Permission.VIEW_PEOPLE).values("pk")) | Q(pk__in=actor.posted_unit_ids)
    )


def visible_people(actor: Actor) -> PersonQuerySet:
    """People posted in units within the actor's roles, the colleagues of their own units, and themselves."""
    seen = Person.objects.posted_in(units_whose_people_are_seen(actor), actor.on)
    return Person.objects.filter(Q(pk__in=seen.values("pk")) | Q(user=actor.user))


def _became(units: UnitQuerySet) -> frozenset[int]:
    """The predecessors of some of the units, and theirs, in whatever changes there were."""
    before: dict[int, set[int]] = {}
    parts = UnitChangePart.objects.filter(
        role=UnitChangePart.Role.SUCCESSOR, change__parts__role=UnitChangePart.Role.PREDECESSOR
    )
    for successor, predecessor in parts.values_list("unit_id", "change__parts__unit_id"):
        before.setdefault(successor, set()).add(predecessor)
    found: set[int] = set()
    ahead = list(units.filter(pk__in=before).values_list("pk", flat=True))
    while ahead:
        fresh = before.get(ahead.pop(), set()) - found
        found |= fresh
        ahead += fresh
    return frozenset(found)


def _stood_below(actor: Actor, permission: Permission, day: date) -> Q:
    """Units that stood, on a day, where the permission is held now."""
    reach = Q(pk__in=Unit.objects.below(actor.units_with(permission).values("pk"), day).values("pk"))
    for grant in actor.grants if permission not in ELEVATED or actor.elevated else ():
        if permission in ROLES[grant.role]:
            reach |= _reach(grant, day)
    return reach


def known_units(actor: Actor) -> UnitQuerySet:
    """Units that have a page for the actor, whatever day they stand on.

    Those seen today; a closed one by whoever sees what it became or sees, by their roles, the place where it
    stood last; one that is still to open by whoever sees the place where it will stand.
    """
    places = UnitClosure.objects.filter(ancestor__in=actor.units_with(Permission.VIEW_UNITS).values("pk"))
    last = places.filter(
        descendant__during__endswith__lte=actor.on, during__endswith=F("descendant__during__endswith")
    )
    first = places.filter(
        descendant__during__startswith__gt=actor.on, during__startswith=F("descendant__during__startswith")
    )
    return Unit.objects.filter(
        Q(pk__in=visible_units(actor).values("pk"))
        | Q(pk__in=actor.predecessor_ids)
        | Q(pk__in=last.values("descendant_id"))
        | Q(pk__in=first.values("descendant_id"))
    )


def visible_units_on(actor: Actor, day: date) -> UnitQuerySet:
    """Units of a day past or to come, by the roles and postings of today.

    Of the units of that day one sees those one knows (`known_units`), those that stood where roles reach,
    and those above one's own units as the tree was then. A role that has ended opens no past.
    """
    if day == actor.on:
        return visible_units(actor)
    above = Q(pk__in=Unit.objects.above(list(actor.posted_unit_ids), day).values("pk"))
    known = Q(pk__in=known_units(actor).values("pk"))
    return Unit.objects.filter(known | _stood_below(actor, Permission.VIEW_UNITS, day) | above).open_on(day)


def units_whose_people_are_seen_on(actor: Actor, day: date) -> UnitQuerySet:
    """Units whose people of that day the actor may see: where such roles reach, and where they work today."""
    if day == actor.on:
        return units_whose_people_are_seen(actor)
    became = _became(actor.units_with(Permission.VIEW_PEOPLE))
    own = Q(pk__in=actor.posted_unit_ids) | Q(pk__in=became)
    return Unit.objects.filter(own | _stood_below(actor, Permission.VIEW_PEOPLE, day)).open_on(day)
