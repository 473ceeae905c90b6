"""What a list can be narrowed by, as links: each keeps the rest of the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.finder import Facet, FindResult, Option
from bookings.forms.find import FindForm

# The question of the form that each group answers; those with one answer replace it.
_FIELDS = {
    "kinds": "kind",
    "rooms": "room",
    "needs": "needs",
    "marks": "has",
    "layout": "layout",
    "price": "price",
    "ask_price": "ask",
}
_ONE_ANSWER = {"layout", "price", "ask"}
# In the order in which people are asked.
_ORDER = ("needs", "marks", "kinds", "rooms", "layout", "price")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: `href` is empty where nothing would remain."""

    words: str
    count: int
    href: str
    is_chosen: bool

    @property
    def places(self) -> str:
        return ngettext("place", "places", self.count)


def chosen(form: FindForm, asked: QueryDict) -> list[dict[str, str]]:
    """Everything that the list is narrowed by, with the search without it."""
    found: list[dict[str, str]] = []
    for name in (*(_FIELDS[slug] for slug in _ORDER), "ask"):
        labels = _labels(form, name)
        found += [
            {"words": labels[value], "href": f"?{_changed(asked, name, value, add=False)}"}
            for value in dict.fromkeys(asked.getlist(name))
            if value in labels
        ]
    return found


def groups(form: FindForm, result: FindResult, asked: QueryDict) -> list[dict[str, Any]]:
    """The groups of choices that say anything, with how many places each choice would leave."""
    by_slug = {facet.slug: facet for facet in result.facets}
    found = []
    for slug in _ORDER:
        name = _FIELDS[slug]
        choices = _choices(form, by_slug[slug], name, asked)
        if slug == "price":
            choices += _choices(form, by_slug["ask_price"], "ask", asked) if choices else []
        if choices:
            found.append({"slug": slug, "legend": _legend(slug, form, result), "choices": choices})
    return found


def _legend(slug: str, form: FindForm, result: FindResult) -> str:
    if slug == "layout" and result.query.people:
        return _("%(n)d people, sitting or standing") % {"n": result.query.people}
    return str(form.fields[_FIELDS[slug]].label)


def _choices(form: FindForm, facet: Facet, name: str, asked: QueryDict) -> list[Choice]:
    """Needs and marks are always told; of kinds only those that there are."""
    labels = _labels(form, name)
    return [
        _choice(option, labels[option.value], name, asked)
        for option in facet.options
        if option.count or option.is_chosen or (facet.slug == "needs" and facet.options)
    ]


def _choice(option: Option, words: str, name: str, asked: QueryDict) -> Choice:
    query = _changed(asked, name, option.value, add=not option.is_chosen)
    is_way_on = option.count or option.is_chosen
    return Choice(words, option.count, f"?{query}" if is_way_on else "", option.is_chosen)


def _labels(form: FindForm, name: str) -> dict[str, str]:
    field = cast("Any", form.fields[name])
    if not hasattr(field, "choices"):
        return {"on": str(field.label)}
    return {str(value): str(label) for value, label in field.choices if value != ""}


def _changed(asked: QueryDict, name: str, value: str, *, add: bool) -> str:
    """The search with one answer more or less, from its first page."""
    left_out = {"page", name} | ({"ask"} if name == "price" and not add else set())
    kept = {key: values for key, values in asked.lists() if key not in left_out}
    values = [] if name in _ONE_ANSWER else [one for one in asked.getlist(name) if one != value]
    return urlencode({**kept, name: [*values, value] if add else values}, doseq=True)
