"""Questions that rates have for the hirer, and the answers, as the interface writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.shapes import Output
from bookings.services.shape import MOST_ANSWERS
from tariffs.asking import AnswerKind, Question
from tariffs.services import Quoted

_LONGEST = 80
_WORDS = {"type": "string", "maxLength": _LONGEST}
_ONE = {"type": ["boolean", "string", "number", "array"], "maxLength": _LONGEST, "items": _WORDS}


@extend_schema_field(_ONE)
class AnswerField(serializers.Field[Any, Any, Any, Any]):
    """true or false, a word, a number, or a list of words; its question says which."""

    default_error_messages = {
        "invalid": _("Answer with true or false, a word, a number, or a list of words."),
        "long": _("Use at most 80 characters, and 80 words in a list."),
    }

    def to_internal_value(self, data: Any) -> Any:
        """As it came; whether it is an answer, the question decides."""
        words = data if isinstance(data, list) else [data]
        if not all(isinstance(word, bool | int | float | str) for word in words):
            self.fail("invalid")
        if len(words) > _LONGEST or any(len(str(word)) > _LONGEST for word in words):
            self.fail("long")
        return data

    def to_representation(self, value: Any) -> Any:
        """As it is kept."""
        return value


class AnswersField(serializers.DictField):
    """Answers by the names of their questions. Null is no answer."""

    child = AnswerField(allow_null=True)

    def to_internal_value(self, data: Any) -> Any:
        """At most so many; names are checked by the service."""
        if isinstance(data, dict) and len(data) > MOST_ANSWERS:
            raise serializers.ValidationError(_("Give fewer answers."), code="max_length")
        return super().to_internal_value(data)


def answers_field() -> AnswersField:
    """Of a body: none unless sent."""
    return AnswersField(
        required=False,
        default=dict,
        help_text=(
            "What the price depends on and only you know, by the `name` of each question of a "
            "quote, like {“tag.food”: true}."
        ),
    )


class ChoiceOutput(Output):
    value = serializers.CharField(help_text="What to send.")
    words = serializers.CharField()


class QuestionOutput(Output):
    """What only the hirer can know, and the rates depend on."""

    name = serializers.CharField(help_text="The key of its answer in `answers`.")
    kind = serializers.ChoiceField(
        choices=[kind.value for kind in AnswerKind],
        help_text="yes_no: true or false; choice: one value; several: a list of values, none "
        "where it is empty; number and money: digits.",
    )
    words = serializers.CharField(help_text="The question, for people.")
    choices = ChoiceOutput(many=True)
    assumed = serializers.SerializerMethodField(
        help_text="What the price takes as so until you say; null: no price without an answer."
    )

    @extend_schema_field({**_ONE, "nullable": True})
    def get_assumed(self, question: Question) -> Any:
        """In the form of an answer."""
        taken = question.assumed
        return str(taken) if isinstance(taken, Decimal) else taken


def unanswered(quoted: Quoted) -> list[Question]:
    """The questions without whose answers this date has no price."""
    if not quoted.priced.needs_decision:
        return []
    return [question for question in quoted.questions if question.assumed is None]
