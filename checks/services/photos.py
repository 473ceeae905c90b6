"""Photos of a visit, drawn anew without what the camera wrote."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from checks.models import Visit, VisitPhoto
from checks.policies import CheckPolicy
from checks.services.invitations import lock_visit, record_visit
from core.errors import BadInput, NotFound, StateConflict
from spaces import pictures
from spaces.services.pictures import keep_row

MOST_PHOTOS = 12


@transaction.atomic
def add_photo(visit: Visit, data: bytes, *, alt: str, actor: User, now: datetime) -> VisitPhoto:
    """Keep a photo. Raises: NotFound, StateConflict once it is sent in, BadInput."""
    if not CheckPolicy(actor).own_visits().filter(pk=visit.pk, checker=actor).exists():
        raise NotFound
    locked = lock_visit(visit)
    if not locked.is_draft:
        raise StateConflict
    if not alt.strip():
        raise BadInput(_("Say what the photo shows."), field="alt")
    if VisitPhoto.objects.filter(visit=locked).count() >= MOST_PHOTOS:
        raise BadInput(_("There are 12 photos already. Remove one first."), field="file")
    redrawn = pictures.redraw(data)
    photo = VisitPhoto(
        visit=locked,
        alt=alt.strip(),
        width=redrawn.width,
        height=redrawn.height,
        added_at=now,
    )
    keep_row(photo, redrawn)
    return photo


@transaction.atomic
def remove_photo(photo: VisitPhoto, *, actor: User, now: datetime) -> None:
    """Take a photo away: its checker from a draft, an officer at any time.

    Raises: NotFound for everybody else.
    """
    policy = CheckPolicy(actor)
    visit = lock_visit(photo.visit)
    is_own = visit.is_draft and policy.own_visits().filter(pk=visit.pk, checker=actor).exists()
    if not is_own and not policy.is_officer_of(visit.round.council_id):
        raise NotFound
    # Its files go once that is committed (spaces/picture_files.py).
    photo.delete()
    said = _("A photo of an access check of %(venue)s was removed")
    record_visit("check-photo-removed", visit, said, actor=actor, now=now)
