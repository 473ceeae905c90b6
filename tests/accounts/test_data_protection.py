"""People get what is held about them, and can be forgotten."""

import json
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts import audit
from accounts.errors import LastOwner
from accounts.models import AuditEntry, Contact, Invitation, User
from accounts.services import anonymise_person, export_person
from core import owners
from core.errors import NotAllowed, StateConflict
from core.owners import PersonalData
from notices.models import Notice
from notices.services import tell
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    ann = UserFactory(email="ann.marker@example.org", name="Ann Marker", phone="020 7946 0123")
    EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)
    Contact.objects.create(name="Ann Marker", email=ann.email, phone=ann.phone, user=ann)
    CouncilRoleFactory(user=ann)
    MembershipFactory(user=ann, role="owner")
    Invitation.objects.create(
        organisation=OrganisationFactory(), email=ann.email, role="booker", created_at=NOW
    )
    tell("account_password_changed", to_email=ann.email, to_name=ann.name, recipient=ann, now=NOW)
    audit.record("thing_done", OrganisationFactory(), "Did a thing", actor=ann, now=NOW)
    return ann


def test_an_export_has_every_apps_part_as_plain_json(ann: User) -> None:
    data = export_person(ann, actor=ann, now=NOW)
    assert set(data) == {holder.app for holder in owners.holders_of_personal_data()}
    assert {"accounts", "notices"} <= set(data)
    written = json.dumps(data)
    for fact in ("Ann Marker", "020 7946 0123", "account_password_changed", "Did a thing"):
        assert fact in written


def test_nobody_gets_or_forgets_somebody_else(ann: User) -> None:
    for actor in (UserFactory(), CouncilRoleFactory().user):
        with pytest.raises(NotAllowed):
            export_person(ann, actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            anonymise_person(ann, actor=actor, now=NOW)


def test_a_forgotten_person_is_nowhere(ann: User, client: Client) -> None:
    client.force_login(ann)
    anonymise_person(ann, actor=ann, now=NOW)
    left = [
        *User.objects.values(),
        *Contact.objects.values(),
        *Notice.objects.values(),
        *EmailAddress.objects.values(),
        *Invitation.objects.values(),
        *AuditEntry.objects.values(),
    ]
    assert "marker" not in str(left).lower()
    assert "7946 0123" not in str(left)
    ann.refresh_from_db()
    assert (ann.is_active, ann.has_usable_password(), ann.anonymised_at) == (False, False, NOW)
    assert not ann.council_roles.exists()
    assert not AuditEntry.objects.filter(actor=ann).exists()
    assert Notice.objects.get().state == "dead"
    assert "/account/login/" in client.get("/account/email/")["Location"]


def test_a_person_is_forgotten_once(ann: User) -> None:
    anonymise_person(ann, actor=ann, now=NOW)
    with pytest.raises(StateConflict):
        anonymise_person(ann, actor=UserFactory(is_superuser=True), now=NOW)


def test_an_owner_does_not_leave_members_behind(ann: User) -> None:
    group = ann.memberships.get().organisation
    MembershipFactory(organisation=group, role="booker")
    with pytest.raises(LastOwner):
        anonymise_person(ann, actor=ann, now=NOW)
    MembershipFactory(organisation=group, role="owner")
    anonymise_person(ann, actor=ann, now=NOW)


def test_one_app_that_refuses_keeps_everything(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(user_id: int, now: datetime) -> None:
        raise StateConflict

    monkeypatch.setitem(
        owners._personal, "zoo", PersonalData(app="zoo", export=lambda _: {}, anonymise=refuse)
    )
    with pytest.raises(StateConflict):
        anonymise_person(ann, actor=ann, now=NOW)
    ann.refresh_from_db()
    assert ann.name == "Ann Marker"
    assert ann.memberships.exists()
