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
from tariffs.engine.because import because, plain, quoted
from tariffs.engine.draft import Drafted
from tariffs.engine.hours import Stretch
from tariffs.engine.slices import Slice
from tariffs.rules.conditions import When
from tariffs.rules.shape import Reach, Unit

_LONGEST = 300
_LABELS = dict(HirerCategory.choices)
_ADDED_BECAUSE = gettext_lazy("This is added because %(reason)s.")
_LINES = {
    "hire": gettext_lazy("the hire"),
    "items": gettext_lazy("the things you asked for"),
    "fees": gettext_lazy("the fees"),
    "staff": gettext_lazy("the staff"),
    "all": gettext_lazy("the whole price"),
    "total": gettext_lazy("the whole price"),
    "takings": gettext_lazy("the money you take"),
}
_SAID_BY_THE_DAY = frozenset({"weekend", "weekday", "bank", "holiday"})
_DAYPARTS = {
    "morning": gettext_lazy("morning"),
    "afternoon": gettext_lazy("afternoon"),
    "daytime": gettext_lazy("daytime"),
    "day": gettext_lazy("daytime"),
    "evening": gettext_lazy("evening"),
    "night": gettext_lazy("night"),
}


def why_line(stretch: Stretch, *, who: str, told_apart: Collection[Stretch]) -> str:
    """This is the price for “community group” on Tuesday evening.

    `told_apart`: all stretches of the same spaces.
    """
    rule = stretch.rule
    parts = [_price_for(who, _when_words(stretch, told_apart))]
    if any(slice_.during != "use" for slice_ in stretch.slices):
        parts.append(_("It is for the time you set up or clear away."))
    if stretch.extra:
        minutes = int((stretch.asked + stretch.extra) / 60)
        parts.append(_("It counts as %(length)s.") % {"length": words.length(minutes)})
    return _said(*parts, rule.why)


def why_fee(drafted: Drafted, *, who: str) -> str:
    """A fee whose rule says nothing of its own: what of the hire brings it in."""
    rule = drafted.rule
    reason = because(rule.when, who=who)
    is_staff = rule.target.reach is Reach.STAFF
    if reason:
        said = _("Staff must be there because %(reason)s.") if is_staff else _ADDED_BECAUSE
        first = said % {"reason": reason}
    else:
        always = _("This is added to each hire.")
        added = always if rule.when == When() else _("This is added to a hire like yours.")
        first = _("Staff must be there.") if is_staff else added
    if rule.quantity.unit is not Unit.POUND or rule.bands:
        return _said(first)
    share = {"rate": plain(drafted.unit_price * 100), "of": _listed(rule.quantity.of)}
    return _said(first, _("It is %(rate)s%% of %(of)s.") % share)


def why_item(*, who: str, rule_why: str) -> str:
    """You asked for this."""
    parts = [_("You asked for this.")]
    if who:
        parts.append(_price_for(who, ""))
    return _said(*parts, rule_why)


def _price_for(who: str, when: str) -> str:
    if who and when:
        return _("This is the price for “%(who)s” %(when)s.") % {"who": who, "when": when}
    if who:
        return _("This is the price for “%(who)s”.") % {"who": who}
    return _("This is what you pay %(when)s.") % {"when": when} if when else _("This is the price.")


def _said(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)[:_LONGEST]


def _listed(of: Collection[str]) -> str:
    return ", ".join(str(_LINES.get(word) or quoted({word})) for word in of)


def no_price(names: Mapping[str, str], missing: Collection[str], *, who: str) -> str:
    """What no rule prices; asked of the venue."""
    what = together(names, missing)
    if not who:
        return _("There is no set price for %(what)s at this time. Ask the venue.") % {"what": what}
    return _("There is no set price for %(what)s at this time for “%(who)s”. Ask the venue.") % {
        "what": what,
        "who": who,
    }


def two_prices(names: Mapping[str, str], tied: Collection[str]) -> str:
    """Rules that hold equally; asked of the venue."""
    return _("There is more than one price for %(what)s. Ask the venue which one counts.") % {
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


def daypart_word(word: str, day: str) -> str:
    """Tuesday evening, and no “Tuesday tuesday evening”; other words stand in quotes."""
    said = {*day.lower().replace(",", "").split(), *_SAID_BY_THE_DAY}
    bare = "-".join(part for part in word.replace("_", "-").split("-") if part not in said)
    if not bare:
        return day
    known = _DAYPARTS.get(bare)
    if known:
        return _("%(day)s %(part)s") % {"day": day, "part": known}
    return _("%(day)s (%(part)s)") % {"day": day, "part": quoted({bare})}


def four_places(quantity: Decimal) -> Decimal:
    """A quantity as quotes keep it, without needless noughts."""
    return quantity.quantize(Decimal("0.0001")).normalize() + Decimal(0)


def _when_words(stretch: Stretch, told_apart: Collection[Stretch]) -> str:
    rule = stretch.rule
    said = _day_words(stretch)
    if not said:
        return ""
    if rule.when.daypart:
        said = daypart_word(rule.when.daypart, said)
    elif len(told_apart) > 1 and _is_one_run(stretch.slices):
        said = _("%(day)s from %(times)s") % {"day": said, "times": _times(stretch.slices)}
    return _("on %(day)s") % {"day": said}


def _day_words(stretch: Stretch) -> str:
    window = stretch.rule.when.window
    days = sorted({day for slice_ in stretch.slices if (day := slice_.day_in(window))})
    if not days:
        return ""
    if len(days) == 1:
        return _one_day(days[0])
    return _("%(first)s to %(last)s") % {
        "first": formats.date_format(days[0], "l"),
        "last": formats.date_format(days[-1], "l"),
    }


def _one_day(day: date) -> str:
    name = formats.date_format(day, "l")
    return _("%(day)s, a bank holiday") % {"day": name} if is_bank_holiday(day) else name


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
