from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "checks"
    verbose_name = _("Access checks")

    def ready(self) -> None:
        from accounts.retention import register_retention
        from checks import personal_data, retention
        from core import owners

        owners.register_personal_data(personal_data.HOLDER)
        for rule in retention.RULES:
            register_retention(rule)
