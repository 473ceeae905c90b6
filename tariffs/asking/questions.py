"""From facts that are open to questions in words, and all that a document could ever ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from tariffs.asking import words
from tariffs.asking.entries import entries_of
from tariffs.asking.open_facts import Open, is_later
from tariffs.asking.question import (
    CLEARDOWN,
    OTHER,
    PURPOSE,
    SETUP,
    STATUSES,
    TAG,
    TAGS,
    AnswerKind,
    Choice,
    Question,
)
from tariffs.rules import TariffDocument
from tariffs.rules.conditions import InRange, OneOf, When, YesNo
from tariffs.rules.names import word
from tariffs.rules.shape import Unit
from tariffs.rules.words import WHOLE_HIRE

_KINDS = {
    "hirer.resident": AnswerKind.YES_NO,
    "hirer.regular": AnswerKind.YES_NO,
    "series.in_advance": AnswerKind.YES_NO,
    STATUSES: AnswerKind.SEVERAL,
    PURPOSE: AnswerKind.CHOICE,
    "event.takings": AnswerKind.MONEY,
    "event.seats_sold": AnswerKind.NUMBER,
    SETUP: AnswerKind.NUMBER,
    CLEARDOWN: AnswerKind.NUMBER,
}
_OWN_KINDS = {
    "yes_no": AnswerKind.YES_NO,
    "number": AnswerKind.NUMBER,
    "word": AnswerKind.CHOICE,
}
_WHOLE = frozenset({"event.seats_sold", SETUP, CLEARDOWN})
_OF_A_DATE = frozenset({"series.ordinal", "days_ahead"})
# First the event, then the hirer, then the dates.
_ORDER = (PURPOSE, TAG, "event.", "fact.", "measure.", SETUP, CLEARDOWN, "hirer.", "series.")


def questions_of(document: TariffDocument, found: Open) -> list[Question]:
    """A question for each open fact that a hirer can know, in a steady order."""
    made = [question for fact in found for question in _asked(document, fact, found[fact])]
    return in_order(made)


def askable(document: TariffDocument) -> dict[str, Question]:
    """Every question that this document could have for anybody, by name."""
    return {one.name: one for one in questions_of(document, mentioned(document))}


def has_questions(document: TariffDocument) -> bool:
    """Whether answers, or their absence, could mean anything to it; found once."""
    made = document.worked_out.get("has_questions")
    if not isinstance(made, bool):
        made = document.worked_out["has_questions"] = TAGS in mentioned(document) or bool(
            askable(document)
        )
    return made


def tells_dates_apart(document: TariffDocument) -> bool:
    """Whether the first date of a series may cost another price than the last; found once."""
    made = document.worked_out.get("tells_dates_apart")
    if not isinstance(made, bool):
        once = any(rule.quantity.unit is Unit.SERIES for rule in document.rules)
        made = once or not mentioned(document).keys().isdisjoint(_OF_A_DATE)
        document.worked_out["tells_dates_apart"] = made
    return made


def mentioned(document: TariffDocument) -> Open:
    """Every fact that a rule speaks of, with the words it is compared with; found once."""
    made = document.worked_out.get("mentioned")
    if not isinstance(made, dict):
        made = document.worked_out["mentioned"] = _mentioned(document)
    return made


def in_order(questions: Iterable[Question]) -> list[Question]:
    """Each name once, with the choices of all of its kind."""
    by_name: dict[str, Question] = {}
    for one in questions:
        before = by_name.get(one.name)
        if before and before.choices != one.choices:
            one = replace(one, choices=_joined(before.choices, one.choices))
        by_name[one.name] = one
    return sorted(by_name.values(), key=lambda one: (_place(one.name), one.name))


def _joined(first: tuple[Choice, ...], second: tuple[Choice, ...]) -> tuple[Choice, ...]:
    both = {choice.value: choice for choice in (*first, *second)}
    return tuple(sorted(both.values(), key=lambda one: (one.value == OTHER, one.value)))


def _place(name: str) -> int:
    return next((n for n, start in enumerate(_ORDER) if name.startswith(start)), len(_ORDER))


def _asked(document: TariffDocument, fact: str, compared: frozenset[str]) -> Iterator[Question]:
    if fact == TAGS:
        for tag in sorted(compared):
            if not is_later(tag):
                yield _of_tag(document, tag)
        return
    name = SETUP if fact == "setup_hours" else fact
    own = {f"fact.{one.name}": one for one in document.more.facts}
    if name in own:
        kind = _OWN_KINDS[own[name].kind]
    elif name.startswith("measure."):
        kind = AnswerKind.NUMBER
    elif name in _KINDS:
        kind = _KINDS[name]
    else:
        return
    yield Question(
        name=name,
        kind=kind,
        words=words.of_fact(name, own[name].question if name in own else ""),
        choices=_choices(kind, compared),
        assumed=_assumed(document, name, kind),
        is_whole=name in _WHOLE,
    )


def _of_tag(document: TariffDocument, tag: str) -> Question:
    taken = document.more.unless_told.keys() & {"tag", "all_tags"}
    assumed = tag in assumed_tags(document) if taken else None
    return Question(f"{TAG}{tag}", AnswerKind.YES_NO, words.of_tag(tag), assumed=assumed)


def assumed_tags(document: TariffDocument) -> frozenset[str]:
    """The tags that the document takes as so where nobody says."""
    taken = document.more.unless_told.get("tag", document.more.unless_told.get("all_tags"))
    given = taken if isinstance(taken, list | tuple) else [] if taken is None else [taken]
    return frozenset(map(word, given))


def _choices(kind: AnswerKind, compared: frozenset[str]) -> tuple[Choice, ...]:
    if kind not in (AnswerKind.CHOICE, AnswerKind.SEVERAL):
        return ()
    found = [Choice(one, words.of_choice(one)) for one in sorted(compared - {OTHER})]
    if kind is AnswerKind.CHOICE:
        found.append(Choice(OTHER, words.of_choice(OTHER)))
    return tuple(found)


def _assumed(document: TariffDocument, name: str, kind: AnswerKind) -> object:
    """In the form of an answer: bool, Decimal, word, or a list of words; None: nothing is."""
    if name in (SETUP, CLEARDOWN):
        return Decimal(0)
    facts = {one: fact for one, (_kind, fact) in WHOLE_HIRE.items()}
    taken = {
        facts.get(one, f"fact.{word(one)}"): value
        for one, value in document.more.unless_told.items()
    }.get(name)
    if taken is None or isinstance(taken, bool):
        return taken
    if kind is AnswerKind.SEVERAL:
        given = taken if isinstance(taken, list | tuple) else [taken]
        return [word(one) for one in given]
    if kind is AnswerKind.CHOICE:
        return word(taken[0] if isinstance(taken, list | tuple) and taken else taken)
    return Decimal(str(taken))


def _mentioned(document: TariffDocument) -> Open:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for entry in entries_of(document):
        _gather(entry.when, found)
        for name in entry.numbers:
            found[name] |= frozenset()
        for during in entry.during:
            found[SETUP if during == "setup" else CLEARDOWN] |= frozenset()
    for when in document.more.derive.values():
        _gather(when, found)
    for name in document.more.derive:
        found.pop(f"hirer.{name}", None)
    return dict(found)


def _gather(when: When, found: dict[str, frozenset[str]]) -> None:
    for test in when.tests:
        if isinstance(test, OneOf | YesNo | InRange):
            found[test.fact] |= test.words if isinstance(test, OneOf) else frozenset()
    for inner in when.inner():
        _gather(inner, found)
