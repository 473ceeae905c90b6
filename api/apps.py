from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = _("Programming interface")

    def ready(self) -> None:
        from accounts.retention import register_retention
        from api import personal_data, retention, schema  # noqa: F401 - schema knows our tokens
        from core import owners

        owners.register_personal_data(
            owners.PersonalData("api", personal_data.export, personal_data.anonymise)
        )
        for rule in retention.RULES:
            register_retention(rule)
