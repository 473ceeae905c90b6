"""What the form asks of everybody anyway, as answers to a tariff's questions: nobody is asked
twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from spaces.models import Activity
from spaces.models.timetable import Loudness
from tariffs.asking import Question

_PURPOSE = "event.purpose"
_ALCOHOL = "tag.alcohol"
_SOLD = ("tag.alcohol-sold", "tag.alcohol-sales", "tag.selling-alcohol")
_AMPLIFIED = ("tag.amplified-music", "tag.loud-music")
# What an activity makes likely, until the hirer says otherwise.
_LIKELY = {Activity.FOOD: "tag.food", Activity.MUSIC: "tag.music"}


class Said(Protocol):
    """A request, or the booking that came of it."""

    @property
    def activity(self) -> str: ...
    @property
    def sells_alcohol(self) -> bool: ...
    @property
    def loudness(self) -> int: ...


def with_said(
    answers: Mapping[str, Any], said: Said, known: Mapping[str, Question]
) -> dict[str, Any]:
    """`answers`, and what follows for the questions of `known` from what was said besides."""
    follows: dict[str, Any] = dict.fromkeys(_SOLD, said.sells_alcohol)
    follows |= dict.fromkeys(_AMPLIFIED, said.loudness >= Loudness.AMPLIFIED)
    if _is_covered(known) or said.activity in _purposes(known) - {Activity.OTHER}:
        follows[_PURPOSE] = said.activity
    if said.activity in _LIKELY:
        follows[_LIKELY[Activity(said.activity)]] = True
    sure = {_ALCOHOL: True} if said.sells_alcohol else {}
    return {
        **{name: value for name, value in follows.items() if name in known},
        **answers,
        **{name: value for name, value in sure.items() if name in known},
    }


def not_asked_again(known: Mapping[str, Question]) -> Collection[str]:
    """The questions that need no box of their own where all else is asked."""
    return {*_SOLD, *_AMPLIFIED, *([_PURPOSE] if _is_covered(known) else [])}


def _purposes(known: Mapping[str, Question]) -> set[str]:
    if _PURPOSE not in known:
        return set()
    return {choice.value for choice in known[_PURPOSE].choices}


def _is_covered(known: Mapping[str, Question]) -> bool:
    """Whether every kind of event that rules speak of is an activity that everybody says."""
    return _PURPOSE in known and _purposes(known) <= set(Activity.values)
