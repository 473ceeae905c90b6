"""Which spaces fit and are free; no price, no public page."""

from spaces.search.ask import which_fit, which_to_ask
from spaces.search.question import Ask, Circle, Facts, Fit, Question
from spaces.search.words import which_match

__all__ = ["Ask", "Circle", "Facts", "Fit", "Question", "which_fit", "which_match", "which_to_ask"]
