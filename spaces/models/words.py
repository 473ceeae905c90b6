"""What people may type to find a venue, kept in step by the database (spaces/migrations)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class VenueWords(models.Model):
    """The words of one venue and its spaces: without accents in `plain`, by stem in `stems`.

    Triggers write it whenever a name, a kind or a description changes, whoever changes it.
    """

    venue = models.OneToOneField(
        "spaces.Venue", models.CASCADE, primary_key=True, related_name="words"
    )
    plain = models.TextField(editable=False)
    stems = SearchVectorField(editable=False)

    class Meta:
        verbose_name = "words of a venue"
        verbose_name_plural = "words of venues"
        indexes: ClassVar = [
            GinIndex(fields=["stems"], name="venue_words_by_stem"),
            GinIndex(fields=["plain"], opclasses=["gin_trgm_ops"], name="venue_words_by_likeness"),
        ]

    def __str__(self) -> str:
        return self.plain
