"""Makes the files the intake is tested with, good and bad; none comes from anywhere else."""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# Word files


def paragraph(text: str, properties: str = "") -> str:
    """One Word paragraph of one run."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{inside}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Iterable[Iterable[str]]) -> str:
    """A Word table; each cell is given as its paragraphs' XML."""
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def document_xml(body: str, before: str = "") -> str:
    """The main part of a Word file around a body; `before` stands between declaration and root."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def word_parts(body: str, *, kind: str = f"{_WORD}.document.main+xml", **parts: str) -> dict[str, bytes]:
    """All parts of a Word file; `parts` are numbering, styles, footnotes as the XML inside their root."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>' for name in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    made = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": document_xml(body),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
    }
    for name, inside in parts.items():
        made[f"word/{name}.xml"] = f'<w:{roots[name]} xmlns:w="{W}">{inside}</w:{roots[name]}>'
    return {name: text.encode() for name, text in made.items()}


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file around a body."""
    return zipped(word_parts(body, **parts))


def docx_of_lines(text: str) -> bytes:
    """A Word file with one paragraph for each line of a text."""
    return docx("".join(paragraph(line) for line in text.split("\n")))


# PDF files

Line = tuple[float, float, str]
"""Left edge and base line in points, and the text."""


def pdf_objects(pages: Sequence[Sequence[Line]], *, size: float = 10, extra: str = "") -> list[bytes]:
    """The objects of a PDF, the catalogue first; its font knows every letter used, half as wide as high."""
    letters = sorted({char for page in pages for _, _, text in page for char in text})
    code = {char: number for number, char in enumerate(letters, start=1)}
    mapping = "\n".join(f"<{code[char]:04X}> <{char.encode('utf-16-be').hex()}>" for char in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(cmap.encode()),
    ]
    for number, page in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf {left} {base} Td <{''.join(f'{code[char]:04X}' for char in text)}> Tj ET\n"
            for left, base, text in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R {extra} "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(stream(drawn.encode()))
    return objects


def stream(data: bytes, entries: str = "") -> bytes:
    """A PDF stream object."""
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def pdf_file(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF with a cross-reference table around its objects."""
    data, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    start = len(data)
    table_ = "".join(f"{place:010d} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table_}".encode()
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return data + f"startxref\n{start}\n%%EOF\n".encode()


def pdf(pages: Sequence[Sequence[Line]], **options: object) -> bytes:
    """A PDF with a text layer."""
    return pdf_file(pdf_objects(pages, **options))  # type: ignore[arg-type]


def pdf_of_lines(text: str, *, per_page: int = 60) -> bytes:
    """A PDF with the lines of a text one under the other."""
    lines = text.split("\n")
    pages = [lines[start : start + per_page] for start in range(0, len(lines), per_page)]
    return pdf([[(60, 800 - 12 * row, line) for row, line in enumerate(page) if line] for page in pages])


def pdf_scan(pages: int = 1, *, stamp: str = "") -> bytes:
    """A PDF whose pages are pictures, with a few letters of a stamp (ASCII) over each."""
    picture = stream(
        zlib.compress(b"\xff" * 10_000),
        "/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Filter /FlateDecode",
    )
    font = b"/XObject << /I 5 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    objects = pdf_objects([[] for _ in range(pages)])
    objects = [one.replace(b"/Font << /F1 3 0 R >>", font) for one in objects]
    objects[4] = picture
    for number in range(pages):
        drawn = f"q 595 0 0 842 0 0 cm /I Do Q BT /F1 10 Tf 400 60 Td ({stamp}) Tj ET"
        objects[6 + 2 * number] = stream(drawn.encode())
    return pdf_file(objects)


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def pdf_locked(lines: Sequence[Line], *, password: bytes = b"khoa") -> bytes:
    """A PDF that opens only with a password (standard handler, revision 2); an empty one opens for all."""
    user = (password + _PADDING)[:32]
    owner = _rc4(hashlib.md5((b"chu" + _PADDING)[:32]).digest()[:5], user)
    key = hashlib.md5(user + owner + struct.pack("<i", -4) + b"0123456789abcdef").digest()[:5]
    objects = []
    for number, one in enumerate(pdf_objects([lines]), start=1):
        if b"stream\n" in one:
            head, _, rest = one.partition(b"stream\n")
            own = hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10]
            one = head + b"stream\n" + _rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"
        objects.append(one)
    identity = b"0123456789abcdef".hex()
    return pdf_file(
        objects,
        f"/ID [<{identity}> <{identity}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> "
        f"/U <{_rc4(key, _PADDING).hex()}> >>",
    )
