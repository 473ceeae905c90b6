"""Rows that hold on whole London days [first_on, last_on]; no `last_on`: from then on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class Dated(models.Model):
    """A row that holds on some days. Both ends are included."""

    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["first_on", "id"]

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that London day."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def one_at_a_time(owner: str, *, name: str) -> ExclusionConstraint:
    """The database refuses two rows of one `owner` that hold on the same day."""
    days = DateRange("first_on", "last_on", RangeBoundary(inclusive_upper=True))
    return ExclusionConstraint(
        name=name,
        index_type="GIST",
        expressions=[(owner, RangeOperators.EQUAL), (days, RangeOperators.OVERLAPS)],
    )


def in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(last_on__isnull=True) | Q(first_on__lte=F("last_on")), name=name
    )


def overlapping(
    rows: Iterable[Any], *, first_on: date, last_on: date | None, besides: int | None
) -> list[Any]:
    """Those of `rows` (but the one of id `besides`) that hold on some day of [first, last]."""
    last = last_on or date.max
    return [
        row
        for row in rows
        if row.pk != besides and row.first_on <= last and first_on <= (row.last_on or date.max)
    ]
