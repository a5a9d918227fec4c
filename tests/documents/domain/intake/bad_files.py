"""Files that must be refused, each made here, with the code of the refusal."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.documents.domain.intake.makers import (
    W,
    document_xml,
    docx,
    docx_of_lines,
    paragraph,
    pdf,
    pdf_file,
    pdf_locked,
    pdf_objects,
    pdf_of_lines,
    pdf_scan,
    stream,
    word_parts,
    zipped,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def _ole(stream_name: str) -> bytes:
    return _OLE + stream_name.encode("utf-16-le").ljust(1024, b"\0")


def _word_with(**parts: bytes) -> bytes:
    """A Word file with some parts replaced or added; names are given with `__` for `/` and `_x` for `.x`."""
    made = word_parts(paragraph("Chữ"))
    made.update({name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()})
    return zipped(made)


def _inflating(size: int) -> bytes:
    """A main part that inflates to about `size` bytes of blanks within the limits of libxml2."""
    block = b"<w:p><w:r><w:t>" + b" " * 1_000_000 + b"</w:t></w:r></w:p>"
    head, tail = document_xml("").encode().split(b"<w:body>")
    return head + b"<w:body>" + block * (size // len(block)) + tail


def bomb_by_ratio() -> bytes:
    """One part that claims, and is, a thousand times its packed size."""
    return _word_with(word__document_xml=_inflating(120_000_000))


def bomb_lying_about_sizes() -> bytes:
    """The same bomb claiming to be small, in both of the places where a zip says so."""
    data = bomb_by_ratio()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return data.replace(struct.pack("<I", size), struct.pack("<I", 900_000))


def bomb_of_moderate_ratio() -> bytes:
    """A part that stays under the ratio and still inflates beyond the budget."""
    noise = random.Random(5)
    runs = [b'<w:r w:rsidR="%06d"/>' % noise.randrange(10**6) for _ in range(60_000)]
    block = b"<w:p>" + b"".join(runs) + b"</w:p>"
    head, tail = document_xml("").encode().split(b"<w:body>")
    return _word_with(word__document_xml=head + b"<w:body>" + block * (45_000_000 // len(block)) + tail)


def bomb_in_the_styles() -> bytes:
    """A bomb in a part beside the document."""
    return _word_with(word__styles_xml=b"<w:styles xmlns:w='" + W.encode() + b"'>" + b" " * 90_000_000)


def bomb_of_members() -> bytes:
    """Fifty thousand empty members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(50_000):
            archive.writestr(f"word/media/{number}.png", b"")
    return file.getvalue()


def bomb_of_overlaps() -> bytes:
    """Many directory entries that all point to the same packed bytes."""
    packed = zlib.compress(b"\0" * 900_000, 9)[2:-4]
    check = zlib.crc32(b"\0" * 900_000)
    local = (
        b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, check, len(packed), 900_000, 1, 0) + b"0"
    )
    directory = b"".join(
        b"PK\x01\x02"
        + struct.pack(
            "<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 0, check, len(packed), 900_000, 3, 0, 0, 0, 0, 0, 0
        )
        + b"%03d" % number
        for number in range(500)
    )
    start = len(local) + len(packed)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 500, 500, len(directory), start, 0)
    return local + packed + directory + end


def bomb_claiming_terabytes() -> bytes:
    """Members that claim far more than any file of 40 MB can hold."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(300):
            archive.writestr(f"{number}", bytes(3_000_000))
    return file.getvalue()


def _entities(declared: str, used: str) -> bytes:
    body = paragraph("Chữ").replace("Chữ", used)
    return _word_with(word__document_xml=document_xml(body, f"<!DOCTYPE x [{declared}]>").encode())


def laughs() -> bytes:
    """The bomb of a billion laughs."""
    laugh = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return _entities('<!ENTITY l0 "ha">' + laugh, "&l9;")


def quadratic_entities() -> bytes:
    """One long entity used very often."""
    return _entities(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 10_000)


def external_entity() -> bytes:
    """An entity that would read a file of the machine."""
    return _entities('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")


def deep_xml() -> bytes:
    """Word XML nested ten thousand deep."""
    return docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000)


def nested_tables() -> bytes:
    """Tables in tables as deep as the parser lets through, deeper than any person reads."""
    return docx("<w:tbl><w:tr><w:tc>" * 600 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 600)


def forms_in_forms_pdf() -> bytes:
    """A page that draws the same form over and over, nested: sixteen to the eighth times."""
    objects = pdf_objects([[]])
    objects[5] = objects[5].replace(b"/Font << /F1 3 0 R >>", b"/XObject << /X 8 0 R >>")
    objects[6] = stream(b"/X Do " * 16)
    for level in range(8):
        resources = f"/Resources << /XObject << /X {9 + level} 0 R >> >>"
        objects.append(stream(b"/X Do " * 16, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"))
    text = stream(b"BT (x) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf_file([*objects, text])


def pages_of_letters_pdf() -> bytes:
    """Six hundred pages that all draw the same half a million letters."""
    objects = pdf_objects([[(60, 700, "a")]] + [[]] * 599)
    letters = b"BT /F1 1 Tf 9 9 Td " + b"<" + b"0001" * 2000 + b"> Tj ET "
    objects[6] = stream(zlib.compress(letters * 250), "/Filter /FlateDecode")
    return pdf_file([one.replace(b"/Contents ", b"/Contents 7 0 R /X ") for one in objects])


def inflating_pdf() -> bytes:
    """A page whose contents inflate a thousand times, twice."""
    press = zlib.compressobj(9)
    once = b"".join(press.compress(b"BT (x) Tj ET " * 400_000) for _ in range(100)) + press.flush()
    objects = pdf_objects([[]])
    objects[6] = stream(zlib.compress(once, 9), "/Filter [/FlateDecode /FlateDecode]")
    return pdf_file(objects)


def garbled_pdf() -> bytes:
    """A PDF whose letters map to private characters only."""
    return pdf([[(60, 700, "".join(chr(0xE000 + number) for number in range(40)))]])


def picture_docx() -> bytes:
    """A Word file that holds only the picture of a page."""
    return _word_with(
        word__document_xml=document_xml("<w:p/>").encode(), **{"word__media__a.png": b"x" * 5000}
    )


def _with_entry(name: str, data: bytes) -> bytes:
    return zipped({name: data})


def locked_zip() -> bytes:
    """A Word file in a zip whose members ask for a password."""
    data = bytearray(docx_of_lines("Chữ"))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


_NOISE = random.Random(1).randbytes(20_000)

BAD_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.docx": ("empty", lambda: b""),
    "blank.txt": ("blank", " \r\n\t\u00a0 \n".encode),
    "blank-utf16.txt": ("blank", lambda: " \r\n".encode("utf-16")),
    "only-a-mark.txt": ("blank", lambda: b"\xef\xbb\xbf"),
    "blank.docx": ("blank", lambda: docx_of_lines(" ")),
    "blank.html": ("blank", lambda: b"<html><body><script>x</script>"),
    "scan.pdf": ("scan", pdf_scan),
    "picture.docx": ("scan", picture_docx),
    "locked.pdf": ("encrypted", lambda: pdf_locked([(60, 700, "Kín")])),
    "locked.docx": ("encrypted", lambda: _ole("EncryptedPackage")),
    "locked-zip.docx": ("encrypted", locked_zip),
    "old.doc": ("old-word", lambda: _ole("WordDocument")),
    "renamed-old.docx": ("old-word", lambda: _ole("WordDocument")),
    "old.xls": ("spreadsheet", lambda: _ole("Workbook")),
    "old.ppt": ("presentation", lambda: _ole("PowerPoint Document")),
    "table.xlsx": ("spreadsheet", lambda: zipped(word_parts("", kind=_SHEET))),
    "slides.docx": ("presentation", lambda: zipped(word_parts("", kind=_SLIDES))),
    "text.odt": ("odt", lambda: _with_entry("mimetype", b"application/vnd.oasis.opendocument.text")),
    "renamed-zip.docx": ("archive", lambda: _with_entry("a.docx", docx_of_lines("Chữ"))),
    "empty-zip.docx": ("archive", lambda: zipped({})),
    "gzip.pdf": ("archive", lambda: b"\x1f\x8b\x08" + _NOISE),
    "program.docx": ("executable", lambda: b"MZ\x90\0\x03\0\0\0" + _NOISE),
    "program.txt": ("executable", lambda: b"\x7fELF\x02\x01" + _NOISE),
    "photo.docx": ("image", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + _NOISE),
    "photo.txt": ("image", lambda: b"\x89PNG\r\n\x1a\n" + _NOISE),
    "photo.webp": ("image", lambda: b"RIFF\x10\x20\0\0WEBPVP8 " + _NOISE),
    "song.txt": ("media", lambda: b"RIFF\x10\x20\0\0WAVEfmt " + _NOISE),
    "noise.txt": ("binary", lambda: _NOISE),
    "letters-and-nul.txt": ("binary", lambda: b"ch\0u" * 100),
    "text.rtf": ("rtf", lambda: b"{\\rtf1 Xin}"),
    "renamed-rtf.doc": ("rtf", lambda: b"{\\rtf1 Xin}"),
    "flat.xml": ("xml", lambda: b'<?xml version="1.0"?><w:wordDocument/>'),
    "drawing.svg": ("xml", lambda: b'<svg xmlns="x"><text>a</text></svg>'),
    "page.mht": (
        "mhtml",
        lambda: b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n',
    ),
    "cut.docx": ("truncated", lambda: docx_of_lines("Chữ")[:-60]),
    "half.docx": ("truncated", lambda: docx_of_lines("Chữ " * 900)[:500]),
    "cut.pdf": ("truncated", lambda: pdf_of_lines("Chữ\n" * 99)[:-40]),
    "half.pdf": ("truncated", lambda: pdf_of_lines("Chữ\n" * 99)[:900]),
    "head-only.pdf": ("truncated", lambda: b"%PDF-1.7"),
    "hollow.pdf": ("damaged", lambda: b"%PDF-1.7\n%%EOF"),
    "broken-xml.docx": ("damaged", lambda: _word_with(word__document_xml=b"<w:document><w:body>")),
    "no-document.docx": ("damaged", lambda: zipped({"[Content_Types].xml": b"<Types/>"})),
    "ratio.docx": ("zip-bomb", bomb_by_ratio),
    "moderate.docx": ("zip-bomb", bomb_of_moderate_ratio),
    "styles.docx": ("zip-bomb", bomb_in_the_styles),
    "members.docx": ("zip-bomb", bomb_of_members),
    "overlaps.docx": ("zip-bomb", bomb_of_overlaps),
    "terabytes.docx": ("zip-bomb", bomb_claiming_terabytes),
    "lying.docx": ("damaged", bomb_lying_about_sizes),
    "laughs.docx": ("entities", laughs),
    "quadratic.docx": ("entities", quadratic_entities),
    "external.docx": ("entities", external_entity),
    "laughs.html": ("entities", lambda: b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><p>&a;</p>'),
    "laughs.txt": (
        "entities",
        lambda: b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;</p>',
    ),
    "deep.docx": ("nested", deep_xml),
    "tables.docx": ("nested", nested_tables),
    "deep.html": ("nested", lambda: b"<html>" + b"<div>" * 200_000),
    "pages.pdf": ("too-many-pages", lambda: pdf([[(60, 700, "a")]] * 3000)),
    "long.txt": ("too-long", lambda: "Chữ ".encode() * 2_000_000),
    "longer.txt": ("too-long", lambda: b"Chu " * 500_001),
    "long.html": ("too-long", lambda: b"<html><p>" + b"Chu " * 500_001),
    "long.docx": ("too-long", lambda: docx((paragraph("Chữ nghĩa " * 90)) * 2300)),
    "garbled.pdf": ("garbled", garbled_pdf),
    "big.txt": ("too-big", lambda: b"a" * 40_000_001),
}
