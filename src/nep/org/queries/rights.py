"""What a person may do, over which units and why; decided by the same `Actor` that guards every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from nep.accounts.models import User
from nep.accounts.roles import ELEVATED, OFFICIAL, ROLES, WORDS, Permission
from nep.org.access import Actor, gives, visible_grants
from nep.org.domain.spans import in_words
from nep.org.models import Grant, Line, Posting, Unit, UnitClosure
from nep.org.queries.people import GrantRow, grant_row


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a permission is held: a posting or a role, over how many open units."""

    what: str
    unit: Unit
    line: str
    days: str
    units: int | None = None
    given_by: str = ""
    acting_for: str = ""


@dataclass(frozen=True, slots=True)
class RightRow:
    """One permission: whether it is held, on which grounds; where it is not, why not."""

    permission: Permission
    words: str
    held: bool
    needs_elevation: bool
    grounds: list[Ground] = field(default_factory=list)
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class RightsPage:
    """What a person may do, what not, and which roles do not count yet or any more."""

    may: list[RightRow]
    may_not: list[RightRow]
    idle: list[GrantRow]

    @property
    def held_alike(self) -> list[list[RightRow]]:
        """What is held on the same grounds, together."""
        return _alike(self.may, lambda row: [*row.grounds, row.needs_elevation])

    @property
    def missed_alike(self) -> list[list[RightRow]]:
        """What is missing for the same reason, together."""
        return _alike(self.may_not, lambda row: row.why_not)


def _alike(rows: list[RightRow], by: Callable[[RightRow], object]) -> list[list[RightRow]]:
    groups: list[list[RightRow]] = []
    for row in rows:
        same = next((group for group in groups if by(group[0]) == by(row)), None)
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    return groups


def rights_page(actor: Actor) -> RightsPage:
    """Every permission of an account on its day, with its grounds; `actor` is who is looked at."""
    strong = actor.elevated_self
    rows = list(_all_grants(actor.user))
    names = named_accounts(grant.granted_by_id for grant in rows)
    counts = _units_below(list(strong.grants), actor.on)
    grounds = {grant.pk: _of_grant(grant, names, counts) for grant in strong.grants}
    postings = _postings(actor)
    may: list[RightRow] = []
    may_not: list[RightRow] = []
    for permission in Permission:
        found = [grounds[grant.pk] for grant in strong.grants if gives(grant, permission)]
        if permission in OFFICIAL:
            found = [_of_posting(posting) for posting in postings] + found
        held = strong.holds(permission)
        why_not = "" if held else _why_not(strong, permission)
        row = RightRow(permission, WORDS[permission], held, permission in ELEVATED, found, why_not)
        (may if held else may_not).append(row)
    counting = {grant.pk for grant in strong.grants}
    idle = [grant_row(grant, actor.on) for grant in rows if grant.pk not in counting]
    return RightsPage(may, may_not, idle)


def _all_grants(user: User) -> Iterable[Grant]:
    return Grant.objects.filter(user=user).select_related("unit", "acting_for").order_by("-during", "pk")


def named_accounts(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of accounts by number."""
    wanted = {one for one in ids if one is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _postings(actor: Actor) -> list[Posting]:
    rows = Posting.objects.filter(person__user=actor.user, during__contains=actor.on)
    return list(rows.select_related("unit", "position").order_by("pk"))


def _of_posting(posting: Posting) -> Ground:
    return Ground(
        what=f"{posting.position.name} ({posting.get_kind_display().lower()})",
        unit=posting.unit,
        line=Line(posting.unit.line).label,
        days=in_words(posting.during.lower, posting.during.upper),
        given_by=posting.decision,
    )


def _of_grant(grant: Grant, names: dict[int, str], counts: dict[tuple[int, str], int]) -> Ground:
    return Ground(
        what=f"Vai trò {ROLES[grant.role].label.lower()}",
        unit=grant.unit,
        line=Line(grant.line).label,
        days=in_words(grant.during.lower, grant.during.upper),
        units=counts.get((grant.unit_id, grant.line), 0),
        given_by=names.get(grant.granted_by_id or 0, "Nếp (khi lập đơn vị)"),
        acting_for=grant.acting_for.name if grant.acting_for else "",
    )


def _units_below(grants: list[Grant], on: date) -> dict[tuple[int, str], int]:
    """How many open units each role reaches, by unit and line, in one query for each way of reaching."""
    roots = {grant.unit_id for grant in grants}
    below = UnitClosure.objects.filter(ancestor__in=roots, during__contains=on)
    lines = {grant.unit_id: grant.unit.line for grant in grants}
    found = {
        (row["ancestor_id"], lines[row["ancestor_id"]]): row["units"]
        for row in below.values("ancestor_id").annotate(units=Count("descendant_id"))
    }
    if any(grant.line != grant.unit.line for grant in grants):
        attached = below.filter(
            descendant__attachments__during__contains=on, descendant__attachments__unit__during__contains=on
        )
        rows = attached.values("ancestor_id", "descendant__attachments__unit__line")
        for row in rows.annotate(units=Count("descendant__attachments__unit_id", distinct=True)):
            found[row["ancestor_id"], row["descendant__attachments__unit__line"]] = row["units"]
    return found


def _why_not(actor: Actor, permission: Permission) -> str:
    """The refusal that the person would read, at the unit where they belong."""
    if actor.home_unit is None:
        return "Tài khoản này chưa có vị trí công tác và chưa giữ vai trò nào."
    within = permission in ELEVATED or permission in _OVER_A_BRANCH
    decide = actor.may_within if within else actor.may_at
    return decide(permission, actor.home_unit).reason


_OVER_A_BRANCH = frozenset({Permission.VIEW_UNITS, Permission.VIEW_PEOPLE, Permission.READ_TRAIL})


def lent_by(actor: Actor) -> list[GrantRow]:
    """The authority that the actor lends to others now or from a later day on."""
    lent = Grant.objects.filter(acting_for__user=actor.user, during__endswith__gt=actor.on)
    rows = lent.select_related("user", "unit", "acting_for").order_by("during", "pk")
    return [grant_row(grant, actor.on) for grant in rows]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A role that waits for a second person; `why_not` is empty when the reader may confirm it."""

    row: GrantRow
    proposed_by: str
    why_not: str
    own: bool


def grants_to_confirm(actor: Actor) -> list[WaitingRow]:
    """Weighty roles that wait, over units whose people the reader sees through a role."""
    rows = visible_grants(actor).filter(confirmed_at__isnull=True)
    grants = list(rows.select_related("user__person", "unit", "acting_for").order_by("pk")[:200])
    names = named_accounts(grant.granted_by_id for grant in grants)
    strong = actor.elevated_self
    administered = set(strong.units_with(Permission.MANAGE_ROLES).values_list("pk", flat=True))
    led = set(actor.units_with(Permission.DELEGATE).values_list("pk", flat=True))
    return [
        WaitingRow(
            grant_row(grant, actor.on),
            names.get(grant.granted_by_id or 0, "Nếp"),
            _why_not_confirm(actor, grant, administered | led),
            grant.granted_by_id == actor.id,
        )
        for grant in grants
    ]


def _why_not_confirm(actor: Actor, grant: Grant, reached: set[int]) -> str:
    if actor.id in {grant.granted_by_id, grant.user_id}:
        return "Chờ người thứ hai"
    return "" if grant.unit_id in reached else "Ngoài phạm vi vai trò"
