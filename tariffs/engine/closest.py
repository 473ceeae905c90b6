"""The one rule of several that is closest to a hire: for tax, deposits and terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from tariffs.engine.closer import beats
from tariffs.engine.facts import Facts
from tariffs.engine.questions import Asked, Stop, missing
from tariffs.engine.slices import Slice
from tariffs.engine.truth import missing_for
from tariffs.rules.conditions import When
from tariffs.rules.document import TariffDocument


class Conditional(Protocol):
    """A rule with a name, conditions and a rank."""

    @property
    def id(self) -> str: ...
    @property
    def when(self) -> When: ...
    @property
    def rank(self) -> int: ...


Rule = TypeVar("Rule", bound=Conditional)


def closest(
    rules: Sequence[Rule], document: TariffDocument, facts: Facts, slices: Sequence[Slice]
) -> Rule | None:
    """The closest of the rules that hold; None where none does.

    Raises: Stop where a fact is missing, or two hold equally.
    """
    named = document.more.named_days
    held: list[tuple[Rule, frozenset[str]]] = []
    for rule in rules:
        unknown = missing_for(rule.when, slices, facts, named)
        if unknown is not None:
            held.append((rule, unknown))
    if not held:
        return None
    top = max((rule.rank, rule.when.levels()) for rule, _unknown in held)
    ranked = [one for one in held if (one[0].rank, one[0].when.levels()) == top]
    left = [
        one
        for one in ranked
        if not any(
            beats(other[0].when, one[0].when, slice_=None, named=named)
            for other in ranked
            if other is not one
        )
    ]
    names = tuple(sorted(rule.id for rule, _unknown in left))
    facts_missing: frozenset[str] = frozenset().union(*(unknown for _rule, unknown in left))
    if facts_missing:
        raise Stop(missing(facts_missing, *names))
    if len(left) > 1:
        raise Stop(Asked("terms_tie", names))
    return left[0][0]
