"""Facts 33 to 42: hearing, light, calm, signs, staff and getting out safely."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spaces.access_facts.shape import Fact, Kind, Where

SENSES = (
    Fact(
        "hearing_loop",
        _("Is there a hearing loop?"),
        _("There is a hearing loop."),
        _("There is no hearing loop."),
        kind=Kind.CHOICE,
        choices=(
            ("fixed", _("built into the room")),
            ("fixed_tested", _("built into the room, and tested")),
            ("portable", _("one that can be carried")),
            ("counter", _("at the counter only")),
        ),
        where=(Where.VENUE, Where.SPACE),
    ),
    Fact(
        "acoustics",
        _("Is the room easy to hear in?"),
        _("The room has soft furnishings and little echo."),
        _("The room echoes."),
        kind=Kind.CHOICE,
        unit="dB(A)",
        choices=(("soft_furnished", _("soft furnishings")),),
        no_choices=(("echoey", _("it echoes")),),
        where=(Where.SPACE,),
    ),
    Fact(
        "sign_language_or_captions",
        _("Is there sign language or live captions?"),
        _("There is sign language or captions."),
        _("There is no sign language and there are no captions."),
        kind=Kind.TEXT,
    ),
    Fact(
        "lighting_control",
        _("Can the lights be turned down?"),
        _("The lights can be turned down."),
        _("The lights cannot be turned down."),
        kind=Kind.CHOICE,
        choices=(("dimmable", _("with a dimmer")),),
        no_choices=(
            ("fixed_bright", _("always bright")),
            ("fluorescent_flicker", _("tubes that may flicker")),
        ),
        where=(Where.SPACE,),
    ),
    Fact(
        "quiet_space",
        _("Is there a quiet place to go?"),
        _("There is a quiet place to go."),
        _("There is no quiet place to go."),
        kind=Kind.CHOICE,
        choices=(("bookable", _("it can be booked")), ("drop_in", _("it is always open"))),
    ),
    Fact(
        "quiet_times",
        _("Are there quiet times?"),
        _("There are quiet times."),
        _("There are no quiet times."),
        kind=Kind.DERIVED,
        where=(Where.SPACE,),
    ),
    Fact(
        "signage",
        _("Are the signs easy to see or to feel?"),
        _("The signs are easy to see or to feel."),
        _("The signs are hard to see."),
        kind=Kind.MULTI,
        choices=(
            ("high_contrast", _("strong contrast")),
            ("braille", _("braille")),
            ("raised", _("raised letters")),
            ("pictograms", _("pictures")),
            ("tactile_paving", _("paving that can be felt")),
        ),
    ),
)

SAFETY = (
    Fact(
        "assistance_dogs_welcome",
        _("Are assistance dogs welcome, and is there water for them?"),
        _("Assistance dogs are welcome."),
        _("Assistance dogs are not let in."),
        kind=Kind.MULTI,
        choices=(
            ("water", _("there is water")),
            ("spending_area", _("there is a place outside")),
        ),
    ),
    Fact(
        "staff_on_site_and_trained",
        _("Are there trained staff who can help?"),
        _("There are trained staff who can help."),
        _("There are no staff."),
        kind=Kind.CHOICE,
        choices=(("always", _("always")), ("some_hours", _("at some hours"))),
    ),
    Fact(
        "emergency_evacuation",
        _("Is there a plan to help everybody out in an emergency?"),
        _("There is a plan to help everybody out in an emergency."),
        _("There is no plan to help everybody out in an emergency."),
        kind=Kind.MULTI,
        choices=(
            ("visual_alarm", _("an alarm with a light")),
            ("refuge", _("a safe place to wait for help")),
            ("evacuation_chair", _("a chair for the stairs")),
            ("personal_plan", _("a plan of your own, if you ask")),
        ),
    ),
)

# What public records ask about that is none of the 42: kept, shown, and never taken for one.
RECORDED = (
    Fact(
        "recorded_reception",
        _("Can disabled people reach and use the reception?"),
        _("A public record says disabled people can use the reception."),
        _("A public record says disabled people cannot use the reception."),
    ),
    Fact(
        "recorded_social_areas",
        _("Can disabled people reach and use the social areas?"),
        _("A public record says disabled people can use the social areas."),
        _("A public record says disabled people cannot use the social areas."),
    ),
    Fact(
        "recorded_spectator_areas",
        _("Can disabled people reach and use the places to watch from?"),
        _("A public record says disabled people can use the places to watch from."),
        _("A public record says disabled people cannot use the places to watch from."),
    ),
    Fact(
        "recorded_doorways",
        _("Are the doorways wide enough for a wheelchair?"),
        _("A public record says the doorways are accessible. They were not measured."),
        _("A public record says the doorways are not accessible."),
    ),
    Fact(
        "recorded_emergency_exits",
        _("Can disabled people use the emergency exits?"),
        _("A public record says the emergency exits are accessible."),
        _("A public record says the emergency exits are not accessible."),
    ),
    Fact(
        "recorded_changing_rooms",
        _("Are the sports changing rooms accessible?"),
        _("A public record says the changing rooms are accessible."),
        _("A public record says the changing rooms are not accessible."),
    ),
)
