"""Pages of words: how it works, the accessibility statement, the privacy notice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Council
from accounts.retention import retention_rules


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Finding and booking in a few steps, and what managers and partners get."""
    return render(request, "pages/how_it_works.html")


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """The statement that the regulations of 2018 ask of public bodies, as things are."""
    return render(request, "pages/accessibility.html", {"councils": Council.objects.all()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, why and for how long; the table is made from the rules themselves."""
    context = {"rules": retention_rules(), "councils": Council.objects.all()}
    return render(request, "pages/privacy.html", context)
