"""A claim: this space is taken during [starts_at, ends_at). The database refuses a second one."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

# Claims up to this long are read through the short index; its lower bound makes search fast.
LONG_CLAIM = timedelta(hours=6)


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Int8Range(Func):
    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


class ClaimKind(models.IntegerChoices):
    USE = 1, _("Use")
    SETUP = 2, _("Kept free before")
    CLEARDOWN = 3, _("Kept free after")
    CLOSURE = 4, _("Closure")
    IMPORTED = 5, _("Imported busy time")
    OCCUPATION = 6, _("Occupation")


# A use takes every layer, so it refuses all else. Occupations share the reserved point 0: they
# refuse each other and every use. The rest take a point of their own: they refuse uses only.
LAYER = Case(
    When(
        kind=ClaimKind.USE,
        then=Int8Range(
            Value(None, output_field=models.BigIntegerField()),
            Value(None, output_field=models.BigIntegerField()),
        ),
    ),
    When(
        kind=ClaimKind.OCCUPATION,
        then=Int8Range(
            Value(0, output_field=models.BigIntegerField()),
            Value(0, output_field=models.BigIntegerField()),
            Value("[]"),
        ),
    ),
    default=Int8Range(F("id"), F("id"), Value("[]")),
    output_field=BigIntegerRangeField(),
)


_LONGER = GreaterThan(F("ends_at") - F("starts_at"), Value(LONG_CLAIM))


class Claim(models.Model):
    """Written by `spaces/claims.py` alone, and only for atoms (see `SpacePart`).

    `uid` is the calendar identity of the use, closure or event behind it, the same in feeds
    and mails for life, and shared by the claims of one use on several atoms. `hold_until`:
    after that instant the claim is over, whether or not anybody has released it yet.
    """

    space = models.ForeignKey("spaces.Space", models.PROTECT, related_name="claims", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.PositiveSmallIntegerField(choices=ClaimKind)
    active = models.BooleanField(default=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    owner_kind = models.CharField(max_length=20)
    owner_id = models.BigIntegerField()
    uid = models.UUIDField(default=uuid.uuid4)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    is_long = models.GeneratedField(
        # A condition is an expression too; the stubs do not know it yet.
        expression=cast("models.Expression", Q(_LONGER)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    NO_OVERLAP = "claim_no_overlap"

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="claim_order"),
            ExclusionConstraint(
                name="claim_no_overlap",
                index_type="GIST",
                condition=Q(active=True),
                violation_error_code="taken",
                expressions=[
                    ("space", RangeOperators.EQUAL),
                    (
                        TsTzRange("starts_at", "ends_at", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                    (LAYER, RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["starts_at"],
                include=["space", "ends_at", "kind", "hold_until"],
                condition=Q(active=True, is_long=False),
                name="claim_short_time",
            ),
            models.Index(
                fields=["starts_at"],
                include=["space", "ends_at", "kind", "hold_until"],
                condition=Q(active=True, is_long=True),
                name="claim_long_time",
            ),
            models.Index(
                fields=["space", "starts_at"],
                include=["ends_at", "kind", "hold_until"],
                condition=Q(active=True),
                name="claim_space_time",
            ),
            models.Index(
                fields=["space", "hold_until"],
                condition=Q(active=True, hold_until__isnull=False),
                name="claim_hold",
            ),
            models.Index(fields=["owner_kind", "owner_id"], name="claim_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.space_id} {self.starts_at} {self.ends_at}"
