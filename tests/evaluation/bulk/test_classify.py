"""`./nep classify`: the same as the pure core, refused with counts and first rows, whole or not at all."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.kit.nation import by_the_core, differences, people_and_months, write
from nep.config.datafolder import ROOT
from nep.evaluation.bulk.command import main
from nep.evaluation.bulk.expressions import Quota
from nep.evaluation.bulk.ranking import classify
from nep.regulations.domain.shelf import rule_set_named

RULES = rule_set_named("nd-335-2025")
PERSON = {
    "person_id": "a",
    "agency_id": "A",
    "group_id": None,
    "is_head": False,
    "is_leader": False,
    "unit_level": None,
    "months_worked": 12,
    "leave": None,
    "veto": None,
}
ANSWER = ("person_id", "year_points", "level_before_quota", "level", "tie")


def given(
    folder: Path, people: list[dict[str, Any]], months: list[tuple[Any, ...]], **types: pa.DataType
) -> Path:
    """Both files with these people (told by what differs from a plain one) and these months."""
    text = dict.fromkeys(("person_id", "agency_id", "group_id", "unit_level", "leave", "veto"), pa.string())
    kinds = text | dict.fromkeys(("is_head", "is_leader"), pa.bool_()) | {"months_worked": pa.int64()}
    kinds |= {"month": pa.int64(), "points_num": pa.int64(), "points_den": pa.int64()} | types
    rows = [PERSON | each for each in people]
    table = {name: pa.array([row[name] for row in rows], kinds[name]) for name in PERSON}
    pq.write_table(pa.table(table), folder / "people.parquet")
    names = ("person_id", "month", "points_num", "points_den")
    table = {name: pa.array([row[at] for row in months], kinds[name]) for at, name in enumerate(names)}
    pq.write_table(pa.table(table), folder / "months.parquet")
    return folder


def answered(folder: Path, **options: Any) -> dict[str, tuple[Any, ...]]:
    classify(folder, folder / "out.parquet", RULES, **options)
    rows = pq.read_table(folder / "out.parquet").to_pylist()
    return {row["person_id"]: tuple(row[name] for name in ANSWER[1:]) for row in rows}


@pytest.mark.parametrize(("largest", "quota"), [(12, Quota()), (10**6, Quota(25)), (10**6, Quota(20, True))])
def test_the_same_as_the_pure_core(largest: int, quota: Quota, tmp_path: Path) -> None:
    people, months = people_and_months(1500, seed=largest, largest=largest)
    write(tmp_path, people, months)
    told = classify(tmp_path, tmp_path / "out.parquet", RULES, quota=quota)
    assert RULES.people_levels is not None
    core = by_the_core(people, months, RULES.people_levels, quota.percent, or_better=quota.or_better)
    assert differences(tmp_path / "out.parquet", core) == []
    assert told.ties > 0
    assert (told.exact_levels > 0) is (largest > 12)


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    people, months = people_and_months(300, seed=5)
    written = []
    for seed in (1, 2):
        write(tmp_path, people, months, seed)
        classify(tmp_path, tmp_path / f"{seed}.parquet", RULES)
        written.append((tmp_path / f"{seed}.parquet").read_bytes())
    assert written[0] == written[1]


def test_exact_points_and_levels(tmp_path: Path) -> None:
    thirds = [("a", month, 280, 3) for month in range(1, 13)]
    sevenths = [("b", 1, 629, 7), ("b", 2, 631, 7)]
    large = [("c", 1, 89_999_999, 1_000_000), ("c", 2, 90 * 999_983, 999_983)]
    people = [{"person_id": each} for each in "abcd"]
    given(tmp_path, people, [*thirds, *sevenths, *large])
    assert answered(tmp_path) == {
        "a": ("280/3", "HTXS", "HTT", False),
        "b": ("90/1", "HTXS", "HTT", False),
        "c": ("179999999/2000000", "HTT", "HTT", False),
        "d": (None, "not_ranked", "not_ranked", False),
    }


def test_a_tie_across_the_cut_falls_whole(tmp_path: Path) -> None:
    people = [{"person_id": each} for each in ("a", "b", "g1", "g2", "g3", "g4", "g5")]
    months = [("a", 1, 286, 3), ("b", 1, 572, 6), *((f"g{at}", 1, 80, 1) for at in range(1, 6))]
    found = answered(given(tmp_path, people, months))
    assert found["a"] == ("286/3", "HTXS", "HTT", True)
    assert found["b"] == ("286/3", "HTXS", "HTT", True)
    assert found["g1"] == ("80/1", "HTT", "HTT", False)


def test_an_empty_month_enters_no_mean(tmp_path: Path) -> None:
    found = answered(given(tmp_path, [{}], [("a", 1, 75, 1), ("a", 2, None, None)]))
    assert found == {"a": ("75/1", "HTT", "HTT", False)}


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"veto": "discipline_counts"}, "KHT"),
        ({"veto": "unit_corruption"}, "HTXS"),
        ({"veto": "unit_corruption", "is_leader": True}, "KHT"),
        ({"veto": "discipline_counts", "months_worked": 5}, "not_ranked"),
        ({"months_worked": 5, "leave": "sick_or_maternity"}, "HTXS"),
        ({"months_worked": 5, "leave": "unpaid"}, "not_ranked"),
        ({"is_head": True, "is_leader": True, "unit_level": "HTNV"}, "HTNV"),
        ({"is_leader": True, "unit_level": "HTNV"}, "HTXS"),
    ],
)
def test_facts_before_points(facts: dict[str, Any], level: str, tmp_path: Path) -> None:
    assert answered(given(tmp_path, [facts], [("a", 1, 95, 1)]))["a"][1] == level


@pytest.mark.parametrize(
    ("month", "kind"), [("2026-03", pa.string()), (date(2026, 3, 1), pa.date32()), (3, pa.int8())]
)
def test_months_are_numbers_words_or_days(month: Any, kind: pa.DataType, tmp_path: Path) -> None:
    folder = given(tmp_path, [{}], [("a", month, 75, 1)], month=kind)
    assert answered(folder)["a"][0] == "75/1"


@pytest.mark.parametrize(
    ("months", "kind", "wrong"),
    [
        (("2025-12", "2026-01", "2026-11"), pa.string(), 0),
        (("2025-11", "2025-12", "2026-11"), pa.string(), 1),
        ((date(2025, 12, 1), date(2026, 12, 1)), pa.date32(), 1),
    ],
)
def test_years_are_ranked_one_by_one(
    months: tuple[Any, ...], kind: pa.DataType, wrong: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given(tmp_path, [{}], [("a", each, 75, 1) for each in months], month=kind)
    assert main([str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == wrong
    told = capsys.readouterr().err
    assert ("các tháng phải nằm trong một năm công tác: 1 dòng" in told, "2025" in told) == (
        wrong > 0,
        wrong > 0,
    )


@pytest.mark.parametrize("month", ["2026-1", "12", "2026/12", "tháng 12", "2026-00", "", "2026-12\n"])
def test_a_month_in_words_has_one_form(
    month: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given(tmp_path, [{}], [("a", month, 75, 1)], month=pa.string())
    assert main([str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == 1
    assert "tháng phải từ 1 đến 12: 1 dòng" in capsys.readouterr().err


def test_a_plain_veto(tmp_path: Path) -> None:
    folder = given(
        tmp_path, [{"veto": True}, {"person_id": "b", "veto": False}], [("a", 1, 95, 1)], veto=pa.bool_()
    )
    assert answered(folder)["a"][1] == "KHT"
    assert answered(folder)["b"][1] == "not_ranked"


ONE = [("a", 1, 75, 1)]


@pytest.mark.parametrize(
    ("people", "months", "text", "count", "first"),
    [
        (
            [{}],
            [*ONE, ("x", 1, 75, 1), ("x", 2, 75, 1)],
            "người không có trong people",
            1,
            {"person_id": "x", "rows": 2},
        ),
        ([{}], [*ONE, *ONE], "một tháng hai lần", 1, {"person_id": "a", "month": 1, "times": 2}),
        ([{}], ONE * 16, "một tháng hai lần", 1, {"person_id": "a", "month": 1, "times": 16}),
        (
            [{}],
            [*ONE, ("a", 2, 75, 0)],
            "mẫu số bằng 0",
            1,
            {"person_id": "a", "month": 2, "points_num": 75, "points_den": 0},
        ),
        ([{}], [("a", 2, 75, -1)], "mẫu số phải từ 1", 1, None),
        ([{}], [("a", 2, 75, 1_000_001)], "mẫu số phải từ 1", 1, None),
        ([{}], [("a", 2, -1, 1)], "điểm âm", 1, None),
        ([{}], [("a", 2, 101, 1)], "điểm quá 100", 1, None),
        ([{}], [("a", 2, 75, None)], "có tử số mà không có mẫu số", 1, None),
        ([{}], [("a", 13, 75, 1)], "tháng phải từ 1 đến 12", 1, None),
        ([{}], [("a", None, 75, 1)], "tháng phải từ 1 đến 12", 1, None),
        ([{}, {}], ONE, "một người có hai lần", 1, {"person_id": "a", "times": 2}),
        ([{}, {}], [], "một người có hai lần", 1, {"person_id": "a", "times": 2}),
        ([{}], [(None, 1, 75, 1)], "người không có trong people", 1, {"person_id": None, "rows": 1}),
        ([{}], [*ONE, ("a", 2, 2**63 - 1, 2**62)], "mẫu số phải từ 1", 1, None),
        ([{}], ONE * 100_000, "một tháng hai lần", 1, {"person_id": "a", "month": 1, "times": 100_000}),
        ([{"agency_id": None}], ONE, "thiếu mã người hoặc cơ quan", 1, None),
        ([{"person_id": ""}], [], "thiếu mã người hoặc cơ quan", 1, None),
        ([{"is_head": None}], ONE, "thiếu is_head", 1, None),
        ([{"months_worked": 13}], ONE, "months_worked phải từ 0 đến 12", 1, None),
        ([{"unit_level": "A"}], ONE, "unit_level phải là HTXS", 1, None),
        ([{"leave": "holiday"}], ONE, "leave phải là", 1, None),
        ([{"veto": "rumour"}], ONE, "veto phải là", 1, None),
    ],
)
def test_refused_with_counts_and_first_rows(
    people: list[dict[str, Any]],
    months: list[tuple[Any, ...]],
    text: str,
    count: int,
    first: dict[str, Any] | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "kq" / "out.parquet"
    assert main([str(given(tmp_path, people, months)), "--out", str(out), "--json"]) == 1
    captured = capsys.readouterr()
    (fault,) = json.loads(captured.out)["faults"]
    assert text in fault["text"]
    assert fault["count"] == count
    assert first is None or fault["rows"] == [first]
    assert text in captured.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["months.parquet", "people.parquet"]


def test_not_a_number_of_months(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given(tmp_path, [{"months_worked": float("nan")}], ONE, months_worked=pa.float64())
    assert main([str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == 1
    assert "months_worked phải từ 0 đến 12: 1 dòng" in capsys.readouterr().err


def test_files_that_are_not_there_or_not_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--out", str(tmp_path / "kq")]) == 1
    assert "Không có" in capsys.readouterr().err
    given(tmp_path, [{}], ONE)
    (tmp_path / "months.parquet").write_bytes(b"PAR1 this is none")
    assert main([str(tmp_path), "--out", str(tmp_path / "kq")]) == 1
    assert "không phải tệp Parquet" in capsys.readouterr().err
    pq.write_table(pa.table({"person_id": ["a"]}), tmp_path / "months.parquet")
    assert main([str(tmp_path), "--out", str(tmp_path / "kq")]) == 1
    assert "thiếu cột month, points_num, points_den" in capsys.readouterr().err
    given(tmp_path, [{}], [("a", 1, 75.0, 1)], points_num=pa.float64())
    assert main([str(tmp_path), "--out", str(tmp_path / "kq")]) == 1
    assert "Cột points_num phải là số nguyên" in capsys.readouterr().err
    assert not (tmp_path / "kq").exists()


def test_a_refused_run_keeps_the_earlier_result(tmp_path: Path) -> None:
    given(tmp_path, [{}], ONE)
    out = tmp_path / "out"
    assert main([str(tmp_path), "--out", str(out)]) == 0
    before = (out / "levels.parquet").read_bytes()
    given(tmp_path, [{}], [*ONE, *ONE])
    assert main([str(tmp_path), "--out", str(out)]) == 1
    assert (out / "levels.parquet").read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["months.parquet", "out", "people.parquet"]


def test_what_the_command_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given(tmp_path, [{}], ONE)
    assert main([str(tmp_path), "--out", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["people"], told["levels"]["HTT"], told["rule_set"]) == (1, 1, RULES.name)
    assert pq.read_schema(tmp_path / "out" / "levels.parquet").metadata[b"rule_set"].decode() == RULES.name
    assert tuple(pq.read_schema(tmp_path / "out" / "levels.parquet").names) == ANSWER
    assert main([str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"Đã xếp loại 1 người vào {tmp_path / 'out'}:"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--percent", "30"], "nằm ngoài mức"),
        (["--rule-set", "nd-90-2020"], "không có tham số"),
        (["--rule-set", "khong-co"], "Không có bộ quy định"),
    ],
)
def test_what_the_rule_set_does_not_allow(
    options: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given(tmp_path, [{}], ONE)
    assert main([str(tmp_path), "--out", str(tmp_path / "out"), *options]) == 1
    assert says in capsys.readouterr().err


def test_everything_is_a_mean_of_what_was_given(tmp_path: Path) -> None:
    people, months = people_and_months(200, seed=9)
    write(tmp_path, people, months)
    found = answered(tmp_path)
    for person, of_months in zip(people, months, strict=True):
        points = [each for each in of_months.values() if each is not None]
        told = found[person["person_id"]][0]
        assert (told is None) == (not points)
        assert told is None or Fraction(told) == sum(points, Fraction(0)) / len(points)


def test_where_the_result_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given(tmp_path, [{}], ONE)
    assert main([str(tmp_path), "--out", str(tmp_path / "a" / "b" / "kq.parquet")]) == 0
    assert pq.read_table(tmp_path / "a" / "b" / "kq.parquet").num_rows == 1
    before = (tmp_path / "people.parquet").read_bytes()
    assert main([str(tmp_path), "--out", str(tmp_path / "a" / ".." / "people.parquet")]) == 1
    assert "là tệp đầu vào" in capsys.readouterr().err
    assert (tmp_path / "people.parquet").read_bytes() == before
    (tmp_path / "file").write_bytes(b"")
    assert main([str(tmp_path), "--out", str(tmp_path / "file" / "kq.parquet")]) == 1
    assert "Không ghi được" in capsys.readouterr().err
    (tmp_path / "taken.parquet").mkdir()
    assert main([str(tmp_path), "--out", str(tmp_path / "taken.parquet")]) == 1
    assert "là thư mục" in capsys.readouterr().err


def test_what_killed_runs_left_goes_with_the_next(tmp_path: Path) -> None:
    given(tmp_path, [{}], ONE)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = {
        pid: f".nep-classify-{platform.node()}-{pid}" for pid in (ended.pid, os.getppid(), "of-somebody-else")
    }
    for name in (*names.values(), f".nep-classify-another-machine-{ended.pid}"):
        (tmp_path / name / "kept_0").mkdir(parents=True)
    assert answered(tmp_path)["a"][0] == "75/1"
    left = {each.name for each in tmp_path.glob(".nep-classify-*")}
    assert left == {*names.values(), f".nep-classify-another-machine-{ended.pid}"} - {names[ended.pid]}


EMPTY = ("group_id", "unit_level", "leave", "veto")


def test_an_empty_text_says_as_little_as_none(tmp_path: Path) -> None:
    """Two without a group meet only the pool's cut; were “” a group, both would fall in it."""
    good = [{"person_id": f"g{at}", "group_id": "G"} for at in range(10)]
    best = [{"person_id": each, "is_head": True, "is_leader": True} for each in "ab"]
    months = [*((each, 1, 95, 1) for each in "ab"), *((f"g{at}", 1, 80, 1) for at in range(10))]
    found = [
        answered(given(tmp_path, [*(each | dict.fromkeys(EMPTY, word) for each in best), *good], months))
        for word in ("", None)
    ]
    assert found[0] == found[1]
    assert found[0]["a"] == ("95/1", "HTXS", "HTXS", False)


def test_everything_that_is_wrong_with_people_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A person listed twice and another not at all would make up for each other in a bare count of people."""
    people = [{}, {}, {"person_id": "b"}, {"person_id": "b"}]
    given(tmp_path, people, [*ONE, ("x", 1, 75, 1), ("x", 1, 75, 1)])
    assert main([str(tmp_path), "--out", str(tmp_path / "out.parquet"), "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [(fault["count"], fault["rows"]) for fault in faults] == [
        (2, [{"person_id": "a", "times": 2}, {"person_id": "b", "times": 2}]),
        (1, [{"person_id": "x", "month": 1, "times": 2}]),
        (1, [{"person_id": "x", "rows": 2}]),
    ]


def test_a_run_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    people, months = people_and_months(400, seed=3)
    write(tmp_path, people, months)
    command = [
        sys.executable,
        "-m",
        "nep.config.cli",
        "classify",
        str(tmp_path),
        "--out",
        str(tmp_path / "kq"),
    ]
    run = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, stderr=subprocess.DEVNULL
    )
    while not list(tmp_path.glob(".nep-classify-*")):
        assert run.poll() is None
        time.sleep(0.01)
    run.terminate()
    assert run.wait(timeout=60) == 128 + signal.SIGTERM
    assert sorted(each.name for each in tmp_path.iterdir()) == ["months.parquet", "people.parquet"]
