"""Laws of templates."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))


def offenders(pattern: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in TEMPLATES if re.search(pattern, path.read_text())]


def test_templates_are_short() -> None:
    """Fix: move a part into a partial or a component."""
    assert [str(p.relative_to(ROOT)) for p in TEMPLATES if len(p.read_text().splitlines()) > 180] == []


def test_nothing_is_inline() -> None:
    """Fix: put script into a module and style into the kit; the content security policy refuses both."""
    assert offenders(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=\"") == []


def test_nothing_is_loaded_from_another_host() -> None:
    """Fix: ship the file with the product."""
    assert offenders(r"(?:src|href)=\"(?:https?:)?//") == []


def test_every_form_acts_once() -> None:
    """Fix: start a POST form with {% form_start %}."""
    bare = []
    for path in TEMPLATES:
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.S | re.I):
            if "form_start" not in form:
                bare.append(str(path.relative_to(ROOT)))
    assert bare == []
