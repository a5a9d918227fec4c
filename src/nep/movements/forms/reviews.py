"""Forms of reviews: what the leading unit says, lessons, what units write, whom they nominate."""

from __future__ import annotations

from typing import Any

from django import forms

from nep.movements.models import GoodExample, Lesson, Narrative, Programme, Review
from nep.movements.services.narratives import NarrativeWords
from nep.movements.services.narratives import words_of as narrative_words
from nep.movements.services.reviews import LessonWords, ReviewWords
from nep.movements.services.reviews import words_of as review_words


def _long(label: str, rows: int = 6, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class ReviewForm(forms.Form):
    """Dates, assessment and what comes next; `seen_…` is what the page showed."""

    narratives_due_on = forms.DateField(label="Đơn vị gửi báo cáo trước hết ngày")
    conference_on = forms.DateField(
        label="Ngày hội nghị cán bộ, công chức, viên chức",
        required=False,
        help_text="Hội nghị mà kết quả này được báo cáo.",
    )
    assessment = _long("Đánh giá chung")
    directions = _long("Phương hướng, nhiệm vụ tiếp theo")

    def __init__(self, review: Review, data: Any = None) -> None:
        words = review_words(review)
        super().__init__(data, initial={name: getattr(words, name) for name in ReviewWords.__slots__})

    @property
    def words(self) -> ReviewWords:
        """What was filled in."""
        given = self.cleaned_data
        return ReviewWords(
            given["narratives_due_on"], given["conference_on"], given["assessment"], given["directions"]
        )


class LessonForm(forms.Form):
    """A lesson, what it concerns, what it asks for next year."""

    text = forms.CharField(label="Bài học", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    about = forms.ChoiceField(label="Nói về", required=False)
    proposal = _long("Đề xuất cho năm sau", 3)

    def __init__(self, programme: Programme, data: Any = None, *, lesson: Lesson | None = None) -> None:
        super().__init__(data, initial=_initial(lesson) if lesson else None)
        self.targets = {f"ct-{row.pk}": row for row in programme.targets.all()}
        self.tasks = {f"nv-{row.pk}": row for row in programme.tasks.all()}
        if lesson is not None and lesson.task is not None:  # it may have been dropped since
            self.tasks.setdefault(f"nv-{lesson.task.pk}", lesson.task)
        if lesson is not None and lesson.target is not None:
            self.targets.setdefault(f"ct-{lesson.target.pk}", lesson.target)
        field: Any = self.fields["about"]
        field.choices = [
            ("", "Cả chương trình"),
            ("Chỉ tiêu", [(key, f"{row.code} {row.name}"[:120]) for key, row in self.targets.items()]),
            ("Nhiệm vụ", [(key, f"{row.code} {row.title}"[:120]) for key, row in self.tasks.items()]),
        ]

    @property
    def words(self) -> LessonWords:
        """What was filled in."""
        given = self.cleaned_data
        about = given["about"]
        return LessonWords(given["text"], given["proposal"], self.tasks.get(about), self.targets.get(about))


def _initial(lesson: Lesson) -> dict[str, Any]:
    about = f"nv-{lesson.task_id}" if lesson.task_id else f"ct-{lesson.target_id}" if lesson.target_id else ""
    return {"text": lesson.text, "proposal": lesson.proposal, "about": about}


class NarrativeForm(forms.Form):
    """What a unit tells; sent or only kept."""

    done = _long("Kết quả đã làm được", 8)
    difficulties = _long("Khó khăn, hạn chế", 5)
    causes = _long(
        "Nguyên nhân khách quan", 3, help_text="Điều ngoài khả năng của đơn vị, ví dụ thiên tai, sáp nhập."
    )
    suggestions = _long("Kiến nghị, đề xuất", 4)

    def __init__(self, narrative: Narrative, data: Any = None) -> None:
        words = narrative_words(narrative)
        super().__init__(data, initial={name: getattr(words, name) for name in NarrativeWords.__slots__})

    @property
    def words(self) -> NarrativeWords:
        """What was filled in."""
        return NarrativeWords(**{name: self.cleaned_data[name] for name in NarrativeWords.__slots__})


class ExampleForm(forms.Form):
    """Whom a unit nominates, with what they did."""

    kind = forms.ChoiceField(label="Loại", choices=GoodExample.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Tên tập thể hoặc cá nhân", max_length=300)
    deed = forms.CharField(label="Việc làm tốt", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
