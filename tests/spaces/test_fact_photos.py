"""A photo of a single access fact: added with words, shown beside it, gone with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, StaffRole
from core import clock
from core.errors import NotAllowed, StateConflict
from spaces import pictures
from spaces.models import AccessFact, FactPhoto, Space, Venue
from spaces.services.access import FactPlace, Said, record_facts, settle
from spaces.services.fact_photos import show_fact
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.access import say
from tests.factories.pictures import a_photo, file_of
from tests.factories.roles import CouncilRoleFactory, VenueRoleFactory

pytestmark = pytest.mark.django_db
Committed = Callable[..., Any]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mine(client: Client) -> Venue:
    role = VenueRoleFactory()
    client.force_login(role.user)
    return role.venue


def page_of(fact: AccessFact) -> str:
    return reverse("manage_fact_photo", args=[fact.venue.slug, fact.pk])


def upload(client: Client, fact: AccessFact, data: bytes | None = None, **said: Any) -> Any:
    sent = {"alt": "A ramp to the side door.", **said}
    if data != b"":
        sent["file"] = SimpleUploadedFile("p.jpg", data or file_of())
    return client.post(page_of(fact), sent)


def answers(venue: Venue, code: str, value: str, **more: Any) -> None:
    said = [Said(code, value, clock.today(), **more)]
    record_facts(FactPlace(venue), said, actor=None, now=clock.now())


def files() -> set[str]:
    return set(pictures.kept_files(before=clock.now().replace(year=2100)))


def test_a_photo_is_added_on_the_page_of_the_facts_and_shown_beside_the_fact(
    client: Client, mine: Venue
) -> None:
    fact = say(mine, "ramp_type", "yes")
    facts_page = reverse("manage_access_facts", args=[mine.slug, "venue", 0])
    assert page_of(fact) in client.get(facts_page).content.decode()
    assert "enctype" in client.get(page_of(fact)).content.decode()

    answer = upload(client, fact)
    assert (answer.status_code, answer["Location"]) == (302, facts_page)
    photo = FactPhoto.objects.get(fact=fact)
    assert (photo.width, photo.height) == (400, 300)
    assert photo.name in client.get(facts_page).content.decode()
    assert AuditEntry.objects.filter(verb="show-fact").count() == 1

    client.logout()
    shown = client.get(reverse("venue", args=[mine.slug])).content.decode()
    small = reverse("picture", args=[photo.name, "small"])
    assert f'src="{small}" alt="A ramp to the side door."' in shown
    picture = client.get(small)
    assert picture.status_code == 200
    picture.close()
    # It is no photo of the venue as a whole.
    assert 'id="photos"' not in shown


def test_the_photo_of_a_fact_of_a_room_stands_with_the_room(client: Client, mine: Venue) -> None:
    hall: Space = SpaceFactory(venue=mine)
    fact = say(hall, "hearing_loop", "yes", space=hall)
    upload(client, fact)
    shown = client.get(reverse("venue", args=[mine.slug])).content.decode()
    assert FactPhoto.objects.get().name in shown


@pytest.mark.parametrize(
    ("data", "said", "field"),
    [
        (file_of(), {"alt": ""}, "alt"),
        (file_of(), {"alt": "  "}, "alt"),
        (file_of(), {"alt": "x" * 251}, "alt"),
        (b"hello", {}, "file"),
        (b"", {}, "file"),
    ],
)
def test_without_words_or_a_picture_it_is_refused_and_the_words_stay(
    client: Client, mine: Venue, data: bytes, said: dict[str, str], field: str
) -> None:
    response = upload(client, say(mine, "ramp_type", "yes"), data, **said)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not FactPhoto.objects.exists()
    assert not files()


def test_the_words_change_without_a_file_and_another_file_takes_the_place_of_the_first(
    client: Client, mine: Venue, django_capture_on_commit_callbacks: Committed
) -> None:
    fact = say(mine, "ramp_type", "yes")
    upload(client, fact)
    first = FactPhoto.objects.get()
    assert upload(client, fact, b"", alt="The ramp, in June.").status_code == 302
    first.refresh_from_db()
    assert first.alt == "The ramp, in June."
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, fact, alt="A new ramp.")
    second = FactPhoto.objects.get()
    assert second.name != first.name
    assert files() == set(pictures.paths_of(second.name))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("manage_fact_photo_remove", args=[mine.slug, fact.pk]))
    assert not FactPhoto.objects.exists()
    assert not files()


def test_it_stays_while_the_answer_does_and_goes_with_it(
    mine: Venue, django_capture_on_commit_callbacks: Committed
) -> None:
    answers(mine, "ramp_type", "yes")
    photo = show_fact(AccessFact.objects.get(), file_of(), alt="Ramp.", actor=None, now=clock.now())
    answers(mine, "ramp_type", "yes", choice="fixed", note="Behind the bins")
    photo.refresh_from_db()
    assert photo.fact.note == "Behind the bins"
    assert photo.fact.superseded_by is None

    with django_capture_on_commit_callbacks(execute=True):
        answers(mine, "ramp_type", "unknown")
    assert not FactPhoto.objects.exists()
    assert not files()


def test_the_photo_of_a_report_that_was_set_aside_is_shown_to_nobody(
    client: Client, mine: Venue
) -> None:
    ours = say(mine, "hearing_loop", "yes")
    photo = show_fact(ours, file_of(), alt="The sign.", actor=None, now=clock.now())
    settle(say(mine, "hearing_loop", "no", source="audit"), actor=None, now=clock.now())
    assert client.get(reverse("picture", args=[photo.name, "small"])).status_code == 404
    assert photo.name not in client.get(reverse("venue", args=[mine.slug])).content.decode()
    with pytest.raises(StateConflict):
        show_fact(ours, file_of(), alt="Again.", actor=None, now=clock.now())
    assert client.get(page_of(ours)).status_code == 404


def test_of_a_hidden_venue_it_is_for_those_who_run_it(client: Client) -> None:
    venue = VenueFactory(visibility="confidential")
    fact = say(venue, "quiet_space", "yes")
    photo = show_fact(fact, file_of(), alt="A corner.", actor=None, now=clock.now())
    address = reverse("picture", args=[photo.name, "large"])
    for person in (None, UserFactory(), VenueRoleFactory().user):
        if person:
            client.force_login(person)
        assert client.get(address).status_code == 404
    client.force_login(VenueRoleFactory(venue=venue).user)
    answer = client.get(address)
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_nobody_else_adds_one_and_what_others_found_is_for_officers_to_show(
    client: Client, mine: Venue
) -> None:
    theirs = say(VenueFactory(), "ramp_type", "yes")
    assert upload(client, theirs).status_code in {403, 404}
    audit = say(mine, "ramp_type", "yes", source="audit")
    assert upload(client, audit).status_code == 403
    with pytest.raises(NotAllowed):
        show_fact(audit, file_of(), alt="x", actor=UserFactory(), now=clock.now())
    assert not FactPhoto.objects.exists()

    officer = CouncilRoleFactory(council=mine.council, role=StaffRole.OFFICER).user
    client.force_login(officer)
    answer = upload(client, audit)
    assert answer["Location"].endswith("?source=audit")


def test_what_is_not_checked_has_no_photo(client: Client, mine: Venue) -> None:
    assert client.get(page_of(say(mine, "ramp_type", "unknown"))).status_code == 404


def test_the_database_keeps_no_photo_without_words(mine: Venue) -> None:
    fact = say(mine, "ramp_type", "yes")
    photo = show_fact(fact, file_of(), alt="Ramp.", actor=None, now=clock.now())
    photo.alt = ""
    with pytest.raises(IntegrityError, match="fact_photo_says"), transaction.atomic():
        photo.save()


def test_the_page_of_a_venue_costs_the_same_with_a_photo_of_each_fact(
    client: Client, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    venue = VenueFactory()
    a_photo(venue)
    address = reverse("venue", args=[venue.slug])
    facts = [say(venue, code, "yes") for code in ("lift", "ramp_type", "hearing_loop")]
    client.get(address)
    without = count_queries(lambda: client.get(address))
    for fact in facts:
        show_fact(fact, file_of(), alt="It.", actor=None, now=clock.now())
    assert count_queries(lambda: client.get(address)) == without
