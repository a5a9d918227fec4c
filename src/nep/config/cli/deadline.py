"""`./nep deadline RULE --from DATE [--json]`: when a deadline falls and why, without any database."""

from __future__ import annotations

import json
import re
import sys
from datetime import date

from nep.config.cli.arguments import Arguments
from nep.config.refusals import Refusal
from nep.kernel.deadlines import Due, due
from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def main(arguments: list[str]) -> int:
    """Print the day, the last day in time, the sentence that explains it and its source."""
    parser = Arguments("deadline", "Tính hạn theo lịch nghỉ của Việt Nam và giải thích bằng một câu.")
    parser.add_argument(
        "rule",
        metavar="RULE",
        help="days:30, working-days:7, months:2, month:working-day:5, yearly:before:12-15, by:2026-12-15…",
    )
    parser.add_argument(
        "--from", dest="start", metavar="DATE", required=True, help="tính từ ngày nào, dạng 2026-02-10"
    )
    parser.add_argument("--json", action="store_true", help="in dưới dạng JSON")
    options = parser.parse_args(arguments)
    try:
        found = due(options.rule, _day(options.start), VIETNAM)
    except RuleError as error:
        raise Refusal(error.reason) from error
    sys.stdout.buffer.write((_json(found) if options.json else _text(found)).encode())
    return 0


def _day(text: str) -> date:
    try:
        if not _ISO.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"Không có ngày “{text}”; viết ngày theo mẫu 2026-02-10.") from None


def _json(found: Due) -> str:
    told = {
        "due": found.named_on.isoformat(),
        "last_day": found.last_day.isoformat(),
        "explanation": found.explanation,
        "source": found.source,
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def _text(found: Due) -> str:
    return (
        f"Ngày được nêu:      {found.named_on:%d/%m/%Y}\n"
        f"Ngày cuối còn kịp:  {found.last_day:%d/%m/%Y}\n"
        f"{found.explanation}\nCăn cứ: {found.source}.\n"
    )
