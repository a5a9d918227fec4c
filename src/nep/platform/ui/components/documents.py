"""The sheet of a document, the marks in it, and the review beside it."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nep.platform.ui.components.base import MARK_KINDS, one_of

register = template.Library()

MARK_WORDS = {"law": "Căn cứ", "target": "Chỉ tiêu", "time": "Thời hạn", "actor": "Đơn vị"}
DOUBT_STATES = ("open", "closed", "decided")


@register.simple_block_tag(end_name="enddocument_sheet")
def document_sheet(content: SafeString, *, label: str, pane: bool = True) -> SafeString:
    """An official document as a sheet of paper; `pane` puts the darker ground around it."""
    sheet = format_html('<article class="nep-sheet" aria-label="{}">{}</article>', label, content)
    return format_html('<div class="nep-sheet-pane">{}</div>', sheet) if pane else sheet


@register.simple_block_tag(end_name="endmark")
def mark(
    content: SafeString,
    *,
    number: int,
    kind: str,
    doubt: bool = False,
    on: bool = False,
    url: str = "",
    id: str = "",
) -> SafeString:
    """Words that were read out of the document, numbered as in the draft. Kinds: law, target, time, actor."""
    one_of("kind", kind, MARK_KINDS)
    classes = f"nep-mark nep-mark-{kind}{' nep-mark-doubt' if doubt else ''}{' nep-mark-on' if on else ''}"
    name = format_html(' id="{}"', id) if id else ""
    address = format_html(' href="{}"', url) if url else ""
    words = SafeString(content.strip())  # rendered safe; strip() alone would forget that
    return format_html(
        '<{0} class="{1}" data-nep-mark="{2}"{3}{4}><sup aria-hidden="true">{2}</sup>{5}</{0}>',
        "a" if url else "mark",
        classes,
        number,
        address,
        name,
        words,
    )


@register.inclusion_tag("ui/mark_legend.html")
def mark_legend() -> dict[str, object]:
    """What the tints of the marks mean."""
    return {"kinds": MARK_WORDS.items()}


@register.simple_block_tag(end_name="enddoubt")
def doubt(
    content: SafeString,
    *,
    number: int,
    kind: str,
    kind_word: str,
    question: str,
    quote: str = "",
    state: str = "open",
    answer: str = "",
    url: str = "",
    id: str = "",
) -> str:
    """A question the reader of the document could not settle. Its content are choices and acts while open."""
    return render_to_string(
        "ui/doubt.html",
        {
            "number": number,
            "kind": one_of("kind", kind, MARK_KINDS),
            "kind_word": kind_word,
            "question": question,
            "quote": quote,
            "state": one_of("state", state, DOUBT_STATES),
            "answer": answer,
            "url": url,
            "id": id,
            "content": content,
        },
    )


@register.inclusion_tag("ui/draft_head.html")
def draft_head(*, title: str, note: str = "") -> dict[str, object]:
    """Head of one kind of item in the draft."""
    return {"title": title, "note": note}


@register.inclusion_tag("ui/draft_row.html")
def draft_row(
    *,
    number: int,
    kind: str,
    what: str,
    under: str = "",
    value: str = "",
    url: str = "",
    doubt: bool = False,
    lit: bool = False,
    dropped: bool = False,
    id: str = "",
) -> dict[str, object]:
    """An item of the draft: number in the tint of its mark, what, by whom, value, way to change it."""
    return {
        "number": number,
        "kind": one_of("kind", kind, MARK_KINDS),
        "what": what,
        "under": under,
        "value": value,
        "url": url,
        "doubt": doubt,
        "lit": lit,
        "dropped": dropped,
        "id": id,
    }
