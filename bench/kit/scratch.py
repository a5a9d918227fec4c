"""A proof's own PostgreSQL and data folder, gone when it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from nep.config.cli.database import django_environment
from nep.config.datafolder import ROOT, DataFolder
from nep.config.embedded import running


def told_by(module: str) -> dict[str, Any]:
    """Run `python -m MODULE` beside an empty, migrated database; the JSON of its last line.

    Raises: RuntimeError when it fails; what it said stands on the terminal.
    """
    with tempfile.TemporaryDirectory(prefix="nep-proof-") as folder:
        data = DataFolder(Path(folder) / "data")
        data.ready()
        with running(data.path) as url:
            environment = django_environment(data, url, demo=False)
            environment["NEP_SECRET_KEY"] = "only-for-a-proof"
            environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
            migrate = ["-m", "django", "migrate", "--verbosity", "0", "--skip-checks"]
            for arguments in (migrate, ["-m", module]):
                ended = subprocess.run(
                    [sys.executable, "-P", *arguments],
                    cwd=ROOT,
                    env=environment,
                    stdout=subprocess.PIPE,
                    text=True,
                    check=False,
                )
                if ended.returncode != 0:
                    raise RuntimeError(f"{' '.join(arguments)} ended with {ended.returncode}")
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told
