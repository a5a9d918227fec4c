from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "nep.org"
    label = "org"

    def ready(self) -> None:
        from nep.org.access import actor_for  # noqa: PLC0415 -- ready hook
        from nep.org.places import UnitsAsPlaces  # noqa: PLC0415 -- ready hook
        from nep.org.requests import actor_of_account  # noqa: PLC0415 -- ready hook
        from nep.platform.access import register_actor_source  # noqa: PLC0415 -- ready hook
        from nep.platform.lists.saved import register_places  # noqa: PLC0415 -- ready hook

        register_actor_source(actor_for, actor_of_account)
        register_places(UnitsAsPlaces())
