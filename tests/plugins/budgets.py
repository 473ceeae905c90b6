"""Query budgets: a page costs the same however many rows it shows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

MaxQueries = Callable[[int], AbstractContextManager[CaptureQueriesContext]]


@pytest.fixture
def max_queries() -> MaxQueries:
    """`with max_queries(5): ...` fails, naming the statements, when there were more."""

    @contextmanager
    def budget(limit: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured
        said = [query["sql"] for query in captured.captured_queries]
        counted = [s for s in said if not s.startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
        if len(counted) > limit:
            listed = "\n".join(f"{n}. {statement[:300]}" for n, statement in enumerate(counted, 1))
            pytest.fail(f"{len(counted)} queries, at most {limit} expected:\n{listed}")

    return budget


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    """Run the callable and say how many statements it needed."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
