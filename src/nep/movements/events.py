"""What the trail tells about programmes, plans of units and evidence."""

from nep.platform.audit.events import READING, event

PROGRAMME_CREATED = event("movements.programme_created", "{actor} lập chương trình {code} “{title}”.")
PROGRAMME_READ = event("movements.programme_read", "{actor} lập chương trình {code} “{title}” từ {document}.")
PROGRAMME_CHANGED = event("movements.programme_changed", "{actor} sửa thông tin chung của chương trình.")
PARENTS_SET = event("movements.programme_parents_set", "{actor} ghi chương trình thực hiện: {parents}.")
SCOPE_SET = event("movements.programme_scope_set", "{actor} đặt phạm vi chương trình: {scope}.")
CONTENT_ADDED = event("movements.content_added", "{actor} thêm {what} “{name}”.")
CONTENT_CHANGED = event("movements.content_changed", "{actor} sửa {what} “{name}”.")
CONTENT_REMOVED = event("movements.content_removed", "{actor} bỏ {what} “{name}”.")
CONTENT_MOVED = event("movements.content_moved", "{actor} đổi thứ tự {what} “{name}”.")
PROGRAMME_SUBMITTED = event("movements.programme_submitted", "{actor} trình phát động chương trình.")
PROGRAMME_RETURNED = event("movements.programme_returned", "{actor} trả lại chương trình để sửa.")
PROGRAMME_LAUNCHED = event(
    "movements.programme_launched", "{actor} phát động chương trình, giao cho {units} đơn vị."
)
INTERIM_OPENED = event("movements.programme_interim_opened", "{actor} mở sơ kết chương trình.")
INTERIM_CLOSED = event("movements.programme_interim_closed", "{actor} kết thúc sơ kết chương trình.")
FINAL_OPENED = event("movements.programme_final_opened", "{actor} mở tổng kết chương trình.")
PROGRAMME_CLOSED = event("movements.programme_closed", "{actor} kết thúc chương trình.")

ADOPTION_OPENED = event(
    "movements.adoption_opened", "{actor} mở “{programme}” cho {unit}: {tasks} việc phải thực hiện."
)
TASK_TAKEN = event("movements.task_taken", "{actor} nhận thêm việc “{task}” vào kế hoạch của {unit}.")
TASK_DROPPED = event("movements.task_dropped", "{actor} bỏ việc “{task}” khỏi kế hoạch của {unit}.")
OWN_TASK_ADDED = event(
    "movements.own_task_added", "{actor} thêm việc riêng “{task}” vào kế hoạch của {unit}."
)
TASK_CHANGED = event("movements.task_changed", "{actor} sửa việc “{task}” trong kế hoạch của {unit}.")
TASK_ASSIGNED = event("movements.task_assigned", "{actor} giao việc “{task}” cho {person}.")
NOTHING_OWN_SAID = event("movements.nothing_own_said", "{actor} ghi rõ {unit} không có việc riêng.")
NOTHING_OWN_UNSAID = event("movements.nothing_own_unsaid", "{actor} bỏ ghi nhận {unit} không có việc riêng.")
ADOPTION_NOTED = event("movements.adoption_noted", "{actor} sửa ghi chú trong kế hoạch của {unit}.")
PLAN_ATTACHED = event("movements.plan_attached", "{actor} đính kèm {plan} làm kế hoạch của {unit}.")
PLAN_DIRECT = event("movements.plan_direct", "{actor} ghi rõ {unit} thực hiện thẳng kế hoạch của cấp trên.")
ADOPTION_ISSUED = event(
    "movements.adoption_issued", "{actor} ban hành kế hoạch của {unit} thực hiện “{programme}”: {tasks} việc."
)
ADOPTION_WITHDRAWN = event(
    "movements.adoption_withdrawn", "{actor} thu hồi kế hoạch của {unit} thực hiện “{programme}”."
)
ADOPTION_PASSED = event(
    "movements.adoption_passed", "{actor} giao “{programme}” từ {unit} xuống {count} đơn vị."
)

EVIDENCE_SENT = event("movements.evidence_sent", "{actor} nộp minh chứng của {unit} cho “{what}”.")
NOTHING_SENT = event("movements.nothing_sent", "{actor} báo {unit} không phát sinh trong “{what}”.")
EVIDENCE_ACCEPTED = event("movements.evidence_accepted", "{actor} nhận minh chứng của {unit} cho “{what}”.")
EVIDENCE_RETURNED = event(
    "movements.evidence_returned", "{actor} trả lại minh chứng của {unit} cho “{what}”."
)

EVIDENCE_READ = event(
    "movements.evidence_read", "{actor} xem minh chứng của {unit} cho “{what}”.", keep=READING
)
EVIDENCE_FILE_READ = event(
    "movements.evidence_file_read", "{actor} mở tệp “{file}” trong minh chứng của {unit}.", keep=READING
)
