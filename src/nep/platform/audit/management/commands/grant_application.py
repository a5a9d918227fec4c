"""`nep manage grant_application ROLE`: let a role serve pages and work jobs."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nep.platform.audit.rights import NotForApplication, grant_application


class Command(BaseCommand):
    """Gives the rights; needed once after a database was put back, as `migrate` does it otherwise."""

    help = "Cho một vai trò của PostgreSQL phục vụ trang và việc nền; với nhật ký chỉ được thêm và đọc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See `help`."""
        parser.add_argument("role", metavar="VAI_TRÒ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant.

        Raises: CommandError for a role that could change the trail, or that is not there.
        """
        try:
            grant_application(options["role"])
        except NotForApplication as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Vai trò {options['role']} phục vụ được; với nhật ký chỉ thêm và đọc.")
