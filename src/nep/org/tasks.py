"""Background work on the organisation."""

from __future__ import annotations

from django.urls import reverse

from nep.accounts.models import User
from nep.org.access import Actor
from nep.org.models import ExcelImport
from nep.org.queries.trail import AUDITORS
from nep.org.services.imports import check_import, commit_import
from nep.org.services.trail_bundles import make_bundle
from nep.platform.clock import now, today
from nep.platform.jobs.runs import Progress, tracked


@tracked(resumes=True)
def check_file(*, progress: Progress, import_id: int, user_id: int) -> str:
    """Check a file of units or staff row by row."""
    excel_import = ExcelImport.objects.select_related("root", "file").get(pk=import_id)
    check_import(excel_import, actor=_actor(user_id), progress=progress)
    return reverse("import", args=[import_id])


@tracked
def commit_file(*, progress: Progress, import_id: int, user_id: int) -> str:
    """Commit a checked file, whole or not at all."""
    excel_import = ExcelImport.objects.select_related("root", "file").get(pk=import_id)
    commit_import(excel_import, actor=_actor(user_id), at=now(), progress=progress)
    return reverse("import", args=[import_id])


def _actor(user_id: int) -> Actor:
    """Who asked; that they were in elevated mode was seen when they asked."""
    return Actor(User.objects.get(pk=user_id), today(), elevated=True)


@tracked
def bundle_trail(*, progress: Progress, user_id: int) -> str:
    """Write the trail, as far as an auditor may read it, into a signed bundle."""
    actor = Actor(User.objects.get(pk=user_id), today())
    AUDITORS.decide(actor).require()
    return reverse("trail_bundle", args=[make_bundle(actor=actor, at=now())])
