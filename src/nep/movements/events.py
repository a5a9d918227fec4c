"""What the trail tells about programmes, plans of units and evidence."""

from nep.platform.audit.events import event

ADOPTION_OPENED = event(
    "movements.adoption_opened", "{actor} mở “{programme}” cho {unit}: {tasks} việc phải thực hiện.")
TASK_TAKEN = event("movements.task_taken", "{actor} nhận thêm việc “{task}” vào kế hoạch của {unit}.")
TASK_DROPPED = event("movements.task_dropped", "{actor} bỏ việc “{task}” khỏi kế hoạch của {unit}.")
OWN_TASK_ADDED = event(
    "movements.own_task_added", "{actor} thêm việc riêng “{task}” vào kế hoạch của {unit}.")
TASK_CHANGED = event("movements.task_changed", "{actor} sửa việc “{task}” trong kế hoạch của {unit}.")
TASK_ASSIGNED = event("movements.task_assigned", "{actor} giao việc “{task}” cho {person}.")
NOTHING_OWN_SAID = event("movements.nothing_own_said", "{actor} ghi rõ {unit} không có việc riêng.")
NOTHING_OWN_UNSAID = event("movements.nothing_own_unsaid", "{actor} bỏ ghi nhận {unit} không có việc riêng.")
ADOPTION_NOTED = event("movements.adoption_noted", "{actor} sửa ghi chú trong kế hoạch của {unit}.")
PLAN_ATTACHED = event("movements.plan_attached", "{actor} đính kèm {plan} làm kế hoạch của {unit}.")
PLAN_DIRECT = event(
    "movements.plan_direct", "{actor} ghi rõ {unit} thực hiện thẳng kế hoạch của cấp trên.")
ADOPTION_ISSUED = event(
    "movements.adoption_issued",
    "{actor} ban hành kế hoạch của {unit} thực hiện “{programme}”: {tasks} việc.")
ADOPTION_WITHDRAWN = event(
    "movements.adoption_withdrawn", "{actor} thu hồi kế hoạch của {unit} thực hiện “{programme}”.")
ADOPTION_PASSED = event(
    "movements.adoption_passed", "{actor} giao “{programme}” từ {unit} xuống {count} đơn vị.")

EVIDENCE_SENT = event("movements.evidence_sent", "{actor} nộp minh chứng của {unit} cho “{what}”.")
NOTHING_SENT = event("movements.nothing_sent", "{actor} báo {unit} không phát sinh trong “{what}”.")
EVIDENCE_ACCEPTED = event(
    "movements.evidence_accepted", "{actor} nhận minh chứng của {unit} cho “{what}”.")
EVIDENCE_RETURNED = event(
    "movements.evidence_returned", "{actor} trả lại minh chứng của {unit} cho “{what}”.")
