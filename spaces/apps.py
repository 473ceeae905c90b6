from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpacesConfig(AppConfig):
    name = "spaces"
    verbose_name = _("Spaces")

    def ready(self) -> None:
        from spaces import closures, picture_files
        from spaces.calendars import ownership

        closures.register()
        ownership.register()
        picture_files.register()
