"""People of the sample find the reminders of the last working days, as if these days had been lived."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings

from nep.accounts.models import User
from nep.platform.notify.models import Digest, Message, Notice
from nep.platform.notify.notices import notify
from nep.sample import reminders
from nep.sample.reminders import tell_reminders
from tests.factories.province import Province
from tests.factories.running import issued, running_programme

SATURDAY = date(2026, 3, 21)


def test_the_last_three_working_days_are_told(
    province: Province, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NEP_MAIL_SET_UP = settings.NEP_MAILBOX = True
    monkeypatch.setattr(reminders, "today", lambda: SATURDAY)
    issued(province, running_programme(province), "XA1")
    head = province.users["xa1-head"].pk
    User.objects.filter(pk=head).update(email="truong@vanlinh.example")
    notify([head], key="old", text="Cũ", url="/", at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC))
    tell_reminders()
    days = [date(2026, 3, day) for day in (18, 19, 20)]  # the photo is due on the 19th
    assert list(Digest.objects.filter(user_id=head).order_by("day").values_list("day", flat=True)) == days
    mornings = [datetime(day.year, day.month, day.day, 0, 20, tzinfo=UTC) for day in days]
    letters = Message.objects.order_by("created_at").values_list("state", "created_at", "sent_at")
    assert list(letters) == [("sent", at, at) for at in mornings]
    unread = Notice.objects.filter(user_id=head, read_at__isnull=True).order_by("told_at")
    assert list(unread.values_list("told_at", flat=True)) == mornings
