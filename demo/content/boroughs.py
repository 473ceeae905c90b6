"""The two councils, and the lattice that their wards are cut from (longitude, latitude).

Columns run west to east, rows north to south. Column 3 is the brook between the boroughs; the
top row is the bank of the tidal river.
"""

from demo.content.kinds import CouncilSpec

COUNCILS = (
    CouncilSpec(
        name="London Borough of Northmere",
        slug="northmere",
        town="Northmere",
        gss_code="E09000901",
        district="NM",
        wards=(
            "Quayside", "Mere End", "Marshgate",
            "Tannery Hill", "Market", "Abbey Field",
            "Hollow Lane", "Heathend", "Larkwood",
        ),
        first_column=0,
    ),
    CouncilSpec(
        name="London Borough of Eastwold",
        slug="eastwold",
        town="Eastwold",
        gss_code="E09000902",
        district="EW",
        wards=(
            "Brookmouth", "Saltings", "Beacon",
            "Wold Green", "Eastwold Town", "Priory",
            "Orchard Rise", "Chalk Down", "Kiln Wood",
        ),
        first_column=3,
    ),
)  # fmt: skip

COLUMNS_EACH = 3
ROWS = 3

# Rows of corners, the northernmost first.
LATTICE: tuple[tuple[tuple[float, float], ...], ...] = (
    (
        (0.0970, 51.5405), (0.1330, 51.5452), (0.1745, 51.5420), (0.2130, 51.5385),
        (0.2490, 51.5432), (0.2910, 51.5470), (0.3290, 51.5418),
    ),
    (
        (0.1010, 51.5190), (0.1385, 51.5215), (0.1700, 51.5178), (0.2085, 51.5202),
        (0.2520, 51.5185), (0.2875, 51.5223), (0.3330, 51.5180),
    ),
    (
        (0.0945, 51.4975), (0.1350, 51.4950), (0.1760, 51.4988), (0.2145, 51.4955),
        (0.2475, 51.4992), (0.2930, 51.4948), (0.3275, 51.4985),
    ),
    (
        (0.1025, 51.4760), (0.1400, 51.4722), (0.1725, 51.4745), (0.2110, 51.4708),
        (0.2515, 51.4740), (0.2890, 51.4705), (0.3310, 51.4762),
    ),
)  # fmt: skip

# The far bank of the river, east to west: the near bank is the top of the lattice.
FAR_BANK: tuple[tuple[float, float], ...] = (
    (0.3450, 51.5525), (0.3290, 51.5545), (0.2910, 51.5590), (0.2490, 51.5560),
    (0.2130, 51.5510), (0.1745, 51.5545), (0.1330, 51.5580), (0.0970, 51.5530),
    (0.0820, 51.5520),
)  # fmt: skip
