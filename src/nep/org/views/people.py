"""Pages of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.org.access import (
    Actor,
    may_anywhere,
    may_manage_person,
    may_read_rights,
    may_see_contact,
    visible_people,
)
from nep.org.events import PERSON_READ
from nep.org.forms.people import EntryForm, NewPersonForm, of_person
from nep.org.lists import PEOPLE
from nep.org.models import Person
from nep.org.queries import people as queries
from nep.org.requests import acting
from nep.org.services.people import correct_person, post_person, register_person
from nep.org.views.acts import Act, act_page, right_of, typed, writes
from nep.platform.access import holds, page
from nep.platform.audit.readings import note_reading
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.lists.listing import listing
from nep.platform.ui.parts import Fact


@page(access=holds(Permission.VIEW_UNITS))
def people(request: HttpRequest) -> HttpResponse:
    """People within the actor's roles, by given name."""
    actor = acting(request)
    context = {
        "people": listing(request, PEOPLE),
        "keeps_lists": actor.holds(Permission.VIEW_PEOPLE),
        "adds": actor.elevated_self.holds(Permission.MANAGE_PEOPLE),
    }
    return render(request, "org/people.html", context)


@page(access=holds(Permission.VIEW_UNITS), reads=(PERSON_READ,))
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: postings and roles."""
    actor = acting(request)
    found = get_object_or_404(visible_people(actor).select_related("user"), pk=person_id)
    postings = queries.postings_of(found, actor.on)
    if found.user_id != actor.id:
        unit_id = next((row.posting.unit_id for row in postings if row.state == "now"), None)
        note_reading(request, PERSON_READ, about=[found], unit_id=unit_id, person=found.name)
    context = {
        "person": found,
        "postings": postings,
        "grants": queries.grants_of(found, actor.on),
        "moments": moments(found, limit=20, kinds=("org.",)),
        "facts": _facts(actor, found),
        "manage": right_of(actor, lambda one: may_manage_person(one, found)),
        "gives_roles": actor.elevated_self.holds(Permission.MANAGE_ROLES) and found.user_id is not None,
        "reads_rights": bool(may_read_rights(actor, found)),
    }
    return render(request, "org/person.html", context)


def _facts(actor: Actor, person: Person) -> list[Fact]:
    """What the roster says, as far as this reader may know it."""
    facts = [Fact("Mã nhân sự", person.staff_code), Fact("Đối tượng", person.get_kind_display())]
    administers = bool(may_manage_person(actor.elevated_self, person)) or person.user_id == actor.id
    if person.born_on and administers:
        facts.append(Fact("Ngày sinh", f"{person.born_on:%d/%m/%Y}"))
    if person.email and (administers or may_see_contact(actor, person)):
        facts.append(Fact("Thư điện tử", person.email, f"mailto:{person.email}"))
    return facts


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def person_new(request: HttpRequest) -> HttpResponse:
    """Add somebody to the roster with their first posting."""
    actor = acting(request)
    act = Act(
        title="Thêm người",
        lead="Ghi người mới vào danh sách cùng vị trí chính thức đầu tiên.",
        button="Thêm người",
        done="Đã thêm người vào danh sách.",
        back=reverse("people"),
    )
    form = NewPersonForm(actor, typed(request), check=writes(request))

    def do() -> None:
        entry = form.entry
        made = register_person(
            entry.staff_code,
            entry.name,
            actor=actor,
            at=now(),
            kind=entry.kind,
            born_on=entry.born_on,
            email=entry.email,
        )
        post_person(made, actor=actor, at=now(), **form.posting)

    return act_page(
        request, act, right_of(actor, lambda one: may_anywhere(one, Permission.MANAGE_PEOPLE)), form, do
    )


@page(access=holds(Permission.VIEW_PEOPLE), writes=True)
def person_edit(request: HttpRequest, person_id: int) -> HttpResponse:
    """Correct what the roster says about somebody."""
    actor = acting(request)
    found = get_object_or_404(visible_people(actor).select_related("user"), pk=person_id)
    act = Act(
        title="Sửa thông tin",
        lead=f"{found.name}. Nhật ký giữ lại điều đã ghi trước đó.",
        button="Lưu thông tin",
        done="Đã sửa thông tin.",
        back=reverse("person", args=[found.pk]),
        place=found.name,
    )
    form = EntryForm(request.POST or None, initial=of_person(found))
    return act_page(
        request,
        act,
        right_of(actor, lambda one: may_manage_person(one, found)),
        form,
        lambda: correct_person(found, form.entry, actor=actor, at=now()),
    )
