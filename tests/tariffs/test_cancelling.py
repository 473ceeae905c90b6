"""What cancelling costs is never below nothing, however small the price."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tariffs.rules import read
from tariffs.sheets.quote import quote


@pytest.mark.parametrize(
    ("agreed", "charge", "refund"),
    [("100.00", "20.00", "80.00"), ("10.00", "0.00", "10.00"), ("0.00", "0.00", "0.00")],
)
def test_pounds_off_a_share_of_a_small_price_leave_nothing_to_pay(
    agreed: str, charge: str, refund: str
) -> None:
    document = read({
        "rules": [
            {
                "id": "off",
                "kind": "cancel",
                "steps": [{"notice": ">= 0", "charge": "25% - 5"}],
            }
        ]
    })  # fmt: skip

    found = quote([document], {
        "spaces": ["hall"], "agreed_total": agreed, "cancel": {"days_before": 9, "by": "hirer"},
    })  # fmt: skip

    assert found.cancelled is not None
    assert found.cancelled.charge == Decimal(charge)
    assert found.cancelled.refund == Decimal(refund)
