"""Fields that people answer in their own words, and the markup that they are asked in."""

from datetime import date, time

import pytest
from django import forms
from django.template.loader import render_to_string

from core.forms import DateParts, TimeText


class Question(forms.Form):
    name = forms.CharField(help_text="As on the door")
    on = DateParts()
    starts = TimeText()
    kind = forms.ChoiceField(choices=[("club", "A club")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        choices=[("loop", "Hearing loop")], widget=forms.CheckboxSelectMultiple, required=False
    )
    notes = forms.CharField(widget=forms.Textarea, required=False)
    room = forms.ChoiceField(choices=[("main", "Main hall")])
    agreed = forms.BooleanField(label="I agree")


def answered(**changes: str) -> Question:
    day, month, year = changes.pop("on", "5/1/2027").split("/")
    data = {
        "name": "Choir", "on_day": day, "on_month": month, "on_year": year, "starts": "7pm",
        "kind": "club", "room": "main", "agreed": "on", **changes,
    }  # fmt: skip
    return Question(data)


@pytest.mark.parametrize(
    "typed", ["5/1/2027", "05/01/2027", " 5 / 1 / 2027 ", "5/Jan/2027", "5/january/2027"]
)
def test_a_date_may_be_typed_with_or_without_noughts_and_month_names(typed: str) -> None:
    form = answered(on=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("typed", "target", "words"),
    [
        ("30/2/2027", "#id_on_day", "no such date"),
        ("29/2/2027", "#id_on_day", "no such date"),
        ("5/13/2027", "#id_on_month", "no such date"),
        ("5/0/2027", "#id_on_month", "no such date"),
        ("5//2027", "#id_on_month", "must have a month"),
        ("//2027", "#id_on_day", "must have a day and month"),
        ("5/1/27", "#id_on_year", "4 numbers"),
        ("5/1/0027", "#id_on_year", "1900"),
        ("five/1/2027", "#id_on_day", "must be a number"),
        ("5\x00/1/2027", "#id_on_day", "must be a number"),
        ("-5/1/2027", "#id_on_day", "must be a number"),
        ("\u0665/1/2027", "#id_on_day", "must be a number"),
        ("\u00b2/1/2027", "#id_on_day", "must be a number"),
        ("9" * 1_000_000 + "/1/2027", "#id_on_day", "must be a number"),
    ],
)
def test_a_wrong_date_says_why_and_the_summary_leads_to_the_first_wrong_box(
    typed: str, target: str, words: str
) -> None:
    form = answered(on=typed)
    page = render_to_string("components/error_summary.html", {"form": form})
    assert f'<a href="{target}">' in page
    assert words in page
    drawn = form["on"].as_field_group()
    assert f'id="{target[1:]}"' in drawn
    assert "\x00" not in drawn
    assert len(drawn) < 4_000


def test_a_date_can_come_in_a_link_as_one_iso_value() -> None:
    class Search(forms.Form):
        on = DateParts()

    assert Search({"on": "2027-01-05"}).is_valid()
    assert 'value="2027"' in Search({"on": "2027-01-05"})["on"].as_field_group()
    assert not Search({"on": "2027-02-30"}).is_valid()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7pm", time(19)), ("7 PM", time(19)), ("7.30pm", time(19, 30)),
        ("7:30 p.m.", time(19, 30)), ("730pm", time(19, 30)), ("19:00", time(19)),
        ("19.30", time(19, 30)), ("1900", time(19)),
        ("19", time(19)), ("09:00", time(9)), ("10:30", time(10, 30)), ("12am", time(0)),
        ("12pm", time(12)), ("midday", time(12)), ("noon", time(12)), ("Midnight", time(0)),
        ("00:00", time(0)), ("23:59", time(23, 59)),
    ],
)  # fmt: skip
def test_a_time_may_be_typed_as_people_write_it(typed: str, expected: time) -> None:
    form = answered(starts=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts"] == expected


@pytest.mark.parametrize(
    "typed",
    [
        "25:00", "24:00", "7:60", "13pm", "0pm", "seven", "7pm\x00", "\u0667pm", "-7",
        "7" * 1_000_000,
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_an_example(typed: str) -> None:
    form = answered(starts=typed)
    assert form.errors["starts"] == ["Enter a time, like 7pm or 7:30pm"]
    assert "\x00" not in form["starts"].as_field_group()


@pytest.mark.parametrize("typed", ["7", "7:30", "12", "11"])
def test_a_time_that_could_be_morning_or_evening_is_asked_again(typed: str) -> None:
    assert "morning or evening" in answered(starts=typed).errors["starts"][0]


def test_a_time_goes_back_into_its_box_in_words() -> None:
    drawn = Question(initial={"starts": time(17, 30)})["starts"].as_field_group()
    assert 'value="5:30pm"' in drawn


def test_an_error_is_tied_to_its_box_and_prefixed() -> None:
    drawn = answered(name="")["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert '<span class="govuk-visually-hidden">Error:</span>' in drawn
    assert "govuk-input--error" in drawn


@pytest.mark.parametrize("name", ["on", "kind", "needs"])
def test_questions_of_several_boxes_are_a_fieldset_with_a_legend(name: str) -> None:
    drawn = answered()[name].as_field_group()
    assert '<fieldset class="govuk-fieldset"' in drawn
    assert "govuk-fieldset__legend" in drawn


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("name", "govuk-input"), ("notes", "govuk-textarea"), ("room", "govuk-select"),
        ("kind", "govuk-radios__input"), ("needs", "govuk-checkboxes__input"),
        ("agreed", "govuk-checkboxes__input"), ("on", "govuk-date-input"),
    ],
)  # fmt: skip
def test_every_kind_of_question_wears_its_class(name: str, css: str) -> None:
    assert css in answered()[name].as_field_group()


def test_a_label_or_a_value_is_escaped() -> None:
    drawn = answered(name="<script>")["name"].as_field_group()
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_an_error_of_the_whole_form_stands_in_the_summary_without_a_link() -> None:
    form = answered()
    form.add_error(None, "That hall is taken from 6pm to 8pm.")
    page = render_to_string("components/error_summary.html", {"form": form})
    assert "That hall is taken from 6pm to 8pm." in page
    assert "href=" not in page
    assert 'role="alert"' in page
