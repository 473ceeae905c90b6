"""Whoever is nine can read why a quote costs what it costs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import HirerCategory
from demo.builders.rates import rate_document
from demo.builders.world import BuiltSpace, BuiltVenue
from demo.content.venues import VENUES
from spaces.models import Space, Venue
from tariffs.sheets.answers import answer_of
from tariffs.sheets.quote import quote
from tests.tariffs.reading import ease, grade, is_plain, text_of, without_names
from tests.tariffs.replaying import REPLAYS, answered
from tests.tariffs.test_sheets import NAMES, requests_of, sheet_of

HIREABLE = [venue for venue in VENUES if venue.mode != "not_for_hire"]
# Real sentences of real charge sheets, of the kind that made people ask what they meant.
HARD = (
    "Supplementary charges are applicable proportionately to organisations whose registration "
    "is pending.",
    "This reduction is calculated cumulatively on anticipated annual utilisation.",
)


def measured(answer: dict[str, Any], request: dict[str, Any]) -> str:
    """The quote's own words."""
    names = [line["what"] for line in answer["lines"]]
    names += request.get("spaces", [])
    names += [one["item"] for one in request.get("items") or []]
    return without_names(text_of(answer), names)


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_of_nine_can_say_why_a_real_sheet_costs_what_it_does(name: str) -> None:
    for requests in requests_of(name).values():
        for request in filter(None, requests):
            answer = answer_of(quote(sheet_of(name), request))
            text = measured(answer, request)
            assert is_plain(text), (text, grade(text), ease(text))
            assert all(line["why"] for line in answer["lines"])


@pytest.mark.parametrize("file", sorted(REPLAYS.glob("more-*.json")), ids=lambda file: file.stem)
def test_and_why_any_other_does(file: Path) -> None:
    kept = json.loads(file.read_bytes())
    for one in kept["quotes"]:
        text = measured(answered(kept["documents"], one["request"]), one["request"])
        assert is_plain(text), (text, grade(text), ease(text))


@pytest.mark.parametrize("spec", HIREABLE, ids=lambda spec: spec.name)
def test_and_why_the_demo_does(spec: Any) -> None:
    venue = BuiltVenue(Venue(name=spec.name), spec)
    for number, space in enumerate(spec.spaces):
        row = Space(name=space.name, slug=f"space-{number}")
        venue.spaces[space.name] = BuiltSpace(row, space, venue)
    document = rate_document(venue, years_ago=0)
    for day in (date(2027, 1, 12), date(2027, 1, 16), date(2027, 5, 3)):
        for category in HirerCategory.values:
            request = {
                "date": day.isoformat(),
                "start": "17:30",
                "end": "18:45",
                "spaces": ["space-0"],
                "hirer": {"category": category},
            }
            text = measured(answered([document], request), request)
            assert is_plain(text), (text, grade(text), ease(text))


@pytest.mark.parametrize("text", HARD)
def test_hard_words_do_not_pass(text: str) -> None:
    assert not is_plain(text)
    assert not is_plain(f"This is the price for “Hall” on Sunday. {text}")


def test_only_names_and_figures_are_left_out() -> None:
    text = "This is the price for “Registered charity” on Wednesday from 5:30pm, £12.50 in all."

    assert without_names(text) == "This is the price for “Hall” on Sunday from ten, ten in all."
    assert without_names("Main Hall is supplementary.", ["Main Hall"]) == "Hall is supplementary."
