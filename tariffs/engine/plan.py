"""What of a document can be worked out before any hire is asked about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tariffs.engine.choose import Found
from tariffs.rules.conditions import During
from tariffs.rules.document import TariffDocument
from tariffs.rules.shape import RateRule, Unit

_MOST_KEPT = 20_000


@dataclass(slots=True)
class Plan:
    """The rates of a document by what they price; coverings already found are kept."""

    spaces: list[RateRule] = field(default_factory=list)
    items: list[RateRule] = field(default_factory=list)
    fees: dict[str, list[RateRule]] = field(default_factory=dict)
    shares: list[RateRule] = field(default_factory=list)
    tells_setup_apart: bool = False
    is_plain: bool = True
    covers: dict[object, list[Found]] = field(default_factory=dict)

    def keep(self, key: object, found: list[Found]) -> list[Found]:
        """Remember a covering; the memory is emptied before it grows large."""
        if len(self.covers) > _MOST_KEPT:
            self.covers.clear()
        self.covers[key] = found
        return found


def plan_of(document: TariffDocument) -> Plan:
    """The plan of a document, made once."""
    made = document.worked_out.get("plan")
    if isinstance(made, Plan):
        return made
    plan = Plan()
    fees: dict[str, list[RateRule]] = defaultdict(list)
    for rule in document.rules:
        if rule.target.is_fee and rule.quantity.unit is Unit.POUND:
            plan.shares.append(rule)
        elif rule.target.is_fee:
            fees[next(iter(rule.target.names))].append(rule)
        elif rule.target.is_item:
            plan.items.append(rule)
        else:
            plan.spaces.append(rule)
    plan.fees = dict(fees)
    more = document.more
    plan.tells_setup_apart = any(
        isinstance(test, During) for adjust in more.adjusts for test in adjust.when.tests
    )
    plan.is_plain = not (
        fees or plan.shares or more.adjusts or more.bounds or more.taxes or more.chooses
    )
    document.worked_out["plan"] = plan
    return plan
