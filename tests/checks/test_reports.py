"""“This has changed”: said by anybody, decided by those who run the venue."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from checks.answers import Given
from checks.limit import _ReportThrottle
from checks.models import ChangeReport
from checks.retention import RULES
from checks.services.reports import Reported, accept_report, report_change, set_report_aside
from core import clock
from core.errors import BadInput, NotAllowed, NotFound, StateConflict
from notices.models import Notice
from spaces.access_facts import FACTS
from spaces.models import AccessFact
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.checks import ChangeReportFactory, officer_of
from tests.factories.roles import VenueRoleFactory

pytestmark = pytest.mark.django_db


def address(venue, **query: str) -> str:
    path = reverse("venue_changed", args=[venue.slug])
    return path + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def test_anybody_says_so_and_nothing_changes_until_it_is_accepted(client: Client) -> None:
    role = VenueRoleFactory()
    venue = role.venue
    answer = client.post(
        address(venue, fact="entrance_step_free"),
        {"entrance_step_free": "no", "words": "The ramp is gone", "email": "zoe@example.org"},
    )
    assert answer.status_code == 302
    report = ChangeReport.objects.get()
    assert not AccessFact.objects.exists()
    assert Notice.objects.get(event="change_reported").to_email == role.user.email
    accept_report(report, Given(value="no"), reason="Right", actor=role.user, now=clock.now())
    fact = AccessFact.objects.get()
    assert (fact.source, fact.value, fact.checked_on) == ("visitor", "no", clock.today())
    report.refresh_from_db()
    assert (report.state, report.email) == ("accepted", "")
    assert Notice.objects.get(event="change_decided").to_email == "zoe@example.org"


def test_setting_aside_needs_a_reason_and_forgets_the_address() -> None:
    role = VenueRoleFactory()
    report = ChangeReportFactory(venue=role.venue, email="zoe@example.org")
    with pytest.raises(BadInput):
        set_report_aside(report, reason=" ", actor=role.user, now=clock.now())
    set_report_aside(report, reason="It is there", actor=role.user, now=clock.now())
    report.refresh_from_db()
    assert (report.state, report.email) == ("set_aside", "")
    assert Notice.objects.get(event="change_decided").context["reason"] == "It is there"
    with pytest.raises(StateConflict):
        accept_report(report, Given(value="no"), actor=role.user, now=clock.now())
    assert not AccessFact.objects.exists()


def test_the_council_may_decide_and_strangers_may_not() -> None:
    report = ChangeReportFactory()
    for other in (UserFactory(), VenueRoleFactory().user, officer_of(VenueFactory().council)):
        with pytest.raises(NotAllowed):
            set_report_aside(report, reason="No", actor=other, now=clock.now())
    officer = officer_of(report.venue.council)
    accept_report(report, Given(value="no"), actor=officer, now=clock.now())
    assert AccessFact.objects.filter(source="visitor").count() == 1


def test_a_report_about_a_room_becomes_a_fact_of_the_room() -> None:
    space = SpaceFactory()
    role = VenueRoleFactory(venue=space.venue)
    said = Reported(
        words="", fact=FACTS["room_turning_space"], given=Given(measure=Decimal(1500)), space=space
    )
    report = report_change(space.venue, said, now=clock.now())
    accept_report(report, Given(measure=Decimal(1400)), actor=role.user, now=clock.now())
    fact = AccessFact.objects.get(code="room_turning_space")
    assert (fact.space, fact.measure) == (space, Decimal(1400))


def test_something_else_is_kept_in_words_and_makes_no_fact() -> None:
    role = VenueRoleFactory()
    report = report_change(role.venue, Reported(words="The bell is broken"), now=clock.now())
    accept_report(report, None, actor=role.user, now=clock.now())
    assert not AccessFact.objects.exists()


def test_a_machine_that_fills_the_hidden_box_is_thanked_and_forgotten(client: Client) -> None:
    venue = VenueFactory()
    said = {"words": "Buy pills", "homepage": "https://spam.example"}
    answer = client.post(address(venue, fact="other"), said)
    assert answer.status_code == 302
    assert not ChangeReport.objects.exists()


def test_who_says_too_much_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ReportThrottle, "rate", "2/hour", raising=False)
    venue = VenueFactory()
    answers = [client.post(address(venue, fact="other"), {"words": "x"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_venue_is_not_drowned_in_reports() -> None:
    venue = VenueFactory()
    ChangeReportFactory.create_batch(60, venue=venue)
    with pytest.raises(StateConflict):
        report_change(venue, Reported(words="One more"), now=clock.now())


@pytest.mark.parametrize("visibility", ["confidential", "partners"])
def test_a_hidden_venue_takes_no_reports(client: Client, visibility: str) -> None:
    venue = VenueFactory(visibility=visibility)
    assert client.get(address(venue)).status_code == 404
    with pytest.raises(NotFound):
        report_change(venue, Reported(words="x"), now=clock.now())


@pytest.mark.parametrize(
    "said",
    [
        {"words": ""},
        {"words": "x" * 501},
        {"words": "bad \x07 bell"},
        {"words": "x", "email": "nobody"},
        {"words": "x", "entrance_steps": "maybe"},
        {"words": "x", "entrance_steps": "no", "entrance_steps_measure": "3"},
        {"words": "x", "entrance_steps_measure": "-1"},
        {"words": "x", "entrance_steps_measure": "NaN"},
    ],
)
def test_what_cannot_be_kept_is_asked_about_again(client: Client, said: dict[str, str]) -> None:
    venue = VenueFactory()
    answer = client.post(address(venue, fact="entrance_steps"), said)
    assert answer.status_code in {400, 422}
    assert not ChangeReport.objects.exists()


@pytest.mark.parametrize(
    "query", [{"fact": "nonsense"}, {"fact": "lift", "place": "room-999999"}, {"place": "room-x"}]
)
def test_an_odd_address_asks_again(client: Client, query: dict[str, str]) -> None:
    assert client.get(address(VenueFactory(), **query)).status_code == 200


def test_addresses_go_after_half_a_year_and_reports_two_years_after_the_decision() -> None:
    now = clock.now()
    old = ChangeReportFactory(email="a@example.org", reported_at=now - timedelta(days=181))
    new = ChangeReportFactory(email="b@example.org")
    gone = ChangeReportFactory(state="accepted", decided_at=now - timedelta(days=731))
    for rule in RULES:
        rule.apply(now)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.email, new.email) == ("", "b@example.org")
    assert not ChangeReport.objects.filter(pk=gone.pk).exists()
