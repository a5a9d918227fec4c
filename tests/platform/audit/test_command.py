"""`./nep audit`: on a database of its own, and on an export without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nep.config.datafolder import DataFolder
from nep.config.embedded import for_application, running
from tests.config.conftest import ROOT, SET_BY_NEP_TEST

pytestmark = pytest.mark.slow

SEAL = """
from nep.platform.audit.tasks import seal
from nep.org.events import UNIT_OPENED
from nep.platform.audit.trail import record
from django.db import transaction
for number in range(3):
    with transaction.atomic():
        record(UNIT_OPENED, actor=None, about=[], unit=f"Xã {number}", day="01/07/2025")
    seal.func(timestamp=0)
"""


def nep(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the embedded database of a data folder."""
    # The programs stay those that made the cluster.
    dropped = set(SET_BY_NEP_TEST) - {"NEP_POSTGRES_BIN"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    environment = kept | {"NEP_DATA": str(data)} | more
    command = [sys.executable, "-P", "-m", "nep.config.cli", *words]
    return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A migrated database with three sealed events, its server running."""
    folder = DataFolder(tmp_path_factory.mktemp("nhật ký"))
    folder.ready()
    with running(folder.path, durable=False):
        assert nep(folder.path, "manage", "migrate", "--verbosity", "0").returncode == 0
        assert nep(folder.path, "manage", "shell", "-v", "0", "-c", SEAL).returncode == 0
        yield folder.path


def test_the_database_as_it_is(data: Path) -> None:
    done = nep(data, "audit", "verify", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["intact"], told["rows"], told["seals"]) == (0, True, 3, 3)
    assert told["notes"] == [
        "Tệp đầu chuỗi đã xuất đến dấu niêm phong số 3.",
        f"Đối chiếu với đầu chuỗi trong {data / 'seals'}; bản để ở máy khác (--heads) mới chống được"
        " người giữ máy này.",
    ]


def test_one_role_for_all_is_told(data: Path) -> None:
    with running(data, durable=False) as url:
        done = nep(data, "audit", "verify", DATABASE_URL=url, NEP_SECRET_KEY="x")
        assert "LƯU Ý Nếp đang kết nối bằng vai trò sửa được nhật ký" in done.stdout
        apart = {"DATABASE_URL": for_application(url), "NEP_OWNER_DATABASE_URL": url}
        done = nep(data, "audit", "verify", NEP_SECRET_KEY="x", **apart)
        assert (done.returncode, "vai trò" in done.stdout) == (0, False)


def test_an_export_needs_no_database_and_no_django(data: Path, tmp_path: Path) -> None:
    folder, (key,) = tmp_path / "bản xuất", (data / "seals").glob("*.pub")
    assert nep(data, "audit", "export", str(folder)).returncode == 0
    words = ["audit", "verify", str(folder), "--heads", str(data / "seals"), "--key", str(key)]
    question = "import sys; from nep.config.cli import main; code = main(sys.argv[1:])"
    question += "; print('django' in sys.modules, 'psycopg_pool' in sys.modules); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", question, *words],
        check=False,
        cwd=tmp_path,
        env={"PATH": "", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "PYTHONUTF8": "1"}
        | ({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [
        "LƯU Ý Tệp đầu chuỗi đã xuất đến dấu niêm phong số 3.",
        "Đã kiểm tra 3 sự kiện trong 3 dấu niêm phong.",
        "Nhật ký nguyên vẹn trong phạm vi đã kiểm tra.",
        "False False",
    ]
    assert done.returncode == 0


def test_an_export_whose_tail_was_cut(data: Path, tmp_path: Path) -> None:
    folder, (key,) = tmp_path / "bản xuất", (data / "seals").glob("*.pub")
    nep(data, "audit", "export", str(folder))
    for name, kept in (("seals.jsonl", 2), ("sealed.jsonl", 2)):
        lines = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:kept]))
    done = nep(data, "audit", "verify", str(folder), "--heads", str(data / "seals"), "--key", str(key))
    assert done.returncode == 3
    assert [line for line in done.stdout.splitlines() if line.startswith("SAI")] == [
        "SAI   Tệp seals.jsonl của bản xuất đã bị sửa.",
        "SAI   Tệp sealed.jsonl của bản xuất đã bị sửa.",
        "SAI   Đuôi nhật ký bị cắt: đã xuất đầu chuỗi của dấu niêm phong số 3 mà nay không còn.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "hãy chọn một việc: ./nep audit verify, ./nep audit export hoặc ./nep audit keep."),
        (("verify", "."), ". không phải bản xuất nhật ký."),
        (("export", "."), ". đã có sẵn và không trống; hãy chọn một thư mục mới."),
        (
            ("verify", "--key", "pyproject.toml"),
            "pyproject.toml không phải khóa công khai Ed25519 (tệp PEM).",
        ),
        (
            ("keep", "reading", "0", "--source", "x"),
            "Loại phải là business, security, reading; số năm phải từ 1.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(data: Path, words: tuple[str, ...], sentence: str) -> None:
    done = nep(data, "audit", *words)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Nếp: {sentence}\n")


def test_how_long_events_are_kept(data: Path) -> None:
    done = nep(data, "audit", "keep", "reading", "5", "--since", "2026-01-01", "--source", "Quyết định số 1")
    assert done.stdout.splitlines() == [
        "việc đã làm trong phong trào và tổ chức: giữ mãi",
        "đăng nhập, vai trò và quyền: giữ mãi",
        "việc đọc dữ liệu nhạy cảm: 5 năm từ 01/01/2026, căn cứ Quyết định số 1 (cần xác nhận, chưa áp dụng)",
    ]
    with running(data, durable=False) as url, psycopg.connect(url) as connection:
        row = connection.execute("SELECT kind, keep FROM audit_event ORDER BY id DESC LIMIT 1").fetchone()
    assert row == ("audit.retention_set", "security")
