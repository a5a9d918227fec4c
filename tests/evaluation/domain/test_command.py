"""`./nep score`: what it prints, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nep.evaluation.domain.command import main
from nep.regulations.domain.shelf import rule_set_named

CASE = """{"subject": "cong_chuc", "rule_set": null, "year": 2026, "periods": [
 {"period": "2026-01", "general": 28.5, "work": [
 {"units": 1.2, "done": true, "failed_reviews": 1, "failed_reviews_excused": 0, "delays": 1,
 "delays_excused": 1, "extra": false, "reassigned_away": false}], "leadership": null}],
 "facts": {"months_worked": 12, "leave": null, "discipline_counts": false, "degradation_concluded": false,
 "is_leader": false, "unit_corruption": false, "is_head": false, "unit_level": null}}"""
AGENCY = """{"subject": "to_chuc", "year": 2026, "points": 92,
 "tasks": {"assigned": 10, "done": 10, "on_time": 9, "exceeded": 3},
 "facts": {"personnel_wrongdoing": false, "force_majeure": false, "subordinate_failed": false,
 "faults_fixed": true}}"""
RULES = rule_set_named("nd-335-2025")


def file(folder: Path, text: str) -> str:
    path = folder / "case.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_person_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([file(tmp_path, CASE), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    number = {"exact": "278/3", "decimal": "92.666666"}
    one = {"exact": "1", "decimal": "1.000000"}
    assert result["periods"] == [
        {
            "period": "2026-01",
            "a": one,
            "b": {"exact": "3/4", "decimal": "0.750000"},
            "c": one,
            "points": number,
        }
    ]
    assert (result["year_points"], result["level"]) == (number, "HTXS")
    assert (result["rule_set"], result["needs_confirmation"]) == (RULES.name, [])
    assert {"article": "Điều 20 khoản 1", "text": "92,66 điểm: Hoàn thành xuất sắc nhiệm vụ."} in result[
        "because"
    ]


def test_an_agency_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([file(tmp_path, AGENCY), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["level"], result["needs_authority"]) == ("HTNV", True)
    assert result["rule_set"] == RULES.name


def test_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([file(tmp_path, CASE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Hoàn thành xuất sắc nhiệm vụ, 92,66 điểm"
    assert [line.strip() for line in lines[1:5]] == [
        "Điều 14 khoản 2: Tháng 1/2026: giao 1,2 đơn vị, tính xong 1,2; "
        "số lượng 100 %, chất lượng 75 %, tiến độ 100 %.",
        "Điều 14 khoản 2 điểm b: 1 lần đánh giá chưa đạt, mỗi lần trừ 25 % chất lượng của sản phẩm.",
        "Điều 14 khoản 2 điểm c: 1 lần chậm do nguyên nhân khách quan đã được xác nhận: không trừ.",
        "Điều 16 khoản 1: Trung bình 3 tỷ lệ là 91,66 %, tức 64,16 điểm.",
    ]
    assert lines[-1] == f"Theo {RULES.title} ({RULES.name})."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "Không đọc được JSON"),
        ("[]", "Trường hợp: phải là một đối tượng JSON."),
        ('{"subject": "cong_chuc", "subject": "to_chuc"}', "“subject” có hai lần"),
        (CASE.replace("28.5", "NaN"), "“periods[0].general” phải là số."),
        (CASE.replace("1.2", "1e999999999"), "“periods[0].work[0].units” có quá nhiều chữ số."),
        (CASE.replace('"failed_reviews": 1', '"failed_reviews": 1e999999999'), "failed_reviews"),
        (CASE.replace('"subject": "cong_chuc"', '"subject": ["cong_chuc"]'), "“subject” phải là một trong"),
        ("{\n'year': 2026}", "Không đọc được JSON: sai cú pháp ở dòng 2, cột 1."),
        ('{"a":' * 100_000, "Không đọc được JSON: lồng nhau quá sâu."),
        (CASE.replace("28.5", "1e99999999999999999999"), "“periods[0].general” có quá nhiều chữ số."),
        (CASE.replace("28.5", "9" * 5000), "“periods[0].general” có quá nhiều chữ số."),
        (CASE.replace("2026,", "9" * 5000 + ","), "“year” phải là số nguyên từ 0 đến dưới 1000000000."),
        (CASE.replace('"is_head"', '"a\\nb": 1, "is_head"'), "Không hiểu “facts.a b”."),
        (CASE.replace("2026-01", "\\ud800"), "“period” có nửa ký tự Unicode đứng một mình."),
        (CASE.replace("2026-01", "２０２６-01"), "“periods[0].period” phải là tháng"),
        (CASE.replace("2026-01", "2026-01\\n"), "“periods[0].period” phải là tháng"),
        (CASE.replace("null", '"nd-1-2000"', 1), "“rule_set”: Không có bộ quy định “nd-1-2000”"),
        (CASE.replace("cong_chuc", "can_bo"), "“rule_set”: Chưa có bộ quy định nào bắt buộc cho cán bộ"),
    ],
)
def test_refused_in_one_sentence(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([file(tmp_path, text), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert captured.err.count("\n") == 1


def test_no_such_file_and_no_such_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "khong-co.json")]) == 1
    assert capsys.readouterr().err == f"Nếp: Không đọc được {tmp_path / 'khong-co.json'}: không có tệp này.\n"
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"Nếp: Không đọc được {tmp_path}: đó là thư mục.\n"
    assert main(["--nhanh"]) == 2
    assert "cách gọi" in capsys.readouterr().err


def test_decimals_are_never_floats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([file(tmp_path, CASE.replace("28.5", "28.500000000000000001")), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["year_points"]["exact"] == "278000000000000000003/3000000000000000000"
