"""`nep manage sample_province`: fill an empty database with the sample province."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from nep.org.models import Unit
from nep.sample.calendar import tell_days
from nep.sample.haste import all_or_nothing
from nep.sample.history import Teller, tell
from nep.sample.letters import tell_letters
from nep.sample.organisation import build_organisation, plan
from nep.sample.password import PASSWORD
from nep.sample.reminders import tell_reminders
from nep.sample.scale import SIZES, load


class Command(BaseCommand):
    """Makes the province once; `--sign-ins` prints who can sign in."""

    help = "Lập tỉnh mẫu Vân Lĩnh trong cơ sở dữ liệu trống; --sign-ins in tài khoản mẫu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See `help`."""
        parser.add_argument(
            "--sign-ins", action="store_true", help="chỉ in tài khoản mẫu, mỗi vai trò một dòng"
        )
        parser.add_argument("--scale", choices=["", *SIZES], default="", help="lập một tỉnh lớn cỡ này")

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing is done when there are units already.

        Raises: CommandError outside the demo: everybody in the sample signs in with a password that all know.
        """
        if not settings.NEP_DEMO:
            raise CommandError("Tỉnh mẫu có mật khẩu ai cũng biết, nên chỉ lập trong bản thử: ./nep demo.")
        if options["sign_ins"]:
            for entry in plan()["sign_ins"]:
                self.stdout.write(f"{entry['login']}\t{PASSWORD}\t{entry['role']}")
            return
        if Unit.objects.exists():
            self.stdout.write("Đã có dữ liệu, không lập lại tỉnh mẫu.")
            return
        if options["scale"]:
            size = SIZES[options["scale"]]
            load(people=size.people, units=size.units)
            return
        with all_or_nothing():
            build_organisation(datetime.combine(plan()["opened"], time(1), UTC))
            # Within one transaction PostgreSQL would not know how many rows there are.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            tell()
            tell_letters(Teller())
            tell_days(Teller())
            tell_reminders()
