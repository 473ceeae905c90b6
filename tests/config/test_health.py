"""The two addresses that balancers and people ask first."""

import pytest
from django.db import connection
from django.test import Client

from config import health


def test_healthz_answers_without_the_database(client: Client) -> None:
    # No database mark: touching the database would fail the test.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_names_each_part(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200, response.content
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "queue": "ok",
    }


@pytest.mark.django_db
def test_readyz_says_503_while_a_migration_is_missing(client: Client) -> None:
    app, name = sorted(health._newest_migrations())[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", [app, name])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "failing"


@pytest.mark.django_db
def test_readyz_says_503_without_the_queue(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs RENAME TO procrastinate_jobs_away")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["queue"] == "failing"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_read_only_and_never_kept(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path).headers["Cache-Control"]
