from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "nep.workbench"
    label = "workbench"
