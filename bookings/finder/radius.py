"""How far the search looks, and how far people walk. Change the search radius here."""

import math

# Around the place that somebody names; three miles, half an hour on a bus.
SEARCH_RADIUS_M = 4_800
# The choices a page offers.
RADIUS_CHOICES_M = (800, 1_600, 3_200, SEARCH_RADIUS_M, 8_000, 16_000)

# A straight line is longer on the ground; 80 metres a minute is a walk with a pushchair.
_DETOUR = 1.3
_METRES_A_MINUTE = 80


def walk_minutes(metres: float) -> int:
    """About how long it takes on foot, in whole minutes, at least one."""
    return max(1, math.ceil(metres * _DETOUR / _METRES_A_MINUTE))
