"""An answer as plain JSON values, and back: what a worker found is shown by a page later."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from bookings.services.what_if.answer import OpenDate, Sums, WhatIf

_GROUPS = ("by_category", "by_space", "by_hirer")
_COUNTS = ("dates", "unpriced", "open", "new_dates")


def to_json(answer: WhatIf) -> dict[str, Any]:
    """Amounts as words, so that no penny is lost."""
    return {
        **{name: getattr(answer, name) for name in _COUNTS},
        "new_hours": str(answer.new_hours),
        "total": _sums(answer.total),
        **{
            name: {key: _sums(sums) for key, sums in getattr(answer, name).items()}
            for name in _GROUPS
        },
        "open_dates": [
            [one.reference, one.starts_at.isoformat(), one.ends_at.isoformat(), one.questions]
            for one in answer.open_dates
        ],
        "questions": answer.questions,
    }


def from_json(kept: dict[str, Any]) -> WhatIf:
    """The same answer again."""
    return WhatIf(
        **{name: kept[name] for name in _COUNTS},
        new_hours=Decimal(kept["new_hours"]),
        total=_read(kept["total"]),
        by_category=_group(kept["by_category"]),
        by_space=_group(kept["by_space"]),
        by_hirer=_group(kept["by_hirer"]),
        open_dates=[
            OpenDate(
                reference,
                datetime.fromisoformat(starts_at),
                datetime.fromisoformat(ends_at),
                tuple(questions),
            )
            for reference, starts_at, ends_at, questions in kept["open_dates"]
        ],
        questions=kept["questions"],
    )


def _sums(sums: Sums) -> list[Any]:
    return [sums.dates, str(sums.now), str(sums.then)]


def _read(kept: list[Any]) -> Sums:
    return Sums(kept[0], Decimal(kept[1]), Decimal(kept[2]))


def _group(kept: dict[str, list[Any]]) -> dict[str, Sums]:
    return {key: _read(one) for key, one in kept.items()}
