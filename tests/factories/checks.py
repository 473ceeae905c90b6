"""Rounds of access checks, visits in each state, and reports of changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from accounts.models import Council, User
from checks.models import Answer, ChangeReport, CheckRound, Visit
from core import clock
from spaces.models import Venue
from tests.factories.accounts import LONG_AGO, CouncilFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory
from tests.factories.spaces import VenueFactory


class CheckRoundFactory(DjangoModelFactory):
    class Meta:
        model = CheckRound

    council = factory.SubFactory(CouncilFactory)
    name = factory.Sequence(lambda n: f"Spring visits {n}")
    visit_by = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    created_at = LONG_AGO


class VisitFactory(DjangoModelFactory):
    """An invitation; `accepted_visit` and `sent_visit` go further."""

    class Meta:
        model = Visit

    venue = factory.SubFactory(VenueFactory)
    round = factory.SubFactory(CheckRoundFactory, council=factory.SelfAttribute("..venue.council"))
    email = factory.Sequence(lambda n: f"checker{n}@example.org")
    invited_at = factory.LazyFunction(clock.now)


class ChangeReportFactory(DjangoModelFactory):
    class Meta:
        model = ChangeReport

    venue = factory.SubFactory(VenueFactory)
    code = "entrance_step_free"
    value = "no"
    words = "The ramp is gone."
    reported_at = factory.LazyFunction(clock.now)


def person(**fields: Any) -> User:
    """Somebody with a confirmed address."""
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def officer_of(council: Council) -> User:
    return CouncilRoleFactory(council=council).user


def accepted_visit(venue: Venue | None = None, **fields: Any) -> Visit:
    """A draft with its checker."""
    checker = fields.pop("checker", None) or person()
    place = {"venue": venue} if venue else {}
    return VisitFactory(
        **place,
        state="accepted",
        checker=checker,
        email=checker.email,
        accepted_at=clock.now(),
        visited_on=clock.today(),
        **fields,
    )


def sent_visit(venue: Venue | None = None, *, reply_in: int = 14, **answers: str) -> Visit:
    """Sent in with these answers about the venue as a whole."""
    visit = accepted_visit(venue)
    visit.state, visit.sent_at = "sent", clock.now()
    visit.reply_by = clock.today() + timedelta(days=reply_in)
    visit.save()
    Answer.objects.bulk_create(
        Answer(visit=visit, code=code, value=value) for code, value in answers.items()
    )
    return visit
