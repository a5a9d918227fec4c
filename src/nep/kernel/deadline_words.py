"""The Vietnamese words in which a deadline explains itself."""

from __future__ import annotations

from datetime import date, timedelta

from nep.kernel.calendar import WEEKDAY_NAMES, WEEKLY_SOURCE, Calendar, SpecialDay
from nep.kernel.rhythm import Rule

UNITS = {"days": "ngày", "working-days": "ngày làm việc", "months": "tháng"}
WEEKEND = "cuối tuần"
_DAY = timedelta(days=1)


def day(value: date) -> str:
    """A day in figures: "26/02/2026"."""
    return f"{value:%d/%m/%Y}"


def full_day(value: date) -> str:
    """A day with its weekday: "thứ Năm ngày 26/02/2026"."""
    return f"{WEEKDAY_NAMES[value.weekday()]} ngày {day(value)}"


def sentence(parts: list[str]) -> str:
    """One sentence of the parts that say something."""
    text = ", ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}."


def rests(calendar: Calendar, after: date, until: date) -> str:
    """The days off after `after` up to and with `until`: "2 ngày cuối tuần và 5 ngày Tết Nguyên đán (…)".

    Empty when there are none.
    """
    groups: dict[str, list[date]] = {}
    for step in range(1, (until - after).days + 1):
        each = after + step * _DAY
        if not calendar.is_working(each):
            special = calendar.days.get(each)
            groups.setdefault(special.name if special else WEEKEND, []).append(each)
    return _listed([_group(name, days) for name, days in groups.items()])


def skipped(calendar: Calendar, start: date, end: date) -> str:
    """What a count of working days stepped over, and the worked weekend days that it counted."""
    off = rests(calendar, start, end)
    worked = [special for special in calendar.special_days(start, end) if not special.off]
    parts = [f"bỏ qua {off}"] if off else []
    parts += [f"tính cả {full_day(special.day)} ({special.name})" for special in worked]
    return ", ".join(parts)


def month_end_taken(start: date, end: date) -> str:
    """That the last month lacks the day and its end is taken."""
    if end.day == start.day:
        return ""
    return f"tháng {end:%m/%Y} không có ngày {start.day} nên lấy ngày cuối tháng"


def ends(end: date, last: date, calendar: Calendar) -> str:
    """Until when one is in time, and why the last day moved."""
    return f"đến hết {full_day(end)}" if last == end else f"hết {full_day(end)} {_moved(end, last, calendar)}"


def _moved(end: date, last: date, calendar: Calendar) -> str:
    off = rests(calendar, end - _DAY, last)
    return f"là ngày nghỉ nên dời qua {off} sang ngày làm việc tiếp theo, {full_day(last)}"


def named(rule: Rule, on: date, after: date) -> str:
    """Which day the rule names."""
    if rule.rhythm:
        since = f"tính từ ngày {day(after)} " if on != after else ""
        return f"hạn “{rule.in_words()}” {since}rơi vào {full_day(on)}"
    over = f" (đã qua so với ngày {day(after)})" if on < after else ""
    return f"hạn “{rule.in_words()}” là {full_day(on)}{over}"


def why_that_day(rule: Rule, on: date, calendar: Calendar) -> str:
    """How a rule that looks at working days came to its day, or that a month lacks the day asked for."""
    if rule.text == "weekly":
        off = rests(calendar, on, on + timedelta(days=6 - on.weekday()))
        return f"ngày làm việc cuối của tuần, sau đó nghỉ {off}" if off else "ngày làm việc cuối của tuần"
    if rule.text.startswith("month:"):
        start = on.replace(day=1) - _DAY
        count = calendar.working_days(start, on)
        few = f"tháng {on:%m/%Y} chỉ có {count} ngày làm việc" if count < int(rule.text[18:]) else ""
        return ", ".join(part for part in (few, skipped(calendar, start, on)) if part)
    wanted = rule.day_of_month
    if wanted and wanted != on.day:
        return f"tháng {on:%m/%Y} không có ngày {wanted} nên lấy ngày cuối tháng"
    return ""


def last_in_time(rule: Rule, on: date, last: date, calendar: Calendar) -> str:
    """The last day in time for the day that the rule names."""
    if rule.ends_the_day_before:
        text = f"“trước ngày” không gồm chính ngày đó nên ngày cuối còn kịp là {full_day(last)}"
        return text if calendar.is_working(last) else f"{text}, không dời dù là ngày nghỉ"
    if rule.text.startswith("effective:"):
        return "là ngày có hiệu lực nên không dời"
    if last != on:
        return f"ngày này {_moved(on, last, calendar)}"
    return "nộp trong ngày này vẫn kịp"


def doubts(calendar: Calendar, after: date, until: date) -> str:
    """What about these days is still to be confirmed."""
    notes: dict[str, str] = {}
    for special in calendar.special_days(after, until):
        if special.note:
            notes.setdefault(special.note, f"{special.name} {special.note}")
    told = list(notes.values())
    if not calendar.knows(until) and calendar.first_year is not None:
        told.append(f"chưa có dữ liệu ngày nghỉ lễ năm {until.year} nên chỉ trừ thứ Bảy, Chủ nhật")
    return f"lưu ý {'; '.join(told)}" if told else ""


def sources(calendar: Calendar, after: date, until: date) -> list[str]:
    """Where the days out of the ordinary between two days come from, and the weekly days off."""
    specials = calendar.special_days(after, until)
    weekly = [WEEKLY_SOURCE] if _rests_weekly(calendar, after, until, specials) else []
    return list(dict.fromkeys([special.source for special in specials] + weekly))


def _rests_weekly(calendar: Calendar, after: date, until: date, specials: tuple[SpecialDay, ...]) -> bool:
    known = {special.day for special in specials}
    days = (after + step * _DAY for step in range(1, min((until - after).days, 14) + 1))
    return any(each not in known and not calendar.is_working(each) for each in days)


def _group(name: str, days: list[date]) -> str:
    if name == WEEKEND:
        return f"{len(days)} ngày {WEEKEND}"
    if len(days) == 1:
        lead = "" if name.casefold().startswith(("ngày", "nghỉ")) else "ngày "
        return f"{lead}{name} ({days[0]:%d/%m})"
    return f"{len(days)} ngày {name} ({days[0]:%d/%m}–{day(days[-1])})"


def _listed(parts: list[str]) -> str:
    return " và ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
