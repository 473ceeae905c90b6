"""Lines for spaces, items and fees: for each stretch the rule that holds, then how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tariffs.engine.ask import AskedItem
from tariffs.engine.choose import Candidate, Chosen, Found, Names, Rivals, Unknown, best, cover
from tariffs.engine.draft import Draft, Drafted
from tariffs.engine.fits import missing_for_fit
from tariffs.engine.hours import Stretch, raise_to_minimum
from tariffs.engine.plan import Plan
from tariffs.engine.quantity import counted
from tariffs.engine.questions import Stop
from tariffs.engine.slices import Slice
from tariffs.engine.standing import add_overage
from tariffs.engine.truth import Missing, missing_for_hire, missing_for_slice
from tariffs.rules.shape import RateRule, Reach, Unit

Held = tuple[RateRule, Missing]
_WHOLE = (Unit.HOUR,)


def price_all(draft: Draft, plan: Plan, left_out: frozenset[str]) -> None:
    """Add every line that does not depend on other lines."""
    spaces = _for_hire(plan.spaces, draft, left_out)
    asked = frozenset(space.slug for space in draft.ask.spaces)
    if asked:
        _price_spaces(spaces, asked, draft, plan, left_out)
    items = _for_hire(plan.items, draft, left_out) if draft.ask.items else []
    for item in draft.ask.items:
        _price_item(items, item, draft)
    for name, rules in plan.fees.items():
        _price_fee(name, _for_hire(rules, draft, left_out), draft, is_hired=bool(asked))


def _for_hire(rules: Sequence[RateRule], draft: Draft, left_out: frozenset[str]) -> list[Held]:
    """The rules that may hold somewhere in this hire, with what is unknown of each."""
    held: list[Held] = []
    for rule in rules:
        if left_out and rule.options and rule.options <= left_out:
            continue
        missing = missing_for_hire(rule.when, draft.facts)
        if missing is not None:
            held.append((rule, missing))
    return held


def _candidates(held: Sequence[Held], slice_: Slice, draft: Draft) -> list[Candidate]:
    named = draft.document.more.named_days
    found: list[Candidate] = []
    for rule, missing in held:
        if not rule.is_by_slice:
            found.append(Candidate(rule, missing))
            continue
        here = missing_for_slice(rule.when, slice_, draft.facts, named)
        if here is not None and rule.quantity.fit is not None:
            fits = missing_for_fit(rule, slice_, draft)
            here = None if fits is None else here | fits
        if here is not None:
            found.append(Candidate(rule, missing | here))
    return found


def _price_spaces(
    held: Sequence[Held], asked: Names, draft: Draft, plan: Plan, left_out: frozenset[str]
) -> None:
    named = draft.document.more.named_days
    chains: dict[Names, dict[object, Stretch]] = {}
    for slice_ in draft.slices:
        candidates = _candidates(held, slice_, draft)
        key = (
            asked,
            slice_.day,
            tuple((id(one.rule), one.missing) for one in candidates),
        )
        found = plan.covers.get(key)
        if found is None:
            found = plan.keep(key, cover(candidates, slice_=slice_, asked=asked, named=named))
        for part in found:
            if isinstance(part, Chosen):
                _extend(chains.setdefault(part.names, {}), part.rule, slice_, plan)
            else:
                draft.ask_about("spaces", part)
    order = {space.slug: n for n, space in enumerate(draft.ask.spaces)}
    counts = {space.slug: space.count for space in draft.ask.spaces}
    for names in sorted(chains, key=lambda names: sorted(order[name] for name in names)):
        how_many = max(counts[name] for name in names) if len(names) == 1 else 1
        rooms = sum(counts[name] for name in names)
        _price_chain(chains[names], ("spaces", names), draft, how_many=how_many, rooms=rooms)


def _extend(chain: dict[object, Stretch], rule: RateRule, slice_: Slice, plan: Plan) -> None:
    apart = plan.tells_setup_apart and rule.quantity.unit is Unit.HOUR
    key = (id(rule), slice_.during if apart else "")
    stretch = chain.get(key)
    if stretch is None:
        stretch = chain[key] = Stretch(rule)
    stretch.slices.append(slice_)


def _price_chain(
    chain: dict[object, Stretch],
    group: tuple[str, Names],
    draft: Draft,
    *,
    how_many: int = 1,
    rooms: int = 1,
) -> None:
    stretches = list(chain.values())
    if len(stretches) > 1 and stretches[0].slices[0].starts is not None:
        stretches.sort(key=lambda s: (s.slices[0].starts, s.rule.id))
    raise_to_minimum(stretches)
    hourly = [s for s in stretches if s.rule.quantity.unit is Unit.HOUR]
    for stretch in stretches:
        whole = sum((one.hours for one in hourly if one.during == stretch.during), Decimal(0))
        bands = stretch.rule.bands
        many = rooms if bands is not None and bands.by == "rooms" else how_many
        _add(draft, stretch, group, tuple(stretches), how_many=Decimal(many), of_chain=whole)


def _add(
    draft: Draft,
    stretch: Stretch,
    group: tuple[str, Names],
    told_apart: tuple[Stretch, ...],
    *,
    how_many: Decimal = Decimal(1),
    of_chain: Decimal = Decimal(0),
    item: AskedItem | None = None,
) -> None:
    rule = stretch.rule
    try:
        found = counted(rule, stretch, draft.facts, how_many=how_many, of_chain=of_chain)
    except Stop as stop:
        draft.ask_about(group[0], stop.question)
        return
    if rule.quantity.unit is Unit.SERIES and not found.quantity:
        return
    if rule.target.is_fee and rule.quantity.unit is Unit.MEASURE and not found.quantity:
        return
    draft.add(
        Drafted(
            group=group,
            rule=rule,
            quantity=found.quantity,
            unit_price=found.unit_price,
            exact=found.exact,
            amount=Decimal(0),
            stretch=stretch,
            told_apart=told_apart,
            item=item,
        )
    )
    if rule.overage is not None:
        add_overage(draft, draft.lines[-1])


def _price_item(held: Sequence[Held], item: AskedItem, draft: Draft) -> None:
    """By the rule that holds as the hire begins."""
    names = frozenset({item.slug})
    meant = [
        (rule, missing)
        for rule, missing in held
        if rule.target.reach is Reach.ANY or item.slug in rule.target.names
    ]
    slice_ = next((s for s in draft.slices if s.during == "use"), draft.slices[0])
    named = draft.document.more.named_days
    found = best(names, _candidates(meant, slice_, draft), slice_=slice_, named=named)
    if not isinstance(found, Chosen):
        draft.ask_about("items", found)
        return
    stretch = Stretch(found.rule, [s for s in draft.slices if s.during == "use"])
    raise_to_minimum([stretch])
    _add(draft, stretch, ("items", names), (stretch,), how_many=Decimal(item.quantity), item=item)


def _price_fee(name: str, held: Sequence[Held], draft: Draft, *, is_hired: bool) -> None:
    """A fee is charged for a hire of a space, or for what was measured after the event."""
    named = draft.document.more.named_days
    names = frozenset({name})
    chain: dict[object, Stretch] = {}
    if not is_hired:
        held = [one for one in held if one[0].quantity.unit is Unit.MEASURE]
    if not held:
        return
    for slice_ in draft.slices:
        found: Found = best(names, _candidates(held, slice_, draft), slice_=slice_, named=named)
        if isinstance(found, Chosen):
            stretch = chain.setdefault(id(found.rule), Stretch(found.rule))
            stretch.slices.append(slice_)
        elif isinstance(found, Unknown | Rivals):
            draft.ask_about("fees", found)
    if chain:
        _price_chain(chain, ("fees", names), draft)
