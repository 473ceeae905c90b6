"""A date beside another one of the same hirer: only the buffer between them changes."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.management import call_command

from bookings.services import cancel_booking
from spaces.errors import SpaceTaken
from spaces.models import Claim
from spaces.models.claim import ClaimKind
from tests.factories import SpaceFactory, UserFactory, divisible_hall
from tests.factories.bookings import NOW, book, evening

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

DAY = date(2027, 1, 12)


def test_a_neighbour_keeps_its_other_rooms_when_a_date_beside_it_comes_and_goes():
    hall = divisible_hall(cleardown_minutes=30)
    studio = SpaceFactory(venue=hall.whole.venue)
    person = UserFactory()
    book(hall.whole, studio, actor=person, pattern=evening(DAY, starts=time(18), ends=time(20)))
    beside = evening(DAY, starts=time(20), ends=time(21))
    later = book(hall.left, actor=person, pattern=beside)
    for step in range(2):
        assert Claim.objects.filter(space=studio, kind=ClaimKind.USE, active=True).count() == 1
        with pytest.raises(SpaceTaken):
            book(studio, pattern=evening(DAY, starts=time(19), ends=time(20)))
        call_command("audit_claims")
        if step == 0:
            cancel_booking(later, reason="", actor=person, now=NOW)
    assert not Claim.objects.filter(
        space=hall.right, kind=ClaimKind.CLEARDOWN, active=False
    ).exists()
