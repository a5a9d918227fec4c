"""Background work on lists."""

from __future__ import annotations

from django.urls import reverse
from procrastinate.contrib.django import app

from nep.platform.access import actor_with_id
from nep.platform.clock import now
from nep.platform.jobs.runs import Progress, tracked
from nep.platform.lists.exports import Wanted, count_of, export_list, remove_old


@tracked(resumes=True)
def make_sheet(
    *, progress: Progress, user_id: int, code: str, query: str, columns: list[str], within: int | None
) -> str:
    """Write a large list as a sheet for who asked, with the rights they have when it is written."""
    actor = actor_with_id(user_id)
    wanted = Wanted(code, query, tuple(columns), within)
    wanted.spec.access.decide(actor).require()
    total = count_of(wanted, actor)
    progress.step(0, total)

    def step(done: int) -> None:
        progress.step(min(done, total), total)

    export = export_list(wanted, actor=actor, at=now(), step=step)
    return reverse("list_file", args=[export.pk])


@app.periodic(cron="17 * * * *")
@app.task(name="nep.platform.lists.tasks.remove_old_sheets")
def remove_old_sheets(timestamp: int) -> None:
    """Each hour, remove the sheets whose day is over."""
    remove_old()
