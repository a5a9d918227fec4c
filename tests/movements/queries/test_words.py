"""Titles and figures as people read them."""

from __future__ import annotations

from nep.movements.queries.words import SHORT, short_title


def test_a_long_title_is_cut_between_two_words() -> None:
    title = "Thực hiện Quy tắc ứng xử của cán bộ, công chức, viên chức trong các cơ quan của tỉnh"
    assert short_title(title) == "Thực hiện Quy tắc ứng xử của cán bộ, công chức, viên chức trong…"
    assert len(short_title(title)) == SHORT


def test_a_short_title_and_one_without_spaces_stay_whole_or_are_cut() -> None:
    assert short_title("Công sở nền nếp") == "Công sở nền nếp"
    assert short_title("a" * 70) == "a" * 64 + "…"
