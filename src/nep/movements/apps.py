from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "nep.movements"
    label = "movements"

    def ready(self) -> None:
        from nep.documents.access import register_reason_to_see  # noqa: PLC0415 -- ready hook
        from nep.documents.review_outcome import (  # noqa: PLC0415 -- ready hook
            register_listing,
            register_outcome,
        )
        from nep.indicators.queries.opening import register_lifter  # noqa: PLC0415 -- ready hook
        from nep.movements.access import documents_of_programmes  # noqa: PLC0415 -- ready hook
        from nep.movements.services import following, from_plans, indicators  # noqa: PLC0415 -- ready hook
        from nep.movements.services.following_calendar import (  # noqa: PLC0415 -- ready hook
            follow_calendar,
        )
        from nep.movements.views.units import work_tab  # noqa: PLC0415 -- ready hook
        from nep.org.services.changes_hook import register_follower  # noqa: PLC0415 -- ready hook
        from nep.org.tabs import register_tab  # noqa: PLC0415 -- ready hook
        from nep.platform.calendar import hook  # noqa: PLC0415 -- ready hook

        register_reason_to_see(documents_of_programmes)
        register_outcome(from_plans.make_programme)
        register_listing(from_plans.programmes_made)
        register_follower(following.follow)
        register_tab(work_tab)
        register_lifter(indicators.reopened)
        hook.register_follower(follow_calendar)
