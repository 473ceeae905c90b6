from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from accounts.retention import register_retention
        from accounts.services import on_decided
        from core import owners
        from notices import concessions, personal_data, retention

        owners.register_personal_data(personal_data.HOLDER)
        register_retention(retention.RULE)
        on_decided(concessions.tell_holders)
