"""Pages of indicators: what each person sees, what forms refuse, the same number of queries for any size."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.indicators.domain.periods import Period
from nep.indicators.models import Asking, Figure, FigureImport, Indicator
from nep.indicators.services.figures import Telling, put
from nep.org.models import UnitKind
from tests.factories.books import workbook
from tests.factories.province import TODAY, Province
from tests.indicators.conftest import AT

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the day of the small province."""
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


@pytest.fixture
def told(province: Province, online: Indicator, february: Period) -> dict[str, int]:
    """Both communes and a school told February, the department is silent."""
    rows = {"XA1": ("told", 45, 50), "TH1": ("told", 1, 10), "XA2": ("nothing", None, None), "SNV": None}
    tellings = []
    for code, figure in rows.items():
        state, part, whole = figure or ("missing", None, None)
        tellings.append(
            Telling(
                online.pk,
                province.units[code].pk,
                february,
                state,
                None if part is None else Decimal(part),
                None if whole is None else Decimal(whole),
                source=f"Sổ của {code}",
            )
        )
    put(tellings, by=None, at=AT)
    return {code: unit.pk for code, unit in province.units.items()}


def address(name: str, *args: object, **query: object) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(name, args=args)}?{asked}"


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()[:500]
    return response.content.decode()


def test_the_head_of_the_province_sees_sums_and_silence(signed_in: SignIn, told: dict[str, int]) -> None:
    page = text(
        signed_in("ubnd-head"),
        address("indicator", "dvctt-toan-trinh", **{"don-vi": told["UBND"], "ky": "2026-02"}),
    )
    assert "76,6 %" in page  # 46 of 60
    assert "2 trong 4 đơn vị có số liệu, 1 không phát sinh, 1 chưa báo cáo" in page
    assert page.count("Không phát sinh") >= 1


def test_who_works_in_a_unit_sees_its_own_figure_alone(signed_in: SignIn, told: dict[str, int]) -> None:
    staff = signed_in("xa1-staff")
    page = text(staff, address("indicator", "dvctt-toan-trinh", **{"don-vi": told["XA1"], "ky": "2026-02"}))
    assert "90 %" in page  # 45 of 50, without the school's 1 of 10
    assert "Đơn vị trực thuộc" not in page
    drawer = text(staff, reverse("indicator_figure", args=["dvctt-toan-trinh", told["XA1"], "2026-02"]))
    assert "chỉ số liệu riêng của đơn vị" in drawer
    assert "Sổ của TH1" not in drawer


@pytest.mark.parametrize("code", ["XA2", "UBND", "SNV"])
def test_figures_of_others_are_not_there(signed_in: SignIn, told: dict[str, int], code: str) -> None:
    staff = signed_in("xa1-staff")
    asked = {"don-vi": told[code], "ky": "2026-02"}
    assert staff.get(address("indicator", "dvctt-toan-trinh", **asked)).status_code == 404
    figure = reverse("indicator_figure", args=["dvctt-toan-trinh", told[code], "2026-02"])
    assert staff.get(figure).status_code == 404
    assert f"Sổ của {code}" not in text(staff, reverse("indicator_figures"))


def test_the_drawer_names_who_told_and_who_is_silent(signed_in: SignIn, told: dict[str, int]) -> None:
    page = text(
        signed_in("ubnd-officer"),
        reverse("indicator_figure", args=["dvctt-toan-trinh", told["UBND"], "2026-02"]),
    )
    assert all(words in page for words in ("Sổ của XA1", "Sổ của TH1", "45/50", "Chờ từ 02/03/2026"))
    assert "hồ sơ tiếp nhận trong kỳ" in page


@pytest.mark.parametrize("key", ["2026-13", "2026", "2027-01", "2019-01", "x"])
def test_periods_that_do_not_exist_are_not_found(signed_in: SignIn, told: dict[str, int], key: str) -> None:
    url = reverse("indicator_figure", args=["dvctt-toan-trinh", told["XA1"], key])
    assert signed_in("xa1-head").get(url).status_code == 404


def test_a_past_day_shows_what_was_known_then(signed_in: SignIn, told: dict[str, int]) -> None:
    asked = {"don-vi": told["UBND"], "ky": "2026-02", "ngay": "2026-03-01"}
    page = text(signed_in("ubnd-head"), address("indicator", "dvctt-toan-trinh", **asked))
    assert "Chưa đơn vị nào được yêu cầu báo cáo" in page
    assert "76,6" not in page


def test_lists_show_what_the_reader_may_see(signed_in: SignIn, told: dict[str, int]) -> None:
    assert "Tỷ lệ việc nộp đúng hạn" in text(signed_in("snv-staff"), reverse("indicators"))
    rows = text(signed_in("ubnd-head"), reverse("indicator_figures"))
    assert all(f"Sổ của {code}" in rows for code in ("XA1", "TH1"))
    assert "90 %" in text(signed_in("xa1-staff"), reverse("indicators"))


def form(**values: object) -> dict[str, object]:
    return values | {"once": str(uuid4())}


def test_a_figure_is_entered_and_taken_back(signed_in: SignIn, province: Province, online: Indicator) -> None:
    unit = province.units["XA1"].pk
    url, client = reverse("indicator_enter", args=[online.code, unit]), signed_in("xa1-focal")
    assert "Ghi số liệu" in text(client, url)
    sent = form(period="2026-02", numerator="45", denominator="50", source="Sổ một cửa")
    assert client.post(url, sent).status_code == 302
    assert Figure.objects.current().get().numerator == 45
    assert "Rút số liệu kỳ này" in text(client, f"{url}?ky=2026-02")
    back = reverse("indicator_take_back", args=[online.code, unit, "2026-02"])
    assert "Ghi lý do rút số liệu" in client.post(back, form()).content.decode()
    assert client.post(back, form(reason="Nhầm kỳ.")).status_code == 302
    assert Figure.objects.current().get().state == "missing"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"numerator": "51", "denominator": "50", "source": "Sổ"}, "không thể lớn hơn tổng số"),
        ({"numerator": "5", "source": "Sổ"}, "Ghi tổng số để tính tỷ lệ"),
        ({"numerator": "5", "denominator": "6"}, "Ghi số liệu lấy từ đâu"),
        ({"numerator": "nhiều", "denominator": "6", "source": "Sổ"}, "Nhập số, ví dụ"),
        ({"numerator": "5", "nothing": "on", "source": "Sổ"}, "Đã báo không phát sinh thì bỏ trống"),
    ],
)
def test_a_form_tells_what_is_wrong_and_keeps_what_was_typed(
    signed_in: SignIn, province: Province, online: Indicator, values: dict[str, str], says: str
) -> None:
    url = reverse("indicator_enter", args=[online.code, province.units["XA1"].pk])
    answer = signed_in("xa1-focal").post(url, form(period="2026-02", **values))
    page = answer.content.decode()
    assert (answer.status_code, says in page) == (200, True)
    assert f'value="{values["numerator"]}"' in page
    assert not Figure.objects.exists()


def test_asking_setting_and_replacing(signed_in: SignIn, province: Province, online: Indicator) -> None:
    client, root = signed_in("ubnd-officer"), province.units["UBND"].pk
    ask = reverse("indicator_ask", args=[online.code, root])
    assert client.post(ask, form(kinds=[UnitKind.COMMUNE], since="2026-02")).status_code == 302
    assert Asking.objects.get().kinds == ["commune"]
    end = reverse("indicator_ask_end", args=[online.code, root])
    assert "Thôi yêu cầu" in text(client, end)
    assert client.post(end, form()).status_code == 302
    assert Asking.objects.get().until is not None
    new = {
        "name": "Lượt tiếp dân",
        "owner": root,
        "definition": "Đếm trong sổ.",
        "kind": "count",
        "unit_of_count": "lượt",
        "numerator_words": "lượt tiếp",
        "direction": "up",
        "grain": "month",
        "lines": ["authority"],
        "source": "Quy chế",
    }
    lacking = client.post(reverse("indicator_new"), form(**{**new, "kind": "share"}))
    assert "Ghi tổng số đếm gì" in lacking.content.decode()
    assert client.post(reverse("indicator_new"), form(**new)).status_code == 302
    made = Indicator.objects.get(code="luot-tiep-dan")
    edit = reverse("indicator_edit", args=[made.code])
    assert client.post(edit, form(**{**new, "name": "Lượt tiếp công dân"})).status_code == 302
    assert Indicator.objects.get(code="luot-tiep-dan").name == "Lượt tiếp công dân"


def test_a_file_goes_from_upload_to_commit(signed_in: SignIn, province: Province, online: Indicator) -> None:
    client, root = signed_in("ubnd-officer"), province.units["UBND"].pk
    url = reverse("indicator_import", args=[online.code, root])
    book = SimpleUploadedFile(
        "thang-2.xlsx", workbook([["Mã đơn vị", "Số đạt được", "Tổng số"], ["XA1", 9, 10]])
    )
    answer = client.post(url, form(period="2026-02", source="Hệ thống", file=book))
    found = FigureImport.objects.get()
    assert answer.headers["Location"] == reverse("indicator_imported", args=[found.pk])
    assert "<b>1</b> đơn vị" in text(client, answer.headers["Location"])
    assert signed_in("xa1-head").get(answer.headers["Location"]).status_code == 404
    commit = reverse("indicator_import_commit", args=[found.pk])
    assert client.post(commit, form()).status_code == 302
    assert Figure.objects.current().get().numerator == 9
    template = reverse("indicator_template", args=[online.code, root, "2026-02"])
    assert client.get(template).headers["Content-Type"].endswith("spreadsheetml.sheet")


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["indicator", "indicator_figure", "indicator_figures", "indicators"])
def test_pages_ask_as_much_for_thirty_units_as_for_one(
    signed_in: SignIn, province: Province, online: Indicator, february: Period, name: str
) -> None:
    root, client = province.units["UBND"], signed_in("ubnd-head")
    urls = {
        "indicator": address("indicator", online.code, **{"don-vi": root.pk, "ky": "2026-02"}),
        "indicator_figure": reverse("indicator_figure", args=[online.code, root.pk, "2026-02"]),
        "indicator_figures": reverse("indicator_figures"),
        "indicators": reverse("indicators"),
    }

    def tell(code: str) -> Telling:
        return Telling(online.pk, province.units[code].pk, february, "told", Decimal(1), Decimal(2))

    put([tell("XA1")], by=None, at=AT)
    few = queries(client, urls[name])
    codes = [f"X{number}" for number in range(30)]
    for code in codes:
        province.open(code, f"Ủy ban nhân dân xã {code}", UnitKind.COMMUNE, parent="UBND")
    put([tell(code) for code in codes], by=None, at=AT)
    assert queries(client, urls[name]) == few
