"""Opening hours of a venue: all of it drawn, and a form for the week, a season or a single day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import dates
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from core import clock, words
from core.errors import BadInput
from spaces.forms.hours_text import said
from spaces.forms.times import SeasonForm, SingleDayForm, UsualWeekForm
from spaces.models import Space, Venue
from spaces.opening_plan import CLOSED_WEEK, OnBankHolidays, OpeningPlan, alike, plans_of
from spaces.services.opening import set_opening_plans
from spaces.views import weeks
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page

_NOTHING = OpeningPlan(CLOSED_WEEK)


@login_required
@require_safe
def times(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said about opening hours, and the eight weeks that come of it."""
    venue = managed_or_404(request, slug)
    spaces = _atoms(venue)
    plans = plans_of([space.pk for space in spaces])
    names = {space.pk: space.name for space in spaces}
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "lots": [_lot(ids, plan, names) for ids, plan in alike(plans)],
        "unknown": [space for space in spaces if space.pk not in plans],
        "drawings": weeks.drawn(venue, now=clock.now()),
        "key": weeks_key(),
    }
    return render(request, "spaces/times.html", context)


def weeks_key() -> list[tuple[str, str]]:
    """What the bars of the drawing mean."""
    return [(_("Open"), "open"), (_("Quiet time"), "quiet"), (_("Closure"), "closed")]


@login_required
@require_http_methods(READ_WRITE)
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """The usual week and the bank holidays, of several spaces at once."""
    venue = managed_or_404(request, slug)
    spaces = _atoms(venue)
    chosen = _asked(request, spaces)
    plan = plans_of([chosen[0].pk]).get(chosen[0].pk) if chosen else None
    initial = {"spaces": [space.pk for space in chosen]}
    form = UsualWeekForm(request.POST or None, choices=spaces, plan=plan, initial=initial)

    def changed(before: OpeningPlan) -> OpeningPlan:
        behaviour = OnBankHolidays(form.cleaned_data["bank_holidays"])
        own = form.cleaned_data["on_bank_holidays"] or ()
        return replace(
            before,
            week=form.week(),
            bank_holidays=behaviour,
            on_bank_holidays=own if behaviour is OnBankHolidays.OWN else (),
            others=0,
            unreadable=0,
        )

    done = _answer(request, venue, form, changed, _("The opening hours are saved."))
    return done or form_page(
        request, form, title=_("The usual week"), back=back_to(venue, "manage_times"), venue=venue
    )


@login_required
@require_http_methods(READ_WRITE)
def season(request: HttpRequest, slug: str) -> HttpResponse:
    """Other hours for school terms or a season; `?name=` changes one that is there."""
    venue = managed_or_404(request, slug)
    spaces = _atoms(venue)
    chosen = _asked(request, spaces)
    old = request.GET.get("name", "")
    plan = plans_of([chosen[0].pk]).get(chosen[0].pk, _NOTHING) if chosen else _NOTHING
    held = next((one for one in plan.seasons if one.name == old), None)
    initial: dict[str, Any] = {"spaces": [space.pk for space in chosen]}
    if held:
        initial |= {"name": held.name, "dates": held.dates}
    form = SeasonForm(
        request.POST or None, choices=spaces, week=held.week if held else None, initial=initial
    )

    def changed(before: OpeningPlan) -> OpeningPlan:
        new = form.season()
        others = [one for one in before.seasons if one.name not in (new.name, old)]
        return replace(before, seasons=(*others, new))

    done = _answer(request, venue, form, changed, _("The season is saved."))
    return done or form_page(
        request,
        form,
        title=_("A season or school term"),
        lead=_("On these dates it opens as you say here, not as in the usual week."),
        back=back_to(venue, "manage_times"),
        venue=venue,
    )


@login_required
@require_http_methods(READ_WRITE)
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """A special opening, or a day off."""
    venue = managed_or_404(request, slug)
    spaces = _atoms(venue)
    initial = {"spaces": [space.pk for space in _asked(request, spaces)]}
    form = SingleDayForm(request.POST or None, choices=spaces, initial=initial)

    def changed(before: OpeningPlan) -> OpeningPlan:
        new = form.day()
        return replace(before, days=(*(one for one in before.days if one.on != new.on), new))

    done = _answer(request, venue, form, changed, _("The day is saved."))
    return done or form_page(
        request, form, title=_("A single day"), back=back_to(venue, "manage_times"), venue=venue
    )


@login_required
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """A season by its name, or a single day by its date, from the spaces named."""
    venue = managed_or_404(request, slug)
    chosen = _named(request.POST.getlist("spaces"), _atoms(venue))
    name, on = request.POST.get("season", ""), _date(request.POST.get("on", ""))
    if not chosen or not (name or on):
        raise Http404
    before = plans_of([space.pk for space in chosen])
    plans = {
        pk: replace(
            plan,
            seasons=tuple(one for one in plan.seasons if one.name != name),
            days=tuple(one for one in plan.days if one.on != on),
        )
        for pk, plan in before.items()
    }
    if plans == before:
        messages.info(request, _("It was removed already."))
        return redirect("manage_times", slug=venue.slug)
    try:
        _save(request, plans)
    except BadInput as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("It is removed."))
    return redirect("manage_times", slug=venue.slug)


def _answer(
    request: HttpRequest,
    venue: Venue,
    form: Any,
    changed: Callable[[OpeningPlan], OpeningPlan],
    said_: str,
) -> HttpResponse | None:
    def save() -> None:
        ids = [space.pk for space in form.chosen()]
        before = plans_of(ids)
        _save(request, {pk: changed(before.get(pk, _NOTHING)) for pk in ids})

    return answer(request, form, save=save, said=said_, go_to=back_to(venue, "manage_times"))


def _save(request: HttpRequest, plans: dict[int, OpeningPlan]) -> None:
    set_opening_plans(plans, actor=signed_in(request), now=clock.now())


def _atoms(venue: Venue) -> list[Space]:
    """Spaces that have hours of their own: a whole is open when its parts are."""
    rows = venue.spaces.filter(atom_rows__part=F("pk")).order_by("position", "name", "pk")
    found = list(rows.distinct())
    if not found:
        raise Http404
    return found


def _asked(request: HttpRequest, spaces: Sequence[Space]) -> list[Space]:
    """The spaces that the address names; all of them without."""
    return _named(request.GET.getlist("spaces"), spaces) or list(spaces)


def _named(keys: Sequence[str], spaces: Sequence[Space]) -> list[Space]:
    return [space for space in spaces if str(space.pk) in keys]


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _lot(ids: list[int], plan: OpeningPlan, names: dict[int, str]) -> dict[str, Any]:
    return {
        "ids": ids,
        "names": ", ".join(names[pk] for pk in ids),
        "query": "&".join(f"spaces={pk}" for pk in ids),
        "week": week_words(plan.week),
        "bank_holidays": _holiday_words(plan),
        "seasons": [
            {
                "name": one.name,
                "dates": [
                    _("%(first)s to %(last)s")
                    % {"first": words.long_day(first), "last": words.long_day(last)}
                    for first, last in one.dates
                ],
                "week": week_words(one.week),
            }
            for one in plan.seasons
        ],
        "days": [
            {
                "on": one.on,
                "words": words.long_day(one.on),
                "hours": said(one.hours),
                "name": one.name,
            }
            for one in plan.days
        ],
        "others": plan.others,
        "unreadable": plan.unreadable,
    }


def week_words(plan_week: Any) -> list[dict[str, str]]:
    """Days on end that are alike told once: Monday to Friday, 9am to 10pm."""
    rows = []
    numbered = list(enumerate(plan_week))
    for walls, run in groupby(numbered, key=lambda pair: pair[1]):
        days = [n for n, _walls in run]
        first, last = str(dates.WEEKDAYS[days[0]]), str(dates.WEEKDAYS[days[-1]])
        ends = {"first": first, "last": last}
        name = first if len(days) == 1 else _("%(first)s to %(last)s") % ends
        rows.append({"days": name, "hours": said(walls)})
    return rows


def _holiday_words(plan: OpeningPlan) -> str:
    return {
        OnBankHolidays.AS_USUAL: _("as on any other day"),
        OnBankHolidays.CLOSED: _("closed"),
        OnBankHolidays.OWN: said(plan.on_bank_holidays),
    }[plan.bank_holidays]
