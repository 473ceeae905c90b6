"""The second form of the booking journey: who and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import OrganisationPolicy
from bookings.forms.questions import answer, box, box_name
from bookings.models import Booking
from bookings.requests import OnClash
from core import plain_text
from spaces.access_facts import FAULT_NEEDS, NEEDS
from spaces.models import Activity
from spaces.models.timetable import Loudness
from tariffs.asking import Question

_NO_NUL = ProhibitNullCharactersValidator
PRIVATE = "me"
# Stands for the questions that the tariff has, however many.
_TARIFF = "tariff"

_GROUPS = (
    (
        _("What is it for?"),
        (
            "title",
            "activity",
            "loudness",
            "needs_quiet",
            "sells_alcohol",
            "visibility",
        ),
    ),
    (_("About your event"), (_TARIFF,)),
    (_("Who is responsible?"), ("hirer", "adult_name", "adult_email", "adult_phone")),
    (_("On the day"), ("day_name", "day_phone")),
    (_("Anything you need"), ("purpose", "needs", "adjustment", "adjustment_consent")),
    (_("Your dates"), ("pays_as_whole", "on_clash")),
    (_("Help with the price"), ("voucher_code",)),
)


class DetailsForm(forms.Form):
    """Who hires, what for, who answers for it. `dates`: how many dates are asked for.

    `asks_whole`: whether VAT depends on an agreement to pay for all of them.
    `questions`: what the price depends on and only the hirer can know.
    """

    field_order = [name for _heading, names in _GROUPS for name in names]

    hirer = forms.ChoiceField(label=_("Who is booking"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What is it"), max_length=120, help_text=_("For example, “Lunch club”")
    )
    purpose = forms.CharField(
        label=_("Anything the venue should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    activity = forms.TypedChoiceField(
        label=_("What kind of thing is it"),
        choices=Activity.choices,
        required=False,
        empty_value=Activity.OTHER.value,
        initial=Activity.OTHER,
        help_text=_("Some need more time to clear up, or may not be held at a quiet time"),
    )
    sells_alcohol = forms.BooleanField(label=_("Alcohol will be sold"), required=False)
    loudness = forms.TypedChoiceField(
        label=_("How loud will it be"),
        choices=Loudness.choices,
        coerce=int,
        initial=Loudness.TALK,
        widget=forms.RadioSelect,
    )
    needs_quiet = forms.BooleanField(label=_("We need quiet next door"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who may see what it is"),
        choices=Booking.Visibility.choices,
        initial=Booking.Visibility.PRIVATE,
        widget=forms.RadioSelect,
    )
    adult_name = forms.CharField(
        label=_("Responsible adult"),
        max_length=120,
        help_text=_("The adult who signs for the booking"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    adult_email = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    adult_phone = forms.CharField(
        label=_("Their phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    day_name = forms.CharField(
        label=_("Contact on the day"),
        max_length=120,
        required=False,
        help_text=_("Leave empty if it is the same person"),
    )
    day_phone = forms.CharField(
        label=_("Their phone on the day"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    needs = forms.MultipleChoiceField(
        label=_("Does somebody need one of these"),
        choices=[(need, NEEDS[need].label) for need in FAULT_NEEDS],
        required=False,
        help_text=_(
            "We tell you if one of them is out of order. Leave them empty if nobody does. "
            "We delete your answer 30 days after."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    adjustment = forms.CharField(
        label=_("Would another change help somebody take part"),
        max_length=500,
        required=False,
        help_text=_(
            "For example, “the table by the door”. Say what would help, not why. "
            "We delete it 30 days after."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    adjustment_consent = forms.BooleanField(
        label=_("You may pass this on to the venue"), required=False
    )
    pays_as_whole = forms.TypedChoiceField(
        label=_("Will you pay for all of these dates, even if you do not use each one?"),
        choices=[(True, _("Yes, we agree to that")), (False, _("No"))],
        coerce=lambda said: said == "True",
        required=False,
        empty_value=None,
        help_text=_(
            "A block of sports dates of a school or a club has no VAT if all of it is paid for. "
            "Your answer is kept with the booking."
        ),
        widget=forms.RadioSelect,
    )
    on_clash = forms.ChoiceField(
        label=_("If some dates cannot be had"),
        choices=[
            (OnClash.REFUSE_ALL.value, _("Book nothing and show me")),
            (OnClash.BOOK_FREE.value, _("Book the dates that are free and list the rest")),
        ],
        initial=OnClash.REFUSE_ALL.value,
        widget=forms.RadioSelect,
    )

    voucher_code = forms.CharField(
        label=_("Voucher code"),
        max_length=40,
        required=False,
        help_text=_("If you have one, like 7KQD-22CF-XWYH"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self,
        *args: Any,
        actor: User,
        dates: int,
        asks_whole: bool = False,
        has_vouchers: bool = False,
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_whole:
            del self.fields["pays_as_whole"]
        if not has_vouchers:
            del self.fields["voucher_code"]
        self.questions = {box_name(question): question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = box(question)
        self.order_fields(self._in_place(name for _heading, names in _GROUPS for name in names))
        if dates == 1:
            # One date is had or it is not: there is nothing to choose.
            del self.fields["on_clash"]
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                # Ours says it of NUL bytes too, so Django's own would say it twice.
                others = [one for one in field.validators if not isinstance(one, _NO_NUL)]
                has_lines = isinstance(field.widget, forms.Textarea)
                field.validators = [plain_text.passage if has_lines else plain_text.one_line]
                field.validators += others
        groups = OrganisationPolicy(actor).bookable().order_by("name")
        choices = [(str(group.pk), group.name) for group in groups]
        hirer = cast("forms.ChoiceField", self.fields["hirer"])
        hirer.choices = [*choices, (PRIVATE, _("Me, privately"))]
        hirer.initial = choices[0][0] if choices else PRIVATE
        self.fields["adult_name"].initial = actor.name
        self.fields["adult_email"].initial = actor.email
        self.fields["adult_phone"].initial = actor.phone

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under their headings, in the order in which they are asked."""
        asked = [
            (heading, [self[name] for name in self._in_place(names) if name in self.fields])
            for heading, names in _GROUPS
        ]
        return [(str(heading), fields) for heading, fields in asked if fields]

    def answers(self) -> dict[str, Any]:
        """What was answered, by fact; only when the form is valid."""
        found = {one.name: answer(one, self.cleaned_data) for one in self.questions.values()}
        return {name: value for name, value in found.items() if value is not None}

    def _in_place(self, names: Iterable[str]) -> list[str]:
        return [one for name in names for one in (self.questions if name == _TARIFF else (name,))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("adult_email") and not cleaned.get("adult_phone"):
            self.add_error("adult_phone", _("Enter a phone number or an e-mail address"))
        asks = cleaned.get("needs") or cleaned.get("adjustment")
        if asks and not cleaned.get("adjustment_consent"):
            self.add_error(
                "adjustment_consent",
                _("Tick the box so that we may pass it on, or leave what would help empty"),
            )
        return cleaned
