"""What people do with accounts and organisations."""

from accounts.services.concessions import (
    ENDS_SOON,
    ConcessionClaim,
    ConcessionDecision,
    claim_concession,
    claim_for_oneself,
    decide_concession,
    expire_concessions,
    on_decided,
    remind_of_ends,
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
    "ENDS_SOON",
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
    "claim_for_oneself",
    "decide_concession",
    "expire_concessions",
    "export_person",
    "invite_member",
    "on_decided",
    "register_organisation",
    "remind_of_ends",
    "remove_member",
    "withdraw_invitation",
]
