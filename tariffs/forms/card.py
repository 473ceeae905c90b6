"""The form of a rate card: one box for each figure, as many as its layout says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.forms import TimeText
from tariffs.cards.naming import DAYS, UNITS, Names, part_words
from tariffs.cards.shape import (
    BLOCK,
    FEE_UNITS,
    ITEM_UNITS,
    LINE_UNITS,
    REGULAR,
    RESIDENT,
    Behind,
    Others,
    RateCard,
)
from tariffs.forms.boxes import initial_of
from tariffs.forms.fields import Charge, Figure, Pounds
from tariffs.forms.gather import Gatherer
from tariffs.forms.layout import Layout

EVERYBODY = "*"
_ROW = re.compile(r"(?:item|fee|deposit|discount|step)([0-9]+)-")
_NAME_LENGTH = 60


class CardForm(forms.Form):
    """Gives a `RateCard`. `names` has the venue's spaces and things, and all kinds of hirer."""

    mark_optional = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        card: RateCard,
        others: Others,
        layout: Layout,
        names: Names,
        revision: int,
    ) -> None:
        initial = {} if data is not None else initial_of(card)
        super().__init__(data, initial=initial, auto_id="id_%s")
        self.before, self.layout, self.names = card, layout, names
        self.others = others
        self.fields["layout"] = forms.CharField(widget=forms.HiddenInput, initial=layout.said())
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=revision)
        self._add_parts()
        self._add_columns()
        self._add_sections()
        self._add_rows()
        self._add_rest()

    def card(self, behind: Mapping[str, Behind]) -> RateCard:
        """What the form says, each figure with the rule of the draft that it came from.

        Only when the form is valid.
        """
        return Gatherer(self, behind).card()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        Gatherer(self, {}).complain()
        return cleaned

    def part_label(self, number: int) -> str:
        """What a part of the week is called now; a new one by its number."""
        if number < 0:
            return _("Any other time")
        if number < len(self.before.parts):
            return part_words(self.before.parts[number])
        return _("New time %(n)d") % {"n": number + 1}

    def column_label(self, number: int) -> str:
        """Who pays the prices of a column."""
        if number < len(self.before.columns):
            return self.names.who(self.before.columns[number].kinds)
        return _("New group %(n)d") % {"n": number + 1}

    def section_label(self, number: int) -> str:
        """Which spaces the prices of a section are for."""
        if number < len(self.before.sections):
            return self.names.section(self.before.sections[number])
        return _("New spaces %(n)d") % {"n": number + 1}

    def _add_parts(self) -> None:
        for n in range(self.layout.parts):
            label = self.part_label(n)
            self.fields[f"p{n}-name"] = forms.CharField(
                label=_("Name"), max_length=_NAME_LENGTH, required=False,
                widget=_text(_("%(part)s: name") % {"part": label}, 20),
            )  # fmt: skip
            self.fields[f"p{n}-days"] = forms.MultipleChoiceField(
                label=_("Days"), choices=[(day, str(said)) for day, said in DAYS.items()],
                required=False, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields[f"p{n}-from"] = TimeText(label=_("From"), required=False)
            self.fields[f"p{n}-until"] = TimeText(label=_("Until"), required=False)
            self.fields[f"p{n}-longer"] = Figure(
                label=_("Only hires longer than this many hours"), most=999
            )

    def _add_columns(self) -> None:
        choices = [(EVERYBODY, _("Everybody else")), *self.names.kinds.items()]
        for n in range(self.layout.columns):
            self.fields[f"k{n}-kinds"] = forms.MultipleChoiceField(
                label=_("Who pays these prices"), choices=choices, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def _add_sections(self) -> None:
        for i, parts in enumerate(self.layout.sections):
            label = self.section_label(i)
            self.fields[f"s{i}-reach"] = forms.ChoiceField(
                label=_("How they are hired"),
                choices=[
                    ("each", _("Each by itself, at these prices")),
                    ("spaces", _("All together, at these prices")),
                    ("any", _("Any space by itself, also new ones")),
                ],
            )
            self.fields[f"s{i}-spaces"] = forms.MultipleChoiceField(
                label=_("Spaces"), choices=self._spaces(i), required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("The venue has no “%(value)s”")},
            )  # fmt: skip
            for j, part in enumerate(parts):
                self._add_line(f"s{i}l{j}", f"{label}, {self.part_label(part)}")

    def _add_line(self, box: str, label: str) -> None:
        for k in range(self.layout.columns):
            said = _("%(line)s, %(who)s: pounds") % {"line": label, "who": self.column_label(k)}
            self.fields[f"{box}c{k}"] = _spoken(Pounds(may_ask=True, label=said), said)
        said = _("%(line)s: charged by") % {"line": label}
        self.fields[f"{box}-unit"] = _spoken(
            forms.ChoiceField(label=said, choices=_units(LINE_UNITS)), said
        )
        for word, phrase in (
            ("least", _("%(line)s: at least how many")),
            ("step", _("%(line)s: in steps of")),
        ):
            said = phrase % {"line": label}
            self.fields[f"{box}-{word}"] = _spoken(Figure(most=744, width=3, label=said), said)

    def _add_rows(self) -> None:
        for n in range(self.layout.items):
            self.fields[f"item{n}-names"] = forms.ChoiceField(
                label=_("What is lent"), choices=self._items(n), required=False
            )
            self._add_price(f"item{n}", ITEM_UNITS)
        for n in range(self.layout.fees):
            self.fields[f"fee{n}-name"] = _name(_("What the fee is for"))
            self._add_price(f"fee{n}", FEE_UNITS)
        for n in range(self.layout.deposits):
            self.fields[f"deposit{n}-name"] = _name(_("What the deposit is for"))
            self.fields[f"deposit{n}-amount"] = Pounds(label=_("Pounds"))
        for n in range(self.layout.discounts):
            self.fields[f"discount{n}-who"] = forms.ChoiceField(
                label=_("Who pays less"), required=False,
                choices=[("", ""), (REGULAR, _("Regular hirers")), (RESIDENT, _("Residents")),
                         (BLOCK, _("Who books several dates at once"))],
            )  # fmt: skip
            self.fields[f"discount{n}-percent"] = Figure(most=100, label=_("Percent off"))
            self.fields[f"discount{n}-least"] = Figure(most=999, label=_("At least how many dates"))
        for n in range(self.layout.steps):
            self.fields[f"step{n}-days"] = Figure(most=999, label=_("Days before, at least"))
            self.fields[f"step{n}-charge"] = Charge(label=_("They still pay"))
        self._number_rows()

    def _number_rows(self) -> None:
        """In a table a box stands alone, so its name says in which line."""
        for name, field in self.fields.items():
            found = _ROW.match(name)
            if found:
                said = {"what": field.label, "n": int(found[1]) + 1}
                _spoken(field, _("%(what)s, line %(n)d") % said)

    def _add_price(self, box: str, units: Sequence[str]) -> None:
        self.fields[f"{box}-amount"] = Pounds(label=_("Pounds"))
        self.fields[f"{box}-unit"] = forms.ChoiceField(label=_("Charged"), choices=_units(units))

    def _add_rest(self) -> None:
        held = self.before.full_price
        own = [] if not held or held in self.names.kinds else [(held, self.names.who([held]))]
        self.fields["full_price"] = forms.ChoiceField(
            label=_("Whose price is the full price"),
            help_text=_("Everybody sees their own price beside it."),
            choices=[
                ("", _("Nobody’s: the price before discounts")),
                *self.names.kinds.items(),
                *own,
            ],
            required=False,
        )
        self.fields["stacking"] = forms.ChoiceField(
            label=_("If two discounts hold"), required=False,
            choices=[("", _("Not said")), ("best", _("The larger one counts")),
                     ("add", _("They are added up")),
                     ("compound", _("One is taken off after the other")),
                     ("ask", _("People are told to ask you"))],
        )  # fmt: skip

    def _spaces(self, number: int) -> list[tuple[str, str]]:
        known = list(self.names.spaces.items())
        held: tuple[str, ...] = ()
        if number < len(self.before.sections):
            held = self.before.sections[number].names
        slugs = {slug for slug, _label in known}
        return known + [(name, self.names.space(name)) for name in held if name not in slugs]

    def _items(self, number: int) -> list[tuple[str, str]]:
        choices = [("", ""), *self.names.items.items(), ("any", self.names.item("any"))]
        if number < len(self.before.items):
            held = self.before.items[number].names
            value = ",".join(held)
            if value not in dict(choices):
                choices.append((value, ", ".join(map(self.names.item, held))))
        return choices


def _units(units: Sequence[str]) -> list[tuple[str, str]]:
    return [(unit, str(UNITS[unit])) for unit in units]


def _text(label: str, width: int) -> forms.TextInput:
    css = f"govuk-input--width-{width}"
    return forms.TextInput(attrs={"class": css, "autocomplete": "off", "aria-label": label})


def _name(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=_NAME_LENGTH, required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )  # fmt: skip


def _spoken(field: forms.Field, label: str) -> forms.Field:
    """A box in a table: its whole name is said, since it stands alone in its cell."""
    field.widget.attrs["aria-label"] = label
    return field
