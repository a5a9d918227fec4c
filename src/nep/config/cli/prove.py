"""`./nep prove [NAME…]`: benchmarks and proofs, each printing one line of JSON."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from nep.config.cli.arguments import Arguments, folder
from nep.config.datafolder import ROOT
from nep.config.refusals import Refusal

BENCH = ROOT / "bench"


@dataclass(frozen=True)
class Options:
    """What every proof is given; see bench/README.md."""

    plans: Path | None
    data: Path | None = None


def main(arguments: list[str]) -> int:
    """Run the named proofs, or all of them. 1 when one of them does not hold."""
    known = sorted(path.stem for path in BENCH.glob("*.py") if path.stem != "__init__")
    parser = Arguments("prove", f"Chạy các phép đo và chứng minh: {', '.join(known) or 'chưa có phép nào'}.")
    parser.add_argument("names", nargs="*", metavar="TÊN")
    parser.add_argument("--plans", type=folder, metavar="DIR", help="thư mục văn bản kế hoạch để đọc")
    parser.add_argument("--data", type=folder, metavar="DIR", help="thư mục giữ các tỉnh lớn cho lần đo sau")
    found = parser.parse_args(arguments)
    if unknown := [name for name in found.names if name not in known]:
        raise Refusal(f"Không có phép “{unknown[0]}”; có: {', '.join(known) or 'chưa có phép nào'}.")
    if found.plans is not None and not found.plans.is_dir():
        raise Refusal(f"Không có thư mục {found.plans}.")
    sys.path.insert(0, str(ROOT))
    options = Options(plans=found.plans.resolve() if found.plans else None, data=found.data)
    results = [proved(name, options) for name in found.names or known]
    return 0 if all(results) else 1


def proved(name: str, options: Options) -> bool:
    """Run one proof and print its line; whether it holds."""
    began = time.monotonic()
    try:
        result: dict[str, Any] = {"ok": True, **import_module(f"bench.{name}").prove(options)}
    except Refusal as refusal:
        result = {"ok": False, "refused": str(refusal)}
    seconds = round(time.monotonic() - began, 2)
    print(json.dumps({"prove": name, **result, "seconds": seconds}, ensure_ascii=False), flush=True)
    return bool(result["ok"])
