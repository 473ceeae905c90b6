"""Councils, people, organisations, roles, contacts, concessions and the audit trail."""

from accounts.models.audit import AuditEntry
from accounts.models.concession import PERSONAL_STATUSES, Concession, HirerCategory, HirerStatus
from accounts.models.contact import Contact
from accounts.models.council import Council
from accounts.models.invitation import Invitation
from accounts.models.organisation import Membership, Operator, Organisation
from accounts.models.person import User
from accounts.models.role import CouncilRole, OperatorRole, StaffRole
from accounts.models.vat import VatRegistration

__all__ = [
    "PERSONAL_STATUSES",
    "AuditEntry",
    "Concession",
    "Contact",
    "Council",
    "CouncilRole",
    "HirerCategory",
    "HirerStatus",
    "Invitation",
    "Membership",
    "Operator",
    "OperatorRole",
    "Organisation",
    "StaffRole",
    "User",
    "VatRegistration",
]
