"""What the trail tells about signing in."""

from nep.platform.audit.events import event

SIGNED_IN = event("accounts.signed_in", "{actor} đăng nhập.")
SIGN_IN_REFUSED = event("accounts.sign_in_refused", "Đăng nhập không thành công với tên “{login}”.")
SIGNED_OUT = event("accounts.signed_out", "{actor} đăng xuất.")
PASSWORD_CHANGED = event("accounts.password_changed", "{actor} đổi mật khẩu của mình.")
