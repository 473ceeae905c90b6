"""Fees that are a share of other lines, or of takings: insurance, premium tax, a cut of sales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from tariffs.engine.bounds import BEFORE_ADJUST, bind
from tariffs.engine.choose import Candidate, Chosen, Unpriced, best
from tariffs.engine.draft import Draft, Drafted
from tariffs.engine.hours import Stretch
from tariffs.engine.numbers import number
from tariffs.engine.plan import Plan
from tariffs.engine.quantity import counted
from tariffs.engine.questions import Stop
from tariffs.engine.truth import missing_for
from tariffs.rules.shape import RateRule
from tariffs.rules.words import NUMBERS

LINE_WORDS = frozenset({"hire", "items", "fees", "staff", "all"})


def in_order(rules: Sequence[RateRule]) -> list[RateRule]:
    """Each after those it is a share of. Rules in a loop are left out; `check` refuses them."""
    left = list(rules)
    ordered: list[RateRule] = []
    while left:
        waiting = {name for rule in left for name in (rule.id, *rule.target.names)}
        ready = [rule for rule in left if waiting.isdisjoint(rule.quantity.of)]
        if not ready:
            return ordered
        ordered += ready
        left = [rule for rule in left if rule not in ready]
    return ordered


def add_shares(draft: Draft, plan: Plan, left_out: frozenset[str]) -> None:
    """A line for each such fee, in the order in which they lean on each other."""
    named = draft.document.more.named_days
    groups: dict[frozenset[str], list[RateRule]] = defaultdict(list)
    for rule in in_order(plan.shares):
        if not (left_out and rule.options and rule.options <= left_out):
            groups[rule.target.names].append(rule)
    for names, rules in groups.items():
        candidates = [
            Candidate(rule, missing)
            for rule in rules
            if (missing := missing_for(rule.when, draft.slices, draft.facts, named)) is not None
        ]
        found = best(names, candidates, slice_=None)
        if isinstance(found, Chosen):
            _add(found.rule, draft)
        elif not isinstance(found, Unpriced):
            draft.ask_about("fees", found)


def _add(rule: RateRule, draft: Draft) -> None:
    stretch = Stretch(rule, list(draft.slices))
    try:
        base = sum((_base(word, rule, draft) for word in rule.quantity.of), Decimal(0))
        found = counted(rule, stretch, draft.facts, base=base)
    except Stop as stop:
        draft.ask_about("fees", stop.question)
        return
    draft.add(
        Drafted(
            group=("fees", rule.target.names),
            rule=rule,
            quantity=found.quantity,
            unit_price=found.unit_price,
            exact=found.exact,
            amount=Decimal(0),
            stretch=stretch,
            told_apart=(stretch,),
        )
    )
    bind(draft, BEFORE_ADJUST, only={rule.id})


def _base(word: str, rule: RateRule, draft: Draft) -> Decimal:
    plain = word.replace("-", "_")
    own_facts = {fact.name.replace("-", "_") for fact in draft.document.more.facts}
    if word not in (*LINE_WORDS, "total") and (plain in NUMBERS or plain in own_facts):
        return number(word, draft.facts, rule=rule.id)
    return draft.now(("all",) if word == "total" else (word,))
