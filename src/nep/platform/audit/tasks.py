"""What the machine does for the trail by itself: sealing, checking, letting go of what is past its years."""

from __future__ import annotations

import structlog
from procrastinate.contrib.django import app

from nep.platform.audit.exported import export_heads
from nep.platform.audit.keyring import signing_key
from nep.platform.audit.readings import forget_old_marks
from nep.platform.audit.retention import remove_expired
from nep.platform.audit.sealing import seal_all
from nep.platform.audit.verifying import check_by_machine
from nep.platform.clock import now

log = structlog.get_logger()


@app.periodic(cron="* * * * *")
@app.task(name="nep.platform.audit.tasks.seal", queueing_lock="audit_seal")
def seal(timestamp: int) -> None:
    """Each minute: seal what has been committed, export the heads."""
    seal_all(signing_key(), at=now())
    # What could not be exported now is exported with the next ones.
    export_heads()


@app.periodic(cron="17 19 * * *")  # 02:17 in Vietnam: the worker counts in UTC
@app.task(name="nep.platform.audit.tasks.look_after", queueing_lock="audit_look_after")
def look_after(timestamp: int) -> None:
    """Each night: verify the whole trail, let go of what is past its years, forget old marks of reading."""
    check = check_by_machine(at=now())
    if check.findings:
        log.error("the trail is not as it was sealed", findings=check.findings)
    else:
        remove_expired(at=now())
    forget_old_marks(at=now())
