"""A programme that runs in the small province, with whom it binds and the plans it expects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from nep.movements.models import (
    AdoptedTask,
    Adoption,
    Aim,
    Programme,
    ProgrammeScope,
    Target,
    Task,
    TaskActor,
)
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, prepare_adoption
from nep.org.models import Line
from tests.factories.province import Province

LAUNCHED = date(2026, 2, 2)
HEADS = {"SYT": "syt-head", "XA1": "xa1-head", "XA2": "xa2-head", "TH1": "th1-head"}
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@dataclass
class Running:
    """The programme, its tasks by code, its target, its adoptions by code of unit."""

    programme: Programme
    tasks: dict[str, Task]
    target: Target
    adoptions: dict[str, Adoption]


def running_programme(province: Province, code: str = "CTKL-2026") -> Running:
    """Led by the Department of Home Affairs over the departments and communes below the province.

    NV1 binds all, yearly before 15/12; NV2 the communes, monthly before the 20th, by photo; NV3 the Health
    department alone, by figures; NV4 all, at once when it occurs.
    """
    units = province.units
    programme = Programme.objects.create(
        kind=Programme.Kind.PLAN,
        code=code,
        title="Công sở kiểu mẫu 2026–2030",
        lead_unit=units["SNV"],
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        state="launched",
        launched_on=LAUNCHED,
        created_by_id=province.users["snv-head"].pk,
        created_at=AT,
        search="cong so kieu mau",
    )
    ProgrammeScope.objects.create(programme=programme, line=Line.AUTHORITY, root=units["UBND"])
    Aim.objects.create(programme=programme, position=1, text="Nơi làm việc nền nếp, phục vụ tận tình.")
    target = Target.objects.create(
        programme=programme,
        position=1,
        code="CT1",
        name="Công chức được phổ biến quy tắc",
        value=Decimal(100),
        unit="%",
        subject=Target.Subject.PEOPLE,
        rule="yearly:before:12-01",
    )
    tasks = {
        "NV1": _task(programme, 1, "Báo cáo kết quả hằng năm", "yearly:before:12-15", "report", group="all"),
        "NV2": _task(
            programme,
            2,
            "Chụp ảnh bảng quy tắc tại nơi tiếp dân",
            "monthly:before:20",
            "photo",
            group="commune",
        ),
        "NV3": _task(programme, 3, "Thống kê lượt phục vụ", "in:2026", "figures", unit=units["SYT"].pk),
        "NV4": _task(programme, 4, "Chấn chỉnh khi có phản ánh", "prompt", "any", group="all"),
    }
    adoptions = {
        name: Adoption.objects.create(programme=programme, unit=units[name], expected_since=LAUNCHED)
        for name in ("SYT", "XA1", "XA2")
    }
    return Running(programme, tasks, target, adoptions)


def _task(
    programme: Programme,
    position: int,
    title: str,
    rule: str,
    kind: str,
    *,
    group: str = "",
    unit: int | None = None,
) -> Task:
    task = Task.objects.create(
        programme=programme,
        position=position,
        code=f"NV{position}",
        title=title,
        text=f"{title}, theo hướng dẫn.",
        rule=rule,
        evidence_kind=kind,
    )
    TaskActor.objects.create(
        task=task, name="các cơ quan, đơn vị" if group else "Sở Y tế", group=group, unit_id=unit
    )
    return task


def prepared(province: Province, running: Running, unit: str) -> Adoption:
    """The plan of a unit, opened by its head."""
    return prepare_adoption(running.adoptions[unit], actor=province.actor(HEADS[unit]), at=AT)


def issued(province: Province, running: Running, unit: str) -> Adoption:
    """The plan of a unit, issued by its head, who answers for every task."""
    head = province.actor(HEADS[unit])
    adoption = prepared(province, running, unit)
    carry_out_directly(adoption, "Đơn vị có ít người.", actor=head, at=AT)
    return issue_adoption(adoption, actor=head, at=AT, head_answers=True)


def adopted(adoption: Adoption, code: str) -> AdoptedTask:
    """A task in a unit's plan, by the code of the programme's task."""
    return adoption.tasks.get(task__code=code)
