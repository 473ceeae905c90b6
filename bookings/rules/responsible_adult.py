"""A named adult answers for every booking: a group without legal form cannot contract."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts


def breaches(facts: Facts) -> list[Breach]:
    adult = facts.request.responsible_adult
    if not adult.name.strip():
        return [Breach("adult_not_named", _("Give the name of the adult who is responsible."))]
    if not (adult.email.strip() or adult.phone.strip()):
        return [
            Breach(
                "adult_not_reachable",
                _("Give a phone number or e-mail address for the responsible adult."),
            )
        ]
    return []
