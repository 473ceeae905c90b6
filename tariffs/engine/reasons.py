"""Why a line costs what it costs, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import HirerCategory
from core import words
from spaces.timetable import is_bank_holiday
from tariffs.engine.draft import Drafted
from tariffs.engine.hours import Stretch
from tariffs.engine.slices import Slice

_LONGEST = 300
_LABELS = dict(HirerCategory.choices)
_DAYPARTS = {
    "morning": gettext_lazy("morning"),
    "afternoon": gettext_lazy("afternoon"),
    "daytime": gettext_lazy("daytime"),
    "evening": gettext_lazy("evening"),
    "night": gettext_lazy("night"),
}


def why_line(stretch: Stretch, *, who: str, told_apart: Collection[Stretch]) -> str:
    """Tuesday evening, community group. `told_apart`: all stretches of the same spaces."""
    rule = stretch.rule
    said = _when_words(stretch, told_apart)
    sentence = _("%(when)s, %(who)s") % {"when": said, "who": who} if said and who else said or who
    parts = [sentence[:1].upper() + sentence[1:]] if sentence else []
    if any(slice_.during != "use" for slice_ in stretch.slices):
        parts.append(_("setting up or clearing away"))
    if stretch.extra:
        minutes = int((stretch.asked + stretch.extra) / 60)
        parts.append(_("charged as %(length)s") % {"length": words.length(minutes)})
    sentence = "; ".join(parts)
    return (f"{sentence}. {rule.why}" if rule.why else sentence)[:_LONGEST]


def why_fee(drafted: Drafted) -> str:
    """A fee whose rule says nothing of its own."""
    return drafted.rule.id.replace("-", " ").replace("_", " ").capitalize()


def why_item(*, who: str, rule_why: str) -> str:
    """Each, community group."""
    sentence = who
    sentence = sentence[:1].upper() + sentence[1:]
    return (f"{sentence}. {rule_why}" if rule_why else sentence)[:_LONGEST]


def no_price(names: Mapping[str, str], missing: Collection[str], *, who: str) -> str:
    """What no rule prices; asked of the venue."""
    what = together(names, missing)
    if not who:
        return _("%(what)s has no published price for this hire. Ask the venue.") % {"what": what}
    return _("%(what)s has no published price for this hire (%(who)s). Ask the venue.") % {
        "what": what,
        "who": who,
    }


def two_prices(names: Mapping[str, str], tied: Collection[str]) -> str:
    """Rules that hold equally; asked of the venue."""
    return _("More than one price could hold for %(what)s. Ask the venue which.") % {
        "what": together(names, tied)
    }


def together(names: Mapping[str, str], slugs: Collection[str]) -> str:
    """Main Hall and Kitchen, in the order in which they were asked for."""
    listed = [name for slug, name in names.items() if slug in slugs] or sorted(slugs)
    if len(listed) == 1:
        return listed[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}


def hirer_word(category: str, labels: Mapping[str, str]) -> str:
    """The kind of hirer, as it stands inside a sentence; in the tariff's words if it has any."""
    label = labels.get(category) or str(_LABELS.get(category, category.replace("-", " ")))
    return label[:1].lower() + label[1:]


def daypart_word(word: str) -> str:
    """A daypart's own word; the usual ones in the reader's language."""
    return str(_DAYPARTS.get(word) or word.replace("-", " ").replace("_", " "))


def four_places(quantity: Decimal) -> Decimal:
    """A quantity as quotes keep it, without needless noughts."""
    return quantity.quantize(Decimal("0.0001")).normalize() + Decimal(0)


def _when_words(stretch: Stretch, told_apart: Collection[Stretch]) -> str:
    rule = stretch.rule
    said = _day_words(stretch)
    if not said:
        return ""
    if rule.when.daypart:
        return _("%(day)s %(part)s") % {"day": said, "part": daypart_word(rule.when.daypart)}
    if len(told_apart) > 1 and _is_one_run(stretch.slices):
        return _("%(day)s %(times)s") % {"day": said, "times": _times(stretch.slices)}
    return said


def _day_words(stretch: Stretch) -> str:
    window = stretch.rule.when.window
    days = sorted({day for slice_ in stretch.slices if (day := slice_.day_in(window))})
    if not days:
        return ""
    if len(days) == 1:
        return _one_day(days[0])
    return _("%(first)s to %(last)s") % {"first": _one_day(days[0]), "last": _one_day(days[-1])}


def _one_day(day: date) -> str:
    name = formats.date_format(day, "l")
    return _("%(day)s (bank holiday)") % {"day": name} if is_bank_holiday(day) else name


def _is_one_run(slices: Sequence[Slice]) -> bool:
    first, last = slices[0].starts, slices[-1].ends
    if first is None or last is None:
        return False
    joined = all(a.ends == b.starts for a, b in pairwise(slices))
    return joined and last - first <= timedelta(days=1)


def _times(slices: Sequence[Slice]) -> str:
    first, last = slices[0].starts, slices[-1].ends
    if first is None or last is None:
        return ""
    return _("%(start)s to %(end)s") % {
        "start": words.clock_time(first.time()),
        "end": words.clock_time(last.time()),
    }
