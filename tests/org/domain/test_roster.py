"""A file of staff against the roster: every awkward row gets its sentence, every good one its change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from nep.org.domain.roster import StaffOutcome, check_staff
from nep.org.domain.roster_findings import Value
from nep.org.domain.roster_places import KnownUnit
from nep.org.domain.roster_state import KnownPerson, KnownPosition, KnownPosting, Placing, StaffState

OPENED, ON = date(2025, 7, 1), date(2026, 11, 2)
ROOT = KnownUnit(1, "SNV", "Sở Nội vụ", "Sở Nội vụ", "department", "authority", None, None, OPENED)
CADRES = KnownUnit(
    2, "SNV-TC", "Phòng Tổ chức cán bộ", "Phòng TCCB", "division", "authority", 1, None, OPENED
)
OFFICE = KnownUnit(3, "SNV-VP", "Văn phòng Sở", "Văn phòng", "division", "authority", 1, None, OPENED)
CLOSED = KnownUnit(
    4, "SNV-TD", "Ban Thi đua", "Ban Thi đua", "division", "authority", 1, None, OPENED, date(2026, 1, 1)
)
OFFICER, HEAD = KnownPosition(1, "Chuyên viên", False), KnownPosition(2, "Trưởng phòng", True)


def posting(number: int, unit: int = 2, position: int = 1, **more: object) -> KnownPosting:
    return replace(KnownPosting(number, unit, position, True, OPENED, None), **more)  # type: ignore[arg-type]


AN = KnownPerson(1, "0012", "Lê Văn An", "cong_chuc", date(1980, 5, 2), "an@vanlinh.example", (posting(11),))
STATE = StaffState(ROOT, (ROOT, CADRES, OFFICE, CLOSED), (AN,), (OFFICER, HEAD), ON, ON)


@dataclass(frozen=True)
class Line:
    number: int
    values: Mapping[str, Value]
    band: str = ""


def line(number: int = 2, *, band: str = "", **values: Value) -> Line:
    full: dict[str, Value] = {
        "code": "0012",
        "name": "Lê Văn An",
        "born": date(1980, 5, 2),
        "position": "Chuyên viên",
        "unit": "Phòng Tổ chức cán bộ",
        "kind": "Công chức",
        "email": "an@vanlinh.example",
    }
    return Line(number, {key: value for key, value in (full | values).items() if value is not None}, band)


@dataclass
class Checked:
    outcome: StaffOutcome
    told: list[tuple[str, int, str, str]] = field(default_factory=list)


def check(
    *lines: Line, state: StaffState = STATE, answers: Mapping[str, str] | None = None, without: str = ""
) -> Checked:
    columns = {key for one in lines for key in one.values} | {"unit"}
    outcome = check_staff(lines, frozenset(columns - {without}), state, answers or {})
    told = [(finding.weight.value, finding.row, finding.key, finding.says) for finding in outcome.findings]
    return Checked(outcome, told)


def new(number: int = 2, **values: Value) -> Line:
    return line(
        number,
        **{"code": f"N{number}", "name": f"Trần Thị Bình {'I' * number}", "born": None, "email": None}
        | values,
    )


ADDED = ("change", 2, "", "Thêm mới Trần Thị Bình II, Chuyên viên tại Phòng Tổ chức cán bộ.")


def only(told: list[tuple[str, int, str, str]]) -> list[tuple[str, int, str, str]]:
    """What is told about rows, without who is not in the file."""
    return [one for one in told if one[1]]


def test_the_same_again_changes_nothing() -> None:
    checked = check(line())
    assert checked.told == []
    assert (checked.outcome.plan.empty, checked.outcome.plan.unchanged, checked.outcome.plan.gone) == (
        True,
        1,
        0,
    )


def test_somebody_new_is_added_and_who_is_missing_is_only_told() -> None:
    checked = check(new())
    assert checked.told == [
        ("note", 0, "", "Lê Văn An, mã 0012, không có trong tệp; giữ nguyên, không xóa."),
        ADDED,
    ]
    assert checked.outcome.plan.placings == (Placing(2, "N2", 2, "Chuyên viên"),)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": "Lê Văn Ân"}, "Lê Văn An: họ tên “Lê Văn An” thành “Lê Văn Ân”."),
        ({"kind": "VC"}, "Lê Văn An: đối tượng “Công chức” thành “Viên chức”."),
        ({"born": "3.5.80"}, "Lê Văn An: ngày sinh “02/05/1980” thành “03/05/1980”."),
        (
            {"email": "moi@vanlinh.example"},
            "Lê Văn An: thư điện tử “an@vanlinh.example” thành “moi@vanlinh.example”.",
        ),
        (
            {"position": "Trưởng phòng"},
            "Lê Văn An: chức vụ “Chuyên viên” thành “Trưởng phòng” từ 02/11/2026.",
        ),
        (
            {"unit": "Văn phòng"},
            "Lê Văn An: chuyển từ Phòng Tổ chức cán bộ đến Văn phòng Sở, Chuyên viên, từ 02/11/2026.",
        ),
    ],
)
def test_what_the_file_says_otherwise_is_changed(values: dict[str, Value], says: str) -> None:
    assert check(line(**values)).told == [("change", 2, "", says)]


def test_what_the_file_leaves_blank_stays() -> None:
    checked = check(line(born=None, position=None, kind=None, email=None))
    assert (checked.told, checked.outcome.plan.empty) == ([], True)
    assert check(line(born=1980)).outcome.plan.empty


def test_a_move_ends_the_old_posting_and_keeps_a_later_one() -> None:
    later = posting(12, unit=3, since=date(2027, 1, 1))
    held = replace(AN, postings=(posting(11, until=date(2027, 1, 1)), later))
    checked = check(line(unit="Văn phòng Sở"), state=replace(STATE, people=(held,)))
    assert checked.outcome.plan.placings == (
        Placing(2, "0012", 3, "Chuyên viên", until=date(2027, 1, 1), ends=11, former_unit_id=2),
    )
    assert checked.told[0] == ("note", 2, "", "Lê Văn An đã có vị trí tiếp theo từ 01/01/2027; giữ nguyên.")


def test_a_posting_that_begins_on_the_very_day_is_put_right() -> None:
    held = replace(AN, postings=(posting(11, since=ON),))
    checked = check(line(position="Trưởng phòng"), state=replace(STATE, people=(held,)))
    assert checked.outcome.plan.placings == (Placing(2, "0012", 2, "Trưởng phòng", replaces=11),)


def test_a_concurrent_posting_in_the_unit_is_in_the_way() -> None:
    held = replace(AN, postings=(posting(11), posting(12, unit=3, main=False)))
    assert check(line(unit="Văn phòng"), state=replace(STATE, people=(held,))).told == [
        ("error", 2, "unit", "Lê Văn An đang có vị trí khác tại Văn phòng Sở; kết thúc vị trí đó trước.")
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": None}, ("error", 2, "name", "Thiếu họ và tên.")),
        ({"name": "An 2"}, ("error", 2, "name", "Họ tên “An 2” có chữ số.")),
        ({"position": None}, ("error", 2, "position", "Thiếu chức vụ.")),
        (
            {"kind": "ABC"},
            (
                "error",
                2,
                "kind",
                "Không rõ đối tượng “ABC”. Ghi một trong: "
                "Cán bộ, Công chức, Viên chức, Người lao động hợp đồng, Khác.",
            ),
        ),
        ({"email": "a@b"}, ("error", 2, "email", "“a@b” không phải địa chỉ thư điện tử.")),
        (
            {"email": "a@b.vn; c@d.vn"},
            ("error", 2, "email", "“a@b.vn; c@d.vn” không phải địa chỉ thư điện tử."),
        ),
        ({"born": "31/02/1980"}, ("error", 2, "born", "Không có ngày 31/02/1980.")),
        (
            {"born": "05/13/1980"},
            ("error", 2, "born", "Không có ngày 05/13/1980. Ghi ngày trước, tháng sau."),
        ),
        ({"born": date(2027, 1, 1)}, ("error", 2, "born", "Ngày sinh 01/01/2027 ở tương lai.")),
        ({"born": date(2020, 1, 1)}, ("error", 2, "born", "Sinh ngày 01/01/2020, tức 6 tuổi: xem lại.")),
        ({"born": 1905}, ("error", 2, "born", "Sinh ngày 01/01/1905, tức 121 tuổi: xem lại.")),
        (
            {"born": "mùng hai"},
            (
                "error",
                2,
                "born",
                "Không đọc được ngày “mùng hai”. Ghi theo dạng ngày/tháng/năm, ví dụ 02/05/1980.",
            ),
        ),
        (
            {"unit": "Sở Y tế Quốc gia"},
            ("error", 2, "unit", "Không có đơn vị “Sở Y tế Quốc gia” trong Sở Nội vụ."),
        ),
        (
            {"unit": None, "unit_code": "X"},
            ("error", 2, "unit_code", "Không có đơn vị mã X trong Sở Nội vụ."),
        ),
        (
            {"unit": "Ban Thi đua"},
            ("error", 2, "unit", "Ban Thi đua chưa có hoặc đã đóng vào ngày 02/11/2026."),
        ),
        (
            {"code": 12.5},
            ("error", 2, "code", "Mã “12.5” không hợp lệ. Đặt ô ở dạng văn bản (Text) rồi nhập lại mã."),
        ),
    ],
)
def test_what_must_be_put_right(values: dict[str, Value], told: tuple[str, int, str, str]) -> None:
    checked = check(new(**values))
    assert [one for one in checked.told if one[0] == "error"] == [told]
    assert checked.outcome.plan.people == ()


@pytest.mark.parametrize(
    ("written", "born"),
    [
        (date(1980, 5, 2), date(1980, 5, 2)),
        ("02/05/1980", date(1980, 5, 2)),
        ("2.5.80", date(1980, 5, 2)),
        ("2-5-1980", date(1980, 5, 2)),
        ("1980-05-02", date(1980, 5, 2)),
        ("ngày 2 tháng 5 năm 1980", date(1980, 5, 2)),
        (29343, date(1980, 5, 2)),
        ("1/1/05", date(2005, 1, 1)),
        ("1/1/25", None),
        (1980, date(1980, 1, 1)),
        ("1980", date(1980, 1, 1)),
    ],
)
def test_days_of_birth_as_offices_write_them(written: Value, born: date | None) -> None:
    people = check(new(born=written)).outcome.plan.people
    assert [person.born_on for person in people] == ([born] if born else [])


@pytest.mark.parametrize(
    ("values", "notes"),
    [
        (
            {"name": "TRẦN THỊ BÌNH"},
            [("note", 2, "name", "Viết lại chữ hoa, chữ thường: “TRẦN THỊ BÌNH” thành “Trần Thị Bình”.")],
        ),
        ({"name": "Trần  Thị Bình "}, [("note", 2, "name", "Bỏ khoảng trắng thừa: “Trần Thị Bình”.")]),
        (
            {"name": "Tra\u0302\u0300n Thị Bình"},
            [("note", 2, "name", "Dấu rời được ghép thành chữ (Unicode dựng sẵn): “Trần Thị Bình”.")],
        ),
        ({"code": 77}, [("note", 2, "code", "Mã ghi dạng số, nếu có số 0 ở đầu thì đã mất: mã 77.")]),
        ({"born": 1985}, [("note", 2, "born", "Chỉ có năm sinh nên ghi ngày 01/01: 01/01/1985.")]),
        ({"kind": None}, [("note", 2, "kind", "Không ghi đối tượng nên để “Khác”: Trần Thị Bình II.")]),
        (
            {"kind": "Chuyên viên chính"},
            [("note", 2, "kind", "Suy đối tượng từ ngạch: “Chuyên viên chính”.")],
        ),
        (
            {"position": "LÁI XE"},
            [("note", 2, "position", "Chức vụ “Lái xe” chưa có trong danh mục, sẽ được thêm.")],
        ),
        (
            {"position": "Giám đốc"},
            [
                (
                    "note",
                    2,
                    "position",
                    "Chức vụ “Giám đốc” chưa có trong danh mục, sẽ được thêm, tính là người đứng đầu đơn vị.",
                )
            ],
        ),
        (
            {"name": "Lê Văn An", "born": date(1980, 5, 2)},
            [("note", 2, "code", "Lê Văn An, mã 0012, trùng họ tên và ngày sinh: xem lại mã.")],
        ),
    ],
)
def test_what_is_read_otherwise_is_told(
    values: dict[str, Value], notes: list[tuple[str, int, str, str]]
) -> None:
    told = only(check(new(**values)).told)
    assert [one for one in told if one[0] == "note"] == notes
    assert [one[0] for one in told].count("change") == 1


def test_a_remark_on_many_rows_is_told_once() -> None:
    told = only(check(new(2, name="TRẦN BA"), new(3, name="LÊ BỐN")).told)
    assert (
        "note",
        2,
        "name",
        "Viết lại chữ hoa, chữ thường (2 dòng), ví dụ “TRẦN BA” thành “Trần Ba”.",
    ) in told


def test_a_code_without_its_zeros_is_understood() -> None:
    assert check(line(code=12)).told == [("note", 2, "code", "Mã mất số 0 ở đầu được hiểu lại: 12 là 0012.")]


def test_one_person_in_two_rows_and_two_heads_of_a_unit_are_refused() -> None:
    told = check(line(2), line(3)).told
    assert told == [("error", 3, "code", "Mã 0012 đã có ở dòng 2: một người không thể có hai dòng.")]
    heads = check(new(2, position="Trưởng phòng"), new(3, position="trưởng phòng")).told
    assert ("error", 3, "position", "Phòng Tổ chức cán bộ đã có người đứng đầu ở dòng 2 của tệp.") in heads


def test_a_unit_keeps_its_head_unless_the_file_moves_them() -> None:
    head = replace(AN, postings=(posting(11, position=2),))
    state = replace(STATE, people=(head,))
    refused = (
        "error",
        2,
        "position",
        "Phòng Tổ chức cán bộ đang có Lê Văn An đứng đầu; ghi việc thôi giữ chức vụ đó trước.",
    )
    assert refused in check(new(position="Trưởng phòng"), state=state).told
    both = check(new(position="Trưởng phòng"), line(3, unit="Văn phòng"), state=state)
    assert [one for one in both.told if one[0] == "error"] == []
    acting = replace(AN, postings=(posting(11, unit=3), posting(12, position=2, main=False)))
    assert refused in check(new(position="Trưởng phòng"), state=replace(STATE, people=(acting,))).told


def test_a_posting_ends_with_its_unit_and_begins_at_working_age() -> None:
    closing = replace(OFFICE, until=date(2027, 1, 1))
    checked = check(new(unit="Văn phòng"), state=replace(STATE, units=(ROOT, CADRES, closing)))
    assert checked.outcome.plan.placings == (Placing(2, "N2", 3, "Chuyên viên", until=date(2027, 1, 1)),)
    assert ("note", 2, "unit", "Văn phòng Sở kết thúc từ 01/01/2027; vị trí hết vào ngày đó.") in checked.told
    past = replace(STATE, on=OPENED, today=date(2035, 1, 1))
    assert only(check(new(born=date(2012, 1, 1)), state=past).told) == [
        ("error", 2, "born", "Ngày 01/07/2025 quá gần ngày sinh 01/01/2012. Kiểm tra lại năm.")
    ]


def test_a_code_that_belongs_to_somebody_else_is_refused() -> None:
    assert check(line(name="Hà Thu", born=date(1990, 1, 1))).told == [
        (
            "error",
            2,
            "code",
            "Mã 0012 đang là của Lê Văn An, sinh 02/05/1980; tệp ghi Hà Thu, sinh 01/01/1990. Xem lại mã.",
        )
    ]


def test_who_works_elsewhere_is_neither_changed_nor_named() -> None:
    outside = replace(AN, postings=(posting(11, unit=99),))
    assert check(line(name="Hà Thu"), state=replace(STATE, people=(outside,))).told == [
        (
            "error",
            2,
            "code",
            "Người mang mã 0012 đang công tác ngoài Sở Nội vụ; cần quyết định điều động, không đổi bằng tệp.",
        )
    ]
    gone = replace(AN, postings=())
    state = replace(STATE, people=(gone,))
    assert check(line(name="Hà Thu"), state=state).told == [
        ("error", 2, "code", "Mã 0012 đã cấp cho người khác tên. Xem lại mã.")
    ]
    assert check(line(), state=state).told == [
        ("change", 2, "", "Lê Văn An: Chuyên viên tại Phòng Tổ chức cán bộ từ 02/11/2026.")
    ]


def test_rows_without_a_code_are_asked_about() -> None:
    asked = check(line(code=None))
    assert [question.key for question in asked.outcome.questions] == ["code-missing"]
    assert only(asked.told) == [
        (
            "question",
            2,
            "code",
            "1 dòng không có mã nhân sự. Ghép với người đã có theo họ tên, ngày sinh?",
        )
    ]
    assert check(line(code=None), answers={"code-missing": "match"}).told == [
        ("note", 2, "code", "Ghép với Lê Văn An, mã 0012.")
    ]
    assert only(check(line(code=None), answers={"code-missing": "none"}).told) == [
        ("error", 2, "code", "Thiếu mã nhân sự.")
    ]
    assert only(check(line(code=None, name="Hà Thu"), answers={"code-missing": "match"}).told) == [
        ("error", 2, "code", "Thiếu mã, và không ai tên Hà Thu sinh ngày này. Ghi mã vào tệp.")
    ]
    twin = replace(AN, id=2, code="0013", postings=(posting(12),))
    state = replace(STATE, people=(AN, twin))
    assert only(check(line(code=None), state=state, answers={"code-missing": "match"}).told) == [
        ("error", 2, "code", "Có 2 người cùng họ tên và ngày sinh (0012, 0013). Ghi mã vào tệp.")
    ]


def test_an_unknown_unit_is_asked_about_with_the_nearest_names() -> None:
    asked = check(new(unit="Phòng Tổ chứ cán bộ"), new(3, unit="Phòng Tổ chứ cán bộ"))
    (question,) = asked.outcome.questions
    assert question.asks == "Không có đơn vị “Phòng Tổ chứ cán bộ”. Có phải một trong các đơn vị này?"
    assert [option.label for option in question.options] == ["Phòng Tổ chức cán bộ – Sở Nội vụ (SNV-TC)"]
    assert len([one for one in asked.told if one[0] == "question"]) == 1
    answered = check(new(unit="Phòng Tổ chứ cán bộ"), answers={question.key: "SNV-TC"})
    assert ADDED in answered.told


def test_a_name_that_several_units_have_is_asked_about_or_told_by_the_unit_above() -> None:
    twin = replace(CADRES, id=5, code="VP-TC", short_name="Phòng TC", parent_id=3)
    state = replace(STATE, units=(*STATE.units, twin))
    (question,) = check(new(), state=state).outcome.questions
    assert question.asks == "Có 2 đơn vị tên “Phòng Tổ chức cán bộ”. Là đơn vị nào?"
    assert [option.value for option in question.options] == ["SNV-TC", "VP-TC"]
    clear = check(new(unit="Phòng Tổ chức cán bộ - Văn phòng"), state=state)
    assert clear.outcome.plan.placings == (Placing(2, "N2", 5, "Chuyên viên"),)


def test_blank_units_below_a_filled_one_are_asked_about() -> None:
    lines = (new(2, unit="Văn phòng"), new(3, unit=None))
    (question,) = check(*lines).outcome.questions
    assert question.asks == "1 dòng để trống ô đơn vị. Lấy theo dòng ở trên?"
    above = check(*lines, answers={"unit-blank": "above"}).outcome.plan
    assert [placing.unit_id for placing in above.placings] == [3, 3]
    told = check(*lines, answers={"unit-blank": "none"}).told
    assert ("error", 3, "unit", "Thiếu đơn vị.") in told


def test_a_group_heading_names_the_unit_and_a_file_without_units_speaks_of_its_root() -> None:
    grouped = check(Line(2, new(unit=None).values, band="Văn phòng Sở"), without="unit")
    assert [placing.unit_id for placing in grouped.outcome.plan.placings] == [3]
    bare = check(new(2, unit=None), line(3, unit=None), without="unit").outcome.plan
    assert ([placing.unit_id for placing in bare.placings], bare.unchanged) == ([1], 1)


def test_old_fonts_are_shown_converted_and_asked_about() -> None:
    lines = (new(name="TrÇn ThÞ B×nh"),)
    asked = check(*lines)
    (question,) = asked.outcome.questions
    assert question.examples == (("TrÇn ThÞ B×nh", "Trần Thị Bình"),)
    assert [option.value for option in question.options] == ["convert", "keep"]
    assert (asked.outcome.plan.empty, [one[0] for one in asked.told]) == (True, ["question"])
    (person,) = check(*lines, answers={"legacy": "convert"}).outcome.plan.people
    assert person.name == "Trần Thị Bình"
    (kept,) = check(*lines, answers={"legacy": "keep"}).outcome.plan.people
    assert kept.name == "TrÇn ThÞ B×nh"
    assert check(*lines, answers={"legacy": "xyz"}).outcome.plan.empty
