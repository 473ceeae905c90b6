"""The photo of a single access fact."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.errors import BadInput, StateConflict
from spaces import pictures
from spaces.access_facts import FACTS
from spaces.models import AccessFact, FactPhoto
from spaces.services.access import require_voice
from spaces.services.permission import require_can_manage
from spaces.services.pictures import keep_row


@transaction.atomic
def show_fact(
    fact: AccessFact, data: bytes | None, *, alt: str, actor: User | None, now: datetime
) -> FactPhoto:
    """Keep a photo of what `fact` says, in place of the one before; without `data`, its new words.

    Raises: NotAllowed; BadInput; StateConflict where something else has been said since.
    """
    _lock(fact, actor)
    before = FactPhoto.objects.filter(fact=fact).first()
    if data is None:
        if before is None:
            raise BadInput(_("Choose a photo."), field="file")
        before.alt = alt.strip()
        _check(before)
        before.save(update_fields=["alt"])
        _record("change-fact-photo", fact, actor=actor, now=now)
        return before
    redrawn = pictures.redraw(data)
    photo = FactPhoto(
        fact=fact, alt=alt.strip(), width=redrawn.width, height=redrawn.height, added_at=now
    )
    if before is not None:
        before.delete()
    _check(photo)
    keep_row(photo, redrawn)
    _record("show-fact", fact, actor=actor, now=now)
    return photo


@transaction.atomic
def hide_fact(fact: AccessFact, *, actor: User | None, now: datetime) -> None:
    """Take its photo and the files away. Raises: NotAllowed; StateConflict as `show_fact`."""
    _lock(fact, actor)
    if FactPhoto.objects.filter(fact=fact).delete()[0]:
        _record("hide-fact", fact, actor=actor, now=now)


def _lock(fact: AccessFact, actor: User | None) -> None:
    require_can_manage(actor, [fact.venue])
    require_voice(fact.venue, fact.source, actor)
    locked = AccessFact.objects.select_for_update(of=("self",)).filter(pk=fact.pk).first()
    if locked is None or locked.superseded_by_id or locked.value == AccessFact.Value.UNKNOWN:
        raise StateConflict


def _check(photo: FactPhoto) -> None:
    try:
        photo.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field=field) from error


def _record(verb: str, fact: AccessFact, *, actor: User | None, now: datetime) -> None:
    words = {
        "show-fact": _("A photo was added: %(fact)s"),
        "change-fact-photo": _("The words of a photo changed: %(fact)s"),
        "hide-fact": _("A photo was removed: %(fact)s"),
    }[verb] % {"fact": FACTS[fact.code].question}
    venue = fact.venue
    record(verb, venue, words, actor=actor, now=now, council=venue.council, operator=venue.operator)
