"""One fact as components/fact.html takes it: who says so, when, and where reports differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import words
from spaces.access_facts import Fact, fact_state, is_stale, said_by, sentence
from spaces.models import AccessFact, FactPhoto, Venue

# By the key of the fact.
Photos = Mapping[int, FactPhoto]


def photos_of(venue: Venue) -> Photos:
    """What photos show that is said of a venue now. One query."""
    rows = FactPhoto.objects.filter(fact__venue=venue, fact__superseded_by=None)
    return {row.fact_id: row for row in rows}


def fact_row(
    fact: Fact,
    rows: Sequence[AccessFact],
    *,
    today: date,
    place: str = "",
    photos: Photos = MappingProxyType({}),
) -> dict[str, Any]:
    """`said` because the words are a whole sentence. Reports that differ are all shown."""
    known = fact_state(fact.code, rows)
    said = sentence(fact, known)
    newest = max(known.rows, key=lambda row: row.checked_on or date.min)
    note = " ".join(one for one in (newest.note, when_said(newest, today=today)) if one)
    if known.reports_differ:
        note = " ".join(_report(fact, row, today=today) for row in known.rows)
    return {
        "answer": str(known.state),
        "words": _("%(place)s: %(said)s") % {"place": place, "said": said} if place else said,
        "said": True,
        "note": note,
        "photos": [
            {
                "src": reverse("picture", args=[photo.name, "small"]),
                "large": reverse("picture", args=[photo.name, "large"]),
                "alt": photo.alt,
            }
            for row in known.rows
            if (photo := photos.get(row.pk))
        ],
    }


def _report(fact: Fact, row: AccessFact, *, today: date) -> str:
    """There is a hearing loop. The venue says so, Tuesday 5 January 2027."""
    return f"{said_by(fact, row)} {when_said(row, today=today)}"


def when_said(row: AccessFact, *, today: date) -> str:
    """Who said so and when; what is old may have changed."""
    source = {
        AccessFact.Source.OWNER: _("The venue says so"),
        AccessFact.Source.AUDIT: _("From a council audit"),
        AccessFact.Source.CHECK: _("Checked by visitors"),
        AccessFact.Source.VISITOR: _("A visitor says so"),
        AccessFact.Source.IMPORTED: _("From public records"),
    }[AccessFact.Source(row.source)]
    if row.checked_on is None:
        return _("%(source)s, no date. It may have changed. Please check.") % {"source": source}
    told = {"source": source, "day": words.long_day(row.checked_on)}
    if is_stale(row.checked_on, today=today):
        return _("%(source)s, %(day)s. It may have changed. Please check.") % told
    return _("%(source)s, %(day)s.") % told
