"""The programme page over 12,000 units: milliseconds alone and under load, as many queries as over 500."""

from __future__ import annotations

from typing import Any

from bench.kit.province import Served, hammer, kept, served
from nep.config.cli.prove import Options

SMALL, LARGE = "10k", "200k"
MOST_P95 = 150.0
VISITORS = ("officer", "head", "commune_head")


def prove(options: Options) -> dict[str, object]:
    """Milliseconds beside a bare signed-in page of the same run; two workers.

    `ok` looks at the machine with one reader (`alone`); four connections at once are told beside it.
    """
    with kept(options.data) as folder:
        with served(folder, SMALL) as small:
            few = {name: small.visitors[name]["pages"]["programme"]["queries"] for name in VISITORS}
        with served(folder, LARGE) as large:
            told = {name: _measured(large, name, few[name]) for name in VISITORS}
    slowest = max(row["alone"]["p95"] for row in told.values())
    same = all(row["queries_small"] == row["queries_large"] for row in told.values())
    return {"ok": slowest <= MOST_P95 and same, "p95": slowest, "same_queries": same, **told}


def _measured(site: Served, name: str, few: int) -> dict[str, Any]:
    visitor = site.visitors[name]
    page = visitor["pages"]["programme"]
    return {
        "queries_small": few,
        "queries_large": page["queries"],
        "alone": hammer(site, page["path"], visitor["cookie"], connections=1),
        "bare_alone": hammer(site, visitor["pages"]["bare"]["path"], visitor["cookie"], connections=1),
        "programme": hammer(site, page["path"], visitor["cookie"]),
        "bare": hammer(site, visitor["pages"]["bare"]["path"], visitor["cookie"]),
    }
