"""`./nep classify DIR --out OUT [--engine duckdb|spark] [--json]`: everybody in two Parquet files, ranked."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from nep.evaluation.bulk.engines import ENGINES
from nep.evaluation.bulk.expressions import Quota
from nep.evaluation.bulk.inputs import BadInput
from nep.evaluation.bulk.ranking import Told, as_json, classify
from nep.evaluation.domain.levels import Level
from nep.kernel.errors import RuleError
from nep.regulations.domain.rulesets import RuleSet
from nep.regulations.domain.shelf import rule_set_named

REFUSED, USAGE = 1, 2
CALL = (
    "./nep classify DIR --out OUT [--engine duckdb|spark] [--rule-set MÃ] [--percent 20] [--of HTT] [--json]"
)


class _UsageError(Exception):
    """A command line that cannot be understood."""


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def main(arguments: list[str]) -> int:
    """Rank a folder; 0 when the result was written, 1 with what is wrong when it was not."""
    try:
        asked = _arguments().parse_args(arguments)
    except _UsageError:
        print(f"Nếp: không hiểu tham số; cách gọi: {CALL}", file=sys.stderr)
        return USAGE
    # A run that is told to end takes its unfinished files with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        rules = rule_set_named(asked.rule_set)
        told = classify(asked.folder, asked.out, rules, engine=asked.engine, quota=_quota(rules, asked))
    except RuleError as error:
        _complain(error, as_json=asked.json)
        return REFUSED
    _print(told, rules, asked)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = _Arguments(
        prog="nep classify",
        description="Xếp loại mọi người trong people.parquet và months.parquet. Cột agency_id của"
        " people.parquet là cơ quan có thẩm quyền xếp loại người ấy: tỷ lệ xuất sắc tính trong những người"
        " cùng agency_id, nên người đứng đầu ghi theo cơ quan xếp loại mình, không theo đơn vị mình đứng"
        " đầu. Chữ trống trong group_id, unit_level, leave, veto được hiểu là không có.",
    )
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="thư mục có people.parquet và months.parquet"
    )
    parser.add_argument("--out", type=Path, required=True, help="tệp .parquet hoặc thư mục nhận kết quả")
    parser.add_argument(
        "--engine", choices=ENGINES, default="duckdb", help="máy tính: duckdb (mặc định) hoặc spark"
    )
    parser.add_argument(
        "--rule-set", default="nd-335-2025", metavar="MÃ", help="bộ quy định, mặc định nd-335-2025"
    )
    parser.add_argument("--percent", type=int, metavar="SỐ", help="tỷ lệ xuất sắc theo quyết định, 20 đến 25")
    parser.add_argument("--of", metavar="MẪU", help="mẫu số của tỷ lệ: HTT hoặc HTT_or_better")
    parser.add_argument("--json", action="store_true", help="in tóm tắt thành một đối tượng JSON")
    return parser


def _quota(rules: RuleSet, asked: argparse.Namespace) -> Quota:
    """The quota that the rule set allows: its defaults where nothing is asked."""
    given: dict[str, Any] = {"quota_percent": asked.percent, "quota_of": asked.of}
    for key, value in given.items():
        if (parameter := rules.parameters.get(key)) is None:
            raise RuleError(f"{rules.title} không có tham số {key} nên không xếp loại hàng loạt được.")
        if value is None:
            given[key] = parameter.default
        elif not parameter.allows(value):
            raise RuleError(f"“{key}” nằm ngoài mức mà {rules.title} cho phép.")
    return Quota(given["quota_percent"], given["quota_of"] == "HTT_or_better")


def _print(told: Told, rules: RuleSet, asked: argparse.Namespace) -> None:
    if asked.json:
        source = {"rule_set": rules.name, "needs_confirmation": list(rules.needs_confirmation)}
        print(
            json.dumps(
                as_json(told) | source | {"engine": asked.engine, "out": str(asked.out)}, ensure_ascii=False
            )
        )
        return
    print(f"Đã xếp loại {told.people} người vào {asked.out}:")
    for level, count in told.levels.items():
        print(f"  {Level(level).label}: {count} (trước khi áp tỷ lệ: {told.levels_before_quota[level]})")
    print(f"  Đồng hạng ở vạch cắt, chờ cấp có thẩm quyền: {told.ties}")
    for each in rules.needs_confirmation:
        print(f"Cần xác nhận: {each}")
    print(f"Theo {rules.name}")


def _complain(error: RuleError, *, as_json: bool) -> None:
    faults = error.faults if isinstance(error, BadInput) else []
    print(f"Nếp: không xếp loại: {error.reason}", file=sys.stderr)
    for fault in faults:
        print(f"  {fault.text}: {fault.count} dòng, đầu tiên:", file=sys.stderr)
        for row in fault.rows:
            print(f"    {json.dumps(row, ensure_ascii=False, default=str)}", file=sys.stderr)
    if as_json:
        told = [{"text": fault.text, "count": fault.count, "rows": fault.rows} for fault in faults]
        print(json.dumps({"refused": error.reason, "faults": told}, ensure_ascii=False, default=str))
