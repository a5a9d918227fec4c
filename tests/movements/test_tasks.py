"""When the machine does things for programmes by itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app

from nep.movements.tasks import remind_of_the_day

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def test_digests_are_given_in_the_morning_of_the_office() -> None:
    [job] = [one for one in app.periodic_registry.periodic_tasks.values() if one.task is remind_of_the_day]
    midnight = datetime(2026, 11, 24, tzinfo=VIETNAM).timestamp()
    first = job.croniter.get_next(ret_type=float, start_time=midnight)
    last = job.croniter.get_prev(ret_type=float, start_time=midnight)
    assert datetime.fromtimestamp(first, VIETNAM) == datetime(2026, 11, 24, 7, 20, tzinfo=VIETNAM)
    assert datetime.fromtimestamp(last, VIETNAM) == datetime(2026, 11, 23, 17, 20, tzinfo=VIETNAM)
