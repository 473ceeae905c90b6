from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformConfig(AppConfig):
    """The platform: embedded database, backup, health, and the checks of a deployment."""

    name = "config"
    label = "platform"
    verbose_name = _("Platform")

    def ready(self) -> None:
        from config import checks  # noqa: F401 - registers the checks
