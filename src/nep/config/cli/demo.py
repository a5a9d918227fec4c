"""`./nep demo`: the whole product on this machine, with a sample province, until Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nep.config.cli.arguments import Arguments, day, folder, port
from nep.config.cli.database import application_url, database, django_environment
from nep.config.cli.preparation import make_ready
from nep.config.cli.serve import refuse_busy_port, serve
from nep.config.datafolder import DataFolder, default_path
from nep.config.processes import Children, stop_leftovers, stopped_by_signals
from nep.config.refusals import Refusal

SCALES = ("10k", "50k", "200k")


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    port: int
    data: Path
    serve: bool
    reset: bool
    scale: str
    on: date | None = None


def main(arguments: list[str]) -> int:
    """Prepare the database and the sample province, then serve until told to stop."""
    options = parse(arguments)
    with stopped_by_signals():
        run(options, DataFolder(options.data))
    return 0


def parse(arguments: list[str]) -> Options:
    """Read the command line.

    Raises: Refusal when it makes no sense.
    """
    parser = Arguments("demo", "Chạy Nếp trên máy này với một tỉnh mẫu; dừng bằng Ctrl-C.")
    parser.add_argument("--port", type=port, default=8000, help="cổng của trang web (mặc định 8000)")
    parser.add_argument("--data", type=folder, default=default_path(), metavar="DIR", help="thư mục dữ liệu")
    parser.add_argument("--no-serve", action="store_true", help="chuẩn bị xong thì thoát")
    parser.add_argument("--reset", action="store_true", help="xoá dữ liệu của bản thử và làm lại từ đầu")
    parser.add_argument(
        "--scale",
        choices=SCALES,
        default="",
        help="thay tỉnh mẫu bằng một tỉnh lớn: 10.000, 50.000 hoặc 200.000 người",
    )
    parser.add_argument(
        "--on", type=day, metavar="NGÀY", help="cho bản thử sống vào một ngày khác, ví dụ 2026-12-14"
    )
    found = parser.parse_args(arguments)
    return Options(
        found.port,
        found.data,
        serve=not found.no_serve,
        reset=found.reset,
        scale=found.scale,
        on=found.on,
    )


def run(options: Options, data: DataFolder) -> None:
    """Hold the data folder, the database and the processes; let go of them in the opposite order."""
    data.ready()
    with data.claimed("./nep demo"):
        stop_leftovers(data.children)
        if options.serve:
            refuse_busy_port(options.port)
        with database(data) as url, Children(data.children) as children:
            environment = django_environment(data, url, demo=True)
            sign_ins = make_ready(data, url, environment, children, reset=options.reset, scale=options.scale)
            if options.serve:
                serving = environment | {"DATABASE_URL": application_url(url)}
                if options.on is not None:
                    serving |= {"NEP_TODAY": options.on.isoformat()}
                    bring_day(serving, data, children)
                serve(options.port, serving, data, children, sign_ins)
            else:
                print("Đã chuẩn bị xong; chạy ./nep demo để mở trang.")


def bring_day(environment: Mapping[str, str], data: DataFolder, children: Children) -> None:
    """Do what the day brings, which a server's worker does each morning.

    Raises: Refusal when it fails.
    """
    log = data.logs / "day.log"
    if children.run([sys.executable, "-P", "-m", "django", "bring_day"], environment, log) != 0:
        raise Refusal(f"Không chuyển được bản thử sang ngày đã chọn; xem {log}.")
