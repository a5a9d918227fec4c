"""Text of before Unicode is noticed and converted exactly."""

import pytest

from nep.kernel.legacy import Legacy, legacy_of, signs_of, to_unicode

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ"
VNI = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
)


def test_every_letter_is_converted() -> None:
    assert to_unicode(" ".join(TCVN3), Legacy.TCVN3) == " ".join(LETTERS)
    assert to_unicode(VNI, Legacy.VNI) == " ".join(LETTERS)
    assert to_unicode(VNI.upper(), Legacy.VNI) == " ".join(LETTERS.upper())


@pytest.mark.parametrize(
    ("legacy", "typed", "meant"),
    [
        (Legacy.TCVN3, "NguyÔn ThÞ Hång H¹nh", "Nguyễn Thị Hồng Hạnh"),
        (Legacy.TCVN3, "TRÇN §øC M¹NH", "TRẦN ĐỨC MẠNH"),
        (Legacy.TCVN3, "Uû ban nh©n d©n x· M­êng Khe", "Uỷ ban nhân dân xã Mường Khe"),
        (Legacy.VNI, "Nguyeãn Thò Hoàng Haïnh", "Nguyễn Thị Hồng Hạnh"),
        (Legacy.VNI, "TRAÀN ÑÖÙC MAÏNH", "TRẦN ĐỨC MẠNH"),
    ],
)
def test_names_are_noticed_and_converted(legacy: Legacy, typed: str, meant: str) -> None:
    assert signs_of(typed).likely == legacy
    assert to_unicode(typed, legacy) == meant


@pytest.mark.parametrize("text", ["Nguyễn Thị Hồng Hạnh", "Sở Nội vụ", "Ủy ban nhân dân xã", "An", ""])
def test_unicode_is_left_alone(text: str) -> None:
    assert signs_of(text).likely is None


def test_a_table_is_of_one_encoding_only_when_enough_of_it_speaks_for_it() -> None:
    people = ["Nguyễn Văn Đức", "Trần Thị Hạnh"] * 10
    assert legacy_of([*people, "NguyÔn V¨n §øc"]) is None
    assert legacy_of([*people, *["NguyÔn V¨n §øc"] * 3]) is Legacy.TCVN3
    assert legacy_of(["Le Van An", "1980"]) is None
