"""The same form sent twice, one after the other or at once, is done once."""

from __future__ import annotations

import threading

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import Council, Organisation, User
from tests.factories.accounts import CouncilFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory

ADD = "/organisations/add/"


@pytest.fixture
def person(db: None) -> User:
    CouncilFactory()
    user: User = UserFactory()
    return user


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def add(client: Client, *, name: str = "Chess Club", page: str = "page-1") -> HttpResponse:
    """Send the form for a new group, as it was drawn by one showing of its page."""
    said = {
        "name": name,
        "kind": "community_group",
        "council": Council.objects.get().pk,
        "csrfmiddlewaretoken": page,
    }
    answer: HttpResponse = client.post(ADD, said)
    return answer


def groups() -> int:
    return Organisation.objects.filter(memberships__isnull=False).count()


def test_the_second_press_leads_where_the_first_went(person: User) -> None:
    client = signed_in(person)
    first, second = add(client), add(client)
    assert (first.status_code, second.status_code) == (302, 302)
    assert second["Location"] == first["Location"]
    assert groups() == 1


def test_who_means_two_gets_two(person: User) -> None:
    client = signed_in(person)
    add(client, page="page-1")
    add(client, page="page-2")
    assert groups() == 2


def test_a_form_that_was_shown_again_is_read_again(person: User) -> None:
    client = signed_in(person)
    assert [add(client, name="").status_code for _ in range(2)] == [422, 422]


def test_going_back_over_another_change_is_heard(person: User) -> None:
    client = signed_in(person)
    for name in ("Ann", "Bea", "Ann"):
        said = {"name": name, "language": "en-gb", "csrfmiddlewaretoken": name}
        assert client.post("/account/", said).status_code == 302
    person.refresh_from_db()
    assert person.name == "Ann"


def test_two_browsers_are_two_people(person: User) -> None:
    add(signed_in(person))
    add(signed_in(person))
    assert groups() == 2


def test_signing_in_is_never_led_on_without_a_session(person: User) -> None:
    said = {
        "login": person.email,
        "password": "a long enough password",
        "csrfmiddlewaretoken": "page-1",
    }
    for _ in range(2):
        client = Client()
        client.cookies[settings.CSRF_COOKIE_NAME] = "the same browser"
        assert client.post("/account/login/", said).status_code == 302
        assert settings.SESSION_COOKIE_NAME in client.cookies


def test_the_same_answers_with_another_file_are_another_form(person: User) -> None:
    council = CouncilRoleFactory(user=person).council
    client = signed_in(person)
    sent = []
    for content in (b"Name\nNorth Hall\n", b"Name\nSouth Hall\n"):
        file = SimpleUploadedFile("halls.csv", content, content_type="text/csv")
        said = {
            "file": file,
            "belongs_to": f"council-{council.pk}",
            "csrfmiddlewaretoken": "page-1",
        }
        sent.append(client.post("/manage/imports/", said)["Location"])
    assert sent[0] != sent[1]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one(person: User) -> None:
    clients = [signed_in(person), Client()]
    clients[1].cookies = clients[0].cookies
    start = threading.Barrier(2)
    answers = []

    def press(client: Client) -> None:
        start.wait()
        try:
            answers.append(add(client))
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(client,)) for client in clients]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert groups() == 1
