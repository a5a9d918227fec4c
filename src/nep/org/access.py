"""Who acts, with which roles where; which units and people they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from nep.accounts.elevation import is_elevated
from nep.accounts.models import User
from nep.accounts.roles import ELEVATED, NOT_PASSED_ON, OFFICIAL, ROLES, Permission, roles_with
from nep.kernel.decisions import ALLOWED, Decision, all_of, refuse
from nep.kernel.duties import Hand, not_by_same_hand
from nep.org.models import Grant, Line, Person, Posting, Unit, UnitChangePart, UnitHost
from nep.org.models.people import PersonQuerySet
from nep.org.models.units import UnitClosure, UnitQuerySet
from nep.platform.clock import today

NEEDS_ELEVATION = "Việc này chỉ làm được trong chế độ quản trị. Bật chế độ quản trị rồi làm lại."


@dataclass(frozen=True)
class Actor:
    """An account on a day, with the roles and postings it has then.

    What only an elevated administrator may do (`roles.ELEVATED`) is not held while `elevated` is off.
    `in_place_of` names the person for whom an act is done; see `standing_at`.
    """

    user: User
    on: date
    elevated: bool = False
    in_place_of: str = ""

    @property
    def id(self) -> int:
        return self.user.pk

    @property
    def name(self) -> str:
        """The name under an act, with whom it is done for."""
        return f"{self.user.name} (thay {self.in_place_of})" if self.in_place_of else self.user.name

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """The roles in force on the day, the own ones first; see `in_force`."""
        counting = _counting(Grant.objects.filter(user=self.user), self.on).select_related("unit")
        rows = list(counting.order_by(F("acting_for").asc(nulls_first=True), "pk"))
        if all(row.acting_for_id is None for row in rows):  # nearly everybody: spared the question who lends
            return tuple(rows)
        lent = in_force(Grant.objects.filter(pk__in=[row.pk for row in rows if row.acting_for_id]), self.on)
        held = {row.pk: row for row in lent.select_related("unit", "acting_for")}
        return tuple(held.get(row.pk, row) for row in rows if row.acting_for_id is None or row.pk in held)

    @cached_property
    def postings(self) -> tuple[Posting, ...]:
        """Where the person works on the day and as what, the main posting first."""
        rows = Posting.objects.filter(person__user=self.user, during__contains=self.on)
        told = rows.select_related("position").order_by("-kind", "unit_id")
        return tuple(sorted(told, key=lambda row: row.kind != Posting.Kind.MAIN))

    @cached_property
    def posted_unit_ids(self) -> tuple[int, ...]:
        """The units in which the person works on the day, that of the main posting first."""
        return tuple(row.unit_id for row in self.postings)

    @cached_property
    def home_unit(self) -> Unit | None:
        """The unit that the person's pages open with: the main posting's, else the first grant's."""
        ids = self.posted_unit_ids or tuple(grant.unit_id for grant in self.grants)
        return Unit.objects.filter(pk=ids[0]).first() if ids else None

    @cached_property
    def role(self) -> str:
        """The position of the main posting, else the label of the first role: shown under the name."""
        if self.postings:
            return self.postings[0].position.name
        return self.grants[0].get_role_display() if self.grants else ""

    @cached_property
    def elevated_self(self) -> Actor:
        """The same account in elevated mode: what it would allow, and what administrators read without it."""
        if self.elevated:
            return self
        same = replace(self, elevated=True)
        # What was read from the database is the same for both.
        known = {key: value for key, value in self.__dict__.items() if key in {"grants", "postings"}}
        same.__dict__.update(known)
        return same

    @cached_property
    def predecessor_ids(self) -> frozenset[int]:
        """Units that became, in one or more changes, units that the actor sees today."""
        return _became(visible_units(self))

    def carried_on(self, roots: Iterable[int], on: date) -> list[int]:
        """The units and, back through mergers and divisions, the ones closed by a day that they carry on."""
        asked = (*sorted(set(roots)), on)
        known: dict[tuple[object, ...], list[int]] = self.__dict__.setdefault("_carried_on", {})
        if asked not in known:
            with connection.cursor() as cursor:
                cursor.execute(_CARRIED_ON, (list(asked[:-1]), on))
                known[asked] = [row[0] for row in cursor.fetchall()]
        return known[asked]

    def grants_with(self, permission: str) -> tuple[Grant, ...]:
        """The roles through which the permission is held now."""
        if permission in ELEVATED and not self.elevated:
            return ()
        return tuple(grant for grant in self.grants if gives(grant, permission))

    def holds(self, permission: str) -> bool:
        """Whether the permission is held anywhere."""
        if self.posted_unit_ids and permission in OFFICIAL:
            return True
        return bool(self.grants_with(permission))

    def units_with(self, permission: Permission) -> UnitQuerySet:
        """The units over which the permission is held through a role, also those that closed below it."""
        return units_reached(self.grants_with(permission), self.on)

    def reaches(self, permission: Permission, unit: Unit) -> bool:
        """Whether the unit is one of `units_with`: asked from the unit upwards, which is a few rows."""
        held = self.grants_with(permission)
        if not held or self.on not in unit.during:
            return bool(held) and self.units_with(permission).filter(pk=unit.pk).exists()
        above = UnitClosure.objects.filter(during__contains=self.on)
        own = {grant.unit_id for grant in held if grant.line == grant.unit.line}
        if above.filter(descendant=unit.pk, ancestor__in=own).exists():
            return True
        other = {one.unit_id for one in held if one.line == unit.line != one.unit.line}
        hosts = UnitHost.objects.filter(unit=unit.pk, during__contains=self.on).values("host_id")
        return bool(other) and above.filter(descendant__in=hosts, ancestor__in=other).exists()

    def unit_ids_at(self, permission: Permission) -> tuple[int, ...]:
        """The units for which the permission is held itself, not through a unit above; see `may_at`.

        Nobody acts for a unit that is closed, or not open yet.
        """
        held = self.grants_with(permission)
        return tuple(dict.fromkeys(grant.unit_id for grant in held if grant.line == grant.unit.line))

    def may_at(self, permission: Permission, unit: Unit) -> Decision:
        """Whether one may act for a unit; a role in a unit above does not do.

        A refusal names the unit and the roles that would do.
        """
        if unit.pk in self.unit_ids_at(permission):
            return ALLOWED
        return refuse(f"Việc này cần vai trò {_named(permission)} của {unit.name}.")

    def may_within(self, permission: Permission, unit: Unit) -> Decision:
        """Whether one may administer a unit: held over it or a unit above it, and elevated if need be."""
        if self.elevated_self.reaches(permission, unit):
            missing = permission in ELEVATED and not self.elevated
            return refuse(NEEDS_ELEVATION) if missing else ALLOWED
        return refuse(f"Việc này cần vai trò {_named(permission)} của {unit.name} hoặc của đơn vị cấp trên.")

    def lenders(self, permission: Permission) -> dict[int, tuple[Person, ...]]:
        """By unit: in whose place alone one may act for it; nobody where an own role does."""
        found: dict[int, tuple[Person, ...]] = {}
        for grant in self.grants_with(permission):  # the own ones come first
            if grant.line == grant.unit.line:
                lender = (grant.acting_for,) if grant.acting_for else ()
                if grant.unit_id not in found or found[grant.unit_id]:
                    found[grant.unit_id] = found.get(grant.unit_id, ()) + lender
        return found

    def hands(self, permission: Permission) -> dict[int, Hand]:
        """By unit: with whose hands one acts for it, the own and those of the lenders."""
        return {
            unit: Hand(self.id, frozenset(person.user_id for person in lenders if person.user_id))
            for unit, lenders in self.lenders(permission).items()
        }

    def hand_at(self, permission: Permission, unit: Unit) -> Hand:
        """With whose hands one acts for a unit."""
        return self.hands(permission).get(unit.pk, Hand(self.id))

    def standing_at(self, permission: Permission, unit: Unit) -> Actor:
        """The actor as the trail names them for an act: “A (thay B)” where only B's role allows it."""
        lenders = self.lenders(permission).get(unit.pk, ())
        return replace(self, in_place_of=lenders[0].name) if lenders else self


def _named(permission: Permission) -> str:
    return " hoặc ".join(role.label.lower() for role in roles_with(permission))


def gives(grant: Grant, permission: str) -> bool:
    """Whether a role gives a permission; who holds it in the place of another does not pass it on."""
    return permission in ROLES[grant.role] and not (grant.acting_for_id and permission in NOT_PASSED_ON)


def in_force(grants: QuerySet[Grant], on: date) -> QuerySet[Grant]:
    """Roles that count on a day: within their days, confirmed, over a unit that is open.

    A role held in the place of another person ends with that person's own.
    """
    lent = Grant.objects.filter(
        user__person=OuterRef("acting_for"),
        acting_for__isnull=True,
        role=OuterRef("role"),
        unit=OuterRef("unit"),
        line=OuterRef("line"),
        during__contains=on,
        confirmed_at__isnull=False,
    )
    return _counting(grants, on).filter(Q(acting_for__isnull=True) | Exists(lent))


def _counting(grants: QuerySet[Grant], on: date) -> QuerySet[Grant]:
    """Roles that count on a day, if those who lend some of them still hold these."""
    return grants.filter(during__contains=on, confirmed_at__isnull=False, unit__during__contains=on)


def units_reached(grants: Iterable[Grant], on: date) -> UnitQuerySet:
    """The units that roles reach: open ones below the unit, and those that closed below it or became it.

    A role in another line reaches the units of that line attached to the tree.
    """
    reach = Q(pk__in=[])
    by_line: dict[str, list[int]] = {}
    for grant in grants:
        by_line.setdefault("" if grant.line == grant.unit.line else grant.line, []).append(grant.unit_id)
    for line, roots in by_line.items():
        below, closed = _open_below(roots, on), _closed_below(roots, on)
        if line:
            reach |= Q(pk__in=_attached(Q(host__in=below) | Q(host__in=closed), on), line=line)
        else:
            reach |= Q(pk__in=below) | Q(pk__in=closed)
    return Unit.objects.filter(reach)


def _open_below(roots: list[int], on: date) -> QuerySet[UnitClosure, Any]:
    return UnitClosure.objects.filter(ancestor__in=roots, during__contains=on).values("descendant_id")


# The units themselves and, back through mergers and divisions, the closed ones that they carry on.
_CARRIED_ON = """
WITH RECURSIVE carried(unit_id) AS (
    SELECT unnest(%s::bigint[])
    UNION
    SELECT gone.unit_id
    FROM carried
    JOIN org_unitchangepart AS came ON came.unit_id = carried.unit_id AND came.role = 'successor'
    JOIN org_unitchangepart AS gone ON gone.change_id = came.change_id
        AND gone.role IN ('predecessor', 'subject')
    JOIN org_unitchange AS change ON change.id = came.change_id AND change.withdrawn_at IS NULL
    JOIN org_unit ON org_unit.id = gone.unit_id AND upper(org_unit.during) <= %s
)
SELECT unit_id FROM carried
"""


def _closed_below(roots: list[int], on: date) -> QuerySet[Unit, Any]:
    """Units that had ended by the day and stood, to their end, below the roots or what these carry on."""
    to_the_end = UnitClosure.objects.filter(
        descendant=OuterRef("pk"),
        ancestor__in=RawSQL(_CARRIED_ON, (roots, on)),
        during__endswith=OuterRef("during__endswith"),
    )
    return Unit.objects.filter(Exists(to_the_end), during__endswith__lte=on).values("pk")


def _attached(hosts: Q, on: date) -> QuerySet[UnitHost, Any]:
    """Units of another line attached to hosts on the day, or to their end."""
    then = Q(during__contains=on)
    to_their_end = Q(unit__during__endswith__lte=on, during__endswith=F("unit__during__endswith"))
    return UnitHost.objects.filter(hosts, then | to_their_end).values("unit_id")


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


def _became(units: UnitQuerySet) -> frozenset[int]:
    """The predecessors of some of the units, and theirs, in whatever changes stand."""
    before: dict[int, set[int]] = {}
    role = UnitChangePart.Role
    parts = UnitChangePart.objects.filter(
        role=role.SUCCESSOR,
        change__withdrawn_at__isnull=True,
        change__parts__role__in=(role.PREDECESSOR, role.SUBJECT),
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


def predecessors_within(actor: Actor, what: str, seen: Q) -> frozenset[int]:
    """Units that became units for which a condition holds; looked up once for an actor, by its name."""
    known: dict[str, frozenset[int]] = actor.__dict__.setdefault("_predecessors", {})
    if what not in known:
        known[what] = _became(Unit.objects.filter(seen))
    return known[what]


def _stood_below(actor: Actor, permission: Permission, day: date) -> Q:
    """Units that stood, on a day, where the permission is held now."""
    below = Unit.objects.below(actor.units_with(permission), day)
    reached = units_reached(actor.grants_with(permission), day)
    return Q(pk__in=below.values("pk")) | Q(pk__in=reached.values("pk"))


def known_units(actor: Actor) -> UnitQuerySet:
    """Units that have a page for the actor, whatever day they stand on.

    Those seen today; a closed one by whoever sees what it became or sees, by their roles, the place where it
    stood last; one that is still to open by whoever sees the place where it will stand.
    """
    places = UnitClosure.objects.filter(ancestor__in=actor.units_with(Permission.VIEW_UNITS).values("pk"))
    first = places.filter(
        descendant__during__startswith__gt=actor.on, during__startswith=F("descendant__during__startswith")
    )
    return Unit.objects.filter(
        Q(pk__in=visible_units(actor).values("pk"))
        | Q(pk__in=actor.predecessor_ids, during__endswith__lte=actor.on)
        | Q(pk__in=first.values("descendant_id"))
    )


def visible_units_on(actor: Actor, day: date) -> UnitQuerySet:
    """Units of a day past or to come, by the roles and postings of today.

    Of the units of that day one sees those one knows (`known_units`), those that stood where roles reach,
    and those above one's own units as the tree was then. A role that has ended opens no past.
    """
    if day == actor.on:
        return visible_units(actor).open_on(day)
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


def people_at_work(actor: Actor) -> PersonQuerySet:
    """People who work on the day in units within the actor's roles, and the colleagues of their own units."""
    return Person.objects.filter(_at_work(actor))


def _at_work(actor: Actor) -> Exists:
    """Condition on a person: works on the day where the actor sees people.

    The database may start from the units, which are few for most, or follow the order of a list. A role in
    another line reaches far: then each seat is looked at as its person comes in the order.
    """
    own_line: list[Grant] = []
    other_line: list[Grant] = []
    for grant in actor.grants_with(Permission.VIEW_PEOPLE):
        (own_line if grant.line == grant.unit.line else other_line).append(grant)
    below = UnitClosure.objects.filter(
        Q(ancestor__in=[grant.unit_id for grant in own_line])
        | Q(ancestor__in=actor.posted_unit_ids, depth=0),
        during__contains=actor.on,
    )
    seats = Posting.objects.filter(person=OuterRef("pk"), during__contains=actor.on)
    if not other_line:
        return Exists(seats.filter(unit__in=below.values("descendant_id")))
    lines: dict[int, list[str]] = {}
    for grant in other_line:
        lines.setdefault(grant.unit_id, []).append(grant.line)
    attached = Q(pk__in=[])
    for root, named in lines.items():
        attached |= Q(line__in=named, host__in=_open_below([root], actor.on))
    here = Exists(below.filter(descendant=OuterRef("unit")))
    there = Exists(Unit.objects.filter(attached, pk=OuterRef("unit")))
    return Exists(seats.filter(Q(here) | Q(there)))


def visible_people(actor: Actor) -> PersonQuerySet:
    """Whose page the actor may open: people at work, themselves, and who has left or is yet to come.

    The latter only for who administers the people of that unit.
    """
    shown = Q(user=actor.user) | Q(_at_work(actor))
    administered = actor.elevated_self.grants_with(Permission.MANAGE_PEOPLE)
    if administered:
        units = units_reached(administered, actor.on).values("pk")
        nowhere = ~Exists(Posting.objects.filter(person=OuterRef("pk"), during__contains=actor.on))
        was_or_will_be = Posting.objects.filter(person=OuterRef("pk"), unit__in=units)
        shown |= Q(nowhere) & Q(Exists(was_or_will_be))
    return Person.objects.filter(shown)


def may_anywhere(actor: Actor, permission: Permission) -> Decision:
    """Whether the actor may do, in at least one unit, what only an elevated administrator may."""
    if actor.holds(permission):
        return ALLOWED
    if actor.elevated_self.holds(permission):
        return refuse(NEEDS_ELEVATION)
    return refuse(f"Việc này cần vai trò {_named(permission)}.")


def may_manage_positions(actor: Actor) -> Decision:
    """Whether the actor may change the positions, which all units share; see `_keeps_for_all`."""
    decision = may_anywhere(actor, Permission.MANAGE_PEOPLE)
    if not decision or _keeps_for_all(actor, Permission.MANAGE_PEOPLE):
        return decision
    return refuse("Danh mục chức vụ dùng chung, do người quản trị của cơ quan chính quyền cao nhất sửa.")


def may_manage_calendar(actor: Actor) -> Decision:
    """Whether the actor may record local days off, which move the deadlines of all units."""
    decision = may_anywhere(actor, Permission.MANAGE_UNITS)
    if not decision or _keeps_for_all(actor, Permission.MANAGE_UNITS):
        return decision
    return refuse("Lịch nghỉ dùng chung, do người quản trị của cơ quan chính quyền cao nhất ghi.")


def _keeps_for_all(actor: Actor, permission: Permission) -> bool:
    """Who administers a topmost unit of the authority itself; a topmost union or party unit does not do."""
    held = {
        grant.unit_id
        for grant in actor.grants_with(permission)
        if grant.line == grant.unit.line == Line.AUTHORITY
    }
    below = UnitClosure.objects.filter(descendant__in=held, depth__gt=0, during__contains=actor.on)
    return bool(held - set(below.values_list("descendant_id", flat=True)))


def may_manage_person(actor: Actor, person: Person) -> Decision:
    """Whether the actor may correct a person's entry: who administers the unit to which they belong."""
    unit = unit_of(person, actor.on)
    if unit is None:
        return refuse(f"{person.name} chưa có vị trí công tác nào, chưa thuộc đơn vị nào để quản trị.")
    return actor.may_within(Permission.MANAGE_PEOPLE, unit)


def unit_of(person: Person, on: date) -> Unit | None:
    """Where a person belongs on a day: the main posting, else another one, else the latest of all."""
    rows = list(person.postings.select_related("unit"))
    rows.sort(key=lambda row: (on in row.during, row.kind == Posting.Kind.MAIN, row.during.lower or on))
    return rows[-1].unit if rows else None


def may_see_contact(actor: Actor, person: Person) -> bool:
    """Whether the e-mail address is shown: to the person, and to who has a role over a unit of theirs."""
    if person.user_id == actor.id:
        return True
    seats = person.postings.filter(during__contains=actor.on).select_related("unit")
    return any(actor.reaches(Permission.VIEW_PEOPLE, seat.unit) for seat in seats)


def may_give_role(actor: Actor, unit: Unit, line: str) -> Decision:
    """Whether the actor may give and take back roles over a unit in a line: within the own branch alone."""
    decision = actor.may_within(Permission.MANAGE_ROLES, unit)
    if not decision or line == unit.line:
        return decision
    in_line = [grant.unit_id for grant in actor.grants_with(Permission.MANAGE_ROLES) if grant.line == line]
    if Unit.objects.below(in_line, actor.on).filter(pk=unit.pk).exists():
        return ALLOWED
    return refuse(
        f"Vai trò quản trị của {actor.user.address} không bao gồm hệ thống {Line(line).label.lower()}."
    )


def may_confirm_role(actor: Actor, grant: Grant) -> Decision:
    """Whether the actor may confirm a weighty role: a second administrator, or the head there or above.

    Neither who proposed it nor who receives it.
    """
    own = "Người đề nghị và người nhận không tự xác nhận vai trò."
    hand = Hand(actor.id)
    apart = all_of(
        not_by_same_hand(grant.granted_by_id, hand, own), not_by_same_hand(grant.user_id, hand, own)
    )
    heads = actor.reaches(Permission.DELEGATE, grant.unit)
    return all_of(apart, ALLOWED if heads else may_give_role(actor, grant.unit, grant.line))


def may_decline_role(actor: Actor, grant: Grant) -> Decision:
    """Whether the actor may decline a proposed role: who may confirm it, and who proposed it."""
    return ALLOWED if grant.granted_by_id == actor.id else may_confirm_role(actor, grant)


def may_take_back_role(actor: Actor, grant: Grant) -> Decision:
    """Whether the actor may end a role: who administers roles there, or who lent it."""
    if grant.acting_for is not None and grant.acting_for.user_id == actor.id:
        return ALLOWED
    return may_give_role(actor, grant.unit, grant.line)


def visible_grants(actor: Actor) -> QuerySet[Grant]:
    """Roles over units whose people the actor sees through a role, and the own ones."""
    units = actor.units_with(Permission.VIEW_PEOPLE).values("pk")
    return Grant.objects.filter(Q(unit__in=units) | Q(user=actor.user))


def may_read_rights(actor: Actor, person: Person) -> Decision:
    """Whether the actor may read what a person may do: the person, who gives roles there, who audits."""
    if person.user_id == actor.id:
        return ALLOWED
    unit = unit_of(person, actor.on)
    reading = (Permission.MANAGE_ROLES, Permission.READ_TRAIL)
    if unit is not None and any(actor.elevated_self.reaches(permission, unit) for permission in reading):
        return ALLOWED
    return refuse(
        "Quyền của người khác do người quản trị tổ chức hoặc người kiểm soát nhật ký của đơn vị xem."
    )
