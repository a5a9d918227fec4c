"""A local day off of the sample province, and the Saturday worked in its place, recorded by the service."""

from __future__ import annotations

from datetime import timedelta

from nep.org.access import Actor, may_manage_calendar
from nep.platform.calendar import exact
from nep.platform.calendar.keeping import Wish, add_days
from nep.platform.clock import now, today
from nep.sample.history import Teller

AHEAD, WEEK = timedelta(days=40), timedelta(days=7)
NOTICE = "Thông báo 96/TB-UBND của Ủy ban nhân dân tỉnh Vân Lĩnh"


def tell_days(teller: Teller) -> None:
    """The administrator records the province's festival, and the Saturday before that makes up for it."""
    calendar = exact()
    monday = today() + AHEAD - timedelta(days=today().weekday())
    festival = calendar.next_working(monday)
    saturday = festival - timedelta(days=festival.weekday() + 2)
    while calendar.is_working(saturday):
        saturday -= WEEK
    actor = Actor(teller.user_of("quantri"), today(), elevated=True)
    for wish in (
        Wish(festival, festival, True, "nghỉ Ngày hội văn hóa các dân tộc", NOTICE),
        Wish(saturday, saturday, False, f"làm bù cho ngày {festival:%d/%m/%Y}", NOTICE),
    ):
        add_days(wish, allowed=may_manage_calendar(actor), actor=actor, at=now())
