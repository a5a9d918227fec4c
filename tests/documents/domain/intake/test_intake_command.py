"""`./nep read` as it is called: what goes to which stream, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nep.documents.domain.intake.command import main
from tests.documents.domain.intake.bad_files import BAD_FILES
from tests.documents.domain.intake.makers import docx_of_lines

PLAN = """UBND TỈNH AN BÌNH
SỞ NỘI VỤ
Số: 12/KH-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
Giữ nếp làm việc văn minh tại công sở năm 2026

I. MỤC ĐÍCH
1. Công chức giữ lời nói lịch sự khi tiếp dân.
II. NHIỆM VỤ
1. Văn phòng Sở chủ trì kiểm tra việc đeo thẻ công chức, xong trước ngày 30/6/2026.
2. Các phòng báo cáo kết quả về Văn phòng Sở trước ngày 15/12.

Nơi nhận:
- Giám đốc Sở;
- Các phòng;
- Lưu: VT.
"""


def run(*arguments: str, data: bytes | None = None, **environment: str) -> tuple[int, bytes, bytes]:
    """Call the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from nep.documents.domain.intake.command import main\n"
         "raise SystemExit(main(sys.argv[1:]))", *arguments],
        input=data,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch 12.txt"
    path.write_bytes(PLAN.encode("utf-16"))
    return path


def test_json_carries_the_reading_with_places_and_the_name_of_the_file(plan: Path) -> None:
    code, out, err = run("--json", str(plan))
    read = json.loads(out)
    assert (code, err) == (0, b"")
    assert (read["source"], read["kind"], read["number"]) == ("kế hoạch 12.txt", "plan", "12/KH-SNV")
    items = [*read["deadlines"], *read["actors"], *read["targets"], *read["citations"]]
    assert [PLAN[one["start"] : one["end"]] for one in items] == [one["text"] for one in items]


def test_text_is_the_decoded_original_whatever_the_locale(plan: Path) -> None:
    expected = (0, PLAN.encode(), b"")
    assert run("--text", str(plan)) == expected
    assert run("--text", str(plan), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0") == expected
    assert run("--text", "-", data=PLAN.encode("utf-16")) == expected


def test_line_ends_are_not_translated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Một\r\nhai\rba\n".encode())
    assert run("--text", str(tmp_path / "a.txt")) == (0, "Một\r\nhai\rba\n".encode(), b"")


def test_summary_names_what_was_read_and_where(plan: Path) -> None:
    code, out, err = run(str(plan))
    lines = out.decode().splitlines()
    assert (code, err) == (0, b"")
    assert lines[:7] == [
        "Tệp:       kế hoạch 12.txt",
        "Loại:      kế hoạch",
        "Tên:       KẾ HOẠCH Giữ nếp làm việc văn minh tại công sở năm 2026",
        "Cơ quan:   SỞ NỘI VỤ",
        "Số:        12/KH-SNV",
        "Ngày:      05/03/2026",
        "Thời gian: năm 2026",
    ]
    tasks = lines[lines.index("Việc được giao:") + 1 :]
    assert tasks[0].startswith("  - Văn phòng Sở chủ trì kiểm tra việc đeo thẻ công chức")
    assert "(dòng 14, mục II.1; " in tasks[0]


def test_a_doubtful_text_is_read_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of_lines("Uû ban nh©n d©n x· tæ chøc phong trµo thi ®ua, mäi ng­êi ®Òu tham gia."))
    code, out, err = run(str(path))
    assert code == 0
    assert out.startswith("Tệp:".encode())
    assert err.decode().startswith("Nếp: lưu ý: Chữ có vẻ gõ bằng bảng mã cũ TCVN3")


@pytest.mark.parametrize(
    "name", ["empty.docx", "scan.pdf", "locked.pdf", "old.doc", "program.docx", "laughs.docx"]
)
def test_a_refusal_is_one_line_and_an_exit_code(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(BAD_FILES[name][1]())
    assert main([str(path), "--json"]) == 3
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"Nếp: {path}: Tệp ")
    assert err.count("\n") == 1


def test_names_are_printed_on_one_line(tmp_path: Path) -> None:
    code, out, err = run(os.fsdecode(os.fsencode(tmp_path) + b"/a\nb\x1b[2J\xff.txt"))
    assert (code, out, err.count(b"\n")) == (3, b"", 1)
    assert b"\x1b" not in err


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--nothing", "a"], ["--json", "--text", "a"]])
def test_a_call_that_cannot_be_understood(arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count(b"\n")) == (2, b"", 1)


@pytest.mark.parametrize("file", ["", "-"])
def test_nothing_to_read(file: str) -> None:
    code, out, err = run(file, data=b"")
    assert (code, out, err.count(b"\n")) == (3, b"", 1)


def test_closed_output_is_said_in_one_line(plan: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m nep.config.cli read --text "$1" >&-', sys.executable, str(plan)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert 1 <= done.returncode <= 125
    assert done.stderr.count(b"\n") == 1


def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Một dòng rất thường.\n" * 40_000)
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m nep.config.cli read --text "$1" | head -1', sys.executable, str(path)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.stdout.decode(), done.stderr) == ("Một dòng rất thường.\n", b"")


def test_no_django_and_no_parser_is_loaded_for_a_plain_text(plan: Path) -> None:
    program = (
        "import sys; from nep.documents.domain.intake.command import main; main(sys.argv[1:])\n"
        "print(sorted({'django', 'lxml', 'pypdfium2', 'docx'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--json", str(plan)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stderr == b"[]\n"
