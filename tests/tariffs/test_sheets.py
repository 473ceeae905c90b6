"""Real charge sheets, restated as our own files, priced by requests written next to them.

`NN-name.yaml` is the sheet; `NN-name.requests.yaml` has a request for each of its worked prices,
in the order of `cases.json`, and for each thing that the sheet leaves open.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tariffs.rules import TariffDocument
from tariffs.sheets.answers import answer_of
from tariffs.sheets.files import read_yaml, write_yaml
from tariffs.sheets.quote import quote
from tariffs.sheets.sheet import examined, load

SHEETS = Path(__file__).parent / "sheets"
CASES = Path(settings.OPENHALL_SHARED) / "data/tariffs/cases.json"
NAMES = sorted(path.stem for path in SHEETS.glob("*.yaml") if ".requests" not in path.name)

needs_cases = pytest.mark.skipif(not CASES.exists(), reason="the shared data is not here")


def text_of(name: str) -> str:
    return (SHEETS / f"{name}.yaml").read_text(encoding="utf-8")


def requests_of(name: str) -> dict[str, Any]:
    """The requests of a sheet, what they have in common filled in."""
    data: Any = read_yaml((SHEETS / f"{name}.requests.yaml").read_text(encoding="utf-8")).data
    shared = data.get("base", {})
    return {
        kind: [shared | request if request else None for request in data.get(kind) or []]
        for kind in ("priced", "open")
    }


@cache
def sheet_of(name: str) -> list[TariffDocument]:
    return load(text_of(name))


def cases_of(name: str) -> list[dict[str, Any]]:
    slug = name.partition("-")[2]
    rows: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    return [row for row in rows if row["slug"] == slug]


def paid(answer: dict[str, Any], row: dict[str, Any]) -> Decimal | None:
    """The figure of the answer that the worked price stands for."""
    words = f"{row['space']} {row['hirer']} {row['extras']}"
    if "cancellation_charge" in answer:
        refund = "refund" in words
        return Decimal(answer["refund" if refund else "cancellation_charge"])
    if answer["total"] is None:
        return None
    if "holding deposit" in words or "first payment" in words:
        return Decimal(answer["due"][0]["amount"])
    total = Decimal(answer["total"]) + Decimal(row["refundable_deposit_inside"])
    return total - Decimal(answer["vat"]) if "before VAT" in row["extras"] else total


@pytest.mark.parametrize("name", NAMES)
def test_each_sheet_is_without_fault_and_reads_back_the_same(name: str) -> None:
    documents, faults = examined(text_of(name))
    assert faults == []
    assert examined(
        write_yaml({"versions": documents} if len(documents) > 1 else documents[0])
    ) == (
        documents,
        [],
    )


@needs_cases
@pytest.mark.contract
@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_costs_what_its_venue_says(
    name: str, record_testsuite_property: Callable[[str, str], None]
) -> None:
    rows = cases_of(name)
    priced = [row for row in rows if not row.get("ambiguous")]
    asked = requests_of(name)
    wrong = []
    for number, row in enumerate(priced):
        request = asked["priced"][number]
        answer = answer_of(quote(sheet_of(name), request))
        found = paid(answer, row)
        if found is None and row["one_reading_of_several"]:
            continue
        if found != Decimal(row["expected"]):
            wrong.append((number, row["expected"], found, answer["needs_decision"]))
    open_rows = [row["ambiguous"] for row in rows if row.get("ambiguous")]
    for number, words in enumerate(open_rows):
        request = asked["open"][number]
        if request is None:
            continue
        answer = answer_of(quote(sheet_of(name), request))
        if not answer["needs_decision"]:
            wrong.append((words, answer["total"]))
    record_testsuite_property(name, f"{len(priced)} prices, {len(open_rows)} open")
    assert wrong == []
    assert len(asked["priced"]) == len(priced)
    assert len(asked["open"]) == len(open_rows)
