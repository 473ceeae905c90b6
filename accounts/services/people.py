"""What people say about themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    name: str
    phone: str = ""
    language: str = "en-gb"


@transaction.atomic
def change_person(details: PersonDetails, *, actor: User, now: datetime) -> None:
    """Change one's own name, phone and language of mails.

    Raises: ValidationError for details the model refuses.
    """
    for field, value in asdict(details).items():
        setattr(actor, field, value)
    actor.full_clean(exclude=["password", "email"])
    actor.save(update_fields=list(asdict(details)))
    words = _("A person changed their own details")
    audit.record("person_changed", actor, words, actor=actor, now=now)
