"""A notice exists if and only if its change committed, and is sent until it is sent."""

import smtplib
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import AuditEntry
from core.errors import StateConflict
from notices import delivery
from notices.delivery import BACK_OFF, Outcome
from notices.models import Notice
from notices.services import Owed, resend, tell, tell_all
from tests.factories.accounts import UserFactory
from tests.factories.spaces import VenueFactory
from tests.notices import killed
from tests.races.harness import race, race_processes

NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "reference": "OH-7K3P",
    "title": "Toddlers' & carers' hour",
    "venue": "Mill Lane Centre",
    "spaces": ["Main hall", "Kitchen"],
    "dates": ["Tuesday 5 January 2027, 5:30pm to 7pm", "Tuesday 12 January 2027, 5:30pm to 7pm"],
    "refused": [],
    "total": "£37.50",
    "booking_url": "https://openhall.example/bookings/OH-7K3P",
}


class Refuses(BaseEmailBackend):
    """A mail server that says no, and repeats the address in what it says."""

    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"no ann@example.org")})


def owe(**more: Any) -> Notice:
    return tell(
        "booking_confirmed",
        **{"to_email": "ann@example.org", "to_name": "Ann", "context": FACTS, "now": NOW, **more},
    )


def jobs(notice: Notice) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args__notice_id=notice.pk).order_by("id"))


@pytest.mark.django_db
def test_a_notice_has_a_job_that_names_nothing_but_its_number() -> None:
    notice = owe(subject=VenueFactory())
    (job,) = jobs(notice)
    assert (job.task_name, job.args) == ("notices.deliver", {"notice_id": notice.pk})
    assert job.lock is None
    assert notice.subject_kind == "spaces.venue"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_leaves_neither_notice_nor_job() -> None:
    before = ProcrastinateJob.objects.count()
    with transaction.atomic():
        owe()
        assert ProcrastinateJob.objects.count() == before + 1
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0
    assert ProcrastinateJob.objects.count() == before


@pytest.mark.django_db
def test_an_event_without_words_is_refused_when_it_is_told() -> None:
    with pytest.raises(ValueError, match="no words for moon_landing"):
        tell("moon_landing", to_email="ann@example.org", now=NOW)


@pytest.mark.django_db
def test_a_delivered_mail_has_its_words_its_id_and_is_sent_once() -> None:
    notice = owe()
    assert delivery.deliver(notice.pk, now=NOW) is Outcome.SENT
    assert delivery.deliver(notice.pk, now=NOW) is Outcome.NOT_OWED
    (sent,) = mail.outbox
    assert sent.subject == "Booked: Toddlers' & carers' hour at Mill Lane Centre (OH-7K3P)"
    assert sent.to == ["Ann <ann@example.org>"]
    assert sent.message()["Message-ID"] == notice.message_id
    assert "- Tuesday 5 January 2027, 5:30pm to 7pm\n" in sent.body
    assert "Hello Ann," in sent.body
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.attempts) == ("sent", NOW, 1)


@pytest.mark.django_db
def test_a_calendar_goes_along_with_its_method(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    body = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Cân\r\nEND:VCALENDAR\r\n"
    delivery.deliver(owe(calendar=body.encode(), method="REQUEST").pk, now=NOW)
    (raw,) = killed.mails(tmp_path)
    parsed = message_from_bytes(raw.split(b"\n" + b"-" * 79)[0], policy=policy.default)
    (part,) = parsed.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "booking.ics"
    assert part.get_content().splitlines() == body.splitlines()


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_at_last_given_up(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notices.test_outbox.Refuses"
    notice = owe()
    for attempt, wait in enumerate(BACK_OFF, start=1):
        assert delivery.deliver(notice.pk, now=NOW) is Outcome.FAILED
        notice.refresh_from_db()
        assert (notice.state, notice.attempts) == ("failed", attempt)
        assert jobs(notice)[-1].scheduled_at == NOW + wait
    delivery.deliver(notice.pk, now=NOW)
    notice.refresh_from_db()
    assert notice.state == "dead"
    assert notice.last_error == "SMTPRecipientsRefused 550"
    assert len(jobs(notice)) == 1 + len(BACK_OFF)


@pytest.mark.django_db
def test_what_was_given_up_can_be_sent_again_with_the_same_id(settings: Any) -> None:
    notice = owe()
    Notice.objects.filter(pk=notice.pk).update(state="dead", attempts=8)
    resend(notice, actor=UserFactory(is_staff=True), now=NOW)
    assert len(jobs(notice)) == 2
    assert delivery.deliver(notice.pk, now=NOW) is Outcome.SENT
    assert mail.outbox[0].message()["Message-ID"] == notice.message_id
    assert AuditEntry.objects.get().verb == "notice_resent"
    with pytest.raises(StateConflict):
        resend(notice, actor=UserFactory(), now=NOW)


@pytest.mark.django_db
def test_a_lost_job_is_found_and_a_queued_one_is_left_alone() -> None:
    lost, queued = owe(), owe()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [jobs(lost)[0].pk])
    assert delivery.defer_forgotten(now=NOW + timedelta(minutes=9)) == 0
    assert delivery.defer_forgotten(now=NOW + timedelta(minutes=11)) == 1
    assert len(jobs(lost)) == len(jobs(queued)) == 1
    assert delivery.defer_forgotten(now=NOW + timedelta(minutes=11)) == 0


@pytest.mark.django_db
def test_links_that_sign_people_in_are_struck_out_once_sent() -> None:
    facts = {"password_reset_url": "https://openhall.example/account/secret"}
    notice = tell("account_password_reset_key", to_email="a@b.org", context=facts, now=NOW)
    delivery.deliver(notice.pk, now=NOW)
    assert "https://openhall.example/account/secret" in mail.outbox[0].body
    notice.refresh_from_db()
    assert notice.context == {}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_notice_send_it_once(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    notice = owe()
    outcomes = race([lambda: delivery.deliver(notice.pk, now=NOW)] * 4)
    assert [outcome.value for outcome in outcomes].count(Outcome.SENT) == 1
    assert len(killed.mails(tmp_path)) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_loses_nothing(tmp_path: Path) -> None:
    notice = owe()
    die_sending(notice, tmp_path)
    send_again(tmp_path)
    notice.refresh_from_db()
    assert notice.state == "sent"
    first, second = killed.mails(tmp_path)
    wanted = f"Message-ID: {notice.message_id}".encode()
    assert wanted in first
    assert wanted in second


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_killed_while_sending_leave_the_third_copy_to_people(tmp_path: Path) -> None:
    notice = owe()
    die_sending(notice, tmp_path)
    die_sending(notice, tmp_path)
    send_again(tmp_path)
    notice.refresh_from_db()
    assert (notice.state, len(killed.mails(tmp_path))) == ("dead", 2)
    resend(notice, actor=UserFactory(is_staff=True), now=NOW)
    send_again(tmp_path)
    notice.refresh_from_db()
    assert (notice.state, notice.begun, len(killed.mails(tmp_path))) == ("sent", 0, 3)


def die_sending(notice: Notice, folder: Path) -> None:
    """A worker is killed when the mail has left; its job is then found and queued again."""
    (outcome,) = race_processes(
        "tests.notices.killed:work", [(str(folder), "tests.notices.killed.DiesAfterSending")]
    )
    assert not outcome.won
    notice.refresh_from_db()
    assert notice.state == "waiting"
    stalled = async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=0)
    assert [job.id for job in stalled] == [jobs(notice)[0].pk]
    async_to_sync(app.job_manager.retry_job)(stalled[0])
    killed.a_while_later()


def send_again(folder: Path) -> None:
    usual = "django.core.mail.backends.filebased.EmailBackend"
    (outcome,) = race_processes("tests.notices.killed:work", [(str(folder), usual)])
    assert outcome.won, outcome.error


@pytest.mark.django_db
def test_who_is_sending_is_not_disturbed() -> None:
    notice = owe()
    Notice.objects.filter(pk=notice.pk).update(begun=1, sending_until=NOW + timedelta(minutes=3))
    assert delivery.deliver(notice.pk, now=NOW) is Outcome.NOT_OWED
    assert jobs(notice)[-1].scheduled_at == NOW + timedelta(minutes=3)
    assert delivery.deliver(notice.pk, now=NOW + timedelta(minutes=3)) is Outcome.SENT
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_several_are_owed_for_the_price_of_one(count_queries: Any) -> None:
    def owe_to(count: int) -> list[Notice]:
        owed = [
            Owed(event="booking_confirmed", to_email=f"{n}@example.org", context=FACTS)
            for n in range(count)
        ]
        return tell_all(owed, now=NOW)

    assert count_queries(lambda: owe_to(1)) == count_queries(lambda: owe_to(9))
    for notice in owe_to(3):
        assert [job.args for job in jobs(notice)] == [{"notice_id": notice.pk}]
