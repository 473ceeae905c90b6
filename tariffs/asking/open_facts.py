"""Which facts stand between a hire and its price: asked of the engine, rule by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from tariffs.asking.entries import Entry, concerned
from tariffs.asking.question import CLEARDOWN, SETUP, TAGS
from tariffs.engine import PriceAsk
from tariffs.engine.facts import Facts
from tariffs.engine.slices import Slice, slices_of
from tariffs.engine.truth import missing_for
from tariffs.rules import TariffDocument
from tariffs.rules.conditions import AnyOf, InRange, Not, OneOf, Test, When, YesNo
from tariffs.rules.words import ACTUALS, Kind

# For each fact that is not known, the words that rules would compare it with.
Open = dict[str, frozenset[str]]
_DURING = {"setup": SETUP, "cleardown": CLEARDOWN}


def unassumed(document: TariffDocument) -> TariffDocument:
    """The document without what it takes as so: everything else that is not told is open."""
    made = document.worked_out.get("unassumed")
    if not isinstance(made, TariffDocument):
        more = replace(document.more, unless_told={})
        made = document.worked_out["unassumed"] = replace(document, more=more, worked_out={})
    return made


def open_facts(
    document: TariffDocument, ask: PriceAsk, tags: Mapping[str, bool], *, has_setup: bool
) -> Open:
    """What rules about this hire would have to know.

    `tags`: those already answered for. `has_setup`: the minutes to set up are told.
    """
    look = _Look(document, ask, tags, has_setup=has_setup)
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for entry in concerned(document, ask):
        _merge(found, look.of_entry(entry))
    for name, when in document.more.derive.items():
        if f"hirer.{name}" in found:
            # Its test says what it follows from, so the hirer is asked for that instead.
            del found[f"hirer.{name}"]
            _merge(found, look.of_when(when) or {})
    return dict(found)


def _merge(found: dict[str, frozenset[str]], more: Mapping[str, frozenset[str]]) -> None:
    for name, words in more.items():
        found[name] = found.get(name, frozenset()) | words


def is_later(tag: str) -> bool:
    """Whether only what is found afterwards can say it, such as `left-dirty`."""
    return tag.startswith("left-")


class _Look:
    """What is known of one hire, and what one rule would need beyond that."""

    def __init__(
        self, document: TariffDocument, ask: PriceAsk, tags: Mapping[str, bool], *, has_setup: bool
    ) -> None:
        bare = unassumed(document)
        self.facts = Facts(bare, ask, category=ask.category)
        if not has_setup:
            self.facts.put("setup_hours", None)
        self.slices: list[Slice] = slices_of(ask, document.boundaries)
        self.named = document.more.named_days
        self.tags = tags

    def of_entry(self, entry: Entry) -> Open:
        """What this rule needs; nothing where it cannot hold."""
        needs = self.of_when(entry.when)
        if needs is None:
            return {}
        for name in entry.numbers:
            if self.facts.get(name) is None and name not in ACTUALS:
                needs.setdefault(name, frozenset())
        for word in entry.during:
            needs.setdefault(_DURING[word], frozenset())
        return needs

    def of_when(self, when: When) -> Open | None:
        """None: it holds in no stretch of the hire. Empty: nothing is needed to know if it does."""
        if missing_for(when, self.slices, self.facts, self.named) is None:
            return None
        found: Open = {}
        for test in when.tests:
            needs = self._of_test(test)
            if needs is None:
                return None
            _merge(found, needs)
        return found

    def _of_test(self, test: Test) -> Open | None:
        if isinstance(test, AnyOf):
            return self._of_choices(test.choices)
        if isinstance(test, Not):
            inner = self.of_when(test.when)
            if inner is None:
                return {}
            return None if not inner and not test.when.is_by_slice() else inner
        if isinstance(test, OneOf | YesNo | InRange):
            return self._of_fact(test)
        return {}

    def _of_choices(self, choices: tuple[When, ...]) -> Open | None:
        """At least one must hold. One that surely does makes the others idle."""
        found: Open = {}
        is_possible = False
        for choice in choices:
            needs = self.of_when(choice)
            if needs is None:
                continue
            if not needs and not choice.is_by_slice():
                return {}
            is_possible = True
            _merge(found, needs)
        return found if is_possible else None

    def _of_fact(self, test: OneOf | YesNo | InRange) -> Open | None:
        if self.facts.get(test.fact) is not None or test.fact in ACTUALS:
            return {}
        if not isinstance(test, OneOf):
            return {test.fact: frozenset()}
        return self._of_tags(test) if test.fact == TAGS else {test.fact: test.words}

    def _of_tags(self, test: OneOf) -> Open | None:
        """Some of the tags may be answered for: they may settle the matter by themselves."""
        tags = {tag: self.tags.get(tag, False if is_later(tag) else None) for tag in test.words}
        left = frozenset(tag for tag, answer in tags.items() if answer is None)
        said = [answer for answer in tags.values() if answer is not None]
        if test.kind is Kind.ALL_WORDS:
            if not all(said):
                return None
        elif any(said):
            return {}
        elif not left:
            return None
        return {TAGS: left} if left else {}
