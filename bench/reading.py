"""Search, the week page and the plans behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import connection

from bench.figures import heading, measure
from bookings.finder import FindQuery, find
from core.clock import now, today
from core.intervals import Span
from spaces import availability
from spaces.models import Space
from spaces.search import Question, ask, sql, which_fit
from spaces.timetable import Frequency, Pattern, spans

Call = Callable[[], object]


def weekly(count: int) -> Pattern:
    """Tuesdays from seven to nine."""
    first = today() + timedelta(days=7)
    first += timedelta(days=(1 - first.weekday()) % 7)
    return Pattern(
        first=first, starts=time(19), ends=time(21), frequency=Frequency.WEEKLY, count=count
    )


def claims_only(wanted: tuple[Span, ...], at: datetime) -> tuple[str, dict[str, Any]]:
    """The part of the search that reads claims: which spaces are taken, and when."""
    text = f"{sql.WINDOWS}, {sql.HIT} SELECT space_id, bit_or(m) FROM hit GROUP BY 1"  # noqa: S608
    return text, ask.windows(wanted, now=at)


def whole_question(wanted: tuple[Span, ...], at: datetime) -> tuple[str, dict[str, Any]]:
    question = Question(spans=wanted, people=30, with_needs=True)
    parameters = {**ask.parameters(question), **ask.windows(wanted, now=at)}
    return ask.statement(sql.QUESTION, question, parameters), parameters


def rows_of(text: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return cursor.fetchall()


def _run(statement: tuple[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
    return rows_of(*statement)


def search_figures(*, claims: int) -> None:
    """One and ten dates: claims only, the whole question, and the page with prices."""
    heading(f"Search over {Space.objects.count():,} spaces and {claims:,} claims")
    for name, call in questions().items():
        measure(name, call, claims=claims)


def questions() -> dict[str, Call]:
    """What is measured of the search, by name."""
    at = now()
    calls: dict[str, Call] = {}
    for label, count in (("one date", 1), ("ten dates", 10)):
        wanted = tuple(spans(weekly(count)))
        question = Question(spans=wanted, people=30, with_needs=True)
        query = FindQuery(pattern=weekly(count), people=30, needs=("hearing_loop",))
        near = replace(query, near="ZE1 1AA")
        calls[f"{label}, claims only"] = partial(_run, claims_only(wanted, at))
        calls[f"{label}, whole question"] = partial(which_fit, question, now=at)
        calls[f"{label}, found, ranked and priced"] = partial(find, query, now=at)
        calls[f"{label}, within three miles"] = partial(find, near, now=at)
    return calls


def week_figures(*, claims: int) -> None:
    heading("Week page")
    ids = list(Space.objects.order_by("pk").values_list("pk", flat=True)[:20])
    monday = today() - timedelta(days=today().weekday())
    measure("week of 20 spaces", lambda: _week(ids, monday), claims=claims)
    window = Span(now(), now() + timedelta(days=31))
    measure(
        "free time of 20 spaces in a month",
        lambda: availability.free_intervals(ids, window, now=now()),
        claims=claims,
    )


def _week(ids: list[int], monday: date) -> object:
    return availability.week(ids, monday, now=now())


def print_plans() -> None:
    """How the database answers the hot queries."""
    wanted = tuple(spans(weekly(10)))
    plans = {
        "ten dates, claims only": claims_only(wanted, now()),
        "ten dates, whole question": whole_question(wanted, now()),
    }
    for name, (text, parameters) in plans.items():
        print(f"\nPlan: {name}")
        for (line,) in rows_of(f"EXPLAIN (ANALYZE, BUFFERS) {text}", parameters):
            print(f"  {line}")
