"""Run the opening of one file in a child process and take its report, within a fixed time."""

import json
import tempfile
from typing import Any, BinaryIO

from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.model import Caution, Refused
from nep.kernel.confined import Death, Died, run_confined

WALL_SECONDS = 25
_WORKER = "nep.documents.domain.intake.worker"


def extract_guarded(data: bytes, kind: str) -> Extract:
    """Take the text out of a file of this kind in a process of its own.

    Raises: Refused with the child's reason; also when the child ran out of time or memory, or died.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        report = _report(file, kind)
    if "refused" in report:
        raise Refused(report["refused"], **report["values"])
    extract = report["extract"]
    return Extract(**{**extract, "cautions": tuple(Caution(**one) for one in extract["cautions"])})


def _report(file: BinaryIO, kind: str) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(run_confined(_WORKER, (kind,), file, seconds=WALL_SECONDS))
    except Died as died:
        raise Refused(died.death.value) from None
    except ValueError:
        raise Refused(Death.DAMAGED.value) from None
    return report
