"""Calendars of a venue's spaces: bring one in, look at what it would do, say yes, stop it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core import clock, words
from core.calendars.found import Remark
from core.calendars.read import CalendarRefused, remark_words
from core.errors import BadInput, StateConflict
from core.outgoing import CannotFetch
from spaces.calendars.clashes import in_the_way
from spaces.forms.calendars import SubscribeForm, UploadForm
from spaces.models import CalendarSource, ImportedDate, Venue
from spaces.services import calendars, subscriptions
from spaces.services.calendars import Imported
from spaces.views.manage import crumbs, managed_or_404

_SHOWN = 50
_State = CalendarSource.State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendars of one venue, and two ways to add one."""
    venue = managed_or_404(request, slug)
    spaces = venue.spaces.order_by("position", "name")
    is_upload = request.POST.get("how") != "subscribe"
    forms: dict[str, UploadForm | SubscribeForm] = {
        "upload": UploadForm(spaces=spaces, prefix="upload"),
        "subscribe": SubscribeForm(spaces=spaces, prefix="subscribe"),
    }
    if request.method == "POST":
        form: UploadForm | SubscribeForm
        if is_upload:
            form = UploadForm(request.POST, request.FILES, spaces=spaces, prefix="upload")
        else:
            form = SubscribeForm(request.POST, spaces=spaces, prefix="subscribe")
        forms["upload" if is_upload else "subscribe"] = form
        if form.is_valid() and (made := _bring_in(request, form)):
            return redirect("manage_calendar", slug=venue.slug, pk=made.pk)
    answered = forms["upload" if is_upload else "subscribe"]
    context = {
        "venue": venue,
        "rows": [_line(source) for source in _listed(venue)],
        "has_spaces": spaces.exists(),
        **forms,
        "form": answered,
        "crumbs": crumbs(venue),
    }
    status = 422 if answered.errors else 200
    return render(request, "spaces/calendars.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One calendar: what a yes would do, what it did, and how it is."""
    venue = managed_or_404(request, slug)
    found = CalendarSource.objects.select_related("space__venue").filter(pk=pk, space__venue=venue)
    one = found.exclude(state=_State.STOPPED).first()
    if one is None:
        raise Http404
    if request.method == "POST":
        return _step(request, venue, one)
    return _show(request, venue, one)


def _bring_in(request: HttpRequest, form: UploadForm | SubscribeForm) -> CalendarSource | None:
    """The calendar as a draft; None where the form now says what is wrong."""
    actor, now, said = _person(request), clock.now(), form.cleaned_data
    try:
        if isinstance(form, UploadForm):
            return subscriptions.propose_file(
                said["space"], said["name"], said["file"].read(), actor=actor, now=now
            )
        return subscriptions.subscribe(
            said["space"], said["name"], said["address"], actor=actor, now=now
        )
    except CannotFetch as error:
        form.add_error("address", str(error.message))
    except CalendarRefused as error:
        form.add_error("file", str(error.message))
    except BadInput as error:
        form.add_error(error.details.get("field"), str(error.message))
    return None


def _step(request: HttpRequest, venue: Venue, one: CalendarSource) -> HttpResponse:
    actor, now, asked = _person(request), clock.now(), request.POST.get("step")
    try:
        if asked == "confirm":
            done = subscriptions.confirm(one, actor=actor, now=now)
            messages.success(request, _("Imported. %(said)s") % {"said": _sum(done)})
            return redirect("manage_calendar", slug=venue.slug, pk=one.pk)
        if asked == "discard":
            subscriptions.discard(one, actor=actor, now=now)
            messages.success(request, _("Nothing was imported."))
        elif asked == "stop":
            released = calendars.stop_calendar(one, actor=actor, now=now)
            said = _("Stopped. Times that are free again: %(n)d.") % {"n": released}
            messages.success(request, said)
        else:
            return _show(request, venue, one, error=_("Choose what to do."), status=422)
    except (StateConflict, CalendarRefused) as error:
        return _show(request, venue, one, error=str(error.message), status=409)
    return redirect("manage_calendars", slug=venue.slug)


def _show(
    request: HttpRequest, venue: Venue, one: CalendarSource, *, error: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    context: dict[str, Any] = {
        "venue": venue,
        "source": one,
        "error": error,
        "is_draft": one.state == _State.DRAFT,
        "is_waiting": _is_waiting(one),
        "facts": _facts(one),
        "crumbs": [
            *crumbs(venue),
            (_("Calendars"), reverse("manage_calendars", args=[venue.slug])),
        ],
    }
    if one.pending and not error:
        try:
            context["preview"] = _said(subscriptions.preview(one, actor=_person(request), now=now))
        except CalendarRefused as refused:
            context["error"] = str(refused.message)
    else:
        clashing = list(
            one.dates.filter(state=ImportedDate.State.CLASH, ends_at__gt=now).order_by("starts_at")[
                :_SHOWN
            ]
        )
        taken = in_the_way([date.pk for date in clashing], now=now)
        context["clashes"] = [
            _clash(date.summary, date.starts_at, date.ends_at, taken[date.pk]) for date in clashing
        ]
        context["remarks"] = [remark_words(Remark(**row)) for row in one.remarks[:_SHOWN]]
    return render(request, "spaces/calendar.html", context, status=status)


def _listed(venue: Venue) -> QuerySet[CalendarSource]:
    """Without the files themselves, which may be megabytes."""
    is_claimed = Q(dates__state=ImportedDate.State.CLAIMED, dates__ends_at__gt=clock.now())
    is_clash = Q(dates__state=ImportedDate.State.CLASH, dates__ends_at__gt=clock.now())
    return (
        CalendarSource.objects.filter(space__venue=venue)
        .exclude(state=_State.STOPPED)
        .select_related("space")
        .defer("content", "pending", "url", "remarks")
        .annotate(
            is_pending=ExpressionWrapper(~Q(pending=b""), output_field=BooleanField()),
            busy=Count("dates", filter=is_claimed),
            clash=Count("dates", filter=is_clash),
        )
        .order_by("space__position", "space__name", "name", "pk")
    )


def _line(source: Any) -> dict[str, Any]:
    return {
        "pk": source.pk,
        "name": source.name,
        "space": source.space.name,
        "state": _("Waits for your yes") if source.is_pending else source.get_state_display(),
        "busy": source.busy,
        "clash": source.clash,
    }


def _facts(one: CalendarSource) -> list[dict[str, str]]:
    rows = [(_("Space"), one.space.name), (_("State"), one.get_state_display())]
    if one.is_subscribed:
        rows.append((_("Comes from"), one.url.split("/")[2].rpartition("@")[2]))
        if one.fetched_at:
            rows.append((_("Last fetched"), words.when_instant(one.fetched_at)))
        if one.next_try_at:
            rows.append((_("Next fetched"), words.when_instant(one.next_try_at)))
    if one.synced_at:
        rows.append((_("Last imported"), words.when_instant(one.synced_at)))
    if one.last_error:
        rows.append((_("What went wrong"), one.last_error))
    return [{"key": key, "value": value} for key, value in rows]


def _said(done: Imported) -> dict[str, Any]:
    """A preview in words."""
    dates = [one for one in done.busy if one.start < one.end]
    return {
        "sum": _sum(done),
        "busy": [
            f"{words.when(one.start, one.end)}: {one.summary or _('Busy')}"
            for one in dates[:_SHOWN]
        ],
        "more": max(len(dates) - _SHOWN, 0),
        "clashes": [
            _clash(one.summary, one.starts_at, one.ends_at, one.taken_by)
            for one in done.clashes[:_SHOWN]
        ],
        "more_clashes": max(len(done.clashes) - _SHOWN, 0),
        "refused": [remark_words(one) for one in done.refused[:_SHOWN]],
        "warnings": [remark_words(one) for one in done.warnings[:_SHOWN]],
    }


def _clash(summary: str, starts_at: Any, ends_at: Any, taken_by: Any) -> dict[str, str]:
    return {
        "what": f"{summary or _('Busy')}, {words.when(starts_at, ends_at)}",
        "taken": "; ".join(taken_by) or _("a booking"),
    }


def _sum(done: Imported) -> str:
    return _(
        "Times: %(added)d new, %(changed)d changed, %(gone)d free again, %(same)d as before."
        " Clashes with bookings: %(clashes)d."
    ) % {
        "added": done.added,
        "changed": done.changed,
        "gone": done.gone,
        "same": done.unchanged,
        "clashes": len(done.clashes),
    }


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _address(venue: Venue) -> str:
    return reverse("manage_calendars", args=[venue.slug])


def _is_waiting(one: CalendarSource) -> bool:
    """Nobody has fetched it yet; once that failed, the page says so instead."""
    is_draft = one.is_subscribed and one.state == _State.DRAFT
    return is_draft and not one.pending and not one.last_error
