from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from accounts.retention import register_retention
        from core import owners
        from notices import personal_data, retention

        owners.register_personal_data(personal_data.HOLDER)
        register_retention(retention.RULE)
