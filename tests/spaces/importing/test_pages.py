"""Uploading a list, checking its columns, the worker, the report, and who may do what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Council, User
from core import clock
from spaces.importing.export import harmless
from spaces.models import ImportProfile, Venue, VenueImport
from spaces.services.imports import forget_uploads, read_queued
from tests.factories import CouncilFactory, OperatorFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory, VenueRoleFactory
from tests.factories.spaces import VenueFactory

pytestmark = pytest.mark.django_db

LIST = (
    b"Where,Road,Post Code,Lat,Long\n"
    b"Elm Hall,1 Row,ZZ1 1AA,51.4,0.1\n-,2 Row,,,\n=A1 Hall,3 Row,,x,y\n"
)


@pytest.fixture
def council() -> Council:
    return CouncilFactory(name="Larkfield")


@pytest.fixture
def officer(council: Council, client: Client) -> User:
    user: User = CouncilRoleFactory(council=council).user
    client.force_login(user)
    return user


def upload(client: Client, data: bytes = LIST, **more: Any) -> Any:
    file = SimpleUploadedFile("halls.csv", data, content_type="text/csv")
    council = Council.objects.get(name="Larkfield")
    said = {"belongs_to": f"council-{council.pk}", "file": file, **more}
    return client.post("/manage/imports/", said)


def confirm(client: Client, row: VenueImport, **more: str) -> Any:
    said = {"column_0": "name", "column_1": "address", "column_2": "postcode"}
    said |= {"column_3": "y", "column_4": "x", "then": "read", **more}
    return client.post(f"/manage/imports/{row.pk}/", said)


def work() -> None:
    """What the worker would do with all that waits."""
    for job in ProcrastinateJob.objects.filter(task_name="spaces.read_import", status="todo"):
        read_queued(job.args["import_id"], now=clock.now())


@pytest.mark.usefixtures("officer")
def test_a_list_is_uploaded_checked_read_and_undone(client: Client) -> None:
    answer = upload(client)
    row = VenueImport.objects.get()
    assert answer.headers["Location"] == f"/manage/imports/{row.pk}/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Elm Hall; -; =A1 Hall" in page
    assert '<option value="postcode" selected>' in page
    assert not Venue.objects.exists()

    assert confirm(client, row).status_code == 302
    waiting = client.get(f"/manage/imports/{row.pk}/")
    assert waiting.headers["Refresh"] == "4"
    assert "0 of 3 rows" in waiting.content.decode()

    work()
    page = client.get(f"/manage/imports/{row.pk}/").content.decode()
    assert "It has no name of a place. Fill it in." in page
    assert set(Venue.objects.values_list("name", flat=True)) == {"Elm Hall", "=A1 Hall"}
    row.refresh_from_db()
    assert (row.state, row.content, row.rows_done) == ("done", None, 3)

    assert "stay" in client.get(f"/manage/imports/{row.pk}/undo/").content.decode()
    assert client.post(f"/manage/imports/{row.pk}/undo/").status_code == 302
    assert not Venue.objects.exists()
    assert "2 removed" in client.get(f"/manage/imports/{row.pk}/").content.decode()
    assert client.post(f"/manage/imports/{row.pk}/undo/").status_code == 409


@pytest.mark.usefixtures("officer")
def test_trying_keeps_nothing_and_shows_what_would_happen(client: Client) -> None:
    upload(client)
    row = VenueImport.objects.get()
    confirm(client, row, then="try")
    work()

    page = client.get(f"/manage/imports/{row.pk}/").content.decode()
    assert "What would happen" in page
    assert "It has no name of a place" in page
    assert not Venue.objects.exists()
    confirm(client, row)
    work()
    assert Venue.objects.count() == 2


@pytest.mark.usefixtures("officer")
def test_columns_kept_under_a_name_read_the_next_list(client: Client) -> None:
    upload(client)
    confirm(client, VenueImport.objects.get(), label="Our halls", column_4="", column_3="")
    work()
    assert ImportProfile.objects.get().name == "our-halls"

    upload(client, LIST.replace(b"1 Row", b"9 Row"))
    row = VenueImport.objects.order_by("-pk")[0]
    assert (row.profile_name, row.mapping["Lat"]) == ("our-halls", "")
    confirm(client, row, column_4="", column_3="")
    work()
    assert Venue.objects.get(name="Elm Hall").address == "9 Row"
    assert Venue.objects.count() == 2


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Name,Elm,Ash\nAddress,1 Row,2 Row\nPhone,1,2\n", "Turn the list round"),
        (b"", "empty"),
        (b"PK\x03\x04xx", "Excel"),
        (b"<html></html>", "web page"),
        (b"1,2\n3,4\n", "names of the columns"),
        (b"\x00\x01\x02\x03" * 30, "not a text file"),
    ],
)
def test_what_is_no_list_is_said_beside_the_box(client: Client, data: bytes, words: str) -> None:
    answer = upload(client, data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not VenueImport.objects.exists()


@pytest.mark.usefixtures("officer")
def test_a_list_without_a_column_of_names_asks_which_it_is(client: Client) -> None:
    upload(client, b"Postcode,Phone\nZZ1 1AA,01632 960001\nZZ1 1AB,01632 960002\n")
    row = VenueImport.objects.get()
    answer = client.post(f"/manage/imports/{row.pk}/", {"column_0": "", "then": "read"})

    assert answer.status_code == 422
    assert "which column holds the names" in answer.content.decode()


@pytest.mark.usefixtures("officer")
def test_a_meaning_nobody_offered_is_refused(client: Client) -> None:
    upload(client)
    answer = confirm(client, VenueImport.objects.get(), column_1="slug")

    assert answer.status_code == 422
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.usefixtures("officer")
def test_reading_twice_at_once_reads_once(client: Client) -> None:
    upload(client)
    row = VenueImport.objects.get()
    assert confirm(client, row).status_code == 302
    assert confirm(client, row).status_code == 409
    work()
    work()
    assert VenueImport.objects.get().changes.count() == 2


@pytest.mark.usefixtures("officer")
def test_the_report_is_a_file_in_which_nothing_runs(client: Client) -> None:
    upload(client)
    row = VenueImport.objects.get()
    confirm(client, row)
    work()

    lines = client.get(f"/manage/imports/{row.pk}/report.csv").content.decode("utf-8-sig")
    assert "'=A1 Hall" in lines
    assert ",=A1" not in lines
    assert [harmless(one) for one in ("=1", "+1", "-1", "@x", "\tx", "Hall", 3)] == [
        *("'=1", "'+1", "'-1", "'@x", "'\tx", "Hall", "3")
    ]


def _manager_of_an_operator(council: Council) -> User:
    user: User = OperatorRoleFactory(operator=OperatorFactory(council=council)).user
    return user


def _caretaker(council: Council) -> User:
    user: User = CouncilRoleFactory(council=council, role="caretaker").user
    return user


def _of_one_venue(council: Council) -> User:
    user: User = VenueRoleFactory(venue=VenueFactory(operator__council=council)).user
    return user


def _of_another_council(_council: Council) -> User:
    user: User = CouncilRoleFactory().user
    return user


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (_manager_of_an_operator, 200),
        (_of_another_council, 200),
        (_caretaker, 403),
        (_of_one_venue, 403),
        (lambda _council: UserFactory(), 403),
    ],
)
def test_who_may_bring_lists_in(
    client: Client, council: Council, who: Callable[[Council], User], status: int
) -> None:
    theirs = VenueImport.objects.create(
        council=council, file_name="a.csv", content=LIST, created_at=clock.now()
    )
    client.force_login(who(council))

    assert client.get("/manage/imports/").status_code == status
    assert upload(client).status_code in {403, 422}
    for step in ("", "undo/", "discard/", "report.csv"):
        assert client.post(f"/manage/imports/{theirs.pk}/{step}").status_code in {404, 405}


def test_a_manager_brings_in_lists_for_their_own_operator_only(
    client: Client, council: Council
) -> None:
    role = OperatorRoleFactory(operator=OperatorFactory(council=council))
    other = VenueFactory(operator__council=council, name="Elm Hall", postcode="ZZ1 1AA", phone="")
    client.force_login(role.user)
    upload(client, belongs_to=f"operator-{role.operator.pk}")
    confirm(client, VenueImport.objects.get())
    work()

    assert VenueImport.objects.get().state == "done"
    own = Venue.objects.filter(operator=role.operator)
    assert set(own.values_list("name", flat=True)) == {"Elm Hall", "=A1 Hall"}
    other.refresh_from_db()
    assert other.address == ""


@pytest.mark.usefixtures("officer")
def test_whoever_lost_their_role_meanwhile_reads_nothing_in(client: Client) -> None:
    upload(client)
    row = VenueImport.objects.get()
    confirm(client, row)
    User.objects.get(pk=row.created_by_id).council_roles.all().delete()
    work()

    row.refresh_from_db()
    assert row.state == "failed"
    assert "permission" in row.refusal


@pytest.mark.usefixtures("officer")
def test_the_list_of_lists_costs_the_same_for_any_number(
    client: Client, council: Council, count_queries: Any
) -> None:
    def make(n: int) -> None:
        for at in range(n):
            VenueImport.objects.create(
                council=council, file_name=f"{at}.csv", content=LIST, created_at=clock.now()
            )

    make(1)
    one = count_queries(lambda: client.get("/manage/imports/"))
    make(19)
    assert count_queries(lambda: client.get("/manage/imports/")) == one


def test_lists_nobody_brought_in_are_forgotten_after_a_week(council: Council) -> None:
    now = clock.now()
    old = VenueImport.objects.create(
        council=council,
        file_name="old.csv",
        content=LIST,
        created_at=now.replace(year=now.year - 1),
    )
    new = VenueImport.objects.create(
        council=council, file_name="new.csv", content=LIST, created_at=now
    )

    assert forget_uploads(now=now) == 1
    assert [*VenueImport.objects.all()] == [new]
    assert old.pk


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(("rows", "status"), [(4_990, 302), (5_100, 422)])
def test_a_list_may_have_twenty_megabytes(client: Client, rows: int, status: int) -> None:
    row = b"Elm Hall,1 Row,ZZ1 1AA,%s\n"
    said = b"".join(row % (b"%d " % n).ljust(3_970, b"x") for n in range(rows))
    answer = upload(client, b"Name,Address,Postcode,Notes\n" + said)
    assert answer.status_code == status
    if status == 422:
        assert "it may have up to 20 megabytes. Split it." in answer.content.decode()
