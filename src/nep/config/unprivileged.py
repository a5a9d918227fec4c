"""PostgreSQL refuses to run as root: run its programs as an account without rights."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path
from typing import Any

from nep.config.refusals import Refusal

ACCOUNT = "nobody"


def as_account(command: list[str], account: str = ACCOUNT) -> tuple[list[str], dict[str, Any]]:
    """The command, and what to pass to `Popen`, so that it does not run as root; others: unchanged.

    When the account cannot reach the program or the folders it works on (a clone below /root), `setpriv`
    leaves it the one capability to pass through folders; loosening root's own folders instead would outlive
    us.

    Raises: Refusal when that is needed and `setpriv` is missing.
    """
    if os.geteuid() != 0:
        return command, {}
    entry = pwd.getpwnam(account)
    if all(everybody_may_pass(Path(word)) for word in command if word.startswith("/")):
        return command, {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise Refusal(
            "Chạy bằng root trong thư mục riêng của root cần lệnh setpriv (gói util-linux);"
            " hãy cài gói này hoặc đặt mã nguồn và dữ liệu ở nơi mọi tài khoản đi qua được."
        )
    ids = [f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
    # Without the secure bit, access(2) would not count the capability, and initdb looks for postgres with it.
    rights = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
    return [setpriv, *ids, *rights, *command], {}


def give(path: Path, account: str = ACCOUNT) -> None:
    """Make the account the owner of a folder we just made; nothing to do unless we are root."""
    if os.geteuid() == 0:
        entry = pwd.getpwnam(account)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def everybody_may_pass(path: Path) -> bool:
    """Whether any account can walk down to this path."""
    return all(parent.stat().st_mode & 0o001 for parent in path.parents)
