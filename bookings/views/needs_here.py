"""What somebody needs and whether the chosen spaces have it, said before they book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from bookings.finder.deciding import answers_at
from bookings.finder.query import NeedAnswer
from bookings.services.planning import Plan
from spaces.access_facts import State


def lines(plan: Plan, needs: Sequence[str]) -> list[dict[str, Any]]:
    """One for each need at each space, at the dates of the plan, for components/fact.html.

    It warns and refuses nothing: the venue may know a way that nobody wrote down. At most one
    query; without needs none.
    """
    if not needs:
        return []
    spaces = plan.land.spaces
    spans = [date.span for date in plan.dates]
    answers = answers_at([space.id for space in spaces], needs, spans)
    several = len(spaces) > 1
    return [
        _line(answer, space.name if several else "")
        for space in spaces
        for answer in answers[space.id]
    ]


def _line(answer: NeedAnswer, space: str) -> dict[str, Any]:
    said = {
        State.YES: _("%(need)s: yes."),
        State.NO: _("%(need)s: no, not here."),
        State.UNKNOWN: _("%(need)s: not yet checked."),
    }[answer.state] % {"need": answer.label}
    words = _("%(place)s: %(said)s") % {"place": space, "said": said} if space else said
    return {"answer": answer.state.value, "words": words, "note": answer.why}
