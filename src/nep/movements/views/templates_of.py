"""Pages of templates, and of the programme that follows one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, access_changes
from nep.movements.domain.next_year import moved_words
from nep.movements.forms.templates_of import FromTemplateForm, KeepTemplateForm, NextForm, TemplateForm
from nep.movements.lists_of_changes import TEMPLATES
from nep.movements.models import Lesson, Programme, ProgrammeTemplate
from nep.movements.queries.changes_told import items_told
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.next_year import beside
from nep.movements.services import templates_of as acts
from nep.movements.services.next_year import draft_next, years_after
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now, today
from nep.platform.lists.listing import listing

DRAFTERS = holds(Permission.DRAFT_PROGRAMMES)


def found_template(request: HttpRequest, template_id: int) -> tuple[Actor, ProgrammeTemplate]:
    """Who acts, and the template they may see; 404 for any other."""
    actor = acting(request)
    rows = access_changes.visible_templates(actor).select_related("unit", "made_from")
    return actor, get_object_or_404(rows, pk=template_id)


@page(access=DRAFTERS)
def templates(request: HttpRequest) -> HttpResponse:
    """The templates that are shared over the organisation."""
    return render(request, "movements/templates.html", {"templates": listing(request, TEMPLATES)})


@page(access=DRAFTERS)
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    """One template: what it holds, what it is for."""
    actor, found = found_template(request, template_id)
    content = {(item["kind"], item["key"]): item["values"] for item in found.content}
    places = {item: place for place, item in enumerate(content)}
    blank = Programme(lead_unit=found.unit)
    return render(
        request,
        "movements/template.html",
        {
            "template": found,
            "kinds": items_told(content, places, blank),
            "may_keep": access_changes.may_keep_template(actor, found),
            "moments": moments(found, limit=10),
        },
    )


@page(access=DRAFTERS, writes=True)
def template_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Keep parts of a programme as a template, a new one or in the place of one of the unit."""
    actor, found = found_programme(request, programme_id)
    access.may_draft(actor, found.lead_unit).require()
    form = KeepTemplateForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["into"] is None:
                made = acts.save_template(found, form.head, given["kinds"], actor=actor, at=now())
            else:
                made = acts.renew_template(given["into"], found, given["kinds"], actor=actor, at=now())
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, f"Đã lưu mẫu “{made.name}”. Mọi đơn vị dùng được mẫu này.")
            return redirect("template", made.pk)
    shown = {"frame": programme_frame(found, actor, ""), "form": form, "programme": found}
    return render(request, "movements/template_new.html", shown)


@page(access=DRAFTERS, writes=True)
def template_edit(request: HttpRequest, template_id: int) -> HttpResponse:
    """Name and description of a template."""
    actor, found = found_template(request, template_id)
    access_changes.may_keep_template(actor, found).require()
    said = {"name": found.name, "description": found.description}
    form = TemplateForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_template(found, form.head, actor=actor, at=now())
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            return redirect("template", found.pk)
    return render(request, "movements/template_edit.html", {"template": found, "form": form})


@page(access=DRAFTERS, writes=True)
def template_withdraw(request: HttpRequest, template_id: int) -> HttpResponse:
    """Offer a template no longer, after asking once."""
    actor, found = found_template(request, template_id)
    access_changes.may_keep_template(actor, found).require()
    if request.method == "POST":
        acts.withdraw_template(found, actor=actor, at=now())
        messages.success(request, "Đã thôi dùng mẫu. Chương trình đã lập từ mẫu giữ nguyên.")
        return redirect("templates")
    return render(request, "movements/template_withdraw.html", {"template": found})


@page(access=DRAFTERS, writes=True)
def template_draft(request: HttpRequest, template_id: int) -> HttpResponse:
    """Begin a draft from a template."""
    actor, found = found_template(request, template_id)
    if found.withdrawn_at is not None:
        raise Http404
    day = today()
    initial = {
        "title": moved_words(found.name, day.year - found.starts_on.year),
        "kind": found.kind,
        "starts_on": day,
        "ends_on": day.replace(month=12, day=31),
    }
    form = FromTemplateForm(actor, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        head = form.head(form.cleaned_data["lead_unit"])
        try:
            made = acts.draft_from_template(found, head, actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, f"Đã lập {made.code} từ mẫu. Xem lại thời hạn và phạm vi.")
            return redirect("programme_edit", made.pk)
    return render(request, "movements/template_draft.html", {"template": found, "form": form})


@page(access=DRAFTERS, writes=True)
def programme_next(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Draft the programme that follows: days moved, results and lessons beside."""
    actor, found = found_programme(request, programme_id)
    access_changes.may_follow(actor, found).require()
    if drafted := access.visible_programmes(actor).filter(follows=found).first():
        messages.info(request, f"Đã có chương trình tiếp theo: {drafted.code}.")
        return redirect("programme", drafted.pk)
    lessons = Lesson.objects.filter(review__programme=found).select_related("task", "target", "review")
    form = NextForm(found, list(lessons), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_next(found, form.wanted, actor=actor, at=now())
        except (RuleError, Conflict) as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, f"Đã lập bản nháp {made.code}. Kiểm tra các ngày đã dời.")
            return redirect("programme_before", made.pk)
    years = years_after(found)[1].year - found.starts_on.year
    return render(
        request,
        "movements/programme_next.html",
        {
            "frame": programme_frame(found, actor, ""),
            "form": form,
            "beside": beside(found, years, actor, now()),
        },
    )


@page(access=DRAFTERS)
def programme_before(request: HttpRequest, programme_id: int) -> HttpResponse:
    """A draft beside the programme that it follows."""
    actor, found = found_programme(request, programme_id)
    before = access.visible_programmes(actor).filter(pk=found.follows_id or 0).first()
    if before is None:
        raise Http404
    years = found.starts_on.year - before.starts_on.year
    return render(
        request,
        "movements/programme_before.html",
        {
            "frame": programme_frame(found, actor, ""),
            "before": before,
            "beside": beside(before, years, actor, now()),
            "may_edit": access.may_edit(actor, found),
        },
    )
