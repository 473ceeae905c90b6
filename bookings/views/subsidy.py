"""What bookings would have cost and what was paid, for those who may see figures."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings import subsidy
from bookings.forms.subsidy import SubsidyForm
from bookings.subsidy import By, Row
from core import clock
from spaces.exporting.files import cell
from spaces.policies import May, VenuePolicy

_APRIL = 4


@login_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """By group, kind of hirer or month; as a page or as a file."""
    venues = VenuePolicy(request.user).venues(May.FIGURES)
    if not venues.exists():
        raise PermissionDenied
    form = SubsidyForm(request.GET or None, initial=_this_year(clock.today()))
    asked: dict[str, Any] = {**_this_year(clock.today()), "by": By.ORGANISATION}
    if request.GET and form.is_valid():
        asked |= {name: value for name, value in form.cleaned_data.items() if value}
    by = By(asked["by"])
    rows = subsidy.subsidies(venues, by=by, first=asked["first"], last=asked["last"])
    if request.GET.get("as") == "csv" and not form.errors:
        return _file(rows, by)
    query = request.GET.copy()
    query["as"] = "csv"
    context = {
        "form": form,
        "rows": rows,
        "total": subsidy.total(rows),
        "heading": _heading(by),
        "first": asked["first"],
        "last": asked["last"],
        "query": query.urlencode(),
    }
    status = 422 if form.errors else 200
    return render(request, "bookings/subsidy.html", context, status=status)


def _this_year(today: date) -> dict[str, date]:
    """The council's year, April to March."""
    year = today.year if today.month >= _APRIL else today.year - 1
    return {"first": date(year, 4, 1), "last": date(year + 1, 3, 31)}


def _heading(by: By) -> str:
    return {
        By.ORGANISATION: _("Group"),
        By.CATEGORY: _("Kind of hirer"),
        By.MONTH: _("Month"),
    }[by]


def _file(rows: Sequence[Row], by: By) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="subsidy.csv"'
    # With a mark, so that spreadsheets read it as UTF-8.
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow([by.value, *_COLUMNS])
    for row in rows:
        amounts = [getattr(row.sums, name) for name in _COLUMNS]
        writer.writerow([cell(row.name), *(cell(amount) for amount in amounts)])
    return answer


_COLUMNS = ("full", "discount", "allowance", "voucher", "subsidy", "grant", "charged")
