"""Background work whose worker was killed: taken up again, or told to who asked for it.

A worker gives a sign of life every ten seconds. Its jobs stay "doing" when it is killed, and nothing else
notices.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q
from procrastinate import sql
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from nep.platform.clock import machine_now, now
from nep.platform.jobs.models import JobRun
from nep.platform.jobs.runs import RESUMING, end

log = structlog.get_logger()

SILENT = timedelta(seconds=45)
"""So long without a sign of life a worker counts as killed."""
MOST_CUTS = 5
"""A job that was cut so often is what kills its workers."""
CUT = "Máy chủ dừng giữa chừng nên việc này bị ngắt. Mở lại trang đã yêu cầu và làm lại."
LOST = "Việc này đã mất trước khi xong. Mở lại trang đã yêu cầu và làm lại."


def take_up_cut() -> int:
    """Queue the jobs of killed workers again, and end the runs that cannot be; how many jobs it found."""
    silent = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=machine_now() - SILENT)
    found = list(ProcrastinateJob.objects.filter(silent, status="doing").order_by("pk"))
    for job in found:
        try:
            with transaction.atomic():
                _take_up(job)
        except (DatabaseError, ConnectorException):  # another of its kind waits already, or it ended just now
            log.warning("job not taken up", job=job.pk, task=job.task_name)
            _drop(job)
    _tell_of_lost()
    return len(found)


def _take_up(job: ProcrastinateJob) -> None:
    run = JobRun.objects.select_for_update().filter(job_id=job.pk, state__in=JobRun.OPEN).first()
    if run is None:
        _queue(job) if job.attempts < MOST_CUTS else _finish(job)
    elif job.task_name in RESUMING and run.cuts < MOST_CUTS:
        run.cuts += 1
        run.state = JobRun.State.WAITING
        run.message = f"Máy chủ dừng giữa chừng; Nếp làm tiếp từ chỗ dừng (lần {run.cuts})."
        run.save(update_fields=["cuts", "state", "message"])
        _queue(job)
    else:
        end(run.pk, JobRun.State.FAILED, message=CUT)
        _finish(job)


def _drop(job: ProcrastinateJob) -> None:
    """End a job that cannot be queued again, if it still is what it was."""
    try:
        with transaction.atomic():
            _finish(job)
    except (DatabaseError, ConnectorException):
        log.warning("job had ended", job=job.pk, task=job.task_name)


def _queue(job: ProcrastinateJob) -> None:
    app.job_manager.retry_job_by_id(job.pk, machine_now())


def _finish(job: ProcrastinateJob) -> None:
    server = app.connector.get_sync_connector()
    server.execute_query(sql.queries["finish_job"], job_id=job.pk, status="failed", delete_job=False)


def _tell_of_lost() -> None:
    """Runs that wait for a job which is over, or is not there any more."""
    live = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).values("pk")
    waiting = JobRun.objects.filter(
        state__in=JobRun.OPEN, job_id__isnull=False, created_at__lt=now() - SILENT
    )
    for run_id in waiting.exclude(job_id__in=live).values_list("pk", flat=True):
        end(run_id, JobRun.State.FAILED, message=LOST)
