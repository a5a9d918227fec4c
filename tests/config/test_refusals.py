"""What a command cannot do is said in one sentence, with an exit code, and nothing is touched."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nep.config.cli import COMMANDS, main
from nep.config.cli.serve import HOST
from nep.config.datafolder import DataFolder
from nep.config.embedded import running
from nep.config.refusals import from_disk_error

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 8 MB."""
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small disk needs root with the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def demo(data: DataFolder, *arguments: str) -> list[str]:
    """The command line of a demo on this folder that would only prepare it."""
    return ["demo", "--data", str(data.path), "--no-serve", *arguments]


def test_a_busy_port(data: DataFolder, busy_port: int, capsys: Capture) -> None:
    assert main(["demo", "--data", str(data.path), "--port", str(busy_port)]) == 1
    assert capsys.readouterr().err == f"Nếp: Cổng {busy_port} đang bận; hãy chọn cổng khác bằng --port.\n"
    assert (data.path / "postgres").exists() is False


@pytest.mark.parametrize("port", ["0", "65536", "-1", "tám nghìn", ""])
def test_a_port_that_is_none(data: DataFolder, port: str, capsys: Capture) -> None:
    assert main(["demo", "--data", str(data.path), f"--port={port}"]) == 1
    assert capsys.readouterr().err == f"Nếp: Cổng “{port}” không hợp lệ; cổng là số từ 1 đến 65535.\n"


def test_a_data_folder_in_use(data: DataFolder, capsys: Capture) -> None:
    with data.claimed("./nep demo"):
        assert main(demo(data)) == 1
    assert capsys.readouterr().err == (
        f"Nếp: Thư mục dữ liệu {data.path} đang được một lệnh ./nep demo khác dùng;"
        " hãy dừng lệnh đó hoặc chọn thư mục khác (--data hay NEP_DATA).\n"
    )


def test_a_data_folder_that_is_a_file(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "tệp"
    path.touch()
    assert main(["demo", "--data", str(path), "--no-serve"]) == 1
    assert capsys.readouterr().err == (f"Nếp: {path} không phải là thư mục; hãy chọn thư mục dữ liệu khác.\n")


def test_a_full_disk(full_disk: Path, capsys: Capture) -> None:
    assert main(["demo", "--data", str(full_disk), "--no-serve"]) == 1
    assert capsys.readouterr().err == (
        f"Nếp: Đĩa gần đầy: {full_disk} còn 8 MB, cần ít nhất 200 MB; hãy giải phóng chỗ rồi chạy lại.\n"
    )


def test_a_disk_that_fills_while_the_database_is_made(
    full_disk: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nep.config.datafolder.FREE_BYTES_NEEDED", 0)
    assert main(["demo", "--data", str(full_disk), "--no-serve"]) == 1
    said = capsys.readouterr().err
    assert said == "Nếp: Không tạo được cơ sở dữ liệu: đĩa đã đầy; hãy giải phóng chỗ rồi chạy lại.\n"


def test_a_read_only_disk(full_disk: Path, capsys: Capture) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(full_disk)], check=True)
    assert main(["demo", "--data", str(full_disk / "mới"), "--no-serve"]) == 1
    assert capsys.readouterr().err == (
        f"Nếp: Đĩa chỉ cho đọc ({full_disk / 'mới'}); hãy chọn thư mục dữ liệu ghi được bằng --data.\n"
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "Đĩa đã đầy (/x); hãy giải phóng chỗ rồi chạy lại."),
        (errno.EROFS, "Đĩa chỉ cho đọc (/x); hãy chọn thư mục dữ liệu ghi được bằng --data."),
        (errno.EACCES, "Không có quyền ghi (/x); hãy chọn thư mục dữ liệu khác bằng --data."),
    ],
)
def test_errors_of_a_disk(number: int, sentence: str) -> None:
    assert str(from_disk_error(OSError(number, os.strerror(number), "/x"))) == sentence


def test_other_errors_are_not_blamed_on_the_disk() -> None:
    assert from_disk_error(OSError(errno.ECONNRESET, "reset")) is None


def test_a_database_url_that_does_not_answer(
    data: DataFolder, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/nep")
    assert main(demo(data)) == 1
    said = capsys.readouterr().err
    assert said.startswith("Nếp: Không kết nối được máy chủ trong DATABASE_URL: ")
    assert said.count("\n") == 1
    assert "secret" not in said


def test_a_database_url_of_another_kind(
    data: DataFolder, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/nep")
    assert main(demo(data)) == 1
    assert capsys.readouterr().err == (
        "Nếp: DATABASE_URL phải bắt đầu bằng postgresql:// (Nếp chỉ chạy trên PostgreSQL).\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            [],
            "Cơ sở dữ liệu này đã có dữ liệu và không phải của bản thử, nên nep demo không đụng vào;"
            " hãy dùng một cơ sở dữ liệu trống.",
        ),
        (
            ["--reset"],
            "Cơ sở dữ liệu này không phải của bản thử, nên không xoá: --reset chỉ dùng cho bản thử.",
        ),
    ],
)
def test_a_database_that_is_not_the_demos(
    data: DataFolder, arguments: list[str], sentence: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(data.path, durable=False) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE precious AS SELECT 7 AS value")
        monkeypatch.setenv("DATABASE_URL", url)
        (data.files / "kept").write_text("x")
        assert main(demo(data, *arguments)) == 1
        assert capsys.readouterr().err == f"Nếp: {sentence}\n"
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT value FROM precious").fetchall() == [(7,)]
        assert (data.files / "kept").read_text() == "x"


@pytest.mark.slow
def test_an_old_server(data: DataFolder, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.config.cli.database.OLDEST_SERVER", 99)
    with running(data.path, durable=False) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        assert main(demo(data)) == 1
    said = capsys.readouterr().err
    assert said.startswith("Nếp: Máy chủ trong DATABASE_URL là PostgreSQL ")
    assert said.endswith("; Nếp cần bản 99 trở lên.\n")


def test_an_unknown_command(capsys: Capture) -> None:
    assert main(["dmeo"]) == 2
    assert capsys.readouterr().err == (f"Nếp: không có lệnh “dmeo”; các lệnh: {', '.join(COMMANDS)}.\n")


def test_an_unknown_option(capsys: Capture) -> None:
    assert main(["demo", "--prot", "8000"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("Nếp: không hiểu tham số của lệnh “./nep demo”")


def test_an_unknown_proof(capsys: Capture) -> None:
    assert main(["prove", "perpetual-motion"]) == 1
    assert capsys.readouterr().err.startswith("Nếp: Không có phép “perpetual-motion”; có: ")


def test_a_browser_that_cannot_be_installed(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEP_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["test"]) == 1
    assert capsys.readouterr().err == (
        "Nếp: Kiểm thử trên trình duyệt cần Chromium; hãy cài rồi chạy lại:"
        " apt-get install --yes --no-install-recommends chromium\n"
    )
