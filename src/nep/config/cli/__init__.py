"""The commands behind `./nep`. Each lives in a module of its own, imported only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from nep.config.refusals import Refusal, from_disk_error

COMMANDS = {
    "demo": (
        "nep.config.cli.demo",
        "chạy bản thử với dữ liệu mẫu: [--port 8000] [--data DIR] [--no-serve] [--reset]",
    ),
    "test": ("nep.config.cli.test", "chạy toàn bộ kiểm thử; tham số còn lại chuyển cho pytest"),
    "check": ("nep.config.cli.check", "kiểm tra nhanh: định dạng, kiểu, ranh giới giữa các phần, lõi thuần"),
    "prove": ("nep.config.cli.prove", "chạy các phép đo và chứng minh trong bench/: [TÊN…] [--plans DIR]"),
    "manage": ("nep.config.cli.manage", "lệnh quản trị của Django trên cùng cơ sở dữ liệu"),
    "install": ("nep.config.cli.install", "chuẩn bị hoặc nâng cấp một máy chủ thật"),
    "backup": ("nep.config.cli.backup", "sao lưu cơ sở dữ liệu và tệp: DIR [--keep N]"),
    "restore": ("nep.config.cli.restore", "khôi phục một bản sao lưu vào nơi trống: BACKUP"),
    "audit": (
        "nep.config.cli.audit",
        "nhật ký: verify [DIR] [--heads FILE] [--key FILE] [--json], export DIR, keep LOẠI SỐ_NĂM …",
    ),
    "deadline": (
        "nep.config.cli.deadline",
        "tính một hạn và giải thích: RULE --from DATE [--json]; không cần cơ sở dữ liệu",
    ),
    "read": (
        "nep.documents.domain.intake.command",
        "đọc một văn bản: FILE [--json] [--text]; không cần cơ sở dữ liệu",
    ),
    "score": (
        "nep.evaluation.domain.command",
        "chấm điểm, xếp loại một trường hợp: CASE.json [--json]; không cần cơ sở dữ liệu",
    ),
    "classify": (
        "nep.evaluation.bulk.command",
        "xếp loại mọi người trong hai tệp Parquet: DIR --out OUT [--engine duckdb|spark] [--json]",
    ),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code; what it cannot do is said in one sentence on standard error."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if name in {"--help", "-h", "help"}:
        print(overview())
        return 0
    if name not in COMMANDS:
        print(f"Nếp: không có lệnh “{name}”; các lệnh: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    try:
        return int(import_module(COMMANDS[name][0]).main(rest))
    except Refusal as refusal:
        print(f"Nếp: {refusal}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; Python must not complain about it again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        refusal_of_disk = from_disk_error(error)
        if refusal_of_disk is None:
            raise
        print(f"Nếp: {refusal_of_disk}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def overview() -> str:
    """What `./nep --help` prints."""
    width = max(map(len, COMMANDS))
    lines = [f"  ./nep {name:<{width}}  {what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(["Nếp – phong trào thi đua từ văn bản kế hoạch đến minh chứng.", "", *lines])
