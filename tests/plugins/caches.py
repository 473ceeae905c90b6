"""Rate limits live in the cache, which is a table: real-connection tests leave rows in it."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(request: pytest.FixtureRequest) -> None:
    mark = request.node.get_closest_marker("django_db")
    is_marked = mark is not None and mark.kwargs.get("transaction", False)
    if is_marked or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        cache.clear()
