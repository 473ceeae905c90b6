"""Believable rows for tests. `from tests.factories import VenueFactory`."""

from tests.factories.accounts import (
    CouncilFactory,
    MembershipFactory,
    OperatorFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.spaces import (
    DivisibleHall,
    SpaceFactory,
    VenueFactory,
    divisible_hall,
    open_always,
    open_daily,
)

__all__ = [
    "CouncilFactory",
    "DivisibleHall",
    "MembershipFactory",
    "OperatorFactory",
    "OrganisationFactory",
    "SpaceFactory",
    "UserFactory",
    "VenueFactory",
    "divisible_hall",
    "open_always",
    "open_daily",
]
