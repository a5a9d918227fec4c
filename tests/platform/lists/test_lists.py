"""Lists: pages that stay stable, filters, orders, what is read and what is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.org.models import Person
from nep.org.services.people import post_person, register_person
from nep.platform.lists import listing as module
from tests.factories.province import AT, OPENED, Province

pytestmark = pytest.mark.django_db

SignIn = Callable[[str], Client]
HEAD = "snv-head"  # sees the department: three people of the small province


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of four rows, so that a few people fill several."""
    monkeypatch.setattr(module, "PAGE", 4)


def staff(province: Province, *names: str, unit: str = "SNV") -> list[Person]:
    """People without accounts, posted in a unit."""
    post = province.person("snv-staff").postings.get().position
    made = []
    for name in names:
        person = register_person(f"NV-{name}", name, actor=None, at=AT)
        post_person(person, actor=None, unit=province.units[unit], position=post, on=OPENED, at=AT)
        made.append(person)
    return made


def opened(client: Client, query: str = "") -> Any:
    """The list of people as its page holds it."""
    return client.get(f"{reverse('people')}{query}").context["people"]


def names(client: Client, query: str = "") -> list[str]:
    return [person.name for person in opened(client, query).rows]


@pytest.fixture
def ten(province: Province) -> Province:
    """Ten people in the department, by given name An … Khoa."""
    Person.objects.filter(staff_code__startswith="NV-snv").update(sort_key="zzz")
    staff(province, "Bùi An", "Cao Bình", "Đỗ Châu", "Hồ Dung", "Lê Giang", "Lý Hà", "Mai Khoa")
    return province


def test_pages_follow_one_another_and_lead_back(ten: Province, signed_in: SignIn) -> None:
    client = signed_in(HEAD)
    first = opened(client)
    second = opened(client, first.after)
    third = opened(client, second.after)
    assert [person.name for person in first.rows] == ["Bùi An", "Cao Bình", "Đỗ Châu", "Hồ Dung"]
    assert [person.name for person in second.rows][:3] == ["Lê Giang", "Lý Hà", "Mai Khoa"]
    assert (len(third.rows), third.after, first.before) == (2, "", "")
    assert names(client, third.before) == [person.name for person in second.rows]
    assert names(client, second.before) == [person.name for person in first.rows]


def test_rows_that_come_and_go_neither_repeat_nor_hide_others(ten: Province, signed_in: SignIn) -> None:
    client = signed_in(HEAD)
    first = opened(client)
    staff(ten, "Âu An")
    Person.objects.filter(name="Hồ Dung").update(sort_key="zzzz")  # the last row shown has moved away
    assert names(client, first.after)[:3] == ["Lê Giang", "Lý Hà", "Mai Khoa"]


@pytest.mark.usefixtures("with_days")
def test_both_directions_and_an_order_with_empty_values(ten: Province, signed_in: SignIn) -> None:
    client = signed_in(HEAD)
    Person.objects.filter(name__in=["Lý Hà", "Cao Bình"]).update(born_on="1990-02-01")
    Person.objects.filter(name="Bùi An").update(born_on="1980-01-01")
    assert names(client, "?sap=-ten")[-1:] == ["Lý Hà"] or len(names(client, "?sap=-ten")) == 4
    for order, head in (
        ("sinh", ["Bùi An", "Cao Bình", "Lý Hà"]),
        ("-sinh", ["Lý Hà", "Cao Bình", "Bùi An"]),
    ):
        seen: list[str] = []
        page = opened(client, f"?sap={order}")
        while True:
            seen += [person.name for person in page.rows]
            if not page.after:
                break
            page = opened(client, page.after)
        assert (seen[:3], len(seen), len(set(seen))) == (head, 10, 10)
        assert names(client, page.before) == seen[4:8]


def test_a_place_that_was_changed_or_belongs_elsewhere_opens_the_first_page(
    ten: Province, signed_in: SignIn
) -> None:
    client = signed_in(HEAD)
    first = opened(client)
    place = parse_qs(urlsplit(first.after).query)["sau"][0]
    for query in (f"?sau=x{place}", f"?truoc={place[:-2]}", "?sau=1", f"?sap=-ten&sau={place}"):
        page = opened(client, query)
        told = [notice.words for notice in page.notices]
        assert told == ["Không tìm thấy trang này của danh sách nữa; đây là trang đầu."], query
        assert page.before == ""
    assert names(client, "?sau=1") == [person.name for person in first.rows]


def test_a_filter_narrows_and_its_chip_takes_it_off(ten: Province, signed_in: SignIn) -> None:
    client = signed_in("ubnd-officer")
    unit = ten.units["XA1"]
    page = opened(client, f"?don-vi={unit.pk}&tim=kien&sap=-ten")
    assert [person.name for person in page.rows] == ["Nông Đức Kiên"]
    assert [chip.words for chip in page.chips] == ["Tìm “kien”", f"Đơn vị: {unit.name}"]
    without = parse_qs(urlsplit(page.chips[1].without).query)
    assert without == {"tim": ["kien"], "sap": ["-ten"]}


def test_the_bar_keeps_what_is_asked(ten: Province, signed_in: SignIn) -> None:
    page = (
        signed_in("ubnd-officer")
        .get(f"{reverse('people')}?tim=kien&sap=-ten&kieu=cong_chuc")
        .content.decode()
    )
    assert page.count('name="tim" value="kien"') == 1
    for chosen in ("-ten", "cong_chuc"):
        assert page.count(f'<option value="{chosen}" selected>') == 1


def test_a_unit_is_found_by_typing_its_name(province: Province, signed_in: SignIn) -> None:
    client = signed_in("ubnd-officer")
    assert [chip.words for chip in opened(client, "?don-vi=so+noi+vu").chips] == ["Đơn vị: Sở Nội vụ"]
    several = opened(client, "?don-vi=muong+khe")
    assert (several.chips, len(several.notices[0].instead)) == ([], 3)
    assert several.notices[0].words == "Nhiều mục khớp “muong khe”. Chọn một:"
    assert [chip.words for chip in opened(client, several.notices[0].instead[0].value).chips] == [
        f"Đơn vị: {several.notices[0].instead[0].label}"
    ]


def test_yes_and_no_are_two_halves(ten: Province, signed_in: SignIn) -> None:
    client = signed_in(HEAD)
    halves = [opened(client, f"?tai-khoan={value}&dem=co").counted for value in ("co", "khong")]
    assert halves == [3, 7]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?kieu=la", "Không có lựa chọn này cho “Đối tượng”; danh sách chưa lọc theo mục đó."),
        ("?don-vi=khong-co-dau", "Không thấy “khong-co-dau” trong mục “Đơn vị”; chưa lọc theo mục đó."),
        ("?sap=mau-toc", "Danh sách này không xếp theo mục đó được."),
    ],
)
def test_what_makes_no_sense_is_left_out_and_told(
    province: Province, signed_in: SignIn, query: str, told: str
) -> None:
    client = signed_in(HEAD)
    page = opened(client, query)
    assert [notice.words for notice in page.notices] == [told]
    assert [person.pk for person in page.rows] == [person.pk for person in opened(client).rows]


def test_no_more_rows_are_read_than_shown_and_no_more_queries_asked(ten: Province, signed_in: SignIn) -> None:
    client = signed_in(HEAD)

    def asked(query: str = "") -> tuple[int, list[str]]:
        client.get(reverse("people") + query)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("people") + query)
        return len(captured), [row["sql"] for row in captured if 'FROM "org_person"' in row["sql"]]

    few, _ = asked("?tim=khoa")
    staff(ten, *(f"Vũ Thị {chr(65 + number)}" for number in range(26)))
    many, read = asked()
    assert (many, len(read), read[0].endswith("LIMIT 5"), "COUNT(" in read[0]) == (few, 1, True, False)
    assert many <= 15


def test_all_are_counted_only_when_asked(ten: Province, signed_in: SignIn) -> None:
    client = signed_in(HEAD)
    page = client.get(reverse("people")).content.decode()
    assert ("Đếm tất cả" in page, "10 người" in page) == (True, False)
    assert opened(client).counted is None
    assert opened(client, "?dem=co").counted == 10
    assert "10 người" in client.get(reverse("people") + "?dem=co").content.decode()


def test_words_from_rows_stay_words(province: Province, signed_in: SignIn) -> None:
    staff(province, '<b onclick="x">Hà</b>')
    page = signed_in(HEAD).get(reverse("people")).content.decode()
    assert ("<b onclick" in page, "&lt;b onclick=&quot;x&quot;&gt;Hà&lt;/b&gt;" in page) == (False, True)


def test_another_unit_s_people_are_in_no_page_of_the_list(ten: Province, signed_in: SignIn) -> None:
    staff(ten, "Xa Lạ", unit="XA1")
    client, seen, query = signed_in(HEAD), [], ""
    while True:
        page = opened(client, query)
        seen += [person.name for person in page.rows]
        if not (query := page.after):
            break
    assert ("Xa Lạ" in seen, len(seen)) == (False, 10)
