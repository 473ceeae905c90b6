"""Answers: checked against the questions, kept as plain JSON values, and told to the engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.intervals import Span
from tariffs.asking.open_facts import open_facts
from tariffs.asking.question import (
    CLEARDOWN,
    PURPOSE,
    SETUP,
    STATUSES,
    TAG,
    TAGS,
    AnswerKind,
    Question,
)
from tariffs.asking.questions import assumed_tags, has_questions, mentioned, questions_of
from tariffs.engine import PriceAsk
from tariffs.errors import AnswerRefused, NotAsked
from tariffs.rules import TariffDocument

# By the name of its question: True, "wedding", ["member"], "12.50".
Answers = Mapping[str, Any]
_MOST = Decimal(1_000_000)
_LONGEST = 20
_NOT_TOLD = frozenset({SETUP, CLEARDOWN})


@dataclass(frozen=True, slots=True)
class Answered:
    """An ask with every answer told, and the questions that nobody has answered."""

    ask: PriceAsk
    open: tuple[Question, ...]


def checked(answers: Answers, known: Mapping[str, Question]) -> dict[str, Any]:
    """The answers as plain JSON values: bool, word, list of words, or digits as text.

    None is no answer. Raises: NotAsked for a name without a question, AnswerRefused for a value
    that is none of its answers.
    """
    said = {str(name): value for name, value in answers.items() if value is not None}
    for name in said:
        if name not in known:
            raise NotAsked(known, name=name[:80])
    return {name: _value(known[name], value) for name, value in said.items()}


def _value(question: Question, value: Any) -> Any:
    if question.kind is AnswerKind.YES_NO:
        if not isinstance(value, bool):
            raise AnswerRefused(question.name, _("Answer yes or no: true or false."))
        return value
    words = [choice.value for choice in question.choices]
    if question.kind is AnswerKind.CHOICE:
        return _one_of(question, value, words)
    if question.kind is AnswerKind.SEVERAL:
        if not isinstance(value, list | tuple) or len(value) > len(words):
            raise AnswerRefused(question.name, _("Give a list of choices; it may be empty."))
        return sorted({_one_of(question, one, words) for one in value})
    return _digits(question, value)


def _one_of(question: Question, value: Any, words: Collection[str]) -> str:
    if not isinstance(value, str) or value not in words:
        known = ", ".join(words)
        raise AnswerRefused(question.name, _("Choose one of: %(words)s.") % {"words": known})
    return value


def _digits(question: Question, value: Any) -> str:
    places = 0 if question.is_whole else 2
    remedy = (
        _("Write a whole number from 0 to 1,000,000.")
        if question.is_whole
        else _("Write a number from 0 to 1,000,000, with at most 2 places, like “12.50”.")
    )
    text = str(value).strip()
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise AnswerRefused(question.name, remedy)
    if len(text) > _LONGEST or not text.isascii():
        raise AnswerRefused(question.name, remedy)
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise AnswerRefused(question.name, remedy) from error
    if not found.is_finite() or not 0 <= found <= _MOST:
        raise AnswerRefused(question.name, remedy)
    if found != round(found, places):
        raise AnswerRefused(question.name, remedy)
    return f"{found.quantize(Decimal(1)) if found == found.to_integral_value() else found:f}"


def fits_in(answers: Answers, spans: Sequence[Span]) -> None:
    """Setting up and clearing up are part of the time that is hired, and leave some of it.

    Raises: AnswerRefused.
    """
    minutes = sum(int(answers.get(name) or 0) for name in (SETUP, CLEARDOWN))
    if minutes and any(timedelta(minutes=minutes) >= span.length for span in spans):
        name = SETUP if answers.get(SETUP) else CLEARDOWN
        remedy = _("The minutes to set up and clear up are part of your time. Leave some of it.")
        raise AnswerRefused(name, remedy)


def answered(document: TariffDocument, ask: PriceAsk, answers: Answers) -> Answered:
    """Tell the engine what was answered. What it knows by itself goes before an answer."""
    if not has_questions(document):
        return Answered(ask, ())
    plain = {
        name: _told(name, value)
        for name, value in answers.items()
        if not name.startswith(TAG) and name not in _NOT_TOLD
    }
    whole = _with_setup(replace(ask, told={**plain, **ask.told}), answers)
    tags = {
        name.removeprefix(TAG): value for name, value in answers.items() if name.startswith(TAG)
    }
    found = open_facts(document, whole, tags, has_setup=SETUP in answers)
    for name in _NOT_TOLD & answers.keys():
        found.pop(name, None)
    whole = _with_tags(document, whole, tags, is_open=TAGS in found)
    return Answered(whole, tuple(questions_of(document, found)))


def unanswered(document: TariffDocument, ask: PriceAsk) -> PriceAsk:
    """The ask of somebody who has answered nothing, as `answered` would give it, but sooner."""
    if TAGS not in mentioned(document) or _has_assumed_tags(document):
        return ask
    return answered(document, ask, {}).ask


def _has_assumed_tags(document: TariffDocument) -> bool:
    return not document.more.unless_told.keys().isdisjoint(("tag", "all_tags"))


def _told(name: str, value: Any) -> object:
    """In the form in which rules look it up."""
    if name == STATUSES:
        return frozenset(value)
    if isinstance(value, bool) or name == PURPOSE:
        return value
    if isinstance(value, str) and not value.replace(".", "", 1).isdigit():
        return frozenset({value})
    return Decimal(value)


def _with_setup(ask: PriceAsk, answers: Answers) -> PriceAsk:
    """The same time in all: set up at its start, cleared up at its end."""
    before, after = (int(answers.get(name) or 0) for name in (SETUP, CLEARDOWN))
    if not (before or after) or ask.span is None:
        return ask
    use = Span(ask.span.start + timedelta(minutes=before), ask.span.end - timedelta(minutes=after))
    return replace(ask, span=use, setup_minutes=before, cleardown_minutes=after)


def _with_tags(
    document: TariffDocument, ask: PriceAsk, tags: Mapping[str, bool], *, is_open: bool
) -> PriceAsk:
    """Tags are told once all that count are answered, or the document says what else is so."""
    if is_open and not _has_assumed_tags(document):
        return ask
    no = {tag for tag, answer in tags.items() if not answer}
    yes = {tag for tag, answer in tags.items() if answer}
    return replace(ask, told={**ask.told, TAGS: frozenset(yes | (assumed_tags(document) - no))})
