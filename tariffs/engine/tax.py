"""VAT: how each line is treated, and what is added or included."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from core.money import round_to_pence
from tariffs.engine.choose import Rivals
from tariffs.engine.closer import beats
from tariffs.engine.draft import Changed, Draft, Drafted
from tariffs.engine.questions import missing
from tariffs.engine.truth import missing_for
from tariffs.rules.terms import TaxRule, Treatment

Taxed = tuple[str, str, Decimal]
_WIDE = frozenset({"all"})
_KINDS = frozenset({"hire", "items", "fees", "staff"})


def tax(draft: Draft) -> None:
    """Mark every line, add a line for VAT that comes on top, and say how much VAT there is."""
    groups: dict[Taxed, list[Drafted]] = defaultdict(list)
    for line in draft.lines:
        rule = _rule_for(line, draft)
        if rule is None:
            continue
        line.vat, line.vat_rate, line.vat_rule = rule.treatment.value, rule.rate, rule.id
        if rule.treatment in (Treatment.INCLUSIVE, Treatment.EXCLUSIVE) and rule.rate:
            groups[rule.id, rule.treatment.value, rule.rate].append(line)
    for (rule_id, treatment, rate), lines in groups.items():
        if treatment == Treatment.EXCLUSIVE:
            vat = _rounded([line.now * rate / 100 for line in lines], draft)
            draft.changes.append(
                Changed("vat", rule_id, vat, tuple(lines), percent=rate, unit="percent")
            )
        else:
            vat = _rounded([line.now * rate / (100 + rate) for line in lines], draft)
        draft.vat += vat


def _rounded(amounts: list[Decimal], draft: Draft) -> Decimal:
    rounding = draft.document.rounding
    if draft.document.more.vat_rounding == "line":
        each = (round_to_pence(amount, rounding=rounding) for amount in amounts)
        return sum(each, Decimal("0.00"))
    return round_to_pence(sum(amounts, Decimal(0)), rounding=rounding)


def _rule_for(line: Drafted, draft: Draft) -> TaxRule | None:
    more = draft.document.more
    held: list[TaxRule] = []
    for rule in more.taxes:
        if not line.is_named(rule.on):
            continue
        unknown = missing_for(rule.when, line.stretch.slices, draft.facts, more.named_days)
        if unknown:
            draft.ask_about("lines", missing(unknown, rule.id))
        elif unknown is not None:
            held.append(rule)
    if not held:
        return None
    top = max(_level(rule) for rule in held)
    ranked = [rule for rule in held if _level(rule) == top]
    left = [
        rule
        for rule in ranked
        if not any(
            beats(other.when, rule.when, slice_=None, named=more.named_days)
            for other in ranked
            if other is not rule
        )
    ]
    if len(left) > 1:
        draft.ask_about("lines", Rivals(line.group[1], tuple(sorted(r.id for r in left))))
    return left[0]


def _level(rule: TaxRule) -> tuple[int, int, int]:
    """A rank first, then how closely the rule names the line, then whose rule it is."""
    words = set(rule.on)
    if words & _WIDE:
        return rule.rank, 0, rule.order
    return rule.rank, 1 if words & _KINDS else 2, rule.order
