"""How mail leaves: an SMTP server named by the operator; the demo keeps it in a mailbox of its own."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from nep.config.settings.environment import DEMO, text

PORTS = {"smtp": 587, "smtps": 465}  # smtp:// turns to TLS before it signs in, smtps:// begins with it

_parts = urlsplit(text("NEP_MAIL_URL", ""))
if _parts.scheme and (_parts.scheme not in PORTS or not _parts.hostname):
    raise ImproperlyConfigured("NEP_MAIL_URL phải có dạng smtp://tên:mật-khẩu@máy-chủ:587 hoặc smtps://…")
_tls = text("NEP_SMTP_TLS", "starttls")
if _tls not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured("NEP_SMTP_TLS là starttls, tls hoặc none.")

EMAIL_HOST = _parts.hostname or text("NEP_SMTP_HOST", "")
EMAIL_USE_SSL = _parts.scheme == "smtps" if _parts.scheme else _tls == "tls"
EMAIL_USE_TLS = (
    (_parts.scheme != "smtps" and "tls=none" not in _parts.query) if _parts.scheme else _tls == "starttls"
)
EMAIL_PORT = _parts.port or int(text("NEP_SMTP_PORT", str(PORTS["smtps" if EMAIL_USE_SSL else "smtp"])))
EMAIL_HOST_USER = unquote(_parts.username or text("NEP_SMTP_USER", ""))
EMAIL_HOST_PASSWORD = unquote(_parts.password or text("NEP_SMTP_PASSWORD", ""))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("NEP_MAIL_FROM", "")
if EMAIL_HOST and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("Có máy chủ thư thì phải có NEP_MAIL_FROM, địa chỉ gửi đi.")

# Whether mail can reach anybody: over SMTP, or into the mailbox of the demo.
NEP_MAIL_SET_UP = bool(EMAIL_HOST) or DEMO
NEP_MAILBOX = DEMO and not EMAIL_HOST

# Where letters say that Nếp is opened: the first of its addresses, unless another one is named.
NEP_SITE_URL = text("NEP_SITE_URL", text("NEP_ORIGINS", "").split(",")[0] or "http://127.0.0.1:8000")
