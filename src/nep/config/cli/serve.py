"""The web server and the worker of background jobs, as children of this process."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import sys
import time
from collections.abc import Mapping

from nep.config.datafolder import DataFolder
from nep.config.processes import Children, Stopped
from nep.config.refusals import Refusal

HOST = "127.0.0.1"
ANSWER_SECONDS = 60
WORKERS, THREADS = "2", "4"


def refuse_busy_port(port: int) -> None:
    """Make sure that the port can be listened on.

    Raises: Refusal when somebody else has it, or the system forbids it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal(f"Cổng {port} đang bận; hãy chọn cổng khác bằng --port.") from error
            reason = os.strerror(error.errno or 0)
            raise Refusal(f"Không mở được cổng {port} ({reason}); hãy chọn cổng khác bằng --port.") from error


def serve(
    port: int, environment: Mapping[str, str], data: DataFolder, children: Children, sign_ins: str
) -> None:
    """Serve until told to stop.

    Raises: Refusal when the server or the worker ends by itself.
    """
    try:
        start_server(port, environment, data, children)
        wait_for_page(port, data, children)
        start_worker(environment, data, children)  # not before: both would load Django at once, and slowly
        print(f"\nNếp đang chạy: http://{HOST}:{port}\n\nĐăng nhập thử:\n{in_columns(sign_ins)}")
        print("\nDừng: Ctrl-C", flush=True)
        while True:
            refuse_ended(data, children)
            time.sleep(0.5)
    except Stopped:
        print("Đang dừng…", flush=True)


def start_server(port: int, environment: Mapping[str, str], data: DataFolder, children: Children) -> None:
    """Start the web server."""
    listen = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"]
    power = ["--workers", WORKERS, "--blocking-threads", THREADS, "--workers-kill-timeout", "3"]
    server = [sys.executable, "-P", "-m", "granian", *listen, *power, "nep.config.wsgi:application"]
    children.start("server", server, environment, data.logs / "server.log")


def start_worker(environment: Mapping[str, str], data: DataFolder, children: Children) -> None:
    """Start the worker of background jobs."""
    jobs = ["procrastinate", "worker", "--shutdown-graceful-timeout", "5"]
    worker = [sys.executable, "-P", "-m", "django", *jobs]
    children.start("worker", worker, environment, data.logs / "worker.log")


def wait_for_page(port: int, data: DataFolder, children: Children) -> None:
    """Wait until the first page is answered.

    Raises: Refusal when it takes too long or is an error.
    """
    deadline = time.monotonic() + ANSWER_SECONDS
    while (status := first_page(port)) is None:
        refuse_ended(data, children)
        if time.monotonic() > deadline:
            raise Refusal(f"Máy chủ không trả lời sau {ANSWER_SECONDS} giây; xem {data.logs / 'server.log'}.")
        time.sleep(0.05)
    if status >= 500:
        raise Refusal(f"Trang đầu tiên bị lỗi {status}; xem {data.logs / 'server.log'}.")


def first_page(port: int) -> int | None:
    """The status of the first page, or None while nobody listens."""
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def in_columns(sign_ins: str) -> str:
    """The sample sign-ins (login, password, role between tabs), a role a line."""
    rows = [line.split("\t") for line in sign_ins.splitlines()]
    width = max((len(login) for login, _, _ in rows), default=0)
    return "\n".join(f"  {login:<{width}}  {password}  {role}" for login, password, role in rows)


def refuse_ended(data: DataFolder, children: Children) -> None:
    """Notice a child that ended by itself.

    Raises: Refusal that names its log.
    """
    if name := children.first_ended():
        raise Refusal(f"Tiến trình {name} đã dừng ngoài ý muốn; xem {data.logs / name}.log.")
