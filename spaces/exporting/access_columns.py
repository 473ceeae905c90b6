"""The columns about access: needs people have, then each fact with its source and date."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from spaces.access_facts import FACTS, NEEDS, Fact, Kind
from spaces.exporting.answers import FACT_ANSWERS, NEED_ANSWERS, Answer
from spaces.exporting.column import Column
from spaces.models import AccessFact

SOURCES = tuple(AccessFact.Source.values)


def need_columns() -> tuple[Column, ...]:
    """One for each need: the answer of the ways and facts together."""
    return tuple(
        Column(
            f"need_{need.slug}",
            need.label,
            lambda r, slug=need.slug: r.needs[slug],  # type: ignore[misc]
            NEED_ANSWERS,
            "need",
        )
        for need in NEEDS.values()
    )


def access_columns() -> tuple[Column, ...]:
    """For each fact the answer, who said it, when, and what was measured or chosen."""
    return tuple(column for fact in FACTS.values() for column in _of_fact(fact))


def measured(said: Answer) -> str:
    """850, or 1100 x 1400 for a size; empty where nobody measured."""
    both = (said.measure, said.measure_2)
    return " x ".join(_plain(one) for one in both if one is not None)


def _of_fact(fact: Fact) -> Iterator[Column]:
    code = fact.code
    yield Column(
        f"access_{code}",
        fact.question,
        lambda r: r.access[code].value,
        FACT_ANSWERS,
        "fact",
    )
    yield Column(
        f"access_{code}_source",
        _("Who said so."),
        lambda r: r.access[code].source,
        SOURCES,
        "of_fact",
    )
    yield Column(
        f"access_{code}_checked_on",
        _("When it was checked, like 2027-01-05."),
        lambda r: r.access[code].checked_on,
        group="of_fact",
    )
    if fact.unit or fact.kind in {Kind.NUMBER, Kind.SIZE}:
        yield Column(
            f"access_{code}_measured",
            _("How many, or how long, wide or loud."),
            lambda r: measured(r.access[code]),
            (fact.unit,) if fact.unit else (),
            "of_fact",
        )
    if fact.choices or fact.no_choices:
        yield Column(
            f"access_{code}_kind",
            _("Which kind; several have spaces between them."),
            lambda r: r.access[code].choice,
            tuple(slug for slug, _words in (*fact.choices, *fact.no_choices)),
            "of_fact",
        )


def _plain(measure: Decimal) -> str:
    return f"{measure.normalize():f}"
