"""The questions of the account pages."""

from accounts.forms.concessions import ConcessionForm, DecisionForm, PersonalClaimForm
from accounts.forms.people import (
    CloseAccountForm,
    InvitationForm,
    NewOrganisationForm,
    OrganisationForm,
    PersonForm,
    RoleForm,
    SignupForm,
)

__all__ = [
    "CloseAccountForm",
    "ConcessionForm",
    "DecisionForm",
    "InvitationForm",
    "NewOrganisationForm",
    "OrganisationForm",
    "PersonForm",
    "PersonalClaimForm",
    "RoleForm",
    "SignupForm",
]
