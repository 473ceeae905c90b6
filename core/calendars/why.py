"""The stable words for what is wrong with a calendar; `words.py` says them to people."""

from enum import StrEnum


class Why(StrEnum):
    """Of a whole file, of an event that is left out, or of one that is imported all the same."""

    EMPTY = "empty"
    WEB_PAGE = "web_page"
    NO_CALENDAR = "no_calendar"
    BAD_LINE = "bad_line"
    UNREADABLE = "unreadable"
    CALENDAR_SCALE = "calendar_scale"
    TOO_LARGE = "too_large"
    LONG_WINDOW = "long_window"
    TOO_MANY = "too_many"
    TOO_SLOW = "too_slow"

    BAD_TIME = "bad_time"
    NO_START = "no_start"
    BAD_RULE = "bad_rule"
    TIME_UP = "time_up"
    WITHDRAWN = "withdrawn"

    LETTERS_GUESSED = "letters_guessed"
    UNKNOWN_ZONE = "unknown_zone"
    NO_UID = "no_uid"
    SAME_UID = "same_uid"
    BROKEN_LINES = "broken_lines"
    EXCEPT_RULE = "except_rule"
    UNTIL_DAY = "until_day"
    NO_LENGTH = "no_length"
    ENDS_FIRST = "ends_first"
    OLDER = "older"
