"""References that people read out on the phone."""

from __future__ import annotations

import secrets

from bookings.models import Booking

# Without vowels (no words), and without what looks or sounds alike (0 O, 1 I L, 5 S, 8 B).
_LETTERS = "23467CDFGHJKMNPQRTVWXY"
_LENGTH = 8


def new_reference() -> str:
    """An unused reference such as 7K3P2QWX; not guessable from another."""
    while True:
        reference = "".join(secrets.choice(_LETTERS) for _n in range(_LENGTH))
        if not Booking.objects.filter(reference=reference).exists():
            return reference
