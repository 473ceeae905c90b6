"""Lists of venues: upload one, check its columns, see it read, look at the report, undo it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Council, Operator, User
from accounts.policies import MANAGERS, StaffScope
from core import clock
from core.errors import BadInput, StateConflict
from spaces.forms.imports import ColumnsForm, UploadForm
from spaces.importing import FileRefused, Mode
from spaces.importing.export import report_as_csv
from spaces.models import VenueImport
from spaces.services import imports as service

_READ_WRITE = ["GET", "HEAD", "POST"]
_PER_PAGE = 20
_ROWS_PER_PAGE = 50
_AGAIN_SECONDS = 4
State = VenueImport.State
_OPEN = {State.UPLOADED, State.REHEARSED, State.FAILED}
_AT_WORK = {State.QUEUED, State.RUNNING}


@login_required
@require_http_methods(_READ_WRITE)
def imports(request: HttpRequest) -> HttpResponse:
    """The lists that were brought in, and a form for the next."""
    scope = StaffScope(request.user)
    places = _places(scope)
    if not places:
        raise PermissionDenied
    choices = [(value, words) for value, (words, _council, _operator) in places.items()]
    form = UploadForm(request.POST or None, request.FILES or None, places=choices)
    if request.method == "POST" and form.is_valid():
        _words, council, operator = places[form.cleaned_data["belongs_to"]]
        file = form.cleaned_data["file"]
        try:
            row = service.upload(
                file.read(),
                file_name=file.name,
                council=council,
                operator=operator,
                actor=_person(request),
                now=clock.now(),
            )
        except FileRefused as refused:
            form.add_error("file", str(refused.message))
        else:
            return redirect("manage_import", pk=row.pk)
    page = Paginator(_visible(scope), _PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "spaces/imports.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(_READ_WRITE)
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its columns to check, how far it has come, or what became of each row."""
    row = get_object_or_404(_visible(StaffScope(request.user), with_content=True), pk=pk)
    if row.state in _OPEN and row.content is not None:
        return _columns(request, row)
    if request.method == "POST":
        raise StateConflict
    if row.state in _AT_WORK:
        response = render(request, "spaces/import_progress.html", {"import": row})
        response["Refresh"] = str(_AGAIN_SECONDS)
        return response
    return render(request, "spaces/import_report.html", _report(request, row))


def _columns(request: HttpRequest, row: VenueImport) -> HttpResponse:
    table = service.table_of(row)
    form = ColumnsForm(
        request.POST or None,
        table=table,
        mapping=row.mapping,
        initial={"only_authority": row.only_authority},
    )
    if request.method == "POST" and form.is_valid():
        mode = Mode.REHEARSE if request.POST.get("then") == "try" else Mode.WRITE
        try:
            service.queue(row, form.confirmed(), mode=mode, actor=_person(request), now=clock.now())
        except BadInput as error:
            form.add_error(None, str(error.message))
        else:
            return redirect("manage_import", pk=row.pk)
    context = {"form": form, "table": table, **_report(request, row)}
    status = 422 if form.errors else 200
    return render(request, "spaces/import_columns.html", context, status=status)


def _report(request: HttpRequest, row: VenueImport) -> dict[str, Any]:
    """The counts, and one kind of row at a time."""
    report = row.report
    refused = report.get("refused", [])
    kinds = {
        "refused": [one for one in refused if one.get("outcome") != "left_out"],
        "warnings": report.get("warnings", []),
        "left_out": [one for one in refused if one.get("outcome") == "left_out"],
    }
    words = {
        "refused": _("Refused"),
        "warnings": _("Taken, but look at it"),
        "left_out": _("Left out"),
    }
    asked = request.GET.get("show", "")
    shown = asked if asked in kinds else next((name for name in kinds if kinds[name]), "refused")
    return {
        "import": row,
        "counts": [
            {"key": _("Rows"), "value": report.get("rows", row.rows_total)},
            {"key": _("Added"), "value": report.get("created", 0)},
            {"key": _("Changed"), "value": report.get("updated", 0)},
            {"key": _("As before"), "value": report.get("unchanged", 0)},
            {"key": _("Left out"), "value": len(kinds["left_out"])},
            {"key": _("Refused"), "value": len(kinds["refused"])},
        ],
        "tabs": [
            {"name": name, "words": words[name], "count": len(rows), "is_here": name == shown}
            for name, rows in kinds.items()
            if rows
        ],
        "shown_words": words[shown],
        "page": Paginator(kinds[shown], _ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "query": f"show={shown}&",
        "may_undo": row.state == State.DONE,
        "undone": report.get("undone"),
    }


@login_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as a file for a spreadsheet."""
    row = get_object_or_404(_visible(StaffScope(request.user)), pk=pk)
    response = HttpResponse(report_as_csv(row.report), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{row.pk}.csv"'
    return response


@login_required
@require_http_methods(_READ_WRITE)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the whole import back."""
    row = get_object_or_404(_visible(StaffScope(request.user)), pk=pk)
    if row.state != State.DONE:
        raise StateConflict
    if request.method == "POST":
        found = service.undo_import(row, actor=_person(request), now=clock.now())
        said = ngettext("%(n)d venue removed.", "%(n)d venues removed.", found.removed)
        messages.success(request, said % {"n": found.removed})
        return redirect("manage_import", pk=pk)
    return render(request, "spaces/import_undo.html", {"import": row})


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a list that was not read."""
    row = get_object_or_404(_visible(StaffScope(request.user)), pk=pk)
    service.discard(row, actor=_person(request), now=clock.now())
    messages.success(request, _("The list is forgotten."))
    return redirect("manage_imports")


def _visible(scope: StaffScope, *, with_content: bool = False) -> QuerySet[VenueImport]:
    rows = VenueImport.objects.select_related("council", "operator__organisation", "created_by")
    rows = rows.filter(scope.rows(MANAGERS))
    return rows if with_content else rows.defer("content")


def _places(scope: StaffScope) -> dict[str, tuple[str, Council, Operator | None]]:
    """Where the person may bring a list in: a council as a whole, or one who runs places."""
    found: dict[str, tuple[str, Council, Operator | None]] = {}
    councils = Council.objects.all()
    if not scope.is_administrator:
        councils = councils.filter(pk__in=scope.council_ids(MANAGERS))
    for council in councils:
        words = _("%(council)s: not known yet") % {"council": council.name}
        found[f"council-{council.pk}"] = (words, council, None)
    operators = Operator.objects.select_related("council", "organisation").order_by(
        "council__name", "organisation__name"
    )
    own = Q(council__in=[*councils]) | Q(pk__in=scope.operator_ids(MANAGERS))
    for operator in operators.filter(own):
        words = f"{operator.council.name}: {operator.organisation.name}"
        found[f"operator-{operator.pk}"] = (words, operator.council, operator)
    return found


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
