"""The part of the preparation that needs Django; `preparation` runs it as a process of its own."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    """Migrate, load the province once, collect static files, note the sample sign-ins."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    lines = io.StringIO()
    call_command("sample_province", scale=sys.argv[1] if len(sys.argv) > 1 else "")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the first pages are planned as if every table were empty
    call_command("sample_province", sign_ins=True, stdout=lines)
    sign_ins = Path(os.environ["NEP_DATA"], "logs", "sign-ins.txt")
    sign_ins.write_text(lines.getvalue().rstrip(), encoding="utf-8")


if __name__ == "__main__":
    main()
