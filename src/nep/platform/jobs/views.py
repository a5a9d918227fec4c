"""The page of one background run."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRedirect

from nep.platform.access import page, signed_in
from nep.platform.jobs.lists import RUNS
from nep.platform.jobs.models import JobRun
from nep.platform.lists.listing import listing


@page(access=signed_in())
def jobs(request: HttpRequest) -> HttpResponse:
    """The background work that one has started, the latest first."""
    return render(request, "jobs/jobs.html", {"runs": listing(request, RUNS)})


@page(access=signed_in())
def job(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far the work is; leads on to its result when it is done. Only who started it sees it."""
    run = get_object_or_404(JobRun, pk=run_id, started_by_id=request.user.pk)
    asked_by_script = bool(getattr(request, "htmx", False))
    if run.state == JobRun.State.DONE and run.result_url:
        return HttpResponseClientRedirect(run.result_url) if asked_by_script else redirect(run.result_url)
    return render(request, "jobs/run.html" if asked_by_script else "jobs/job.html", {"run": run})
