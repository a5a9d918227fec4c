from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nep.accounts"
    label = "accounts"
