"""What `bench/letters.py` does beside the worker: 3,000 late communes, the signing, the bare rendering."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from bench.kit.late import HEAD_OF_PROVINCE, OPENED, province_that_owes
from nep.accounts.models import User
from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word import draft_dispatch
from nep.movements.domain.letters import LateTerm, Urging, Wording, composed
from nep.movements.models import Programme
from nep.movements.services.letters import LetterOrder, sign_letters
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.clock import now, today

UNITS, TASKS, RENDERED = 3_000, 2, 200
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
    province_that_owes(communes=UNITS, tasks=TASKS, due=today() - timedelta(days=14))
    return {"units": UNITS}


def sign() -> dict[str, Any]:
    """Sign letters to all late units: how long the request takes, and how many letters there are."""
    programme, province = Programme.objects.get(), Unit.objects.get(code="TINH")
    actor = Actor(User.objects.get(login=HEAD_OF_PROVINCE), today())
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
