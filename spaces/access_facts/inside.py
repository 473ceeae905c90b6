"""Facts 17 to 32: getting about, rooms and toilets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spaces.access_facts.shape import Fact, Kind, Where

GETTING_ABOUT = (
    Fact(
        "internal_route_step_free",
        _("Is the way from the door to the room free of steps?"),
        _("There are no steps between the door and the room."),
        _("There are steps between the door and the room."),
        here=(_("No steps on this way."), _("There are steps on this way.")),
        where=(Where.SPACE, Where.ROUTE),
    ),
    Fact(
        "narrowest_route_width",
        _("How wide is the narrowest place on the way?"),
        _("The narrowest place on the way is %(measure)s millimetres wide."),
        _("The way is too narrow to measure."),
        kind=Kind.NUMBER,
        unit="mm",
        where=(Where.SPACE, Where.ROUTE),
    ),
    Fact(
        "lift",
        _("Is there a lift?"),
        _("There is a lift."),
        _("There is no lift."),
        kind=Kind.CHOICE,
        choices=(
            ("passenger", _("a passenger lift")),
            ("platform", _("a platform lift")),
            ("stair_lift", _("a stair lift")),
            ("not_needed", _("not needed: all on one level")),
        ),
        where=(Where.VENUE, Where.LIFT),
    ),
    Fact(
        "lift_car_size",
        _("How big is the lift inside?"),
        _("Inside, the lift is %(measure)s by %(measure_2)s millimetres."),
        _("There is no lift."),
        kind=Kind.SIZE,
        unit="mm",
        where=(Where.VENUE, Where.LIFT),
    ),
    Fact(
        "lift_audio_and_tactile",
        _("Does the lift speak, and can its buttons be felt?"),
        _("The lift speaks and its buttons can be felt."),
        _("The lift does not speak, or its buttons cannot be felt."),
        where=(Where.VENUE, Where.LIFT),
    ),
)

ROOMS = (
    Fact(
        "room_turning_space",
        _("How much room is there to turn a wheelchair?"),
        _("There are %(measure)s millimetres to turn in."),
        _("There is no room to turn."),
        kind=Kind.NUMBER,
        unit="mm",
        where=(Where.SPACE,),
    ),
    Fact(
        "wheelchair_spaces_in_room",
        _("How many wheelchair users can be in the room?"),
        _("Places for wheelchair users: %(measure)s."),
        _("There is no place for wheelchair users."),
        kind=Kind.NUMBER,
        unit="places",
        where=(Where.SPACE,),
    ),
    Fact(
        "adjustable_or_roll_under_tables",
        _("Are there tables that a wheelchair fits under?"),
        _("There are tables that a wheelchair fits under."),
        _("No table leaves room for a wheelchair."),
        where=(Where.SPACE,),
    ),
    Fact(
        "chairs_with_arms",
        _("Are there chairs with arms?"),
        _("There are chairs with arms."),
        _("There are no chairs with arms."),
        where=(Where.SPACE,),
    ),
)

TOILETS = (
    Fact(
        "accessible_toilet",
        _("Is there an accessible toilet?"),
        _("There is an accessible toilet."),
        _("There is no accessible toilet."),
        unit="m",
        here=(_("This toilet is accessible."), _("This toilet is not accessible.")),
        where=(Where.VENUE, Where.TOILET),
    ),
    Fact(
        "toilet_room_size",
        _("How big is the accessible toilet?"),
        _("The toilet room is %(measure)s by %(measure_2)s millimetres."),
        _("There is no accessible toilet."),
        kind=Kind.SIZE,
        unit="mm",
        where=(Where.VENUE, Where.TOILET),
    ),
    Fact(
        "toilet_transfer_side",
        _("From which side can you move across to the toilet?"),
        _("You can move across from the side."),
        _("There is no room to move across from the side."),
        kind=Kind.CHOICE,
        choices=(
            ("left", _("from the left")),
            ("right", _("from the right")),
            ("both", _("from both sides")),
        ),
        where=(Where.VENUE, Where.TOILET),
    ),
    Fact(
        "toilet_alarm_cord_works",
        _("Does the alarm cord work and reach the floor?"),
        _("The alarm cord works and reaches the floor."),
        _("The alarm cord does not work, or does not reach the floor."),
        where=(Where.VENUE, Where.TOILET),
    ),
    Fact(
        "toilet_key",
        _("How is the accessible toilet opened?"),
        _("The accessible toilet can be opened."),
        _("The accessible toilet is kept locked."),
        kind=Kind.CHOICE,
        choices=(
            ("open", _("it is open")),
            ("radar", _("with a RADAR key")),
            ("ask_staff", _("ask the staff")),
        ),
        where=(Where.VENUE, Where.TOILET),
    ),
    Fact(
        "changing_places",
        _("Is there a Changing Places toilet, with a hoist and a bench?"),
        _("There is a Changing Places toilet."),
        _("There is no Changing Places toilet."),
        where=(Where.VENUE, Where.TOILET),
    ),
    Fact(
        "baby_changing",
        _("Is there a place to change a baby?"),
        _("There is a place to change a baby."),
        _("There is no place to change a baby."),
        kind=Kind.CHOICE,
        choices=(
            ("everybody", _("for parents of any gender")),
            ("women_only", _("in the women's toilet only")),
        ),
        where=(Where.VENUE, Where.TOILET),
    ),
)
