"""What the page of a draft shows: the form's boxes in tables, the rules behind them, a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from core import words
from tariffs.cards.naming import Names
from tariffs.cards.shape import Others, RateCard
from tariffs.cards.telling import told
from tariffs.cards.writing import written
from tariffs.engine import Priced
from tariffs.forms.card import CardForm
from tariffs.sheets.files import write_yaml
from tariffs.trying import Tried


def grid(form: CardForm, rules: Sequence[Any]) -> list[dict[str, Any]]:
    """One table for each lot of spaces: a line for each time, a box for each kind of hirer."""
    found = []
    for i, parts in enumerate(form.layout.sections):
        order = [j for _part, j in sorted((part, j) for j, part in enumerate(parts))]
        found.append(
            {
                "number": i,
                "label": form.section_label(i),
                "reach": form[f"s{i}-reach"],
                "spaces": form[f"s{i}-spaces"],
                "lines": [_line(form, i, j, parts[j]) for j in order],
                "is_new": i >= len(form.before.sections),
                "rules": rules[i] if i < len(rules) else None,
            }
        )
    return found


def _line(form: CardForm, i: int, j: int, part: int) -> dict[str, Any]:
    box = f"s{i}l{j}"
    return {
        "label": form.part_label(part),
        "cells": [form[f"{box}c{k}"] for k in range(form.layout.columns)],
        "rest": [form[f"{box}-{word}"] for word in ("unit", "least", "step")],
    }


def parts(form: CardForm) -> list[dict[str, Any]]:
    """The times of week, each with its boxes."""
    words_of = ("name", "days", "from", "until", "longer")
    found = []
    for n in range(form.layout.parts):
        boxes = [form[f"p{n}-{word}"] for word in words_of]
        is_open = n >= len(form.before.parts) or any(box.errors for box in boxes)
        found.append({"label": form.part_label(n), "boxes": boxes, "is_open": is_open})
    return found


def columns(form: CardForm) -> list[dict[str, Any]]:
    """Who pays which column."""
    return [
        {
            "label": form.column_label(n),
            "kinds": form[f"k{n}-kinds"],
            "is_new": n >= len(form.before.columns),
        }
        for n in range(form.layout.columns)
    ]


def rows(form: CardForm, word: str, count: int, boxes: Iterable[str]) -> list[list[BoundField]]:
    """The lines of a list of things, fees, deposits, discounts or steps."""
    return [[form[f"{word}{n}-{box}"] for box in boxes] for n in range(count)]


def behind(card: RateCard, others: Others, names: Names) -> list[dict[str, Any]]:
    """For each section its rules in words and as they stand in the file."""
    document, spots = written(card, others)
    by_name = {rule["id"]: rule for rule in document["rules"]}
    found: list[dict[str, Any]] = []
    for i in range(len(card.sections)):
        rules = [by_name[name] for spot, name in spots.items() if spot[0] == i]
        found.append({"told": [told(rule, names) for rule in rules], "yaml": write_yaml(rules)})
    return found


def kept(others: Others, names: Names) -> dict[str, Any]:
    """The rules that the grid does not show, in words and as they stand in the file."""
    rules = [dict(one.rule) for one in others.rules]
    return {
        "told": [told(rule, names) for rule in rules],
        "yaml": write_yaml(rules) if rules else "",
    }


def tried(result: Tried) -> list[dict[str, Any]]:
    """Both prices with their working."""
    title = _("By the rates as they are now")
    if result.is_estimate:
        title = _("By the rates as they are now (an estimate for that day)")
    return [_price(_("By this draft"), result.draft), _price(title, result.current)]


def _price(title: str, priced: Priced) -> dict[str, Any]:
    return {
        "title": title,
        "total": priced.total,
        "decisions": [one.words for one in priced.needs_decision],
        "lines": [
            {
                "words": line.what,
                "amount": line.amount,
                "note": " ".join(
                    one
                    for one in (
                        words.reckoning(line.quantity, line.unit, line.unit_price),
                        line.why,
                    )
                    if one
                ),
                "exact": line.kind == "vat",
            }
            for line in priced.lines
        ],
    }
