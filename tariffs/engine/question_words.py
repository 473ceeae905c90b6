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
    "hirer.category": gettext_lazy("what kind of hirer you are"),
    "hirer.name": gettext_lazy("who you are"),
    "hirer.resident": gettext_lazy("if you live in the area"),
    "hirer.regular": gettext_lazy("if you book often"),
    "hirer.statuses": gettext_lazy("if you are a member"),
    "hirer.hours_this_year": gettext_lazy("how many hours you book this year"),
    "hirer.bookings_this_year": gettext_lazy("how many times you book this year"),
    "event.purpose": gettext_lazy("what the event is"),
    "event.tags": gettext_lazy("what goes on there, such as food, music or drink"),
    "event.people": gettext_lazy("how many people come"),
    "event.takings": gettext_lazy("how much money you take"),
    "event.seats_sold": gettext_lazy("how many seats are sold"),
    "series.count": gettext_lazy("how many dates you book"),
    "series.ordinal": gettext_lazy("which of the dates it is"),
    "series.in_advance": gettext_lazy("if you pay for all dates at once"),
    "series_hours": gettext_lazy("how many hours you book in all"),
    "shortest_gap": gettext_lazy("how many days lie between the dates"),
    "longest_gap": gettext_lazy("how many days lie between the dates"),
    "days_ahead": gettext_lazy("the day you book"),
    "period.months": gettext_lazy("for how many months"),
    "period.hours": gettext_lazy("how many hours you use in that time"),
}


def unknown(facts: Sequence[str], document: TariffDocument) -> str:
    """The price depends on what nobody told."""
    own = {one.name: one.question for one in document.more.facts}
    asked_by_sheet = [own[name] for fact in facts if own.get(name := fact.partition(".")[2])]
    others = [_fact(fact) for fact in facts if not own.get(fact.partition(".")[2])]
    known = _("To know the price we must know %(facts)s. Please tell us.")
    said = [known % {"facts": _(" and ").join(others)}] if others else []
    if asked_by_sheet:
        said = [*said, *asked_by_sheet] if said else [_("Please tell us:"), *asked_by_sheet]
    return " ".join(said)


_BY = {
    "hour": gettext_lazy("hours"),
    "day": gettext_lazy("days"),
    "night": gettext_lazy("nights"),
    "week": gettext_lazy("weeks"),
    "month": gettext_lazy("months"),
    "session": gettext_lazy("sessions"),
    "person": gettext_lazy("people"),
    "quantity": gettext_lazy("of them"),
    "total": gettext_lazy("pounds"),
    "ordinal": gettext_lazy("as the number of the date"),
    "series": gettext_lazy("dates"),
}
_WAYS = gettext_lazy("There are two ways to work out the price. Ask the venue which counts.")
_OPEN = {
    "no_band": gettext_lazy("There is no set price for %(number)s %(by)s. Ask the venue."),
    "two_bands": gettext_lazy(
        "There are two prices for %(number)s %(by)s. Ask the venue which one counts."
    ),
    "block_cut": gettext_lazy(
        "The price changes in the first hours. Ask the venue how they count."
    ),
    "half_penny": gettext_lazy(
        "The price ends in half a penny: £%(number)s. Ask the venue which way it goes."
    ),
    "stacking": gettext_lazy("More than one sum comes off. Ask the venue if you get both."),
    "overage_step": gettext_lazy("You used part of an hour more. Ask the venue what that costs."),
    "terms_tie": gettext_lazy("There are two rules here. Ask the venue which one counts."),
    "no_cancel_terms": gettext_lazy(
        "The venue does not say what you pay if you cancel. Ask the venue."
    ),
    "no_notice": gettext_lazy(
        "The venue does not say what you pay if you cancel %(number)s days before. Ask the venue."
    ),
    "two_notices": gettext_lazy(
        "There are two rules if you cancel %(number)s days before. Ask the venue which one counts."
    ),
    "month_length": gettext_lazy(
        "To know if %(number)s days are a month we must know the date of the hire."
    ),
}


def asked(question: Asked, document: TariffDocument) -> str:
    """The question of the sheet, or what is open in it."""
    if question.code == "missing_fact":
        return unknown(question.facts, document)
    if question.code == "ways_differ":
        words = question.words or _(
            "There are two ways to work out the price. Ask the venue which one counts."
        )
        return f"{words} ({question.detail.get('ways', '')})"
    if question.code in _OPEN:
        by = _BY.get(question.detail.get("by", "")) or question.detail.get("by", "")
        return _OPEN[question.code] % {"number": question.words, "by": str(by).replace("_", " ")}
    return question.words or _("There is no set price for this. Ask the venue.")


def _fact(fact: str) -> str:
    if fact in _FACTS:
        return str(_FACTS[fact])
    return fact.partition(".")[2].replace("_", " ").replace("-", " ")
