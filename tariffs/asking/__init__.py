"""What a tariff has to ask of the hirer, and what becomes of the answers. No query, no clock."""

from tariffs.asking.answers import Answered, Answers, answered, checked, fits_in, unanswered
from tariffs.asking.question import STATUSES, AnswerKind, Choice, Question
from tariffs.asking.questions import askable, in_order, mentioned, tells_dates_apart
from tariffs.asking.saying import in_words, said

__all__ = [
    "STATUSES",
    "AnswerKind",
    "Answered",
    "Answers",
    "Choice",
    "Question",
    "answered",
    "askable",
    "checked",
    "fits_in",
    "in_order",
    "in_words",
    "mentioned",
    "said",
    "tells_dates_apart",
    "unanswered",
]
