"""Whose staff somebody is, and what they may do for organisations.

A policy answers both "may this person?" and "which rows?" from the same facts, so that a page
and a list never disagree. Facts are read once for each policy object: make one per request.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import (
    Concession,
    CouncilRole,
    Membership,
    Operator,
    OperatorRole,
    Organisation,
    StaffRole,
    User,
)

# An officer sees figures and people; a manager runs the place; a caretaker sees tonight; a
# viewer only looks.
ANY_STAFF = frozenset(StaffRole)
MANAGERS = frozenset({StaffRole.OFFICER, StaffRole.MANAGER})
OFFICERS = frozenset({StaffRole.OFFICER})

BOOKERS = frozenset({Membership.Role.OWNER, Membership.Role.BOOKER})
PAYERS = frozenset({Membership.Role.OWNER, Membership.Role.TREASURER})

Roles = frozenset[StaffRole]


class StaffScope:
    """The councils and operators somebody works for, by role."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    @property
    def is_person(self) -> bool:
        """Whether this is somebody who may sign in."""
        return bool(self.user.is_authenticated and self.user.is_active)

    @property
    def is_administrator(self) -> bool:
        """Whether the whole installation is in their care."""
        return self.is_person and self.user.is_superuser

    @property
    def is_staff(self) -> bool:
        """Whether they work for any council or operator."""
        return bool(self.is_administrator or self.council_ids() or self.operator_ids())

    def council_ids(self, roles: Roles = ANY_STAFF) -> frozenset[int]:
        """Councils at which the person has one of `roles`."""
        return _with_roles(self._councils, roles)

    def operator_ids(self, roles: Roles = ANY_STAFF) -> frozenset[int]:
        """Operators at which the person has one of `roles`."""
        return _with_roles(self._operators, roles)

    def rows(self, roles: Roles = ANY_STAFF, *, prefix: str = "") -> Q:
        """Rows whose `council` or `operator` gives the person one of `roles`.

        `prefix` leads to the row that has them, such as "venue__".
        """
        if self.is_administrator:
            # An empty Q would vanish from an OR instead of being true.
            return Q(pk__isnull=False)
        return Q(**{f"{prefix}council__in": self.council_ids(roles)}) | Q(
            **{f"{prefix}operator__in": self.operator_ids(roles)}
        )

    def has_role(self, roles: Roles, *, council_id: int, operator_id: int | None) -> bool:
        """Whether the person has one of `roles` at this council or this operator."""
        return (
            self.is_administrator
            or council_id in self.council_ids(roles)
            or operator_id in self.operator_ids(roles)
        )

    @cached_property
    def _councils(self) -> dict[int, set[str]]:
        if not self.is_person:
            return {}
        rows = CouncilRole.objects.filter(user=self.user.pk).values_list("council_id", "role")
        return _by_key(rows)

    @cached_property
    def _operators(self) -> dict[int, set[str]]:
        if not self.is_person:
            return {}
        rows = OperatorRole.objects.filter(user=self.user.pk).values_list("operator_id", "role")
        return _by_key(rows)


def can_run_operator(user: User, operator: Operator) -> bool:
    """Whether the person may change what holds for every venue of an operator, such as its VAT."""
    return StaffScope(user).has_role(
        MANAGERS, council_id=operator.council_id, operator_id=operator.pk
    )


class OrganisationPolicy:
    """What somebody may do with organisations: their own, and those of the council they serve.

    Owners manage it and book for it; bookers book; treasurers see what it owes. Council
    officers and managers see the organisations of their council and decide on evidence.
    """

    def __init__(self, user: User | AnonymousUser, *, scope: StaffScope | None = None) -> None:
        self.user = user
        self.scope = scope or StaffScope(user)

    def visible(self) -> QuerySet[Organisation]:
        """Organisations whose page the person may open."""
        rows = Organisation.objects.select_related("council")
        if self.scope.is_administrator:
            return rows
        return rows.filter(Q(pk__in=self._own) | Q(council__in=self.scope.council_ids(MANAGERS)))

    def own(self) -> QuerySet[Organisation]:
        """Organisations the person belongs to, in whatever role."""
        return Organisation.objects.select_related("council").filter(pk__in=self._own)

    def bookable(self) -> QuerySet[Organisation]:
        """Organisations the person may book for."""
        return self.own().filter(pk__in=_with_roles(self._own, BOOKERS))

    def payable(self) -> QuerySet[Organisation]:
        """Organisations whose money the person looks after."""
        return self.own().filter(pk__in=_with_roles(self._own, PAYERS))

    def can_see(self, organisation: Organisation) -> bool:
        """Whether the person may open its page."""
        return (
            self.scope.is_administrator
            or organisation.pk in self._own
            or organisation.council_id in self.scope.council_ids(MANAGERS)
        )

    def can_book_for(self, organisation: Organisation) -> bool:
        """Whether the person may book in its name."""
        return organisation.pk in _with_roles(self._own, BOOKERS)

    def can_manage(self, organisation: Organisation) -> bool:
        """Whether the person may change its details and its members."""
        return organisation.pk in _with_roles(self._own, frozenset({Membership.Role.OWNER}))

    def can_decide_concession(self, organisation: Organisation) -> bool:
        """Whether the person may accept or refuse its evidence; nobody decides on their own."""
        if organisation.pk in self._own:
            return False
        return self.scope.is_administrator or organisation.council_id in self.scope.council_ids(
            MANAGERS
        )

    @cached_property
    def _own(self) -> dict[int, set[str]]:
        if not self.scope.is_person:
            return {}
        rows = Membership.objects.filter(user=self.user.pk)
        return _by_key(rows.values_list("organisation_id", "role"))


class ConcessionPolicy:
    """Who may see and decide what hirers ask to count as: the council asked, never one's own."""

    def __init__(self, user: User | AnonymousUser, *, scope: StaffScope | None = None) -> None:
        self.user = user
        self.scope = scope or StaffScope(user)
        self.organisations = OrganisationPolicy(user, scope=self.scope)

    @property
    def decides(self) -> bool:
        """Whether the person decides for any council."""
        return bool(self.scope.is_administrator or self.scope.council_ids(MANAGERS))

    def decidable(self) -> QuerySet[Concession]:
        """All that was asked of the councils the person decides for, but by others."""
        rows = Concession.objects.select_related(
            "organisation__council", "person", "council", "decided_by"
        ).exclude(person=self.user.pk)
        if not self.scope.is_administrator:
            councils = self.scope.council_ids(MANAGERS)
            rows = rows.filter(Q(organisation__council__in=councils) | Q(council__in=councils))
        return rows.exclude(organisation__in=self.organisations.own())

    def own(self) -> QuerySet[Concession]:
        """What the person asked for as a private person."""
        return Concession.objects.select_related("council").filter(person=self.user.pk)

    def can_decide(self, concession: Concession) -> bool:
        """Whether the person may accept or refuse it; nobody decides on their own."""
        if concession.organisation is not None:
            return self.organisations.can_decide_concession(concession.organisation)
        if concession.person_id == self.user.pk:
            return False
        return self.scope.is_administrator or concession.council_id in self.scope.council_ids(
            MANAGERS
        )


def _by_key(rows: QuerySet[Membership, tuple[int, str]] | QuerySet) -> dict[int, set[str]]:
    roles: dict[int, set[str]] = defaultdict(set)
    for key, role in rows:
        roles[key].add(role)
    return dict(roles)


def _with_roles(roles_by_key: dict[int, set[str]], roles: frozenset) -> frozenset[int]:
    return frozenset(key for key, held in roles_by_key.items() if not held.isdisjoint(roles))
