"""`./nep manage start_organisation`: the first unit of a new installation and the two people who begin."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nep.kernel.errors import RuleError
from nep.org.models import Line, UnitKind
from nep.org.services.founding import Founder, start_organisation
from nep.org.services.units import NewUnit
from nep.platform.clock import now, today

PEOPLE = {"head": "thủ trưởng", "admin": "người quản trị"}
KINDS = [kind for kind in UnitKind if kind not in {UnitKind.UNION, UnitKind.PARTY}]


class Command(BaseCommand):
    """Works on an empty database only; prints a code for each of the two, by which they set a password."""

    help = "Lập đơn vị đầu tiên cùng thủ trưởng và người quản trị của một hệ thống mới cài."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """See `help`."""
        parser.add_argument("--code", required=True, help="mã đơn vị")
        parser.add_argument("--name", required=True, help="tên đơn vị")
        parser.add_argument("--short-name", default="", help="tên ngắn")
        parser.add_argument("--kind", required=True, choices=[str(kind) for kind in KINDS], help="loại")
        parser.add_argument("--since", type=date.fromisoformat, help="có từ ngày (2025-07-01)")
        for key, who in PEOPLE.items():
            parser.add_argument(f"--{key}-code", required=True, help=f"mã nhân sự của {who}")
            parser.add_argument(f"--{key}-name", required=True, help=f"họ và tên {who}")
            parser.add_argument(f"--{key}-position", required=True, help=f"chức vụ của {who}")
            parser.add_argument(f"--{key}-login", default="", help=f"tên đăng nhập của {who}")
            parser.add_argument(f"--{key}-email", default="", help=f"thư điện tử của {who}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and print the codes.

        Raises: CommandError with the sentence of the rule that forbids it.
        """
        new = NewUnit(
            options["code"],
            options["name"],
            UnitKind(options["kind"]),
            Line.AUTHORITY,
            options["short_name"],
        )
        head, administrator = (_founder(key, options) for key in PEOPLE)
        try:
            told = start_organisation(
                new, head=head, administrator=administrator, on=options["since"] or today(), at=now()
            )
        except RuleError as refusal:
            raise CommandError(refusal.reason) from refusal
        for first in told:
            self.stdout.write(f"{first.role}: {first.name}, tên đăng nhập {first.login}, mã {first.code}")
        self.stdout.write("Mở /dang-nhap/phieu/, nhập mã để đặt mật khẩu; mỗi mã dùng một lần trong 72 giờ.")


def _founder(key: str, options: dict[str, Any]) -> Founder:
    return Founder(
        staff_code=options[f"{key}_code"].strip(),
        name=" ".join(options[f"{key}_name"].split()),
        position=options[f"{key}_position"].strip(),
        login=options[f"{key}_login"],
        email=options[f"{key}_email"].strip(),
    )
