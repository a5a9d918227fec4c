"""The page on which the leading unit sets when a programme reminds whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.movements import access
from nep.movements.forms.urging import UrgingForm
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.urging import policy_of
from nep.movements.services.urging import in_words, set_urging
from nep.movements.views.programmes import found_programme
from nep.platform.access import holds, page
from nep.platform.clock import now


@page(access=holds(Permission.VIEW_PROGRAMMES), writes=True)
def programme_urging(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The ladder of reminders of a programme, and the form to change it."""
    actor, found = found_programme(request, programme_id)
    if not access.sees_whole_of(actor, found):
        raise Http404
    policy, decision = policy_of(found), access.may_set_urging(actor, found)
    form = UrgingForm(request.POST if request.method == "POST" else None, policy=policy)
    if request.method == "POST":
        decision.require()
        if form.is_valid():
            try:
                set_urging(found, form.policy, seen=form.cleaned_data["seen"], actor=actor, at=now())
            except RuleError as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, "Đã đặt lịch nhắc việc; áp dụng từ lần nhắc kế tiếp.")
                return redirect("programme", found.pk)
    context = {
        "frame": programme_frame(found, actor, ""),
        "form": form,
        "decision": decision,
        "told": in_words(policy),
    }
    return render(request, "movements/programme_urging.html", context)
