"""Second steps and sign-ins in the back office: to look at and to end, never to make up.

Somebody who lost their phone rings the administrator, who takes the second step away.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin import AdministratorAdmin

# What these offer by themselves shows secrets, or grants what nothing here asks for.
for _module in ("django.contrib.auth.admin", "allauth.mfa.admin", "allauth.usersessions.admin"):
    import_module(_module)
for _model in (Group, Authenticator, UserSession):
    admin.site.unregister(_model)


class EndOnlyAdmin(AdministratorAdmin):
    list_select_related = ["user"]
    search_fields = ["user__email"]

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Authenticator)
class AuthenticatorAdmin(EndOnlyAdmin):
    """Without its data, which is the secret."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]


@admin.register(UserSession)
class UserSessionAdmin(EndOnlyAdmin):
    list_display = ["user", "created_at", "last_seen_at"]
    fields = ["user", "created_at", "last_seen_at"]
