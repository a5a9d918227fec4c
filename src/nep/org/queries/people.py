"""Page-shaped reads of people; the number of queries does not depend on their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.org.domain.spans import in_words
from nep.org.models import Grant, Person, Posting

STATES = {"now": ("good", "Đang giữ"), "ahead": ("warn", "Sắp giữ"), "ended": ("quiet", "Đã thôi")}


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as the page of a person tells it."""

    posting: Posting
    state: str
    days: str

    @property
    def state_kind(self) -> str:
        """How the state is shown."""
        return STATES[self.state][0]

    @property
    def state_word(self) -> str:
        """The state in words."""
        return STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role as a list of roles tells it: whether it counts, its days, who gave it."""

    grant: Grant
    state_kind: str
    state_word: str
    days: str


def postings_of(person: Person, day: date) -> list[PostingRow]:
    """All postings of a person, the latest first."""
    rows = person.postings.select_related("unit", "position").order_by("-during", "-pk")
    return [PostingRow(row, _state(row, day), in_words(row.during.lower, row.during.upper)) for row in rows]


def _state(posting: Posting, day: date) -> str:
    if day in posting.during:
        return "now"
    return "ahead" if posting.during.lower and posting.during.lower > day else "ended"


def grants_of(person: Person, day: date) -> list[GrantRow]:
    """The roles that a person's account has, will have or waits for; ended ones are told by the time line."""
    if person.user_id is None:
        return []
    rows = Grant.objects.filter(user=person.user_id).exclude(
        during__endswith__isnull=False, during__endswith__lte=day
    )
    return [
        grant_row(grant, day)
        for grant in rows.select_related("unit", "acting_for").order_by("unit__sort_key", "role", "pk")
    ]


def grant_row(grant: Grant, day: date) -> GrantRow:
    """A role in words."""
    first, end = grant.during.lower, grant.during.upper
    if grant.confirmed_at is None:
        state = ("warn", "Chờ xác nhận")
    elif end is not None and end <= day:
        state = ("quiet", "Đã kết thúc")
    elif first > day:
        state = ("quiet", "Chưa đến ngày")
    elif day not in grant.unit.during:
        state = ("quiet", "Đơn vị đã kết thúc")
    else:
        state = ("good", "Đang có hiệu lực")
    return GrantRow(grant, *state, in_words(first, end))
