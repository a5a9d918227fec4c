"""Pages of letters that urge late units: sign, follow, read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.roles import Permission
from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word.dispatch import closed
from nep.documents.domain.word.fields import date_line, number_line
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_letters as access
from nep.movements.domain.letters import FIELDS, Wording
from nep.movements.forms.letters import ALL, PICKED, SEEN, SOME, LetterForm, starting_words
from nep.movements.lists_letters import LETTERS
from nep.movements.models import Letter, LetterAct, Programme
from nep.movements.queries import letters as reads
from nep.movements.queries.letters_new import SHOWN, NewLetters, new_letters, preview, written_to
from nep.movements.services import letters as acts
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.org.models import Unit
from nep.org.requests import acting
from nep.platform.access import holds, page
from nep.platform.audit.trail import moments
from nep.platform.clock import now
from nep.platform.files.store import file_response
from nep.platform.jobs.models import JobRun
from nep.platform.lists.listing import listing
from nep.platform.requests.asked import numbers

READERS = holds(Permission.VIEW_PROGRAMMES)
SIGNERS = holds(Permission.URGE_UNITS)
SIGN, ASKING = "ky", "tu"
NO_BREAK = "\u00a0"  # the room for the number stays as wide as it is


@page(access=SIGNERS, writes=True)
def letters_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Choose late units, write the text, look at one letter, sign them all."""
    actor, programme = found_programme(request, programme_id)
    unit = _asking(request, actor, programme)
    access.may_urge(actor, programme, unit).require()
    new = new_letters(programme, unit, actor)
    form = _form(request, new, actor)
    context = _page_of(request, new, form, actor)
    if request.method == "POST" and form.is_valid():
        chosen = written_to(new.late, form.chosen)
        stamp = form.stamp([one.adoption_id for one in chosen])
        if request.POST.get("viec") == SIGN and request.POST.get(SEEN) == stamp:
            try:
                act = _signed(request, new, form, len(chosen), actor)
                return redirect("job", act.run_id)
            except (RuleError, Conflict) as refused:
                form.add_error(None, refused.reason)
        context |= _preview_of(request, new, form, actor, stamp)
    return render(request, "movements/letters_new.html", context)


def _asking(request: HttpRequest, actor: Actor, programme: Programme) -> Unit:
    """The unit that writes: the one that is asked for, else the first for which the actor may."""
    units = access.urging_units(actor, programme)
    asked = numbers([request.GET.get(ASKING, "")])
    return next((unit for unit in units if unit.pk in asked), units[0] if units else programme.lead_unit)


def _form(request: HttpRequest, new: NewLetters, actor: Actor) -> LetterForm:
    whom = SOME if request.GET.getlist("chon") else ALL
    return LetterForm(
        request.POST if request.method == "POST" else None,
        on=actor.on,
        initial=starting_words(new.words, Wording(), new.answer_by, whom),
    )


def _page_of(request: HttpRequest, new: NewLetters, form: LetterForm, actor: Actor) -> dict[str, Any]:
    words = request.GET.get("tim", "").strip()[:200]
    found = reads.late_units(new.programme, new.unit, actor.on, words=words) if words else new.late
    ticked = form.picked if form.is_bound else frozenset(numbers(request.GET.getlist("chon")))
    first = [one for one in new.late if one.adoption_id in ticked]
    rest = [one for one in found if one.adoption_id not in ticked]
    return {
        "new": new,
        "form": form,
        "rows": [(one, one.adoption_id in ticked) for one in (first + rest)[: max(SHOWN, len(first))]],
        "picked_name": PICKED,
        "words": words,
        "fields": [f"{{{name}}}" for name in FIELDS],
        "others": [one for one in access.urging_units(actor, new.programme) if one.pk != new.unit.pk],
        "preview": None,
    }


def _preview_of(
    request: HttpRequest, new: NewLetters, form: LetterForm, actor: Actor, stamp: str
) -> dict[str, Any]:
    """One letter as it will stand, for the unit that has been late longest; what may be signed then."""
    chosen = written_to(new.late, form.chosen)
    if not chosen:
        form.add_error("whom", "Không đơn vị nào trong số đã chọn còn trễ hạn.")
        return {}
    shown = preview(
        chosen[0].adoption_id,
        new.unit,
        wording=form.wording,
        words=form.words,
        answer_by=form.cleaned_data["answer_by"],
        actor=actor,
    )
    changed = request.POST.get("viec") == SIGN and not form.errors
    return {
        "preview": shown,
        "number_line": number_line(shown.letterhead).replace(" ", NO_BREAK),
        "date_line": date_line(shown.letterhead),
        "after": closed(shown.after),
        "count": len(chosen),
        "stamp": stamp,
        "changed": changed,
    }


def _signed(request: HttpRequest, new: NewLetters, form: LetterForm, count: int, actor: Actor) -> LetterAct:
    act = acts.sign_letters(
        new.programme,
        new.unit,
        form.order(count),
        actor=actor,
        at=now(),
        site=request.build_absolute_uri("/"),
    )
    messages.success(request, f"Đã ký {count} văn bản đôn đốc. Nếp đang cấp số, lập tệp và gửi từng đơn vị.")
    return act


@page(access=READERS)
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that one may see: those of the own units to others, and those to the own units."""
    return render(request, "movements/letters.html", {"letters": listing(request, LETTERS)})


def _found_act(request: HttpRequest, act_id: int) -> tuple[Actor, LetterAct]:
    actor = acting(request)
    rows = access.visible_letter_acts(actor).select_related("programme", "unit")
    return actor, get_object_or_404(rows, pk=act_id)


@page(access=READERS)
def letter_act(request: HttpRequest, act_id: int) -> HttpResponse:
    """One signing: how far its letters are, which units needed none, what they say."""
    actor, act = _found_act(request, act_id)
    spared = act.letters.filter(state=Letter.State.NOT_NEEDED).select_related("unit").order_by("pk")
    return render(
        request,
        "movements/letter_act.html",
        {
            "act": act,
            "words": LetterheadWords(**act.words),
            "counts": reads.counts_of(act),
            "answered": act.letters.all().answered().count(),
            "range": reads.numbers_of(act),
            "spared": spared[:SHOWN],
            "at_work": reads.run_of(act).filter(state__in=JobRun.OPEN).exists(),
            "own_run": reads.run_of(act).filter(started_by_id=actor.id).exists(),
            "may_go_on": access.may_go_on(actor, act),
            "moments": moments(act, limit=20),
        },
    )


@page(access=READERS, writes=True)
def letter_act_go_on(request: HttpRequest, act_id: int) -> HttpResponse:
    """Have the rest of an act written whose job ended before its time."""
    actor, act = _found_act(request, act_id)
    access.may_go_on(actor, act).require()
    if request.method != "POST":
        return redirect("letter_act", act_id)
    return redirect("job", acts.go_on_with_letters(act, actor=actor).pk)


def _found_letter(request: HttpRequest, letter_id: int) -> tuple[Actor, Letter]:
    actor = acting(request)
    rows = access.visible_letters(actor).select_related(
        "act__programme", "act__unit", "unit", "document__file", "adoption"
    )
    return actor, get_object_or_404(rows, pk=letter_id)


@page(access=READERS)
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """One letter: what it urged and how that stands now, its mails, the letters before it."""
    actor, found = _found_letter(request, letter_id)
    row = reads.letter_rows([found])[0]
    return render(
        request,
        "movements/letter.html",
        {
            "letter": found,
            "row": row,
            "answer": row.answer,
            "terms": reads.urged_terms(found),
            "earlier": reads.earlier_letters(found),
            "signs": access.visible_letter_acts(actor).filter(pk=found.act_id).exists(),
        },
    )


@page(access=READERS)
def letter_file(request: HttpRequest, letter_id: int) -> HttpResponseBase:
    """The Word file of a letter, as it was issued."""
    _, found = _found_letter(request, letter_id)
    document = found.document
    assert document is not None, "a written letter has its document"
    return file_response(document.file, name=document.file_name)
