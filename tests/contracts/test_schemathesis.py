"""A fuzzer that reads our schema finds no fault of ours and no answer the schema does not know."""

from pathlib import Path

import pytest

from api import tokens
from core import clock
from tests.contracts.conftest import Clients, Served
from tests.factories import UserFactory

pytestmark = [pytest.mark.contract, pytest.mark.django_db(transaction=True)]
_CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance"
)


@pytest.fixture
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The live server runs in this process; the fuzzer asks more than a partner may."""
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)


@pytest.mark.usefixtures("no_limits")
def test_the_interface_keeps_to_its_schema(
    served: Served, clients: Clients, tmp_path: Path
) -> None:
    fresh = tokens.create_token(name="fuzz", days=1, actor=UserFactory(), now=clock.now())
    clients.run(
        "schemathesis",
        "run",
        f"{served.site}/api/v1/schema/",
        "--header",
        f"Authorization: Bearer {fresh.secret}",
        "--checks",
        _CHECKS,
        "--phases",
        "examples,coverage,fuzzing",
        "--max-examples",
        "10",
        "--max-response-time",
        "5",
        "--seed",
        "1",
        "--no-color",
        cwd=tmp_path,
    )
