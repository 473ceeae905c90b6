"""When an operator is registered for VAT: added, changed and taken away by those who run it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Operator, User, VatRegistration
from accounts.models.vat import VAT_NUMBER
from accounts.policies import can_run_operator
from core.dated import overlapping
from core.errors import BadInput, NotAllowed


@transaction.atomic
def keep_registration(
    registration: VatRegistration, *, actor: User | None, now: datetime
) -> VatRegistration:
    """Add a registration of its operator, or change one. `actor` None: the system itself.

    Raises: NotAllowed; BadInput for a number of another shape, days in the wrong order, or days
    on which the operator is registered already.
    """
    operator = _locked(registration.operator_id, actor)
    registration.number = checked_number(registration.number)
    first, last = registration.first_on, registration.last_on
    if last is not None and last < first:
        raise BadInput(_("The last day must be on or after the first."), field="last_on")
    others = VatRegistration.objects.filter(operator=operator)
    if overlapping(others, first_on=first, last_on=last, besides=registration.pk):
        message = _("There is a registration on some of these days already. Change its last day.")
        raise BadInput(message, field="first_on")
    registration.save()
    _record("vat_registration_kept", _("VAT registration of %(name)s"), operator, actor, now)
    return registration


@transaction.atomic
def remove_registration(
    registration: VatRegistration, *, actor: User | None, now: datetime
) -> None:
    """Take a registration away, as if it had never held. Raises: NotAllowed."""
    operator = _locked(registration.operator_id, actor)
    registration.delete()
    _record(
        "vat_registration_removed", _("VAT registration of %(name)s removed"), operator, actor, now
    )


def checked_number(typed: str) -> str:
    """A VAT number without GB and spaces. Raises: BadInput for another shape; empty stays empty."""
    number = "".join(typed.split()).upper().removeprefix("GB")
    if not number:
        return ""
    try:
        VAT_NUMBER(number)
    except ValidationError as error:
        raise BadInput(error.message, field="number") from error
    return number


def _locked(operator_id: int, actor: User | None) -> Operator:
    """The operator, so that two changes go one after the other. Raises: NotAllowed."""
    rows = Operator.objects.select_for_update(of=("self",)).select_related("organisation")
    operator = rows.get(pk=operator_id)
    if actor is not None and not can_run_operator(actor, operator):
        raise NotAllowed
    return operator


def _record(verb: str, message: str, operator: Operator, actor: User | None, now: datetime) -> None:
    words = message % {"name": operator.organisation.name}
    audit.record(verb, operator, words, actor=actor, now=now, operator=operator)
