"""Web pages: what a person sees, line by line."""

import pytest

from nep.documents.domain.intake import open_bytes


def lines_of(markup: str, *, name: str = "trang.html", encoding: str = "utf-8") -> list[str]:
    return open_bytes(markup.encode(encoding), name=name).original.split("\n")


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>Một <b>hai</b>\n ba</p><p>bốn</p>", ["Một hai ba", "bốn"]),
        ("<p>Một<br>hai<br/>ba</p>", ["Một", "hai", "ba"]),
        ("<div>Một<div>hai</div>ba</div>", ["Một", "hai", "ba"]),
        ("<p>Qu&yacute; I &#38; II &amp; &#x1EA1; &khong;</p>", ["Quý I & II & ạ &khong;"]),
        ("<p>Thấy</p><p hidden>ẩn</p><p style='color:red; display : none'>ẩn</p>", ["Thấy"]),
        ("<p>Thấy<script>ẩn()</script><style>p{}</style><!-- ẩn --></p>", ["Thấy"]),
        ("<p>Ẩn trong<select><option>không</select> ngoài</p>", ["Ẩn trong ngoài"]),
        ("<div hidden><div>ẩn</div><p>ẩn</p></div><p>Thấy</p>", ["Thấy"]),
        ("<ol><li>Một<li>hai</ol><ol start=5><li>năm</ol>", ["1. Một", "2. hai", "5. năm"]),
        ("<ul><li>Một<li>hai</ul>", ["Một", "hai"]),
        ("<pre>Một\n  hai</pre>", ["Một", "  hai"]),
        ("<p>Không đóng<p>cũng được<td>lạc", ["Không đóng", "cũng được", "lạc"]),
        ("<p>a</b></p></div>dư</html>thừa", ["a", "dư", "thừa"]),
    ],
)
def test_visible_text_by_blocks(markup: str, lines: list[str]) -> None:
    assert lines_of(f"<html><body>{markup}") == lines


def test_letterhead_cells_stand_alone_and_wide_rows_together() -> None:
    markup = (
        "<table><tr><td>SỞ NỘI VỤ<br>Số: 3/KH-SNV</td><td><p>Quốc hiệu</p><p>Tiêu ngữ</p></td></tr></table>"
        "<table><tr><th>TT<th>Việc<th>Hạn<tr><td>1<td>Soạn quy chế<td>30/6"
        "<tr><td>2<td><p>a</p><p>b</p><td>31/8</table>"
    )
    assert lines_of(f"<html>{markup}") == [
        "SỞ NỘI VỤ", "Số: 3/KH-SNV", "Quốc hiệu", "Tiêu ngữ",
        "TT\tViệc\tHạn", "1\tSoạn quy chế\t30/6", "2\ta b\t31/8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", '<meta charset="windows-1258">'),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("koi8-r", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
    ],
)
def test_charset_is_found(encoding: str, declared: str) -> None:
    words = "Привет" if encoding == "koi8-r" else "Kế hoạch giữ gìn nếp sống văn minh"
    assert lines_of(f"<html><head>{declared}</head><p>{words}", encoding=encoding) == [words]


def test_page_is_known_by_content_whatever_its_name() -> None:
    taken = open_bytes(b"\n<!-- x --><!DOCTYPE HTML><title> Trang \n A </title><p>Xin", name="ke-hoach.doc")
    assert (taken.media_type, taken.original, taken.title_hint) == ("text/html", "Xin", "Trang A")


def test_plain_text_may_speak_of_tags_and_be_named_html() -> None:
    assert open_bytes(b"Dung the <b> de in dam.", name="a.txt").media_type == "text/plain"
    assert open_bytes(b"5 < 6 va 7 > 3", name="a.html").original == "5 < 6 va 7 > 3"
