"""The style sheets keep the colour roles: both themes whole, only readable pairs, nothing from elsewhere."""

import re

import pytest

from tests.platform.ui.styles import CSS, allowed_pairs, colours, contrast, rules, sheet

LIGHT = colours('[data-theme="light"] {')
DARK = colours('  [data-theme="dark"] {')
SHEETS = ("acts.css", "base.css", "blocks.css", "charts.css", "layout.css")
FIXED = {"seal", "on-seal", "foot", "on-foot", "on-foot-2", "on-foot-3"}
COLOUR = re.compile(r"(?:^|;|\s)color: var\(--([a-z0-9-]+)\)")
GROUND = re.compile(r"background(?:-color)?: var\(--([a-z0-9-]+)\)")


def test_both_themes_name_the_same_colours() -> None:
    assert len(LIGHT) == 35
    assert list(LIGHT) == list(DARK)


def test_dark_is_the_same_by_system_and_by_choice() -> None:
    assert colours(':root:not([data-theme="light"]) {') == DARK


@pytest.mark.parametrize(("text", "ground", "need"), allowed_pairs())
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_allowed_pairs_can_be_read(text: str, ground: str, need: float, theme: dict[str, str]) -> None:
    assert contrast(theme[text], theme[ground]) >= need


def test_contrast_of_known_colours() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#8c1a1e", "#ffffff"), 1) == 9.2


def test_rules_put_text_only_on_allowed_grounds() -> None:
    """Fix: choose a pair of pairs.txt, or compute a new one and add it there."""
    allowed = {(text, ground) for text, ground, _ in allowed_pairs()}
    wrong = [
        (name, selector, text, ground)
        for name in SHEETS
        for selector, body in rules(name)
        for text in COLOUR.findall(body)
        for ground in GROUND.findall(body)
        if text not in FIXED and not text.startswith("on-foot") and (text, ground) not in allowed
    ]
    assert wrong == []


def test_rules_use_only_known_names() -> None:
    known = set(re.findall(r"--([a-z0-9-]+):", sheet("tokens.css")))
    used = {name for path in SHEETS for name in re.findall(r"var\(--([a-z0-9-]+)\)", sheet(path))}
    assert used - known == set()
    assert {name for name in LIGHT if name not in used} == set()


def test_colours_are_written_only_as_tokens() -> None:
    assert [name for name in SHEETS if re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", sheet(name))] == []


def test_nothing_comes_from_another_host() -> None:
    elsewhere = re.compile(r'https?:|url\("?//')
    assert [path.name for path in CSS.glob("*.css") if elsewhere.search(path.read_text())] == []


def test_every_font_named_is_there() -> None:
    named = re.findall(r'url\("\.\./fonts/([a-z0-9.-]+)"\)', sheet("base.css"))
    there = [path.name for path in (CSS.parent / "fonts").glob("*.woff2")]
    assert sorted(named) == sorted(there)


def test_motion_stops_when_asked() -> None:
    assert "prefers-reduced-motion: reduce" in sheet("base.css")
