"""Verifying the trail of this database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from nep.platform.audit.domain.findings import Report
from nep.platform.audit.domain.heads import exported_lines, read_heads
from nep.platform.audit.domain.keys import PublicKeys
from nep.platform.audit.domain.verification import Exported, verify
from nep.platform.audit.exported import heads_folder
from nep.platform.audit.keyring import trusted_keys
from nep.platform.audit.models import Check
from nep.platform.audit.stored import StoredTrail, one_moment

MOST_KEPT = 100


def verify_stored(keys: PublicKeys | None = None, heads: Path | None = None) -> Report:
    """Verify the trail with these keys and exported heads, or with those of the data folder.

    Raises: OSError when the heads cannot be read.
    """
    trusted = trusted_keys() if keys is None else keys
    exported = read_heads(exported_lines(heads), trusted) if heads else Exported()
    with one_moment():
        return verify(StoredTrail(), trusted, exported)


def check_by_machine(*, at: datetime) -> Check:
    """Verify with the heads in their usual place, and keep what was found for the auditors' page."""
    report = verify_stored(heads=heads_folder() if heads_folder().is_dir() else None)
    findings = [finding.plain() for finding in report.findings[:MOST_KEPT]]
    return Check.objects.create(
        at=at, rows=report.rows, seals=report.seals, waiting=report.waiting, findings=findings
    )
