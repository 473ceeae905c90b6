"""Access facts in answers: true, false, or null for what nobody has checked."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from rest_framework import serializers

from api.shapes import Output
from spaces.access_facts import FACTS, FactState, State, fact_state
from spaces.models import AccessFact, Venue

_SAID = {State.YES: True, State.NO: False, State.UNKNOWN: None}


class FactOutput(Output):
    code = serializers.CharField()
    space = serializers.IntegerField(
        allow_null=True, help_text="Null: it is about the whole venue."
    )
    question = serializers.CharField()
    value = serializers.BooleanField(
        allow_null=True, help_text="Null: not checked yet, or reports differ. Never means no."
    )
    reports_differ = serializers.BooleanField()
    choice = serializers.CharField(help_text="Which kind, where there are several.")
    measure = serializers.DecimalField(9, 2, allow_null=True)
    unit = serializers.CharField()
    note = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment] # the field's own name for it
    checked_on = serializers.DateField(allow_null=True)


def facts_of(venue: Venue) -> list[dict[str, Any]]:
    """Every fact of the venue, known or not, then what is known of single spaces. One query."""
    rows: dict[tuple[int, str], list[AccessFact]] = defaultdict(list)
    current = venue.access_facts.filter(superseded_by=None, node=None, link=None)
    for row in current.order_by("code", "pk"):
        rows[row.space_id or 0, row.code].append(row)
    places = [(0, code) for code in FACTS]
    places += sorted(key for key in rows if key not in set(places))
    return [_told(space_id, fact_state(code, rows[space_id, code])) for space_id, code in places]


def _told(space_id: int, known: FactState) -> dict[str, Any]:
    fact = FACTS.get(known.code)
    # Where reports differ none of them is the answer; otherwise the latest tells most.
    row = known.rows[-1] if known.state is not State.UNKNOWN else None
    return {
        "code": known.code,
        "space": space_id or None,
        "question": str(fact.question) if fact else "",
        "value": _SAID[known.state],
        "reports_differ": known.reports_differ,
        "choice": row.choice if row else "",
        "measure": row.measure if row else None,
        "unit": row.unit if row else "",
        "note": row.note if row else "",
        "source": row.source if row else "",
        "checked_on": row.checked_on if row else None,
    }
