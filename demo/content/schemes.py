"""What venues charge, as shares of a space's standard hourly price (standards, section 6).

The standard price is the private person's by day on a weekday, before the share below.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_COUNCIL = {
    "private": "1.10", "community": "0.50", "charity": "0.50", "young_people": "0.35",
    "faith": "0.75", "statutory": "0.75", "social_enterprise": "0.60", "commercial": "1.50",
}  # fmt: skip
_LOCAL = {
    "private": "1.00", "community": "0.70", "charity": "0.70", "young_people": "0.50",
    "faith": "0.70", "statutory": "1.00", "social_enterprise": "0.80", "commercial": "1.60",
}  # fmt: skip
_BUSINESS = {
    "private": "1.00", "community": "0.75", "charity": "0.75", "young_people": "0.75",
    "faith": "1.00", "statutory": "1.00", "social_enterprise": "0.90", "commercial": "1.25",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a venue charges by what it asks. Amounts in pounds; an empty one: it does not ask.

    `cleaning` where there is food, `licence` where there is music and tickets are sold,
    `residents` percent off for private people from the area, `party` the price of a private party
    of up to five hours, as hours of the standard price.
    """

    cleaning: str = ""
    licence: str = ""
    residents: str = ""
    party: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme:
    """Shares by kind of hirer and by time of week; `weekend_hours` is the least that is charged."""

    shares: Mapping[str, str]
    evening: str = "1.20"
    weekend: str = "1.35"
    bank_holiday: str = "1.50"
    least_hours: str = "1"
    weekend_hours: str = "2"
    step_hours: str = "0.5"
    items: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    asked: Asked = field(default_factory=Asked)


SCHEMES: dict[str, Scheme] = {
    "council": Scheme(shares=_COUNCIL, items={"gazebos": "12.00"}),
    "grand": Scheme(
        shares=_COUNCIL, evening="1.30", weekend="1.60", bank_holiday="2.00", least_hours="2",
        weekend_hours="4", step_hours="1", items={"staging-blocks": "4.00"},
        asked=Asked(licence="35.00"),
    ),
    "sport": Scheme(shares=_COUNCIL, evening="1.25", weekend="1.00", weekend_hours="1",
                    step_hours="1"),
    "charity": Scheme(shares=_LOCAL, evening="1.00", weekend="1.20", weekend_hours="1"),
    "church": Scheme(shares=_LOCAL, evening="1.10", weekend="1.25",
                     asked=Asked(cleaning="12.00")),
    "village": Scheme(shares=_LOCAL, evening="1.15", weekend="1.25", weekend_hours="3",
                      items={"gazebos": "8.00"},
                      asked=Asked(cleaning="15.00", residents="20", party="4")),
    "enterprise": Scheme(shares=_LOCAL, evening="1.10", weekend="1.10", weekend_hours="1"),
    "company": Scheme(shares=_BUSINESS, evening="1.15", weekend="1.30", weekend_hours="1"),
    "hub": Scheme(shares=_COUNCIL, evening="1.20", weekend="1.50", weekend_hours="1"),
    "open_air": Scheme(shares=_COUNCIL, evening="1.00", weekend="1.20", weekend_hours="1",
                       step_hours="1", items={"gazebos": "15.00"}),
    "market": Scheme(shares=_LOCAL, evening="1.00", weekend="1.30", weekend_hours="1",
                     step_hours="1"),
    "free": Scheme(shares=dict.fromkeys(_COUNCIL, "0"), evening="1", weekend="1",
                   bank_holiday="1", weekend_hours="1"),
}  # fmt: skip

# Rates went up by this share every April.
YEARLY_RISE = "0.04"
