"""Acts on the tasks of a plan in preparation; each is kept at once."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from nep.kernel.errors import NepError, RuleError
from nep.movements import access
from nep.movements.access import visible_adoptions
from nep.movements.forms.adoptions import NoteForm, OwnTaskForm, TaskWordsForm
from nep.movements.models import AdoptedTask
from nep.movements.queries.adoptions import people_to_name
from nep.movements.services import adopted_tasks as acts
from nep.movements.views.adoptions import READERS, found_adoption, workspace
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import page
from nep.platform.clock import now
from nep.platform.requests.asked import asks_for_part, numbers, page_number
from nep.platform.requests.once import kept

PEOPLE = 20


def found_task(request: HttpRequest, task_id: int) -> tuple[Actor, AdoptedTask]:
    """Who acts, and the task in a plan that they may see; 404 for any other."""
    actor = acting(request)
    rows = AdoptedTask.objects.filter(adoption__in=visible_adoptions(actor).values("pk")).select_related(
        "adoption__programme__lead_unit",
        "adoption__unit",
        "adoption__parent__unit",
        "task",
        "person",
    )
    return actor, get_object_or_404(rows, pk=task_id)


def _to_row(adoption_id: int, task_id: int) -> HttpResponse:
    return redirect(f"{reverse('adoption_prepare', args=[adoption_id])}#viec-{task_id}")


@page(access=READERS, writes=True)
def adopted_task_words(request: HttpRequest, task_id: int) -> HttpResponse:
    """Keep by when, shown by what and the note of one task; where scripts run, with every change."""
    actor, found = found_task(request, task_id)
    if request.method != "POST":
        return _to_row(found.adoption_id, task_id)
    access.may_prepare(actor, found.adoption).require()
    form = TaskWordsForm(request.POST, key=task_id, demanded=acts.kind_demanded(found))
    if form.is_valid():
        try:
            found = acts.change_task(found, form.words, actor=actor, at=now(), seen=form.seen)
        except NepError as error:
            form.add_error("due_on" if isinstance(error, RuleError) else None, error.reason)
    if asks_for_part(request):
        return _kept_quietly(request, found, form)
    if form.errors:
        return render(
            request, "movements/adoption_prepare.html", workspace(found.adoption, actor, refused_row=form)
        )
    messages.success(request, f"Đã lưu “{found.title}”.")
    return _to_row(found.adoption_id, task_id)


def _kept_quietly(request: HttpRequest, found: AdoptedTask, form: TaskWordsForm) -> HttpResponse:
    """The part of the row that says whether it is kept."""
    fresh = form if form.errors else TaskWordsForm(key=found.pk, showing=acts.words_of(found))
    response = render(
        request,
        "movements/adoption_row_state.html",
        {"form": fresh, "answer": True, "saved_at": "" if form.errors else _clock()},
    )
    return response if form.errors else kept(response)


def _clock() -> str:
    return f"{now().astimezone(get_current_timezone()):%H:%M}"


@page(access=READERS, writes=True)
def adopted_task_drop(request: HttpRequest, task_id: int) -> HttpResponse:
    """Leave a task out of the plan again."""
    actor, found = found_task(request, task_id)
    if request.method == "POST":
        acts.drop_task(found, actor=actor, at=now())
        messages.success(request, f"Đã bỏ “{found.title}” khỏi kế hoạch.")
    return redirect("adoption_prepare", found.adoption_id)


@page(access=READERS, writes=True)
def adoption_take(request: HttpRequest, adoption_id: int, task_id: int) -> HttpResponse:
    """Take a task that does not bind the unit."""
    actor, found = found_adoption(request, adoption_id)
    if request.method == "POST":
        task = get_object_or_404(found.programme.tasks, pk=task_id)
        acts.take_task(found, task, actor=actor, at=now())
        messages.success(request, f"Đã nhận thêm “{task.title}”.")
    return redirect("adoption_prepare", adoption_id)


@page(access=READERS, writes=True)
def adoption_own_task(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Add a task of the unit's own."""
    actor, found = found_adoption(request, adoption_id)
    if request.method != "POST":
        return redirect("adoption_prepare", adoption_id)
    access.may_prepare(actor, found).require()
    form = OwnTaskForm(request.POST, prefix="rieng")
    if form.is_valid():
        try:
            own = acts.add_own_task(found, form.cleaned_data["title"], form.words, actor=actor, at=now())
        except RuleError as error:
            form.add_error("due_on", error.reason)
        else:
            messages.success(request, f"Đã thêm việc riêng “{own.title}”.")
            return _to_row(adoption_id, own.pk)
    return render(request, "movements/adoption_prepare.html", workspace(found, actor, own_form=form))


@page(access=READERS, writes=True)
def adoption_nothing_own(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """State that the unit has no task of its own, or take that back."""
    actor, found = found_adoption(request, adoption_id)
    if request.method == "POST":
        acts.say_nothing_own(found, request.POST.get("khong-co") == "1", actor=actor, at=now())
    return redirect(f"{reverse('adoption_prepare', args=[adoption_id])}#viec-rieng")


@page(access=READERS, writes=True)
def adoption_note(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Keep a note in the plan."""
    actor, found = found_adoption(request, adoption_id)
    if request.method != "POST":
        return redirect("adoption_prepare", adoption_id)
    access.may_prepare(actor, found).require()
    form = NoteForm(request.POST)
    if form.is_valid():
        acts.write_note(found, form.cleaned_data["note"], actor=actor, at=now())
        messages.success(request, "Đã lưu ghi chú.")
    return redirect("adoption_prepare", adoption_id)


@page(access=READERS, writes=True)
def adoption_person(request: HttpRequest, adoption_id: int) -> HttpResponse:
    """Choose who answers for one or several tasks."""
    actor, found = found_adoption(request, adoption_id)
    access.may_prepare(actor, found).require()
    asked = request.POST if request.method == "POST" else request.GET
    tasks = list(found.tasks.filter(pk__in=numbers(asked.getlist("viec"))).select_related("person"))
    if not tasks:
        messages.info(request, "Đánh dấu việc cần giao rồi chọn người.")
        return redirect("adoption_prepare", adoption_id)
    if request.method == "POST":
        people = people_to_name(found, "", actor.on)
        person = get_object_or_404(people, pk__in=numbers([asked.get("nguoi", "")]))
        acts.assign_tasks(found, tasks, person, actor=actor, at=now())
        messages.success(request, f"Đã giao {len(tasks)} việc cho {person.name}.")
        return _to_row(adoption_id, tasks[0].pk)
    words = asked.get("tim", "")
    found_people = Paginator(people_to_name(found, words, actor.on), PEOPLE)
    return render(
        request,
        "movements/adoption_person.html",
        {
            "adoption": found,
            "tasks": tasks,
            "words": words,
            "people": found_people.get_page(page_number(asked.get("trang", ""))),
        },
    )
