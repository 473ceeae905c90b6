"""Bookings: requests, dates, the finder and the public pages of venues."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Bookings")

    def ready(self) -> None:
        from accounts.views.organisations import add_section
        from bookings import ownership
        from bookings.views.group_support import section

        ownership.register()
        add_section(section)
