"""Light, dark, or what the reader's system says."""

COOKIE = "nep_theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def chosen_theme(value: str) -> str:
    """A theme the kit knows, or empty for the system's own."""
    return value if value in THEMES else ""
