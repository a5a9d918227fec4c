"""Bytes of a plain text or web page to text, in the encodings Vietnamese offices really use."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from nep.documents.domain.intake.model import Caution, Refused
from nep.kernel.legacy import signs_of

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAMPLE = 65536
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE)

# High bytes of UTF-16 units in Vietnamese: Latin, combining marks, the Vietnamese block, punctuation.
_UTF16_HIGH = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20))

_VOWELS_1258 = frozenset("aeiouyAEIOUYâăêôơưÂĂÊÔƠƯ".encode("cp1258"))
_MARKS_1258 = frozenset(b"\xcc\xd2\xde\xec\xf2")

_LEGACY_NEEDED = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text without its byte order mark, the codec that gave it, and what is doubtful about it."""

    text: str
    codec: str
    cautions: tuple[Caution, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a plain text exactly as it is written: nothing is translated, only the byte order mark left out.

    Raises: Refused("binary") for bytes that are no text, Refused("encoding") for text in an unknown encoding.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], codec), codec)
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return _checked(_strict(data, unmarked), unmarked)
    if b"\0" in data:
        raise Refused("binary")
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data)


def declared_charset(data: bytes) -> str | None:
    """Find the codec a web page declares in its first bytes, as far as it can be believed."""
    found = _META_CHARSET.search(data[:4096])
    if not found:
        return None
    label = found[1].decode("ascii").lower()
    # A page whose ASCII declaration could be read is not UTF-16, whatever it says; Latin-1 means cp1252.
    if label.startswith("utf-16"):
        return "utf-8"
    if label in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def decode_page(data: bytes) -> Decoded:
    """Decode a web page: byte order mark, valid UTF-8, the declared charset, else as a plain text."""
    codec = declared_charset(data)
    if codec in (None, "utf-8", "cp1252", "cp1258") or b"\0" in data or _is_utf8(data):
        return decode(data)
    try:
        return _checked(data.decode(codec), codec)
    except (UnicodeError, LookupError):
        return decode(data)


def legacy_caution(text: str) -> Caution | None:
    """Notice text typed for TCVN3 (ABC) or VNI fonts; never converted, for a guess would change words."""
    signs = signs_of(text[: _SAMPLE * 2])
    if signs.likely is None or max(signs.tcvn3, signs.vni) < _LEGACY_NEEDED:
        return None
    return Caution(
        "legacy-font",
        f"Chữ có vẻ gõ bằng bảng mã cũ {signs.likely}; "
        "hãy chuyển sang Unicode rồi gửi lại, nếu không sẽ đọc sai.",
    )


def controls_share(text: str) -> float:
    """Give the share of control characters in the text: a document has almost none, a program many."""
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) / len(sample) if sample else 0.0


def _checked(text: str, codec: str, *cautions: Caution) -> Decoded:
    # A NUL cannot be stored with the document and never stands in a real one.
    if "\0" in text or controls_share(text) > 0.005:
        raise Refused("binary")
    return Decoded(text, codec, cautions)


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        # Only the last character may be cut off, as in a file cut at a number of bytes.
        if error.start < len(data) - 4:
            raise Refused("encoding") from None
        return data[: error.start].decode(codec)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    if len(sample) % 2:
        sample = sample[:-1]
    pairs = len(sample) // 2
    orders = (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2]))
    for codec, high, low in orders:
        fitting = sum(byte in _UTF16_HIGH for byte in high)
        if fitting >= 0.95 * pairs and low.count(0) <= 0.05 * pairs and high.count(0) >= 0.2 * pairs:
            return codec
    return None


def _eight_bit(data: bytes) -> Decoded:
    """Decode bytes that are not UTF-8: damaged UTF-8, windows-1258, or a legacy font's bytes."""
    high = sum(byte >= 0x80 for byte in data)
    repaired = data.decode("utf-8", errors="replace")
    lost = repaired.count("\ufffd")
    if lost * 20 <= high or (lost <= 2 and high > 20):
        sentence = f"Mất {lost} chữ vì tệp bị lỗi mã UTF-8; chỗ mất hiện là \ufffd."
        return _checked(repaired, "utf-8", Caution("lost-letters", sentence))
    if _looks_1258(data):
        return _checked(data.decode("cp1258"), "cp1258")
    # cp1252 leaves five bytes undefined that legacy fonts use: they become the C1 character of that number.
    text = "".join(_CP1252[byte] for byte in data)
    legacy = legacy_caution(text)
    if legacy:
        return _checked(text, "cp1252", legacy)
    if controls_share(text) > 0.005:
        raise Refused("binary")
    if high > 0.3 * len(data) or not _mostly_words(text):
        raise Refused("binary" if high > 0.3 * len(data) else "encoding")
    doubt = Caution("encoding", "Không chắc bảng mã chữ của tệp; nếu chữ hiện sai, hãy lưu lại bằng UTF-8.")
    return _checked(text, "cp1252", doubt)


_CP1252 = [bytes((byte,)).decode("cp1252", errors="replace") for byte in range(256)]
for _byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D):
    _CP1252[_byte] = chr(_byte)


def _looks_1258(data: bytes) -> bool:
    """Tell whether tone marks of windows-1258 stand where they only can: after a vowel."""
    sample = data[:_SAMPLE]
    places = [at for at, byte in enumerate(sample) if byte in _MARKS_1258]
    after_vowel = sum(at > 0 and sample[at - 1] in _VOWELS_1258 for at in places)
    if not places or after_vowel < 0.97 * len(places):
        return False
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return False
    return legacy_caution(unicodedata.normalize("NFC", text)) is None


def _mostly_words(text: str) -> bool:
    sample = text[:_SAMPLE]
    return sum(char.isalpha() or char.isspace() for char in sample) >= 0.6 * len(sample)
