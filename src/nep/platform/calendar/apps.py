from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "nep.platform.calendar"
    label = "calendar_days"
