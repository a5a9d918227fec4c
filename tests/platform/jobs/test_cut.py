"""Work whose worker was killed is taken up again, or told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from nep.platform.clock import machine_now
from nep.platform.jobs.cut import CUT, LOST, MOST_CUTS, SILENT, take_up_cut
from nep.platform.jobs.models import JobRun
from nep.platform.jobs.runs import Progress, start, tracked
from tests.factories.province import Province

pytestmark = pytest.mark.django_db

done: list[int] = []


@tracked(resumes=True)
def goes_on(*, progress: Progress, steps: int) -> str:
    """Counts its steps; what is done stays done."""
    while len(done) < steps:
        done.append(len(done))
        progress.step(len(done), steps)
    return "/viec-nen/"


@tracked
def whole_or_nothing(*, progress: Progress) -> str:
    """Is not begun again by itself."""
    return "/viec-nen/"


@app.task(name="tests.untracked")
def untracked() -> None:
    """Nobody watches it."""


@pytest.fixture(autouse=True)
def _fresh() -> None:
    done.clear()


def cut_off(job_id: int, silent_for: float) -> None:
    """Let a worker that gave its last sign of life some seconds ago have begun a job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [machine_now() - SILENT * silent_for],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job_id]
        )
    JobRun.objects.filter(job_id=job_id).update(state=JobRun.State.RUNNING)


def status_of(job_id: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job_id).status)


def asked(province: Province, task: object, **arguments: object) -> JobRun:
    actor = province.actor("snv-head")
    return start(task, title="Việc dài", actor=actor, **arguments)  # type: ignore[arg-type]  # a tracked task


def test_work_that_goes_on_is_queued_again_and_ends(province: Province, run_jobs: Callable[[], None]) -> None:
    run = asked(province, goes_on, steps=3)
    done.append(0)
    cut_off(run.job_id or 0, silent_for=1.1)
    assert take_up_cut() == 1
    run.refresh_from_db()
    assert (run.state, run.cuts, run.message, status_of(run.job_id or 0)) == (
        "waiting",
        1,
        "Máy chủ dừng giữa chừng; Nếp làm tiếp từ chỗ dừng (lần 1).",
        "todo",
    )
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done, run.result_url, done) == ("done", 3, "/viec-nen/", [0, 1, 2])


def test_a_worker_that_lives_is_left_alone(province: Province) -> None:
    run = asked(province, goes_on, steps=3)
    cut_off(run.job_id or 0, silent_for=0.5)
    assert (take_up_cut(), status_of(run.job_id or 0)) == (0, "doing")


def test_other_work_is_told_to_who_asked(province: Province, signed_in: Callable[[str], Client]) -> None:
    run = asked(province, whole_or_nothing)
    cut_off(run.job_id or 0, silent_for=2)
    assert take_up_cut() == 1
    run.refresh_from_db()
    assert (run.state, run.message, status_of(run.job_id or 0)) == ("failed", CUT, "failed")
    page = signed_in("snv-head").get(f"/viec-nen/{run.pk}/").content.decode()
    assert CUT in page


def test_work_that_kills_its_workers_is_given_up(province: Province) -> None:
    run = asked(province, goes_on, steps=3)
    JobRun.objects.filter(pk=run.pk).update(cuts=MOST_CUTS)
    cut_off(run.job_id or 0, silent_for=2)
    take_up_cut()
    run.refresh_from_db()
    assert (run.state, run.message) == ("failed", CUT)


def test_a_run_that_had_ended_is_not_begun_again(province: Province, run_jobs: Callable[[], None]) -> None:
    run = asked(province, goes_on, steps=2)
    cut_off(run.job_id or 0, silent_for=2)
    JobRun.objects.filter(pk=run.pk).update(state=JobRun.State.DONE, result_url="/xong/")
    assert (take_up_cut(), status_of(run.job_id or 0)) == (1, "todo")
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.result_url, done) == ("done", "/xong/", [])


def test_jobs_that_nobody_watches_are_queued_again(db: None) -> None:
    job_id = untracked.defer()
    cut_off(job_id, silent_for=2)
    assert (take_up_cut(), status_of(job_id)) == (1, "todo")


def test_a_job_whose_like_waits_already_is_dropped(db: None) -> None:
    first = untracked.configure(queueing_lock="one").defer()
    cut_off(first, silent_for=2)
    second = untracked.configure(queueing_lock="one").defer()
    assert take_up_cut() == 1
    assert (status_of(first), status_of(second)) == ("failed", "todo")


def test_a_run_whose_job_is_gone_is_told(province: Province) -> None:
    run = asked(province, goes_on, steps=2)
    fresh = asked(province, goes_on, steps=2)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    JobRun.objects.filter(pk=run.pk).update(created_at=machine_now() - 2 * SILENT)
    assert take_up_cut() == 0
    run.refresh_from_db()
    fresh.refresh_from_db()
    assert (run.state, run.message, fresh.state) == ("failed", LOST, "waiting")


@pytest.mark.parametrize("moved", [timedelta(days=30), timedelta(days=-30)])
def test_a_demo_that_lives_on_another_day_knows_which_workers_live(
    db: None, settings: Settings, moved: timedelta
) -> None:
    settings.NEP_CLOCK_MOVED = moved
    killed, living = untracked.defer(), untracked.defer()
    cut_off(killed, silent_for=2)
    cut_off(living, silent_for=0.5)
    assert (take_up_cut(), status_of(killed), status_of(living)) == (1, "todo", "doing")
    assert ProcrastinateJob.objects.get(pk=killed).scheduled_at <= machine_now()
