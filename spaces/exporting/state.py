"""A digest of all that the files are made of: as long as it is the same, so are they."""

from __future__ import annotations

from hashlib import sha256

from accounts.models import Council, Operator, Organisation
from core import sql
from notices.links import absolute
from spaces.exporting.columns import SPACES, VENUES
from spaces.models import (
    AccessFact,
    AccessLink,
    AccessNode,
    Facility,
    Layout,
    Space,
    SpaceNeed,
    Venue,
    Ward,
)

_OF_VENUE = (Space, Facility, AccessFact, AccessNode, AccessLink, SpaceNeed)
_VENUE = Venue._meta.db_table
# Every write of a row gives it another xmin or, within one transaction, another ctid.
_PRINT = "coalesce(md5(string_agg(t.id || ':' || t.xmin || t.ctid, ',' ORDER BY t.id)), '')"
_PUBLIC = "v.visibility = 'public' AND (%(council)s::bigint IS NULL OR v.council_id = %(council)s)"


def _statement() -> str:
    parts = [
        f"SELECT {_PRINT} FROM {_VENUE} t "  # noqa: S608 # our own tables
        f"JOIN {_VENUE} v ON v.id = t.id WHERE {_PUBLIC}"
    ]
    parts += [
        f"SELECT {_PRINT} FROM {model._meta.db_table} t "  # noqa: S608 # names of our own tables
        f"JOIN {_VENUE} v ON v.id = t.venue_id WHERE {_PUBLIC}"
        for model in _OF_VENUE
    ]
    parts.append(
        f"SELECT {_PRINT} FROM {Layout._meta.db_table} t "  # noqa: S608 # our own tables
        f"JOIN {Space._meta.db_table} s ON s.id = t.space_id "
        f"JOIN {_VENUE} v ON v.id = s.venue_id WHERE {_PUBLIC}"
    )
    # Few, and named by the venues: all of them, whoever's they are.
    parts += [
        f"SELECT {_PRINT} FROM {model._meta.db_table} t"  # noqa: S608 # our own tables
        for model in (Council, Ward, Operator)
    ]
    parts.append(
        f"SELECT {_PRINT} FROM {Organisation._meta.db_table} t "  # noqa: S608 # our own tables
        f"JOIN {Operator._meta.db_table} o ON o.organisation_id = t.id"
    )
    numbered = (f"(SELECT {n}, ({part}))" for n, part in enumerate(parts))
    return " UNION ALL ".join(numbered)


_STATEMENT = _statement()
_SHAPE = ",".join(column.name for column in (*VENUES, *SPACES))


def state_of(council: Council | None = None) -> str:
    """One query. Differs whenever a row that the files tell of was written, added or taken."""
    found = sql.rows(_STATEMENT, {"council": council.pk if council else None})
    told = "|".join([_SHAPE, absolute("/"), *(one for _n, one in sorted(found))])
    return sha256(told.encode()).hexdigest()
