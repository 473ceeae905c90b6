"""What is known of a hire, by name. What nobody told is unknown, unless the tariff says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.intervals import Span
from tariffs.engine.ask import PriceAsk
from tariffs.engine.slices import wall_clock
from tariffs.rules.document import TariffDocument
from tariffs.rules.names import short, word, words
from tariffs.rules.words import WHOLE_HIRE, Kind

_HOUR = Decimal(3600)
_DAY_SECONDS = 86400


class Facts:
    """Looked up by the names that `tariffs.rules.words` lists; None is unknown."""

    def __init__(self, document: TariffDocument, ask: PriceAsk, *, category: str) -> None:
        self.ask = ask
        self.category = category
        self.known: dict[str, Any] = _assumed(document) | _told(ask) | _computed(ask)
        self.known["hirer.category"] = short(category) if category else None
        count = self.known.setdefault("series.count", Decimal(1))
        if count == 1:
            self.known.setdefault("series.ordinal", Decimal(1))
            self.known.setdefault("series.in_advance", False)
        hours = self.known.get("hours")
        if hours is not None and count is not None:
            self.known.setdefault("series_hours", hours * count)
        self._derive(document, told=_told(ask))

    def get(self, name: str) -> Any:
        """The value of a fact, None where it is unknown."""
        return self.known.get(name)

    def put(self, name: str, value: object) -> None:
        """What is known only now."""
        self.known[name] = value

    def _derive(self, document: TariffDocument, *, told: Mapping[str, Any]) -> None:
        """What nobody told follows from its test; what is taken as so, only where that is open."""
        from tariffs.engine.truth import missing_for_hire

        for name, when in document.more.derive.items():
            fact = f"hirer.{name}"
            if told.get(fact) is None:
                missing = missing_for_hire(when, self)
                if not missing:
                    self.known[fact] = missing is not None


def _assumed(document: TariffDocument) -> dict[str, Any]:
    assumed: dict[str, Any] = {}
    for name, value in document.more.unless_told.items():
        kind, fact = WHOLE_HIRE.get(name, (None, f"fact.{word(name)}"))
        if kind in (Kind.WORDS, Kind.ALL_WORDS):
            plain = fact in ("event.purpose", "hirer.name")
            assumed[fact] = word(value) if plain else words(_listed(value))
        elif isinstance(value, bool) or value is None:
            assumed[fact] = value
        elif kind is Kind.RANGE or str(value).replace(".", "", 1).isdigit():
            assumed[fact] = Decimal(str(value))
        else:
            assumed[fact] = frozenset({word(value)})
    return assumed


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _told(ask: PriceAsk) -> dict[str, Any]:
    told = {name: value for name, value in ask.told.items() if value is not None}
    if ask.people:
        told["event.people"] = Decimal(ask.people)
    if ask.purpose:
        told["event.purpose"] = word(ask.purpose)
    if ask.tags:
        told["event.tags"] = words(ask.tags)
    return told


def _computed(ask: PriceAsk) -> dict[str, Any]:
    found: dict[str, Any] = {
        "spaces": frozenset(space.slug for space in ask.spaces),
        "items": frozenset(item.slug for item in ask.items),
        "rooms": Decimal(sum(space.count for space in ask.spaces)),
        "setup_hours": Decimal(ask.setup_minutes) / 60,
    }
    if ask.span is not None:
        found |= _from_span(ask.span)
    elif ask.loose is not None:
        if ask.loose.hours is not None:
            found["hours"] = ask.loose.hours
        if ask.loose.days is not None:
            found["days"] = ask.loose.days
        elif ask.loose.first is not None:
            last = ask.loose.last or ask.loose.first
            found["days"] = Decimal((last - ask.loose.first).days + 1)
    return found


def _from_span(span: Span) -> dict[str, Any]:
    starts, ends = wall_clock(span)
    midnight = starts.replace(hour=0, minute=0, second=0, microsecond=0)
    last = ends - timedelta(seconds=1)
    days = (last.date() - starts.date()).days + 1
    if ends - starts <= timedelta(days=1):
        days = 1
    return {
        "hours": Decimal(int(span.length.total_seconds())) / _HOUR,
        "days": Decimal(days),
        "start": _minutes(starts - midnight),
        "end": _minutes(ends - midnight),
        "week_minute": starts.weekday() * _DAY_SECONDS // 60 + int(_minutes(starts - midnight)),
    }


def _minutes(length: timedelta) -> Decimal:
    return Decimal(int(length.total_seconds())) / 60
