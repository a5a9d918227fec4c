"""Pages on which people are posted, moved, seconded, and on which postings end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.decisions import Decision, refuse
from nep.org.access import Actor, may_anywhere, unit_of, visible_people
from nep.org.forms.people import EndForm, PostingForm, ReasonForm, TransferForm
from nep.org.models import Person, Posting
from nep.org.requests import acting
from nep.org.services import people as acts
from nep.org.views.acts import Act, act_page, right_of, typed, writes
from nep.platform.access import holds, page
from nep.platform.clock import now

READERS = holds(Permission.VIEW_PEOPLE)


def _found(request: HttpRequest, person_id: int) -> tuple[Actor, Person]:
    actor = acting(request)
    return actor, get_object_or_404(visible_people(actor).select_related("user"), pk=person_id)


def _act(person: Person, **words: Any) -> Act:
    return Act(back=reverse("person", args=[person.pk]), place=person.name, **words)


@page(access=READERS, writes=True)
def posting_new(request: HttpRequest, person_id: int) -> HttpResponse:
    """Post somebody once more: concurrently, seconded, acting, as a member, or back in a main posting."""
    actor, person = _found(request, person_id)
    act = _act(
        person,
        title="Ghi vị trí công tác",
        lead=f"{person.name}: thêm một vị trí. Đổi vị trí chính thức thì dùng Điều động.",
        button="Ghi vị trí",
        done="Đã ghi vị trí công tác.",
    )
    form = PostingForm(actor, typed(request), check=writes(request))
    return act_page(
        request,
        act,
        right_of(actor, lambda one: may_anywhere(one, Permission.MANAGE_PEOPLE)),
        form,
        lambda: acts.post_person(person, actor=actor, at=now(), **form.posting),
    )


@page(access=READERS, writes=True)
def person_transfer(request: HttpRequest, person_id: int) -> HttpResponse:
    """Move somebody to another unit or position: the main posting ends and the next one begins."""
    actor, person = _found(request, person_id)
    former = unit_of(person, actor.on)
    act = _act(
        person,
        title="Điều động",
        lead=f"{person.name}: thôi vị trí chính thức hiện tại và nhận vị trí mới trong cùng một ngày.",
        button="Ghi điều động",
        done="Đã ghi điều động.",
    )

    def decide(one: Actor) -> Decision:
        if former is None:
            return refuse(f"{person.name} chưa có vị trí công tác nào để điều động.")
        return one.may_within(Permission.MANAGE_PEOPLE, former)

    name = former.short_name if former else ""
    form = TransferForm(actor, typed(request), unit_left=name, check=writes(request))

    def do() -> None:
        end_roles = form.cleaned_data["end_roles"]
        acts.transfer_person(person, actor=actor, at=now(), end_roles=end_roles, **form.posting)

    return act_page(request, act, right_of(actor, decide), form, do)


def _posting(request: HttpRequest, posting_id: int) -> tuple[Actor, Posting]:
    actor = acting(request)
    seen = visible_people(actor).values("pk")
    rows = Posting.objects.filter(person__in=seen).select_related("person", "unit", "position")
    return actor, get_object_or_404(rows, pk=posting_id)


@page(access=READERS, writes=True)
def posting_end(request: HttpRequest, posting_id: int) -> HttpResponse:
    """End a posting: a departure, the end of a secondment, the end of a concurrent post."""
    actor, posting = _posting(request, posting_id)
    act = _act(
        posting.person,
        title="Thôi giữ vị trí",
        lead=f"{posting.person.name}: {posting.position.name}, {posting.unit.name}. Ngày đã giữ vẫn còn.",
        button="Ghi thôi giữ",
        done="Đã ghi thôi giữ vị trí.",
        destructive=True,
    )
    form = EndForm(request.POST or None, unit=posting.unit.short_name, initial={"on": actor.on})

    def do() -> None:
        given = form.cleaned_data
        acts.end_posting(posting, actor=actor, at=now(), **given)

    right = right_of(actor, lambda one: one.may_within(Permission.MANAGE_PEOPLE, posting.unit))
    return act_page(request, act, right, form, do)


@page(access=READERS, writes=True)
def posting_cancel(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Take away a posting that was entered by mistake and has not begun."""
    actor, posting = _posting(request, posting_id)
    act = _act(
        posting.person,
        title="Bỏ vị trí chưa bắt đầu",
        lead=f"{posting.person.name}: {posting.position.name}, {posting.unit.name}. Chỉ nhật ký còn giữ.",
        button="Bỏ vị trí",
        done="Đã bỏ vị trí.",
        destructive=True,
    )
    form = ReasonForm(request.POST or None)

    def do() -> None:
        acts.cancel_posting(posting, actor=actor, at=now(), reason=form.cleaned_data["reason"])

    right = right_of(actor, lambda one: one.may_within(Permission.MANAGE_PEOPLE, posting.unit))
    return act_page(request, act, right, form, do)
