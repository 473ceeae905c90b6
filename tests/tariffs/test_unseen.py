"""Charge sheets that the language was not made for, entered by docs/rates.md alone.

The figures are those of real sheets; each price beside them was reckoned by hand.
"""

# ruff: noqa: E501 (a rule a line, as sheets are written)

from __future__ import annotations

from typing import Any

import pytest

from tariffs.sheets.answers import answer_of
from tariffs.sheets.quote import quote
from tariffs.sheets.sheet import load

TREE = """
title: Tree centre, social hirers
categories: {social: Social}
holidays: ["12-25..01-01"]
rules:
  - {id: plain, target: {spaces: [hall]}, quantity: {unit: hour}, amount: 34}
  - id: late
    target: {spaces: [hall]}
    when: {day: [friday], from: "17:00", until: "24:00"}
    quantity: {unit: hour}
    amount: 39.50
  - {id: saturday, target: {spaces: [hall]}, when: {day: [saturday]}, quantity: {unit: hour}, amount: 39.50}
  - {id: sunday, target: {spaces: [hall]}, when: {day: [sunday, bank_holiday]}, quantity: {unit: hour}, amount: 51}
  - {id: insurance, target: {fee: Insurance}, when: {hours: "<= 4"}, quantity: {unit: booking}, amount: 15.50}
  - {id: insurance-long, target: {fee: Insurance share}, when: {hours: "> 4"}, quantity: {unit: pound, of: [hire]}, amount: 0.20}
  - {id: premium-tax, target: {fee: Premium tax}, when: {hours: "> 4"}, quantity: {unit: pound, of: [insurance-long]}, amount: 0.06}
  - {id: damage, kind: deposit, amount: 300}
"""
LIBRARY = """
title: Libraries
categories: {community: Community, commercial: Commercial, preferential: Community preferential}
list_category: commercial
unless_told: {tag: []}
rules:
  - {id: community, target: {spaces: [room]}, when: {category: [community]}, quantity: {unit: hour}, amount: 12.50}
  - {id: commercial, target: {spaces: [room]}, when: {category: [commercial]}, quantity: {unit: hour}, amount: 25}
  - {id: kitchen, target: {spaces: [room, kitchen]}, when: {category: [commercial]}, quantity: {unit: hour}, amount: 31.25}
  - {id: half, target: {spaces: [room]}, when: {category: [preferential], hours: "<= 4"}, quantity: {unit: booking}, amount: 31.25}
  - {id: day, target: {spaces: [room]}, when: {category: [preferential], hours: "> 4"}, quantity: {unit: booking}, amount: 62.50}
  - {id: staff, target: {staff: Staff}, when: {tag: [out of hours]}, quantity: {unit: hour, min: 2}, amount: 16.50}
  - {id: cover, target: {fee: Liability cover}, unless: {tag: [own cover]}, quantity: {unit: pound, of: [hire]}, amount: 0.12}
  - {id: cover-least, kind: bound, on: [cover], per: line, floor: 5}
"""
CROWLAND = """
title: Crowland
categories: {charity: Charity, private: Private or non-profit, profit: For profit}
list_category: profit
rules:
  - id: hire
    quantity: {unit: hour, min: 2}
    table:
      by: [spaces, category]
      prices:
        small room: {charity: 11, private: 20.50, profit: 41}
        large room: {charity: 16.50, private: 27, profit: 44.50}
  - {id: deposit, kind: deposit, when: {category: [profit]}, amount: 100}
"""
KINGSWOOD = """
title: Kingswood
categories: {standard: Standard}
unless_told: {purpose: other}
dayparts:
  weekday: {from: "08:00", until: "18:00", day: [weekday]}
  weekend: {from: "08:00", until: "18:00", day: [weekend]}
  evening: {from: "18:00", until: "24:00", day: [monday, tuesday, wednesday, thursday]}
  friday-evening: {from: "18:00", until: "24:00", day: [friday]}
  saturday-evening: {from: "18:00", until: "24:00", day: [saturday]}
  sunday-evening: {from: "18:00", until: "24:00", day: [sunday]}
rules:
  - id: hall
    target: {spaces: [hall]}
    quantity: {unit: hour}
    table:
      by: [daypart]
      prices: {weekday: 20, weekend: 25, evening: 25, friday-evening: 30, saturday-evening: 40, sunday-evening: 20}
  - {id: party, kind: bound, when: {purpose: [party]}, floor: 75}
  - {id: av, target: {items: [audio visual]}, quantity: {unit: booking}, amount: 20}
  - {id: deposit, kind: deposit, amount: 50}
"""
BEEHIVE = """
title: The Beehive
categories: {charity: Charity, private: Private}
list_category: private
unless_told: {purpose: other, regular: false, tag: []}
rules:
  - {id: regular-charity, target: {spaces: [hall]}, when: {category: [charity], regular: true}, quantity: {unit: hour}, amount: 20}
  - {id: regular-private, target: {spaces: [hall]}, when: {category: [private], regular: true}, quantity: {unit: hour}, amount: 25}
  - {id: charity, target: {spaces: [hall]}, when: {category: [charity], regular: false}, quantity: {unit: hour}, amount: 25}
  - {id: private, target: {spaces: [hall]}, when: {category: [private], regular: false}, quantity: {unit: hour}, amount: 30}
  - {id: party, target: {spaces: [hall]}, when: {purpose: [party]}, quantity: {unit: hour}, amount: 40}
  - {id: setup, target: {spaces: [hall]}, when: {during: [setup, cleardown]}, quantity: {unit: hour}, amount: 0}
  - {id: all-year, kind: adjust, when: {tag: [all year]}, amount: "-2.50", per: hour}
  - {id: long, kind: adjust, stage: 2, when: {hours: ">= 8"}, percent: "-50"}
  - {id: deposit, kind: deposit, amount: 50}
  - {id: deposit-late, kind: deposit, when: {ends: "> 19:00"}, amount: 100}
"""
PRIMROSE = """
title: Primrose Hill
categories: {anyone: Anyone}
rules:
  - {id: weekday, target: {spaces: [upper hall]}, when: {day: [weekday]}, quantity: {unit: hour}, amount: 30}
  - {id: weekend, target: {spaces: [upper hall]}, when: {day: [weekend]}, quantity: {unit: hour}, amount: 50}
  - {id: deposit, kind: deposit, amount: 50}
  - id: cancelling
    kind: cancel
    steps:
      - {notice: "> 14", refund: "100%"}
      - {notice: ">= 7 <= 14", refund: "50%"}
      - {notice: "< 7", refund: "25%"}
"""
HOLFORD = """
title: Holford
categories: {local: Local, standard: Standard, business: Business}
list_category: business
rules:
  - id: hall
    target: {spaces: [main hall]}
    quantity: {unit: hour}
    table: {by: [category], prices: {local: 7, standard: 8, business: 12}}
  - id: block
    target: {spaces: [main hall]}
    when: {series: ">= 10"}
    quantity: {unit: hour}
    table: {by: [category], prices: {local: 4.50, standard: 6, business: 10}}
"""
BRANSGORE = """
title: Bransgore
categories: {regular: Regular, parishioner: Parishioner, pre-school: Pre-school, other: Others}
list_category: other
rules:
  - id: hall
    target: {spaces: [hall]}
    quantity: {unit: hour}
    table: {by: [category], prices: {regular: 11.95, parishioner: 13.30, pre-school: 9.35, other: 17.20}}
  - {id: locked, kind: standing, target: {items: [locked store]}, quantity: {unit: month}, amount: 11.45}
  - {id: kitchen, target: {items: [kitchen]}, quantity: {unit: session, length: 4}, amount: 11.45}
"""
SMISBY = """
title: Smisby
categories: {anyone: Anyone}
rules:
  - {id: hall, target: {spaces: [hall]}, quantity: {unit: hour}, amount: 10}
  - {id: deposit, kind: deposit, amount: 40}
  - {id: deposit-evening, kind: deposit, when: {from: "18:00", until: "24:00"}, amount: 100}
  - id: cancelling
    kind: cancel
    waived_if_relet: true
    steps:
      - {notice: ">= 28", charge: 0}
      - {notice: ">= 14 < 28", charge: "50%"}
      - {notice: "< 14", charge: "100%"}
"""
COWFOLD = """
title: Cowfold
categories: {resident: Resident, commercial: Commercial}
list_category: commercial
dayparts:
  day: {from: "08:00", until: "18:00"}
  evening: {from: "18:00", until: "24:00"}
  late: {from: "00:00", until: "02:00"}
rules:
  - {id: day, target: {spaces: [hall]}, when: {daypart: day}, quantity: {unit: hour, min: 2}, table: {by: [category], prices: {resident: 9.35, commercial: 15.35}}}
  - {id: evening, target: {spaces: [hall]}, when: {daypart: evening}, quantity: {unit: hour, min: 3}, table: {by: [category], prices: {resident: 11.55, commercial: 19.75}}}
  - {id: late, target: {spaces: [hall]}, when: {daypart: late}, quantity: {unit: hour}, table: {by: [category], prices: {resident: 19, commercial: 35.70}}}
"""
FLACKWELL = """
title: Flackwell Heath
categories: {affiliated: Affiliated, non-affiliated: Not affiliated, single: Single event}
list_category: single
rules:
  - id: hall
    target: {spaces: [hall]}
    quantity: {unit: hour}
    table:
      by: [category, day]
      prices:
        affiliated: {weekday: 10, weekend: 12}
        non-affiliated: {weekday: 12, weekend: 14}
        single: {weekday: 15, weekend: 20}
  - {id: late, target: {spaces: [hall]}, when: {category: [single], day: [weekend], from: "19:00", until: "24:00"}, quantity: {unit: hour}, amount: 21}
  - {id: bond, kind: deposit, amount: 100}
  - {id: affiliation, kind: standing, target: {items: [affiliation]}, quantity: {unit: year}, amount: 25}
"""
TUESDAY, FRIDAY, SATURDAY, SUNDAY = "2027-01-12", "2027-01-15", "2027-01-16", "2027-01-17"


def asked(sheet: str, day: str, start: str, end: str, *spaces: str, **more: Any) -> dict[str, Any]:
    """The answer to a hire of these spaces (the hall where none is named)."""
    request = {"date": day, "start": start, "end": end, "spaces": list(spaces) or ["hall"], **more}
    return answer_of(quote(load(sheet), request))


def who(category: str, **more: Any) -> dict[str, Any]:
    return {"category": category, **more}


@pytest.mark.parametrize(
    ("answer", "total"),
    [
        # 2 x 34 + 2 x 39.50 + 15.50
        (lambda: asked(TREE, FRIDAY, "15:00", "19:00"), "162.50"),
        # 5 x 51 = 255; 20% is 51; 6% of that 3.06
        (lambda: asked(TREE, SUNDAY, "10:00", "15:00"), "309.06"),
        # New Year's Eve on a Friday: 3 x 51 + 15.50
        (lambda: asked(TREE, "2027-12-31", "19:00", "22:00"), "168.50"),
        # 2 x 12.50, cover 12% is 3, raised to 5
        (lambda: asked(LIBRARY, TUESDAY, "10:00", "12:00", "room", hirer=who("community")), "30.00"),
        # 3 x 31.25, with cover of their own
        (lambda: asked(LIBRARY, TUESDAY, "10:00", "13:00", "room", "kitchen",
                       hirer=who("commercial"), event={"tags": ["own cover"]}), "93.75"),
        # 25 + at least two hours of staff, 33 + least cover 5
        (lambda: asked(LIBRARY, TUESDAY, "19:00", "20:00", "room", hirer=who("commercial"),
                       event={"tags": ["out of hours"]}), "63.00"),
        # a day at 62.50 and 12% of it, 7.50
        (lambda: asked(LIBRARY, TUESDAY, "09:00", "17:00", "room", hirer=who("preferential")),
         "70.00"),
        # an hour counts as two
        (lambda: asked(CROWLAND, TUESDAY, "10:00", "11:00", "small room", hirer=who("private")),
         "41.00"),
        (lambda: asked(CROWLAND, TUESDAY, "10:00", "13:30", "large room", hirer=who("charity")),
         "57.75"),
        # 1 x 25 + 2 x 40 + 20
        (lambda: asked(KINGSWOOD, SATURDAY, "17:00", "20:00",
                       items=[{"item": "audio visual", "quantity": 1}]), "125.00"),
        # 2 x 25 is raised to 75
        (lambda: asked(KINGSWOOD, SATURDAY, "12:00", "14:00", event={"purpose": "party"}), "75.00"),
        # 4 x 20, half an hour on either side free, 2.50 off for each hour
        (lambda: asked(BEEHIVE, TUESDAY, "10:00", "14:00", setup_minutes=30, cleardown_minutes=30,
                       hirer=who("charity", regular=True), event={"tags": ["all year"]}), "70.00"),
        # 8 x 30, half of it off
        (lambda: asked(BEEHIVE, TUESDAY, "09:00", "17:00", hirer=who("private")), "120.00"),
        (lambda: asked(PRIMROSE, SATURDAY, "10:00", "12:30", "upper hall"), "125.00"),
        (lambda: asked(HOLFORD, TUESDAY, "10:00", "12:00", "main hall", hirer=who("local"),
                       series={"count": 10}), "9.00"),
        (lambda: asked(HOLFORD, TUESDAY, "10:00", "12:00", "main hall", hirer=who("business"),
                       series={"count": 9}), "24.00"),
        # 3.5 x 9.35 = 32.725
        (lambda: asked(BRANSGORE, TUESDAY, "09:00", "12:30", hirer=who("pre-school")), "32.73"),
        # 2 x 13.30 + half a day of the kitchen
        (lambda: asked(BRANSGORE, TUESDAY, "09:00", "11:00", hirer=who("parishioner"),
                       items=[{"item": "kitchen", "quantity": 1}]), "38.05"),
        # 1 x 9.35 + 2 x 11.55
        (lambda: asked(COWFOLD, TUESDAY, "17:00", "20:00", hirer=who("resident")), "32.45"),
        # two hours of an evening count as three
        (lambda: asked(COWFOLD, TUESDAY, "19:00", "21:00", hirer=who("commercial")), "59.25"),
        # 4 x 11.55 + 1 x 19
        (lambda: asked(COWFOLD, SATURDAY, "20:00", "01:00", hirer=who("resident")), "65.20"),
        # 1 x 20 + 2 x 21
        (lambda: asked(FLACKWELL, SATURDAY, "18:00", "21:00", hirer=who("single")), "62.00"),
        (lambda: asked(FLACKWELL, TUESDAY, "18:00", "21:00", hirer=who("affiliated")), "30.00"),
    ],
)  # fmt: skip
def test_a_sheet_nobody_had_in_mind_costs_what_it_says(answer: Any, total: str) -> None:
    found = answer()

    assert found["needs_decision"] == []
    assert found["total"] == total


@pytest.mark.parametrize(
    ("answer", "deposit"),
    [
        (lambda: asked(TREE, FRIDAY, "15:00", "19:00"), "300.00"),
        (lambda: asked(BEEHIVE, TUESDAY, "15:00", "19:00", hirer=who("private")), "50.00"),
        (lambda: asked(BEEHIVE, TUESDAY, "15:00", "19:30", hirer=who("private")), "100.00"),
        (lambda: asked(CROWLAND, TUESDAY, "10:00", "12:00", "small room", hirer=who("profit")),
         "100.00"),
        (lambda: asked(CROWLAND, TUESDAY, "10:00", "12:00", "small room", hirer=who("charity")),
         "0.00"),
        (lambda: asked(SMISBY, TUESDAY, "10:00", "12:00"), "40.00"),
        (lambda: asked(SMISBY, TUESDAY, "17:00", "20:00"), "100.00"),
    ],
)  # fmt: skip
def test_deposits_stand_beside_the_price(answer: Any, deposit: str) -> None:
    assert answer()["deposit"] == deposit


@pytest.mark.parametrize(
    ("sheet", "cancel", "refund"),
    [
        (PRIMROSE, {"days_before": 20}, "100.00"),
        (PRIMROSE, {"days_before": 10}, "50.00"),
        (PRIMROSE, {"days_before": 3}, "25.00"),
        (SMISBY, {"days_before": 28}, "100.00"),
        (SMISBY, {"days_before": 27}, "50.00"),
        (SMISBY, {"days_before": 5}, "0.00"),
        (SMISBY, {"days_before": 5, "relet": True}, "100.00"),
    ],
)
def test_what_cancelling_gives_back(sheet: str, cancel: dict[str, Any], refund: str) -> None:
    request = {"spaces": ["hall"], "agreed_total": "100.00", "cancel": cancel}

    assert answer_of(quote(load(sheet), request))["refund"] == refund


@pytest.mark.parametrize(
    ("sheet", "item", "period", "total"),
    [
        (BRANSGORE, "locked store", {"months": 3}, "34.35"),
        (FLACKWELL, "affiliation", {"years": 1}, "25.00"),
    ],
)
def test_standing_charges(sheet: str, item: str, period: dict[str, int], total: str) -> None:
    request = {"items": [{"item": item, "quantity": 1}], "period": period}

    assert answer_of(quote(load(sheet), request))["total"] == total
