"""Every heavy page of movements over 12,000 units, for four kinds of people: milliseconds under load."""

from __future__ import annotations

from typing import Any

from bench.kit.province import Served, hammer, kept, served
from nep.config.cli.prove import Options

SMALL, LARGE = "10k", "200k"
MOST_P95 = 150.0
SECONDS = 3.0


def prove(options: Options) -> dict[str, object]:
    """`slow`: the pages above 150 ms; `growing`: those that ask more queries of a larger province."""
    with kept(options.data) as folder:
        with served(folder, SMALL) as small:
            few = small.visitors
        with served(folder, LARGE) as large:
            told = {name: _measured(large, name) for name in large.visitors}
    pages = [(name, page) for name, row in told.items() for page in row]
    slow = [f"{name}: {page}" for name, page in pages if told[name][page]["p95"] > MOST_P95]
    growing = [
        f"{name}: {page}"
        for name, page in pages
        if told[name][page]["queries"] != few[name]["pages"][page]["queries"]
    ]
    return {"ok": not slow and not growing, "slow": slow, "growing": growing, **told}


def _measured(site: Served, name: str) -> dict[str, Any]:
    visitor = site.visitors[name]
    return {
        page: {"queries": told["queries"], **hammer(site, told["path"], visitor["cookie"], SECONDS)}
        for page, told in visitor["pages"].items()
        if told["queries"] is not None
    }
