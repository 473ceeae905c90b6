"""Councils, people, organisations and their standing in the back office.

Council staff see the rows of their own council; the installation's administrator sees all.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import ForeignKey, Model, Q, QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import audit
from accounts.models import (
    AuditEntry,
    Concession,
    Contact,
    Council,
    CouncilRole,
    Membership,
    Operator,
    OperatorRole,
    Organisation,
    User,
)
from accounts.policies import MANAGERS, StaffScope
from accounts.services import ConcessionDecision, decide_concession
from core import clock
from core.errors import DomainError

# Signing in here takes the same way as everywhere: second step, limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.index_title = gettext_lazy("What you look after")


def scope_of(request: HttpRequest) -> StaffScope:
    """The person's councils and operators, read once for each request."""
    found: StaffScope | None = getattr(request, "_staff_scope", None)
    if found is None:
        found = StaffScope(request.user)
        request._staff_scope = found  # type: ignore[attr-defined]
    return found


class ScopedAdmin(admin.ModelAdmin):
    """Rows of the person's own council or operator. Roles decide, not Django's permissions.

    `council_path` and `operator_path` lead from a row to its council and operator; empty means
    that it has none. Adding and deleting is the administrator's, unless a subclass says more.
    """

    council_path: str = "council"
    operator_path: str = ""
    is_read_only: bool = False
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def scoped(self, request: HttpRequest) -> Q:
        """The rows the person may work on."""
        scope = scope_of(request)
        if scope.is_administrator:
            return Q(pk__isnull=False)
        rows = Q(pk__in=[])
        if self.council_path:
            rows |= Q(**{f"{self.council_path}__in": scope.council_ids(MANAGERS)})
        if self.operator_path:
            rows |= Q(**{f"{self.operator_path}__in": scope.operator_ids(MANAGERS)})
        return rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(self.scoped(request))

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        other = self.admin_site._registry.get(db_field.remote_field.model)
        if not scope_of(request).is_administrator:
            rows = db_field.remote_field.model._default_manager.all()
            # What has no scoped list of its own cannot be chosen from.
            if isinstance(other, ScopedAdmin):
                kwargs["queryset"] = rows.filter(other.scoped(request))
            else:
                kwargs["queryset"] = rows.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,
    ) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            done = _("changed") if change else _("added")
            said = f"{done}: {', '.join(form.changed_data)}" if change else done
            self._record(request, obj, said)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            self._record(request, obj, _("deleted"))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            for obj in queryset:
                self._record(request, obj, _("deleted"))
            super().delete_queryset(request, queryset)

    def _record(self, request: HttpRequest, obj: Model, done: str) -> None:
        # By number, not by name: the record of changes names no private people.
        words = _("%(kind)s %(number)s, in the back office: %(done)s") % {
            "kind": str(obj._meta.verbose_name).capitalize(),
            "number": obj.pk,
            "done": done,
        }
        actor = request.user if isinstance(request.user, User) else None
        audit.record("back_office", obj, words, actor=actor, now=clock.now())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._works_here(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._works_here(request) and self._holds(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not self.is_read_only and self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not self.is_read_only and scope_of(request).is_administrator

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return not self.is_read_only and scope_of(request).is_administrator

    def _works_here(self, request: HttpRequest) -> bool:
        scope = scope_of(request)
        if scope.is_administrator:
            return True
        at_council = bool(self.council_path and scope.council_ids(MANAGERS))
        at_operator = bool(self.operator_path and scope.operator_ids(MANAGERS))
        return scope.is_person and scope.user.is_staff and (at_council or at_operator)

    def _holds(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()


class AdministratorAdmin(ScopedAdmin):
    """Only for the administrator of the installation."""

    council_path = ""


@admin.register(Council)
class CouncilAdmin(ScopedAdmin):
    council_path = "pk"
    list_display = ["name", "slug", "gss_code"]
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else dict(self.prepopulated_fields)


@admin.register(User)
class UserAdmin(AdministratorAdmin):
    list_display = ["email", "name", "is_active", "is_staff", "joined_at"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "phone", "language", "is_active", "is_staff", "is_superuser"]


@admin.register(Organisation)
class OrganisationAdmin(ScopedAdmin):
    list_display = ["name", "kind", "category", "council"]
    list_filter = ["kind", "category"]
    search_fields = ["name", "charity_number", "company_number"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str] | tuple[str, ...]:
        return ["category", "created_at"] if obj else []

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        # When a group was added is not asked: it is now.
        return [] if obj else ["created_at"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_at = clock.now()
        super().save_model(request, obj, form, change)


@admin.register(Operator)
class OperatorAdmin(ScopedAdmin):
    operator_path = "pk"
    list_display = ["organisation", "council", "contact_line"]


@admin.register(Concession)
class ConcessionAdmin(ScopedAdmin):
    """Evidence is decided on by actions, so that the service and the record are never missed."""

    council_path = "organisation__council"
    is_read_only = True
    list_display = [
        "organisation",
        "category",
        "status",
        "state",
        "evidence",
        "decided_at",
        "valid_to",
    ]
    list_filter = ["state", "category", "status"]
    actions = ["accept", "refuse"]

    @admin.action(description=gettext_lazy("Accept the evidence"), permissions=["view"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Concession]) -> None:
        self._decide(request, queryset, Concession.State.ACCEPTED)

    @admin.action(description=gettext_lazy("Refuse the evidence"), permissions=["view"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Concession]) -> None:
        self._decide(request, queryset, Concession.State.REFUSED)

    def _decide(self, request: HttpRequest, queryset: QuerySet[Concession], state: str) -> None:
        user = request.user
        if not isinstance(user, User):
            return
        decided = 0
        for concession in queryset:
            try:
                decision = ConcessionDecision(
                    state=state, reason=_("We could not confirm what you sent us.")
                )
                decide_concession(concession, decision, actor=user, now=clock.now())
                decided += 1
            except DomainError as error:
                self.message_user(request, f"{concession}: {error.message}", messages.WARNING)
        said = ngettext("%(n)d is decided.", "%(n)d are decided.", decided)
        self.message_user(request, said % {"n": decided})


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin):
    """What was changed, by whom: read only."""

    operator_path = "operator"
    is_read_only = True
    list_display = ["at", "verb", "words", "actor"]
    list_filter = ["verb"]
    search_fields = ["words"]
    date_hierarchy = "at"
    list_select_related = ["actor"]


class RoleAdmin(AdministratorAdmin):
    list_display = ["user", "role"]
    list_filter = ["role"]
    raw_id_fields = ["user"]
    search_fields = ["user__email", "user__name"]


@admin.register(CouncilRole)
class CouncilRoleAdmin(RoleAdmin):
    list_display = ["user", "council", "role"]


@admin.register(OperatorRole)
class OperatorRoleAdmin(RoleAdmin):
    list_display = ["user", "operator", "role"]


@admin.register(Membership)
class MembershipAdmin(RoleAdmin):
    """Read only: members change by the group's own page, which keeps an owner."""

    is_read_only = True
    list_display = ["user", "organisation", "role"]


@admin.register(Contact)
class ContactAdmin(AdministratorAdmin):
    list_display = ["name", "email", "phone", "organisation"]
    search_fields = ["name", "email"]
    raw_id_fields = ["user", "organisation"]


import_module("accounts.admin_sign_in")

__all__ = ["AdministratorAdmin", "ScopedAdmin", "scope_of"]
