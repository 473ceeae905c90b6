"""Where venues stand for VAT, read from the rows of operators, venues, spaces and things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from accounts.models import VatRegistration
from core import sql
from spaces.models import StockItem
from tariffs.models import item_slug
from tariffs.rules.names import short
from tariffs.vat.premises import Premises, Spell

# Every row has the venue, what it is, a name or "", a word, and two days; one statement for all.
_ROWS = """
SELECT venue.id, 'registration', '', registration.prices, registration.first_on,
       registration.last_on
FROM accounts_vatregistration registration
JOIN spaces_venue venue ON venue.operator_id = registration.operator_id
WHERE venue.id = ANY(%(venues)s::bigint[])
UNION ALL
SELECT venue_id, 'option', '', '', first_on, last_on
FROM spaces_optiontotax WHERE venue_id = ANY(%(venues)s::bigint[])
UNION ALL
SELECT space.venue_id, 'sports', space.slug, decision.is_sports_facility::text, NULL, NULL
FROM spaces_sportsdecision decision JOIN spaces_space space ON space.id = decision.space_id
WHERE space.venue_id = ANY(%(venues)s::bigint[])
UNION ALL
SELECT venue_id, 'item', name, vat_class, NULL, NULL
FROM spaces_stockitem WHERE venue_id = ANY(%(venues)s::bigint[]) AND vat_class <> %(follows)s
"""
_Row = tuple[str, str, str, date, date | None]


def premises_of(venue_ids: Collection[int]) -> dict[int, Premises]:
    """What VAT has to know of each venue. One query; none where no venue is asked about."""
    if not venue_ids:
        return {}
    by_venue: dict[int, list[_Row]] = defaultdict(list)
    asked = {"venues": list(venue_ids), "follows": StockItem.VatClass.FOLLOWS_HIRE.value}
    for venue_id, *row in sql.rows(_ROWS, asked):
        by_venue[venue_id].append((row[0], row[1], row[2], row[3], row[4]))
    return {venue_id: _premises(by_venue[venue_id]) for venue_id in venue_ids}


def _premises(rows: Iterable[_Row]) -> Premises:
    registrations, options, sports, items = [], [], {}, {}
    for what, name, word, first_on, last_on in rows:
        if what == "registration":
            adds_vat = word == VatRegistration.Prices.ADDED
            registrations.append(Spell(first_on, last_on, adds_vat=adds_vat))
        elif what == "option":
            options.append(Spell(first_on, last_on))
        elif what == "sports":
            sports[short(name)] = word == "true"
        else:
            items[item_slug(name)] = word
    return Premises(tuple(registrations), tuple(options), sports, items)
