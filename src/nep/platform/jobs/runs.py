"""Starting background work and telling how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, overload

import structlog
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from nep.kernel.errors import NepError
from nep.platform.access import Actor
from nep.platform.clock import now
from nep.platform.jobs.models import JobRun

log = structlog.get_logger()

Work = Callable[..., str]
Tracked = Task[Any, Any, Any]

# Names of tasks that may be begun again after their worker was killed; see `cut`.
RESUMING: set[str] = set()


class Progress:
    """What a task tells about its run; seen at once, because tasks commit in steps."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id

    def step(self, done: int, total: int, message: str = "") -> None:
        """So many of so many are done."""
        JobRun.objects.filter(pk=self.run_id).update(done=done, total=total, message=message)


@overload
def tracked(function: Work) -> Tracked: ...
@overload
def tracked(*, resumes: bool) -> Callable[[Work], Tracked]: ...
def tracked(function: Work | None = None, *, resumes: bool = False) -> Tracked | Callable[[Work], Tracked]:
    """A background task whose run a person can watch; it gets `progress`, returns the address of its result.

    A refusal (NepError) ends the run with its sentence; anything else is logged and ends it as failed. One
    that `resumes` may be cut anywhere and begun again: it goes on where it stopped. Of any other that was cut
    the person is told.
    """
    if function is None:
        return lambda function: _task(function, resumes=resumes)
    return _task(function, resumes=resumes)


def _task(function: Work, *, resumes: bool) -> Tracked:
    @wraps(function)
    def run(*, run_id: int, **arguments: Any) -> None:
        if not _begin(run_id):
            return
        try:
            result_url = function(progress=Progress(run_id), **arguments)
        except NepError as refusal:
            end(run_id, JobRun.State.FAILED, message=refusal.reason)
        except Exception:
            log.exception("job failed", run_id=run_id, task=function.__name__)
            end(run_id, JobRun.State.FAILED, message="Có lỗi của hệ thống. Người quản trị đã được báo.")
            raise
        else:
            end(run_id, JobRun.State.DONE, result_url=result_url)

    name = f"{function.__module__}.{function.__name__}"
    if resumes:
        RESUMING.add(name)
    return app.task(name=name)(run)


def _begin(run_id: int) -> bool:
    """Whether there is anything to do: a run that ended just before its worker was killed is over."""
    open_runs = JobRun.objects.filter(pk=run_id, state__in=JobRun.OPEN)
    return bool(open_runs.update(state=JobRun.State.RUNNING))


def end(run_id: int, state: JobRun.State, **values: str) -> None:
    """The run is over, well or not."""
    JobRun.objects.filter(pk=run_id).update(state=state, ended_at=now(), **values)


def start(task: Tracked, *, title: str, actor: Actor, counted: str = "dòng", **arguments: Any) -> JobRun:
    """Queue a tracked task in the transaction of the act that asks for it; `counted` is what it counts."""
    run = JobRun.objects.create(title=title, counted=counted, started_by_id=actor.id, created_at=now())
    run.job_id = task.defer(run_id=run.pk, **arguments)
    run.save(update_fields=["job_id"])
    return run
