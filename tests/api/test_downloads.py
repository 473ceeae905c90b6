"""The files at their addresses, the page that explains them, and what search engines are told."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client

from spaces.exporting import DOWNLOADS, SPACES, VENUES
from spaces.models import Space, Venue
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.access import node, say
from tests.factories.accounts import OperatorFactory
from tests.factories.roles import CouncilRoleFactory

pytestmark = pytest.mark.django_db
FILES = [f"/data/{one.name}" for one in DOWNLOADS]
PUBLIC = [*FILES, "/data/", "/sitemap.xml", "/robots.txt"]
_GZIP = {"Accept-Encoding": "gzip"}
_MARK, _NUMBERS = "Qzxkept", ("51.987654", "0.123987", "99988877766")


@pytest.fixture
def space() -> Space:
    return SpaceFactory(venue__name="Mill Lane Hall")


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_kept_under_a_strong_tag_until_something_changes(
    client: Client, space: Space, address: str
) -> None:
    plain, packed = client.get(address), client.get(address, headers=_GZIP)
    assert plain.status_code == 200
    assert gzip.decompress(packed.content) == plain.content
    assert plain["ETag"] != packed["ETag"]
    for tag in (plain["ETag"], packed["ETag"]):
        assert tag.startswith('"')
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    Venue.objects.update(name="Another name")
    after = client.get(address, headers={"If-None-Match": plain["ETag"]})
    assert after.status_code == 200
    assert b"Another name" in after.content


@pytest.mark.parametrize("address", FILES)
def test_a_file_that_has_not_changed_is_not_made_again(
    client: Client, space: Space, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(address)

    def never(*_: Any, **__: Any) -> Any:
        pytest.fail("the file was made again")

    monkeypatch.setattr("api.downloads.export", never)
    assert client.get(address).content == first.content


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("venues.csv", "text/csv; charset=utf-8"),
        ("spaces.csv", "text/csv; charset=utf-8"),
        ("venues.geojson", "application/geo+json"),
        ("venues.json", "application/json"),
    ],
)
def test_a_file_says_what_it_is_to_any_site_and_any_program(
    client: Client, space: Space, name: str, kind: str
) -> None:
    for accept in ("*/*", "text/csv", "application/geo+json", "text/html"):
        response = client.get(f"/data/{name}", headers={"Accept": accept})
        assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.head(f"/data/{name}").content == b""


@pytest.mark.parametrize("address", FILES)
def test_a_file_may_be_of_one_council(client: Client, space: Space, address: str) -> None:
    other = VenueFactory(name="Elsewhere Hall", operator=OperatorFactory())
    response = client.get(address, {"council": space.venue.council.slug})
    assert b"Mill Lane Hall" in response.content
    assert other.name.encode() not in response.content
    assert space.venue.council.slug in response["Content-Disposition"]
    assert client.get(address, {"council": "nowhere"}).status_code == 404
    for wrong in ({"council": "no slug!"}, {"borough": "x"}, {"council": "\x00"}):
        assert client.get(address, wrong).status_code == 400
    assert client.post(address, {}, "application/json").status_code == 405


def test_what_is_not_public_is_in_no_byte_of_any_of_them(client: Client, tmp_path: Path) -> None:
    shown = SpaceFactory(venue__name="Mill Lane Hall")
    for visibility in ("confidential", "partners", "draft"):
        venue = VenueFactory(
            operator=shown.venue.operator,
            name=f"{_MARK} {visibility}",
            slug=f"{_MARK.lower()}-{visibility}",
            address=f"1 {_MARK} Street",
            description=f"At {_MARK}",
            latitude=51.987654,
            longitude=0.123987,
            uprn="99988877766",
            visibility=visibility,
        )
        hidden = SpaceFactory(venue=venue, name=f"{_MARK} room")
        say(hidden, "lift", "yes", space=hidden, note=f"By {_MARK}")
        node(venue, "entrance", f"{_MARK} door", {"entrance_step_free": "yes"})
    officer = UserFactory()
    CouncilRoleFactory(user=officer, council=shown.venue.council)
    staff = Client()
    staff.force_login(officer)

    found = [
        one.get(address, {"council": council} if council and "data" in address else {}).content
        for one in (client, staff)
        for address in PUBLIC
        for council in ("", shown.venue.council.slug)
    ]
    for name in ("v.csv", "v.geojson", "v.json"):
        call_command("export_venues", str(tmp_path / name), stdout=io.StringIO())
        found.append((tmp_path / name).read_bytes())
    call_command("export_venues", str(tmp_path / "s.csv"), "--rows=spaces", stdout=io.StringIO())
    found.append((tmp_path / "s.csv").read_bytes())

    assert sum(b"Mill Lane Hall" in content for content in found) == 4 * 4 + 4
    for content in found:
        assert content
        said = content.decode().lower()
        assert _MARK.lower() not in said
        assert not [number for number in _NUMBERS if number in said]


@pytest.mark.parametrize("address", [*FILES, "/sitemap.xml"])
def test_a_venue_that_is_hidden_is_gone_at_the_next_question(
    client: Client, space: Space, address: str
) -> None:
    assert space.venue.slug.encode() in client.get(address).content
    Venue.objects.update(visibility=Venue.Visibility.CONFIDENTIAL)
    assert space.venue.slug.encode() not in client.get(address).content


@pytest.mark.parametrize("address", [*FILES, "/data/", "/sitemap.xml"])
def test_each_address_costs_the_same_queries_for_one_venue_and_for_200(
    client: Client, space: Space, address: str, count_queries: Any, no_throttle: None
) -> None:
    client.get(address)  # so that what is set up once is set up
    Venue.objects.update(town="Mere")
    one = count_queries(lambda: client.get(address))
    SpaceFactory.create_batch(199)
    assert count_queries(lambda: client.get(address)) == one


def test_the_dictionary_explains_every_column_and_no_other(client: Client, space: Space) -> None:
    page = client.get("/data/").content.decode()
    told = {part.partition("</code>")[0] for part in page.split("<code>")[1:]}
    written = set()
    for name in ("venues.csv", "spaces.csv"):
        content = client.get(f"/data/{name}").content.decode("utf-8-sig")
        written |= set(next(csv.reader(io.StringIO(content))))
    assert told == written
    assert written == {column.name for column in (*VENUES, *SPACES)}
    assert all(str(column.words) for column in (*VENUES, *SPACES))


def test_what_stands_in_json_is_in_the_dictionary_too(client: Client, space: Space) -> None:
    say(space.venue, "lift", "yes")
    names = {column.name for column in (*VENUES, *SPACES)}
    (feature,) = json.loads(client.get("/data/venues.geojson").content)["features"]
    (venue,) = json.loads(client.get("/data/venues.json").content)["venues"]
    assert set(feature["properties"]) - {"spaces"} <= names
    assert set(venue) - {"needs", "access", "places", "spaces"} <= names
    assert set(venue["spaces"][0]) - {"needs", "access"} <= names


def test_the_page_lists_the_files_and_says_on_what_terms(client: Client, space: Space) -> None:
    VenueFactory(operator=OperatorFactory())
    slug = space.venue.council.slug
    page = client.get("/data/", {"council": slug}).content.decode()
    for address in FILES:
        assert f'href="{address}?council={slug}"' in page
    assert "Open Government Licence" in page
    assert "open-government-licence" in client.get("/data/venues.json").content.decode()
    assert client.get("/data/", {"council": "nowhere"}).status_code == 404
    assert client.get("/data/venues.xls").status_code == 404


def test_every_page_leads_to_the_files(client: Client, space: Space) -> None:
    assert 'href="/data/"' in client.get("/how-it-works/").content.decode()
    assert client.get("/api/v1/docs/").content.decode().count('href="/data/"') == 2


def test_the_sitemap_leads_to_every_public_venue(client: Client, space: Space) -> None:
    response = client.get("/sitemap.xml")
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    found = [one.text or "" for one in ElementTree.fromstring(response.content).iter(name)]  # noqa: S314 # our own
    assert any(one.endswith(f"/venues/{space.venue.slug}/") for one in found)
    for address in found:
        path = "/" + address.split("//", 1)[1].partition("/")[2]
        assert client.get(path).status_code == 200


def test_robots_are_sent_to_the_sitemap_and_kept_from_pages_of_ones_own(client: Client) -> None:
    response = client.get("/robots.txt")
    said = response.content.decode()
    assert response["Content-Type"].startswith("text/plain")
    assert "/sitemap.xml" in said
    assert "Disallow: /manage/\n" in said
    assert "Disallow: /venues/" not in said
