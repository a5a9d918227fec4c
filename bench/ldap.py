"""Sign-in through a real directory: OpenLDAP's slapd with STARTTLS; then with the directory gone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent

from nep.config.cli.database import django_environment
from nep.config.cli.prove import Options
from nep.config.datafolder import DataFolder
from nep.config.embedded import running
from nep.config.refusals import Refusal
from tests.e2e.site import free_port

SLAPD, SLAPADD = Path("/usr/sbin/slapd"), Path("/usr/sbin/slapadd")
NEEDED = (
    "apt-get install --yes --no-install-recommends slapd openssl gcc python3-dev libldap-dev libsasl2-dev"
)
EXTRA = ".venv/bin/python -m pip install --require-hashes -r requirements-ldap.lock"
READY_SECONDS = 20
HOST = "127.0.0.1"  # libldap checks a certificate for "localhost" against the name of the machine
BASE = "dc=vanlinh,dc=example"
IN_THE_DIRECTORY = "mot cau trong danh ba"
HERE_ONLY = "mot cau chi o day 2026"
# Who tries what, and whether it opens. In the directory: thu.dth, an.nv (closed here), la.kq (not here).
TRIES = {
    "the directory's password": ("thu.dth", IN_THE_DIRECTORY, True),
    "another way to write the name": (" THU.DTH ", IN_THE_DIRECTORY, True),
    "a wrong password": ("thu.dth", "sai", False),
    "a blank password": ("thu.dth", " ", False),
    "a closed account": ("an.nv", IN_THE_DIRECTORY, False),
    "no account here": ("la.kq", IN_THE_DIRECTORY, False),
    "a name that is a pattern": ("*", IN_THE_DIRECTORY, False),
    "a name that is a filter": ("thu.dth)(uid=*", IN_THE_DIRECTORY, False),
    "an account of its own": ("quantri", HERE_ONLY, True),
}
WITHOUT = {
    "the directory's password": ("thu.dth", IN_THE_DIRECTORY, False),
    "an account of its own": ("quantri", HERE_ONLY, True),
}
ACCOUNTS = f"""
from nep.accounts.models import User
User.objects.create_user("thu.dth", "Đặng Thị Hoài Thu")
User.objects.create_user("an.nv", "Nông Văn An")
User.objects.filter(login="an.nv").update(is_active=False)
User.objects.create_user("quantri", "Giàng Seo Phử", {HERE_ONLY!r})
"""
SIGN_IN = """
import json, sys
from django.test import Client
from nep.accounts.models import User
opened = {}
for number, (what, (login, password, _)) in enumerate(json.loads(sys.argv[1]).items()):
    client = Client(HTTP_HOST="localhost", REMOTE_ADDR=f"10.0.0.{number}")
    client.post("/dang-nhap/", {"login": login, "password": password})
    opened[what] = client.get("/tai-khoan/").status_code == 200
print(json.dumps([opened, User.objects.count()]))
"""


def prove(options: Options) -> dict[str, object]:
    """Every try opens or stays closed as it should, with the directory and without it; no account is made."""
    refuse_missing()
    with tempfile.TemporaryDirectory(prefix="nep-ldap-") as folder:
        data = DataFolder(Path(folder, "data"))
        data.ready()
        port = free_port()
        certificate = make_certificate(Path(folder))
        with running(data.path, durable=False) as url:
            environment = django_environment(data, url, demo=True) | {
                "NEP_DEBUG": "1",
                "NEP_LDAP_URI": f"ldap://{HOST}:{port}",
                "NEP_LDAP_BASE": f"ou=people,{BASE}",
                "LDAPTLS_CACERT": str(certificate),
            }
            in_django(environment, "from django.core.management import call_command; call_command('migrate')")
            in_django(environment, ACCOUNTS)
            with directory(Path(folder), port, certificate):
                began = time.monotonic()
                with_it, _ = tried(environment, TRIES)
                seconds = time.monotonic() - began
            without_it, accounts = tried(environment, WITHOUT)
    wanted = ({what: opens for what, (_, _, opens) in tries.items()} for tries in (TRIES, WITHOUT))
    holds = [with_it, without_it] == list(wanted)
    return {
        "ok": holds and accounts == 3,
        "with_directory": with_it,
        "without_directory": without_it,
        "accounts_before_and_after": [3, accounts],
        "starttls": True,
        "seconds_for_all_tries": round(seconds, 2),
    }


def refuse_missing() -> None:
    """Name what has to be installed first.

    Raises: Refusal when slapd or the extra is missing.
    """
    if not (SLAPD.exists() and SLAPADD.exists()):
        raise Refusal(f"Cần slapd: {NEEDED}")
    if find_spec("django_auth_ldap") is None:
        raise Refusal(f"Cần phần mở rộng ldap: {EXTRA}")


def tried(
    environment: dict[str, str], tries: dict[str, tuple[str, str, bool]]
) -> tuple[dict[str, bool], int]:
    """Sign in as a browser does, once for each try: what opened, and how many accounts there are then."""
    opened, accounts = json.loads(in_django(environment, SIGN_IN, json.dumps(tries)))
    return opened, accounts


def in_django(environment: dict[str, str], words: str, *arguments: str) -> str:
    """Run some words with the product set up; the last line they print."""
    command = [sys.executable, "-c", f"import django; django.setup()\n{words}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refusal(done.stderr.strip()[-600:])
    return (done.stdout.strip().splitlines() or [""])[-1]


def make_certificate(folder: Path) -> Path:
    """A certificate for this machine, with its key beside it."""
    certificate, key = folder / "slapd.pem", folder / "slapd.key"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=nep",
            "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate


@contextmanager
def directory(folder: Path, port: int, certificate: Path) -> Iterator[None]:
    """A directory with three people, that speaks only over TLS."""
    store, settings, people = folder / "directory", folder / "slapd.conf", folder / "people.ldif"
    store.mkdir()
    settings.write_text(
        dedent(f"""\
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        TLSCertificateFile {certificate}
        TLSCertificateKeyFile {certificate.with_suffix(".key")}
        security simple_bind=128
        database mdb
        suffix "{BASE}"
        directory {store}
        """)
    )
    people.write_text(
        f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: Van Linh\n\n"
        f"dn: ou=people,{BASE}\nobjectClass: organizationalUnit\nou: people\n"
        + "".join(
            f"\ndn: uid={login},ou=people,{BASE}\nobjectClass: inetOrgPerson\ncn: {login}\nsn: {login}\n"
            f"userPassword: {IN_THE_DIRECTORY}\n"
            for login in ("thu.dth", "an.nv", "la.kq")
        )
    )
    subprocess.run([SLAPADD, "-f", settings, "-l", people], check=True, capture_output=True)
    listen = ["-f", str(settings), "-h", f"ldap://{HOST}:{port}", "-d", "0"]
    server = subprocess.Popen([str(SLAPD), *listen], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until the directory listens.

    Raises: Refusal when it ends, or takes too long.
    """
    deadline = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise Refusal("slapd không chạy được; chạy tay với -d 1 để xem vì sao.")
