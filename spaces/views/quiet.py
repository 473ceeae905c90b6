"""Quiet times of a venue: what is kept quiet and why, a form for a new one, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import dates
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from core import clock, words
from spaces.forms.quiet import QuietForm
from spaces.models import Activity, TimeRule
from spaces.models.timetable import Loudness
from spaces.services.quiet import keep_quiet
from spaces.services.times import remove_quiet_time
from spaces.views import weeks
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page
from spaces.views.times import weeks_key


@login_required
@require_safe
def quiet_times(request: HttpRequest, slug: str) -> HttpResponse:
    """Each rule in words, and the eight weeks drawn."""
    venue = managed_or_404(request, slug)
    rules = (
        TimeRule.objects.filter(space__venue=venue, kind=TimeRule.Kind.QUIET)
        .select_related("space", "series__rule")
        .prefetch_related("space__acoustic_neighbours")
        .order_by("space__position", "space__name", "pk")
    )
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "rules": [_row(rule) for rule in rules],
        "has_spaces": venue.spaces.exists(),
        "drawings": weeks.drawn(venue, now=clock.now()),
        "key": weeks_key(),
    }
    return render(request, "spaces/quiet.html", context)


@login_required
@require_http_methods(READ_WRITE)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A quiet time for one or several spaces."""
    venue = managed_or_404(request, slug)
    spaces = list(venue.spaces.order_by("position", "name", "pk"))
    if not spaces:
        raise Http404
    only = spaces[0] if len(spaces) == 1 else None
    heard: dict[str, Any] = {} if only else {"heard_in": []}
    form = QuietForm(request.POST or None, choices=spaces, venue=venue, initial=heard)

    def save() -> None:
        now = clock.now()
        beside = form.heard()
        keep_quiet(
            venue,
            form.chosen(),
            form.rule(today=clock.london(now).date()),
            # Nobody ticked: who hears whom stays as it was.
            heard_in=beside or None,
            actor=signed_in(request),
            now=now,
        )

    done = answer(
        request,
        form,
        save=save,
        said=_("The quiet time is saved."),
        go_to=back_to(venue, "manage_quiet"),
    )
    return done or form_page(
        request,
        form,
        title=_("Add a quiet time"),
        lead=_(
            "Bookings that would be too loud then are refused, here and next door, and told why."
        ),
        back=back_to(venue, "manage_quiet"),
        venue=venue,
    )


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One quiet time ends today."""
    venue = managed_or_404(request, slug)
    rules = TimeRule.objects.select_related("space__venue__council", "space__venue__operator")
    rule = get_object_or_404(rules, pk=pk, space__venue=venue, kind=TimeRule.Kind.QUIET)
    remove_quiet_time(rule, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The quiet time is removed."))
    return redirect("manage_quiet", slug=venue.slug)


def _row(rule: TimeRule) -> dict[str, Any]:
    return {
        "pk": rule.pk,
        "space": rule.space.name,
        "when": _when(rule),
        "loudest": Loudness(rule.loudest or Loudness.SILENT).label,
        "activities": "; ".join(str(Activity(one).label) for one in rule.activities),
        "why": rule.get_why_display(),
        "promise": rule.promise,
        "heard_in": ", ".join(one.name for one in rule.space.acoustic_neighbours.all()),
        "next_door": Loudness(rule.loudest_next_door).label,
        "skips": rule.bank_holidays == TimeRule.BankHolidays.SKIP,
    }


def _when(rule: TimeRule) -> str:
    if not rule.series.is_readable:
        return _("When it is cannot be read. Remove it, and add it again.")
    first, last = rule.series.walls
    hours = _("%(start)s to %(end)s") % {
        "start": words.clock_time(first.time()),
        "end": words.clock_time(last.time()),
    }
    days: list[str] = []
    if rule.series.rule_id is not None:
        found = rule.series.event_rule_params.get("byweekday", [])
        days = [str(dates.WEEKDAYS[day.weekday]) for day in found]
    return f"{', '.join(days)}, {hours}" if days else hours
