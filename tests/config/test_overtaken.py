"""What two requests do at the same moment, and only the database can see, is told in words."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Council
from tests.factories.accounts import CouncilFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def _same_again() -> None:
    """As a form sent twice at once: the check found nothing, the first one won meanwhile."""
    slug = CouncilFactory().slug
    with transaction.atomic():
        Council.objects.create(name="The same again", slug=slug)


def page(request: HttpRequest) -> HttpResponse:
    _same_again()
    return HttpResponse()


@api_view(["GET"])
@permission_classes([AllowAny])
def call(request: Request) -> Response:
    _same_again()
    return Response()


def fault(request: HttpRequest) -> HttpResponse:
    raise IntegrityError


urlpatterns = [
    path("api/v1/twice/", call),
    path("twice/", page),
    path("fault/", fault),
    path("", include("config.urls")),
]


def test_a_page_says_that_it_has_already_changed(client: Client) -> None:
    answer = client.get("/twice/")
    assert answer.status_code == 409
    assert "Look again before you go on" in answer.content.decode()


def test_the_interface_says_so_too(client: Client) -> None:
    answer = client.get("/api/v1/twice/")
    assert answer.status_code == 409
    assert answer.json()["code"] == "state_conflict"


def test_any_other_fault_of_ours_stays_one() -> None:
    assert Client(raise_request_exception=False).get("/fault/").status_code == 500
