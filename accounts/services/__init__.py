"""What people do with accounts and organisations."""

from accounts.services.concessions import (
    ConcessionClaim,
    ConcessionDecision,
    claim_concession,
    decide_concession,
    expire_concessions,
)
from accounts.services.data_protection import anonymise_person, export_person
from accounts.services.members import (
    accept_invitation,
    add_member,
    change_role,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from accounts.services.organisations import (
    OrganisationDetails,
    change_organisation,
    register_organisation,
)
from accounts.services.people import PersonDetails, change_person

__all__ = [
    "ConcessionClaim",
    "ConcessionDecision",
    "OrganisationDetails",
    "PersonDetails",
    "accept_invitation",
    "add_member",
    "anonymise_person",
    "change_organisation",
    "change_person",
    "change_role",
    "claim_concession",
    "decide_concession",
    "expire_concessions",
    "export_person",
    "invite_member",
    "register_organisation",
    "remove_member",
    "withdraw_invitation",
]
