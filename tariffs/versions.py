"""Which published version of a tariff holds on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import sql
from tariffs.models import Tariff, TariffVersion
from tariffs.rules import TariffDocument, read


@dataclass(frozen=True, slots=True)
class Published:
    """A published version, in force on [valid_from, valid_to).

    `is_registered`: the operator of the venue is, was or will be registered for VAT.
    """

    id: int
    venue_id: int
    picked_by: str
    published_at: datetime | None
    valid_from: date
    valid_to: date | None
    is_registered: bool = False

    @property
    def key(self) -> tuple[int, datetime | None]:
        return self.id, self.published_at


# The columns are those of Published, in its order.
_PUBLISHED = """
SELECT version.id, tariff.venue_id, tariff.picked_by, version.published_at,
       version.valid_from, version.valid_to,
       EXISTS (SELECT FROM accounts_vatregistration registration
               WHERE registration.operator_id = venue.operator_id)
FROM tariffs_tariffversion version JOIN tariffs_tariff tariff ON tariff.id = version.tariff_id
JOIN spaces_venue venue ON venue.id = tariff.venue_id
WHERE tariff.venue_id = ANY(%s::bigint[]) AND version.published_at IS NOT NULL
ORDER BY version.valid_from
"""
_MOST_READ = 500
_read: dict[tuple[int, datetime | None], TariffDocument] = {}


def published(venue_ids: Collection[int]) -> dict[int, list[Published]]:
    """Each venue's published versions by first day. One query."""
    found: dict[int, list[Published]] = defaultdict(list)
    for row in sql.rows(_PUBLISHED, [list(venue_ids)]):
        version = Published(*row)
        found[version.venue_id].append(version)
    return found


def documents(versions: Iterable[Published]) -> dict[int, TariffDocument]:
    """What published versions say, by id. One query for those this process has not read yet.

    The database refuses to edit a published version, so what was read once stays true; the
    moment of publishing tells apart what a restored backup may hold under the same id.
    """
    versions = set(versions)
    unread = {version.id: version for version in versions if version.key not in _read}
    if unread:
        if len(_read) > _MOST_READ:
            _read.clear()
        rows = TariffVersion.objects.filter(pk__in=unread).values_list("pk", "document")
        _read.update((unread[pk].key, read(document)) for pk, document in rows)
    return {version.id: _read[version.key] for version in versions}


def kept(version_ids: Collection[int]) -> dict[int, TariffDocument]:
    """What these published versions say, by id: those that were agreed once. Two queries."""
    if not version_ids:
        return {}
    rows = TariffVersion.objects.filter(pk__in=version_ids).select_related("tariff")
    return documents(
        Published(
            row.pk,
            row.tariff.venue_id,
            row.tariff.picked_by,
            row.published_at,
            row.valid_from,
            row.valid_to,
        )
        for row in rows.defer("document")
    )


def in_force(versions: Sequence[Published], *, day: date) -> tuple[Published | None, bool]:
    """The version that has begun by `day`, and whether it is only an estimate by then.

    Beyond the last day of what is published the newest version is an estimate.
    """
    begun = [version for version in versions if version.valid_from <= day]
    if not begun:
        return None, False
    latest = begun[-1]
    return latest, latest.valid_to is not None and day >= latest.valid_to


def document_of(venue_id: int, *, event_on: date, booked_on: date) -> TariffDocument | None:
    """The rates that price an event of this day; None where none have begun by then."""
    versions = published([venue_id]).get(venue_id, [])
    if not versions:
        return None
    day = day_that_counts(versions[-1], event_on=event_on, booked_on=booked_on)
    version, _is_late = in_force(versions, day=day)
    return documents([version])[version.id] if version else None


def day_that_counts(version: Published, *, event_on: date, booked_on: date) -> date:
    """The day by which this tariff picks its version."""
    return booked_on if version.picked_by == Tariff.PickedBy.BOOKING_DATE else event_on
