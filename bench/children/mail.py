"""What `bench/mail.py` does beside the worker: 300 communes that owe by the first day, the reminders."""

from __future__ import annotations

import json
import sys

from django.core.management import call_command

from bench.kit.late import province_that_owes
from nep.movements.services.urging import remind
from nep.platform.clock import now, today

UNITS, TASKS = 300, 2


def main() -> None:
    """Do the part that the command line names; one line of JSON."""
    if sys.argv[1] == "prepare":
        call_command("migrate", verbosity=0)
        province_that_owes(communes=UNITS, tasks=TASKS, due=today())
        print(json.dumps({"units": UNITS}), flush=True)
    else:
        print(json.dumps({"given": remind(on=today(), at=now())}), flush=True)
