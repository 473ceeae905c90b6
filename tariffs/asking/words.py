"""How questions are worded, in the language of whoever reads them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_FACTS = {
    "hirer.resident": gettext_lazy("Are you or your group from this area?"),
    "hirer.regular": gettext_lazy("Do you hire here regularly?"),
    "hirer.statuses": gettext_lazy("Which of these are you?"),
    "event.purpose": gettext_lazy("What is the event?"),
    "event.takings": gettext_lazy("How much money will the event take?"),
    "event.seats_sold": gettext_lazy("How many seats will you sell?"),
    "series.in_advance": gettext_lazy("Will you pay for all dates in advance?"),
    "setup_minutes": gettext_lazy("How many minutes at the start do you need to set up?"),
    "cleardown_minutes": gettext_lazy("How many minutes at the end do you need to clear up?"),
}
_TAGS = {
    "food": gettext_lazy("Will there be food?"),
    "music": gettext_lazy("Will there be music?"),
    "live-music": gettext_lazy("Will there be live music?"),
    "recorded-music": gettext_lazy("Will there be recorded music?"),
    "disco": gettext_lazy("Will there be a disco?"),
    "dancing": gettext_lazy("Will there be dancing?"),
    "alcohol": gettext_lazy("Will alcohol be served?"),
    "bar": gettext_lazy("Will there be a bar?"),
    "own-electrics": gettext_lazy("Will you bring your own electrical things?"),
    "own-insurance": gettext_lazy("Do you have your own insurance?"),
    "tickets": gettext_lazy("Will you sell tickets?"),
    "entrance-fee": gettext_lazy("Will people pay to come in?"),
    "fundraising": gettext_lazy("Is it to raise money for a good cause?"),
    "bouncy-castle": gettext_lazy("Will there be a bouncy castle?"),
    "heating": gettext_lazy("Do you want the heating on?"),
    "storage": gettext_lazy("Do you want to leave things here?"),
    "changing-rooms": gettext_lazy("Will you use the changing rooms?"),
    "cleaning": gettext_lazy("Do you want us to clean up?"),
    "all-day": gettext_lazy("Do you want the price for the whole day?"),
    "whole-day": gettext_lazy("Do you want the price for the whole day?"),
    "part-day": gettext_lazy("Do you want the price for part of a day?"),
    "weekend": gettext_lazy("Do you want the price for the weekend?"),
}


def of_tag(tag: str) -> str:
    """Will there be food?"""
    if tag in _TAGS:
        return str(_TAGS[tag])
    return _("Is this part of your event: %(what)s?") % {"what": plain(tag)}


def of_fact(name: str, own: str = "") -> str:
    """The standard question, else the sheet's own words, else its name."""
    if name in _FACTS:
        return str(_FACTS[name])
    if own:
        return own
    what = plain(name.partition(".")[2])
    if name.startswith("measure."):
        return _("How many, or how much: %(what)s?") % {"what": what}
    return _("Please say: %(what)s?") % {"what": what}


def of_choice(word: str) -> str:
    """Evening social."""
    if word == "other":
        return _("Something else")
    text = plain(word)
    return text[:1].upper() + text[1:]


def plain(word: str) -> str:
    """A short name as people write it."""
    return word.replace("-", " ").replace("_", " ")
