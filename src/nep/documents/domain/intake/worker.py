"""The child process in which a file from outside is opened: whatever it does there, it does to itself only.

Reads the file from standard input and writes one line of JSON. Run as `python -m … KIND`, see `guarded`.
"""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any, BinaryIO

from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.model import MAX_TEXT, Refused
from nep.documents.domain.intake.signatures import HTML, PDF, ZIP
from nep.kernel.confined import limit_itself

_READERS = {
    PDF: "nep.documents.domain.intake.pdf",
    HTML: "nep.documents.domain.intake.html",
    ZIP: "nep.documents.domain.intake.docx",
}

MEMORY = 280_000_000
"""Most address space the child may add to what it starts with, in bytes."""
CPU_SECONDS = 10


def main(kind: str) -> int:
    """Take the text out of the file on standard input and report it, or report why not."""
    limit_itself(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    try:
        report: dict[str, Any] = {"extract": asdict(_extract(sys.stdin.buffer, kind))}
    except Refused as refused:
        report = {"refused": refused.code, "values": refused.values}
    except MemoryError:
        report = {"refused": "too-heavy", "values": {}}
    except RecursionError:
        report = {"refused": "nested", "values": {}}
    except Exception:  # a file no reader was written for: broken in a way nobody has seen yet
        report = {"refused": "damaged", "values": {}}
    sys.stdout.write(json.dumps(report))
    sys.stdout.flush()
    return 0


def _extract(file: BinaryIO, kind: str) -> Extract:
    # Only the one reader a file needs is loaded: the PDF library alone would cost every page 0.1 s.
    extract: Extract = import_module(_READERS[kind]).read(file, text_limit=MAX_TEXT)
    return extract


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
