"""Reads of bookings for lists and pages: the same number of statements for 1 row and for 200."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet

from bookings.models import Booking, Occurrence, State, Use
from bookings.transitions import WAITING
from core.intervals import Span

# Rows with the annotations of `with_summary`, which the type of the model does not show.
Summaries = QuerySet[Any]

AHEAD = (State.REQUESTED, State.HELD, State.CONFIRMED)


def with_summary(rows: QuerySet[Booking], *, now: datetime) -> Summaries:
    """Bookings with what a list says of each: dates to come, waiting, first, next and last."""
    ahead = Q(occurrences__state__in=AHEAD, occurrences__ends_at__gt=now) & (
        Q(occurrences__hold_until__isnull=True) | Q(occurrences__hold_until__gt=now)
    )
    waiting = Q(occurrences__state__in=WAITING, occurrences__hold_until__gt=now)
    return rows.select_related("venue", "organisation", "private_hirer").annotate(
        dates=Count("occurrences"),
        dates_ahead=Count("occurrences", filter=ahead),
        dates_waiting=Count("occurrences", filter=waiting),
        next_at=Min("occurrences__starts_at", filter=ahead),
        first_at=Min("occurrences__starts_at"),
        last_at=Max("occurrences__ends_at"),
        answer_by=Min("occurrences__hold_until", filter=waiting),
    )


def to_come(rows: Summaries) -> Summaries:
    """Of `with_summary`: those with a date ahead, soonest first."""
    return rows.filter(dates_ahead__gt=0).order_by("next_at", "pk")


def past(rows: Summaries) -> Summaries:
    """Of `with_summary`: those with nothing ahead, newest first."""
    return rows.filter(dates_ahead=0).order_by("-last_at", "-pk")


def waiting(rows: Summaries) -> Summaries:
    """Of `with_summary`: those that wait for the venue, most pressing first."""
    return rows.filter(dates_waiting__gt=0).order_by("answer_by", "pk")


def for_page(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """Bookings with all that their page shows."""
    dates = Occurrence.objects.order_by("starts_at").prefetch_related(
        Prefetch("uses", Use.objects.select_related("space").order_by("space__position")),
        "item_uses__item",
        "quote_lines",
        "cancel_terms",
        "cancellation_charge",
        "price_changes",
    )
    return rows.select_related(
        "venue__operator__organisation",
        "venue__tariff",
        "operator__organisation",
        "organisation",
        "private_hirer",
        "responsible_adult",
        "on_the_day",
        "access_request",
        "made_by",
    ).prefetch_related(Prefetch("occurrences", dates), "refused_dates", "deposits", "due_parts")


def diary(venue_ids: list[int], window: Span, *, now: datetime) -> QuerySet[Use]:
    """Live uses at these venues that overlap `window`, in time order."""
    return (
        Use.objects.filter(
            Q(occurrence__hold_until__isnull=True) | Q(occurrence__hold_until__gt=now),
            occurrence__state__in=(*AHEAD, State.ATTENDED, State.NO_SHOW),
            space__venue_id__in=venue_ids,
            starts_at__lt=window.end,
            ends_at__gt=window.start,
        )
        .select_related(
            "space",
            "occurrence__booking__organisation",
            "occurrence__booking__private_hirer",
            "occurrence__booking__venue",
            "occurrence__booking__on_the_day",
        )
        .prefetch_related("occurrence__item_uses__item")
        .order_by("starts_at", "space__position", "pk")
    )


def open_titles(space_ids: Collection[int], window: Span) -> dict[int, list[tuple[Span, str]]]:
    """When and what is on at these spaces or at parts of them, of bookings open to all. One query.

    Only what is certain: a request that waits is nobody's business yet.
    """
    beside = "space__atom_rows__part__whole_rows__space"
    rows = (
        Use.objects.filter(
            **{f"{beside}__in": space_ids},
            occurrence__state__in=(State.CONFIRMED, State.ATTENDED),
            occurrence__booking__visibility=Booking.Visibility.OPEN,
            starts_at__lt=window.end,
            ends_at__gt=window.start,
        )
        .order_by("starts_at")
        .values_list(beside, "starts_at", "ends_at", "occurrence__booking__title")
        .distinct()
    )
    found: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    for space_id, starts_at, ends_at, title in rows:
        found[space_id].append((Span(starts_at, ends_at), title))
    return dict(found)
