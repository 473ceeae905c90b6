"""Answers in words, for those who check them and for the venue."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.words import pounds
from tariffs.asking import words
from tariffs.asking.question import TAG, AnswerKind, Question


def said(question: Question, value: Any) -> str:
    """Yes; Evening social; Member, Affiliated; £12.50; 30."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | tuple):
        return ", ".join(_chosen(question, one) for one in value) or _("None of these")
    if question.kind is AnswerKind.MONEY:
        return pounds(Decimal(value))
    if question.kind is AnswerKind.NUMBER:
        return f"{Decimal(value):f}"
    return _chosen(question, value)


def _chosen(question: Question, value: Any) -> str:
    known = {choice.value: choice.words for choice in question.choices}
    return known.get(value) or words.of_choice(str(value))


def in_words(
    answers: Mapping[str, Any], known: Mapping[str, Question]
) -> list[tuple[str, str, str]]:
    """Fact, question and answer of each; also of a question that the rates have no more."""
    rows = []
    for name, value in answers.items():
        question = known.get(name) or _gone(name, value)
        rows.append((name, question.words, said(question, value)))
    return rows


def _gone(name: str, value: Any) -> Question:
    asked = words.of_tag(name.removeprefix(TAG)) if name.startswith(TAG) else words.of_fact(name)
    kind = AnswerKind.YES_NO if isinstance(value, bool) else AnswerKind.CHOICE
    return Question(name, kind, asked)
