"""One rule for the characters of a text, wherever it comes from."""

import pytest
from django.core.exceptions import ValidationError

from core import plain_text


@pytest.mark.parametrize("text", ["", "Côr Meibion", "عربى", "Tea & toast 👩‍🍳", "a\u00a0b"])
def test_words_of_any_language_are_one_line(text: str) -> None:
    plain_text.one_line(text)
    plain_text.passage(text)


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_of_any_kind_is_refused_in_a_line(sign: str) -> None:
    with pytest.raises(ValidationError) as refused:
        plain_text.one_line(f"Choir{sign}BCC: all")
    assert refused.value.code == "line_break"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ud800"])
def test_what_cannot_be_shown_is_refused_in_any_text(sign: str) -> None:
    for check in (plain_text.one_line, plain_text.passage):
        with pytest.raises(ValidationError) as refused:
            check(f"Choir{sign}")
        assert refused.value.code == "control_character"


def test_a_passage_keeps_its_lines_and_tabs() -> None:
    plain_text.passage("Please set out:\r\n\t20 chairs\n\t3 tables")
    with pytest.raises(ValidationError):
        plain_text.one_line("20\tchairs")
