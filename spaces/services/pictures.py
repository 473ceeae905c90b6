"""Photos of a venue and plans of its floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import BadInput
from spaces import pictures
from spaces.models import FloorPlan, Photo, PlanMark, Space, Venue
from spaces.models.picture import Picture
from spaces.services.permission import require_can_manage

MOST_PHOTOS = 40
MOST_PLANS = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What people say about a photo. `space` is None for the venue as a whole."""

    alt: str
    caption: str = ""
    space: Space | None = None


class Way(Enum):
    """Where a photo goes in the order."""

    EARLIER = -1
    LATER = 1


@transaction.atomic
def add_photo(venue: Venue, data: bytes, said: Said, *, actor: User | None, now: datetime) -> Photo:
    """Keep a photo, last in order. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [venue])
    if venue.photos.count() >= MOST_PHOTOS:
        raise BadInput(_("There are 40 photos already. Remove one first."))
    photo = Photo(venue=venue, added_at=now, position=_last(venue) + 1)
    _say(photo, said)
    redrawn = pictures.redraw(data)
    photo.width, photo.height = redrawn.width, redrawn.height
    _check(photo)
    keep_row(photo, redrawn)
    _record("add-photo", _("A photo of %(name)s was added"), venue, actor=actor, now=now)
    return photo


@transaction.atomic
def change_photo(photo: Photo, said: Said, *, actor: User | None, now: datetime) -> None:
    """Say other words about it. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [photo.venue])
    _say(photo, said)
    _check(photo)
    photo.save(update_fields=["alt", "caption", "space"])
    _record("change-photo", _("A photo of %(name)s changed"), photo.venue, actor=actor, now=now)


@transaction.atomic
def move_photo(photo: Photo, way: Way, *, actor: User | None, now: datetime) -> None:
    """Change places with the one before or after, if there is one. Raises: NotAllowed."""
    require_can_manage(actor, [photo.venue])
    Venue.objects.select_for_update().get(pk=photo.venue_id)
    rows = list(photo.venue.photos.order_by("position", "pk"))
    here = next(n for n, row in enumerate(rows) if row.pk == photo.pk)
    there = here + way.value
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for n, row in enumerate(rows):
        row.position = n
    Photo.objects.bulk_update(rows, ["position"])
    _record("move-photo", _("Photos of %(name)s put in order"), photo.venue, actor=actor, now=now)


@transaction.atomic
def remove_photo(photo: Photo, *, actor: User | None, now: datetime) -> None:
    """Take a photo and its files away. Raises: NotAllowed."""
    require_can_manage(actor, [photo.venue])
    _remove(photo)
    _record("remove-photo", _("A photo of %(name)s was removed"), photo.venue, actor=actor, now=now)


@transaction.atomic
def add_floor_plan(
    venue: Venue, data: bytes, *, floor: int, alt: str, actor: User | None, now: datetime
) -> FloorPlan:
    """Keep the drawing of one floor. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [venue])
    if venue.floor_plans.count() >= MOST_PLANS:
        raise BadInput(_("There are 20 plans already. Remove one first."))
    plan = FloorPlan(venue=venue, floor=floor, alt=alt.strip(), added_at=now)
    redrawn = pictures.redraw(data)
    plan.width, plan.height = redrawn.width, redrawn.height
    _check(plan)
    keep_row(plan, redrawn)
    _record("add-plan", _("A floor plan of %(name)s was added"), venue, actor=actor, now=now)
    return plan


@transaction.atomic
def set_marks(
    plan: FloorPlan,
    marks: Mapping[Space, tuple[Decimal, Decimal]],
    *,
    actor: User | None,
    now: datetime,
) -> None:
    """Say where spaces are: per cent from the left and from the top.

    Raises: NotAllowed; BadInput for a place off the plan or a space of another venue.
    """
    require_can_manage(actor, [plan.venue])
    if any(space.venue_id != plan.venue_id for space in marks):
        raise BadInput(_("Choose spaces of this venue."))
    plan.marks.all().delete()
    for space, (x, y) in marks.items():
        mark = PlanMark(plan=plan, space=space, x=x, y=y)
        _check(mark)
        mark.save()
    _record("set-marks", _("A floor plan of %(name)s changed"), plan.venue, actor=actor, now=now)


@transaction.atomic
def remove_floor_plan(plan: FloorPlan, *, actor: User | None, now: datetime) -> None:
    """Take a plan and its files away. Raises: NotAllowed."""
    require_can_manage(actor, [plan.venue])
    _remove(plan)
    _record(
        "remove-plan", _("A floor plan of %(name)s was removed"), plan.venue, actor=actor, now=now
    )


def _say(photo: Photo, said: Said) -> None:
    if said.space is not None and said.space.venue_id != photo.venue_id:
        raise BadInput(_("Choose spaces of this venue."), field="space")
    photo.alt, photo.caption, photo.space = said.alt.strip(), said.caption.strip(), said.space


def _check(row: Photo | FloorPlan | PlanMark) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field=field) from error


def keep_row(row: Picture, redrawn: pictures.Redrawn) -> None:
    """Files first: a row without files would show a hole, files without a row show nowhere."""
    pictures.keep(row.name, redrawn)
    try:
        with transaction.atomic():
            row.save()
    except Exception:
        pictures.throw_away(row.name)
        raise


def _remove(row: Photo | FloorPlan) -> None:
    # Its files go once that is committed (spaces/picture_files.py).
    row.delete()


def _last(venue: Venue) -> int:
    positions = venue.photos.values_list("position", flat=True)
    return max(positions, default=-1)


def _record(verb: str, sentence: str, venue: Venue, *, actor: User | None, now: datetime) -> None:
    record(
        verb,
        venue,
        sentence % {"name": venue.name},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
