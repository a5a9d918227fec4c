"""`./nep manage …`: Django's own commands on the same database as the demo."""

from __future__ import annotations

import os
import signal

import psycopg
from django.core.management import execute_from_command_line

from nep.config.cli import demo_mark
from nep.config.cli.database import database, django_environment
from nep.config.datafolder import DataFolder, default_path
from nep.config.processes import stopped_by_signals


def main(arguments: list[str]) -> int:
    """Run one of Django's commands, with the embedded server started or joined for as long as it takes."""
    data = DataFolder(default_path())
    data.ready()
    # Ctrl-C stays with the command: in a shell it drops the line, not the session.
    with stopped_by_signals((signal.SIGTERM, signal.SIGHUP)), database(data) as url:
        with psycopg.connect(url) as connection:
            demo = demo_mark.is_demo(connection)
        os.environ.update(django_environment(data, url, demo=demo))
        execute_from_command_line(["./nep manage", *arguments])
    return 0
