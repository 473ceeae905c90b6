"""Dates and times as GOV.UK writes them: Tuesday 5 January 2027, 5:30pm."""

DATE_FORMAT = "l j F Y"
SHORT_DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "g:ia"
DATETIME_FORMAT = "l j F Y, g:ia"
SHORT_DATETIME_FORMAT = "j F Y, g:ia"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%I:%M%p", "%I%p", "%H.%M"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
