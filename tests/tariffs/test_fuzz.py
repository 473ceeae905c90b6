"""Sheets and requests that nobody would write: refused with a reason, never a traceback."""

from __future__ import annotations

import ast
import copy
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from hypothesis import strategies as st

from tariffs.errors import TariffRefused
from tariffs.rules import check, read
from tariffs.rules.editions import stamped
from tariffs.sheets.answers import answer_of
from tariffs.sheets.files import write_yaml
from tariffs.sheets.gaps import questions_of
from tariffs.sheets.quote import quote
from tariffs.sheets.sheet import examined
from tariffs.sheets.values import RequestRefused
from tests.tariffs.replaying import REPLAYS

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
FUZZ = speed(max_examples=150, deadline=None, suppress_health_check=SLOW)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.sampled_from(
        [
            *["", "-1", "0", "1e9", "NaN", "Infinity", "-0", "00", "1/3", "٣", "99:99", "24:01"],
            *["9999-12-31", "0000-00-00", "2027-02-30", "02-30", "12-31..01-01", "> 5 < 2"],
            *["<= 999999999", "any", "hire", "a" * 400, "100%", "50% - 9", "999999.999999"],
            *["12.50 unit", "monday", "sunday 24:00", "00:00", "24:00", "quantity", "…", "💷"],
            *["\u0000", "0.000001", "ask"],
        ]
    ),
    st.lists(st.sampled_from(["any", "hall", "", "-1"]), max_size=3),
    st.dictionaries(st.sampled_from(["from", "until", "id", "to", "day"]), st.just("1")),
)


@cache
def kept() -> list[dict[str, Any]]:
    """Documents and requests that are right, to be spoilt."""
    return [json.loads(file.read_bytes()) for file in sorted(REPLAYS.glob("*.json"))]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data at which something stands."""
    if not isinstance(data, dict | list):
        return [path] if path else []
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    inside = [place for key, value in pairs for place in places(value, (*path, key))]
    return [path, *inside] if path else inside


@st.composite
def spoilt(draw: st.DrawFn, data: Any) -> Any:
    """The data with one to three odd values in it, things left out, and keys nobody knows."""
    made = copy.deepcopy(data)
    for _n in range(draw(st.integers(1, 3))):
        found = places(made)
        if not found:
            return made
        path = draw(st.sampled_from(found))
        inner = made
        for step in path[:-1]:
            inner = inner[step]
        how = draw(st.sampled_from(["odd", "odd", "odd", "gone", "more"]))
        if how == "gone":
            del inner[path[-1]]
        elif how == "more" and isinstance(inner, dict):
            inner[draw(st.sampled_from(["when", "rank", "colour", "bands", "any", ""]))] = draw(ODD)
        else:
            inner[path[-1]] = draw(ODD)
    return made


def is_plain(answer: Any) -> bool:
    """No figure in an answer is a binary fraction, and every amount is one of pence."""
    if isinstance(answer, dict):
        return all(map(is_plain, answer.values()))
    if isinstance(answer, list):
        return all(map(is_plain, answer))
    return not isinstance(answer, float)


def priced(documents: list[Any], request: Any) -> None:
    """A price, a question or a refusal with words; nothing else."""
    try:
        answer = answer_of(quote([read(stamped(one)) for one in documents], request))
    except RequestRefused:
        return
    assert is_plain(answer)
    assert (answer["total"] is None) == bool(answer["needs_decision"])
    if answer["total"] is not None:
        total = sum((Decimal(line["amount"]) for line in answer["lines"]), Decimal(0))
        assert Decimal(answer["total"]) == total >= 0


@FUZZ
@given(st.data())
def test_a_spoilt_sheet_is_refused_with_a_reason_or_still_prices(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(kept()))
    documents = [data.draw(spoilt(one)) for one in whole["documents"][:1]]

    faults = check(documents[0])

    assert all(fault.problem and fault.remedy and fault.where for fault in faults)
    if not faults:
        priced(documents, data.draw(st.sampled_from(whole["quotes"]))["request"])
        assert all(question.remedy for question in questions_of(documents))


@FUZZ
@given(st.data())
def test_a_spoilt_request_is_refused_by_field_or_priced(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(kept()))
    request = data.draw(st.sampled_from(whole["quotes"]))["request"]

    priced(whole["documents"], data.draw(spoilt(request)))


@FUZZ
@given(st.data())
def test_a_spoilt_file_is_refused_at_a_line(data: st.DataObject) -> None:
    text = write_yaml(data.draw(st.sampled_from(kept()))["documents"][0])
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 6))
    more = data.draw(
        st.sampled_from(["", "{", "]", "- ", ": ", "&a ", "*a", "'", "\t", "!!", "\x85"])
    )

    try:
        _documents, faults = examined(text[:at] + more + text[at + cut :])
    except TariffRefused as refused:
        faults = list(refused.faults)

    assert all("line " in fault.where and fault.remedy for fault in faults)


@pytest.mark.parametrize("value", [1.5, float("nan"), float("inf"), -0.0, 10**400, b"1", object()])
@pytest.mark.parametrize("place", ["amount", "min", "rank", "valid_from", "unless_told", "facts"])
def test_what_is_no_plain_figure_is_a_fault(value: Any, place: str) -> None:
    rule: dict[str, Any] = {
        "id": "hall",
        "target": {"spaces": ["hall"]},
        "quantity": {"unit": "hour"},
        "amount": "10",
    }
    document: dict[str, Any] = {"categories": {"a": "A"}, "rules": [rule]}
    if place == "min":
        rule["quantity"]["min"] = value
    elif place in ("amount", "rank"):
        rule[place] = value
    elif place == "unless_told":
        document[place] = {"people": value}
    else:
        document[place] = value

    faults = check(document)

    assert faults
    assert faults[0].remedy


def is_test(node: ast.AST) -> bool:
    """isinstance(value, float)."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "isinstance"
    )


def test_money_is_never_a_binary_fraction_in_the_code_of_rates() -> None:
    """No float is written, made or asked for anywhere in the app; one may be refused."""
    found = []
    for file in sorted((Path(settings.BASE_DIR) / "tariffs").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        refused = {id(inner) for node in nodes if is_test(node) for inner in ast.walk(node)}
        for node in nodes:
            is_figure = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
            is_name = isinstance(node, ast.Name) and node.id in ("float", "complex")
            is_field = isinstance(node, ast.Attribute) and node.attr in ("FloatField", "fsum")
            if id(node) not in refused and (is_figure or is_name or is_field):
                found.append(f"{file.name}:{node.lineno}")

    assert found == []


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        ("valid_from", "2027-13-45", "no day"),
        ("valid_from", "0001-01-01", "no day"),
        ("valid_to", "2027-04-01", "before they begin"),
        ("unless_told", {"people": "many"}, "people"),
        ("unless_told", {"people": True}, "people"),
        ("unless_told", {"people": -1}, "people"),
        ("unless_told", {"resident": "yes"}, "resident"),
        ("unless_told", {"tag": {"a": "b"}}, "tag"),
        ("unless_told", {"starts": "10:00"}, "starts"),
        ("unless_told", {"powered": 3}, "powered"),
    ],
)
def test_a_value_that_no_reader_can_read_is_a_fault(place: str, value: Any, words: str) -> None:
    rule = {
        "id": "hall",
        "target": {"spaces": ["hall"]},
        "quantity": {"unit": "hour"},
        "amount": "10",
    }
    document = {
        "categories": {"a": "A"},
        "facts": {"powered": {"kind": "yes_no"}},
        "valid_from": "2027-04-01",
        "rules": [rule],
    }

    (fault,) = check({**document, place: value})

    assert words in fault.problem
    assert fault.where.startswith(place)
    assert fault.remedy
