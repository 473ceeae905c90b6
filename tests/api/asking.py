"""Requests as programs send them."""

from typing import Any

from rest_framework.test import APIClient

from spaces.models import Space


def wish(space: Space, **changes: Any) -> dict[str, Any]:
    """A body that books `space` on Tuesday 12 January, 7pm to 9pm."""
    return {
        "spaces": [space.pk],
        "when": {"first": "2027-01-12", "starts": "19:00", "ends": "21:00"},
        "title": "Choir",
        "people": 30,
        "responsible_adult": {"name": "Ada Okoro", "email": "ada@example.org"},
        **changes,
    }


def post(client: APIClient, path: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(path, body, format="json", headers=headers)
