"""Bad files: refused with their reason in one line, within seconds and little memory."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nep.documents.domain.intake import Refused, guarded, open_bytes
from tests.documents.domain.intake.bad_files import (
    BAD_FILES,
    forms_in_forms_pdf,
    inflating_pdf,
    pages_of_letters_pdf,
)
from tests.documents.domain.intake.makers import docx_of_lines

NOBODY = 65534
# Tens of megabytes each, so that making and inflating them takes seconds.
HEAVY = {"ratio.docx", "moderate.docx", "styles.docx", "members.docx", "terabytes.docx", "lying.docx"}
EACH_BAD_FILE = [pytest.param(name, marks=pytest.mark.slow if name in HEAVY else ()) for name in BAD_FILES]


@pytest.mark.parametrize("name", EACH_BAD_FILE)
def test_bad_file_is_refused_with_its_reason(name: str) -> None:
    code, make = BAD_FILES[name]
    with pytest.raises(Refused) as refused:
        open_bytes(make(), name=name)
    assert refused.value.code == code
    assert len(refused.value.sentence.splitlines()) == 1


def refuse_elsewhere(path: Path) -> tuple[str, float, float]:
    """Open a file in a process of its own; give the code, the seconds, the most megabytes a process took."""
    program = (
        "import json, resource, sys\n"
        "from pathlib import Path\n"
        "from nep.documents.domain.intake import Refused, open_bytes\n"
        "try:\n    open_bytes(Path(sys.argv[1]), name='x'); code = 'taken'\n"
        "except Refused as refused: code = refused.code\n"
        # Its own peak from /proc: what getrusage tells of itself includes the process it was forked from.
        "status = Path('/proc/self/status').read_text().split()\n"
        "own = int(status[status.index('VmHWM:') + 1])\n"
        "print(json.dumps([code, max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1000]))"
    )
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    code, peak = json.loads(done.stdout)
    return code, time.monotonic() - before, peak


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["ratio.docx", "moderate.docx", "members.docx", "lying.docx", "laughs.docx", "pages.pdf", "big.txt"],
)
def test_bombs_cost_little_memory_and_time(name: str, tmp_path: Path) -> None:
    code, make = BAD_FILES[name]
    path = tmp_path / name
    path.write_bytes(make())
    found, seconds, peak = refuse_elsewhere(path)
    assert found == code
    assert peak < 300
    assert seconds < 30


@pytest.mark.slow
@pytest.mark.parametrize(
    "make", [forms_in_forms_pdf, pages_of_letters_pdf, inflating_pdf], ids=["forms", "letters", "inflating"]
)
def test_a_pdf_that_never_ends_is_stopped(make: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make())
    found, seconds, peak = refuse_elsewhere(path)
    # Which of the limits is met first is the machine's affair.
    assert found in {"too-slow", "too-heavy", "too-long", "scan"}
    assert peak < 300
    assert seconds < 60


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "WALL_SECONDS", 0.001)
    with pytest.raises(Refused) as refused:
        open_bytes(docx_of_lines("Chữ"), name="a.docx")
    assert refused.value.code == "too-slow"


def refusal_of(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        open_bytes(path, name=path.name)
    return refused.value.code


def test_paths_that_are_no_readable_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    paths = ("none.txt", ".", "pipe", "loop", "x" * 300, "pipe/below")
    assert {name: refusal_of(tmp_path / name) for name in paths} == {
        "none.txt": "missing",
        ".": "directory",
        "pipe": "not-a-file",
        "loop": "unreadable",
        "x" * 300: "unreadable",
        "pipe/below": "missing",
    }
    assert refusal_of(Path("/dev/zero")) == "not-a-file"
    assert refusal_of(Path("a\0b")) == "missing"


@contextmanager
def without_privileges() -> Iterator[None]:
    """As an ordinary user: root, who may read everything, becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_without_permission() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # only the file itself is closed
        (folder / "open.txt").write_text("Chữ")
        (folder / "closed.txt").write_text("Chữ")
        (folder / "closed.txt").chmod(0)
        with without_privileges():
            assert refusal_of(folder / "closed.txt") == "unreadable"
            assert open_bytes(folder / "open.txt", name="open.txt").original == "Chữ"


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(50 * 1024**3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal_of(path) == "too-big"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10_000


def test_a_path_reads_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of_lines("Một\nhai"))
    assert open_bytes(path, name="a.docx").original == "Một\nhai"
