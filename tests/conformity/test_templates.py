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
    assert (
        offenders(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style|\sstyle=|\son[a-z]+=\"")
        == []
    )


def test_nothing_is_loaded_from_another_host() -> None:
    """Fix: ship the file with the product."""
    assert offenders(r"(?:src|href)=\"(?:https?:)?//") == []


def test_every_form_acts_once() -> None:
    """Fix: start a POST form with {% form_start %}."""
    by_name = {path.as_posix().split("/templates/")[1]: path.read_text() for path in TEMPLATES}
    bare = []
    for name, text in by_name.items():
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.S | re.I):
            parts = [by_name[part] for part in re.findall(r"{% include \"([^\"]+)\"", form)]
            if not any("form_start" in part for part in (form, *parts)):
                bare.append(name)
    assert bare == []
