"""One page per step in the life of a programme: what will happen, what is asked, why it may not be taken."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.kernel.states import Transition
from nep.movements import access
from nep.movements.domain import states
from nep.movements.domain.readiness import lacks, worth_a_look
from nep.movements.forms.programmes import StepForm
from nep.movements.models import Programme
from nep.movements.queries.frame import programme_frame
from nep.movements.queries.overview import overview
from nep.movements.queries.readiness import content_of
from nep.movements.services.scopes import scopes_said
from nep.movements.services.steps import take_step
from nep.movements.views.bars import task_bar
from nep.movements.views.days import looked_at
from nep.movements.views.programmes import found_programme
from nep.org.access import Actor
from nep.platform.access import holds, page
from nep.platform.clock import now

READERS = holds(Permission.VIEW_PROGRAMMES)
DONE = {
    "submit": "Đã trình phát động. Thủ trưởng thấy chương trình ở Hôm nay.",
    "return": "Đã trả lại. Người soạn sửa rồi trình lại.",
    "launch": "Đã phát động. Các đơn vị trong phạm vi thấy việc ở Hôm nay.",
    "open_interim": "Đã mở sơ kết. Các đơn vị thấy báo cáo phải gửi ở Hôm nay.",
    "close_interim": "Đã kết thúc sơ kết; kết luận đứng cùng số liệu của ngày hôm nay.",
    "open_final": "Đã mở tổng kết. Các đơn vị thấy báo cáo phải gửi ở Hôm nay.",
    "close": "Đã kết thúc chương trình.",
}
WHAT_HAPPENS = {
    "submit": "Chương trình chuyển đến thủ trưởng đơn vị chủ trì. Trong lúc chờ, nội dung không sửa được.",
    "return": "Chương trình trở lại bản nháp. Người soạn thấy lý do và sửa tiếp.",
    "launch": "Từ hôm nay mỗi đơn vị trong phạm vi thấy chương trình ở Hôm nay và phải ban hành kế hoạch "
    "của mình. Từ đó nội dung chương trình chỉ đổi bằng sửa đổi có ngày hiệu lực.",
    "open_interim": "Mỗi đơn vị đã ban hành kế hoạch gửi báo cáo, đề cử điển hình, "
    "tiếp tục nộp minh chứng; thủ trưởng xem số liệu và kết luận sơ kết.",
    "close_interim": "Kết luận được ghi vào diễn biến cùng số liệu của hôm nay; chương trình tiếp tục.",
    "open_final": "Mỗi đơn vị đã ban hành kế hoạch gửi báo cáo, đề cử điển hình và nộp nốt minh chứng; "
    "sau đó thủ trưởng kết luận và kết thúc chương trình.",
    "close": "Kết luận được ghi vào diễn biến cùng số liệu của hôm nay. Sau đó không nộp và xét minh chứng "
    "nữa; mọi số liệu vẫn xem được.",
}


@page(access=READERS, writes=True)
def programme_step(request: HttpRequest, programme_id: int, step: str) -> HttpResponse:
    """What a step does, what it asks; sending it takes the step."""
    actor, found = found_programme(request, programme_id)
    taken = next((known for known in states.PROGRAMME if known.name == step), None)
    if taken is None or not access.sees_whole_of(actor, found):
        raise Http404
    if request.method == "POST" and found.state in taken.sources:  # a stale page is told so by the act
        actor.may_at(Permission(taken.permission), found.lead_unit).require()
    form = StepForm(actor, found, taken, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            take_step(
                step,
                programme=found,
                actor=actor,
                at=now(),
                reason=given["reason"],
                document=given.get("document"),
                seen_state=given["state"],
            )
        except RuleError as error:
            form.add_error(None, error.reason)
        else:
            messages.success(request, DONE[step])
            return redirect("programme", found.pk)
    return _shown(request, actor, found, taken, form)


def _shown(
    request: HttpRequest, actor: Actor, found: Programme, step: Transition, form: StepForm
) -> HttpResponse:
    content = content_of(found, actor.on) if step.name in {"submit", "launch"} else None
    concluding = step.name in {"close_interim", "close"} and found.state in step.sources
    seen = overview(found, actor=actor, today=actor.on, now=now()) if concluding else None
    scope = scopes_said(found, actor.on) if content else []
    at = looked_at(request, actor.on)
    return render(
        request,
        "movements/programme_step.html",
        {
            "act_kind": "destructive" if step.destructive else "main",
            "scope": scope,
            "frame": programme_frame(found, actor, ""),
            "step": step,
            "form": form,
            "decision": access.may_take_step(actor, found, step),
            "what": WHAT_HAPPENS[step.name],
            "lacks": lacks(content) if content else (),
            "look": worth_a_look(content, actor.on) if content else (),
            "content": content,
            "seen": seen,
            "task_bar": task_bar(seen, found, at) if seen else [],
            "at": at,
        },
    )
