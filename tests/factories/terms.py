"""Rates with deposits, payments and scales of cancelling."""

from typing import Any

from spaces.models import Venue
from tariffs.models import TariffVersion
from tests.factories.tariffs import flat_rates

DEPOSIT = {"id": "deposit", "kind": "deposit", "amount": "150"}
KEY = {"id": "key", "kind": "deposit", "name": "key", "amount": "20"}
PAYMENTS = {
    "id": "payments",
    "kind": "schedule",
    "parts": [
        {"due": "booking", "percent": 25, "returned": False, "why": "Booking fee"},
        {"due": "28 days before", "why": "The rest"},
    ],
}
CANCELLING = {
    "id": "cancelling",
    "kind": "cancel",
    "steps": [
        {"notice": ">= 28", "charge": 0},
        {"notice": ">= 14 < 28", "charge": "25%"},
        {"notice": ">= 2 < 14", "charge": "50%"},
        {"notice": "< 2", "charge": "100%"},
    ],
}
BY_VENUE = {
    "id": "venue-cancels",
    "kind": "cancel",
    "by": "venue",
    "steps": [{"notice": ">= 0", "refund": "100%"}],
}
ALL = (DEPOSIT, KEY, PAYMENTS, CANCELLING, BY_VENUE)


def rates_with(venue: Venue, *rules: dict[str, Any], **more: Any) -> TariffVersion:
    """Flat rates, £10 an hour unless told, and these rules beside them."""
    version = flat_rates(venue, **more)
    version.delete()
    document = version.document
    version.document = {**document, "rules": [*document["rules"], *rules]}
    version.pk = None
    version.save(force_insert=True)
    return version
