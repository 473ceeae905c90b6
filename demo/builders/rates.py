"""Published rates: one version for each financial year, as documents of rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.clock import start_of_day
from demo.builders.world import BuiltVenue, World
from demo.content.schemes import SCHEMES, YEARLY_RISE, Asked, Scheme
from demo.content.terms import TAKEN_AS_SO, TERMS
from tariffs.models import Tariff, TariffVersion
from tariffs.services import rebuild_guide

_FIVE_PENCE = Decimal("0.05")
_WEEKDAYS = ["weekday"]


def build(world: World) -> None:
    """Write every hireable venue's versions, and the guide prices that search reads."""
    venues = [venue for venue in world.venues.values() if venue.spec.mode != "not_for_hire"]
    tariffs = Tariff.objects.bulk_create(Tariff(venue=venue.row) for venue in venues)
    TariffVersion.objects.bulk_create(
        version
        for venue, tariff in zip(venues, tariffs, strict=True)
        for version in _versions(world, venue, tariff)
    )
    rebuild_guide([venue.row.pk for venue in venues], on=world.today)


def _versions(world: World, venue: BuiltVenue, tariff: Tariff) -> Iterator[TariffVersion]:
    last = _financial_year(world.today)
    # Northmere decides its rates in February: until then next year's are an estimate.
    is_open_ended = venue.spec.operator != "northmere.council"
    for year in range(_financial_year(world.period.first), last + 1):
        document = rate_document(venue, years_ago=last - year)
        is_last = year == last
        yield TariffVersion(
            tariff=tariff,
            valid_from=date(year, 4, 1),
            valid_to=None if is_last and is_open_ended else date(year + 1, 4, 1),
            document=document,
            published_at=min(start_of_day(date(year, 2, 20)), world.now),
        )


def _financial_year(day: date) -> int:
    return day.year if day >= date(day.year, 4, 1) else day.year - 1


def rate_document(venue: BuiltVenue, *, years_ago: int) -> dict[str, Any]:
    """The rules of one venue as they stood some years ago."""
    scheme, terms = SCHEMES[venue.spec.scheme], TERMS.get(venue.spec.scheme, ())
    by_rate: dict[str, list[str]] = defaultdict(list)
    for space in venue.spaces.values():
        by_rate[space.spec.rate].append(space.row.slug)
    back = (1 + Decimal(YEARLY_RISE)) ** years_ago
    rules = [
        rule
        for number, (rate, slugs) in enumerate(by_rate.items(), start=1)
        for rule in _space_rules(scheme, Decimal(rate) / back, slugs, number)
    ]
    return {
        "list_category": "commercial",
        "dayparts": {
            "evening": {"from": "18:00", "until": "24:00", "day": _WEEKDAYS},
            "weekend": {"from": "00:00", "until": "24:00", "day": ["weekend"]},
            "bank-holiday": {"from": "00:00", "until": "24:00", "day": ["bank_holiday"]},
        },
        **_taken(scheme.asked, TAKEN_AS_SO if terms else {}),
        "rules": [*rules, *_item_rules(scheme, venue), *_fees(scheme.asked, back), *terms],
    }


def _space_rules(
    scheme: Scheme, standard: Decimal, slugs: list[str], number: int
) -> Iterator[dict[str, Any]]:
    by_share: dict[str, list[str]] = defaultdict(list)
    for category, share in scheme.shares.items():
        by_share[share].append(category)
    times: tuple[tuple[str, str, dict[str, str], str], ...] = (
        ("weekday", "1", {}, scheme.least_hours),
        ("evening", scheme.evening, {"daypart": "evening"}, scheme.least_hours),
        ("weekend", scheme.weekend, {"daypart": "weekend"}, scheme.weekend_hours),
        ("bank-holiday", scheme.bank_holiday, {"daypart": "bank-holiday"}, scheme.weekend_hours),
    )
    for share, categories in by_share.items():
        for name, factor, when, least in times:
            yield {
                "id": f"rate-{number}-{categories[0].replace('_', '-')}-{name}",
                "kind": "rate",
                "target": {"each": slugs},
                "when": {"category": categories, **when},
                "quantity": {"unit": "hour", "min": least, "step": scheme.step_hours},
                "amount": str(_rounded(standard * Decimal(share) * Decimal(factor))),
            }
    if scheme.asked.party:
        yield {
            "id": f"party-{number}",
            "kind": "rate",
            "target": {"each": slugs},
            "when": {"category": ["private"], "purpose": ["party"], "hours": "<= 5"},
            "quantity": {"unit": "booking"},
            "amount": str(_rounded(standard * Decimal(scheme.asked.party))),
            "why": "A party of up to five hours",
        }


def _taken(asked: Asked, terms: Mapping[str, Any]) -> dict[str, Any]:
    """What is taken as so of whoever does not answer; `terms`: what those take as so."""
    taken: dict[str, Any] = dict(terms)
    if asked.cleaning or asked.licence:
        taken["tag"] = []
    if asked.residents:
        taken["resident"] = False
    if asked.party:
        taken["purpose"] = "other"
    return {"unless_told": taken} if taken else {}


def _fees(asked: Asked, back: Decimal) -> Iterator[dict[str, Any]]:
    fees: tuple[tuple[str, str, dict[str, list[str]]], ...] = (
        ("Cleaning after food", asked.cleaning, {"tag": ["food"]}),
        ("Music licence", asked.licence, {"all_tags": ["music", "tickets"]}),
    )
    for name, amount, when in fees:
        if amount:
            yield {
                "id": name.lower().replace(" ", "-"),
                "kind": "rate",
                "target": {"fee": name},
                "when": when,
                "quantity": {"unit": "booking"},
                "amount": str(_rounded(Decimal(amount) / back)),
            }
    if asked.residents:
        yield {
            "id": "residents",
            "kind": "adjust",
            "when": {"category": ["private"], "resident": True},
            "percent": f"-{asked.residents}",
            "why": "For people from the village",
        }


def _item_rules(scheme: Scheme, venue: BuiltVenue) -> Iterator[dict[str, Any]]:
    if not venue.spec.stock:
        return
    yield {
        "id": "items",
        "kind": "rate",
        "target": {"items": ["any"]},
        "quantity": {"unit": "item"},
        "amount": "0",
        "why": "Comes with the hire",
    }
    for name in venue.spec.stock:
        slug = name.lower().replace(" ", "-")
        if slug in scheme.items:
            yield {
                "id": f"item-{slug}",
                "kind": "rate",
                "target": {"items": [slug]},
                "quantity": {"unit": "item"},
                "amount": scheme.items[slug],
            }


def _rounded(amount: Decimal) -> Decimal:
    """To the nearest five pence, as charge sheets are."""
    steps = (amount / _FIVE_PENCE).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return steps * _FIVE_PENCE
