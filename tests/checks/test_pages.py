"""The pages of access checks, as people open them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from checks.models import Answer, ChangeReport, Visit, VisitPhoto, VisitState
from checks.policies import CheckPolicy
from checks.queries import Due, due_counts, due_venues
from core import clock
from spaces.models import AccessFact
from tests.factories import OperatorFactory, SpaceFactory, VenueFactory
from tests.factories.checks import (
    ChangeReportFactory,
    CheckRoundFactory,
    VisitFactory,
    accepted_visit,
    officer_of,
    person,
    sent_visit,
)
from tests.factories.roles import VenueRoleFactory

pytestmark = pytest.mark.django_db
Counter = Callable[[Callable[[], object]], int]


def text(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    file.seek(0)
    file.name = "door.jpg"
    return file


def test_a_visit_from_the_invitation_to_the_public_page_without_a_script(client: Client) -> None:
    role = VenueRoleFactory()
    checker = person(name="Zoe Quaver")
    visit = VisitFactory(venue=role.venue, email=checker.email)
    client.force_login(checker)
    assert "Yes, I will go" in text(client, "my_visits")
    client.post(reverse("answer_check_invitation", args=[visit.pk]), {"answer": "accept"})
    step = reverse("my_visit_step", args=[visit.pk, "part-2"])
    answer = client.post(
        step, {"entrance_step_free": "no", "entrance_steps_measure": "2", "back": "1"}
    )
    assert answer["Location"] == reverse("my_visit", args=[visit.pk]) + "?saved=part-2"
    day = clock.today()
    client.post(
        reverse("my_visit_story", args=[visit.pk]),
        {
            "visited_on_day": day.day, "visited_on_month": day.month, "visited_on_year": day.year,
            "words": "Nobody at the door.",
        },
    )  # fmt: skip
    photo = client.post(
        reverse("my_visit_photo", args=[visit.pk]), {"file": picture(), "alt": "Two steps"}
    )
    assert photo.status_code == 302
    client.post(
        reverse("my_visit_expenses", args=[visit.pk]), {"amount": "4.50", "what_for": "Bus"}
    )
    assert "Every way in has steps." in text(client, "my_visit_send", visit.pk)
    client.post(reverse("my_visit_send", args=[visit.pk]))
    client.force_login(role.user)
    read = text(client, "venue_check", role.venue.slug, visit.pk)
    assert "Nobody at the door." in read
    assert "Zoe" not in read
    client.post(reverse("venue_check", args=[role.venue.slug, visit.pk]), {"fine": "1"})
    client.logout()
    page = text(client, "venue_checks", role.venue.slug)
    assert "Every way in has steps." in page
    assert 'alt="Two steps"' in page
    assert "Zoe" not in page
    assert checker.email not in page
    facts = AccessFact.objects.filter(venue=role.venue, source="check")
    assert set(facts.values_list("code", flat=True)) == {"entrance_step_free", "entrance_steps"}


def test_a_photo_is_public_only_once_its_visit_is(client: Client) -> None:
    visit = accepted_visit(words="Fine.")
    client.force_login(visit.checker)
    client.post(reverse("my_visit_photo", args=[visit.pk]), {"file": picture(), "alt": "Door"})
    photo = VisitPhoto.objects.get()
    address = reverse("visit_photo", args=[photo.name, "small"])
    assert client.get(address).status_code == 200
    manager = VenueRoleFactory(venue=visit.venue).user
    client.force_login(manager)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404
    Visit.objects.filter(pk=visit.pk).update(
        state=VisitState.PUBLISHED,
        sent_at=clock.now(),
        published_at=clock.now(),
        reply_by=clock.today(),
    )
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("file", "alt"), [(b"not a picture", "Door"), (None, "Door"), (b"x", "")])
def test_a_photo_that_is_none_or_says_nothing_is_refused(
    client: Client, file: bytes | None, alt: str
) -> None:
    visit = accepted_visit()
    client.force_login(visit.checker)
    said: dict[str, object] = {"alt": alt}
    if file:
        said["file"] = BytesIO(file)
    answer = client.post(reverse("my_visit_photo", args=[visit.pk]), said)
    assert answer.status_code == 422


def test_a_wrong_answer_keeps_the_others(client: Client) -> None:
    visit = accepted_visit()
    client.force_login(visit.checker)
    answer = client.post(
        reverse("my_visit_step", args=[visit.pk, "part-2"]),
        {
            "entrance_step_free": "no",
            "entrance_step_free_note": "Since May",
            "door_clear_width_measure": "wide",
        },
    )
    assert answer.status_code == 422
    assert "Since May" in answer.content.decode()
    assert not visit.answers.exists()


def test_what_is_sent_in_can_no_longer_be_changed(client: Client) -> None:
    visit = sent_visit(lift="no")
    client.force_login(visit.checker)
    answer = client.post(reverse("my_visit_step", args=[visit.pk, "part-3"]), {"lift": "yes"})
    assert answer.status_code == 409
    assert visit.answers.get().value == "no"


def test_what_the_others_say_stands_beside_what_was_found(client: Client) -> None:
    role = VenueRoleFactory()
    AccessFact.objects.create(venue=role.venue, code="lift", value="yes", choice="passenger")
    visit = sent_visit(role.venue, lift="no")
    client.force_login(role.user)
    page = text(client, "venue_check", role.venue.slug, visit.pk)
    assert "Reports differ." in page


def test_the_council_sees_what_is_due() -> None:
    operator = OperatorFactory()
    today, never = clock.today(), VenueFactory(operator=operator)
    old, fresh, sent = (VenueFactory(operator=operator) for _ in range(3))
    VenueFactory(operator=operator, visibility="confidential")
    VenueFactory()
    for venue, days in ((old, 800), (fresh, 30)):
        AccessFact.objects.create(
            venue=venue, code="lift", value="no", source="check",
            checked_on=today - timedelta(days=days),
        )  # fmt: skip
    sent_visit(sent, lift="no")
    VisitFactory(venue=sent, round__council=operator.council)
    policy = CheckPolicy(officer_of(operator.council))
    rows = {row.pk: row.due for row in due_venues(policy, today=today)}
    assert rows == {
        never.pk: Due.NEVER, old.pk: Due.OLD, fresh.pk: Due.FRESH, sent.pk: Due.SENT,
    }  # fmt: skip
    assert due_counts(policy, today=today)[Due.NEVER] == 1


@pytest.mark.parametrize(
    "name", ["check_rounds", "check_due", "check_expenses", "check_settings", "check_round_new"]
)
def test_the_pages_of_the_council_are_for_its_officers(client: Client, name: str) -> None:
    client.force_login(VenueRoleFactory().user)
    assert client.get(reverse(name)).status_code == 403
    client.force_login(officer_of(VenueFactory().council))
    assert client.get(reverse(name)).status_code == 200


def _many(client: Client, name: str, number: int) -> str:
    """The address of a list with that many rows, with somebody signed in who may open it."""
    operator = OperatorFactory()
    check_round = CheckRoundFactory(council=operator.council)
    officer = officer_of(operator.council)
    client.force_login(officer)
    venue = VenueFactory(operator=operator)
    SpaceFactory(venue=venue)
    for n in range(number):
        visit = sent_visit(VenueFactory(operator=operator) if n else venue, lift="no")
        visit.round, visit.checker = check_round, visit.checker
        visit.expenses, visit.expenses_for, visit.expenses_state = 4, "Bus", "claimed"
        visit.save()
        ChangeReportFactory(venue=venue)
        CheckRoundFactory(council=operator.council)
        published = sent_visit(venue, lift="no", drop_off_point="yes")
        published.state, published.published_at = "published", clock.now()
        published.save()
    args = {
        "check_round": [check_round.pk],
        "manage_checks": [venue.slug],
        "venue_reports": [venue.slug],
        "venue_checks": [venue.slug],
    }
    return reverse(name, args=args.get(name, []))


@pytest.mark.parametrize(
    "name",
    [
        "check_rounds",
        "check_round",
        "check_due",
        "check_expenses",
        "manage_checks",
        "venue_reports",
        "all_reports",
        "venue_checks",
    ],
)
def test_a_list_costs_the_same_for_any_number(
    client: Client, count_queries: Counter, name: str
) -> None:
    counts = []
    for number in (1, 15):
        address = _many(client, name, number)
        client.get(address)
        counts.append(count_queries(lambda address=address: client.get(address)))
    assert counts[0] == counts[1]


def test_a_visit_costs_the_same_for_any_number_of_answers(
    client: Client, count_queries: Counter
) -> None:
    counts = []
    for rooms in (1, 20):
        space = SpaceFactory()
        SpaceFactory.create_batch(rooms, venue=space.venue)
        visit = accepted_visit(space.venue)
        Answer.objects.bulk_create(
            Answer(visit=visit, code="lighting_control", value="yes", space=one)
            for one in space.venue.spaces.all()
        )
        client.force_login(visit.checker)
        address = reverse("my_visit", args=[visit.pk])
        client.get(address)
        counts.append(count_queries(lambda address=address: client.get(address)))
    assert counts[0] == counts[1]


def test_a_manager_decides_on_a_report_by_its_page(client: Client) -> None:
    role = VenueRoleFactory()
    report = ChangeReportFactory(venue=role.venue)
    client.force_login(role.user)
    address = reverse("venue_report", args=[role.venue.slug, report.pk])
    assert "The ramp is gone." in text(client, "venue_report", role.venue.slug, report.pk)
    assert client.post(address, {"set_aside": "1"}).status_code == 422
    assert client.post(address, {"entrance_step_free": "no"}).status_code == 302
    assert ChangeReport.objects.get().state == "accepted"
    assert AccessFact.objects.get().source == "visitor"


def test_a_venue_page_leads_to_both(client: Client) -> None:
    venue = VenueFactory()
    page = text(client, "venue", venue.slug)
    assert reverse("venue_changed", args=[venue.slug]) in page
    assert reverse("venue_checks", args=[venue.slug]) in page
