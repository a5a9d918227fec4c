"""Word files: paragraphs, automatic numbers, tables, tracked changes, boxes and notes as they are seen."""

import pytest

from nep.documents.domain.intake import open_bytes
from tests.documents.domain.intake.makers import docx, paragraph, table, word_parts, zipped


def lines_of(body: str, **parts: str) -> list[str]:
    return open_bytes(docx(body, **parts), name="a.docx").original.split("\n")


def level(number: int, form: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def item(text: str, depth: int = 0, list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "decimal", "%1.%2.%4", "<w:isLgl/>")
    + level(4, "bullet", "\uf0b7")
    + level(5, "bullet", "-")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "decimalZero", "Điều %1.", '<w:pStyle w:val="Dieu"/>')
    + level(1, "lowerRoman", "(%2)", '<w:lvlRestart w:val="0"/>')
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="dieu"/>'
    '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="DieuCon"><w:basedOn w:val="Dieu"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)


def test_levels_count_restart_and_show_those_above() -> None:
    depths = (0, 1, 1, 2, 2, 0, 1, 2, 3, 4, 5, 0)
    body = "".join(item(text, depth) for text, depth in zip("ABCDEFGHIKLM", depths, strict=True))
    body += item("N", 0, 2) + item("O", 0, 2)
    assert lines_of(body, numbering=NUMBERING) == [
        "I. A", "1. B", "2. C", "a) D", "b) E", "II. F", "1. G", "a) H",
        "2.1.1 I", "• K", "- L", "III. M", "I. N", "II. O",
    ]  # fmt: skip


def test_numbers_come_from_styles_too_and_level_zero_restarts_nothing_when_told_so() -> None:
    body = (
        paragraph("Một", '<w:pStyle w:val="Dieu"/>')
        + item("x", 1, 3)
        + paragraph("Hai", '<w:pStyle w:val="DieuCon"/>')
        + item("y", 1, 3)
        + paragraph("Thôi", '<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    numbered = lines_of(body, numbering=NUMBERING, styles=STYLES)
    assert numbered == ["Điều 01. Một", "(i) x", "Điều 02. Hai", "(ii) y", "Thôi"]


def test_letterhead_cells_stand_alone_and_wide_rows_together() -> None:
    head = table([[paragraph("SỞ A") + paragraph("Số: 1/KH-SA"), paragraph("Quốc hiệu")]])
    wide = table(
        [
            [paragraph("TT"), paragraph("Việc"), paragraph("Hạn")],
            [item("", 1), paragraph("Soạn"), paragraph("30/6")],
            [paragraph("2"), paragraph("a") + paragraph("b"), paragraph("31/8")],
        ]
    )
    assert lines_of(head + wide, numbering=NUMBERING) == [
        "SỞ A", "Số: 1/KH-SA", "Quốc hiệu", "TT\tViệc\tHạn", "1.\tSoạn\t30/6", "2\ta b\t31/8",
    ]  # fmt: skip


def test_a_letterhead_with_a_gap_and_columns_of_a_page_are_no_rows_of_work() -> None:
    gap = table([[paragraph("SỞ A") + paragraph("Số: 1/KH-SA"), paragraph(""), paragraph("Quốc hiệu")]])
    assert lines_of(gap) == ["SỞ A", "Số: 1/KH-SA", "Quốc hiệu"]
    column = "".join(paragraph(f"Mục {number}") for number in range(1, 22))
    page = lines_of(table([[paragraph("Trái"), column, paragraph("Phải")]]))
    assert page == ["Trái", *[f"Mục {number}" for number in range(1, 22)], "Phải"]


def test_nested_and_merged_cells() -> None:
    inner = table([[paragraph("trong")]])
    merged = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("thừa")
    assert lines_of(table([[inner + paragraph("ngoài"), paragraph("kề")], [merged, paragraph("dưới")]])) == [
        "trong", "ngoài", "kề", "dưới",
    ]  # fmt: skip


def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>Hạn </w:t></w:r><w:del><w:r><w:delText>30/5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>30/6</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Đầu </w:t></w:r></w:p>" + paragraph("cuối")
    )
    assert lines_of(body) == ["Hạn 30/6", "Đầu cuối"]


def test_fields_hidden_text_capitals_breaks_and_contents() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r></w:p>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:caps/></w:rPr><w:t>sở</w:t></w:r>"
        '<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:sym w:char="F02D"/></w:r></w:p>'
        + paragraph("hoa", '<w:pStyle w:val="Hoa"/>')
        + paragraph("Mục lục 3", '<w:pStyle w:val="TOC1"/>')
    )
    assert lines_of(body, styles=STYLES) == ["7", "SỞ\tb", "c--", "HOA"]


def test_text_boxes_once_and_notes_at_the_end() -> None:
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Ngoài</w:t>"
        '<w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("Sau")
    )
    notes = "".join(
        f'<w:footnote w:id="{key}">{paragraph(text)}</w:footnote>' for key, text in ((0, "vạch"), (2, "Chú"))
    )
    assert lines_of(body, footnotes=notes) == ["Ngoài[1]", "Trong khung", "Sau", "[1] Chú"]


def test_content_controls_and_links_are_transparent() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('Một')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>hai</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r>"
        "<w:t> ba</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert lines_of(body) == ["Một", "hai ba"]


def test_strict_files_headers_title_and_macros() -> None:
    parts = word_parts(paragraph("Chữ"), kind="application/vnd.ms-word.document.macroEnabled.main+xml")
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(usual, strict)
    parts["word/header1.xml"] = b"<w:hdr/>"
    parts["word/vbaProject.bin"] = b"x"
    parts["docProps/core.xml"] = (
        '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Kế  hoạch</dc:title></c:coreProperties>"
    ).encode()
    taken = open_bytes(zipped(parts), name="a.docm")
    assert (taken.original, taken.title_hint, taken.warnings[0].code) == ("Chữ", "Kế hoạch", "macros")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.exe", ""])
def test_content_decides_and_not_the_name(name: str) -> None:
    assert open_bytes(docx(paragraph("Chữ")), name=name).original == "Chữ"
