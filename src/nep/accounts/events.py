"""What the trail tells about accounts and signing in."""

from nep.platform.audit.events import SECURITY, event

SIGNED_IN = event("accounts.signed_in", "{actor} đăng nhập.", keep=SECURITY)
SIGN_IN_REFUSED = event(
    "accounts.sign_in_refused", "Đăng nhập không thành công với tên “{login}”.", keep=SECURITY
)
# What was typed is not told: it may be a password in the wrong field.
UNKNOWN_SIGN_IN_REFUSED = event(
    "accounts.unknown_sign_in_refused",
    "Đăng nhập không thành công với một tên không có trong hệ thống.",
    keep=SECURITY,
)
SECOND_FACTOR_REFUSED = event(
    "accounts.second_factor_refused",
    "Mã xác thực lớp thứ hai không đúng khi đăng nhập với tên “{login}”.",
    keep=SECURITY,
)
SIGNED_OUT = event("accounts.signed_out", "{actor} đăng xuất.", keep=SECURITY)
PASSWORD_CHANGED = event("accounts.password_changed", "{actor} đổi mật khẩu của mình.", keep=SECURITY)
PASSWORD_SET = event("accounts.password_set", "{user} đặt mật khẩu bằng liên kết.", keep=SECURITY)
ACCOUNT_OPENED = event("accounts.opened", "{actor} lập tài khoản {login} cho {user}.", keep=SECURITY)
EMAIL_CHANGED = event(
    "accounts.email_changed", "{actor} đổi thư điện tử của tài khoản {user}.", keep=SECURITY
)
LINK_MADE = event("accounts.link_made", "{actor} cấp liên kết đặt mật khẩu cho {user}, {way}.", keep=SECURITY)
LOCK_LIFTED = event("accounts.lock_lifted", "{actor} mở khóa đăng nhập cho {user}.", keep=SECURITY)
TOTP_ADDED = event("accounts.totp_added", "{actor} bật xác thực hai lớp bằng ứng dụng.", keep=SECURITY)
TOTP_REMOVED = event("accounts.totp_removed", "{actor} tắt xác thực hai lớp bằng ứng dụng.", keep=SECURITY)
FACTORS_REMOVED = event(
    "accounts.factors_removed", "{actor} gỡ xác thực hai lớp và khóa truy cập của {user}.", keep=SECURITY
)
RECOVERY_CODES_MADE = event("accounts.recovery_codes_made", "{actor} lập mã dự phòng mới.", keep=SECURITY)
RECOVERY_CODE_USED = event(
    "accounts.recovery_code_used", "{user} dùng một mã dự phòng, còn {left} mã.", keep=SECURITY
)
PASSKEY_ADDED = event("accounts.passkey_added", "{actor} thêm khóa truy cập “{passkey}”.", keep=SECURITY)
PASSKEY_REMOVED = event("accounts.passkey_removed", "{actor} gỡ khóa truy cập “{passkey}”.", keep=SECURITY)
SESSION_ENDED = event(
    "accounts.session_ended", "{actor} kết thúc một phiên đăng nhập của mình, {device}.", keep=SECURITY
)
SESSIONS_ENDED = event(
    "accounts.sessions_ended", "{actor} kết thúc {count} phiên đăng nhập của {user}.", keep=SECURITY
)
ELEVATED = event("accounts.elevated", "{actor} bật chế độ quản trị.", keep=SECURITY)
ELEVATION_LEFT = event("accounts.elevation_left", "{actor} tắt chế độ quản trị.", keep=SECURITY)
