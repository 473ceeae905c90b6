"""The pages of concessions: who sees them, what an answer does, what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Concession, User
from core import clock
from tests.factories.accounts import (
    CouncilFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory

pytestmark = pytest.mark.django_db
LIST = "/manage/concessions/"


@pytest.fixture
def officer(client: Client) -> User:
    officer = CouncilRoleFactory().user
    client.force_login(officer)
    return officer


def claimed(officer: User, **fields: Any) -> Concession:
    group = OrganisationFactory(council=officer.council_roles.get().council, name="Brownies")
    fields = {"category": "young_people", "evidence": "Brownies, 7 to 10", **fields}
    return Concession.objects.create(organisation=group, **fields)


def decided(officer: User, *, days: int) -> Concession:
    last = clock.today() + timedelta(days=days)
    return claimed(officer, state="accepted", decided_at=clock.now(), valid_to=last)


def test_an_officer_reads_the_evidence_and_accepts_for_a_year(
    client: Client, officer: User
) -> None:
    asked = claimed(officer)
    assert b"Brownies" in client.get(LIST).content
    page = client.get(f"{LIST}{asked.pk}/")
    assert b"Brownies, 7 to 10" in page.content
    assert b"Priced now as: Community group" in page.content
    day = page.context["form"]["valid_to"].value()
    assert day == clock.today() + timedelta(days=365)
    parts = {"valid_to_day": day.day, "valid_to_month": day.month, "valid_to_year": day.year}
    answer = client.post(f"{LIST}{asked.pk}/", {"answer": "accepted", **parts})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.valid_to, asked.decided_by) == ("accepted", day, officer)
    shown = client.get(f"{LIST}?show=decided").content.decode()
    assert officer.name in shown


def test_a_refusal_needs_a_reason_and_keeps_the_answers(client: Client, officer: User) -> None:
    asked = claimed(officer)
    page = client.post(f"{LIST}{asked.pk}/", {"answer": "refused", "reason": ""})
    assert page.status_code == 422
    assert b"Say why" in page.content
    client.post(f"{LIST}{asked.pk}/", {"answer": "refused", "reason": "The letter is old."})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("refused", "The letter is old.")


def test_what_was_decided_meanwhile_is_shown_as_decided(client: Client, officer: User) -> None:
    asked = decided(officer, days=300)
    page = client.post(f"{LIST}{asked.pk}/", {"answer": "refused", "reason": "x"}, follow=True)
    assert page.status_code == 200
    assert b"already decided" in page.content
    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_only_what_ends_within_six_weeks_runs_out_soon(client: Client, officer: User) -> None:
    soon, later = decided(officer, days=42), decided(officer, days=43)
    page = client.get(f"{LIST}?show=soon")
    assert [row.pk for row in page.context["page"]] == [soon.pk]
    assert later.pk not in [row.pk for row in client.get(LIST).context["page"]]


@pytest.mark.parametrize("role", ["caretaker", "viewer"])
def test_those_who_do_not_decide_are_refused(client: Client, role: str) -> None:
    client.force_login(CouncilRoleFactory(role=role).user)
    assert client.get(LIST).status_code == 403


def test_staff_of_an_operator_and_hirers_are_refused(client: Client) -> None:
    for user in (OperatorRoleFactory().user, MembershipFactory(role="owner").user):
        client.force_login(user)
        assert client.get(LIST).status_code == 403


def test_the_other_council_finds_nothing(client: Client, officer: User) -> None:
    asked = claimed(officer)
    client.force_login(CouncilRoleFactory().user)
    assert b"Brownies" not in client.get(LIST).content
    assert client.get(f"{LIST}{asked.pk}/").status_code == 404


def test_a_group_renews_and_sees_when_it_is_checked_again(client: Client, officer: User) -> None:
    asked = decided(officer, days=20)
    owner = MembershipFactory(organisation=asked.organisation, role="owner").user
    client.force_login(owner)
    path = f"/organisations/{asked.organisation_id}/"
    assert b"We check it again then" in client.get(path).content
    facts = {"category": "young_people", "evidence": "Still Brownies"}
    assert client.post(f"{path}standing/", facts).status_code == 302
    assert client.post(f"{path}standing/", {**facts, "category": "affiliated"}).status_code == 302
    kept = Concession.objects.exclude(pk=asked.pk).values_list("category", "status", "state")
    assert sorted(kept) == [("", "affiliated", "claimed"), ("young_people", "", "claimed")]


def test_a_person_asks_and_only_those_who_decide_see_it(client: Client) -> None:
    council = CouncilFactory()
    person = UserFactory(name="Mo Hard")
    client.force_login(person)
    facts = {"what": "hardship", "council": council.pk, "evidence": "A letter"}
    assert client.post("/account/help/", facts).status_code == 302
    assert client.post("/account/help/", facts).status_code == 422
    assert client.post("/account/help/", {**facts, "what": "affiliated"}).status_code == 422
    assert b"A letter" in client.get("/account/help/").content
    client.force_login(UserFactory())
    assert b"A letter" not in client.get("/account/help/").content
    client.force_login(CouncilRoleFactory(council=council).user)
    assert b"Mo Hard" in client.get(LIST).content
    found = Concession.objects.get()
    assert b"Keep this to yourself" in client.get(f"{LIST}{found.pk}/").content


@pytest.mark.parametrize("show", ["", "soon", "decided"])
def test_a_list_costs_the_same_for_any_number(
    client: Client, officer: User, show: str, count_queries: Any
) -> None:
    costs = []
    for n in (1, 15):
        for _n in range(n):
            claimed(officer)
            decided(officer, days=5)
        costs.append(count_queries(lambda: client.get(f"{LIST}?show={show}")))
    assert costs[0] == costs[1]
