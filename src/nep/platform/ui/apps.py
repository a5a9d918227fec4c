"""The component kit: looks, words and page frames shared by every app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and static files; no models."""

    name = "nep.platform.ui"
    label = "ui"
    verbose_name = "Giao diện"
