"""What every page may know about this installation and about who looks at it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, QuerySet, Value
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import Council, CouncilRole, OperatorRole
from spaces.models import VenueRole


def installation(request: HttpRequest) -> dict[str, object]:
    """The demo's banner, the request's id for error pages, the brand, and the managers' menu.

    The brand and the menu cost one statement together, and only on pages that show them.
    """
    known = cache(lambda: _known(request))
    return {
        "is_demo": settings.OPENHALL_DEMO,
        "request_id": getattr(request, "request_id", ""),
        "brand": SimpleLazyObject(lambda: known()[0]),
        "manages_venues": SimpleLazyObject(lambda: known()[1]),
    }


def _known(request: HttpRequest) -> tuple[dict[str, Any], bool]:
    """The brand, and whether the person has a role at any council, operator or venue.

    One council is the installation's own name; where there are several, none of them is.
    """
    user = request.user
    has_role: Any = Value(value=False)
    if user.is_authenticated:
        has_role = (
            _roles_of(CouncilRole.objects.all(), user.pk)
            | _roles_of(OperatorRole.objects.all(), user.pk)
            | _roles_of(VenueRole.objects.all(), user.pk)
        )
    councils = list(
        Council.objects.order_by("pk")
        .annotate(has_role=has_role)
        .values_list("name", "contact_phone", "contact_email", "has_role")[:2]
    )
    manages = any(row[3] for row in councils) or bool(user.is_authenticated and user.is_superuser)
    if len(councils) != 1:
        return {}, manages
    name, phone, email, _has_role = councils[0]
    contact = ", ".join(part for part in (name, phone, email) if part)
    return {"name": name, "contact": contact if phone or email else ""}, manages


def _roles_of(rows: QuerySet[Any], user_id: int) -> Exists:
    return Exists(rows.filter(user=user_id))
