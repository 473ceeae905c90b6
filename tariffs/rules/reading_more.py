"""From a checked document to values: everything but the rates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tariffs.rules.names import short, word
from tariffs.rules.ranges import range_of
from tariffs.rules.reading_bands import bands_of
from tariffs.rules.reading_when import Book, conditions, date_range, when_of
from tariffs.rules.terms import (
    AdjustRule,
    AskRule,
    BoundRule,
    By,
    CancelRule,
    ChooseRule,
    DepositRule,
    Fact,
    More,
    Offset,
    Part,
    Per,
    ScheduleRule,
    Share,
    Stack,
    Step,
    TaxRule,
    Treatment,
)

_OFFSET = re.compile(r"(\d+) (working )?(day|week|month)s? (before|after)(?: (\w+))?")
_HIRE = ("hire",)
_ALL = ("all",)


def more_of(document: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], book: Book) -> More:
    """The rules that are no rates, and what stands above the rules."""
    by_kind: dict[str, list[Any]] = {kind: [] for kind in _READERS}
    for rule in rules:
        reader = _READERS[rule["kind"]]
        by_kind[rule["kind"]].append(reader(rule, when_of(rule, book), book))
    spaces = _spaces(document.get("spaces", {}))
    labels = {
        short(name): label
        for part in ("categories", "items")
        for name, label in document.get(part, {}).items()
    }
    return More(
        adjusts=tuple(by_kind["adjust"]),
        bounds=tuple(by_kind["bound"]),
        chooses=tuple(by_kind["choose"]),
        asks=tuple(by_kind["ask"]),
        taxes=tuple(by_kind["tax"]),
        deposits=tuple(by_kind["deposit"]),
        schedules=tuple(by_kind["schedule"]),
        cancels=tuple(by_kind["cancel"]),
        facts=tuple(
            Fact(word(name), fact["kind"], fact.get("ask", ""))
            for name, fact in document.get("facts", {}).items()
        ),
        spaces=spaces,
        parts=dict(book.parts),
        labels=labels,
        unless_told=dict(document.get("unless_told", {})),
        derive={name: conditions(when, book) for name, when in document.get("derive", {}).items()},
        named_days=tuple(map(date_range, document.get("holidays", ()))),
        stacking=Stack(document.get("stacking", Stack.ASK)),
        asks_half_pence=document.get("rounding") == "ask",
        vat_rounding=document.get("vat_rounding", "invoice"),
        picked_by=document.get("picked_by", "event_date"),
        valid_from=_day(document.get("valid_from")),
        valid_to=_day(document.get("valid_to")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _spaces(given: Mapping[str, Any]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for name, said in given.items():
        label = said if isinstance(said, str) else said.get("label", "")
        labels[short(name)] = label or name
    return labels


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _on(rule: Mapping[str, Any], default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(short, rule.get("on", default)))


def _adjust(rule: Mapping[str, Any], when: Any, book: Book) -> AdjustRule:
    return AdjustRule(
        id=rule["id"],
        when=when,
        on=_on(rule, _HIRE),
        percent=_decimal(rule.get("percent")),
        amount=_decimal(rule.get("amount")),
        per=rule.get("per", "booking"),
        stage=int(rule.get("stage", 1)),
        stack=Stack(rule["stack"]) if "stack" in rule else None,
        why=rule.get("why", ""),
    )


def _bound(rule: Mapping[str, Any], when: Any, book: Book) -> BoundRule:
    return BoundRule(
        id=rule["id"],
        when=when,
        on=_on(rule, _HIRE),
        per=Per(rule.get("per", Per.BOOKING)),
        floor=book.pounds(rule["floor"]) if "floor" in rule else None,
        ceiling=book.pounds(rule["ceiling"]) if "ceiling" in rule else None,
        why=rule.get("why", ""),
    )


def _choose(rule: Mapping[str, Any], when: Any, book: Book) -> ChooseRule:
    options = tuple(rule["options"])
    return ChooseRule(rule["id"], when, options, By(rule["by"]), rule.get("question", ""))


def _ask(rule: Mapping[str, Any], when: Any, book: Book) -> AskRule:
    return AskRule(rule["id"], when, rule["question"])


def _tax(rule: Mapping[str, Any], when: Any, book: Book) -> TaxRule:
    return TaxRule(
        id=rule["id"],
        when=when,
        on=_on(rule, _ALL),
        treatment=Treatment(rule["treatment"]),
        rate=Decimal(str(rule.get("rate", 0))),
        rank=int(rule.get("rank", 0)),
        why=rule.get("why", ""),
    )


def _deposit(rule: Mapping[str, Any], when: Any, book: Book) -> DepositRule:
    return DepositRule(
        id=rule["id"],
        when=when,
        name=rule.get("name", "deposit"),
        amount=book.pounds(rule["amount"]) if "amount" in rule else None,
        percent=_decimal(rule.get("percent")),
        bands=bands_of(rule["bands"], book, own="total") if "bands" in rule else None,
        rank=int(rule.get("rank", 0)),
        why=rule.get("why", ""),
    )


def _schedule(rule: Mapping[str, Any], when: Any, book: Book) -> ScheduleRule:
    parts = tuple(
        Part(
            due=offset_of(part["due"]),
            percent=_decimal(part.get("percent")),
            amount=_decimal(part.get("amount")),
            is_returned=part.get("returned", True),
            why=part.get("why", ""),
        )
        for part in rule["parts"]
    )
    return ScheduleRule(rule["id"], when, parts, int(rule.get("rank", 0)))


def _cancel(rule: Mapping[str, Any], when: Any, book: Book) -> CancelRule:
    steps = tuple(
        Step(
            notice=range_of(step["notice"]),
            unit=step.get("unit", "days"),
            share=share_of(step["refund"] if "refund" in step else step["charge"]),
            is_refund="refund" in step,
        )
        for step in rule["steps"]
    )
    return CancelRule(
        id=rule["id"],
        when=when,
        by=rule.get("by", "hirer"),
        steps=steps,
        is_waived_if_relet=rule.get("waived_if_relet", False),
        rank=int(rule.get("rank", 0)),
        why=rule.get("why", ""),
    )


def offset_of(text: str) -> Offset:
    """ "28 days before" is before the event; "14 days after booking" counts from there."""
    found = _OFFSET.match(text)
    if not found:
        return Offset(text.replace(" ", "_"), words=text)
    count, working, unit, side, anchor = found.groups()
    days = ("working_" if working else "") + unit + "s"
    number = int(count) * (-1 if side == "before" else 1)
    return Offset(anchor or "event", number, days, text)


def share_of(text: object) -> Share:
    """ "25% + 15", "50%" or "10"."""
    words = str(text).split(" ")
    if not words[0].endswith("%"):
        return Share(pounds=Decimal(words[0]))
    pounds = Decimal(words[2]) if len(words) == 3 else Decimal(0)
    return Share(Decimal(words[0][:-1]), -pounds if "-" in words else pounds)


_READERS = {
    "adjust": _adjust,
    "bound": _bound,
    "choose": _choose,
    "ask": _ask,
    "tax": _tax,
    "deposit": _deposit,
    "schedule": _schedule,
    "cancel": _cancel,
}
