"""What `bench/letters.py` does beside the worker: 3,000 late communes, the signing, the bare rendering."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction

from nep.accounts.models import User
from nep.accounts.roles import HEAD
from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word import draft_dispatch
from nep.movements.domain.letters import LateTerm, Urging, Wording, composed
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Programme, Task
from nep.movements.services.letters import LetterOrder, sign_letters
from nep.org.access import Actor
from nep.org.models import Line, Unit, UnitKind
from nep.org.services.grants import grant_role
from nep.org.services.units import NewUnit, open_unit
from nep.platform.clock import now, today

UNITS, TASKS, RENDERED = 3_000, 2, 200
OPENED = date(2025, 7, 1)
WORDS = LetterheadWords(
    "Ủy ban nhân dân tỉnh Vân Lĩnh",
    "UBND-XDCQ",
    "Vân Lĩnh",
    "Chủ tịch",
    "Lưu: VT, XDCQ",
    "",
    "TM. ỦY BAN NHÂN DÂN",
)


def main() -> None:
    """Do the part that the command line names; one line of JSON."""
    parts: dict[str, Callable[[], dict[str, Any]]] = {"prepare": prepare, "sign": sign, "render": render}
    print(json.dumps(parts[sys.argv[1]](), ensure_ascii=False), flush=True)


def prepare() -> dict[str, Any]:
    """A province whose communes have issued their plans and are late with two tasks each."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        province = _opened("TINH", "Ủy ban nhân dân tỉnh Vân Lĩnh", UnitKind.PROVINCE, None)
        head = _head("chu-tich", "Tẩn Láo Lở", province, "")
        programme, tasks = _programme(province, head)
        communes = [
            _opened(f"X{number}", f"Ủy ban nhân dân xã số {number}", UnitKind.COMMUNE, province)
            for number in range(1, UNITS + 1)
        ]
        for number, unit in enumerate(communes, start=1):
            _head(f"xa-{number}", f"Giàng A {number}", unit, f"xa{number}@vanlinh.example")
        _plans(programme, tasks, communes, head)
    return {"units": len(communes)}


def _opened(code: str, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    new = NewUnit(code, name, kind, Line.AUTHORITY)
    return open_unit(new, actor=None, on=OPENED, at=now(), parent=parent)


def _head(login: str, name: str, unit: Unit, email: str) -> User:
    user = User(login=login, name=name, email=email)
    user.set_unusable_password()
    user.save()
    grant_role(user, HEAD, actor=None, unit=unit, on=OPENED, at=now())
    return user


def _programme(province: Unit, head: User) -> tuple[Programme, list[Task]]:
    programme = Programme.objects.create(
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
    tasks = [
        Task.objects.create(
            programme=programme, position=place, code=f"NV{place}", title=f"Báo cáo kết quả phần {place}"
        )
        for place in range(1, TASKS + 1)
    ]
    return programme, tasks


def _plans(programme: Programme, tasks: list[Task], communes: list[Unit], head: User) -> None:
    issued, due = date(2026, 1, 20), today() - timedelta(days=14)
    plans = Adoption.objects.bulk_create(
        Adoption(
            programme=programme,
            unit=unit,
            state="issued",
            expected_since=issued,
            issued_on=issued,
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
            starts_on=issued,
            ends_on=due,
            named_on=due,
            due_on=due,
        )
        for task in owed
    )


def sign() -> dict[str, Any]:
    """Sign letters to all late units: how long the request takes, and how many letters there are."""
    programme, province = Programme.objects.get(), Unit.objects.get(code="TINH")
    actor = Actor(User.objects.get(login="chu-tich"), today())
    order = LetterOrder(Wording(), WORDS, today() + timedelta(days=7), UNITS)
    began = time.perf_counter()
    act = sign_letters(programme, province, order, actor=actor, at=now(), site="http://127.0.0.1/")
    return {"sign": round(time.perf_counter() - began, 2), "letters": act.letters.count()}


def render() -> dict[str, Any]:
    """Write such letters in Word and do nothing else: seconds for a thousand."""
    late = tuple(LateTerm(f"Báo cáo kết quả phần {n}", OPENED, 14) for n in range(1, TASKS + 1))
    urging = Urging("Ủy ban nhân dân xã số 1", WORDS.organ, "Công sở nền nếp", today(), today(), late)
    began = time.perf_counter()
    for number in range(1, RENDERED + 1):
        draft_dispatch(composed(urging, Wording(), WORDS, signer="Tẩn Láo Lở", number=number, on=today()))
    return {"render": round((time.perf_counter() - began) / RENDERED * 1000, 1)}
