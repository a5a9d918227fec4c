"""Sign-in names, codes and devices."""

import re

import pytest

from nep.accounts.domain.codes import LETTERS, new_code, plain
from nep.accounts.domain.devices import device_in_words
from nep.accounts.domain.logins import login_for


@pytest.mark.parametrize(
    ("name", "taken", "login"),
    [
        ("Đặng Thị Hoài Thu", (), "thu.dth"),
        ("Đặng Thị Hoài Thu", ("thu.dth", "thu.dth2"), "thu.dth3"),
        ("Giàng A Sử", (), "su.ga"),
        ("Y", (), "y"),
        ("…", (), "nguoi"),
        ("K'Bríu Ê-đê", (), "de.kbe"),
    ],
)
def test_a_login_is_made_from_the_name(name: str, taken: tuple[str, ...], login: str) -> None:
    assert login_for(name, taken) == login


def test_codes_have_no_letter_that_is_taken_for_another() -> None:
    assert set("ILO01") & set(LETTERS) == set()
    assert re.fullmatch(rf"([{LETTERS}]{{4}}-){{3}}[{LETTERS}]{{4}}", new_code(4))


def test_a_code_is_read_however_it_is_typed() -> None:
    assert plain(" abcd efgh-JKMN ") == "ABCDEFGHJKMN"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Chrome trên điện thoại Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1", "Safari trên iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox trên máy tính Windows",
        ),
        ("curl/8.0", "Thiết bị không rõ"),
        ("", "Thiết bị không rõ"),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words
