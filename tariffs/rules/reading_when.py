"""From the conditions of a document to values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tariffs.rules.conditions import (
    DAY_MINUTES,
    AnyOf,
    Crosses,
    DateRange,
    Day,
    DayNumber,
    During,
    InDates,
    InRange,
    Not,
    OneOf,
    Test,
    WeekSpan,
    When,
    Window,
    YesNo,
)
from tariffs.rules.names import short, shorts, word, words
from tariffs.rules.ranges import range_of
from tariffs.rules.words import WHOLE_HIRE, Kind

_WEEK = tuple(Day)[:7]


@dataclass(frozen=True, slots=True)
class Book:
    """The words a document defines: dayparts, seasons, constants, school terms, wholes."""

    dayparts: Mapping[str, Any]
    seasons: Mapping[str, Any]
    constants: Mapping[str, Decimal]
    terms: tuple[DateRange, ...] | None
    parts: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Book:
        """The words of a document whose shape is right."""
        terms = document.get("terms")
        return cls(
            dayparts=document.get("dayparts", {}),
            seasons=document.get("seasons", {}),
            constants={
                word: Decimal(str(value)) for word, value in document.get("constants", {}).items()
            },
            terms=tuple(map(date_range, terms)) if terms else None,
            parts={
                short(name): shorts(said["parts"])
                for name, said in document.get("spaces", {}).items()
                if isinstance(said, Mapping) and "parts" in said
            },
        )

    def pounds(self, amount: object) -> Decimal | None:
        """Pounds of "12.50" or "1.35 point"; None for "ask"."""
        text = str(amount)
        if text == "ask":
            return None
        figure, _space, constant = text.partition(" ")
        return Decimal(figure) * (self.constants[constant] if constant else 1)


def minute_of(wall: str) -> int:
    """Minutes after midnight of "18:30"; "24:00" is the end of the day."""
    hours, _colon, minutes = wall.partition(":")
    return int(hours) * 60 + int(minutes)


def date_range(text: str) -> DateRange:
    """ "10-01..03-31" of every year, or "2027-01-04..2027-02-12"; one day is itself."""
    first, _dots, last = text.partition("..")
    return DateRange(_parts(first), _parts(last or first))


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("-"))


def when_of(rule: Mapping[str, Any], book: Book) -> When:
    """A rule's conditions, `unless` among them."""
    when = conditions(rule.get("when", {}), book)
    if rule.get("unless"):
        tests = (*when.tests, Not(conditions(rule["unless"], book)))
        when = When(when.categories, when.days, when.window, when.daypart, tests)
    return when


def conditions(when: Mapping[str, Any], book: Book) -> When:
    """Conditions with the daypart spelt out. A rule's own days go before the daypart's."""
    part = book.dayparts[when["daypart"]] if "daypart" in when else {}
    clock = part or when
    days = when.get("day") or part.get("day")
    window = None
    if "from" in clock:
        window = Window(minute_of(clock["from"]) % DAY_MINUTES, minute_of(clock["until"]))
    categories = when.get("category")
    return When(
        categories=shorts(categories) if categories else None,
        days=frozenset(Day(day) for day in days) if days else None,
        window=window,
        daypart=when.get("daypart", ""),
        tests=tuple(sorted(_tests(when, book), key=lambda test: test.name)),
    )


def _tests(when: Mapping[str, Any], book: Book) -> Iterator[Test]:
    for name, value in when.items():
        if name == "fact":
            for own, wanted in value.items():
                yield _own_fact(own, wanted)
        elif name in WHOLE_HIRE and name != "category":
            yield _whole_hire(name, value)
        elif name in _OTHERS:
            yield _OTHERS[name](value, book)


def _season(value: Any, book: Book) -> Test:
    return InDates("season", tuple(date_range(t) for one in value for t in book.seasons[one]))


_OTHERS: dict[str, Callable[[Any, Book], Test]] = {
    "season": _season,
    "dates": lambda value, _book: InDates("dates", tuple(map(date_range, value))),
    "term": lambda value, book: InDates("term", book.terms or (), is_wanted=value),
    "during": lambda value, _book: During(frozenset(value)),
    "day_number": lambda value, _book: DayNumber(range_of(value)),
    "crosses": lambda value, _book: Crosses(minute_of(value)),
    "span": lambda value, _book: WeekSpan(_moment(value["from"]), _moment(value["until"])),
    "any": lambda value, book: AnyOf(tuple(conditions(choice, book) for choice in value)),
}


def _whole_hire(name: str, value: Any) -> Test:
    kind, fact = WHOLE_HIRE[name]
    if kind is Kind.YES_NO:
        return YesNo(name, fact, value)
    if kind in (Kind.RANGE, Kind.CLOCK):
        return InRange(name, fact, range_of(value))
    plain = fact in ("spaces", "items")
    return OneOf(name, fact, kind, shorts(value) if plain else words(value))


def _own_fact(name: str, value: Any) -> Test:
    fact = f"fact.{word(name)}"
    if isinstance(value, bool):
        return YesNo(fact, fact, value)
    if isinstance(value, list):
        return OneOf(fact, fact, Kind.WORDS, words(value))
    return InRange(fact, fact, range_of(value))


def _moment(text: str) -> int:
    day, _space, clock = text.partition(" ")
    return _WEEK.index(Day(day)) * DAY_MINUTES + minute_of(clock)
