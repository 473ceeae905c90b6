"""People, councils and organisations."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from accounts.models import Council, Membership, Operator, Organisation, User

LONG_AGO = datetime(2024, 1, 2, 9, 0, tzinfo=UTC)


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council

    name = factory.Sequence(lambda n: f"Borough {n}")
    slug = factory.Sequence(lambda n: f"borough-{n}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    joined_at = LONG_AGO
    password = factory.django.Password("a long enough password")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    council = factory.SubFactory(CouncilFactory)
    name = factory.Sequence(lambda n: f"Group {n}")
    kind = Organisation.Kind.COMMUNITY_GROUP
    created_at = LONG_AGO


class OperatorFactory(DjangoModelFactory):
    class Meta:
        model = Operator

    council = factory.SubFactory(CouncilFactory)
    organisation = factory.SubFactory(
        OrganisationFactory,
        council=factory.SelfAttribute("..council"),
        kind=Organisation.Kind.COUNCIL,
    )


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Membership.Role.BOOKER
