"""How fast the reader is: a text as long as a large decree, eight times as much, the plans of a folder."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from functools import partial

from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT
from nep.documents.domain.reader import read

DECREE = 53_000  # characters of a large decree
TIMES = 5
MOST_SECONDS = 0.3
MOST_GROWTH = 9.0  # eight times the text in at most nine times the time


def prove(options: Options) -> dict[str, object]:
    """Seconds are medians of five; `bare` is the same text folded and split, as a measure of the machine."""
    text = long_text(DECREE)
    once, eightfold = seconds(lambda: read(text)), seconds(lambda: read(text * 8))
    plans = sorted(options.plans.glob("*.txt")) if options.plans else []
    each = {path.stem: round(seconds(partial(read, path.read_text())), 4) for path in plans}
    return {
        "ok": once <= MOST_SECONDS and eightfold <= MOST_GROWTH * once,
        "characters": len(text),
        "read_s": round(once, 4),
        "eightfold_s": round(eightfold, 4),
        "growth": round(eightfold / once, 2),
        "bare_s": round(seconds(lambda: text.casefold().split()), 5),
        "plans_s": each,
    }


def seconds(work: Callable[[], object]) -> float:
    """The median processor time of a piece of work, which other processes on the machine disturb least."""
    measured = []
    for _ in range(TIMES):
        gc.collect()
        began = time.process_time()
        work()
        measured.append(time.process_time() - began)
    return statistics.median(measured)


def long_text(length: int) -> str:
    """The sample plans one after another, as often as it takes."""
    plans = [path.read_text() for path in sorted((ROOT / "src/nep/sample/documents").glob("*.txt"))]
    text = "\n".join(plans)
    return (text * (length // len(text) + 1))[:length]
