"""Writes what was planned: bookings with their series, dates, uses and things from stock."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.models import Contact
from bookings.models import Booking, ItemUse, Occurrence, Use
from demo.builders.answers import answers_of
from demo.builders.world import World
from demo.plan.shape import PlannedBooking, PlannedDate
from spaces import timetable

_BATCH = 2000
# Without vowels and look-alikes, as bookings/references.py has them.
_LETTERS = "23467CDFGHJKMNPQRTVWXY"


@dataclass(slots=True)
class Written:
    """One date with the booking it belongs to."""

    booking: PlannedBooking
    row: Occurrence
    uses: list[Use]


def build(world: World, planned: Sequence[PlannedBooking]) -> list[Written]:
    """Write all bookings; prices and claims follow."""
    bookings = _bookings(world, planned)
    dated = [(booking, row, date) for booking, row in bookings for date in booking.dates]
    occurrences = Occurrence.objects.bulk_create(
        (_occurrence(world, row, date) for _booking, row, date in dated), batch_size=_BATCH
    )
    written = []
    for (booking, row, _date), occurrence in zip(dated, occurrences, strict=True):
        occurrence.booking = row
        written.append(Written(booking, occurrence, _uses(world, booking, occurrence)))
    Use.objects.bulk_create((use for entry in written for use in entry.uses), batch_size=_BATCH)
    ItemUse.objects.bulk_create(
        (
            ItemUse(occurrence=entry.row, item_id=item, quantity=quantity)
            for entry in written
            for item, quantity in entry.booking.items.items()
        ),
        batch_size=_BATCH,
    )
    return written


def _bookings(
    world: World, planned: Sequence[PlannedBooking]
) -> list[tuple[PlannedBooking, Booking]]:
    references = _references(world)
    rows = []
    for n, booking in enumerate(planned):
        if n % 500 == 0:
            world.say(f"bookings: {n} of {len(planned)}")
        rows.append(_booking(booking, next(references)))
    Booking.objects.bulk_create(rows, batch_size=_BATCH)
    return list(zip(planned, rows, strict=True))


def _references(world: World) -> Iterator[str]:
    rng = random.Random(f"references {world.today}")
    seen: set[str] = set()
    while True:
        reference = "".join(rng.choice(_LETTERS) for _n in range(8))
        if reference not in seen:
            seen.add(reference)
            yield reference


def _booking(planned: PlannedBooking, reference: str) -> Booking:
    venue = planned.spaces[0].venue.row
    adult, on_the_day, made_by = _people(planned)
    series = None
    if planned.pattern is not None:
        series = timetable.store(
            planned.pattern,
            calendar_slug=f"venue-{venue.pk}",
            title=f"booking at venue {venue.pk}",
        )
    return Booking(
        reference=reference,
        council_id=venue.council_id,
        operator_id=venue.operator_id,
        venue=venue,
        organisation=planned.hirer.org.row if planned.hirer.org else None,
        private_hirer=planned.hirer.person[0] if planned.hirer.person else None,
        made_by_id=made_by,
        responsible_adult=adult,
        on_the_day=on_the_day,
        category=planned.hirer.category,
        title=planned.title,
        people=planned.people,
        answers=answers_of(planned),
        loudness=planned.loudness,
        needs_quiet=planned.needs_quiet,
        visibility=planned.visibility,
        series=series,
        activity=planned.activity,
        pays_as_whole=planned.pays_as_whole,
        created_at=planned.created_at,
    )


def _people(planned: PlannedBooking) -> tuple[Contact, Contact, int]:
    """The responsible adult, who to ring on the day, and who made it."""
    if planned.hirer.org is not None:
        contacts = planned.hirer.org.contacts
        return contacts[0], contacts[1], planned.hirer.org.owner.pk
    person = planned.hirer.person
    if person is None:
        message = "a booking needs a hirer"
        raise ValueError(message)
    user, contact = person
    return contact, contact, user.pk


def _occurrence(world: World, booking: Booking, date: PlannedDate) -> Occurrence:
    return Occurrence(
        booking=booking,
        starts_at=date.span.start,
        ends_at=date.span.end,
        state=date.state,
        hold_until=date.hold_until,
        reason=date.reason,
        uid=world.uid(),
        sequence=1 if date.reason else 0,
        changed_at=date.changed_at,
    )


def _uses(world: World, planned: PlannedBooking, occurrence: Occurrence) -> list[Use]:
    return [
        Use(
            occurrence=occurrence,
            space=space.row,
            starts_at=occurrence.starts_at,
            ends_at=occurrence.ends_at,
            setup_minutes=space.spec.buffers[0],
            cleardown_minutes=space.spec.buffers[1],
            uid=world.uid(),
        )
        for space in planned.spaces
    ]
