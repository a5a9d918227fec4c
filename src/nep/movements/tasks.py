"""What the machine does for programmes by itself."""

from __future__ import annotations

from django.urls import reverse
from procrastinate.contrib.django import app

from nep.movements.models import LetterAct
from nep.movements.queries.tallies import fold
from nep.movements.services.amendments_in_effect import put_in_effect
from nep.movements.services.indicators import catch_up, mark_running_terms
from nep.movements.services.letters import write_waiting
from nep.movements.services.occurrences_daily import turn_the_day
from nep.movements.services.urging import remind
from nep.platform.clock import now, today
from nep.platform.jobs.runs import Progress, tracked


@app.periodic(cron="*/5 * * * *")
@app.task(name="nep.movements.tasks.fold_tallies", queueing_lock="movements_fold")
def fold_tallies(timestamp: int) -> None:
    """Every five minutes: add up what has come to the sums of programmes."""
    fold()


@app.periodic(cron="10 * * * *")
@app.task(name="nep.movements.tasks.put_amendments_in_effect", queueing_lock="movements_amendments")
def put_amendments_in_effect(timestamp: int) -> None:
    """Every hour, so that the first one of a day does it: programmes and plans follow their amendments."""
    put_in_effect(on=today(), at=now())


@app.periodic(cron="* * * * *")
@app.task(name="nep.movements.tasks.figures_follow", queueing_lock="movements_figures")
def figures_follow(timestamp: int) -> None:
    """Each minute: bring figures of indicators up to terms that changed."""
    while catch_up(now()):
        pass


@app.periodic(cron="5 0 1-3 * *")
@app.task(name="nep.movements.tasks.look_at_running_terms", queueing_lock="movements_running")
def look_at_running_terms(timestamp: int) -> None:
    """When a month begins: terms of several years owe a figure in each."""
    mark_running_terms()


@app.periodic(cron="5 * * * *")
@app.task(name="nep.movements.tasks.bring_the_day", queueing_lock="movements_day")
def bring_the_day(timestamp: int) -> None:
    """Every hour, so that the first one of a day does it: what the day brings for the terms of duties."""
    turn_the_day(on=today(), at=now())


@tracked(resumes=True)
def write_letters(*, progress: Progress, act_id: int) -> str:
    """Number, write and send the letters of one act."""
    write_waiting(LetterAct.objects.select_related("programme", "unit").get(pk=act_id), progress.step)
    return reverse("letter_act", args=[act_id])


@app.periodic(cron="20 0-10 * * *")  # 07:20 to 17:20 in Vietnam: the worker counts in UTC
@app.task(name="nep.movements.tasks.remind_of_the_day", queueing_lock="movements_remind")
def remind_of_the_day(timestamp: int) -> None:
    """Every hour of the working day, so that the first one does it: the digests of the day that lack."""
    remind(on=today(), at=now())
