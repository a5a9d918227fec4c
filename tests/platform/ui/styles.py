"""Reading the kit's style sheets: tokens of both themes, contrast, rules."""

import re
from functools import cache
from pathlib import Path

import nep.platform.ui

CSS = Path(nep.platform.ui.__file__).parent / "static" / "ui" / "css"
PAIRS = Path(__file__).parent / "pairs.txt"


@cache
def sheet(name: str) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def colours(selector: str) -> dict[str, str]:
    """The colour tokens that a block of tokens.css sets."""
    block = sheet("tokens.css").split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours written #rrggbb."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def allowed_pairs() -> list[tuple[str, str, float]]:
    """Text or mark, its ground, the contrast it needs."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [(text, ground, float(need)) for text, ground, need in (line.split() for line in lines)]


def rules(name: str) -> list[tuple[str, str]]:
    """Selector and declarations of every rule of a sheet."""
    return [(selector.strip(), body) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet(name))]
