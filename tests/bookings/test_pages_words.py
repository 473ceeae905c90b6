"""The pages of words, and what every page says about the installation."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.retention import retention_rules
from tests.factories import CouncilFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory, VenueRoleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/how-it-works/", "It does not mean no."),
        ("/accessibility/", "Equality and Human Rights Commission"),
        ("/accessibility/", "partially compliant"),
        ("/accessibility/", "have not been tested by disabled people yet"),
        ("/privacy/", "no internet addresses and no searches"),
        ("/privacy/", "delete it 30 days after"),
    ],
)
def test_a_page_of_words_says(client: Client, address: str, words: str) -> None:
    CouncilFactory(name="Northmere", contact_email="hello@northmere.example")
    page = client.get(address).content.decode()
    assert words in page
    assert f'href="{address}"' in page


def test_the_privacy_notice_names_every_rule_that_is_applied(client: Client) -> None:
    page = client.get("/privacy/").content.decode().replace("&#x27;", "'")
    rules = retention_rules()
    assert len(rules) > 4
    for rule in rules:
        assert rule.what in page
        assert rule.how_long in page


def test_the_statements_say_whom_to_tell(client: Client) -> None:
    CouncilFactory(name="Northmere", contact_email="hello@northmere.example")
    for address in ("/accessibility/", "/privacy/"):
        assert 'href="mailto:hello@northmere.example"' in client.get(address).content.decode()


def test_an_installation_of_one_council_bears_its_name_one_of_two_does_not(
    client: Client,
) -> None:
    CouncilFactory(name="Northmere", contact_phone="020 7946 0100")
    page = client.get("/how-it-works/").content.decode()
    assert "<span>Northmere</span>" in page
    assert "Northmere, 020 7946 0100" in page
    CouncilFactory(name="Eastwold")
    assert "<span>" not in client.get("/how-it-works/").content.decode()


@pytest.mark.parametrize(
    "made", [CouncilRoleFactory, OperatorRoleFactory, VenueRoleFactory], ids=lambda f: f.__name__
)
def test_staff_of_any_kind_see_the_managers_menu_and_others_do_not(
    client: Client, made: Callable[..., object]
) -> None:
    someone, other = UserFactory(), UserFactory()
    made(user=someone)
    client.force_login(someone)
    assert "For venue managers" in client.get("/privacy/").content.decode()
    client.force_login(other)
    assert "For venue managers" not in client.get("/privacy/").content.decode()


def test_the_name_and_the_menu_cost_one_statement(
    client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    CouncilFactory.create_batch(2)
    assert count_queries(lambda: client.get("/how-it-works/")) == 1
    client.force_login(UserFactory())
    assert count_queries(lambda: client.get("/how-it-works/")) == 3  # session, person, this


def test_an_error_page_asks_the_database_nothing(
    client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    assert count_queries(lambda: client.get("/nowhere-at-all/")) == 0
