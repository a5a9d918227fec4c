"""The page of one background run."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.platform.access import page, signed_in
from nep.platform.jobs.models import JobRun


@page(access=signed_in())
def job(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far the work is; leads on to its result when it is done. Only who started it sees it."""
    run = get_object_or_404(JobRun, pk=run_id, started_by_id=request.user.pk)
    if run.state == JobRun.State.DONE and run.result_url and not request.htmx:  # type: ignore[attr-defined] -- HtmxMiddleware
        return redirect(run.result_url)
    template = "jobs/job.html#progress" if request.htmx else "jobs/job.html"  # type: ignore[attr-defined] -- HtmxMiddleware
    return render(request, template, {"run": run})
