"""The outbox in the back office."""

import pytest
from django.test import Client

from notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.notices.test_outbox import jobs, owe

pytestmark = pytest.mark.django_db


def test_given_up_notices_are_seen_and_sent_again(client: Client) -> None:
    dead, sent = owe(), owe()
    Notice.objects.filter(pk=dead.pk).update(state="dead")
    Notice.objects.filter(pk=sent.pk).update(state="sent")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert b"booking_confirmed" in client.get("/back-office/notices/notice/").content
    answer = client.post(
        "/back-office/notices/notice/",
        {"action": "send_again", "_selected_action": [dead.pk, sent.pk]},
        follow=True,
    )
    assert b"1 notice will be sent." in answer.content
    assert f"Notice {sent.pk} was sent already.".encode() in answer.content
    assert (len(jobs(dead)), len(jobs(sent))) == (2, 1)


def test_the_words_of_a_mail_are_not_shown(client: Client) -> None:
    notice = owe()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = client.get(f"/back-office/notices/notice/{notice.pk}/change/")
    assert page.status_code == 200
    assert b"Toddlers" not in page.content
