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

ADOPTION_EXPECTED = event(
    "movements.adoption_expected", "{actor} ghi {unit} phải thực hiện “{programme}” từ ngày {day}."
)
ADOPTION_ENDED = event(
    "movements.adoption_ended", "{actor} dừng kế hoạch của {unit} thực hiện “{programme}”: {because}."
)
ADOPTION_RESUMED = event(
    "movements.adoption_resumed",
    "{actor} khôi phục kế hoạch của {unit} thực hiện “{programme}”: biến động đã hủy ghi nhận.",
)
SPECIAL_DATE_ASKED = event(
    "movements.special_date_asked",
    "{actor} đề nghị hạn riêng cho {unit}, {what}: {when}; hết hiệu lực sau {expires}.",
)
SPECIAL_DATE_GRANTED = event(
    "movements.special_date_granted",
    "{actor} đồng ý hạn riêng cho {unit}, {what}: {when}; hết hiệu lực sau {expires}.",
)
SPECIAL_DATE_REFUSED = event(
    "movements.special_date_refused", "{actor} không đồng ý hạn riêng cho {unit}, {what}: {when}."
)
SPECIAL_DATE_ENDED = event(
    "movements.special_date_ended", "{actor} thu hồi hạn riêng của {unit}, {what}: {when}."
)
PERIOD_REOPENED = event(
    "movements.period_reopened", "{actor} mở lại kỳ {period} cho {unit}, đến hết ngày {until}."
)
REOPENING_CLOSED = event(
    "movements.reopening_closed", "{actor} đóng lại kỳ {period} của {unit}: {entered} minh chứng đã nộp."
)
TERMS_MOVED = event(
    "movements.terms_moved", "{actor} đổi lịch ngày nghỉ: dời {terms} hạn đang chạy của {units} đơn vị."
)
PROGRAMME_HANDED_ON = event(
    "movements.programme_handed_on", "{actor} ghi {unit} chủ trì chương trình thay {former}."
)

EVIDENCE_SENT = event("movements.evidence_sent", "{actor} nộp minh chứng của {unit} cho “{what}”.")
NOTHING_SENT = event("movements.nothing_sent", "{actor} báo {unit} không phát sinh trong “{what}”.")
EVIDENCE_ACCEPTED = event("movements.evidence_accepted", "{actor} nhận minh chứng của {unit} cho “{what}”.")
EVIDENCE_RETURNED = event(
    "movements.evidence_returned", "{actor} trả lại minh chứng của {unit} cho “{what}”."
)

AMENDMENT_DRAFTED = event(
    "movements.amendment_drafted", "{actor} soạn sửa đổi lần {number} của chương trình."
)
AMENDMENT_CHANGED = event("movements.amendment_changed", "{actor} sửa thông tin của sửa đổi lần {number}.")
AMENDMENT_ITEM_PUT = event(
    "movements.amendment_item_put", "{actor} ghi vào sửa đổi lần {number}: {act} {what} “{name}”."
)
AMENDMENT_ITEM_TAKEN = event(
    "movements.amendment_item_taken", "{actor} để {what} “{name}” như cũ trong sửa đổi lần {number}."
)
AMENDMENT_REMOVED = event("movements.amendment_removed", "{actor} bỏ sửa đổi lần {number} đang soạn.")
AMENDMENT_SUBMITTED = event("movements.amendment_submitted", "{actor} trình sửa đổi lần {number}.")
AMENDMENT_RETURNED = event("movements.amendment_returned", "{actor} trả lại sửa đổi lần {number}.")
AMENDMENT_APPROVED = event(
    "movements.amendment_approved",
    "{actor} phê duyệt sửa đổi lần {number}, có hiệu lực từ {day}, gửi {units} đơn vị.",
)
AMENDMENT_IN_EFFECT = event(
    "movements.amendment_in_effect", "{actor} áp dụng sửa đổi lần {number} vào nội dung chương trình."
)
PROPOSAL_ACCEPTED = event("movements.proposal_accepted", "{actor} đồng ý với sửa đổi lần {number}: {unit}.")
PROPOSAL_OBJECTED = event("movements.proposal_objected", "{actor} có ý kiến về sửa đổi lần {number}: {unit}.")
PROPOSAL_KEPT = event("movements.proposal_kept", "{actor} giữ nguyên sửa đổi lần {number} đối với {unit}.")
PROPOSAL_EXEMPTED = event("movements.proposal_exempted", "{actor} miễn sửa đổi lần {number} cho {unit}.")
PROPOSAL_TAKEN = event(
    "movements.proposal_taken",
    "{actor} đưa sửa đổi lần {number} vào kế hoạch của {unit} khi đến ngày: {told}.",
)
PROPOSAL_PASSED = event(
    "movements.proposal_passed", "{actor} gửi tiếp sửa đổi lần {number} từ {unit} xuống {count} đơn vị."
)
PROPOSAL_APPLIED = event(
    "movements.proposal_applied", "{actor} đưa sửa đổi lần {number} vào kế hoạch của {unit}: {told}."
)
TASK_LEFT = event(
    "movements.task_left", "{actor} đưa việc “{task}” ra khỏi kế hoạch của {unit} theo sửa đổi lần {number}."
)

TEMPLATE_SAVED = event("movements.template_saved", "{actor} lưu “{programme}” thành mẫu “{name}”.")
TEMPLATE_CHANGED = event("movements.template_changed", "{actor} sửa mẫu “{name}”.")
TEMPLATE_RENEWED = event(
    "movements.template_renewed", "{actor} thay nội dung mẫu “{name}” bằng “{programme}”."
)
TEMPLATE_WITHDRAWN = event("movements.template_withdrawn", "{actor} thôi dùng mẫu “{name}”.")
PROGRAMME_FROM_TEMPLATE = event(
    "movements.programme_from_template", "{actor} lập chương trình {code} “{title}” từ mẫu “{name}”."
)
PROGRAMME_FOLLOWS = event(
    "movements.programme_follows", "{actor} lập chương trình {code} “{title}” tiếp theo {previous}."
)

REVIEW_OPENED = event(
    "movements.review_opened", "{actor} đề nghị {units} đơn vị gửi báo cáo {which} trước hết ngày {day}."
)
REVIEW_CHANGED = event("movements.review_changed", "{actor} sửa thông tin {which}.")
REVIEW_CLOSED = event("movements.review_closed", "{actor} giữ lại số liệu {which} khi kết luận.")
NARRATIVE_WRITTEN = event("movements.narrative_written", "{actor} ghi báo cáo {which} của {unit}.")
NARRATIVE_SENT = event("movements.narrative_sent", "{actor} gửi báo cáo {which} của {unit}.")
NARRATIVE_ACCEPTED = event("movements.narrative_accepted", "{actor} nhận báo cáo {which} của {unit}.")
NARRATIVE_RETURNED = event("movements.narrative_returned", "{actor} trả lại báo cáo {which} của {unit}.")
EXAMPLE_NOMINATED = event("movements.example_nominated", "{actor} đề cử điển hình “{name}” của {unit}.")
EXAMPLE_REMOVED = event("movements.example_removed", "{actor} rút đề cử điển hình “{name}” của {unit}.")
EXAMPLE_CHOSEN = event("movements.example_chosen", "{actor} chọn “{name}” của {unit} làm điển hình.")
EXAMPLE_UNCHOSEN = event("movements.example_unchosen", "{actor} thôi chọn “{name}” của {unit} làm điển hình.")
LESSON_ADDED = event("movements.lesson_added", "{actor} ghi bài học “{name}”.")
LESSON_CHANGED = event("movements.lesson_changed", "{actor} sửa bài học “{name}”.")
LESSON_REMOVED = event("movements.lesson_removed", "{actor} bỏ bài học “{name}”.")

EVIDENCE_READ = event(
    "movements.evidence_read", "{actor} xem minh chứng của {unit} cho “{what}”.", keep=READING
)
EVIDENCE_FILE_READ = event(
    "movements.evidence_file_read", "{actor} mở tệp “{file}” trong minh chứng của {unit}.", keep=READING
)

LETTERS_SIGNED = event(
    "movements.letters_signed",
    "{actor} ký {count} văn bản của {unit} đôn đốc “{programme}”, hạn trả lời {answer_by}.",
)
LETTER_WRITTEN = event(
    "movements.letter_written", "{actor} gửi {unit} văn bản đôn đốc số {number}: {terms} việc quá hạn."
)

URGING_SET = event("movements.urging_set", "{actor} đặt lịch nhắc việc của chương trình: {policy}.")
