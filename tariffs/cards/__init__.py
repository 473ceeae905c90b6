"""A rate card: the part of a tariff document that people can edit as a grid. Pure values."""

from tariffs.cards.reading import card_of
from tariffs.cards.shape import Others, RateCard
from tariffs.cards.writing import document_of

__all__ = ["Others", "RateCard", "card_of", "document_of"]
