"""What a file is, judged by its first bytes; its name only decides where the content leaves it open."""

import re

import puremagic

HTML = "text/html"
PDF = "application/pdf"
PLAIN = "text/plain"
ZIP = "application/zip"

_BLANKS = " \t\r\n\f\v\0\ufeff"
_HTML_START = re.compile(r"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script)\b)", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype|!--|/?[a-z][a-z0-9]*)[\s>/]", re.IGNORECASE)
_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)

_HEADS = (
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xfe\xed\xfa\xcf", "executable"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!\x1a", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"SQLite format 3\0", "binary"),
)

_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    # A password-protected .docx is an OLE container too: look for its streams before the others.
    ("EncryptedPackage", "encrypted"),
    ("EncryptionInfo", "encrypted"),
    ("WordDocument", "old-word"),
    ("Workbook", "spreadsheet"),
    ("PowerPoint Document", "presentation"),
)


def type_of_content(data: bytes) -> str | None:
    """Name the kind of a file from its bytes: a media type to be opened, or None when it may be text."""
    if data.startswith(b"PK\x03\x04"):
        return ZIP
    # Mail gateways put lines before a PDF; a text that only speaks of one has no end mark of a PDF.
    at = data[:1024].find(b"%PDF-")
    return PDF if at == 0 or (at > 0 and b"%%EOF" in data[-2048:]) else None


def refusal_by_content(data: bytes) -> str | None:
    """Name why a file of a known other kind is refused, or None when nothing speaks against it yet."""
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return "archive"
    if data.startswith(_OLE_HEAD):
        return _refusal_of_ole(data)
    if data.startswith(b"MZ") and b"\0" in data[:64]:
        return "executable"
    return next((code for head, code in _HEADS if data.startswith(head)), None)


def refusal_of_binary(data: bytes) -> str:
    """Name the family of bytes that are no text, so that the refusal can say what the file is."""
    try:
        media = puremagic.from_string(data[:65536], mime=True)
    except (puremagic.PureError, ValueError):
        return "binary"
    family = media.partition("/")[0]
    if family in ("audio", "video"):
        return "media"
    return "image" if family == "image" else "binary"


def is_html(text: str, name: str) -> bool:
    """Tell whether decoded text is a web page: by how it begins, else by its name if it has markup at all."""
    head = text[:65536].lstrip(_BLANKS)
    if _HTML_START.match(head, _end_of_prolog(head)):
        return True
    return bool(_HTML_NAME.search(name)) and bool(_MARKUP.search(head))


def declares_entities(text: str) -> bool:
    """Tell whether markup declares entities of its own: no page a person wrote does."""
    head = text[:4096].lstrip(_BLANKS)
    return head.startswith("<") and "<!entity" in head.lower()


def refusal_of_text(text: str) -> str | None:
    """Name why decoded text is refused as a wrapping of something else (web archive, XML), or None."""
    head = text[:4096].lstrip(_BLANKS).lower()
    if "mime-version:" in head and "multipart/related" in head:
        return "mhtml"
    return "xml" if head.startswith(("<?xml", "<!doctype", "<svg")) else None


def _end_of_prolog(head: str) -> int:
    """Find where comments and processing instructions before the first element end."""
    at = 0
    while True:
        if head.startswith("<!--", at):
            end = head.find("-->", at + 4) + 3
        elif head.startswith("<?", at):
            end = head.find(">", at + 2) + 1
        else:
            return at
        if end <= at:
            return at
        while end < len(head) and head[end] in _BLANKS:
            end += 1
        at = end


def _refusal_of_ole(data: bytes) -> str:
    for stream, code in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return code
    return "old-word"
