"""What has been kept long enough goes, what has not stays, and the table says so."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from accounts import audit
from accounts.models import AuditEntry, Concession, Invitation, User
from accounts.retention import apply_retention, retention_rules
from core import clock
from notices.models import Notice
from notices.services import tell
from tests.factories.accounts import OrganisationFactory, UserFactory

NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)
TABLE = Path(settings.BASE_DIR) / "docs" / "retention.md"


@pytest.mark.parametrize("rule", retention_rules(), ids=lambda rule: rule.code)
def test_the_table_for_people_has_every_rule(rule: object) -> None:
    assert f"| {rule.what} | {rule.how_long} | {rule.why} |" in TABLE.read_text()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
def test_accounts_nobody_confirmed_go_after_30_days(days: int, stays: bool) -> None:
    joined = NOW - timedelta(days=days)
    waiting = UserFactory(joined_at=joined)
    EmailAddress.objects.create(user=waiting, email=waiting.email, primary=True)
    confirmed, by_staff = UserFactory(joined_at=joined), UserFactory(joined_at=joined)
    EmailAddress.objects.create(user=confirmed, email=confirmed.email, verified=True)
    apply_retention(now=NOW)
    assert set(User.objects.all()) == {confirmed, by_staff} | ({waiting} if stays else set())


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "left"), [(59, 1), (61, 0)])
def test_invitations_go_after_60_days(days: int, left: int) -> None:
    made = NOW - timedelta(days=days)
    group = OrganisationFactory()
    Invitation.objects.create(organisation=group, email="a@b.org", role="owner", created_at=made)
    apply_retention(now=NOW)
    assert Invitation.objects.count() == left


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "days", "evidence"),
    [("refused", 364, "a letter"), ("refused", 366, ""), ("accepted", 3000, "a letter")],
)
def test_evidence_goes_a_year_after_a_refusal(state: str, days: int, evidence: str) -> None:
    row = Concession.objects.create(
        organisation=OrganisationFactory(),
        category="charity",
        state=state,
        evidence="a letter",
        decided_at=NOW - timedelta(days=days),
    )
    apply_retention(now=NOW)
    row.refresh_from_db()
    assert row.evidence == evidence


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "left"), [(2190, 1), (2193, 0)])
def test_the_record_of_changes_goes_after_six_years(days: int, left: int) -> None:
    at = NOW - timedelta(days=days)
    audit.record("thing_done", OrganisationFactory(), "Did a thing", actor=None, now=at)
    apply_retention(now=NOW)
    assert AuditEntry.objects.count() == left


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "days", "left"), [("sent", 179, 1), ("sent", 181, 0), ("waiting", 999, 1)]
)
def test_mails_that_ended_go_after_180_days(state: str, days: int, left: int) -> None:
    made = NOW - timedelta(days=days)
    tell("account_password_changed", to_email="a@b.org", now=made)
    Notice.objects.update(state=state)
    apply_retention(now=NOW)
    assert Notice.objects.count() == left


@pytest.mark.django_db
def test_the_record_of_a_sign_in_goes_with_its_session() -> None:
    browsers = []
    for person in UserFactory.create_batch(2):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        browsers.append(Client())
        browsers[-1].post(
            "/account/login/", {"login": person.email, "password": "a long enough password"}
        )
    assert UserSession.objects.count() == 2
    browsers[0].session.delete()
    apply_retention(now=clock.now())
    assert UserSession.objects.get().session_key == browsers[1].session.session_key
