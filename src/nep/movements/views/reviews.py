"""Pages of interim and final reviews, as the leading unit gathers them and as units see them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.documents.domain.word import draft_report
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, access_changes
from nep.movements.forms.reviews import LessonForm, ReviewForm
from nep.movements.models import GoodExample, Lesson, Review
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.review_report import review_report
from nep.movements.queries.reviews import own_review, review_page, reviews_of
from nep.movements.services import reviews as acts
from nep.movements.views.adoptions import WORD
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.clock import now

READERS = holds(Permission.VIEW_PROGRAMMES)


def found_review(request: HttpRequest, review_id: int, *, whole: bool = True) -> tuple[Actor, Review]:
    """Who acts, and a review of a programme they may see; `whole`: only who follows the whole of it."""
    actor = acting(request)
    seen = access.followed_whole(actor) if whole else access.visible_programmes(actor)
    rows = Review.objects.filter(programme__in=seen.values("pk"))
    rows = rows.select_related("programme__lead_unit", "programme__document")
    texts = ("programme__document__text", "programme__document__search")
    return actor, get_object_or_404(rows.defer(*texts), pk=review_id)


def found_gathering(request: HttpRequest, review_id: int) -> tuple[Actor, Review]:
    """Who acts, and the review that they may write; a refusal says why not."""
    actor, found = found_review(request, review_id)
    access_changes.may_gather(actor, found).require()
    return actor, found


@page(access=READERS)
def programme_reviews(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The reviews of a programme, and the way to the programme that follows."""
    actor, found = found_programme(request, programme_id)
    return render(
        request,
        "movements/reviews.html",
        {
            "frame": programme_frame(found, actor, "reviews"),
            "reviews": reviews_of(found),
            "may_follow": access_changes.may_follow(actor, found),
        },
    )


@page(access=READERS)
def programme_review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One review: what is gathered, for who follows the programme; the own part, for who carries it out."""
    actor, found = found_review(request, review_id, whole=False)
    frame = programme_frame(found.programme, actor, "")
    if not access.sees_whole_of(actor, found.programme):
        own = own_review(found, actor)
        return render(request, "movements/review_own.html", {"frame": frame, "review": found, "own": own})
    return render(
        request,
        "movements/review.html",
        {
            "frame": frame,
            "review": found,
            "seen": review_page(found, actor, now()),
            "may_gather": access_changes.may_gather(actor, found),
        },
    )


@page(access=READERS, writes=True)
def review_words(request: HttpRequest, review_id: int) -> HttpResponse:
    """Dates, assessment and what comes next."""
    actor, found = found_gathering(request, review_id)
    form = ReviewForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_review(found, form.words, actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            return redirect("programme_review", found.pk)
    heading = f"Nội dung {found.get_kind_display().lower()}"
    return _form_page(request, actor, found, form, heading)


def _form_page(
    request: HttpRequest, actor: Actor, found: Review, form: ReviewForm | LessonForm, heading: str
) -> HttpResponse:
    shown = {"frame": programme_frame(found.programme, actor, ""), "form": form, "heading": heading}
    return render(request, "movements/review_form.html", shown | {"review": found})


@page(access=READERS, writes=True)
def lesson_new(request: HttpRequest, review_id: int) -> HttpResponse:
    """Write down a lesson."""
    actor, found = found_gathering(request, review_id)
    form = LessonForm(found.programme, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_lesson(found, form.words, actor=actor, at=now())
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return redirect("programme_review", found.pk)
    return _form_page(request, actor, found, form, "Thêm bài học")


def found_lesson(request: HttpRequest, lesson_id: int) -> tuple[Actor, Lesson]:
    """Who acts, and a lesson of a review that they may write."""
    actor = acting(request)
    rows = Lesson.objects.filter(review__programme__in=access.followed_whole(actor).values("pk"))
    lesson = get_object_or_404(rows.select_related("review__programme__lead_unit"), pk=lesson_id)
    access_changes.may_gather(actor, lesson.review).require()
    return actor, lesson


@page(access=READERS, writes=True)
def lesson(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Write a lesson otherwise."""
    actor, found = found_lesson(request, lesson_id)
    form = LessonForm(found.review.programme, request.POST or None, lesson=found)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_lesson(found, form.words, actor=actor, at=now())
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return redirect("programme_review", found.review_id)
    return _form_page(request, actor, found.review, form, "Sửa bài học")


@page(access=READERS, writes=True)
def lesson_remove(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """Take a lesson out."""
    actor, found = found_lesson(request, lesson_id)
    if request.method == "POST":
        acts.remove_lesson(found, actor=actor, at=now())
        messages.success(request, "Đã bỏ bài học.")
    return redirect("programme_review", found.review_id)


@page(access=READERS, writes=True)
def example_choose(request: HttpRequest, example_id: int) -> HttpResponse:
    """Choose a nominated example (`chon` 1), or take that back."""
    actor = acting(request)
    rows = GoodExample.objects.filter(
        narrative__review__programme__in=access.followed_whole(actor).values("pk")
    )
    found = get_object_or_404(
        rows.select_related("narrative__review__programme__lead_unit", "narrative__adoption__unit"),
        pk=example_id,
    )
    access_changes.may_gather(actor, found.narrative.review).require()
    if request.method == "POST":
        acts.choose_example(found, chosen=request.POST.get("chon") == "1", actor=actor, at=now())
    return redirect("programme_review", found.narrative.review_id)


@page(access=READERS)
def review_docx(request: HttpRequest, review_id: int) -> HttpResponse:
    """The report of a review as a Word draft."""
    actor, found = found_review(request, review_id)
    response = HttpResponse(draft_report(review_report(found, actor, now())), content_type=WORD)
    name = f"bao-cao-{'so-ket' if found.kind == 'interim' else 'tong-ket'}-{found.programme.code}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
