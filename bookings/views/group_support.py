"""What a group's page shows of its free hours and grants."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.models import Organisation
from bookings import support_lists
from core import clock


def section(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """The template and its rows: what may still be used, with what is left."""
    return {
        "template": "bookings/_group_support.html",
        "rows": support_lists.of_group(organisation, today=clock.today()),
    }
