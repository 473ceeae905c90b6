"""Two councils in one installation, and in the first whatever must not be seen by the second.

Every private word of the first council contains a planted mark, "qzx...kept". A page that
repeats what was searched for only ever repeats "qzx".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Model

from accounts import audit
from accounts.models import (
    Concession,
    Council,
    Invitation,
    Membership,
    Operator,
    User,
    VatRegistration,
)
from api.models import PersonalToken
from bookings.models import Allowance, Booking, Occurrence
from bookings.requests import ContactDetails
from checks.models import ChangeReport, Visit, VisitPhoto
from core import clock
from core.intervals import Span
from notices.services import tell
from spaces.models import (
    AccessFact,
    AccessFault,
    AccessLink,
    AccessNode,
    CalendarSource,
    Closure,
    EventNotice,
    FactPhoto,
    FloorPlan,
    ImportedDate,
    OptionToTax,
    Photo,
    PremisesLimit,
    Space,
    TimeRule,
    Venue,
    VenueImport,
)
from spaces.models.timetable import Loudness
from spaces.services.fact_photos import show_fact
from spaces.services.limits import give_event_notice
from spaces.services.times import add_quiet_time, close_spaces
from spaces.timetable import Frequency, Pattern
from tariffs.models import Tariff, TariffVersion
from tests.factories import access
from tests.factories.accounts import (
    CouncilFactory,
    MembershipFactory,
    OperatorFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.bookings import book, evening
from tests.factories.checks import ChangeReportFactory, CheckRoundFactory, VisitFactory
from tests.factories.pictures import a_photo, a_plan, file_of
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory, VenueRoleFactory
from tests.factories.spaces import SpaceFactory, VenueFactory, open_always
from tests.factories.vat import opt, register

PLANTED = re.compile(r"qzx\w*kept", re.IGNORECASE)
SEARCHED_FOR = "qzx"
OUR_APPS = ["accounts", "spaces", "checks", "tariffs", "bookings", "notices", "api"]


def mark(what: str) -> str:
    """A private word that no page of the other council may contain."""
    return f"Qzx{what}kept"


@dataclass(frozen=True, kw_only=True)
class Borough:
    """One council with a public venue, hidden ones, a group, and people."""

    council: Council
    operator: Operator
    venue: Venue
    space: Space
    confidential: Venue
    hidden_space: Space
    photo: Photo
    hidden_photo: Photo
    plan: FloorPlan
    membership: Membership
    concession: Concession
    allowance: Allowance
    officer: User
    booking: Booking
    request: Booking
    occurrence: Occurrence
    invitation: Invitation
    token: PersonalToken
    visit: Visit
    visit_photo: VisitPhoto
    report: ChangeReport
    venue_import: VenueImport
    calendar: CalendarSource
    quiet_rule: TimeRule
    closure: Closure
    limit: PremisesLimit
    event_notice: EventNotice
    vat_registration: VatRegistration
    option_to_tax: OptionToTax
    door: AccessNode
    way: AccessLink
    fact: AccessFact
    fact_photo: FactPhoto
    hidden_fact_photo: FactPhoto
    fault: AccessFault
    rates_draft: TariffVersion


def plant(name: str, *, private: Any) -> Borough:
    """A borough; `private` turns each private word into what is stored."""
    now = clock.now()
    council = CouncilFactory(name=name)
    operator = OperatorFactory(council=council)
    venue = VenueFactory(operator=operator)
    by_request = VenueFactory(operator=operator, confirmation=Venue.Confirmation.REQUEST)
    confidential = VenueFactory(
        operator=operator, visibility="confidential", name=private("refuge"), latitude=51.44
    )
    VenueFactory(operator=operator, visibility="partners", name=private("partners"))
    hidden_space = SpaceFactory(venue=confidential, name=private("room"))
    officer = _officer(council, operator, venue, private)
    membership = _group(council, private)
    spaces = [SpaceFactory(venue=one) for one in (venue, by_request)]
    bookings = [_booking(space, membership, private) for space in spaces]
    token = PersonalToken.objects.create(
        user=membership.user,
        name=private("token"),
        digest=f"{council.pk:064d}",
        prefix="oh_abc",
        created_at=now,
        expires_at=now + timedelta(days=90),
    )
    visit = _visit(venue, private)
    audit.record("thing_done", council, private("audit"), actor=officer, now=now)
    return Borough(
        council=council,
        operator=operator,
        venue=venue,
        space=spaces[0],
        confidential=confidential,
        hidden_space=hidden_space,
        photo=a_photo(venue),
        hidden_photo=a_photo(confidential, alt=private("photo")),
        plan=a_plan(venue),
        membership=membership,
        concession=Concession.objects.get(person=membership.user),
        allowance=Allowance.objects.create(
            operator=operator,
            venue=venue,
            organisation=membership.organisation,
            first_on=clock.today(),
            last_on=clock.today(),
            total=60,
            reason=private("hours"),
            made_at=now,
        ),
        officer=officer,
        booking=bookings[0],
        request=bookings[1],
        occurrence=bookings[0].occurrences.get(),
        invitation=Invitation.objects.get(organisation=membership.organisation),
        token=token,
        visit=visit,
        visit_photo=visit.photos.get(),
        report=ChangeReportFactory(
            venue=venue, words=private("change"), email=f"{private('passer')}@example.org"
        ),
        venue_import=_import(council, officer, private),
        calendar=_calendar(spaces[0], private),
        rates_draft=_rates_draft(venue, private),
        **_times(venue, spaces[0], private),
        **_ways(venue, spaces[0], confidential, private),
    )


def _rates_draft(venue: Venue, private: Any) -> TariffVersion:
    """Prices that nobody else may know yet."""
    tariff, _created = Tariff.objects.get_or_create(venue=venue)
    rule = {"id": "all", "target": {"fee": private("fee")}, "quantity": {"unit": "booking"},
            "amount": "5"}  # fmt: skip
    return TariffVersion.objects.create(
        tariff=tariff, valid_from=date(2199, 1, 1), document={"rules": [rule]}
    )


def _ways(venue: Venue, space: Space, confidential: Venue, private: Any) -> dict[str, Any]:
    """Doors, ways, facts and faults: for everybody to read, but of a venue that is hidden."""
    photos = []
    for place, door, note, alt in (
        (confidential, private("door"), private("fault"), private("corner")),
        (venue, "Side door", "The hinge", "A quiet corner."),
    ):
        node = access.node(place, "entrance", door, {"entrance_step_free": "yes"})
        fault = AccessFault.objects.create(
            venue=place, node=node, what="entrance", note=note, starts_at=clock.now(),
            reported_at=clock.now(),
        )  # fmt: skip
        fact = access.say(place, "quiet_space", "yes", note=note)
        photos.append(show_fact(fact, file_of(), alt=alt, actor=None, now=clock.now()))
    way = access.link(node, access.room_node(space))
    hidden, shown = photos
    return {
        "door": node,
        "way": way,
        "fact": fact,
        "fact_photo": shown,
        "hidden_fact_photo": hidden,
        "fault": fault,
    }


def _times(venue: Venue, space: Space, private: Any) -> dict[str, Any]:
    """What its manager keeps of times; a closure and a promise are for everybody to read."""
    now = clock.now()
    later = Span(now + timedelta(days=40), now + timedelta(days=41))
    evenings = Pattern(clock.today(), time(12), time(13), Frequency.WEEKLY)
    return {
        "quiet_rule": add_quiet_time(space, evenings, loudest=Loudness.TALK, actor=None, now=now),
        "closure": close_spaces(venue, [space.pk], later, reason="New floor", actor=None, now=now),
        "limit": PremisesLimit.objects.create(
            venue=venue, kind="music", until=time(23), first_on=clock.today()
        ),
        "event_notice": give_event_notice(
            venue, later, purpose=private("gala"), actor=None, now=now
        ),
        "vat_registration": register(venue.operator),
        "option_to_tax": opt(venue, note=private("option")),
    }


def _calendar(space: Space, private: Any) -> CalendarSource:
    source = CalendarSource.objects.create(
        space=space,
        name=private("calendar"),
        url=f"https://calendar.example/{private('secret')}.ics",
        state=CalendarSource.State.ACTIVE,
        created_at=clock.now(),
    )
    starts_at = clock.now() + timedelta(days=21)
    ImportedDate.objects.create(
        source=source,
        event_uid=private("event"),
        summary=private("class"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
    return source


def _import(council: Council, officer: User, private: Any) -> VenueImport:
    return VenueImport.objects.create(
        council=council,
        file_name=private("list"),
        content=f"Name,Phone\n{private('hall')},1\n".encode(),
        mapping={"Name": "name", "Phone": ""},
        created_by=officer,
        created_at=clock.now(),
    )


def _officer(council: Council, operator: Operator, venue: Venue, private: Any) -> User:
    officer = UserFactory(
        name=private("officer"), email=f"{private('officer')}@example.org", is_staff=True
    )
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    CouncilRoleFactory(user=officer, council=council)
    OperatorRoleFactory(user=officer, operator=operator)
    VenueRoleFactory(user=officer, venue=venue)
    return officer


def _group(council: Council, private: Any) -> Membership:
    person = UserFactory(
        name=private("person"), email=f"{private('person')}@example.org", phone=private("phone")
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    group = OrganisationFactory(council=council, name=private("group"))
    Concession.objects.create(organisation=group, category="charity", evidence=private("proof"))
    Concession.objects.create(
        person=person, council=council, status="hardship", evidence=private("hardship")
    )
    Invitation.objects.create(
        organisation=group,
        email=f"{private('guest')}@example.org",
        role="booker",
        created_at=clock.now(),
    )
    return MembershipFactory(user=person, organisation=group, role="owner")


def _booking(space: Space, membership: Membership, private: Any) -> Booking:
    now = clock.now()
    open_always(space, now)
    booking = book(
        space,
        actor=membership.user,
        now=now,
        pattern=evening(clock.today() + timedelta(days=14)),
        title=private("title"),
        purpose=private("purpose"),
        organisation_id=membership.organisation_id,
        responsible_adult=ContactDetails(
            private("adult"), f"{private('adult')}@example.org", "020 7946 0001"
        ),
    )
    tell(
        "account_password_changed",
        to_email=membership.user.email,
        to_name=private("mail"),
        recipient=membership.user,
        now=now,
    )
    return booking


def _visit(venue: Venue, private: Any) -> Visit:
    """Sent in and not published: nobody but those concerned may read it."""
    now = clock.now()
    checker = UserFactory(name=private("checker"), email=f"{private('checker')}@example.org")
    check_round = CheckRoundFactory(council=venue.council, name=private("round"))
    visit: Visit = VisitFactory(
        venue=venue,
        round=check_round,
        email=checker.email,
        checker=checker,
        state="sent",
        visited_on=clock.today(),
        words=private("visit"),
        sent_at=now,
        reply_by=clock.today() + timedelta(days=14),
    )
    visit.answers.create(code="lift", value="no", note=private("note"))
    VisitPhoto.objects.create(
        visit=visit, alt=private("photo"), width=800, height=600, added_at=now
    )
    VisitFactory(venue=venue, round=check_round, email=f"{private('invited')}@example.org")
    return visit


def fingerprint() -> dict[str, list[dict[str, Any]]]:
    """Every row of ours there is, to tell whether anything was changed."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in _models()
    }


def damage(before: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Rows of `before` that are gone or different now, however many were added."""
    hurt = []
    for label, rows in before.items():
        model = apps.get_model(label)
        name = model._meta.pk.attname
        keys = [row[name] for row in rows]
        now = {row[name]: row for row in model._default_manager.filter(pk__in=keys).values()}
        hurt.extend(f"{label} {row[name]}" for row in rows if now.get(row[name]) != row)
    return hurt


def _models() -> list[type[Model]]:
    return [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
