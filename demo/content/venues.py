"""Every venue of both boroughs."""

from demo.content import (
    venues_eastwold_halls,
    venues_eastwold_others,
    venues_northmere_halls,
    venues_northmere_others,
)

VENUES = (
    *venues_northmere_halls.VENUES,
    *venues_northmere_others.VENUES,
    *venues_eastwold_halls.VENUES,
    *venues_eastwold_others.VENUES,
)

# Nothing of these words may ever be shown to somebody who does not work there.
CONFIDENTIAL_WORD = "Zephyrine"
