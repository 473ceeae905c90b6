"""Published rates."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import HirerCategory
from spaces.models import Venue
from tariffs.models import Tariff, TariffVersion, item_slug
from tariffs.rules import require_valid


def flat_rates(venue: Venue, *, amount: str = "10.00", least: str = "1") -> TariffVersion:
    """The same price an hour for each space and kind of hirer, business twice that."""
    slugs = sorted(venue.spaces.values_list("slug", flat=True))
    others = [value for value in HirerCategory.values if value != "commercial"]
    rules = [
        _rule("standard", ["commercial"], slugs, str(2 * int(amount.split(".")[0])), least),
        _rule("groups", others, slugs, amount, least),
    ]
    if names := list(venue.stock.values_list("name", flat=True)):
        rules.append(_each_item(sorted(map(item_slug, names)), others))
    document = {"rounding": "half_up", "list_category": "commercial", "rules": rules}
    return publish(venue, document)


def rates_of(venue: Venue, *rules: dict[str, Any], **more: Any) -> TariffVersion:
    """10 pounds an hour for everybody and every space, and these rules besides."""
    base = {
        "id": "all", "kind": "rate", "target": {"spaces": ["any"]}, "quantity": {"unit": "hour"},
        "amount": "10.00",
    }  # fmt: skip
    document = {"list_category": "community", "rules": [base, *rules], **more}
    require_valid(document)
    tariff, _created = Tariff.objects.get_or_create(venue=venue)
    TariffVersion.objects.filter(tariff=tariff).delete()
    return TariffVersion.objects.create(
        tariff=tariff,
        valid_from=date(2025, 1, 1),
        document=document,
        published_at=datetime(2024, 12, 1, tzinfo=UTC),
    )


def fee(name: str, amount: str, **when: Any) -> dict[str, Any]:
    """Once for each date, where the conditions hold."""
    return {
        "id": name, "kind": "rate", "target": {"fee": name.title()}, "when": when,
        "quantity": {"unit": "booking"}, "amount": amount,
    }  # fmt: skip


def _each_item(slugs: list[str], categories: list[str]) -> dict[str, Any]:
    """A pound for each thing that is lent."""
    return {
        "id": "things",
        "kind": "rate",
        "target": {"items": slugs},
        "when": {"category": [*categories, "commercial"]},
        "quantity": {"unit": "item"},
        "amount": "1.00",
    }


def _rule(
    name: str, categories: list[str], slugs: list[str], amount: str, least: str
) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "rate",
        "target": {"each": slugs},
        "when": {"category": categories},
        "quantity": {"unit": "hour", "min": least},
        "amount": amount,
    }


def publish(
    venue: Venue, document: dict[str, Any], *, valid_to: date | None = None
) -> TariffVersion:
    """These rates in place of all others, without a check of their meaning."""
    tariff, _created = Tariff.objects.get_or_create(venue=venue)
    TariffVersion.objects.filter(tariff=tariff).delete()
    return TariffVersion.objects.create(
        tariff=tariff,
        valid_from=date(2025, 1, 1),
        valid_to=valid_to,
        document=document,
        published_at=datetime(2024, 12, 1, tzinfo=UTC),
    )
