"""Starting background work and telling how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from nep.kernel.errors import NepError
from nep.platform.access import Actor
from nep.platform.clock import now
from nep.platform.jobs.models import JobRun

log = structlog.get_logger()


class Progress:
    """What a task tells about its run; seen at once, because tasks commit in steps."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id

    def step(self, done: int, total: int, message: str = "") -> None:
        """So many of so many are done."""
        JobRun.objects.filter(pk=self.run_id).update(done=done, total=total, message=message)


def tracked(function: Callable[..., str]) -> Task[Any, Any, Any]:
    """A background task whose run a person can watch; it gets `progress`, returns the address of its result.

    A refusal (NepError) ends the run with its sentence; anything else is logged and ends it as failed.
    """

    @wraps(function)
    def run(*, run_id: int, **arguments: Any) -> None:
        JobRun.objects.filter(pk=run_id).update(state=JobRun.State.RUNNING)
        try:
            result_url = function(progress=Progress(run_id), **arguments)
        except NepError as refusal:
            _end(run_id, JobRun.State.FAILED, message=refusal.reason)
        except Exception:
            log.exception("job failed", run_id=run_id, task=function.__name__)
            _end(run_id, JobRun.State.FAILED, message="Có lỗi của hệ thống. Người quản trị đã được báo.")
            raise
        else:
            _end(run_id, JobRun.State.DONE, result_url=result_url)

    return app.task(name=f"{function.__module__}.{function.__name__}")(run)


def _end(run_id: int, state: JobRun.State, **values: str) -> None:
    JobRun.objects.filter(pk=run_id).update(state=state, ended_at=now(), **values)


def start(task: Task[Any, Any, Any], *, title: str, actor: Actor, **arguments: Any) -> JobRun:
    """Queue a tracked task in the transaction of the act that asks for it."""
    run = JobRun.objects.create(title=title, started_by_id=actor.id, created_at=now())
    task.defer(run_id=run.pk, **arguments)
    return run
