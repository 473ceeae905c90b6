"""Facts 1 to 16: getting there and getting in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spaces.access_facts.shape import Fact, Kind, Where

ARRIVING = (
    Fact(
        "stop_distance",
        _("How far is the nearest bus stop or station?"),
        _("The nearest stop is %(measure)s metres away."),
        _("There is no stop near."),
        kind=Kind.NUMBER,
        unit="m",
    ),
    Fact(
        "stop_route_step_free",
        _("Is the way from the stop free of steps and kerbs?"),
        _("The way from the stop has no steps."),
        _("The way from the stop has steps or kerbs."),
    ),
    Fact(
        "parking_blue_badge_count",
        _("How many Blue Badge parking bays are there?"),
        _("Blue Badge parking bays: %(measure)s."),
        _("There are no Blue Badge parking bays."),
        kind=Kind.NUMBER,
        unit="bays",
    ),
    Fact(
        "parking_to_entrance",
        _("How far is it from the Blue Badge bays to the way in?"),
        _("It is %(measure)s metres from the bays to the way in."),
        _("The bays are not near the way in."),
        kind=Kind.NUMBER,
        unit="m",
    ),
    Fact(
        "drop_off_point",
        _("Can a car set people down at the door?"),
        _("A car can set people down near the door."),
        _("A car cannot set people down near the door."),
    ),
    Fact(
        "approach_surface_firm",
        _("Is the path to the door firm and even?"),
        _("The path to the door is firm and even."),
        _("The path to the door is soft or uneven."),
    ),
)

ENTERING = (
    Fact(
        "entrance_step_free",
        _("Is there a way in without steps?"),
        _("There is a way in without steps."),
        _("Every way in has steps."),
        here=(_("No steps here."), _("There are steps here.")),
        where=(Where.VENUE, Where.ENTRANCE),
    ),
    Fact(
        "entrance_steps",
        _("How many steps are there at the way in?"),
        _("Steps at the way in: %(measure)s."),
        _("There are no steps at the way in."),
        kind=Kind.NUMBER,
        unit="steps",
        where=(Where.VENUE, Where.ENTRANCE, Where.ROUTE),
    ),
    Fact(
        "entrance_step_height_max",
        _("How high is the highest step?"),
        _("The highest step is %(measure)s millimetres."),
        _("There is no step."),
        kind=Kind.NUMBER,
        unit="mm",
        where=(Where.VENUE, Where.ENTRANCE, Where.ROUTE),
    ),
    Fact(
        "entrance_handrail",
        _("Is there a handrail at the steps?"),
        _("There is a handrail at the steps."),
        _("There is no handrail at the steps."),
        where=(Where.VENUE, Where.ENTRANCE, Where.ROUTE),
    ),
    Fact(
        "ramp_type",
        _("Is there a ramp?"),
        _("There is a ramp."),
        _("There is no ramp."),
        kind=Kind.CHOICE,
        choices=(("fixed", _("a fixed ramp")), ("portable", _("a ramp that staff put out"))),
        where=(Where.VENUE, Where.ENTRANCE, Where.ROUTE),
    ),
    Fact(
        "ramp_gradient",
        _("How steep is the ramp?"),
        _("The ramp rises 1 in %(measure)s."),
        _("There is no ramp."),
        kind=Kind.NUMBER,
        unit="ratio",
        where=(Where.VENUE, Where.ENTRANCE, Where.ROUTE),
    ),
    Fact(
        "door_clear_width",
        _("How wide is the way through the door?"),
        _("The door is %(measure)s millimetres wide when open."),
        _("The door does not open wide enough to measure."),
        kind=Kind.NUMBER,
        unit="mm",
        where=(Where.VENUE, Where.ENTRANCE),
    ),
    Fact(
        "door_opening",
        _("How does the door open?"),
        _("The door can be opened without help."),
        _("The door cannot be opened without help."),
        kind=Kind.CHOICE,
        choices=(
            ("automatic", _("by itself")),
            ("powered_button", _("at the push of a button")),
            ("manual_light", _("by hand, easily")),
        ),
        no_choices=(("manual_heavy", _("by hand, and it is heavy")),),
        where=(Where.VENUE, Where.ENTRANCE),
    ),
    Fact(
        "threshold_height",
        _("How high is the door sill?"),
        _("The door sill is %(measure)s millimetres high."),
        _("There is no door sill."),
        kind=Kind.NUMBER,
        unit="mm",
        where=(Where.VENUE, Where.ENTRANCE),
    ),
    Fact(
        "door_entry_help",
        _("How do you ask to be let in?"),
        _("You can ask to be let in."),
        _("There is no bell and nobody at the door."),
        kind=Kind.CHOICE,
        choices=(
            ("bell", _("by a bell")),
            ("intercom", _("by an intercom you speak into")),
            ("staffed", _("somebody is at the door")),
            ("key_code", _("with a code for the lock")),
        ),
        where=(Where.VENUE, Where.ENTRANCE),
    ),
)
