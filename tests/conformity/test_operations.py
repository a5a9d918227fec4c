"""The operations guide tells every setting that the code reads, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""(?:text|flag|_names|_number)\(\s*"((?:NEP|DATABASE)_[A-Z_]+)"|OWNER_URL = "(\w+)\"""")
# Set by ./nep itself or by who develops; an operator has nothing to do with them.
NOT_FOR_OPERATORS = frozenset({"NEP_DEMO", "NEP_DEBUG", "NEP_TODAY", "NEP_TEST_DB", "NEP_APPLICATION_ROLE"})


def told() -> Iterator[str]:
    """The variables of the guide's table; `…_PORT` after `NEP_SMTP_HOST` is `NEP_SMTP_PORT`."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for cell in re.findall(r"^\| (`(?:NEP|DATABASE)_[^|]*)\|", guide, flags=re.MULTILINE):
        first, *more = re.findall(r"`([^`]+)`", cell)
        yield first
        yield from (f"{first.rsplit('_', 1)[0]}{name.removeprefix('…')}" for name in more)


def read() -> set[str]:
    """The variables that settings and commands read."""
    config = ROOT / "src" / "nep" / "config"
    sources = [*(config / "settings").glob("*.py"), config / "cli" / "database.py"]
    found = (match for path in sources for match in READ.findall(path.read_text(encoding="utf-8")))
    return {one or other for one, other in found}


def test_the_guide_tells_every_setting_and_no_other() -> None:
    """Fix: write the variable into the table of docs/operations.md, or take it out there."""
    assert set(told()) == read() - NOT_FOR_OPERATORS


def test_the_shipped_environment_uses_settings_that_exist() -> None:
    lines = (ROOT / "deploy" / "nep.env.example").read_text(encoding="utf-8").splitlines()
    named = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert named <= read()
