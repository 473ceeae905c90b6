"""What somebody must tell or decide, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tariffs.engine.questions import Asked
from tariffs.rules.document import TariffDocument

_FACTS = {
    "date": gettext_lazy("the date"),
    "start": gettext_lazy("the time it starts"),
    "end": gettext_lazy("the time it ends"),
    "hours": gettext_lazy("how long it lasts"),
    "days": gettext_lazy("how many days it lasts"),
    "term": gettext_lazy("when school terms are"),
    "hirer.category": gettext_lazy("what kind of hirer it is"),
    "hirer.name": gettext_lazy("who the hirer is"),
    "hirer.resident": gettext_lazy("whether the hirer lives in the area"),
    "hirer.regular": gettext_lazy("whether the hirer books regularly"),
    "hirer.statuses": gettext_lazy("whether the hirer is a member or affiliated"),
    "hirer.hours_this_year": gettext_lazy("how many hours the hirer books in the year"),
    "hirer.bookings_this_year": gettext_lazy("how many bookings the hirer makes in the year"),
    "event.purpose": gettext_lazy("what the event is"),
    "event.tags": gettext_lazy("what happens at the event, such as food, music or alcohol"),
    "event.people": gettext_lazy("how many people come"),
    "event.takings": gettext_lazy("what the event takes in money"),
    "event.seats_sold": gettext_lazy("how many seats are sold"),
    "series.count": gettext_lazy("how many dates are booked"),
    "series.ordinal": gettext_lazy("which of the dates it is"),
    "series.in_advance": gettext_lazy("whether all dates are paid in advance"),
    "series_hours": gettext_lazy("how many hours are booked in all"),
    "shortest_gap": gettext_lazy("how many days lie between the dates"),
    "longest_gap": gettext_lazy("how many days lie between the dates"),
    "days_ahead": gettext_lazy("the day of booking"),
    "period.months": gettext_lazy("for how many months"),
    "period.hours": gettext_lazy("how many hours are used in that time"),
}


def unknown(facts: Sequence[str], document: TariffDocument) -> str:
    """The price depends on what nobody told."""
    told = ", ".join(_fact(fact, document) for fact in facts)
    return _("The price depends on %(facts)s, and nobody said.") % {"facts": told}


_OPEN = {
    "no_band": gettext_lazy("Nothing says what %(number)s (%(by)s) costs. Ask the venue."),
    "two_bands": gettext_lazy("Two prices hold for exactly %(number)s (%(by)s). Ask the venue."),
    "block_cut": gettext_lazy(
        "The price changes inside the first hours. Ask the venue how they count."
    ),
    "half_penny": gettext_lazy("£%(number)s is half a penny over: ask the venue how it rounds."),
    "stacking": gettext_lazy("More than one discount holds. Ask the venue whether they add up."),
    "overage_step": gettext_lazy("Nothing says what part of an hour more costs. Ask the venue."),
    "terms_tie": gettext_lazy("Two terms could hold. Ask the venue which."),
    "no_cancel_terms": gettext_lazy("Nothing says what cancelling costs here. Ask the venue."),
    "no_notice": gettext_lazy("Nothing says what cancelling %(number)s days before costs."),
    "two_notices": gettext_lazy("Two steps hold for cancelling %(number)s days before."),
    "month_length": gettext_lazy(
        "Whether %(number)s days are a month depends on the date of the hire."
    ),
}


def asked(question: Asked, document: TariffDocument) -> str:
    """The question of the sheet, or what is open in it."""
    if question.code == "missing_fact":
        return unknown(question.facts, document)
    if question.code == "ways_differ":
        words = question.words or _("The sheet does not say which way of charging counts.")
        return f"{words} ({question.detail.get('ways', '')})"
    if question.code in _OPEN:
        by = question.detail.get("by", "").replace("_", " ")
        return _OPEN[question.code] % {"number": question.words, "by": by}
    return question.words or _("This price is by agreement. Ask the venue.")


def _fact(fact: str, document: TariffDocument) -> str:
    if fact in _FACTS:
        return str(_FACTS[fact])
    _where, _dot, name = fact.partition(".")
    own = {one.name: one.question for one in document.more.facts}
    return own.get(name) or name.replace("_", " ").replace("-", " ")
