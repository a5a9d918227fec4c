"""What the trail tells about the organisation."""

from nep.platform.audit.events import event

UNIT_OPENED = event("org.unit_opened", "{actor} lập đơn vị {unit} từ {day}.")
PERSON_REGISTERED = event("org.person_registered", "{actor} thêm {person} vào danh sách.")
PERSON_POSTED = event("org.person_posted", "{actor} ghi {person} giữ chức vụ {position} tại {unit} từ {day}.")
ROLE_GRANTED = event("org.role_granted", "{actor} giao vai trò {role} tại {unit} cho {user}.")
ROLE_REVOKED = event("org.role_revoked", "{actor} thu hồi vai trò {role} tại {unit} của {user}.")
