"""Programme, unit and coverage pages over 12,000 units: milliseconds, and as many queries as over 500."""

from __future__ import annotations

from typing import Any

from bench.kit.province import CONNECTIONS, Served, hammer, kept, served
from nep.config.cli.prove import Options

SMALL, LARGE = "10k", "200k"
MOST_P95 = 150.0
SECONDS = 3.0
VISITORS = ("officer", "head", "commune_head")
PAGES = ("programme", "coverage", "coverage_tasks", "coverage_grid", "late", "unit", "unit_work", "timeline")
PAST = ("programme_then", "coverage_then", "late_then", "unit_work_then")


def prove(options: Options) -> dict[str, object]:
    """Milliseconds beside a bare signed-in page of the same run, alone and over four connections.

    `ok` looks at today's pages with one reader; `loaded` is the slowest p95 over four connections, and pages
    of a past day are told beside them.
    """
    with kept(options.data) as folder:
        with served(folder, SMALL) as small:
            few = {name: _queries(small, name) for name in VISITORS}
        with served(folder, LARGE) as large:
            told = {name: _measured(large, name, few[name]) for name in VISITORS}
    rows = [row for pages in told.values() for row in pages.values()]
    today = [row for pages in told.values() for name, row in pages.items() if name in PAGES]
    slowest = max(row["alone"]["p95"] for row in today)
    same = all(row["queries_small"] == row["queries_large"] for row in rows)
    loaded = max(row["loaded"]["p95"] for row in today)
    return {
        "ok": slowest <= MOST_P95 and same,
        "p95": slowest,
        "loaded": loaded,
        "same_queries": same,
        **told,
    }


def _queries(site: Served, name: str) -> dict[str, int | None]:
    pages = site.visitors[name]["pages"]
    return {page: pages[page]["queries"] for page in (*PAGES, *PAST)}


def _measured(site: Served, name: str, few: dict[str, int | None]) -> dict[str, Any]:
    """Every page that this visitor may open."""
    visitor = site.visitors[name]
    bare = visitor["pages"]["bare"]["path"]
    told: dict[str, Any] = {}
    for page in (*PAGES, *PAST):
        asked = visitor["pages"][page]
        if asked["queries"] is None:
            continue
        row: dict[str, Any] = {"queries_small": few[page], "queries_large": asked["queries"]}
        row["alone"] = hammer(site, asked["path"], visitor["cookie"], SECONDS, connections=1)
        if page in PAGES:
            row["loaded"] = hammer(site, asked["path"], visitor["cookie"], SECONDS, CONNECTIONS)
        told[page] = row
    told["bare"] = {
        "queries_small": 0,
        "queries_large": 0,
        "alone": hammer(site, bare, visitor["cookie"], SECONDS, connections=1),
        "loaded": hammer(site, bare, visitor["cookie"], SECONDS, CONNECTIONS),
    }
    return told
