"""A province whose communes have issued their plans and owe their duties by one day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from nep.accounts.models import User
from nep.accounts.roles import HEAD
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Programme, Task
from nep.org.models import Line, Unit, UnitKind
from nep.org.services.grants import grant_role
from nep.org.services.units import NewUnit, open_unit
from nep.platform.clock import now

OPENED = date(2025, 7, 1)
ISSUED = date(2026, 1, 20)
HEAD_OF_PROVINCE = "chu-tich"


@transaction.atomic
def province_that_owes(*, communes: int, tasks: int, due: date) -> None:
    """A head with an address in each commune; every duty has one term, which ends on `due`."""
    province = _opened("TINH", "Ủy ban nhân dân tỉnh Vân Lĩnh", UnitKind.PROVINCE, None)
    head = _head(HEAD_OF_PROVINCE, "Tẩn Láo Lở", province, "")
    units = [
        _opened(f"X{number}", f"Ủy ban nhân dân xã số {number}", UnitKind.COMMUNE, province)
        for number in range(1, communes + 1)
    ]
    for number, unit in enumerate(units, start=1):
        _head(f"xa-{number}", f"Giàng A {number}", unit, f"xa{number}@vanlinh.example")
    programme = _programme(province, head)
    _plans(programme, _tasks(programme, tasks), units, head, due)


def _opened(code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    new = NewUnit(code, name, kind, Line.AUTHORITY)
    return open_unit(new, actor=None, on=OPENED, at=now(), parent=parent)


def _head(login: str, name: str, unit: Unit, email: str) -> User:
    user = User(login=login, name=name, email=email)
    user.set_unusable_password()
    user.save()
    grant_role(user, HEAD, actor=None, unit=unit, on=OPENED, at=now())
    return user


def _programme(province: Unit, head: User) -> Programme:
    return Programme.objects.create(
        kind=Programme.Kind.PLAN,
        code="PT-1",
        title="Công sở nền nếp",
        lead_unit=province,
        starts_on=date(2026, 1, 1),
        ends_on=date(2030, 12, 31),
        state="launched",
        launched_on=date(2026, 1, 5),
        created_by_id=head.pk,
        created_at=now(),
        search="cong so nen nep",
    )


def _tasks(programme: Programme, count: int) -> list[Task]:
    return [
        Task.objects.create(
            programme=programme, position=place, code=f"NV{place}", title=f"Báo cáo kết quả phần {place}"
        )
        for place in range(1, count + 1)
    ]


def _plans(programme: Programme, tasks: list[Task], communes: list[Unit], head: User, due: date) -> None:
    plans = Adoption.objects.bulk_create(
        Adoption(
            programme=programme,
            unit=unit,
            state="issued",
            expected_since=ISSUED,
            issued_on=ISSUED,
            issued_by_id=head.pk,
        )
        for unit in communes
    )
    owed = AdoptedTask.objects.bulk_create(
        AdoptedTask(adoption=plan, task=task, position=task.position, title=task.title, due_on=due)
        for plan in plans
        for task in tasks
    )
    Occurrence.objects.bulk_create(
        Occurrence(
            programme=programme,
            unit_id=task.adoption.unit_id,
            adoption=task.adoption,
            task=task,
            number=1,
            starts_on=ISSUED,
            ends_on=due,
            named_on=due,
            due_on=due,
        )
        for task in owed
    )
