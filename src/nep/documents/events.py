"""What the trail tells about documents and their review."""

from nep.platform.audit.events import event

RECEIVED = event("documents.received", "{actor} đưa văn bản {document} vào kho của {unit}.")
READ = event("documents.read", "{actor} đọc văn bản: {items} mục, {doubts} điểm chưa chắc.")
READING_FAILED = event("documents.reading_failed", "{actor} chưa đọc được văn bản {document}.")
HEAD_CORRECTED = event("documents.head_corrected", "{actor} sửa thông tin của văn bản {document}.")
LINKED = event("documents.linked", "{actor} nối văn bản {source} với {target}, văn bản được dẫn trong đó.")

ITEM_CONFIRMED = event("documents.item_confirmed", "{actor} xác nhận mục {number}: {what}.")
ITEM_EDITED = event("documents.item_edited", "{actor} sửa mục {number}: {what}.")
ITEM_DROPPED = event("documents.item_dropped", "{actor} bỏ mục {number}: {what}.")
ITEM_RESTORED = event("documents.item_restored", "{actor} khôi phục mục {number}: {what}.")
ITEM_ADDED = event("documents.item_added", "{actor} thêm mục {number}: {what}.")
DOUBT_ANSWERED = event("documents.doubt_answered", "{actor} trả lời “{question}”: {answer}.")
REVIEW_FINISHED = event(
    "documents.review_finished",
    "{actor} xem lại xong: {read} mục như đã đọc, {edited} mục đã sửa, {added} mục thêm, {dropped} mục bỏ.",
)

LETTERHEAD_CONFIRMED = event(
    "documents.letterhead_confirmed", "{actor} xác nhận thể thức công văn của {unit}: ký hiệu {symbol}."
)
NUMBERS_NOTED = event(
    "documents.numbers_noted",
    "{actor} ghi các số {first}–{last} năm {year} của {unit} đã cấp ngoài Nếp.",
)
ISSUED = event("documents.issued", "{actor} ban hành {what} số {number} của {unit} gửi {to}.")
