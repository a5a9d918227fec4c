"""`./nep score CASE.json [--json]`: one person or agency, scored and ranked by the rule set that binds it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn

from nep.evaluation.domain.cases import read_case
from nep.evaluation.domain.fields import read_json
from nep.evaluation.domain.results import in_sentences, result_of
from nep.kernel.errors import RuleError

REFUSED, USAGE = 1, 2


class _UsageError(Exception):
    """A command line that cannot be understood."""


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def main(arguments: list[str]) -> int:
    """Score one case; 0 when it could be ranked, 1 with one sentence on standard error when it could not."""
    parser = _Arguments(prog="./nep score", description="Chấm điểm và xếp loại một trường hợp.")
    parser.add_argument("case", help="tệp JSON, hoặc - để đọc từ đầu vào chuẩn")
    parser.add_argument("--json", action="store_true", help="in kết quả thành một đối tượng JSON")
    try:
        asked = parser.parse_args(arguments)
        result = result_of(read_case(read_json(_text(asked.case))))
    except _UsageError:
        return _complain("không hiểu tham số; cách gọi: ./nep score CASE.json [--json]", USAGE)
    except RuleError as error:
        return _complain(error.reason, REFUSED)
    print(json.dumps(result, ensure_ascii=False, indent=2) if asked.json else in_sentences(result))
    return 0


def _text(case: str) -> str:
    try:
        content = sys.stdin.buffer.read() if case == "-" else Path(case).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(f"{case}: không phải chữ UTF-8.") from error
    except FileNotFoundError as error:
        raise RuleError(f"Không đọc được {case}: không có tệp này.") from error
    except IsADirectoryError as error:
        raise RuleError(f"Không đọc được {case}: đó là thư mục.") from error
    except PermissionError as error:
        raise RuleError(f"Không đọc được {case}: không có quyền đọc.") from error
    except OSError as error:
        raise RuleError(f"Không đọc được {case}: {error.strerror}.") from error


def _complain(sentence: str, code: int) -> int:
    # What a case names may hold line breaks; the refusal stays one line.
    line = "".join(each if each.isprintable() else " " for each in sentence)
    print(f"Nếp: {line}", file=sys.stderr)
    return code
