"""Prices of many dates at many venues for the same two queries, three where VAT is charged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core.clock import london
from spaces.models import Space, StockItem
from tariffs.asking import (
    Answered,
    Answers,
    Question,
    answered,
    askable,
    in_order,
    in_words,
    mentioned,
    tells_dates_apart,
    unanswered,
)
from tariffs.engine import AskedItem, AskedSpace, Decision, PriceAsk, Priced, price, total
from tariffs.models import item_slug
from tariffs.premises import premises_of
from tariffs.rules import TariffDocument
from tariffs.rules.names import short
from tariffs.vat.amounts import with_vat
from tariffs.vat.compose import Treated, treated
from tariffs.vat.rules import HireFacts
from tariffs.versions import Published, day_that_counts, documents, in_force, published

_NOT_TOLD = HireFacts()
_Matched = tuple[PriceAsk, Published | None, Treated | None, bool]


@dataclass(frozen=True, slots=True)
class Quoted:
    """The price of one ask. `is_estimate`: rates for that day are not published yet.

    `ask` and `document` are what it was worked out from, with all that was told, for the terms
    that go with it. `questions`: what the hirer has not said and the price may depend on.
    `is_registered`: the operator is registered for VAT on the day of the hire.
    """

    version_id: int | None
    is_estimate: bool
    priced: Priced
    ask: PriceAsk | None = field(default=None, repr=False)
    document: TariffDocument | None = field(default=None, repr=False)
    questions: tuple[Question, ...] = ()
    is_registered: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """What one ask costs in all; `total` None: ask the venue.

    `is_by_date`: dates of one series that look alike may differ in price.
    """

    version_id: int | None
    is_estimate: bool
    total: Decimal | None
    is_by_date: bool = False


@dataclass(frozen=True, slots=True)
class DatedRates:
    """The rates that price each date of one hire, read once: what they ask, and what it costs."""

    rows: Sequence[_Matched]

    def askable(self) -> dict[str, Question]:
        """Every question that these rates could have for anybody, by name."""
        read = {id(by.document): by.document for _ask, _version, by, _late in self.rows if by}
        found = [question for document in read.values() for question in askable(document).values()]
        return {question.name: question for question in in_order(found)}

    def mention(self, fact: str) -> bool:
        """Whether a rule of any date speaks of this fact."""
        return any(by and fact in mentioned(by.document) for _ask, _version, by, _late in self.rows)

    def questions(self, asks: Sequence[PriceAsk], answers: Answers) -> list[Question]:
        """What these asks leave open, over all dates. `asks` are those of the dates, in order."""
        found = [
            question
            for ask, (_ask, _version, by, _late) in zip(asks, self.rows, strict=True)
            if by
            for question in answered(by.document, ask, answers).open
        ]
        return in_order(found)

    def quote(self, asks: Sequence[PriceAsk], answers: Answers) -> list[Quoted]:
        """One quote per ask, in order; `asks` are those of the dates with all that is known.

        A venue that has published nothing for the day gives *needs a decision*, never a zero.
        """
        return [
            quoted(version.id, by, answered(by.document, ask, answers), is_late=is_late)
            if version and by
            else Quoted(version_id=None, is_estimate=False, priced=_unpublished())
            for ask, (_ask, version, by, is_late) in zip(asks, self.rows, strict=True)
        ]


def quoted(version_id: int | None, by: Treated, told: Answered, *, is_late: bool) -> Quoted:
    """The price of one ask by these rates, each line with its VAT. No query."""
    priced = price(by.document, told.ask)
    return Quoted(
        version_id,
        is_late,
        with_vat(priced, why=by.why, is_registered=by.is_registered),
        told.ask,
        by.document,
        told.open,
        is_registered=by.is_registered,
    )


def dated_rates(
    venue_id: int, asks: Sequence[PriceAsk], *, booked_on: date, hire: HireFacts = _NOT_TOLD
) -> DatedRates:
    """The rates for each of these dates; `booked_on` is the London day of booking. Two queries,
    three where VAT is charged.

    `hire` is what VAT needs to know of the booking that the asks belong to.
    """
    return DatedRates(_matched({venue_id: asks}, booked_on=booked_on, hire=hire)[venue_id])


def answers_in_words(venue_id: int, answers: Answers) -> list[tuple[str, str, str]]:
    """Fact, question and answer of what a booking keeps; two queries where it keeps any."""
    if not answers:
        return []
    versions = published([venue_id])[venue_id]
    found = [
        question
        for document in documents(versions).values()
        for question in askable(document).values()
    ]
    return in_words(answers, {question.name: question for question in in_order(found)})


def quote_dates(
    venue_id: int,
    asks: Sequence[PriceAsk],
    *,
    booked_on: date,
    hire: HireFacts = _NOT_TOLD,
    answers: Answers | None = None,
) -> list[Quoted]:
    """One quote per ask, in order; `answers` are what the hirer said, as `checked` gives them."""
    rates = dated_rates(venue_id, asks, booked_on=booked_on, hire=hire)
    return rates.quote(asks, answers or {})


def totals_many(
    asks: Mapping[int, Sequence[PriceAsk]], *, booked_on: date
) -> dict[int, list[Total]]:
    """Totals by venue, in the order asked, for lists that show no working.

    Two queries, however many venues and asks, and half the work of quotes.
    """
    return {
        venue_id: [
            Total(
                version.id,
                is_late,
                total(by.document, unanswered(by.document, ask)),
                tells_dates_apart(by.document),
            )
            if version and by
            else Total(version_id=None, is_estimate=False, total=None)
            for ask, version, by, is_late in row
        ]
        for venue_id, row in _matched(asks, booked_on=booked_on, hire=_NOT_TOLD).items()
    }


def _matched(
    asks: Mapping[int, Sequence[PriceAsk]], *, booked_on: date, hire: HireFacts
) -> dict[int, list[_Matched]]:
    """Each ask with the version that prices it, and whether that one ends before its day."""
    versions = published(list(asks))
    picked = {
        venue_id: [_pick(versions.get(venue_id, []), ask, booked_on=booked_on) for ask in wanted]
        for venue_id, wanted in asks.items()
    }
    found = {version for row in picked.values() for version, _late in row if version}
    read = documents(found)
    premises = premises_of({version.venue_id for version in found if version.is_registered})

    def treat(ask: PriceAsk, version: Published | None) -> Treated | None:
        if version is None:
            return None
        known = premises.get(version.venue_id)
        return treated(read[version.id], known, ask, hire, booked_on=booked_on)

    return {
        venue_id: [
            (ask, version, treat(ask, version), is_late)
            for ask, (version, is_late) in zip(asks[venue_id], row, strict=True)
        ]
        for venue_id, row in picked.items()
    }


def asked_space(space: Space) -> AskedSpace:
    """A space as rates name it."""
    return AskedSpace(short(space.slug), space.name)


def asked_item(item: StockItem, *, quantity: int) -> AskedItem:
    """A counted thing as rates name it."""
    return AskedItem(item_slug(item.name), item.name, quantity)


def _pick(
    versions: Sequence[Published], ask: PriceAsk, *, booked_on: date
) -> tuple[Published | None, bool]:
    if not versions:
        return None, False
    event_on = london(ask.span.start).date() if ask.span else ask.loose and ask.loose.first
    day = day_that_counts(versions[-1], event_on=event_on or booked_on, booked_on=booked_on)
    return in_force(versions, day=day)


def _unpublished() -> Priced:
    words = _("This venue has not published its prices for that day. Ask the venue.")
    return Priced(needs_decision=(Decision("no_tariff", words),))
