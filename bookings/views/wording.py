"""Bookings in words, for the pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import settled
from bookings.models import Booking, Occurrence, State, Use
from bookings.queries import AHEAD
from bookings.transitions import WAITING
from bookings.views import money_rows
from core import words
from spaces.access_facts import NEEDS

_TAGS = {
    State.REQUESTED: "held",
    State.HELD: "held",
    State.CONFIRMED: "yours",
    State.ATTENDED: "free",
    State.NO_SHOW: "closed",
}

# What is paid for: the other dates were given back, or never were anybody's.
_STANDING = (*AHEAD, State.ATTENDED)


def is_waiting(booking: Booking) -> bool:
    """Whether any of its dates waits for the venue."""
    return any(date.state in WAITING for date in booking.occurrences.all())


def summary(booking: Any) -> dict[str, Any]:
    """A row of a list; `booking` comes from `queries.with_summary`."""
    if booking.dates_waiting:
        state, word = "held", _("Waiting for the venue")
    elif booking.dates_ahead:
        state, word = "yours", _("Booked")
    else:
        state, word = "closed", _("Nothing to come")
    return {
        "href": reverse("booking", args=[booking.reference]),
        "reference": booking.reference,
        "title": booking.title,
        "venue": booking.venue.name,
        "hirer": str(booking.organisation or booking.private_hirer),
        "next": words.when_instant(booking.next_at) if booking.next_at else "",
        "last": words.long_day(booking.last_at) if booking.last_at else "",
        "answer_by": words.when_instant(booking.answer_by) if booking.answer_by else "",
        "count": ahead(booking.dates_ahead) if booking.dates_ahead else many_dates(booking.dates),
        "state": state,
        "word": word,
    }


def date_row(date: Occurrence, *, now: datetime) -> dict[str, Any]:
    """One date of a booking's page."""
    lapsed = date.hold_until is not None and date.hold_until <= now
    state = State.EXPIRED if lapsed else State(date.state)
    spaces = [use.space.name for use in date.uses.all()]
    items = [f"{row.quantity} × {row.item.name}" for row in date.item_uses.all()]
    return {
        "pk": date.pk,
        "when": words.when(date.starts_at, date.ends_at),
        "day": words.long_day(date.starts_at),
        "times": words.times(date.starts_at, date.ends_at),
        "spaces": ", ".join(spaces),
        "items": ", ".join(items),
        "state": _TAGS.get(state, "closed"),
        "word": state.label,
        "reason": date.reason,
        "charge": money_rows.charge_of(date),
        "is_waiting": state in WAITING,
        "is_past": date.ends_at <= now,
        "answer_by": words.when_instant(date.hold_until) if date.hold_until and not lapsed else "",
        "can_cancel": state in AHEAD and date.starts_at > now,
        "can_record": state in (State.CONFIRMED, State.ATTENDED, State.NO_SHOW)
        and date.starts_at <= now,
        "is_unsaid": state == State.CONFIRMED and date.starts_at <= now,
        "stands": state in _STANDING,
        "price": words.price(_sum(date)) if date.quote_lines.all() else "",
        "is_estimate": any(line.is_estimate for line in date.quote_lines.all()),
        "price_notes": [settled.note(change) for change in date.price_changes.all()],
    }


def facts(
    booking: Booking, *, for_staff: bool, answers: Sequence[tuple[str, str, str]] = ()
) -> list[dict[str, Any]]:
    """The rows of the summary list. Staff read a coarse title where the hirer asked for care.

    `answers`: fact, question and answer of what the price needed.
    """
    sensitive = for_staff and booking.visibility == Booking.Visibility.SENSITIVE
    adult, day = booking.responsible_adult, booking.on_the_day
    asked = getattr(booking, "access_request", None)
    rows = [
        (_("What"), [_("A private booking") if sensitive else booking.title]),
        (_("Where"), [booking.venue.name]),
        (_("Who"), [str(booking.organisation or booking.private_hirer)]),
        (_("Priced as"), [booking.get_category_display()]),
        (_("People"), [str(booking.people)]),
        (_("Kind of thing"), [booking.get_activity_display()]),
        (_("How loud"), [booking.get_loudness_display()]),
        (_("Alcohol is sold"), [_("Yes")] if booking.sells_alcohol else []),
        *(
            (question, [said])
            for name, question, said in answers
            if not (sensitive and name == "event.purpose")
        ),
        (_("For the venue to know"), [] if sensitive else [booking.purpose]),
        (_("Responsible adult"), [adult.name, adult.email, adult.phone]),
        (_("Contact on the day"), [day.name, day.phone] if day.pk != adult.pk else []),
        (
            _("What would help somebody take part"),
            would_help(asked.needs, asked.adjustment) if asked else [],
        ),
    ]
    return [
        {"key": key, "lines": lines}
        for key, found in rows
        if (lines := [line for line in found if line])
    ]


def would_help(needs: Iterable[str], adjustment: str) -> list[str]:
    """What somebody ticked and wrote, a line for each; empty lines are left out by the caller."""
    return [*(str(NEEDS[need].label) for need in needs if need in NEEDS), adjustment]


def price(booking: Booking) -> dict[str, Any] | None:
    """The kept price of the dates that stand, line by line; None where the venue has to say it."""
    dates = [d for d in booking.occurrences.all() if d.state in _STANDING]
    if not dates or any(not date.quote_lines.all() for date in dates):
        return None
    groups: dict[tuple[str, str, Decimal], list[Decimal]] = {}
    listed, estimate = Decimal(0), False
    for date in dates:
        for line in date.quote_lines.all():
            how = words.reckoning(line.quantity, line.unit, line.unit_price)
            note = ". ".join(part for part in (how, line.why) if part)
            groups.setdefault((line.what, note, line.amount), []).append(line.amount)
            listed += line.list_amount
            estimate = estimate or line.is_estimate
    total = sum((sum(amounts) for amounts in groups.values()), Decimal("0.00"))
    return {
        "lines": [
            {
                "words": f"{what}, {many_dates(len(amounts))}" if len(dates) > 1 else what,
                "note": why,
                "amount": sum(amounts, Decimal("0.00")),
            }
            for (what, why, _amount), amounts in groups.items()
        ],
        "total": total,
        "total_words": for_dates(len(dates)),
        "saved": max(listed - total, Decimal(0)),
        "listed": listed,
        "is_estimate": estimate,
        "by_the_day": settled.pays_by_the_day(booking.venue, booked_at=booking.created_at),
    }


def diary_entry(use: Use, *, sees_people: bool, href: bool) -> dict[str, Any]:
    """One line of the diary; without leave to see people it says no more than "Booked"."""
    date, booking = use.occurrence, use.occurrence.booking
    waiting = date.state in WAITING
    who, note = _("Booked"), ""
    if sees_people:
        who = _("A private booking")
        if booking.visibility != Booking.Visibility.SENSITIVE:
            who = f"{booking.organisation or booking.private_hirer}: {booking.title}"
        items = [f"{row.quantity} × {row.item.name}" for row in date.item_uses.all()]
        people = ngettext("%(n)d person", "%(n)d people", booking.people) % {"n": booking.people}
        note = ", ".join([people, *items])
    return {
        "times": words.times(use.starts_at, use.ends_at),
        "space": use.space.name,
        "who": who,
        "note": note,
        "href": reverse("booking", args=[booking.reference]) if href else "",
        "state": "held" if waiting else "busy",
        "word": _("Not answered yet") if waiting else date.get_state_display(),
    }


def ahead(n: int) -> str:
    """1 date to come, 8 dates to come, or that there is none."""
    if not n:
        return _("No date to come")
    return ngettext("%(n)d date to come", "%(n)d dates to come", n) % {"n": n}


def many_dates(n: int) -> str:
    """1 date, 8 dates."""
    return ngettext("%(n)d date", "%(n)d dates", n) % {"n": n}


def for_dates(n: int) -> str:
    """Before a sum: for this date, for 8 dates."""
    return ngettext("For this date", "For %(n)d dates", n) % {"n": n}


def _sum(date: Occurrence) -> Decimal:
    return sum((line.amount for line in date.quote_lines.all()), Decimal("0.00"))
