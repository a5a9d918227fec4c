"""A browser told in words."""

from __future__ import annotations

# The first that stands in the user agent counts: each of the later ones is also claimed by an earlier one.
BROWSERS = {
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "điện thoại Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "máy tính Windows",
    "Macintosh": "máy Mac",
    "CrOS": "máy Chromebook",
    "Linux": "máy tính Linux",
}


def device_in_words(agent: str) -> str:
    """Browser and system, as a person would name them.

    >>> device_in_words("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0")
    'Edge trên máy tính Windows'
    """
    browser = next((name for sign, name in BROWSERS.items() if sign in agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    if browser and system:
        return f"{browser} trên {system}"
    return browser or system or "Thiết bị không rõ"
