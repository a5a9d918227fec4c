"""The environment: made whole, taken up again after a kill, refused in one sentence."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS_OF_THE_SHELL = ("sh", "readlink", "dirname", "cmp")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with locks that name nothing, so that an environment is made without a network."""
    folder = tmp_path / "bản sao"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "nep", folder)
    shutil.copy(ROOT / "tools" / "bootstrap.py", folder / "tools")
    package = folder / "src" / "nep" / "config" / "cli"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text("import sys; print('handed over', *sys.argv[1:])\n")
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock"):
        (folder / name).write_text("# nothing\n")
    return folder


def module(clone: Path) -> ModuleType:
    """The bootstrap of that clone."""
    spec = importlib.util.spec_from_file_location("bootstrap_of_clone", clone / "tools" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def made(clone: Path) -> None:
    """Leave the traces of a finished environment."""
    state = clone / ".venv" / ".nep"
    state.mkdir(parents=True)
    (clone / ".venv" / "bin").mkdir()
    (clone / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (state / "root").write_text(f"{clone}\n")
    shutil.copy(clone / "requirements.lock", state)


def bootstrap(clone: Path) -> subprocess.Popen[str]:
    """Start making the environment."""
    command = [sys.executable, str(clone / "tools" / "bootstrap.py"), "requirements.lock"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def nep(clone: Path, *arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    """Run `./nep` with this PATH."""
    command = [str(clone / "nep"), *arguments]
    return subprocess.run(command, env={"PATH": path}, capture_output=True, text=True, check=False)


def shell_without_python(folder: Path) -> Path:
    """A folder for PATH that holds what the shell script calls, and no Python."""
    folder.mkdir()
    for tool in TOOLS_OF_THE_SHELL:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    return folder


def program(path: Path, script: str) -> None:
    """Write a shell script that can be run."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_finished_environment_is_current(clone: Path) -> None:
    made(clone)
    assert module(clone).is_current("requirements.lock") is True


def test_an_environment_without_the_development_tools_is_not_current_for_tests(clone: Path) -> None:
    made(clone)
    assert module(clone).is_current("requirements-dev.lock") is False


def test_a_changed_lock_makes_the_environment_old(clone: Path) -> None:
    made(clone)
    (clone / "requirements.lock").write_text("# something else\n")
    assert module(clone).is_current("requirements.lock") is False


def test_an_environment_that_was_not_finished_is_old(clone: Path) -> None:
    made(clone)
    (clone / ".venv" / ".nep" / "unfinished").touch()
    assert module(clone).is_current("requirements.lock") is False


def test_a_moved_repository_makes_the_environment_old(clone: Path) -> None:
    made(clone)
    moved = clone.with_name("chỗ khác")
    clone.rename(moved)
    assert module(moved).is_current("requirements.lock") is False


def test_an_environment_whose_python_is_gone_is_old(clone: Path) -> None:
    made(clone)
    python = clone / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(clone / "no-such-python")
    assert module(clone).is_current("requirements.lock") is False


@pytest.mark.slow
def test_two_at_once_make_one_environment_and_hand_over(clone: Path) -> None:
    both = [bootstrap(clone), bootstrap(clone)]
    said = sorted(child.communicate()[1].count("đang chuẩn bị") for child in both)
    assert [child.returncode for child in both] == [0, 0]
    assert said == [0, 1]
    done = nep(clone, "demo", "--port", "1", path=os.environ["PATH"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "handed over demo --port 1\n", "")


@pytest.mark.slow
def test_an_environment_killed_half_way_is_made_again(clone: Path) -> None:
    child = bootstrap(clone)
    while not (clone / ".venv" / "bin" / "python").exists():
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    (clone / ".venv" / "left-over").touch()
    again = bootstrap(clone)
    again.communicate()
    assert again.returncode == 0
    assert module(clone).is_current("requirements.lock") is True
    assert (clone / ".venv" / "left-over").exists() is False


@pytest.mark.slow
def test_what_worked_before_a_failed_change_still_works(clone: Path) -> None:
    bootstrap(clone).communicate()
    missing = (clone / "no-such-file-1-py3-none-any.whl").as_uri()
    (clone / "requirements-dev.lock").write_text(f"nosuchfile @ {missing} --hash=sha256:{'0' * 64}\n")
    failed = nep(clone, "test", path=os.environ["PATH"])
    assert (failed.returncode, failed.stdout) == (1, "")
    still = nep(clone, "demo", path=os.environ["PATH"])
    assert (still.returncode, still.stdout, still.stderr) == (0, "handed over demo\n", "")


def test_no_python_at_all(clone: Path, tmp_path: Path) -> None:
    done = nep(clone, "demo", path=str(shell_without_python(tmp_path / "bin")))
    assert done.returncode == 1
    assert done.stderr == (
        "Nếp: cần Python 3.11 trở lên mà máy này chưa có; hãy cài Python 3.11 hoặc mới hơn rồi chạy lại.\n"
    )


def test_an_old_python_is_the_same_as_none(clone: Path, tmp_path: Path) -> None:
    path = shell_without_python(tmp_path / "bin")
    program(path / "python3", "exit 1")
    done = nep(clone, "demo", path=str(path))
    assert done.returncode == 1
    assert done.stderr.startswith("Nếp: cần Python 3.11 trở lên")


def test_a_python_without_venv_names_the_line_that_installs_it(clone: Path, tmp_path: Path) -> None:
    path = shell_without_python(tmp_path / "bin")
    program(path / "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = nep(clone, "demo", path=str(path))
    assert done.returncode == 1
    assert done.stderr == (
        "Nếp: Python trên máy này thiếu mô-đun venv; hãy cài rồi chạy lại: apt-get install python3-venv\n"
    )


def test_a_wrong_hash_is_refused(clone: Path) -> None:
    wheel = clone / "one-1-py3-none-any.whl"
    wheel.write_bytes(b"not what was locked")
    (clone / "requirements.lock").write_text(f"one @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n")
    child = bootstrap(clone)
    _, said = child.communicate()
    assert child.returncode == 1
    assert said.splitlines()[-1] == (
        "Nếp: một gói tải về không đúng mã băm trong tệp khoá; đã dừng."
        f" Chi tiết: {clone}/.venv/.nep/setup.log"
    )
    assert module(clone).is_current("requirements.lock") is False
