"""Words of actors' names in plans, without diacritics: offices, abbreviations, kinds of units."""

from __future__ import annotations

import re

# Written short in plans.
_LONG = {
    "ubmttq": "uy ban mat tran to quoc",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "vh tt dl": "van hoa the thao du lich",
    "vhttdl": "van hoa the thao du lich",
    "ldld": "lien doan lao dong",
    "cdcs": "cong doan co so",
    "mttq": "mat tran to quoc",
    "gd dt": "giao duc dao tao",
    "gddt": "giao duc dao tao",
    "kh cn": "khoa hoc cong nghe",
    "khcn": "khoa hoc cong nghe",
    "nn mt": "nong nghiep moi truong",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "bhxh": "bao hiem xa hoi",
    "bql": "ban quan ly",
    "bcd": "ban chi dao",
}
_SHORT_WORDS = re.compile(rf"\b({'|'.join(_LONG)})\b")

_OFFICE = re.compile(
    r"^((?:cac )?)(?:dong chi |dc |ban lanh dao |lanh dao |tap the |nguoi dung dau |thu truong |pho "
    r"|thuong truc |giam doc |chu tich |bi thu |chanh (?=van phong|thanh tra)|truong (?=phong|ban)"
    r"|hieu truong |vien truong |chi cuc truong |cuc truong |tong bien tap |ban chap hanh "
    r"|ban thuong vu |cua )+(?=\w)"
)
_EACH = re.compile(r"^(?:(?:tat ca|toan bo|toan the|cac|moi|tung|nhung|mot so|\d+) )+")
_WITHIN = re.compile(r" (?:truc thuoc|thuoc|cua) ")
_ON_THE_GROUND = re.compile(r" (?:tren|trong|o) (?:toan )?(?:dia ban|tinh|thanh pho|quan|huyen)\b.*$")
_JOINING = frozenset({"va", "cac", "cua", "thuoc", "truc"})
_COUNCIL = ("uy", "ban", "nhan", "dan")
_LEVELS = frozenset({"xa", "phuong", "tinh", "thanh", "thi", "dac", "quan", "huyen"})

# One expression per kind; False marks names that fit today's kinds only roughly and ask for a look.
_GROUPS: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    (
        "school",
        True,
        re.compile(
            r"\btruong hoc\b|\bnha truong\b|\bco so giao duc\b|\bhieu truong\b|^truong$"
            r"|^truong (?:mam non|mau giao|tieu hoc|trung hoc|cong lap|pho thong|tren|thuoc)\b"
            r"|\b(?:mam non|tieu hoc|trung hoc co so|trung hoc pho thong)\b"
        ),
    ),
    ("commune", True, re.compile(r"\b(?:xa|phuong|thi tran|dac khu)\b")),
    ("commune", False, re.compile(r"\b(?:cap huyen|quan|huyen|dia phuong)\b")),
    ("union", True, re.compile(r"\bcong doan\b|\blien doan lao dong\b")),
    ("party", True, re.compile(r"\bchi bo\b|\bdang bo\b|\bdang uy\b|\bcap uy\b|\bto chuc dang\b|\bchi uy\b")),
    ("department", True, re.compile(r"\bso\b|\bban nganh\b|^nganh\b|\bco quan chuyen mon\b")),
    (
        "division",
        True,
        re.compile(
            r"^phong(?:$| (?:ban|chuyen mon|chuc nang|nghiep vu|khoa|don vi|to)\b)|^khoa phong\b"
            r"|^to chuyen mon\b|\bphong ban\b|\bphong chuyen mon\b"
        ),
    ),
    ("service", True, re.compile(r"\bdon vi su nghiep\b|^trung tam(?:$| y te\b)|^benh vien\b|^tram y te\b")),
)
_ANYBODY = re.compile(
    r"\bco quan\b|\bdon vi\b|^to chuc\b|^cap(?:$| (?:cac )?nganh\b)|^thu truong\b|^nguoi dung dau\b"
)
_PEOPLE = re.compile(r"\bcan bo\b|\bcong chuc\b|\bvien chuc\b|\bnguoi lao dong\b|^ca nhan\b|^tap the\b")
# Look-alikes once the diacritics are gone, and bodies that Nếp does not keep as units.
_OTHER_WORDS = re.compile(
    r"\bthi xa\b|\bthanh pho\b|\bquan (?:ly|tri|su|doi|chung)\b|\bxa hoi\b|\bco so\b(?! giao duc)"
    r"|\btru so\b|\bto chuc chinh tri\b|\bdoan the\b|\bchinh tri\b|\bmat tran to quoc\b"
)
_OLD_DISTRICTS = re.compile(r"\bthi xa\b|\bthanh pho\b")
_VAGUE = re.compile(r"\blien quan\b|\bkhac\b")
# A name that has further words is the name of one body; unknown here, it must not bind its whole kind.
_GENERAL_WORDS = frozenset(
    {
        "so",
        "ban",
        "nganh",
        "phong",
        "xa",
        "phuong",
        "thi",
        "tran",
        "dac",
        "khu",
        "quan",
        "huyen",
        "thanh",
        "pho",
        "tinh",
        "cap",
        "co",
        "cong",
        "doan",
        "lien",
        "lao",
        "dong",
        "to",
        "chuc",
        "truong",
        "hoc",
        "nha",
        "mam",
        "non",
        "mau",
        "giao",
        "tieu",
        "trung",
        "chi",
        "bo",
        "dang",
        "uy",
        "don",
        "vi",
        "su",
        "nghiep",
        "lap",
        "chuyen",
        "mon",
        "nang",
        "vu",
        "khoa",
        "truc",
        "thuoc",
        "dia",
        "khac",
        "the",
        "khoi",
        "toan",
        "nguoi",
        "thu",
        "dung",
        "dau",
        "can",
        "vien",
        "ca",
        "nhan",
        "tap",
        "hieu",
        "tam",
        "benh",
        "tram",
        "duc",
        "va",
        "minh",
    }
)
_ORGANISED_IN = re.compile(
    r"^((?:to )?cong doan|lien doan lao dong|chi bo|dang bo|dang uy|cap uy) (?:co so )?(?=cac |trong |tai )"
)
_OWN_GENERAL = re.compile(r"\bdon vi su nghiep\b|\bco quan chuyen mon\b")


def _long(folded: str) -> str:
    return _SHORT_WORDS.sub(lambda match: _LONG[match[1]], folded)


def bare_name(folded: str) -> str:
    """A folded name spelt out, without the office of its head: "giam doc so noi vu" is "so noi vu".

    >>> bare_name("chu tich ubnd cac xa phuong")
    'uy ban nhan dan cac xa phuong'
    """
    return _OFFICE.sub(r"\1", _long(folded))


def name_key(folded: str) -> tuple[str, ...]:
    """The words by which names are compared: no joining words, no council before the place it governs.

    >>> name_key("uy ban nhan dan phuong le loi") == name_key("phuong le loi")
    True
    """
    words = tuple(word for word in _long(folded).split() if word not in _JOINING)
    if words[:4] == _COUNCIL and words[4:] and words[4] in _LEVELS:
        return words[4:]
    return words


def split_within(bare: str) -> tuple[str, str]:
    """The kind of units and the unit to which they belong, if one is named: ("cac phong ban", "so y te")."""
    match = _WITHIN.search(bare)
    return (bare[: match.start()], bare[match.end() :]) if match else (bare, "")


def names_one_body(bare: str) -> bool:
    """Whether a name has words of its own beside those of kinds: "so tai chinh", not "so ban nganh"."""
    return not _GENERAL_WORDS.issuperset(bare.split())


def groups_named(bare: str) -> tuple[tuple[str, bool], ...]:
    """The kinds of units that a name lists, each with whether that is certain; "all" takes in every kind.

    >>> groups_named("cac so ban nganh uy ban nhan dan cac xa phuong")
    (('commune', True), ('department', True))
    """
    on_the_ground = _ON_THE_GROUND.sub("", bare)
    if organised := _ORGANISED_IN.match(_EACH.sub("", on_the_ground)):
        on_the_ground = f"cac {organised[1]}"
    listed = bool(_EACH.search(on_the_ground)) or " cac " in on_the_ground
    name = _EACH.sub("", on_the_ground).removeprefix("uy ban nhan dan ").removeprefix("cac ")
    words = " ".join(_OTHER_WORDS.sub(" ", name).split())
    if not listed and names_one_body(words):
        return ()
    found = _kinds_in(words, listed=listed and not _VAGUE.search(words))
    general = _ANYBODY.search(_OWN_GENERAL.sub("", words))
    if general:
        return (("all", (not found or general.start() == 0) and not _VAGUE.search(words)),)
    if not found and _OLD_DISTRICTS.search(name):
        return (("commune", False),)
    if not found and _PEOPLE.search(words):
        return (("all", False),)
    return tuple(found.items())


def _kinds_in(words: str, *, listed: bool) -> dict[str, bool]:
    """The kinds named; "các …" is certain, a name without it only when it begins with its kind."""
    found: dict[str, bool] = {}
    for group, certain, expression in _GROUPS:
        match = expression.search(words)
        if match and group not in found:
            found[group] = certain and (listed or match.start() == 0)
    if "department" in found:
        found.pop("division", None)
    return found
