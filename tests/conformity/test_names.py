"""The glossary names every model, and no model that is gone."""

from pathlib import Path

import yaml
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def test_every_model_has_its_official_term() -> None:
    """Fix: add the model with its Vietnamese term to docs/glossary.yml, or remove the one that is gone."""
    glossary = yaml.safe_load((ROOT / "docs/glossary.yml").read_text())
    glossary.pop("words")
    named = {(app, model) for app, models in glossary.items() for model in models}
    ours = {
        (model._meta.app_label, model.__name__)
        for model in apps.get_models()
        if model.__module__.startswith("nep.")
    }
    assert named == ours


def test_every_term_is_given_once() -> None:
    """Fix: two models with one Vietnamese term confuse readers; tell them apart."""
    glossary = yaml.safe_load((ROOT / "docs/glossary.yml").read_text())
    terms = [entry["term"] for models in glossary.values() for entry in models.values()]
    assert sorted(terms) == sorted(set(terms))
