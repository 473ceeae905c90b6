"""The outbox in the back office: what was sent, what was given up, and a way to try again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from core import clock
from core.errors import StateConflict
from notices.models import Notice
from notices.services import resend


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Read only: what people were told does not change. The words themselves are not shown."""

    list_display = ["event", "to_email", "state", "attempts", "last_error", "created_at", "sent_at"]
    list_filter = ["state", "event"]
    search_fields = ["to_email", "message_id"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "event", "to_email", "to_name", "language", "subject_kind", "subject_id", "message_id",
        "state", "attempts", "begun", "last_error", "created_at", "sent_at", "sending_until",
    ]  # fmt: skip
    exclude = ["recipient", "context", "calendar", "calendar_method", "ical_uid", "ical_sequence"]
    actions = ["send_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Send again"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        """Queue what was given up; what was sent stays as it is."""
        if not isinstance(request.user, User):
            return
        queued = 0
        for notice in queryset:
            try:
                resend(notice, actor=request.user, now=clock.now())
                queued += 1
            except StateConflict:
                self.message_user(
                    request,
                    _("Notice %(number)d was sent already.") % {"number": notice.pk},
                    messages.WARNING,
                )
        said = ngettext("%(n)d notice will be sent.", "%(n)d notices will be sent.", queued)
        self.message_user(request, said % {"n": queued})
