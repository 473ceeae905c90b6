"""Every mail can be written, in plain text and HTML, and facts cannot write mails of their own."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail

from notices import delivery, rendering
from notices.services import tell
from tests.factories.accounts import UserFactory
from tests.notices.test_outbox import FACTS, NOW

FOLDER = Path(settings.TEMPLATES[0]["DIRS"][0]) / "email"
EVENTS = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))
ALL = FACTS | {
    "name": "Ann",
    "base_url": "https://openhall.example",
    "language": "en-gb",
    "hirer": "Mill Lane Players",
    "people": 40,
    "reason": "The floor is being mended",
    "answer_by": "Friday 8 January 2027, midday",
    "contact": "020 7946 0000",
    "refused": ["Tuesday 19 January 2027: closed"],
    "cancelled_by": "venue",
    "deposits": ["£150.00, given back after the hire."],
    "due": ["£5.00 by Tuesday 1 December 2026.", "£15.00 by Tuesday 8 December 2026."],
    "charges": ["Tuesday 5 January 2027, 5:30pm to 7pm: £5.00 to pay, £15.00 given back."],
    "activate_url": "https://openhall.example/a",
    "password_reset_url": "https://openhall.example/p",
    "signup_url": "https://openhall.example/s",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "gone@example.org",
}


def test_all_the_mails_of_bookings_are_written() -> None:
    assert {
        "booking_confirmed",
        "booking_requested",
        "booking_declined",
        "booking_cancelled",
        "booking_expired",
        "manager_new_booking",
        "manager_new_request",
        "manager_cancelled",
    } <= set(EVENTS)


@pytest.mark.parametrize("event", EVENTS)
def test_every_mail_reads_well_with_all_facts_and_with_none(event: str) -> None:
    for facts in (ALL, {"base_url": "https://openhall.example", "language": "en-gb"}):
        words = rendering.render(event, facts, language="en-gb")
        assert words.subject
        assert "\n" not in words.subject
        assert "\n\n\n" not in words.text
        assert "{" not in words.text
        assert "!" not in words.text
        assert "<h1>" in words.html
        assert '<html lang="en-GB">' in words.html


@pytest.mark.parametrize("event", [event for event in EVENTS if event.startswith("booking_")])
def test_a_booking_mail_says_what_where_and_when(event: str) -> None:
    words = rendering.render(event, ALL, language="en-gb")
    for fact in ("OH-7K3P", "Toddlers' & carers' hour", "Main hall", *FACTS["dates"]):
        assert fact in words.text
    assert "Toddlers&#x27; &amp; carers&#x27; hour" in words.html
    assert "<li>Tuesday 5 January 2027, 5:30pm to 7pm</li>" in words.html


def test_an_address_on_a_line_of_its_own_becomes_a_link_and_no_other_does() -> None:
    words = rendering.render("booking_confirmed", ALL, language="en-gb")
    assert f'<a href="{FACTS["booking_url"]}">' in words.html
    tricky = ALL | {"title": "https://evil.example/"}
    assert (
        'href="https://evil'
        not in rendering.render("booking_confirmed", tricky, language="en-gb").html
    )


@pytest.mark.django_db
def test_facts_with_line_breaks_cannot_add_headers_or_paragraphs() -> None:
    evil = "Tea\r\nBcc: all@example.org\n\nhttps://evil.example/\x00"
    notice = tell(
        "booking_confirmed",
        to_email="ann@example.org",
        to_name=evil,
        context=FACTS | {"title": evil, "dates": [evil]},
        now=NOW,
    )
    delivery.deliver(notice.pk, now=NOW)
    (sent,) = mail.outbox
    message = sent.message()
    assert message["Bcc"] is None
    assert "evil" in message["Subject"]
    assert "\nhttps://evil" not in sent.body
    assert 'href="https://evil' not in sent.alternatives[0].content


@pytest.mark.django_db
def test_people_are_told_in_their_own_language() -> None:
    reader = UserFactory(language="cy")
    notice = tell("booking_confirmed", to_email=reader.email, recipient=reader, now=NOW)
    assert notice.language == "cy"
    assert '<html lang="cy">' in delivery.message_for(notice).alternatives[0].content
