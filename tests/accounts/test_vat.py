"""When an operator is registered for VAT: by whom it is kept, and that days never overlap."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Operator, StaffRole, User, VatRegistration
from accounts.services.vat import checked_number, keep_registration, remove_registration
from core.errors import BadInput, NotAllowed
from tests.factories import OperatorFactory, UserFactory
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory
from tests.factories.vat import register

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
APRIL = date(2027, 4, 1)


@pytest.fixture
def operator() -> Operator:
    made: Operator = OperatorFactory()
    return made


@pytest.fixture
def manager(operator: Operator) -> User:
    made: User = OperatorRoleFactory(operator=operator).user
    return made


def wanted(operator: Operator, first_on: date = APRIL, **fields: object) -> VatRegistration:
    return VatRegistration(operator=operator, first_on=first_on, number="123456789", **fields)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("GB 123 4567 89", "123456789"),
        ("gb123456789012", "123456789012"),
        ("GD 001", "GD001"),
        ("ha500", "HA500"),
        ("", ""),
    ],
)
def test_a_vat_number_is_kept_without_its_ornaments(typed: str, kept: str) -> None:
    assert checked_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["12345678", "1234567890", "GD500", "HA499", "ABCDEFGHI", "٣" * 9]
)
def test_a_vat_number_of_another_shape_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_number(typed)
    assert refused.value.details["field"] == "number"


def test_a_registration_is_kept_with_an_audit_row(operator: Operator, manager: User) -> None:
    kept = keep_registration(wanted(operator), actor=manager, now=NOW)
    assert VatRegistration.objects.get() == kept
    assert AuditEntry.objects.get(verb="vat_registration_kept").operator == operator


def test_its_last_day_may_be_changed_and_the_next_begins_after_it(
    operator: Operator, manager: User
) -> None:
    kept = register(operator)
    kept.last_on = date(2027, 3, 31)
    keep_registration(kept, actor=manager, now=NOW)
    keep_registration(wanted(operator), actor=manager, now=NOW)
    assert [row.holds_on(APRIL) for row in VatRegistration.objects.all()] == [False, True]


def test_two_registrations_never_hold_on_one_day(operator: Operator, manager: User) -> None:
    register(operator, last_on=APRIL)
    with pytest.raises(BadInput):
        keep_registration(wanted(operator), actor=manager, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        wanted(operator).save()
    register(OperatorFactory())


def test_a_registration_does_not_end_before_it_begins(operator: Operator, manager: User) -> None:
    backwards = wanted(operator, last_on=date(2027, 3, 31))
    with pytest.raises(BadInput):
        keep_registration(backwards, actor=manager, now=NOW)


def test_it_can_be_taken_away(operator: Operator, manager: User) -> None:
    remove_registration(register(operator), actor=manager, now=NOW)
    assert not VatRegistration.objects.exists()


@pytest.mark.parametrize("role", list(StaffRole))
def test_officers_and_managers_keep_it_and_nobody_else(operator: Operator, role: StaffRole) -> None:
    may = role in {StaffRole.OFFICER, StaffRole.MANAGER}
    for person in (
        OperatorRoleFactory(operator=operator, role=role).user,
        CouncilRoleFactory(council=operator.council, role=role).user,
    ):
        VatRegistration.objects.all().delete()
        if may:
            keep_registration(wanted(operator), actor=person, now=NOW)
        else:
            with pytest.raises(NotAllowed):
                keep_registration(wanted(operator), actor=person, now=NOW)


def test_strangers_and_other_councils_change_nothing(operator: Operator) -> None:
    held = register(operator)
    for person in (UserFactory(), CouncilRoleFactory().user, OperatorRoleFactory().user):
        with pytest.raises(NotAllowed):
            keep_registration(held, actor=person, now=NOW)
        with pytest.raises(NotAllowed):
            remove_registration(held, actor=person, now=NOW)
