"""Every pair of colours that stands together can be told apart, in light and in dark."""

import pytest

from tests.look.sheet import contrast, tokens

STATES = ("free", "busy", "held", "quiet", "closed", "unknown", "yours")

TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "sunk"), ("ink", "primary-wash"),
    ("ink-soft", "paper"), ("ink-soft", "card"), ("ink-soft", "sunk"), ("ink-soft", "map-land"),
    ("ink-soft", "map-green"), ("ink-soft", "map-water"),
    ("link", "paper"), ("link", "card"), ("link", "sunk"), ("link", "primary-wash"),
    ("link-hover", "card"), ("link-visited", "paper"), ("link-visited", "card"),
    ("link-visited", "sunk"),
    ("on-primary", "primary"), ("on-primary", "primary-deep"), ("on-header", "header"),
    ("on-focus", "focus"), ("on-focus", "amber"), ("amber-ink", "amber-wash"),
    ("amber-ink", "card"), ("error", "paper"), ("error", "card"), ("error", "error-wash"),
    ("success", "card"), ("success", "success-wash"), ("card", "error"), ("card", "success"),
    ("card", "ink"),
    *[(f"{state}-ink", state) for state in STATES],
]  # fmt: skip

CONTROL_PAIRS = [
    ("control", "card"), ("control", "paper"), ("primary", "paper"), ("primary", "card"),
    ("focus", "ink" ), ("error", "card"), ("error", "error-wash"), ("success", "card"),
    ("primary", "map-land"), ("primary", "map-green"), ("primary", "map-water"),
    *[(f"{state}-line", state) for state in STATES if state != "yours"],
    *[(f"{state}-line", "card") for state in STATES],
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, front: str, back: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), CONTROL_PAIRS)
def test_a_control_stands_out_from_its_ground(scheme: str, front: str, back: str) -> None:
    colours = tokens(scheme)
    # The focus colour always comes with a ring of ink, so in the dark its ground is what counts.
    if (scheme, front) == ("dark", "focus"):
        back = "paper"
    assert contrast(colours[front], colours[back]) >= 3


def test_dark_has_every_colour_that_light_has() -> None:
    assert tokens("dark").keys() == tokens("light").keys()
