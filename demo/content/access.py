"""What is known about getting in, by profile: in a hundred, how many yes and how many no.

The rest is not checked yet. Facts that a profile does not name nobody has looked at.
"""

from __future__ import annotations

Shares = dict[str, tuple[int, int]]

PROFILES: dict[str, Shares] = {
    "good": {
        "stop_distance": (95, 0), "stop_route_step_free": (80, 5),
        "parking_blue_badge_count": (65, 20), "drop_off_point": (70, 10),
        "approach_surface_firm": (95, 0), "entrance_step_free": (100, 0),
        "door_clear_width": (80, 0), "door_opening": (80, 0), "door_entry_help": (60, 5),
        "internal_route_step_free": (92, 0), "lift": (45, 15), "accessible_toilet": (97, 3),
        "toilet_transfer_side": (60, 5), "toilet_alarm_cord_works": (55, 10),
        "toilet_key": (70, 0), "hearing_loop": (62, 15), "acoustics": (40, 15),
        "lighting_control": (45, 15), "quiet_space": (50, 15),
        "assistance_dogs_welcome": (90, 0), "staff_on_site_and_trained": (60, 10),
        "emergency_evacuation": (60, 5), "wheelchair_spaces_in_room": (50, 0),
        "adjustable_or_roll_under_tables": (50, 10), "chairs_with_arms": (55, 10),
    },
    "mixed": {
        "stop_distance": (80, 0), "stop_route_step_free": (45, 20),
        "parking_blue_badge_count": (35, 35), "drop_off_point": (45, 20),
        "approach_surface_firm": (65, 15), "entrance_step_free": (62, 28),
        "ramp_type": (35, 20), "door_clear_width": (45, 0), "door_opening": (50, 5),
        "internal_route_step_free": (55, 12), "lift": (15, 45), "accessible_toilet": (60, 20),
        "toilet_key": (30, 5), "hearing_loop": (28, 32), "acoustics": (25, 25),
        "lighting_control": (20, 20), "quiet_space": (20, 30),
        "assistance_dogs_welcome": (70, 3), "staff_on_site_and_trained": (30, 25),
        "chairs_with_arms": (30, 20),
    },
    "poor": {
        "stop_distance": (70, 0), "parking_blue_badge_count": (10, 60),
        "entrance_step_free": (10, 80), "entrance_handrail": (40, 30),
        "internal_route_step_free": (15, 45), "lift": (0, 80), "accessible_toilet": (10, 65),
        "hearing_loop": (10, 55), "assistance_dogs_welcome": (50, 5), "quiet_space": (5, 40),
    },
    "outdoor": {
        "stop_distance": (80, 0), "stop_route_step_free": (50, 15),
        "parking_blue_badge_count": (35, 30), "approach_surface_firm": (55, 30),
        "entrance_step_free": (75, 10), "internal_route_step_free": (45, 20),
        "accessible_toilet": (30, 35), "assistance_dogs_welcome": (80, 0),
        "hearing_loop": (0, 70), "quiet_space": (25, 15),
    },
    "unknown": {},
}  # fmt: skip

# Low and high of what was measured, in the unit of the fact.
MEASURES: dict[str, tuple[int, int]] = {
    "stop_distance": (40, 650),
    "parking_blue_badge_count": (1, 6),
    "parking_to_entrance": (8, 60),
    "entrance_steps": (1, 6),
    "entrance_step_height_max": (110, 190),
    "door_clear_width": (760, 1400),
    "wheelchair_spaces_in_room": (2, 12),
    "narrowest_route_width": (820, 1500),
}

NOTES: dict[str, str] = {
    "entrance_step_free": "Level way in at the side; press the button for the door.",
    "hearing_loop": "Ask for the loop to be switched on when you book.",
    "accessible_toilet": "On the ground floor, next to the hall.",
    "quiet_space": "The small room off the corridor; lights can be turned down.",
    "parking_blue_badge_count": "The bays are in front of the building.",
}
