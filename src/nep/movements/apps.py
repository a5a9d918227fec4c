from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "nep.movements"
    label = "movements"

    def ready(self) -> None:
        from nep.documents.access import register_reason_to_see  # noqa: PLC0415 -- ready hook
        from nep.movements.access import documents_of_programmes  # noqa: PLC0415 -- ready hook

        register_reason_to_see(documents_of_programmes)
