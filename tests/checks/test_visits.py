"""A visit from the invitation to the facts on the venue's page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from checks.answers import Given
from checks.models import Answer, Expenses, Visit, VisitState
from checks.services import drafts, invitations, replies, rounds
from checks.services.expenses import approve_expenses, refuse_expenses
from checks.steps import Step, steps_of
from core import clock
from core.errors import BadInput, NotAllowed, NotFound, StateConflict
from notices.models import Notice
from spaces.access_facts import FACTS, facts_of_venues
from spaces.models import AccessFact, AccessNode
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.checks import (
    CheckRoundFactory,
    VisitFactory,
    accepted_visit,
    officer_of,
    person,
    sent_visit,
)
from tests.factories.roles import VenueRoleFactory

pytestmark = pytest.mark.django_db
YES, NO = "yes", "no"


def whole_venue(*codes: str) -> Step:
    return Step("part-2", "Getting in", tuple(FACTS[code] for code in codes))


def told(venue, code: str):
    return facts_of_venues([venue.pk])[venue.pk].get(code)


def test_an_invitation_is_written_to_and_taken_up_by_its_reader_only() -> None:
    venue = VenueFactory()
    check_round = CheckRoundFactory(council=venue.council)
    officer, checker, stranger = (
        officer_of(venue.council),
        person(email="Ann@example.org"),
        person(),
    )
    now = clock.now()
    visit = invitations.invite_checker(
        check_round, venue, email="ann@example.org", actor=officer, now=now
    )
    assert Notice.objects.get(event="check_invited").to_email == "ann@example.org"
    with pytest.raises(NotFound):
        invitations.accept_invitation(visit, actor=stranger, now=now)
    invitations.accept_invitation(visit, actor=checker, now=now)
    visit.refresh_from_db()
    assert (visit.state, visit.checker) == (VisitState.ACCEPTED, checker)


def test_asking_twice_sends_one_mail() -> None:
    venue = VenueFactory()
    check_round, officer = CheckRoundFactory(council=venue.council), officer_of(venue.council)
    for email in ("ann@example.org", "ANN@example.org"):
        invitations.invite_checker(check_round, venue, email=email, actor=officer, now=clock.now())
    assert Notice.objects.filter(event="check_invited").count() == 1


@pytest.mark.parametrize("visibility", ["confidential", "partners"])
def test_nobody_is_sent_to_a_venue_that_is_not_public(visibility: str) -> None:
    venue = VenueFactory(visibility=visibility)
    check_round, officer = CheckRoundFactory(council=venue.council), officer_of(venue.council)
    with pytest.raises(BadInput):
        invitations.invite_checker(
            check_round, venue, email="ann@example.org", actor=officer, now=clock.now()
        )


def test_an_officer_of_another_council_invites_nobody() -> None:
    check_round = CheckRoundFactory()
    other = officer_of(VenueFactory().council)
    with pytest.raises(NotAllowed):
        invitations.invite_checker(
            check_round, VenueFactory(), email="a@example.org", actor=other, now=clock.now()
        )


def test_nobody_is_invited_to_a_round_that_is_closed() -> None:
    venue = VenueFactory()
    check_round, officer = CheckRoundFactory(council=venue.council), officer_of(venue.council)
    rounds.close_round(check_round, actor=officer, now=clock.now())
    with pytest.raises(StateConflict):
        invitations.invite_checker(
            check_round, venue, email="a@example.org", actor=officer, now=clock.now()
        )


def test_those_who_run_a_venue_do_not_check_it() -> None:
    role = VenueRoleFactory(user=person())
    visit = VisitFactory(venue=role.venue, email=role.user.email)
    with pytest.raises(NotAllowed):
        invitations.accept_invitation(visit, actor=role.user, now=clock.now())


def test_the_form_asks_about_each_door_and_toilet_by_itself() -> None:
    space = SpaceFactory(name="Main hall")
    AccessNode.objects.create(venue=space.venue, kind="toilet", name="Toilet by the stage")
    steps = {step.heading: {fact.code for fact in step.facts} for step in steps_of(space.venue)}
    assert "accessible_toilet" in steps["Toilet by the stage"]
    assert "wheelchair_spaces_in_room" in steps["Main hall"]
    asked = [code for heading, codes in steps.items() for code in codes]
    assert asked.count("accessible_toilet") == 1
    # With no entrance on the map of ways, the door is asked about once, of the whole venue.
    assert asked.count("entrance_step_free") == 1
    assert "quiet_times" not in asked


def test_answers_are_kept_page_by_page_and_can_be_taken_back() -> None:
    visit = accepted_visit()
    page = whole_venue("entrance_step_free", "door_clear_width")
    given = {
        "entrance_step_free": Given(value=YES, note="The side door"),
        "door_clear_width": Given(measure=Decimal(820)),
    }
    drafts.save_answers(visit, page, given, actor=visit.checker, now=clock.now())
    drafts.save_answers(visit, page, given, actor=visit.checker, now=clock.now())
    assert {(row.code, row.value, row.measure) for row in visit.answers.all()} == {
        ("entrance_step_free", YES, None),
        ("door_clear_width", YES, Decimal(820)),
    }
    drafts.save_answers(visit, page, {}, actor=visit.checker, now=clock.now())
    assert not visit.answers.exists()


@pytest.mark.parametrize(
    ("code", "given", "field"),
    [
        ("door_clear_width", Given(value=NO, measure=Decimal(800)), "door_clear_width_measure"),
        ("toilet_room_size", Given(measure=Decimal(1500)), "toilet_room_size_measure_2"),
        ("hearing_loop", Given(value=NO, choice="fixed"), "hearing_loop_choice"),
        ("door_clear_width", Given(measure=Decimal(100_000)), "door_clear_width_measure"),
        ("lift", Given(value=YES, note="two\nlines"), "lift_note"),
    ],
)
def test_answers_that_cannot_be_right_name_the_box(code: str, given: Given, field: str) -> None:
    visit = accepted_visit()
    with pytest.raises(BadInput) as refused:
        drafts.save_answers(
            visit, whole_venue(code), {code: given}, actor=visit.checker, now=clock.now()
        )
    assert refused.value.details["field"] == field


def test_answers_that_contradict_each_other_are_asked_about_at_once() -> None:
    visit = accepted_visit()
    page = whole_venue("accessible_toilet", "changing_places")
    given = {"accessible_toilet": Given(value=NO), "changing_places": Given(value=YES)}
    with pytest.raises(BadInput):
        drafts.save_answers(visit, page, given, actor=visit.checker, now=clock.now())


def test_nobody_else_writes_a_draft() -> None:
    visit = accepted_visit()
    for other in (person(), officer_of(visit.round.council)):
        with pytest.raises(NotFound):
            drafts.save_answers(visit, whole_venue("lift"), {}, actor=other, now=clock.now())


def test_sending_in_gives_the_venue_its_time_to_reply() -> None:
    role = VenueRoleFactory()
    visit = accepted_visit(role.venue, words="A warm welcome.")
    officer, now, today = officer_of(visit.round.council), clock.now(), clock.today()
    council = visit.round.council
    rounds.set_reply_days(council, days=7, starts_on=today, actor=officer, now=now)
    rounds.set_reply_days(
        council, days=30, starts_on=today + timedelta(days=9), actor=officer, now=now
    )
    drafts.send_in(visit, actor=visit.checker, now=now)
    visit.refresh_from_db()
    assert visit.reply_by == today + timedelta(days=7)
    mail = Notice.objects.get(event="check_to_reply")
    assert mail.to_email == role.user.email
    assert visit.checker.name not in str(mail.context)
    with pytest.raises(StateConflict):
        drafts.send_in(visit, actor=visit.checker, now=now)


def test_without_a_setting_the_venue_has_14_days() -> None:
    assert rounds.reply_days(CheckRoundFactory().council_id, on=clock.today()) == 14


@pytest.mark.parametrize("missing", ["day", "anything found"])
def test_a_visit_without_a_day_or_without_findings_is_not_sent(missing: str) -> None:
    visit = accepted_visit(words="" if missing == "anything found" else "Fine.")
    if missing == "day":
        Visit.objects.filter(pk=visit.pk).update(visited_on=None)
    with pytest.raises(BadInput):
        drafts.send_in(visit, actor=visit.checker, now=clock.now())


def test_a_venue_with_nothing_to_add_publishes_at_once_and_the_facts_are_there() -> None:
    role = VenueRoleFactory()
    visit = sent_visit(role.venue, entrance_step_free=YES, lift=NO, drop_off_point="unknown")
    replies.say_fine(visit, actor=role.user, now=clock.now())
    rows = AccessFact.objects.filter(venue=role.venue, source="check", superseded_by=None)
    assert {(row.code, row.value, row.checked_on) for row in rows} == {
        ("entrance_step_free", YES, clock.today()),
        ("lift", NO, clock.today()),
    }
    assert Notice.objects.get(event="check_published").to_email == visit.checker.email


def test_what_the_venue_says_otherwise_stands_as_reports_that_differ() -> None:
    role = VenueRoleFactory()
    AccessFact.objects.create(
        venue=role.venue, code="entrance_step_free", value=YES, checked_on=clock.today()
    )
    replies.say_fine(
        sent_visit(role.venue, entrance_step_free=NO), actor=role.user, now=clock.now()
    )
    known = told(role.venue, "entrance_step_free")
    assert known is not None
    assert known.reports_differ


def test_a_reply_in_words_waits_for_the_officer_or_the_day() -> None:
    role = VenueRoleFactory()
    visit = sent_visit(role.venue, lift=NO)
    officer = officer_of(visit.round.council)
    with pytest.raises(StateConflict):
        replies.publish(visit, actor=officer, now=clock.now())
    replies.reply(visit, words="A lift is ordered.", actor=role.user, now=clock.now())
    visit.refresh_from_db()
    assert visit.state == VisitState.SENT
    replies.publish(visit, actor=officer, now=clock.now())
    visit.refresh_from_db()
    assert (visit.state, visit.reply) == (VisitState.PUBLISHED, "A lift is ordered.")
    with pytest.raises(StateConflict):
        replies.reply(visit, words="No!", actor=role.user, now=clock.now())


def test_silence_is_published_the_day_after_the_last_day() -> None:
    over, last_day = sent_visit(reply_in=-1, lift=NO), sent_visit(reply_in=0, lift=NO)
    hidden = sent_visit(VenueFactory(visibility="confidential"), reply_in=-1, lift=NO)
    assert replies.publish_due(now=clock.now()) == 1
    states = {row.pk: row.state for row in Visit.objects.all()}
    assert states[over.pk] == VisitState.PUBLISHED
    assert states[last_day.pk] == states[hidden.pk] == VisitState.SENT


def test_only_those_who_run_the_venue_reply() -> None:
    visit = sent_visit(lift=NO)
    for other in (VenueRoleFactory().user, visit.checker, UserFactory()):
        with pytest.raises(NotAllowed):
            replies.say_fine(visit, actor=other, now=clock.now())


def test_an_older_visit_published_later_does_not_undo_a_newer_one() -> None:
    role = VenueRoleFactory()
    old, new = sent_visit(role.venue, lift=NO), sent_visit(role.venue, lift=YES)
    Visit.objects.filter(pk=old.pk).update(visited_on=clock.today() - timedelta(days=9))
    replies.say_fine(new, actor=role.user, now=clock.now())
    replies.say_fine(old, actor=role.user, now=clock.now())
    row = AccessFact.objects.get(venue=role.venue, code="lift", superseded_by=None)
    assert row.value == YES


def test_an_earlier_check_never_holds_a_visit_up() -> None:
    role = VenueRoleFactory()
    AccessFact.objects.create(
        venue=role.venue, code="accessible_toilet", value=NO, source="check",
        checked_on=clock.today() - timedelta(days=400),
    )  # fmt: skip
    visit = sent_visit(role.venue, changing_places=YES, lift=YES)
    replies.say_fine(visit, actor=role.user, now=clock.now())
    rows = AccessFact.objects.filter(venue=role.venue, code="lift", value=YES, source="check")
    assert rows.exists()


def test_expenses_are_claimed_and_answered_by_somebody_else() -> None:
    visit = accepted_visit()
    officer, now = officer_of(visit.round.council), clock.now()
    with pytest.raises(BadInput):
        drafts.claim_expenses(
            visit, amount=Decimal("4.50"), what_for=" ", actor=visit.checker, now=now
        )
    drafts.claim_expenses(
        visit, amount=Decimal("4.50"), what_for="Bus", actor=visit.checker, now=now
    )
    with pytest.raises(BadInput):
        refuse_expenses(visit, reason="", actor=officer, now=now)
    with pytest.raises(NotAllowed):
        approve_expenses(visit, actor=visit.checker, now=now)
    approve_expenses(visit, actor=officer, now=now)
    visit.refresh_from_db()
    assert (visit.expenses, visit.expenses_state) == (Decimal("4.50"), Expenses.APPROVED)
    with pytest.raises(StateConflict):
        drafts.claim_expenses(visit, amount=None, what_for="", actor=visit.checker, now=now)


def test_every_step_is_written_down_without_the_checkers_name() -> None:
    role = VenueRoleFactory()
    visit = accepted_visit(role.venue, words="Fine.")
    Answer.objects.create(visit=visit, code="lift", value=YES)
    drafts.send_in(visit, actor=visit.checker, now=clock.now())
    replies.say_fine(visit, actor=role.user, now=clock.now())
    entries = AuditEntry.objects.filter(subject_kind="checks.visit", subject_id=visit.pk)
    assert {entry.verb for entry in entries} == {"check-sent", "check-fine", "check-published"}
    assert not any(visit.checker.name in entry.words for entry in entries)
    assert all(role.venue.name in entry.words for entry in entries)
