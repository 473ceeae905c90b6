"""Small words of VAT that several places share."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _


def percent(rate: Decimal) -> str:
    """20%, 17.5%."""
    plain = format(rate.normalize(), "f")
    return _("%(rate)s%%") % {"rate": plain}
