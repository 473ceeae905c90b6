"""Making and changing venues and their spaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import BadInput
from spaces import horizon, locks
from spaces.locks import LockClass
from spaces.models import Facility, Layout, Pool, Space, SpacePart, Venue
from spaces.services import kinds, needs
from spaces.services.permission import require_can_manage

_LONGEST_SLUG = {Venue: 160, Space: 110}


@dataclass(frozen=True, slots=True)
class LayoutSize:
    """How many people a space takes when it is set out one way."""

    kind: Layout.Kind
    people: int
    wheelchair_places: int | None = None


@dataclass(frozen=True, slots=True)
class FacilityNote:
    """Whether a venue or space has something; `quantity` where it matters how many."""

    code: Facility.Code
    quantity: int | None = None
    note: str = ""
    value: Facility.Value = Facility.Value.YES


@transaction.atomic
def create_venue(venue: Venue, *, actor: User | None, now: datetime) -> Venue:
    """Add a venue; an empty slug is made from its name. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [venue])
    venue.created_at = now
    venue.slug = venue.slug or _free_slug(Venue.objects.all(), venue.name)
    _save(venue)
    _check_operator(venue)
    _record("create-venue", _("Venue %(name)s added"), venue, actor=actor, now=now)
    needs.refresh([venue.pk], now=now)
    return venue


@transaction.atomic
def update_venue(venue: Venue, *, actor: User | None, now: datetime) -> Venue:
    """Keep what was changed on `venue`, and work its times out as far as it takes bookings.

    The actor must run the venue as it was and as it will be. Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [Venue.objects.get(pk=venue.pk), venue])
    _save(venue)
    _check_operator(venue)
    kinds.keep_spaces_fitting(venue, now=now)
    ids = list(venue.spaces.values_list("pk", flat=True))
    horizon.extend(ids, until=horizon.horizon_of(venue, now=now), now=now)
    _record("update-venue", _("Venue %(name)s changed"), venue, actor=actor, now=now)
    return venue


@transaction.atomic
def create_space(space: Space, *, actor: User | None, now: datetime) -> Space:
    """Add a space that is taken by itself. Raises: NotAllowed, BadInput."""
    _add(space, actor=actor)
    SpacePart.objects.create(space=space, part=space)
    _record("create-space", _("Space %(name)s added"), space, actor=actor, now=now)
    needs.refresh([space.venue_id], now=now)
    return space


@transaction.atomic
def create_whole(
    space: Space, parts: Sequence[Space], *, actor: User | None, now: datetime
) -> Space:
    """Add a space that is taken by taking all of `parts`; it is open when they all are.

    Raises: NotAllowed; BadInput for fewer than two parts, or parts that are wholes themselves
    or of another venue.
    """
    _add(space, actor=actor)
    check_parts(space, parts)
    locks.take((LockClass.SPACE, part.pk) for part in parts)
    SpacePart.objects.bulk_create(SpacePart(space=space, part=part) for part in parts)
    horizon.rewrite_opening([space.pk], now=now)
    _record("create-space", _("Space %(name)s added"), space, actor=actor, now=now)
    needs.refresh([space.venue_id], now=now)
    space.refresh_from_db()
    return space


@transaction.atomic
def update_space(space: Space, *, actor: User | None, now: datetime) -> Space:
    """Keep what was changed on `space`, but for its venue. Raises: NotAllowed, BadInput."""
    before = Space.objects.select_related("venue").get(pk=space.pk)
    require_can_manage(actor, [before.venue])
    if space.venue_id != before.venue_id:
        raise BadInput(_("A space stays with its venue."), field="venue")
    kinds.require_fitting(space)
    if (largest := _largest(space)) is not None:
        space.capacity = largest
    # Others write these while a form is open.
    _save(space, keep={"change_no", "hours_known", "expanded_until"})
    _record("update-space", _("Space %(name)s changed"), space, actor=actor, now=now)
    needs.refresh([space.venue_id], now=now)
    return space


@transaction.atomic
def create_pool(pool: Pool, spaces: Sequence[Space], *, actor: User | None, now: datetime) -> Pool:
    """Put spaces that are alike, such as desks, into a pool. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [pool.venue])
    if any(space.venue_id != pool.venue_id for space in spaces):
        raise BadInput(_("Choose spaces of this venue."), field="spaces")
    _save(pool)
    Space.objects.filter(pk__in=[space.pk for space in spaces]).update(pool=pool)
    _record("create-pool", _("Pool %(name)s added"), pool, actor=actor, now=now)
    return pool


@transaction.atomic
def set_layouts(
    space: Space, layouts: Sequence[LayoutSize], *, actor: User | None, now: datetime
) -> None:
    """Say how many people fit, layout by layout; the largest number is the space's capacity.

    No layouts leave the capacity as somebody gave it. Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [space.venue])
    if len({size.kind for size in layouts}) != len(layouts):
        raise BadInput(_("Give each layout once."), field="layouts")
    space.layouts.all().delete()
    for size in layouts:
        _save(
            Layout(
                space=space,
                kind=size.kind,
                people=size.people,
                wheelchair_places=size.wheelchair_places,
            )
        )
    if (largest := _largest(space)) is not None:
        space.capacity = largest
        space.save(update_fields=["capacity"])
    _record("set-layouts", _("Layouts of %(name)s changed"), space, actor=actor, now=now)


@transaction.atomic
def set_facilities(
    venue: Venue,
    space: Space | None,
    facilities: Sequence[FacilityNote],
    *,
    actor: User | None,
    now: datetime,
) -> None:
    """Say what one space has, or for None the venue as a whole. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [venue])
    if space is not None and space.venue_id != venue.pk:
        raise BadInput(_("Choose spaces of this venue."), field="space")
    if len({one.code for one in facilities}) != len(facilities):
        raise BadInput(_("Give each facility once."), field="facilities")
    Facility.objects.filter(venue=venue, space=space).delete()
    for one in facilities:
        _save(
            Facility(
                venue=venue,
                space=space,
                code=one.code,
                value=one.value,
                quantity=one.quantity,
                note=one.note,
            )
        )
    _record(
        "set-facilities", _("Facilities of %(name)s changed"), space or venue, actor=actor, now=now
    )


@transaction.atomic
def set_acoustic_neighbours(
    space: Space, neighbours: Sequence[Space], *, actor: User | None, now: datetime
) -> None:
    """Say which spaces hear what happens in `space`; they then hear each other.

    Raises: NotAllowed; BadInput for itself or a space of another venue.
    """
    require_can_manage(actor, [space.venue])
    if any(one.pk == space.pk or one.venue_id != space.venue_id for one in neighbours):
        raise BadInput(_("Choose other spaces of this venue."), field="neighbours")
    space.acoustic_neighbours.set(neighbours)
    _record("set-neighbours", _("Neighbours of %(name)s changed"), space, actor=actor, now=now)


def _add(space: Space, *, actor: User | None) -> None:
    require_can_manage(actor, [space.venue])
    kinds.require_fitting(space)
    space.slug = space.slug or _free_slug(Space.objects.filter(venue=space.venue_id), space.name)
    _save(space)


def check_parts(whole: Space, parts: Sequence[Space]) -> None:
    """Raises: BadInput where these cannot be the parts of `whole`."""
    ids = [part.pk for part in parts]
    if len(set(ids)) < 2 or len(set(ids)) != len(ids):
        raise BadInput(_("Choose at least two different parts."), field="parts")
    atoms = SpacePart.objects.filter(
        space_id__in=ids, part_id=models.F("space_id"), space__venue=whole.venue_id
    )
    if atoms.count() != len(ids):
        raise BadInput(
            _("A part is a space of this venue that has no parts itself."), field="parts"
        )


def _check_operator(venue: Venue) -> None:
    if venue.operator.council_id != venue.council_id:
        raise BadInput(_("Choose an operator of the same council."), field="operator")


def _largest(space: Space) -> int | None:
    largest: int | None = space.layouts.aggregate(largest=models.Max("people"))["largest"]
    return largest


def _save(row: models.Model, *, keep: frozenset[str] | set[str] = frozenset()) -> None:
    """Check every field and rule, then save all but the fields in `keep`. Raises: BadInput."""
    for one in row._meta.concrete_fields:
        value = getattr(row, one.attname, None)
        if isinstance(value, str) and "\x00" in value:
            raise BadInput(_("That has a letter in it that cannot be kept."), field=one.name)
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field=field, errors=error.message_dict) from error
    if not keep:
        row.save()
        return
    fields = [one.name for one in row._meta.concrete_fields if not one.primary_key]
    row.save(update_fields=[name for name in fields if name not in keep])


def _free_slug(taken: models.QuerySet[Venue] | models.QuerySet[Space], name: str) -> str:
    """A short name that nobody has: mill-lane, mill-lane-2, and so on."""
    longest = _LONGEST_SLUG[taken.model] - 5
    stem = slugify(name)[:longest].strip("-") or "place"
    used = set(taken.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, n = stem, 2
    while slug in used:
        slug, n = f"{stem}-{n}", n + 1
    return slug


def _record(
    verb: str,
    sentence: str,
    subject: Venue | Space | Pool,
    *,
    actor: User | None,
    now: datetime,
) -> None:
    venue = subject if isinstance(subject, Venue) else subject.venue
    record(
        verb,
        subject,
        sentence % {"name": subject.name},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
