"""What a person reads in the components."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string

from tests.look.sheet import ROOT

KINDS = [
    "community_centre",
    "place_of_worship",
    "library",
    "school",
    "park",
    "allotment",
    "play_street",
    "studio",
    "gallery",
    "cafe",
    "pub",
    "leisure_centre",
    "youth_centre",
    "heritage_site",
    "shop_unit",
    "office_hub",
    "market_square",
    "digital",
]


def drawn(name: str, **context: object) -> str:
    return " ".join(render_to_string(f"components/{name}.html", context).split())


def test_an_unknown_fact_is_not_checked_yet_and_never_no() -> None:
    page = drawn("fact", answer="unknown", words="Hearing loop", ask_href="/ask")
    assert "not checked yet" in page
    assert "Ask them to check" in page
    assert "No:" not in page


def test_a_fact_says_who_checked_it_and_when() -> None:
    page = drawn(
        "fact",
        answer="yes",
        words="Hearing loop",
        source="Deaf Northmere",
        checked_on=date(2026, 9, 3),
    )
    assert "Checked 3 September 2026 by Deaf Northmere" in page


def test_a_state_is_a_word_with_a_colour_and_a_pattern() -> None:
    page = drawn("tag", state="busy", word="Booked")
    assert "Booked" in page
    assert "oh-tag--busy" in page
    assert 'oh-state--busy" aria-hidden="true"' in page


def test_nothing_to_pay_is_free_but_vat_stays_exact() -> None:
    page = drawn(
        "price",
        lines=[
            {"words": "Set-up", "amount": Decimal(0)},
            {"words": "VAT", "amount": Decimal(0), "exact": True},
        ],
        total=Decimal("42"),
        total_words="A date",
    )
    assert "<dd>Free</dd>" in page
    assert "<dd>£0.00</dd>" in page
    assert "<dd>£42.00</dd>" in page


def test_a_change_link_says_what_it_changes() -> None:
    page = drawn("summary_list", rows=[{"key": "When", "value": "Today", "change_href": "/x"}])
    assert 'Change<span class="govuk-visually-hidden"> When</span>' in page


def test_one_page_of_results_has_no_page_menu() -> None:
    assert drawn("pagination", page=Paginator(range(5), 10).page(1)) == ""
    assert "Page 2 of 3" in drawn("pagination", page=Paginator(range(30), 10).page(2))


def test_a_venue_card_without_a_price_says_ask() -> None:
    result = {"title": "The green", "href": "/x", "kind": "park", "where": "2 miles", "price": None}
    page = drawn("venue_card", result=result)
    assert "Ask for the price" in page
    assert "img/venues/park" in page


def test_a_pin_on_the_map_is_a_link_with_a_name() -> None:
    pin = {"number": 1, "x": 40, "y": 60, "href": "#place-1", "name": "Main hall"}
    page = drawn("map", map={"title": "Places", "height": 300, "pins": [pin]})
    assert 'aria-label="1: Main hall"' in page
    assert "translate(40 60)" in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_venue_has_a_drawing(kind: str) -> None:
    root = ET.parse(ROOT / f"static/img/venues/{kind}.svg").getroot()  # noqa: S314
    assert root.get("viewBox") == "0 0 96 96"


def test_the_kinds_of_the_catalogue_all_have_drawings() -> None:
    from spaces.models import Venue

    kinds = {value for value, _label in Venue._meta.get_field("kind").flatchoices}
    assert kinds
    assert kinds <= set(KINDS)
