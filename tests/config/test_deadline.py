"""`./nep deadline`: exactly these keys, one sentence for what is wrong, no Django."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from nep.config.cli import main


def test_json_holds_the_day_the_last_day_the_sentence_and_the_source(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["deadline", "working-days:7", "--from", "2026-02-10", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert list(told) == ["due", "last_day", "explanation", "source"]
    assert (told["due"], told["last_day"]) == ("2026-02-26", "2026-02-26")
    assert told["explanation"] == (
        "7 ngày làm việc kể từ ngày 10/02/2026, không tính ngày đầu, bỏ qua 4 ngày cuối tuần và "
        "5 ngày Tết Nguyên đán (16/02–20/02/2026), đến hết thứ Năm ngày 26/02/2026."
    )
    assert told["source"] == (
        "Bộ luật Dân sự 2015, Điều 147 khoản 2, Điều 148 khoản 1; "
        "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b; "
        "thông báo nghỉ Tết, Quốc khánh năm 2026 của Bộ Nội vụ (chưa đối chiếu được số); "
        "Quyết định 188/1999/QĐ-TTg"
    )


def test_before_ends_on_the_day_before(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "yearly:before:12-15", "--from", "2026-11-22", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["due"], told["last_day"]) == ("2026-12-15", "2026-12-14")


def test_without_json_it_speaks_to_people(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "by:2026-10-31", "--from", "2026-10-01"]) == 0
    assert capfd.readouterr().out == (
        "Ngày được nêu:      31/10/2026\n"
        "Ngày cuối còn kịp:  02/11/2026\n"
        "Hạn “chậm nhất ngày 31/10/2026” là thứ Bảy ngày 31/10/2026, ngày này là ngày nghỉ nên dời qua "
        "2 ngày cuối tuần sang ngày làm việc tiếp theo, thứ Hai ngày 02/11/2026.\n"
        "Căn cứ: Bộ luật Dân sự 2015, Điều 148 khoản 5; Quyết định 188/1999/QĐ-TTg.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["prompt", "--from", "2026-01-05"],
            "Thời hạn “kịp thời, ngay khi phát sinh” không nêu ngày nào nên không tính được ngày đến hạn.",
        ),
        (
            ["periodic", "--from", "2026-01-05", "--json"],
            "Thời hạn “định kỳ, chưa rõ nhịp” không nêu ngày nào nên không tính được ngày đến hạn.",
        ),
        (["days:3", "--from", "2026-02-30"], "Không có ngày “2026-02-30”; viết ngày theo mẫu 2026-02-10."),
        (["days:3", "--from", "20260210"], "Không có ngày “20260210”; viết ngày theo mẫu 2026-02-10."),
        (["days:3", "--from", "2300-01-01"], "Ngày phải từ 01/01/1900 đến 31/12/2200."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    arguments: list[str], sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["deadline", *arguments]) == 1
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", f"Nếp: {sentence}\n")


def test_without_a_day_to_start_from_it_asks_for_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "days:3"]) == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert "--from" in told.err


def test_it_needs_no_django() -> None:
    code = (
        "import sys; from nep.config.cli import main; "
        "main(['deadline', 'days:3', '--from', '2026-03-02', '--json']); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
