"""The operations guide carried out: shipped files, Debian's PostgreSQL 15 and nginx, two roles, a backup."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import requests

from nep.config.cli.backup import newest
from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT
from nep.config.embedded import running
from nep.config.refusals import Refusal
from tests.e2e.site import free_port

DEPLOY = ROOT / "deploy"
POSTGRES = Path("/usr/lib/postgresql/15/bin")
NEEDED = "apt-get install --yes --no-install-recommends postgresql-15 nginx-light openssl systemd"
HOST = "nep.example.gov.vn"
PASSWORD = "mot cau de nho 2026"
UNIT = {
    "code": "VL", "name": "Ủy ban nhân dân tỉnh Vân Lĩnh", "kind": "province",
    "head-code": "NV1", "head-name": "Hà Đức Thuận", "head-position": "Chủ tịch Ủy ban nhân dân",
    "admin-code": "NV2", "admin-name": "Giàng Seo Phử", "admin-position": "Chuyên viên",
}  # fmt: skip
COUNT = "from nep.org.models import *; print(Unit.objects.count(), Person.objects.count())"


@dataclass(frozen=True)
class Machine:
    """One server: its folder, its environment as systemd would give it."""

    folder: Path
    environment: dict[str, str]

    def nep(self, *arguments: str) -> str:
        """Run a command of the guide; what it prints."""
        command = [sys.executable, "-P", "-m", "nep.config.cli", *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Refusal(f"./nep {arguments[0]}: {(done.stderr or done.stdout).strip()[-600:]}")
        return done.stdout

    @contextmanager
    def service(self, name: str, **replaced: str) -> Iterator[None]:
        """What a shipped systemd unit starts, with this machine's folders and port."""
        text = (DEPLOY / "systemd" / f"{name}.service").read_text(encoding="utf-8")
        command = re.search(r"^ExecStart=(.*)$", text, flags=re.MULTILINE)
        assert command is not None
        words = shlex.split(command[1].replace("/opt/nep/.venv/bin", str(Path(sys.executable).parent)))
        words = [replaced.get(word, word) for word in words]
        environment = self.environment | dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))
        with (self.folder / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(words, env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield
        finally:
            child.terminate()
            child.wait(timeout=90)


def prove(options: Options) -> dict[str, object]:
    """Seconds of the steps; `ok` when pages answer over HTTPS and the restored backup is the same."""
    programs = [
        POSTGRES / "postgres",
        *(shutil.which(name) for name in ("nginx", "openssl", "systemd-analyze")),
    ]
    if not all(program and Path(program).exists() for program in programs):
        raise Refusal(f"Phép server cần PostgreSQL 15, nginx, openssl và systemd-analyze: {NEEDED}")
    os.environ["NEP_POSTGRES_BIN"] = str(POSTGRES)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nep-server-")))
        folder.chmod(0o711)
        first = machine(folder / "first", stack)
        began = time.perf_counter()
        first.nep("install")
        told = first.nep("manage", "start_organisation", *(f"--{key}={value}" for key, value in UNIT.items()))
        installed = time.perf_counter()
        pages = visit(first, stack, code_of(told))
        backed_up = time.perf_counter()
        first.nep("backup", str(folder / "backups"))
        second = machine(folder / "second", stack)
        backup = newest(folder / "backups")
        second.nep("restore", str(backup))
        second.nep("install")
        restored = time.perf_counter()
        same = [one.nep("manage", "shell", "-v", "0", "-c", COUNT).strip() for one in (first, second)]
        sealed = second.nep("audit", "verify")
        units = units_verified(folder)
    return {
        "ok": same[0] == same[1] == "1 2" and pages["ok"] and units == [],
        "install_seconds": round(installed - began, 1),
        "backup_and_restore_seconds": round(restored - backed_up, 1),
        "pages": pages,
        "restored": same[1],
        "audit": sealed.strip().splitlines()[-1],
        "systemd": units,
    }


def machine(folder: Path, stack: ExitStack) -> Machine:
    """A server with the two roles of the guide and the shipped example of an environment file."""
    (folder / "logs").mkdir(parents=True)
    owner = stack.enter_context(running(folder, durable=True))
    superuser = owner.replace("//nep@", "//postgres@")
    with psycopg.connect(superuser, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'nep_app'").fetchone():
            connection.execute("CREATE ROLE nep_app LOGIN")
    lines = (DEPLOY / "nep.env.example").read_text(encoding="utf-8").splitlines()
    shipped = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    mine = {
        "DATABASE_URL": owner.replace("//nep@", "//nep_app@"),
        "NEP_OWNER_DATABASE_URL": owner,
        "NEP_SECRET_KEY": "a-key-of-this-proof-only-a-key-of-this-proof-only",
        "NEP_DATA": str(folder / "data"),
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "NEP_POSTGRES_BIN") if name in os.environ}
    return Machine(folder, kept | shipped | mine | {"LC_ALL": "C.UTF-8"})


def visit(first: Machine, stack: ExitStack, code: str) -> dict[str, object]:
    """Through nginx over HTTPS: the administrator sets a password with the printed code and opens pages."""
    web, https = str(free_port()), str(free_port())
    environment = first.environment
    environment["NEP_ORIGINS"] = f"https://{HOST}:{https}"
    stack.enter_context(first.service("nep-web", **{"8000": web}))
    stack.enter_context(first.service("nep-worker"))
    certificate = nginx(first.folder, stack, web=web, https=https)
    session = requests.Session()
    session.verify, session.trust_env = str(certificate), False  # whatever bundle this machine names
    base = f"https://127.0.0.1:{https}"
    session.headers.update({"Host": f"{HOST}:{https}", "Referer": f"https://{HOST}:{https}/"})
    page = answered(session, f"{base}/dang-nhap/phieu/", first.folder)
    found = send(session, base, "/dang-nhap/phieu/", page.text, {"code": code})
    form = session.get(base + found)
    send(session, base, found, form.text, {"new": PASSWORD, "again": PASSWORD})
    signed = send(
        session, base, "/dang-nhap/", session.get(f"{base}/dang-nhap/").text,
        {"login": login_of(first), "password": PASSWORD},
    )  # fmt: skip
    statuses = {
        path: session.get(base + path).status_code for path in (signed, "/to-chuc/", "/to-chuc/nguoi/")
    }
    secure = all(cookie.secure for cookie in session.cookies)
    hsts = page.headers.get("Strict-Transport-Security", "")
    return {
        "ok": set(statuses.values()) == {200} and secure and bool(hsts),
        "statuses": statuses,
        "secure_cookies": secure,
        "hsts": hsts,
    }


def answered(session: requests.Session, url: str, folder: Path, *, within: float = 30) -> requests.Response:
    """The first answer that is no error of the proxy.

    Raises: Refusal when there is none in time.
    """
    deadline, said = time.monotonic() + within, ""
    while time.monotonic() < deadline:
        try:
            answer = session.get(url)
            if answer.status_code < 500:
                return answer
            said = f"{answer.status_code}"
        except requests.ConnectionError as error:
            said = str(error)
        time.sleep(0.2)
    raise Refusal(f"{url} không trả lời sau {within:.0f} giây: {said}; {last_words(folder)}")


def last_words(folder: Path) -> str:
    """The ends of the logs of a machine."""
    logs = [path for path in sorted(folder.glob("*.log")) if path.stat().st_size]
    return "; ".join(f"{path.name}: {path.read_text(errors='replace')[-300:]!r}" for path in logs)


def send(session: requests.Session, base: str, path: str, page: str, values: dict[str, str]) -> str:
    """Send a form as the page holds it; where its answer leads.

    Raises: Refusal when it leads nowhere.
    """
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    answer = session.post(base + path, data=hidden | values, allow_redirects=False)
    if "Location" not in answer.headers:
        raise Refusal(
            f"{path}: {answer.status_code} {' '.join(re.sub('<[^>]+>', ' ', answer.text).split())[:400]}"
        )
    return answer.headers["Location"]


def nginx(folder: Path, stack: ExitStack, *, web: str, https: str) -> Path:
    """Run the shipped site on ports of its own; its certificate."""
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (DEPLOY / "nginx" / "nep.conf").read_text(encoding="utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/nep/tls/fullchain.pem": str(certificate),
        "/etc/nep/tls/privkey.pem": str(key),
        "127.0.0.1:8000": f"127.0.0.1:{web}",
        "proxy_set_header Host $host;": f"proxy_set_header Host $host:{https};",
    }
    for shipped, mine in changes.items():
        if shipped not in site:
            raise Refusal(f"deploy/nginx/nep.conf không còn dòng “{shipped}”.")
        site = site.replace(shipped, mine)
    whole = folder / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    frame = f"error_log {folder}/nginx-error.log; access_log {folder}/nginx-access.log; {temporary}"
    whole.write_text(
        f"daemon off; pid {folder}/nginx.pid; user root; events {{}}\nhttp {{ {frame}\n{site}\n}}\n",
        encoding="utf-8",
    )
    checked = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True, check=False)
    if checked.returncode != 0:
        raise Refusal(f"nginx -t: {checked.stderr.strip()[-400:]}")
    child = subprocess.Popen(["nginx", "-c", whole], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(child.wait, 20)
    stack.callback(child.terminate)
    return certificate


def units_verified(folder: Path) -> list[str]:
    """What systemd finds wrong with the shipped units, once their program and account are there."""
    copies = folder / "units"
    copies.mkdir()
    for unit in sorted((DEPLOY / "systemd").iterdir()):
        text = unit.read_text(encoding="utf-8")
        text = text.replace("/opt/nep/.venv/bin", str(Path(sys.executable).parent)).replace(
            "/opt/nep", str(ROOT)
        )
        (copies / unit.name).write_text(text.replace("=nep\n", "=root\n"), encoding="utf-8")
    names = [str(path) for path in sorted(copies.iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    lines = done.stderr.splitlines()
    return [line for line in lines if str(copies) in line or "nep-" in line]


def code_of(told: str) -> str:
    """The administrator's code, as the command printed it."""
    return told.splitlines()[1].rsplit(" ", 1)[1]


def login_of(first: Machine) -> str:
    """The administrator's login."""
    ask = "from nep.accounts.models import User; print(User.objects.get(name__startswith='Giàng').login)"
    return first.nep("manage", "shell", "-v", "0", "-c", ask).strip()
