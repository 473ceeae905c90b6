"""People who sign in, organisations with their members, proofs and contacts, and staff roles."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.models import (
    Concession,
    Contact,
    CouncilRole,
    Membership,
    OperatorRole,
    Organisation,
    User,
)
from demo.builders.world import BuiltOrg, World
from demo.content.kinds import LogIn, OrgSpec
from demo.content.organisations import ORGANISATIONS
from demo.content.people import FIRST_NAMES, LAST_NAMES, LOG_INS, PASSWORD
from spaces.models import VenueRole

PRIVATE_HIRERS = 40
_INCORPORATED = {"charity", "cic", "company", "school", "nhs", "council", "parish"}


def build(world: World) -> None:
    """Write everybody. The one password is hashed once: hashing is slow on purpose."""
    password = make_password(PASSWORD)
    log_ins = _users(world, [(entry.email, entry.name) for entry in LOG_INS], password)
    owners = _users(
        world, [(f"{slugify(spec.name)}@example.org", _name(world)) for spec in ORGANISATIONS],
        password,
    )  # fmt: skip
    _organisations(world, owners)
    private = _users(
        world, [(f"hirer{n:02d}@example.org", _name(world)) for n in range(1, PRIVATE_HIRERS + 1)],
        password,
    )  # fmt: skip
    parent = log_ins["parent@example.org"]
    people = [parent, *private.values()]
    contacts = Contact.objects.bulk_create(
        Contact(name=user.name, email=user.email, phone=_phone(world), user=user) for user in people
    )
    world.private_hirers = list(zip(people, contacts, strict=True))
    for entry in LOG_INS:
        for grant in entry.grants:
            _grant(world, entry, log_ins[entry.email], grant)
    _addresses([*log_ins.values(), *owners.values(), *private.values()])


def _users(world: World, people: list[tuple[str, str]], password: str) -> dict[str, User]:
    rows = User.objects.bulk_create(
        User(
            email=email,
            name=name,
            phone=_phone(world),
            password=password,
            joined_at=world.now - timedelta(days=700),
        )
        for email, name in people
    )
    return {user.email: user for user in rows}


def _name(world: World) -> str:
    return f"{world.rng.choice(FIRST_NAMES)} {world.rng.choice(LAST_NAMES)}"


def _phone(world: World) -> str:
    """A number from the range that is kept for drama and never rings."""
    return f"07700 900{world.rng.randrange(1000):03d}"


def _addresses(users: list[User]) -> None:
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )


def _organisations(world: World, owners: dict[str, User]) -> None:
    rows = Organisation.objects.bulk_create(_organisation(world, spec) for spec in ORGANISATIONS)
    built = [
        BuiltOrg(row, spec, owner)
        for row, spec, owner in zip(rows, ORGANISATIONS, owners.values(), strict=True)
    ]
    Membership.objects.bulk_create(
        Membership(user=org.owner, organisation=org.row, role="owner") for org in built
    )
    Concession.objects.bulk_create(_concession(world, org) for org in built)
    contacts = Contact.objects.bulk_create(
        Contact(
            name=org.owner.name if n == 0 else _name(world),
            email=org.owner.email if n == 0 else f"{slugify(org.spec.name)}.{n}@example.org",
            phone=_phone(world),
            user=org.owner if n == 0 else None,
            organisation=org.row,
        )
        for org in built
        for n in range(2)
    )
    for n, org in enumerate(built):
        org.contacts = contacts[2 * n : 2 * n + 2]
    world.organisations = {org.spec.name: org for org in built}


def _organisation(world: World, spec: OrgSpec) -> Organisation:
    return Organisation(
        council=world.councils[spec.council],
        name=spec.name,
        kind=spec.kind,
        is_incorporated=spec.kind in _INCORPORATED,
        category=spec.category,
        charity_number=spec.number,
        email=f"{slugify(spec.name)}@example.org",
        phone=_phone(world),
        created_at=world.now - timedelta(days=world.rng.randrange(560, 880)),
    )


def _concession(world: World, org: BuiltOrg) -> Concession:
    is_open = org.spec.concession == "claimed"
    decided = world.now - timedelta(days=world.rng.randrange(30, 340))
    valid_to = (decided + timedelta(days=365)).date()
    if org.spec.concession == "expired":
        decided = world.now - timedelta(days=400)
        valid_to = (decided + timedelta(days=365)).date()
    numbered = f"Charity register, number {org.spec.number}"
    return Concession(
        organisation=org.row,
        category=org.spec.category,
        state=org.spec.concession,
        evidence=numbered if org.spec.number else "Constitution and two signatories",
        decided_at=None if is_open else decided,
        valid_to=None if is_open or org.spec.concession == "refused" else valid_to,
    )


def _grant(world: World, entry: LogIn, user: User, grant: str) -> None:
    if grant == "superuser":
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        return
    if grant == "back-office":
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        return
    scope, role, subject = grant.split(":", maxsplit=2)
    if scope == "member":
        org = world.organisations[subject].row
        Membership.objects.create(user=user, organisation=org, role=role)
        Contact.objects.create(
            name=entry.name, email=entry.email, phone=user.phone, user=user, organisation=org
        )
    elif scope == "council":
        CouncilRole.objects.create(user=user, council=world.councils[subject], role=role)
    elif scope == "operator":
        OperatorRole.objects.create(user=user, operator=world.operators[subject], role=role)
    else:
        VenueRole.objects.create(user=user, venue=world.venues[subject].row, role=role)
