"""The content-addressed store."""

from pathlib import Path

import pytest
from django.conf import settings

from nep.kernel.errors import RuleError, Unavailable
from nep.platform.files.models import StoredFile
from nep.platform.files.store import file_response, path_of, store

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")


def test_the_same_content_is_kept_once() -> None:
    first, second = store([b"mot ", b"hai"], name="a.txt"), store([b"mot hai"], name="b.txt")
    assert first == second
    assert path_of(first.sha256).read_bytes() == b"mot hai"
    assert [path.name for path in Path(settings.NEP_FILES).iterdir() if path.is_file()] == []


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        store([], name="a.txt")
    assert refused.value.reason == "Tệp rỗng, không có nội dung để lưu."


def test_a_file_over_the_limit_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(RuleError) as refused:
        store([b"x" * 600_000] * 3, name="a.txt", max_size=1_048_576)
    assert refused.value.reason == "Tệp lớn hơn 1 MB. Chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại."
    assert StoredFile.objects.count() == 0
    assert list(Path(settings.NEP_FILES).iterdir()) == []


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    settings.NEP_FILES = blocked
    with pytest.raises(Unavailable):
        store([b"x"], name="a.txt")


def test_only_pictures_and_pdf_are_shown_inside_a_page() -> None:
    shown = file_response(store([PNG], name="anh.png"), name="ảnh 1.png")
    handed_out = file_response(store([b"<script>alert(1)</script>"], name="a.png"), name="a.html")
    assert shown["Content-Type"] == "image/png"
    assert handed_out["Content-Type"] == "application/octet-stream"
    assert handed_out["Content-Disposition"] == 'attachment; filename="a.html"'
    assert handed_out["Content-Security-Policy"] == "default-src 'none'; sandbox"
