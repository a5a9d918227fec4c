"""What a document has to do with another one that it names."""

from __future__ import annotations

import re
import unicodedata

CARRIES_OUT, AMENDS, REPLACES, CITES = "carries_out", "amends", "replaces", "cites"
RELATIONS = ((CARRIES_OUT, "Thực hiện văn bản này"), (AMENDS, "Sửa đổi, bổ sung văn bản này"),
             (REPLACES, "Thay thế văn bản này"), (CITES, "Căn cứ, viện dẫn"))  # fmt: skip

_SENTENCE_START = re.compile(r"[.;!?]\s+|\n\s*\n|\n\s*(?=[-+•*]|\d{1,2}[.)]|[a-zđ][.)]|[IVX]+\.)")
_REPLACES = re.compile(r"(?:thay thế|bãi bỏ)(?: cho)?(?: các)?\s*$")
_AMENDS = re.compile(r"(?:sửa đổi|bổ sung|điều chỉnh)(?: một số (?:điều|nội dung))?(?: của| tại)?\s*$")
_CARRIES = re.compile(r"(?:thực hiện|triển khai|thi hành|hưởng ứng|cụ thể hóa|tổ chức phong trào)(?=\W)")
_LAW = re.compile(r"/qh\d+|^(?:bộ )?luật|^hiến pháp|^pháp lệnh", re.IGNORECASE)
_LOOKED_BACK = 400


def relation_of(text: str, start: int, number: str | None, name: str | None) -> str:
    """How the document relates to one named at `start`: by the words before it in its sentence.

    A law is never carried out by a plan but cited; what is founded on ("căn cứ") is cited.
    """
    before = text[max(0, start - _LOOKED_BACK) : start]
    sentence = _SENTENCE_START.split(before)[-1].casefold()
    if _REPLACES.search(sentence):
        return REPLACES
    if _AMENDS.search(sentence):
        return AMENDS
    is_law = _LAW.search(number or "") or _LAW.search(name or "")
    if is_law or "căn cứ" in sentence or "theo quy định" in sentence:
        return CITES
    return CARRIES_OUT if _CARRIES.search(sentence) else CITES


def number_key(number: str) -> str:
    """A document number as it is compared: capitals, no blanks, one spelling of đ and dashes.

    >>> number_key("13/kh-ubnd") == number_key("13 / KH–UBND")
    True
    """
    plain = unicodedata.normalize("NFC", number).upper()
    return re.sub(r"\s+", "", plain.replace("–", "-").replace("—", "-"))
