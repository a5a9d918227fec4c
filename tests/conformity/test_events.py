"""Laws of the trail."""

import re
from importlib import import_module
from pathlib import Path

from django.apps import apps

from nep.platform.audit.events import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {path: path.read_text() for path in (ROOT / "src" / "nep").rglob("*.py")}


def events_by_name() -> dict[str, str]:
    """Constant of each kind of event, to the app that declares it."""
    found = {}
    for app in apps.get_app_configs():
        if app.name.startswith("nep.") and (ROOT / "src" / Path(*app.name.split(".")) / "events.py").exists():
            module = import_module(f"{app.name}.events")
            found |= {name: app.label for name in vars(module) if name.isupper()}
    return found


def test_codes_start_with_their_app() -> None:
    """Fix: `app.what_happened`."""
    events_by_name()
    labels = {app.label for app in apps.get_app_configs()}
    assert [code for code in REGISTRY if code.split(".")[0] not in labels] == []


def test_every_kind_of_event_is_recorded_somewhere() -> None:
    """Fix: record it in the service of the act, or remove it."""
    unused = [
        name
        for name in events_by_name()
        if not any(
            re.search(rf"\b{name}\b", text) for path, text in SOURCES.items() if path.name != "events.py"
        )
    ]
    assert unused == []


def test_sentences_are_sentences() -> None:
    """Fix: end with a full stop."""
    assert [kind.code for kind in REGISTRY.values() if not kind.sentence.endswith(".")] == []
