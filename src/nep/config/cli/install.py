"""`./nep install`: make a server's database and static files fit this version; again after each upgrade."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import django
import psycopg
from django.core.management import call_command

from nep.config.cli import demo_mark
from nep.config.cli.arguments import Arguments, folder
from nep.config.cli.database import application_role, database, django_environment
from nep.config.datafolder import DataFolder, default_path
from nep.config.refusals import Refusal


def main(arguments: list[str]) -> int:
    """Migrate as the owner, give the serving role its rights, collect static files."""
    parser = Arguments("install", "Chuẩn bị cơ sở dữ liệu và tệp tĩnh của máy chủ; chạy lại khi nâng cấp.")
    parser.add_argument("--data", type=folder, default=default_path(), metavar="DIR", help="thư mục dữ liệu")
    data = DataFolder(Path(parser.parse_args(arguments).data))
    data.ready()
    with data.claimed("./nep install"), database(data) as url:
        refuse_demo(url)
        os.environ.update(django_environment(data, url, demo=False))
        django.setup()
        call_command("migrate", interactive=False, verbosity=1)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        role = application_role(url)
    print("Đã sẵn sàng." if role else f"Đã sẵn sàng. {ONE_ROLE}")
    return 0


ONE_ROLE = (
    "Lưu ý: Nếp phục vụ bằng chính vai trò chủ cơ sở dữ liệu, vai trò này sửa được nhật ký;"
    " đặt NEP_OWNER_DATABASE_URL như docs/operations.md."
)


def refuse_demo(url: str) -> None:
    """Make sure that this is not the demo's database: its people have passwords that everybody knows.

    Raises: Refusal when it is.
    """
    with closing(psycopg.connect(url)) as connection:
        if demo_mark.is_demo(connection):
            raise Refusal("Cơ sở dữ liệu này là của bản thử; hãy dùng một cơ sở dữ liệu trống cho máy chủ.")
