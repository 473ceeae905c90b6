"""Who made a visit is told to that person, forgotten on request, and forgotten by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.services import anonymise_person, export_person
from checks.models import ChangeReport, Visit, VisitState
from checks.retention import RULES
from core import clock
from tests.factories.checks import (
    ChangeReportFactory,
    VisitFactory,
    accepted_visit,
    person,
    sent_visit,
)

pytestmark = pytest.mark.django_db


def apply_rules() -> None:
    for rule in RULES:
        rule.apply(clock.now())


def test_people_are_given_their_visits_and_invitations() -> None:
    visit = sent_visit(lift="no")
    VisitFactory(email=visit.email.upper())
    VisitFactory()
    told = export_person(visit.checker, actor=visit.checker, now=clock.now())["checks"]["visits"]
    assert [one["state"] for one in told] == ["sent", "invited"]
    assert told[0]["answers"] == [{"fact": "lift", "value": "no", "note": ""}]


def test_closing_an_account_keeps_what_was_found_and_drops_who_found_it() -> None:
    checker = person()
    draft, sent = accepted_visit(checker=checker), sent_visit(lift="no")
    Visit.objects.filter(pk=sent.pk).update(checker=checker)
    invited = VisitFactory(email=checker.email)
    anonymise_person(checker, actor=checker, now=clock.now())
    states = dict(Visit.objects.values_list("pk", "state"))
    assert states == {
        draft.pk: VisitState.WITHDRAWN,
        sent.pk: VisitState.SENT,
        invited.pk: VisitState.WITHDRAWN,
    }
    assert not Visit.objects.exclude(checker=None).exists()
    assert not Visit.objects.exclude(email="").exists()
    assert sent.answers.count() == 1


def test_who_it_was_is_forgotten_a_year_after_publishing_but_not_before_expenses_are_answered() -> (
    None
):
    old, owed, new = (sent_visit(lift="no") for _ in range(3))
    for visit, days in ((old, 366), (owed, 366), (new, 364)):
        visit.state = VisitState.PUBLISHED
        visit.published_at = clock.now() - timedelta(days=days)
        visit.save()
    owed.expenses, owed.expenses_for, owed.expenses_state = 4, "Bus", "claimed"
    owed.save()
    apply_rules()
    known = set(Visit.objects.exclude(checker=None).values_list("pk", flat=True))
    assert known == {owed.pk, new.pk}


def test_invitations_go_two_months_after_the_last_day_for_visits() -> None:
    long_ago = clock.today() - timedelta(days=61)
    old = VisitFactory(round__visit_by=long_ago)
    new = VisitFactory(round__visit_by=clock.today() - timedelta(days=59))
    begun = accepted_visit(round__visit_by=long_ago)
    apply_rules()
    assert set(Visit.objects.values_list("pk", flat=True)) == {new.pk, begun.pk}
    assert old.pk != new.pk


def test_the_database_keeps_no_address_past_the_decision() -> None:
    report = ChangeReportFactory(email="zoe@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeReport.objects.filter(pk=report.pk).update(state="accepted", decided_at=clock.now())
