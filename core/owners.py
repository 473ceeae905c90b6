"""What may own a claim, and what it can be asked.

A claim names its owner by kind and id. Each app registers its kinds when it starts, so that
`audit_claims`, lapsing and displacement reach every app without an import that points up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Displaced:
    """Somebody who stands in the way, in words for staff and coarse words for the public."""

    owner_kind: str
    owner_id: int
    words: str
    public_words: str


def _nothing(_ids: Collection[int] | None) -> Iterable[Any]:
    return ()


@dataclass(frozen=True, slots=True)
class OwnerKind:
    """The questions a kind of owner answers.

    derive(ids): the claims these owners ought to have now (None: all owners), as
        `spaces.claims.Wanted` values.
    lapse(ids, now): their hold ran out; change their state and tell those concerned.
    describe(ids): who they are.
    derive_stock(ids): as derive, for counted things, as `spaces.stock.StockWanted` values.
    locks(ids): the keys (class, id) of all that changes when one of these lapses.
    """

    kind: str
    derive: Callable[[Collection[int] | None], Iterable[Any]]
    lapse: Callable[[Collection[int], datetime], None]
    describe: Callable[[Collection[int]], dict[int, Displaced]]
    derive_stock: Callable[[Collection[int] | None], Iterable[Any]] = _nothing
    locks: Callable[[Collection[int]], Iterable[tuple[int, int]]] = _nothing


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How one app gives out or forgets what it holds about a person (a user id)."""

    app: str
    export: Callable[[int], dict[str, Any]]
    anonymise: Callable[[int, datetime], None]


_kinds: dict[str, OwnerKind] = {}
_personal: dict[str, PersonalData] = {}


def register(kind: OwnerKind) -> None:
    """Make a kind of owner known; called once from the app's `ready()`."""
    _kinds[kind.kind] = kind


def register_personal_data(holder: PersonalData) -> None:
    """Make an app's personal data known to the export and anonymise services."""
    _personal[holder.app] = holder


def kinds() -> list[OwnerKind]:
    """Every registered kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_named(name: str) -> OwnerKind:
    """Raises: KeyError for a kind that no app registered."""
    return _kinds[name]


def holders_of_personal_data() -> list[PersonalData]:
    """Every app that holds personal data, by name."""
    return [_personal[name] for name in sorted(_personal)]
