"""The rule sets that come with Nếp, and which one binds whom on which day."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from nep.kernel.errors import RuleError
from nep.regulations.domain.reading import read_rule_set
from nep.regulations.domain.rulesets import RuleSet

SUBJECTS = {
    "cong_chuc": "công chức",
    "vien_chuc": "viên chức",
    "can_bo": "cán bộ",
    "hop_dong": "người làm việc theo hợp đồng",
    "to_chuc": "cơ quan hành chính",
    "don_vi_su_nghiep": "đơn vị sự nghiệp công lập",
}


@cache
def shipped() -> tuple[RuleSet, ...]:
    """Every rule set that comes with Nếp, by code and version."""
    folder = files("nep.regulations").joinpath("rulesets")
    found = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    sets = [read_rule_set(file.read_bytes(), place=file.name) for file in found]
    return tuple(sorted(sets, key=lambda each: (each.code, each.version)))


def rule_set_for(subject: str, day: date) -> RuleSet:
    """The rule set that binds a subject for what ends on a day, in its latest version.

    Raises: RuleError when none is known, or more than one claims to.
    """
    bound = [each for each in shipped() if subject in each.subjects and each.in_force_on(day, subject)]
    latest = {each.code: each for each in bound}
    if len(latest) > 1:
        raise RuleError(f"Nhiều bộ quy định cùng áp dụng ngày {day:%d/%m/%Y}: {', '.join(sorted(latest))}.")
    if not latest:
        raise RuleError(_none_for(subject, day))
    return next(iter(latest.values()))


def _none_for(subject: str, day: date) -> str:
    text = f"Chưa có bộ quy định nào bắt buộc cho {SUBJECTS.get(subject, subject)} vào ngày {day:%d/%m/%Y}"
    codes = {
        each.code for each in shipped() if subject in each.by_decision and each.in_force_on(day, subject)
    }
    if not codes:
        return f"{text}."
    return f"{text}; cơ quan quyết định áp dụng bộ nào thì nêu rõ bộ đó: {', '.join(sorted(codes))}."


def rule_set_named(name: str) -> RuleSet:
    """The rule set of a code (its latest version), of `code@version`, or of `code@version#hash`.

    Raises: RuleError when it is not known, or when the hash tells of another content.
    """
    whole, _, digest = name.partition("#")
    code, _, version = whole.partition("@")
    found = [each for each in shipped() if each.code == code and version in {"", str(each.version)}]
    if not found:
        known = ", ".join(sorted({each.code for each in shipped()}))
        raise RuleError(f"Không có bộ quy định “{name}”; có: {known}.")
    if not digest:
        return found[-1]
    for each in found:
        if each.hash == digest:
            return each
    raise RuleError(f"Bộ quy định {whole} có nội dung khác với “{name}”.")
