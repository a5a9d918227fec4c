"""What a page is laid out with: cards, rows, steps, tabs, notices, lists."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nep.platform.ui.components.base import STATE_KINDS, one_of
from nep.platform.ui.parts import Crumb, Fact, Moment, Rule, Step, Tab

register = template.Library()

NOTICE_ICONS = {"info": "info", "good": "tick-circle", "warn": "warning", "bad": "alert"}


@register.simple_block_tag(end_name="endcard")
def card(
    content: SafeString,
    *,
    title: str = "",
    aside: str = "",
    url: str = "",
    link: str = "",
    foot: str = "",
    flush: bool = False,
    id: str = "",
) -> str:
    """A card; `aside` or a link stands right in its head, `flush` lets rows and tables reach the edge."""
    return render_to_string(
        "ui/card.html",
        {
            "title": title,
            "aside": aside,
            "url": url,
            "link": link,
            "foot": foot,
            "flush": flush,
            "id": id,
            "content": content,
        },
    )


@register.simple_block_tag(end_name="endrows")
def rows(content: SafeString, *, label: str = "") -> SafeString:
    """A list whose rows stand between hairlines; its content are `duty`, `decision`, `row`."""
    spoken = format_html(' aria-label="{}"', label) if label else ""
    return format_html('<ul class="nep-rows"{}>{}</ul>', spoken, content)


@register.simple_block_tag(end_name="endrow")
def row(content: SafeString) -> SafeString:
    """A row of your own making inside `rows`."""
    return format_html('<li class="nep-row">{}</li>', content)


@register.inclusion_tag("ui/duty.html", takes_context=True)
def duty(
    context: template.Context,
    *,
    date: str,
    title: str,
    state_kind: str,
    state_word: str,
    source: str = "",
    url: str = "",
    act: str = "",
    act_url: str = "",
    post: bool = False,
    main: bool = False,
    done: int | None = None,
    total: int | None = None,
    icon_name: str = "",
) -> dict[str, object]:
    """Something the reader owes: date, state, what and whence, progress if counted, one act."""
    return {
        "date": date,
        "title": title,
        "state_kind": one_of("state_kind", state_kind, STATE_KINDS),
        "state_word": state_word,
        "source": source,
        "url": url,
        "act": act,
        "act_url": act_url or url,
        "post": post,
        "kind": "main" if main else "plain",
        "done": done,
        "total": total,
        "counted": total is not None,
        "icon_name": icon_name,
        "request": context["request"],
    }


@register.inclusion_tag("ui/decision.html")
def decision(
    *,
    who: str,
    what: str,
    url: str,
    state_kind: str = "",
    state_word: str = "",
    when: str = "",
    icon_name: str = "",
) -> dict[str, object]:
    """Something that waits for the reader's decision; the whole row opens the page where it is taken."""
    if state_kind:
        one_of("state_kind", state_kind, STATE_KINDS)
    return {
        "who": who,
        "what": what,
        "url": url,
        "when": when,
        "state_kind": state_kind,
        "state_word": state_word,
        "icon_name": icon_name,
    }


@register.inclusion_tag("ui/steps.html")
def steps(*, items: Sequence[Step], current: int, label: str = "Các bước") -> dict[str, object]:
    """Steps of a journey; `current` counts from 1."""
    return {"items": items, "current": current, "label": label}


@register.inclusion_tag("ui/tabs.html")
def tabs(*, items: Sequence[Tab], label: str, small: bool = False) -> dict[str, object]:
    """Tabs of a page, or small pills inside a card."""
    return {"items": items, "label": label, "small": small}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*, items: Sequence[Crumb], label: str = "Vị trí") -> dict[str, object]:
    """The place line over the title."""
    return {"items": items, "label": label}


@register.simple_block_tag(end_name="endnotice")
def notice(content: SafeString, *, kind: str = "info", icon_name: str = "", urgent: bool = False) -> str:
    """One or two sentences that must be read. Kinds: info, good, warn, bad."""
    default = NOTICE_ICONS[one_of("kind", kind, NOTICE_ICONS)]
    return render_to_string(
        "ui/notice.html",
        {"kind": kind, "icon_name": icon_name or default, "urgent": urgent, "content": content},
    )


@register.inclusion_tag("ui/empty.html")
def empty(
    *,
    title: str,
    text: str,
    icon_name: str = "flag",
    url: str = "",
    act: str = "",
    main: bool = False,
) -> dict[str, object]:
    """What is not here yet, and the next step."""
    return {
        "title": title,
        "text": text,
        "icon_name": icon_name,
        "url": url,
        "act": act,
        "kind": "main" if main else "plain",
    }


@register.inclusion_tag("ui/summary_list.html")
def summary_list(*, items: Sequence[Fact], wide: bool = False) -> dict[str, object]:
    """Terms and their values; `wide` gives each line room, as on a page of one thing."""
    return {"items": items, "wide": wide}


@register.simple_block_tag(end_name="endsummary")
def summary(content: SafeString, *, wide: bool = False) -> SafeString:
    """A summary list of your own `fact` lines."""
    return format_html('<dl class="nep-summary{}">{}</dl>', " nep-summary-wide" if wide else "", content)


@register.simple_block_tag(end_name="endfact")
def fact(content: SafeString, *, term: str) -> SafeString:
    """A line of `summary` whose value is markup."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", term, content)


@register.inclusion_tag("ui/timeline.html")
def timeline(*, items: Sequence[Moment], label: str = "Diễn biến") -> dict[str, object]:
    """What happened to an object, as sentences with who and when, newest first as given."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/must_columns.html")
def must_columns(*, must: Sequence[Rule], must_not: Sequence[Rule]) -> dict[str, object]:
    """What must be done and what must not, side by side, each rule with its number."""
    return {"must": must, "must_not": must_not}
