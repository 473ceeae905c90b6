from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import personal_data, retention
        from core import owners

        owners.register_personal_data(personal_data.HOLDER)
        for rule in retention.RULES:
            retention.register_retention(rule)
