"""`./nep manage bring_day`: what the worker does by itself each morning, at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from nep.movements.services.amendments_in_effect import put_in_effect
from nep.movements.services.indicators import catch_up, mark_running_terms
from nep.movements.services.occurrences_daily import turn_the_day
from nep.movements.services.urging import remind
from nep.platform.clock import now, today


class Command(BaseCommand):
    """Open the terms of the day, put amendments in effect, bring figures up to date, remind people."""

    help = "Làm ngay những việc Nếp tự làm vào đầu ngày; chạy lại không làm việc nào hai lần."

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything a day brings, for the day of the clock."""
        on, at = today(), now()
        turn_the_day(on=on, at=at)
        put_in_effect(on=on, at=at)
        mark_running_terms()
        while catch_up(at):
            pass
        given = remind(on=on, at=at)
        self.stdout.write(f"Ngày {on:%d/%m/%Y}: đã nhắc {given} người.")
