"""`./nep audit …`: verify the trail here or in an export, export it, say how long events are kept."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg

from nep.config.cli import demo_mark
from nep.config.cli.arguments import Arguments, folder
from nep.config.cli.database import application_url, database, django_environment
from nep.config.datafolder import DataFolder, default_path
from nep.config.processes import stopped_by_signals
from nep.config.refusals import Refusal, from_disk_error
from nep.platform.audit.domain.bundle import Bundle, NotABundle, write_bundle
from nep.platform.audit.domain.chain import instant
from nep.platform.audit.domain.findings import Report
from nep.platform.audit.domain.heads import exported_lines, read_heads
from nep.platform.audit.domain.keys import PublicKeys, by_name, public_key
from nep.platform.audit.domain.verification import Exported, verify

NOT_INTACT = 3


def main(arguments: list[str]) -> int:
    """Do one of the acts; 0 when the trail is intact, 3 when it is not."""
    acts: dict[str, Callable[[list[str]], int]] = {"verify": verifying, "export": exporting, "keep": keeping}
    act, *rest = arguments or [""]
    if act not in acts:
        raise Refusal("hãy chọn một việc: ./nep audit verify, ./nep audit export hoặc ./nep audit keep.")
    with stopped_by_signals():
        return acts[act](rest)


def verifying(arguments: list[str]) -> int:
    """Verify the trail of the database, or of an export when a folder is given."""
    parser = Arguments(
        "audit verify",
        "Kiểm tra nhật ký còn nguyên vẹn không: trong cơ sở dữ liệu, hoặc trong một bản xuất."
        " Mã kết thúc: 0 nguyên vẹn, 3 không còn nguyên vẹn, 1 không kiểm tra được.",
    )
    parser.add_argument(
        "bundle", nargs="?", type=folder, metavar="DIR", help="bản xuất bằng nep audit export"
    )
    parser.add_argument("--heads", type=Path, metavar="FILE", help="tệp hoặc thư mục đầu chuỗi đã xuất")
    parser.add_argument("--key", type=Path, action="append", metavar="FILE", help="khóa công khai được tin")
    parser.add_argument("--json", action="store_true", help="in kết quả bằng JSON")
    found = parser.parse_args(arguments)
    keys = None if found.key is None else by_name(key_in(path) for path in found.key)
    report = of_bundle(found.bundle, keys or {}, found.heads) if found.bundle else here(keys, found.heads)
    if found.json:
        print(json.dumps(report.plain(), ensure_ascii=False))
    else:
        print("\n".join(report.lines()))
    return 0 if report.intact else NOT_INTACT


def of_bundle(bundle: Path, keys: PublicKeys, heads: Path | None) -> Report:
    """Verify an export, with nothing but its files.

    Raises: Refusal when it cannot be read.
    """
    try:
        told = Bundle(bundle)
        wrong = told.wrong_with_files(keys)
        report = verify(told, keys, exported(heads, keys))
    except NotABundle as error:
        raise Refusal(str(error)) from error
    report.findings[:0] = wrong
    return report


def exported(heads: Path | None, keys: PublicKeys) -> Exported | None:
    """The heads in a file or folder.

    Raises: Refusal when it cannot be read.
    """
    if heads is None:
        return None
    try:
        return read_heads(exported_lines(heads), keys)
    except OSError as error:
        raise Refusal(f"Không đọc được tệp đầu chuỗi {heads}: {error.strerror}.") from error


def key_in(path: Path) -> Any:
    """The public key in a file.

    Raises: Refusal when there is none.
    """
    try:
        return public_key(path.read_bytes())
    except OSError as error:
        raise Refusal(f"Không đọc được khóa {path}: {error.strerror}.") from error
    except ValueError as error:
        raise Refusal(f"{path} không phải khóa công khai Ed25519 (tệp PEM).") from error


@contextmanager
def trail_here() -> Iterator[str]:
    """Django on the database of this installation, as its owner; the URL by which the application connects.

    Raises: Refusal when the database holds no trail yet.
    """
    data = DataFolder(default_path())
    data.ready()
    with database(data) as url:
        with psycopg.connect(url) as connection:
            if "audit_seal" not in demo_mark.tables(connection):
                raise Refusal("Cơ sở dữ liệu này chưa có nhật ký; hãy chạy ./nep manage migrate trước.")
            demo = demo_mark.is_demo(connection)
        serving = application_url(url)  # before Django's own environment names the owner's
        os.environ.update(django_environment(data, url, demo=demo))
        import django  # noqa: PLC0415 -- verifying an export needs no Django

        django.setup()
        yield serving


def here(keys: PublicKeys | None, heads: Path | None) -> Report:
    """Verify the trail of the database; keys and heads are those of the data folder unless given."""
    with trail_here() as serving:
        from nep.platform.audit.exported import heads_folder  # noqa: PLC0415 -- after django.setup()
        from nep.platform.audit.verifying import verify_stored  # noqa: PLC0415 -- the same

        usual = heads_folder() if heads is None and heads_folder().is_dir() else None
        try:
            report = verify_stored(keys, heads or usual)
        except OSError as error:
            raise Refusal(f"Không đọc được tệp đầu chuỗi {heads}: {error.strerror}.") from error
        if usual:
            report.notes.append(
                f"Đối chiếu với đầu chuỗi trong {usual}; bản để ở máy khác (--heads) mới chống được"
                " người giữ máy này."
            )
        if may_change(serving):
            report.notes.append(
                "Nếp đang kết nối bằng vai trò sửa được nhật ký; hãy đặt NEP_OWNER_DATABASE_URL"
                " và cho Nếp một vai trò riêng."
            )
        return report


def may_change(serving: str) -> bool:
    """Whether the role that serves could change the trail."""
    from nep.platform.audit.rights import MAY_CHANGE  # noqa: PLC0415 -- after django.setup()

    with psycopg.connect(serving) as connection:
        row = connection.execute(MAY_CHANGE).fetchone()
        return bool(row and row[0])


def exporting(arguments: list[str]) -> int:
    """Write the whole trail into a folder that can be verified anywhere."""
    parser = Arguments("audit export", "Xuất toàn bộ nhật ký ra một thư mục để kiểm tra ở nơi khác.")
    parser.add_argument("target", type=folder, metavar="DIR", help="thư mục mới hoặc trống")
    target = parser.parse_args(arguments).target
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refusal(f"{target} đã có sẵn và không trống; hãy chọn một thư mục mới.")
    with trail_here():
        from nep.platform.audit.keyring import signing_key  # noqa: PLC0415 -- after django.setup()
        from nep.platform.audit.stored import StoredTrail, one_moment  # noqa: PLC0415 -- the same

        try:
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            made_at = instant(datetime.now(UTC))  # noqa: TID251 -- a command; nothing depends on it
            with one_moment():
                manifest = write_bundle(
                    StoredTrail(), target, made_at=made_at, complete=True, key=signing_key()
                )
        except OSError as error:
            unknown = Refusal(f"Không ghi được vào {target}: {error.strerror}.")
            raise from_disk_error(error, target) or unknown from error
    sealed = manifest["files"]["sealed.jsonl"]["lines"]
    print(f"Đã xuất {sealed} sự kiện đã niêm phong vào {target}, ký bằng khóa {manifest['key']}.")
    print("Kiểm tra: ./nep audit verify DIR --heads TỆP_ĐẦU_CHUỖI --key KHÓA_CÔNG_KHAI")
    return 0


def keeping(arguments: list[str]) -> int:
    """Say how long events of a class are kept, or tell what was said."""
    parser = Arguments(
        "audit keep",
        "Đặt hạn lưu giữ một loại sự kiện. Không đặt thì giữ mãi. Chưa có --confirmed thì chưa bỏ gì.",
    )
    parser.add_argument("keep", nargs="?", metavar="LOẠI", help="business, security hoặc reading")
    parser.add_argument("years", nargs="?", type=int, metavar="SỐ_NĂM", help="số năm giữ")
    parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="áp dụng từ ngày")
    parser.add_argument("--source", default="", metavar="CĂN_CỨ", help="văn bản quy định hạn này")
    parser.add_argument("--confirmed", action="store_true", help="cấp có thẩm quyền đã xác nhận")
    found = parser.parse_args(arguments)
    with trail_here():
        from nep.platform.audit import retention  # noqa: PLC0415 -- after django.setup()
        from nep.platform.audit.events import KEEPS  # noqa: PLC0415 -- the same
        from nep.platform.clock import now, today  # noqa: PLC0415 -- the same

        if found.keep is not None:
            if found.years is None or not found.source.strip():
                raise Refusal("hãy cho biết số năm và căn cứ: ./nep audit keep LOẠI SỐ_NĂM --source CĂN_CỨ.")
            try:
                retention.set_retention(
                    found.keep,
                    found.years,
                    since=found.since or today(),
                    source=found.source.strip(),
                    confirmed=found.confirmed,
                    at=now(),
                )
            except ValueError as error:
                classes = ", ".join(KEEPS)
                raise Refusal(f"Loại phải là {classes}; số năm phải từ 1.") from error
        print("\n".join(retention.in_words()))
    return 0
