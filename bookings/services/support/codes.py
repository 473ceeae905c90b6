"""Voucher codes: how they are made, kept and looked up, and how often somebody may guess."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from accounts.models import User

# Without vowels and look-alikes, so that nobody reads a word or a wrong letter.
_LETTERS = "23467CDFGHJKMNPQRTVWXY"
_LENGTH = 12
_IN_FOURS = 4
_SALT = "bookings.voucher"
MOST_MISSES = 20
_AN_HOUR = 3600


def new_code() -> str:
    """Twelve letters and digits that nobody can guess, in fours: 7KQD-22CF-XWYH."""
    letters = "".join(secrets.choice(_LETTERS) for _n in range(_LENGTH))
    return "-".join(letters[n : n + _IN_FOURS] for n in range(0, _LENGTH, _IN_FOURS))


def digest_of(code: str) -> str:
    """What is kept of a code, however it was typed: case, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac(_SALT, plain, algorithm="sha256").hexdigest()


def guesses_too_often(person: User) -> bool:
    """Whether this person has entered so many wrong codes that they have to wait."""
    return int(cache.get(_key(person), 0)) >= MOST_MISSES


def note_miss(person: User) -> None:
    """A code that there is not; forgotten an hour after the first."""
    if not cache.add(_key(person), 1, timeout=_AN_HOUR):
        try:
            cache.incr(_key(person))
        except ValueError:
            # It ran out at this very moment.
            cache.set(_key(person), 1, timeout=_AN_HOUR)


def _key(person: User) -> str:
    return f"voucher-misses-{person.pk}"
