"""Ask for a booking: lock, check, price, claim and tell, in one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Contact, User
from bookings import claiming, notifications
from bookings.agreement import deposits_of
from bookings.errors import BookingRefused, CostsMore, DatesTaken
from bookings.models import AccessRequest, Booking, ItemUse, Occurrence, RefusedDate, State, Use
from bookings.paying import owed
from bookings.references import new_reference
from bookings.requests import BookingRequest, ContactDetails, OnClash
from bookings.services import asking, gather, hirer, planning, pools, quoting, shape, terms
from bookings.services.gather import Ground
from bookings.services.hirer import Actor, Hirer
from bookings.services.planning import Plan
from bookings.services.support import finding, keeping
from bookings.telling import Telling
from core import words
from core.clock import london
from core.errors import NotAllowed, NotFound, TryAgain
from spaces import lapsing, locks, stock, timetable
from spaces.access_facts import FAULT_NEEDS
from spaces.locks import LockClass
from spaces.policies import VenuePolicy
from tariffs.asking import Question

# Health data goes this long after the last date (docs/retention.md).
_KEEP_ADJUSTMENT = timedelta(days=30)
# Refusals that only say somebody else was first.
_TAKEN = {"space_taken", "stock_short"}


@transaction.atomic
def request_booking(request: BookingRequest, *, actor: Actor, now: datetime) -> Booking:
    """Book or ask for every date of `request`, as the venue's rule says.

    Dates that cannot be had refuse the whole request, or with `OnClash.BOOK_FREE` are listed
    as `refused_dates` while the others are booked.
    Raises: BadInput (NotAsked and AnswerRefused among it), NotFound, NotAllowed, BookingRefused
    (all breaches), DatesTaken where only clashes stand in the way, SpaceTaken and StockShort where
    the database itself refused, CostsMore where the price is above `at_most`.
    """
    spans = shape.check(request)
    wide = pools.widen(request)
    land = gather.ground(wide)
    if not VenuePolicy(actor).can_see(land.venue):
        raise NotFound
    who = hirer.identify(request.organisation_id, actor=actor, venue=land.venue, now=now)
    if not isinstance(actor, User):
        raise NotAllowed
    _lock(wide, land, who, now=now)
    if request.pools:
        request = pools.settle(request, land, spans, who, now=now)
        land = gather.ground(request)
    waiting = gather.waiting_bookings(request, actor.pk, now=now)
    plan = planning.make(
        request, spans, land=land, hirer=who, actor=actor, waiting=waiting, now=now
    )
    _refuse(plan)
    _refuse_dearer(plan)
    told = _write(plan, actor=actor, now=now)
    booking = told.booking
    audit.record(
        "booking_made",
        booking,
        f"Booking {booking.reference} for {len(plan.free)} date(s) at {land.venue.name}",
        actor=actor,
        now=now,
    )
    notifications.tell_made(told, now=now)
    return booking


def preview_booking(
    request: BookingRequest, *, actor: Actor, now: datetime, category: str | None = None
) -> Plan:
    """The plan for `request` as things stand, without locks and without writing anything.

    `category` prices it for another kind of hirer; anybody may ask, signed in or not.
    Raises: BadInput, NotFound, NotAllowed.
    """
    spans = shape.check(request)
    land = gather.ground(pools.widen(request))
    if not VenuePolicy(actor).can_see(land.venue):
        raise NotFound
    if category is not None:
        person = actor if isinstance(actor, User) else None
        who = Hirer(None, person, category, is_example=True)
    else:
        who = hirer.identify(request.organisation_id, actor=actor, venue=land.venue, now=now)
    if request.pools:
        request = pools.settle(request, land, spans, who, now=now)
        land = gather.ground(request)
    waiting = gather.waiting_bookings(request, actor.pk, now=now) if actor.pk else 0
    return planning.make(
        request, spans, land=land, hirer=who, actor=actor, waiting=waiting, now=now
    )


def questions_to_ask(request: BookingRequest, *, actor: User, now: datetime) -> list[Question]:
    """What the price of `request` depends on and only the hirer can know, whoever of those that
    `actor` may book for it will be. Reads only.

    Raises: BadInput, NotFound.
    """
    spans = shape.check(request)
    land = gather.ground(pools.widen(request))
    if not VenuePolicy(actor).can_see(land.venue):
        raise NotFound
    hirers = hirer.possible(actor, now=now)
    if request.pools:
        request = pools.settle(request, land, spans, hirers[-1], now=now)
        land = gather.ground(request)
    return asking.questions(request, land, spans, hirers=hirers, now=now)


def _lock(request: BookingRequest, land: Ground, who: Hirer, *, now: datetime) -> None:
    """Everything this request may decide on, in the written order, in one statement.

    Raises: TryAgain, also where a hall was divided anew while we waited.
    """
    looks_at: set[int] = set()
    keys = [who.lock]
    if land.venue.fire_limit is not None:
        keys.append((LockClass.VENUE, land.venue.pk))
        looks_at = {atom for atoms in land.building.values() for atom in atoms}
    keys += [(LockClass.SPACE, atom) for atom in (*land.atom_ids, *land.hearers)]
    keys += [(LockClass.STOCK, item) for item, _n in request.items]
    keys += finding.voucher_keys(request, land.venue)
    lapsing.lock(keys, looks_at=looks_at, now=now)
    if locks.atoms_in(land.venue.pk) != land.building:
        raise TryAgain


def _refuse(plan: Plan) -> None:
    """Raises what stands in the way, every breach at once."""
    if plan.breaches:
        raise BookingRefused(plan.all_breaches)
    enough = plan.free and plan.request.on_clash is OnClash.BOOK_FREE
    if not plan.refused or enough:
        return
    found = plan.all_breaches
    if {breach.code for breach in found} <= _TAKEN:
        raise DatesTaken(found)
    raise BookingRefused(found)


def _refuse_dearer(plan: Plan) -> None:
    """Somebody else took the last free hour, voucher or grant since the price was shown.

    Raises: CostsMore, before anything is written.
    """
    shown, total = plan.request.at_most, plan.total
    if shown is not None and total is not None and total > shown:
        message = _("The price is now %(price)s. Look at it again before you book.") % {
            "price": words.pounds(total)
        }
        raise CostsMore(message, total=str(total))


def _write(plan: Plan, *, actor: User, now: datetime) -> Telling:
    booking = _write_booking(plan, actor=actor, now=now)
    refused = _write_refused(plan, booking)
    occurrences = _write_dates(plan, booking, now=now)
    uses = Use.objects.bulk_create(_uses(plan, occurrences))
    ids = [occurrence.pk for occurrence in occurrences]
    if plan.request.items:
        stock.sync(claiming.OWNER, ids, claiming.derive_stock(ids), now=now)
    claiming.take(uses, plan.own, plan.land.building, now=now)
    by_date: dict[int, list[Use]] = {pk: [] for pk in ids}
    for use in uses:
        by_date[use.occurrence_id].append(use)
    return Telling(
        booking,
        occurrences,
        by_date,
        refused,
        plan.total,
        deposits=deposits_of(plan.agreement.terms),
        due=owed(plan.agreement.due),
    )


def _write_booking(plan: Plan, *, actor: User, now: datetime) -> Booking:
    request, venue, who = plan.request, plan.land.venue, plan.hirer
    adult = _contact(request.responsible_adult, who, actor)
    on_the_day = _contact(request.on_the_day, who, actor) if request.on_the_day else adult
    refused = tuple(london(date.span.start).date() for date in plan.refused)
    series = timetable.store(
        timetable.without(request.pattern, refused),
        calendar_slug=f"venue-{venue.pk}",
        title=f"booking at venue {venue.pk}",
    )
    booking = Booking.objects.create(
        reference=new_reference(),
        council_id=venue.council_id,
        operator=venue.operator,
        venue=venue,
        organisation=who.organisation,
        private_hirer=who.person,
        made_by=actor,
        responsible_adult=adult,
        on_the_day=on_the_day,
        category=who.category,
        title=request.title.strip(),
        purpose=request.purpose.strip(),
        people=request.people,
        loudness=request.loudness,
        needs_quiet=request.needs_quiet,
        activity=request.activity,
        sells_alcohol=request.sells_alcohol,
        answers=plan.answers,
        visibility=request.visibility,
        series=series,
        pays_as_whole=request.pays_as_whole,
        skips_bank_holidays=request.pattern.skip_bank_holidays,
        created_at=now,
    )
    if request.needs or request.adjustment.strip():
        AccessRequest.objects.create(
            booking=booking,
            needs=[need for need in FAULT_NEEDS if need in request.needs],
            adjustment=request.adjustment.strip(),
            consented_at=now,
            delete_on=london(plan.free[-1].span.end + _KEEP_ADJUSTMENT).date(),
        )
    return booking


def _write_refused(plan: Plan, booking: Booking) -> list[RefusedDate]:
    return RefusedDate.objects.bulk_create(
        RefusedDate(
            booking=booking,
            starts_at=date.span.start,
            ends_at=date.span.end,
            code=date.breaches[0].code,
            words=" ".join(breach.message for breach in date.breaches)[:300],
        )
        for date in plan.refused
    )


def _contact(details: ContactDetails, who: Hirer, actor: User) -> Contact:
    is_actor = details.email.strip().lower() == actor.email.lower()
    return Contact.objects.create(
        name=details.name.strip(),
        email=details.email.strip(),
        phone=details.phone.strip(),
        user=actor if is_actor else None,
        organisation=who.organisation,
    )


def _write_dates(plan: Plan, booking: Booking, *, now: datetime) -> list[Occurrence]:
    answer_by = now + timedelta(hours=plan.land.venue.answer_hours)
    state = State.CONFIRMED if plan.is_instant else State.REQUESTED
    occurrences = Occurrence.objects.bulk_create(
        Occurrence(
            booking=booking,
            starts_at=date.span.start,
            ends_at=date.span.end,
            state=state,
            hold_until=None if plan.is_instant else min(answer_by, date.span.start),
            changed_at=now,
        )
        for date in plan.free
    )
    ItemUse.objects.bulk_create(
        ItemUse(occurrence=occurrence, item_id=item, quantity=quantity)
        for occurrence in occurrences
        for item, quantity in plan.request.items
    )
    quoting.keep(zip(occurrences, plan.free, strict=True))
    terms.keep(plan.agreement, booking, occurrences)
    keeping.keep(booking, zip(occurrences, plan.free, strict=True))
    return occurrences


def _uses(plan: Plan, occurrences: list[Occurrence]) -> list[Use]:
    return [
        Use(
            occurrence=occurrence,
            space=space,
            starts_at=occurrence.starts_at,
            ends_at=occurrence.ends_at,
            setup_minutes=plan.land.buffers[space.id][0],
            cleardown_minutes=plan.land.buffers[space.id][1],
        )
        for occurrence in occurrences
        for space in plan.land.spaces
    ]
