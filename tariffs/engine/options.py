"""Several ways to price one hire: each is tried, and the tariff says which counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tariffs.engine.choose import Unpriced
from tariffs.engine.draft import Draft
from tariffs.engine.facts import Facts
from tariffs.engine.questions import Asked, missing
from tariffs.engine.slices import Slice
from tariffs.engine.truth import missing_for
from tariffs.rules.document import TariffDocument
from tariffs.rules.terms import By, ChooseRule

Way = Callable[[frozenset[str]], Draft]


def chosen_run(
    document: TariffDocument, slices: Sequence[Slice], facts: Facts, one_way: Way
) -> Draft:
    """The run by the options that count."""
    named = document.more.named_days
    active: list[ChooseRule] = []
    unknown: list[tuple[ChooseRule, frozenset[str]]] = []
    for rule in document.more.chooses:
        found = missing_for(rule.when, slices, facts, named)
        if found:
            unknown.append((rule, found))
        elif found is not None:
            active.append(rule)
    draft = _best_of(active, frozenset(), one_way)
    for rule, facts_missing in unknown:
        draft.ask_about("lines", missing(facts_missing, rule.id))
    return draft


def _best_of(chooses: Sequence[ChooseRule], left_out: frozenset[str], one_way: Way) -> Draft:
    if not chooses:
        return one_way(left_out)
    rule, rest = chooses[0], chooses[1:]
    tried: list[tuple[str, Draft]] = []
    for option in rule.options:
        others = frozenset(rule.options) - {option}
        draft = _best_of(rest, left_out | others, one_way)
        if _is_open(draft, option):
            tried.append((option, draft))
    if not tried:
        return _best_of(rest, left_out, one_way)
    unsure = [draft for _option, draft in tried if draft.open_questions]
    if unsure:
        return unsure[0]
    return _picked(rule, tried)


def _is_open(draft: Draft, option: str) -> bool:
    """Whether this way prices everything, and a rule of its own is in it."""
    if any(isinstance(question, Unpriced) for _kind, question in draft.open_questions):
        return False
    return bool(draft.open_questions) or any(option in line.rule.options for line in draft.lines)


def _picked(rule: ChooseRule, tried: Sequence[tuple[str, Draft]]) -> Draft:
    first = tried[0][1]
    totals = [draft.total for _option, draft in tried]
    if rule.by is By.CHEAPEST:
        return min((draft for _option, draft in tried), key=lambda draft: draft.total)
    if rule.by is By.DEAREST:
        return max((draft for _option, draft in tried), key=lambda draft: draft.total)
    is_open = (rule.by is By.ASK and len(set(totals)) > 1) or (
        rule.by is By.ASK_IF_LESS and min(totals) < totals[0]
    )
    if is_open:
        words = ", ".join(
            f"{option} {total}" for (option, _d), total in zip(tried, totals, strict=True)
        )
        question = Asked("ways_differ", (rule.id,), words=rule.question, detail={"ways": words})
        first.ask_about("lines", question)
    return first
