"""A few months of the demo, loaded once for a module and rolled back after it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from demo.load import Reach, load

TODAY = date(2027, 1, 20)
A_FEW_WEEKS = Reach(days_back=50, days_ahead=40)


def in_silence(_words: str) -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load(today=TODAY, say=in_silence, reach=A_FEW_WEEKS)
        yield
        transaction.set_rollback(True)
