"""What an address asks for, whatever somebody typed there."""

from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from nep.platform.requests.asked import asks_for_part, numbers, page_number


def test_only_numbers_of_rows_are_taken() -> None:
    assert numbers(["7", "", "-1", "x", "²", "1" * 19, "0012"]) == [7, 12]


def test_anything_that_is_no_page_is_the_first() -> None:
    asked = ["", "2", "0", "-3", "x", "²", "1234567"]
    assert [page_number(value) for value in asked] == [1, 2, 1, 1, 1, 1, 123456]


def test_a_script_asks_for_a_part() -> None:
    page, part = RequestFactory().get("/"), RequestFactory().get("/", headers={"HX-Request": "true"})
    part.htmx = HtmxDetails(part)
    assert (asks_for_part(page), asks_for_part(part)) == (False, True)
