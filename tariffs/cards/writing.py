"""From a card, and what it does not show, to a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tariffs.cards.shape import (
    BLOCK,
    LAST,
    Behind,
    Cell,
    Column,
    Deposit,
    Discount,
    Fee,
    Item,
    Ladder,
    Line,
    Others,
    Part,
    RateCard,
    Section,
)
from tariffs.rules.names import short

Placed = tuple[tuple[int, int], dict[str, Any]]
_LONGEST = 80


def document_of(card: RateCard, others: Others) -> dict[str, Any]:
    """Each rule where it stood, new ones at the end; a new one gets a name of its own."""
    return written(card, others)[0]


def written(card: RateCard, others: Others) -> tuple[dict[str, Any], dict[tuple[int, ...], str]]:
    """The document, and the name of the rule of each cell by (section, line, column)."""
    writer = _Writer(card, others)
    placed = [
        *((kept.place, dict(kept.rule)) for kept in others.rules),
        *writer.grid(),
        *writer.rest(),
    ]
    placed.sort(key=lambda one: one[0])
    document = _above(card, others)
    document["rules"] = [rule for _place, rule in placed]
    return document, writer.spots


class _Writer:
    """Gives names, and remembers which cell got which."""

    def __init__(self, card: RateCard, others: Others) -> None:
        self.card = card
        self.used = set(others.names()) | {behind.id for _box, behind in card.behinds()}
        self.taken: set[str] = set(others.names())
        self.spots: dict[tuple[int, ...], str] = {}

    def grid(self) -> Iterator[Placed]:
        for i, section in enumerate(self.card.sections):
            for j, line in enumerate(section.lines):
                for k, cell in enumerate(line.cells):
                    if cell.amount:
                        rule = self._rate(section, line, self.card.columns[k], cell)
                        self.spots[i, j, k] = rule["id"]
                        yield cell.behind.place, rule

    def rest(self) -> Iterator[Placed]:
        for item in self.card.items:
            yield item.behind.place, self._item(item)
        for fee in self.card.fees:
            yield fee.behind.place, self._fee(fee)
        for discount in self.card.discounts:
            yield discount.behind.place, self._discount(discount)
        for deposit in self.card.deposits:
            yield deposit.behind.place, self._deposit(deposit)
        if self.card.ladder:
            yield self.card.ladder.behind.place, self._cancel(self.card.ladder)

    def _rate(self, section: Section, line: Line, column: Column, cell: Cell) -> dict[str, Any]:
        part = self.card.parts[line.part] if line.part is not None else Part()
        when = _when(column, part)
        words = (*section.names[:2], *column.kinds[:2], part.name or "-".join(part.days[:1]))
        quantity = {"unit": line.unit}
        if line.least:
            quantity["min"] = line.least
        if line.step:
            quantity["step"] = line.step
        target = {section.reach: list(section.names)}
        if section.reach == "any":
            target = {"spaces": ["any"]}
        return {
            "id": self._name(cell.behind, *(words or ("all",))),
            **cell.behind.more,
            "target": target,
            **({"when": when} if when else {}),
            "quantity": quantity,
            "amount": cell.amount,
        }

    def _item(self, item: Item) -> dict[str, Any]:
        return {
            "id": self._name(item.behind, "item", *item.names[:2]),
            **item.behind.more,
            "target": {"items": list(item.names)},
            "quantity": {"unit": item.unit},
            "amount": item.amount,
        }

    def _fee(self, fee: Fee) -> dict[str, Any]:
        return {
            "id": self._name(fee.behind, "fee", fee.name),
            **fee.behind.more,
            "target": {fee.word: fee.name},
            "quantity": {"unit": fee.unit},
            "amount": fee.amount,
        }

    def _discount(self, discount: Discount) -> dict[str, Any]:
        when: dict[str, Any] = {discount.who: True}
        if discount.who == BLOCK:
            when = {"series": f">= {discount.least}"}
        return {
            "id": self._name(discount.behind, "discount", discount.who, discount.least),
            "kind": "adjust",
            **discount.behind.more,
            "when": when,
            "percent": f"-{discount.percent}",
        }

    def _deposit(self, deposit: Deposit) -> dict[str, Any]:
        return {
            "id": self._name(deposit.behind, "deposit", deposit.name),
            "kind": "deposit",
            **deposit.behind.more,
            **({"name": deposit.name} if deposit.name else {}),
            "amount": deposit.amount,
        }

    def _cancel(self, ladder: Ladder) -> dict[str, Any]:
        steps, above = [], 0
        for step in ladder.steps:
            notice = f">= {step.days}" + (f" < {above}" if above else "")
            steps.append({"notice": notice if step.days else f"< {above}", "charge": step.charge})
            above = step.days
        return {
            "id": self._name(ladder.behind, "cancelling"),
            "kind": "cancel",
            **ladder.behind.more,
            "steps": steps,
        }

    def _name(self, behind: Behind, *words: str) -> str:
        """The name it had, or a new one that nobody else has."""
        if behind.id and behind.id not in self.taken:
            self.taken.add(behind.id)
            return behind.id
        made = short("-".join(word for word in words if word)).replace("_", "-") or "rate"
        plain = made.strip("-")[: _LONGEST - 5].rstrip("-") or "rate"
        name, n = plain, 2
        while name in self.used or name in self.taken:
            name, n = f"{plain}-{n}", n + 1
        self.taken.add(name)
        return name


def _when(column: Column, part: Part) -> dict[str, Any]:
    when: dict[str, Any] = {"category": list(column.kinds)} if column.kinds else {}
    if part.name:
        return {**when, "daypart": part.name}
    if part.days:
        when["day"] = list(part.days)
    if part.start:
        when |= {"from": part.start, "until": part.end}
    if part.longer:
        when["hours"] = f"> {part.longer}"
    return when


def _above(card: RateCard, others: Others) -> dict[str, Any]:
    """What stands above the rules, with the parts of the week and what the card says there."""
    document = dict(others.rest)
    named = {part.name: _daypart(part) for part in card.parts if part.name}
    if named:
        document["dayparts"] = named
    if card.stacking:
        document["stacking"] = card.stacking
    before = document.get("list_category", "" if "categories" in document else "commercial")
    if card.full_price != short(before):
        if card.full_price:
            document["list_category"] = card.full_price
        else:
            document.pop("list_category", None)
            document.setdefault("categories", {})
    assumed = {
        discount.who: False
        for discount in card.discounts
        if discount.who != BLOCK and discount.behind.place == LAST
    }
    if assumed:
        document["unless_told"] = {**assumed, **document.get("unless_told", {})}
    return document


def _daypart(part: Part) -> dict[str, Any]:
    said: dict[str, Any] = {"from": part.start or "00:00", "until": part.end or "24:00"}
    return {**said, "day": list(part.days)} if part.days else said
