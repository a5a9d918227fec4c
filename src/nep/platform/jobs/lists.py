"""The list of background work."""

from __future__ import annotations

from django.urls import reverse

from nep.platform.access import signed_in
from nep.platform.jobs.models import JobRun
from nep.platform.lists.cells import Linked, Standing
from nep.platform.lists.filters import Choose
from nep.platform.lists.spec import Column, ListSpec, listed

LOOKS = {"waiting": "quiet", "running": "warn", "done": "good", "failed": "bad"}

RUNS = listed(
    ListSpec(
        code="viec-nen",
        title="Việc nền đã yêu cầu",
        noun="việc",
        access=signed_in(),
        rows=lambda actor, within: JobRun.objects.filter(started_by_id=actor.id),
        url=lambda within: reverse("jobs"),
        columns=(
            Column("viec", "Việc", lambda row: Linked(row.title, reverse("job", args=[row.pk])), width=50),
            Column(
                "tinh-trang", "Tình trạng", lambda row: Standing(LOOKS[row.state], row.get_state_display())
            ),
            Column("ghi-chu", "Ghi chú", lambda row: row.message, width=50),
            Column("yeu-cau", "Yêu cầu lúc", lambda row: row.created_at, order=("created_at",), kind="when"),
            Column("xong", "Xong lúc", lambda row: row.ended_at, order=("ended_at",), kind="when"),
        ),
        order=("-created_at",),
        filters=(
            Choose(
                "trang-thai",
                "Tình trạng",
                JobRun.State.choices,
                lambda rows, state, actor: rows.filter(state=state),
            ),
        ),
        empty="Chưa yêu cầu việc nền nào",
    )
)
