"""What the trail tells about the organisation."""

from nep.platform.audit.events import READING, SECURITY, event

UNIT_OPENED = event("org.unit_opened", "{actor} lập đơn vị {unit} từ {day}.")
UNIT_CLOSED = event("org.unit_closed", "{actor} ghi {unit} giải thể từ {day}.")
UNIT_RENAMED = event("org.unit_renamed", "{actor} ghi {former} đổi tên thành {unit} từ {day}.")
UNIT_MOVED = event("org.unit_moved", "{actor} ghi {unit} chuyển về {parent} từ {day}.")
UNIT_REATTACHED = event("org.unit_reattached", "{actor} ghi {unit} gắn với {host} từ {day}.")
UNITS_MERGED = event("org.units_merged", "{actor} ghi {units} nhập thành {successor} từ {day}.")
UNIT_SPLIT = event("org.unit_split", "{actor} ghi {unit} chia, tách lập {successors} từ {day}.")
CHANGE_WITHDRAWN = event("org.change_withdrawn", "{actor} hủy ghi nhận “{change}” của {unit} từ {day}.")
PERIOD_LOCKED = event("org.period_locked", "{actor} khóa số liệu tháng {month} của {unit} và cấp dưới.")
PERSON_REGISTERED = event("org.person_registered", "{actor} thêm {person} vào danh sách.")
PERSON_CORRECTED = event("org.person_corrected", "{actor} sửa thông tin của {person}.")
PERSON_POSTED = event("org.person_posted", "{actor} ghi {person} giữ chức vụ {position} tại {unit} từ {day}.")
PERSON_CONCURRENT = event(
    "org.person_concurrent", "{actor} ghi {person} kiêm nhiệm {position} tại {unit} từ {day}."
)
PERSON_SECONDED = event(
    "org.person_seconded", "{actor} ghi {person} biệt phái đến {unit}, chức vụ {position}, từ {day}."
)
PERSON_ACTING = event(
    "org.person_acting", "{actor} ghi {person} được giao quyền {position} tại {unit} từ {day}."
)
PERSON_MEMBER = event(
    "org.person_member", "{actor} ghi {person} sinh hoạt tại {unit} từ {day}, là {position}."
)
MEMBERS_ADMITTED = event(
    "org.members_admitted", "{actor} ghi {count} người là {position} của {unit} từ {day}."
)
PERSON_TRANSFERRED = event(
    "org.person_transferred",
    "{actor} ghi {person} chuyển từ {former} đến {unit}, chức vụ {position}, từ {day}.",
)
POSTING_ENDED = event(
    "org.posting_ended", "{actor} ghi {person} thôi chức vụ {position} tại {unit} từ {day}."
)
POSTING_CANCELLED = event(
    "org.posting_cancelled", "{actor} bỏ vị trí {position} tại {unit} của {person}, định từ {day}."
)
POSITION_KEPT = event("org.position_kept", "{actor} ghi chức vụ {position} vào danh mục.")
IMPORT_RECEIVED = event("org.import_received", "{actor} tải lên tệp {file} để kiểm tra cho {unit}.")
IMPORT_COMMITTED = event("org.import_committed", "{actor} ghi tệp {file} cho {unit}: {summary}.")
STAFF_IMPORTED = event("org.staff_imported", "{actor} ghi tệp {file} vào {unit}: {changes}.")
ROLE_GRANTED = event("org.role_granted", "{actor} giao vai trò {role} tại {unit} cho {user}.", keep=SECURITY)
ROLE_PROPOSED = event(
    "org.role_proposed",
    "{actor} đề nghị giao vai trò {role} tại {unit} cho {user}, chờ người thứ hai xác nhận.",
    keep=SECURITY,
)
ROLE_CONFIRMED = event(
    "org.role_confirmed", "{actor} xác nhận vai trò {role} tại {unit} của {user}.", keep=SECURITY
)
ROLE_DECLINED = event(
    "org.role_declined", "{actor} không giao vai trò {role} tại {unit} cho {user}.", keep=SECURITY
)
AUTHORITY_LENT = event(
    "org.authority_lent",
    "{actor} ủy quyền cho {user} làm thay tại {unit} từ {day} đến trước {until}.",
    keep=SECURITY,
)
ROLE_REVOKED = event(
    "org.role_revoked", "{actor} thu hồi vai trò {role} tại {unit} của {user}.", keep=SECURITY
)
PERSON_READ = event("org.person_read", "{actor} xem trang của {person}.", keep=READING)
