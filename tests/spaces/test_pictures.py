"""Photos and floor plans: what is taken, what is kept of it, and who gets to see it."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models.signals import post_delete
from django.test import Client
from django.urls import reverse
from PIL import Image
from structlog.testing import capture_logs

from accounts.models import AuditEntry
from checks.models import VisitPhoto
from core import clock
from core.errors import BadInput
from spaces import picture_files, pictures, tasks
from spaces.models import FactPhoto, FloorPlan, Photo, Venue
from tests.factories import SpaceFactory, VenueFactory
from tests.factories.pictures import a_photo, a_plan, file_of
from tests.factories.roles import VenueRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mine(client: Client) -> Venue:
    role = VenueRoleFactory()
    client.force_login(role.user)
    return role.venue


def at(name: str, venue: Venue, *more: int) -> str:
    return reverse(name, args=[venue.slug, *more])


def upload(client: Client, venue: Venue, data: bytes, **said: Any) -> Any:
    sent = {"file": SimpleUploadedFile("p.jpg", data), "alt": "The hall.", **said}
    return client.post(at("manage_photo_add", venue), sent)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"0" * 99))


def with_place_and_turn() -> bytes:
    """A photo taken on its side, that says where and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    return file_of(size=(400, 200), exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_size_is_written_anew_as_jpeg(kind: str) -> None:
    drawn = pictures.redraw(file_of(kind, size=(2000, 1000)))
    assert (drawn.width, drawn.height) == (1600, 800)
    sizes = {name: Image.open(BytesIO(data)).size for name, data in drawn.files.items()}
    assert sizes == {"small": (320, 160), "medium": (800, 400), "large": (1600, 800)}
    assert {Image.open(BytesIO(data)).format for data in drawn.files.values()} == {"JPEG"}


def test_where_and_with_what_it_was_taken_is_forgotten_and_it_stands_upright() -> None:
    drawn = pictures.redraw(with_place_and_turn())
    assert (drawn.width, drawn.height) == (200, 400)
    for data in drawn.files.values():
        assert b"SecretCamera" not in data
        assert not Image.open(BytesIO(data)).getexif()


def test_what_was_hidden_behind_the_picture_is_not_kept() -> None:
    drawn = pictures.redraw(file_of() + b"<script>alert(1)</script>")
    assert all(b"<script" not in data for data in drawn.files.values())


def test_a_see_through_picture_stands_on_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(written, "PNG")
    small = Image.open(BytesIO(pictures.redraw(written.getvalue()).files["small"]))
    assert small.getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0broken",
     file_of()[:400], file_of("GIF"), file_of("TIFF"), file_of(size=(50, 50)),
     png_claiming(60_000, 60_000), png_claiming(6_000, 6_000), b"%PDF-1.7 not a picture"],
    ids=["empty", "text", "svg", "broken", "cut", "gif", "tiff", "tiny", "bomb", "large", "pdf"],
)  # fmt: skip
def test_what_is_no_photo_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        pictures.redraw(data)


def test_a_manager_adds_a_photo_and_everybody_sees_it(client: Client, mine: Venue) -> None:
    assert upload(client, mine, with_place_and_turn(), caption="In June").status_code == 302
    photo = mine.photos.get()
    assert (photo.alt, photo.caption, photo.width) == ("The hall.", "In June", 200)
    client.logout()
    answer = client.get(reverse("picture", args=[photo.name, "small"]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"SecretCamera" not in answer.getvalue()
    assert AuditEntry.objects.filter(verb="add-photo").count() == 1


@pytest.mark.parametrize(
    ("data", "said", "field"),
    [(file_of(), {"alt": ""}, "alt"), (b"hello", {}, "file"), (file_of(), {"alt": "  "}, "alt"),
     (file_of(), {"space": "999999"}, "space")],
)  # fmt: skip
def test_a_photo_without_words_or_that_is_none_is_refused_and_the_words_stay(
    client: Client, mine: Venue, data: bytes, said: dict[str, str], field: str
) -> None:
    response = upload(client, mine, data, caption="In June", **said)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "In June" in response.content.decode()
    assert not Photo.objects.exists()


def test_the_database_keeps_no_photo_without_words() -> None:
    photo = a_photo(VenueFactory())
    photo.alt = ""
    with pytest.raises(IntegrityError, match="photo_says_what_it_shows"), transaction.atomic():
        photo.save()


def test_a_photo_of_a_hidden_venue_is_for_those_who_run_it(client: Client) -> None:
    venue = VenueFactory(visibility="confidential")
    photo = a_photo(venue)
    address = reverse("picture", args=[photo.name, "large"])
    assert client.get(address).status_code == 404
    client.force_login(VenueRoleFactory(venue=venue).user)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    client.force_login(VenueRoleFactory().user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("size", ["huge", "small-", "..", "large.jpg"])
def test_there_are_no_other_sizes(client: Client, size: str) -> None:
    photo = a_photo(VenueFactory())
    assert client.get(f"/pictures/{photo.name}/{size}.jpg").status_code == 404


def test_names_cannot_be_guessed() -> None:
    names = {a_photo(VenueFactory()).name for _n in range(5)}
    assert len(names) == 5
    assert all(len(name) == 32 for name in names)


def test_photos_are_put_in_order_described_and_removed_with_their_files(
    client: Client, mine: Venue, django_capture_on_commit_callbacks: Any
) -> None:
    first, second, third = (a_photo(mine, alt=f"View {n}.") for n in range(3))
    client.post(at("manage_photo_move", mine, third.pk), {"way": "earlier"})
    client.post(at("manage_photo_move", mine, first.pk), {"way": "earlier"})
    assert list(mine.photos.all()) == [first, third, second]
    client.post(at("manage_photo", mine, second.pk), {"alt": "The garden.", "caption": ""})
    second.refresh_from_db()
    assert second.alt == "The garden."
    path = f"pictures/{first.name[:2]}/{first.name}-small.jpg"
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("manage_photo_remove", mine, first.pk))
    assert list(mine.photos.all()) == [third, second]
    assert not default_storage.exists(path)


def test_a_photo_is_changed_through_its_own_venue_only(client: Client, mine: Venue) -> None:
    other = a_photo(VenueFactory())
    for name in ("manage_photo", "manage_photo_move", "manage_photo_remove"):
        assert client.post(at(name, mine, other.pk), {"alt": "Mine"}).status_code == 404
    assert Photo.objects.filter(pk=other.pk).exists()


def test_spaces_are_marked_on_a_plan(client: Client, mine: Venue) -> None:
    hall, room = SpaceFactory(venue=mine), SpaceFactory(venue=mine)
    sent = {"file": SimpleUploadedFile("p.png", file_of("PNG")), "floor": "1", "alt": "First."}
    assert client.post(at("manage_plan_add", mine), sent).status_code == 302
    plan = mine.floor_plans.get()
    address = at("manage_plan", mine, plan.pk)
    assert client.post(address, {f"x_{hall.pk}": "25", f"y_{hall.pk}": "50.5"}).status_code == 302
    mark = plan.marks.get()
    assert (mark.space, mark.x, str(mark.y)) == (hall, 25, "50.5")
    page = client.get(address).content.decode()
    assert 'cx="250"' in page
    for wrong in ({f"x_{room.pk}": "10"}, {f"x_{hall.pk}": "101", f"y_{hall.pk}": "1"}):
        assert client.post(address, wrong).status_code == 422
    assert plan.marks.count() == 1


def test_a_floor_has_one_plan(client: Client, mine: Venue) -> None:
    a_plan(mine)
    sent = {"file": SimpleUploadedFile("p.png", file_of("PNG")), "floor": "0", "alt": "Again."}
    assert client.post(at("manage_plan_add", mine), sent).status_code == 422


def files() -> list[str]:
    return sorted(pictures.kept_files(before=clock.now() + timedelta(days=1)))


def test_files_go_with_the_venue_that_goes(django_capture_on_commit_callbacks: Any) -> None:
    venue = VenueFactory()
    a_photo(venue)
    a_plan(venue)
    stays = a_photo(VenueFactory())
    with django_capture_on_commit_callbacks(execute=True):
        venue.delete()
        assert len(files()) == 9
    assert files() == sorted(pictures.paths_of(stays.name))


def test_every_kind_of_picture_is_heard_of() -> None:
    for kind in (Photo, FloorPlan, FactPhoto, VisitPhoto):
        assert post_delete.has_listeners(kind)


def test_orphaned_files_are_listed_and_removed_only_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, orphan = a_photo(VenueFactory()), a_photo(VenueFactory())
    Photo.objects.filter(pk=orphan.pk)._raw_delete(DEFAULT_DB_ALIAS)
    odd = default_storage.save("pictures/zz/notes.txt", ContentFile(b"?"))
    call_command("orphaned_files", "--remove")
    assert capsys.readouterr().out == ""
    assert len(files()) == 7

    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    # The test stands in a transaction of its connection.
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    with capture_logs() as logs:
        tasks.find_orphaned_files(timestamp=0)
    assert [(one["event"], one["count"]) for one in logs] == [("orphaned files", 4)]
    call_command("orphaned_files")
    assert set(capsys.readouterr().out.split()) == {odd, *pictures.paths_of(orphan.name)}
    assert len(files()) == 7
    call_command("orphaned_files", "--remove")
    assert files() == sorted(pictures.paths_of(kept.name))


def test_no_pictures_at_all_is_no_trouble() -> None:
    assert list(picture_files.orphans(now=clock.now())) == []
