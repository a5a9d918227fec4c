from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nep.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Django's own `login` tells that a session was begun; whichever way it was, its times are noted."""
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 -- apps must be loaded

        from nep.accounts.services.sessions import stamp  # noqa: PLC0415 -- the same

        def begun(sender: Any, request: Any, **_: Any) -> None:
            stamp(request.session)

        user_logged_in.connect(begun, weak=False, dispatch_uid="nep.accounts.stamp")
