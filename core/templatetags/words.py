"""Openhall's words for dates, times, lengths and money in templates.

`{{ day|long_day }}`, `{{ moment|clock_time }}`, `{% when start end %}`, `{% times start end %}`,
`{{ amount|price }}`, `{{ amount|pounds }}`, `{{ minutes|length_of_time }}`.
"""

from __future__ import annotations

from django import template

from core import words

register = template.Library()

register.filter("long_day", words.long_day)
register.filter("short_day", words.short_day)
register.filter("clock_time", words.clock_time)
register.filter("length_of_time", words.length)
register.filter("pounds", words.pounds)
register.filter("price", words.price)
register.filter("html_language", words.html_language)
register.simple_tag(words.times, name="times")
register.simple_tag(words.when, name="when")
