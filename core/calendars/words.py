"""Why a calendar, or one of its events, is not as somebody may expect: in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.calendars.why import Why


def of_refusal(code: str, detail: str) -> str:
    """Why the whole file is refused, and what to do."""
    said: dict[str, str] = {
        Why.EMPTY: _("The file is empty. Export the calendar again."),
        Why.WEB_PAGE: _(
            "That is a web page, not a calendar. Look for an address or a file that ends in .ics."
        ),
        Why.NO_CALENDAR: _(
            "There is no whole calendar in the file: it may have been cut off."
            " Export it again as iCalendar (.ics)."
        ),
        Why.BAD_LINE: _(
            "A line of the file is not calendar data: “%(detail)s”. Export the calendar again."
        ),
        Why.UNREADABLE: _("The calendar cannot be read. Export it again as iCalendar (.ics)."),
        Why.CALENDAR_SCALE: _(
            "The calendar counts days as “%(detail)s”. Only the Gregorian calendar can be read."
        ),
        Why.TOO_LARGE: _("The calendar is too large. It may be up to %(detail)s MB."),
        Why.LONG_WINDOW: _("Ask for at most %(detail)s years at once."),
        Why.TOO_MANY: _(
            "The calendar has more than %(detail)s dates in that time. Import a smaller one."
        ),
        Why.TOO_SLOW: _("It takes too long to read the calendar. Import a smaller one."),
    }
    return said.get(code, said[Why.UNREADABLE]) % {"detail": detail}


def of_remark(code: str, detail: str) -> str:
    """What is the matter with one event, or with the file."""
    said: dict[str, str] = {
        # events that are left out
        Why.BAD_TIME: _("not imported, because a time cannot be read (%(detail)s)"),
        Why.NO_START: _("not imported, because it has no start that can be read"),
        Why.BAD_RULE: _("not imported, because its dates cannot be worked out (%(detail)s)"),
        Why.TOO_MANY: _("not imported, because it repeats more than %(detail)s times"),
        Why.TOO_SLOW: _("not imported, because working out its dates takes too long"),
        Why.TIME_UP: _("not imported, because reading the calendar took too long before it"),
        Why.WITHDRAWN: _("not imported, because the file says that it was called off"),
        # events that are imported
        Why.LETTERS_GUESSED: _("Some letters were not in UTF-8 and had to be guessed"),
        Why.UNKNOWN_ZONE: _(
            "nobody knows the time zone “%(detail)s”: the event’s other zone is used, or UK time"
        ),
        Why.NO_UID: _("has no UID, so it is known by what it says"),
        Why.SAME_UID: _("several events share one UID: the latest version is used"),
        Why.BROKEN_LINES: _("has lines that cannot be read and were left out"),
        Why.EXCEPT_RULE: _(
            "leaves dates out by a rule (EXRULE), which is no longer in use: they are kept busy"
        ),
        Why.UNTIL_DAY: _(
            "repeats until a day without a time: look whether the last date should be there"
        ),
        Why.NO_LENGTH: _("takes no time, so it keeps nothing busy"),
        Why.ENDS_FIRST: _("ends before it starts: the two were swapped"),
        Why.OLDER: _("this is an older version than the one imported before, which stays"),
    }
    return (said.get(code, code) % {"detail": detail}).removesuffix(" ()")
