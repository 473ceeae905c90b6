"""A plan as people read it: dates with their state and price, and the answers to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from bookings import settled
from bookings.errors import Breach
from bookings.forms.details import DetailsForm
from bookings.forms.pick import PickForm
from bookings.services.planning import Plan, PlannedDate
from bookings.views import money_rows, vat_words, wording
from core import clock, words
from core.errors import DomainError
from tariffs.asking import in_order
from tariffs.asking import said as said_of
from tariffs.services import Quoted

_SHARED_WITH_SEARCH = (
    "on",
    "on_day",
    "on_month",
    "on_year",
    "starts",
    "ends",
    "repeat",
    "week",
    "times",
    "people",
    "near",
    "needs",
    "category",
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date of a plan in words."""

    day: str
    times: str
    state: str
    word: str
    reasons: tuple[str, ...]
    price: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """A whole plan in words. `total` None: the venue has to say the price.

    `paying`: rows of a summary list, what is paid and when.
    `asks`: what the hirer has not said, each with what is taken as so meanwhile.
    """

    lines: list[DateLine]
    free: int
    asked: int
    headline: str
    price_lines: list[dict[str, Any]]
    total: Decimal | None
    total_words: str
    vat: dict[str, Any]
    listed: Decimal
    saved: Decimal
    questions: list[str]
    asks: list[str]
    is_estimate: bool
    by_the_day: bool
    is_instant: bool
    problems: list[str]
    paying: list[dict[str, Any]]
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The total as a form sends it back, without the words of any language."""
        return str(self.total)


def of(plan: Plan) -> Outlook:
    """The plan in words."""
    free = plan.free
    quotes = [date.quote for date in free if date.quote is not None]
    totals = [quote.priced.total for quote in quotes]
    known = [total for total in totals if total is not None]
    priced = bool(quotes) and len(known) == len(totals)
    listed = sum(
        (quote.priced.list_total or quote.priced.total or Decimal(0) for quote in quotes),
        Decimal(0),
    )
    total = sum(known, Decimal("0.00")) if priced else None
    return Outlook(
        lines=[_line(date) for date in plan.dates],
        free=len(free),
        asked=len(plan.dates),
        headline=_headline(len(free), len(plan.dates)),
        price_lines=_price_lines(free),
        total=total,
        total_words=wording.for_dates(len(free)),
        vat=vat_words.of_lines(line for quote in quotes for line in quote.priced.lines),
        listed=listed,
        saved=max(listed - total, Decimal(0)) if total is not None else Decimal(0),
        questions=sorted({words for quote in quotes for words in _for_the_venue(quote)}),
        asks=_asks(quotes),
        is_estimate=any(quote.is_estimate for quote in quotes),
        by_the_day=settled.is_by_the_day(plan.land.venue),
        is_instant=plan.is_instant,
        problems=[breach.message for breach in plan.breaches],
        paying=money_rows.of_plan(plan, total=total, listed=listed, today=clock.today()),
        notes=plan.notes,
    )


def _for_the_venue(quote: Quoted) -> list[str]:
    """What the venue has to decide: not what is asked of the hirer in so many words."""
    asked = {_plain(one.fact) for one in quote.questions if one.assumed is None}
    return [
        one.words
        for one in quote.priced.needs_decision
        if one.code != "missing_fact" or _plain(one.fact) not in asked
    ]


def _plain(fact: str) -> str:
    """A number of the sheet's own is a fact or a measure, by who speaks of it."""
    return fact.rpartition(".")[2].replace("-", "_")


def _asks(quotes: Sequence[Quoted]) -> list[str]:
    lines = []
    for question in in_order(one for quote in quotes for one in quote.questions):
        line = question.words
        if question.assumed is not None:
            line = _("%(question)s Until you say, we take it as: %(taken)s.") % {
                "question": line,
                "taken": said_of(question, question.assumed),
            }
        lines.append(line)
    return lines


def _headline(free: int, asked: int) -> str:
    if asked == 1:
        return _("This time is free") if free else _("This time cannot be had")
    if not free:
        return _("None of your %(asked)d dates is free") % {"asked": asked}
    return _("Free on %(free)d of your %(asked)d dates") % {"free": free, "asked": asked}


def _line(date: PlannedDate) -> DateLine:
    total = date.quote.priced.total if date.quote else None
    return DateLine(
        day=words.long_day(date.span.start),
        times=words.times(date.span.start, date.span.end),
        state="free" if date.is_free else "busy",
        word=_("Free") if date.is_free else _("Not free"),
        reasons=tuple(breach.message for breach in date.breaches),
        price=_amount(total),
    )


def _amount(total: Decimal | None) -> str:
    """Beside a date that is "Free", a price of nothing needs another word."""
    if total is None:
        return ""
    return words.pounds(total) if total else _("No charge")


def _price_lines(free: list[PlannedDate]) -> list[dict[str, Any]]:
    """Equal lines of several dates are told once, with their number."""
    groups: dict[tuple[str, str, str], list[Decimal]] = {}
    for date in free:
        if date.quote is None:
            continue
        for line in date.quote.priced.lines:
            how = words.reckoning(line.quantity, line.unit, line.unit_price)
            note = ". ".join(part for part in (how, line.why) if part)
            key = (line.what, note, str(line.amount))
            groups.setdefault(key, []).append(line.amount)
    lines = []
    for (what, why, _amount), amounts in groups.items():
        heading = f"{what}, {wording.many_dates(len(amounts))}" if len(free) > 1 else what
        lines.append({"words": heading, "note": why, "amount": sum(amounts, Decimal("0.00"))})
    return lines


def breach_lines(error: DomainError | None, plan: Plan) -> list[str]:
    """What stands in the way, each with its date where it has one."""
    if error is None:
        return []
    found: list[Breach] = getattr(error, "breaches", None) or plan.all_breaches
    return list(dict.fromkeys(breach.message for breach in found))


def answers(
    plan: Plan, picked: PickForm, form: DetailsForm, *, pick_url: str, query: str
) -> list[dict[str, Any]]:
    """The rows of the summary list, each with where to change it."""
    cleaned, said = picked.cleaned_data, form.cleaned_data
    answered = form.answers()
    items = [
        f"{item.name}: {cleaned[f'item_{item.pk}']}"
        for item in picked.items
        if cleaned.get(f"item_{item.pk}")
    ]
    back = f"../details/?{query}"
    adult = [said["adult_name"], said["adult_email"], said["adult_phone"]]
    day = [said["day_name"], said["day_phone"]]
    asks_whole = "pays_as_whole" in form.fields
    clash = [_choice(form, "on_clash")] if "on_clash" in form.fields else []
    rows = [
        (_("Spaces"), [space.name for space in plan.land.spaces], pick_url),
        (_("People"), [str(cleaned["people"])], pick_url),
        (_("Things"), items, pick_url),
        (_("Who is booking"), [_choice(form, "hirer")], back),
        (_("What is it"), [said["title"]], back),
        (_("For the venue to know"), [said["purpose"]], back),
        (_("Kind of thing"), [_choice(form, "activity")], back),
        (_("How loud"), [_choice(form, "loudness")], back),
        (_("Quiet next door"), [_("Yes") if said["needs_quiet"] else _("No")], back),
        (_("Pays for all dates"), [_choice(form, "pays_as_whole")] if asks_whole else [], back),
        (_("Alcohol is sold"), [_("Yes")] if said["sells_alcohol"] else [], back),
        *(
            (str(one.words), [said_of(one, answered[one.name])], back)
            for one in form.questions.values()
            if one.name in answered
        ),
        (_("Who may see it"), [_choice(form, "visibility")], back),
        (_("Responsible adult"), adult, back),
        (_("Contact on the day"), day if any(day) else [_("The same person")], back),
        (
            _("What would help somebody take part"),
            wording.would_help(said["needs"], said["adjustment"]),
            back,
        ),
        (_("If a date is taken"), clash, back),
        (_("Voucher code"), [said.get("voucher_code", "")], back),
    ]
    return [
        {"key": key, "lines": lines, "change_href": href}
        for key, found, href in rows
        if (lines := [line for line in found if line])
    ]


def _choice(form: DetailsForm, name: str) -> str:
    chosen = str(form.cleaned_data[name])
    labels = {str(value): str(label) for value, label in cast("Any", form.fields[name]).choices}
    return labels.get(chosen, "")


def search_query(query: QueryDict) -> str:
    """The same question for the search page, to find another place."""
    kept = QueryDict(mutable=True)
    for name in _SHARED_WITH_SEARCH:
        if name in query:
            kept.setlist(name, query.getlist(name))
    return kept.urlencode()
