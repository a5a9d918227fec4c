"""What the day of a change means, in words: how late or how far ahead, and which months are counted again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

SHOWN = 12  # so many months are named one by one


def effect_in_words(on: date, today: date, recounted: Iterable[date], kept: Iterable[date]) -> str:
    """Sentences for the person who records a change that counts from a day.

    `recounted` are the past months whose figures become others, `kept` those that are locked and stay.

    >>> effect_in_words(date(2026, 11, 1), date(2026, 11, 21), [], [])
    'Ghi chậm 20 ngày; chưa tháng nào phải tính lại.'
    """
    if on > today:
        return (
            f"Có hiệu lực từ {on:%d/%m/%Y}, sau {(on - today).days} ngày nữa. "
            "Đến ngày đó tổ chức vẫn như hiện nay."
        )
    if on == today:
        return "Có hiệu lực ngay hôm nay."
    months = (today.year - on.year) * 12 + today.month - on.month
    late = f"Ghi chậm {months} tháng" if months else f"Ghi chậm {(today - on).days} ngày"
    again, locked = sorted(set(recounted)), sorted(set(kept))
    if not again and not locked:
        return f"{late}; chưa tháng nào phải tính lại."
    said = [f"{late}: số liệu {months_in_words(again)} được tính lại."] if again else [f"{late}."]
    if locked:
        name = months_in_words(locked)
        said.append(f"{name[0].upper()}{name[1:]} đã khóa, giữ nguyên.")
    return " ".join(said)


def months_in_words(months: Iterable[date]) -> str:
    """Months named by their first days, in words.

    >>> months_in_words([date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)])
    'các tháng 11, 12/2025; 1/2026'
    """
    ordered = sorted(set(months))
    if len(ordered) == 1:
        return f"tháng {ordered[0].month}/{ordered[0].year}"
    if len(ordered) > SHOWN:
        first, last = ordered[0], ordered[-1]
        return f"{len(ordered)} tháng từ {first.month}/{first.year} đến {last.month}/{last.year}"
    years = dict.fromkeys(month.year for month in ordered)
    said = (
        f"{', '.join(str(month.month) for month in ordered if month.year == year)}/{year}" for year in years
    )
    return f"các tháng {'; '.join(said)}"
