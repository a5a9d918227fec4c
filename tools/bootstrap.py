"""Makes `.venv` from a hashed lock. Called by `./nep` with the lock's name; uses only the standard library.

What was made is recorded last, in `.venv/.nep/`: a set-up that was killed half-way is done again by the next
start. Everything said goes to standard error, because `./nep read --json` keeps standard output for its
answer.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STATE = VENV / ".nep"
UNFINISHED = STATE / "unfinished"
LOG = STATE / "setup.log"
BASE, DEV = "requirements.lock", "requirements-dev.lock"
FREE_BYTES_NEEDED = 1000 * 1024 * 1024


class CannotSetUp(Exception):
    """Why the environment cannot be made, as one sentence for the person at the keyboard."""


def main(lock: str) -> int:
    """Bring `.venv` up to date with `lock`; several at once wait for each other."""
    # The folder itself is what is locked, so that a read-only or full disk needs no lock file.
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        if not is_current(lock):
            set_up(lock)
    except CannotSetUp as problem:
        return refuse(str(problem))
    except OSError as error:
        return refuse(disk_sentence(error))
    except KeyboardInterrupt:
        return 130
    finally:
        os.close(folder)
    return 0


def refuse(sentence: str) -> int:
    """Say one sentence and give the exit code that goes with it."""
    print(f"Nếp: {sentence}", file=sys.stderr)
    return 1


def disk_sentence(error: OSError) -> str:
    """What a failed read or write means for the reader."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"đĩa đã đầy, không tạo được môi trường Python trong {VENV}; hãy giải phóng chỗ rồi chạy lại."
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return f"không ghi được vào {ROOT} (đĩa chỉ đọc hoặc thiếu quyền); hãy đặt mã nguồn ở nơi ghi được."
    return f"không tạo được môi trường Python trong {VENV}: {error.strerror}."


def is_current(lock: str) -> bool:
    """Whether `.venv` was finished, here, from exactly this lock."""
    made = STATE / lock
    return (
        (VENV / "bin" / "python").exists()
        and not UNFINISHED.exists()
        and (STATE / "root").is_file()
        and (STATE / "root").read_text(encoding="utf-8").rstrip("\n") == str(ROOT)
        and made.is_file()
        and made.read_bytes() == (ROOT / lock).read_bytes()
    )


def set_up(lock: str) -> None:
    """Make or mend the environment and record it."""
    print("Nếp: đang chuẩn bị môi trường Python (chỉ lần đầu, khoảng nửa phút)…", file=sys.stderr, flush=True)
    worked_before = keep_or_make_venv()
    UNFINISHED.touch()
    LOG.write_text("", encoding="utf-8")
    try:
        install(lock)
    except CannotSetUp:
        # Everything is downloaded before anything is installed: without a network, what worked still works.
        if worked_before:
            UNFINISHED.unlink()
        raise
    site_packages().joinpath("nep.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    (STATE / DEV).unlink(missing_ok=True)
    # The development lock holds everything of the base lock, at the same versions: `make lock` sees to it.
    for name in {lock, BASE}:
        record(name, (ROOT / name).read_bytes())
    record("root", f"{ROOT}\n".encode())
    UNFINISHED.unlink()


def keep_or_make_venv() -> bool:
    """Keep `.venv` when it is whole (True), else make an empty one (False)."""
    if VENV.exists() and (UNFINISHED.exists() or not is_whole()):
        shutil.rmtree(VENV)
    if VENV.exists():
        STATE.mkdir(exist_ok=True)
        return True
    if shutil.disk_usage(ROOT).free < FREE_BYTES_NEEDED:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    STATE.mkdir(parents=True)
    UNFINISHED.touch()
    # The real path names the minor version: when the system's python3 moves on, the link breaks and shows it.
    python = os.path.realpath(sys.executable)
    run([python, "-m", "venv", str(VENV)])
    return False


def is_whole() -> bool:
    """Whether the environment's Python starts, is new enough and has pip."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    python = VENV / "bin" / "python"
    return (
        python.exists()
        and subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
    )


def install(lock: str) -> None:
    """Install exactly what the lock names, every file checked by its hash; with pip where uv fails."""
    python = str(VENV / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    try:
        run([*pip, "-r", str(ROOT / "requirements-uv.lock")])
        sync = [str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", python]
        run([*sync, str(ROOT / lock)])
    except (CannotSetUp, FileNotFoundError):
        run([*pip, "-r", str(ROOT / lock)])


def run(command: list[str]) -> None:
    """Run one step, its output kept in the log.

    Raises: CannotSetUp with a sentence when it fails.
    """
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, check=False, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    output = done.stdout + done.stderr
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{output}\n")
    if done.returncode == 0:
        return
    if "No space left on device" in output or "Disk quota exceeded" in output:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "HASHES" in output or "ash mismatch" in output:
        raise CannotSetUp(f"một gói tải về không đúng mã băm trong tệp khoá; đã dừng. Chi tiết: {LOG}")
    raise CannotSetUp(f"không cài được thư viện; hãy kiểm tra mạng rồi chạy lại. Chi tiết: {LOG}")


def site_packages() -> Path:
    """Where the environment's own Python looks for packages."""
    ask = [str(VENV / "bin" / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())


def record(name: str, content: bytes) -> None:
    """Write one of the files that say what was made, all of it or nothing."""
    temporary = STATE / f"{name}.new"
    temporary.write_bytes(content)
    temporary.replace(STATE / name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
