"""Staff: at a council, at an operator or at one venue."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import CouncilRole, OperatorRole, StaffRole
from spaces.models import VenueRole
from tests.factories.accounts import CouncilFactory, OperatorFactory, UserFactory
from tests.factories.spaces import VenueFactory


class CouncilRoleFactory(DjangoModelFactory):
    class Meta:
        model = CouncilRole

    user = factory.SubFactory(UserFactory)
    council = factory.SubFactory(CouncilFactory)
    role = StaffRole.OFFICER


class OperatorRoleFactory(DjangoModelFactory):
    class Meta:
        model = OperatorRole

    user = factory.SubFactory(UserFactory)
    operator = factory.SubFactory(OperatorFactory)
    role = StaffRole.MANAGER


class VenueRoleFactory(DjangoModelFactory):
    class Meta:
        model = VenueRole

    user = factory.SubFactory(UserFactory)
    venue = factory.SubFactory(VenueFactory)
    role = StaffRole.MANAGER
