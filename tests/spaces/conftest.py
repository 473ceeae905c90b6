"""An owner of claims that belongs to no app, so that `spaces` is tested by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from core import owners
from core.owners import Displaced, OwnerKind


@dataclass
class Plain:
    """Answers from lists that the test fills; notes whose holds lapsed."""

    kind: str = "plain"
    wanted: list[Any] = field(default_factory=list)
    stock: list[Any] = field(default_factory=list)
    lapsed: list[set[int]] = field(default_factory=list)

    def derive(self, ids: Collection[int] | None) -> Iterable[Any]:
        return [one for one in self.wanted if ids is None or one.owner_id in ids]

    def derive_stock(self, ids: Collection[int] | None) -> Iterable[Any]:
        return [one for one in self.stock if ids is None or one.owner_id in ids]

    def lapse(self, ids: Collection[int], now: datetime) -> None:
        self.lapsed.append(set(ids))

    def describe(self, ids: Collection[int]) -> dict[int, Displaced]:
        return {one: Displaced(self.kind, one, f"Choir {one}", "Busy") for one in ids}


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Plain:
    """A registered kind of owner named "plain"."""
    owner = Plain()
    monkeypatch.setattr(owners, "_kinds", dict(owners._kinds))
    owners.register(
        OwnerKind(
            kind=owner.kind,
            derive=owner.derive,
            lapse=owner.lapse,
            describe=owner.describe,
            derive_stock=owner.derive_stock,
        )
    )
    return owner
