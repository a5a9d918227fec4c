"""The one password of all invented people."""

PASSWORD = "nep-van-linh-2026"
