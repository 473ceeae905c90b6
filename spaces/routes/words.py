"""What decides an answer, in one plain sentence; never a word about people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import words
from core.clock import london
from spaces.access_facts import FACTS
from spaces.models import AccessFault
from spaces.routes.graph import Cause


def why(told: Mapping[str, Any]) -> str:
    """A sentence; empty where there is nothing to say."""
    if not told.get("cause"):
        by = told.get("by")
        return _("By %(entrance)s.") % {"entrance": by} if by else ""
    cause = Cause(told["cause"])
    if cause is Cause.OUT_OF_ORDER:
        return out_of_order(told)
    fact = FACTS.get(told.get("code", ""))
    if fact is not None:
        return _of_fact(cause, fact, told)
    return _of_place(cause, told)


def out_of_order(told: Mapping[str, Any]) -> str:
    """Lift: out of order until Tuesday 5 January 2027."""
    name = told.get("name") or str(AccessFault.What(told["what"]).label)
    until = told.get("until")
    if not until:
        return _("%(name)s: out of order. Nobody knows for how long.") % {"name": name}
    day = words.long_day(london(datetime.fromisoformat(until)))
    return _("%(name)s: out of order until %(day)s.") % {"name": name, "day": day}


def _of_fact(cause: Cause, fact: Any, told: Mapping[str, Any]) -> str:
    if cause is Cause.REPORTS_DIFFER:
        return _("%(question)s Reports differ.") % {"question": fact.question}
    if cause is Cause.OUT_OF_DATE:
        return _("%(question)s What we know is more than two years old.") % {
            "question": fact.question
        }
    if cause is Cause.TOO_NARROW:
        return _("Only %(mm)s millimetres wide at the narrowest.") % {"mm": told.get("mm", "")}
    if cause is Cause.FACT:
        choice = fact.choice_words(told.get("choice", ""))
        if choice:
            return _("%(question)s Only: %(choice)s.") % {
                "question": fact.question,
                "choice": choice,
            }
        return str(fact.no)
    return str(fact.unknown)


def _of_place(cause: Cause, told: Mapping[str, Any]) -> str:
    """The front door; or: the way from the hallway to the hall."""
    name = told.get("name", "")
    place = name
    if told.get("before"):
        place = _("the way between %(one)s and %(other)s") % {"one": told["before"], "other": name}
    if cause is Cause.STEPS:
        return _steps(place, told)
    said = {
        Cause.NOT_CHECKED: _("Not checked yet: %(place)s."),
        Cause.REPORTS_DIFFER: _("Reports differ: %(place)s."),
        Cause.OUT_OF_DATE: _("Checked more than two years ago: %(place)s."),
        Cause.CLOSED_THEN: _("Closed at that time: %(place)s."),
        Cause.HOURS_UNKNOWN: _("Nobody has said when it is open: %(place)s."),
        Cause.STAIR_LIFT: _("Only a stair lift: %(place)s."),
        Cause.TOO_NARROW: _("Only %(mm)s millimetres wide: %(place)s."),
        Cause.NOT_THERE: _("Not accessible: %(place)s."),
        Cause.NO_WAY_DRAWN: _("Nobody has told us the way there yet."),
    }
    if cause is Cause.NO_WAY_DRAWN and name:
        return _("Nobody has told us the way to the toilet yet.")
    return said.get(cause, "") % {"place": place, "mm": told.get("mm", "")}


def _steps(place: str, told: Mapping[str, Any]) -> str:
    if told.get("steps"):
        n = int(told["steps"])
        line = ngettext("%(n)d step: %(place)s.", "%(n)d steps: %(place)s.", n)
        return line % {"n": n, "place": place}
    return _("Steps: %(place)s.") % {"place": place}
