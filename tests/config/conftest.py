"""Fixtures of the platform's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded import place
from tests.config.running import Running


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Running]:
    """A runner that the test starts, and that is gone afterwards."""
    var = tmp_path / "var"
    var.mkdir()
    monkeypatch.setattr(place, "VAR", var)
    one = Running(var)
    yield one
    one.end()
