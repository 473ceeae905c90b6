"""The interface describes itself without a warning, and its pages call no other host."""

import re

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def test_the_schema_is_valid_openapi_31_without_a_warning() -> None:
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_every_answer_of_trouble_is_described_as_a_problem() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for path, actions in schema["paths"].items():
        for method, action in actions.items():
            failures = {code for code in action["responses"] if code >= "400"}
            assert {"400", "429"} <= failures, (method, path)
            for code in failures:
                kinds = action["responses"][code]["content"]
                assert list(kinds) == ["application/problem+json"], (method, path, code)


def test_a_list_is_described_as_a_page() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    answer = schema["paths"]["/api/v1/venues/"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"]["$ref"].endswith("/VenuePage")


def test_the_schema_is_open_to_any_site(anybody: APIClient) -> None:
    response = anybody.get("/api/v1/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
    assert response.status_code == 200
    assert response.json()["info"]["title"] == "Openhall"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_docs_work_without_script_and_ask_no_other_host(client: Client) -> None:
    page = client.get("/api/v1/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "/api/v1/bookings/{reference}/" in text
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]* src=)", text)
    assert not re.search(r' style="', text)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert addresses
    assert all(address.startswith(("/", "#", "?")) for address in addresses), addresses


def test_every_address_and_shape_of_the_docs_leads_somewhere(client: Client) -> None:
    text = client.get("/api/v1/docs/").content.decode()
    targets = set(re.findall(r'href="#([^"]+)"', text))
    there = re.findall(r' id="([^"]+)"', text)
    assert "BookingInputRequest" in targets
    assert targets <= set(there)
    assert len(there) == len(set(there))
    assert "Silent: reading, prayer, exams" in text


def test_the_docs_begin_with_a_list_of_all_that_follows(client: Client) -> None:
    text = client.get("/api/v1/docs/").content.decode()
    contents = text[text.index('id="contents"') : text.index("</nav>", text.index('id="contents"'))]
    jumps = set(re.findall(r'href="#([^"]+)"', contents))
    sections = set(re.findall(r'<section [^>]*aria-labelledby="([^"]+)"', text))
    assert jumps == sections | {"addresses", "shapes"}
    assert text.count('href="#contents"') == len(sections)
    assert "&quot;pools&quot;" in text


@pytest.mark.parametrize("accept", ["text/html", "application/xml"])
def test_there_is_no_browsable_renderer(anybody: APIClient, accept: str) -> None:
    response = anybody.get("/api/v1/venues/", HTTP_ACCEPT=accept)
    assert (response.status_code, response.json()["code"]) == (406, "not_acceptable")
