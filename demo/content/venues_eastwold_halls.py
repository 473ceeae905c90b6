"""Eastwold: centres, the village hall, libraries, schools, youth and leisure."""

from demo.content.kinds import SpaceSpec, VenueSpec
from demo.content.makers import (
    EXAM_QUIET,
    RELAXED,
    foyer,
    hall,
    kitchen,
    outdoor,
    pitch,
    room,
    studio,
)

COUNCIL = "eastwold.council"
HOUSE_RULES = "Leave by 11pm and quietly: people sleep across the road. Take your rubbish home."

VENUES = (
    VenueSpec(
        name="Eastwold Assembly Rooms", kind="community_centre",
        at=("Eastwold Town", -0.35, 0.4), street="5 Assembly Row", operator=COUNCIL,
        words="The town's ballroom of 1834. A sliding wall divides it for two groups at once.",
        hours="late", scheme="grand", access="mixed", fire_limit=380, answer_hours=96,
        house_rules=HOUSE_RULES, window_days=540, has=("bar", "wifi"),
        stock={"Stacking chairs": 260, "Round tables": 28},
        getting_there="Eight minutes from Eastwold station. The ramp is in Assembly Mews.",
        spaces=(
            hall("Ballroom", 240, "40.00", parts=("Ballroom North", "Ballroom South"),
                 has=("stage", "pa", "piano", "sprung_floor"), buffers=(30, 30), busy=0.5),
            hall("Ballroom North", 130, "23.00", hears=("Ballroom South",), buffers=(30, 30)),
            hall("Ballroom South", 110, "21.00", buffers=(30, 30)),
            room("Supper Room", 50, "16.00", use="social"),
            room("Card Room", 20, "11.00", floor=1),
            foyer("Foyer", 80, "9.00"),
            kitchen("Kitchen", "9.00"),
        ),
    ),
    VenueSpec(
        name="Wold Green Village Hall", kind="community_centre", at=("Wold Green", -0.2, 0.2),
        street="Green Side", operator="eastwold.parish", hours="village", scheme="village",
        words="The hall by the pond, run by the parish council and a very patient clerk.",
        access="good", fire_limit=150, instant=True, has=("car_park", "garden"),
        stock={"Chairs": 120, "Tables": 24, "Gazebos": 5},
        house_rules="Parishioners pay the local rate. Keys from the clerk's box.",
        spaces=(
            hall("Hall", 110, "14.00", has=("stage", "piano"), busy=0.8),
            room("Committee Room", 18, "7.00"),
            kitchen("Kitchen", "5.00"),
            outdoor("The Green", 400, "10.00"),
        ),
    ),
    VenueSpec(
        name="Brookmouth Community Centre", kind="community_centre",
        at=("Brookmouth", -0.3, 0.3), street="17 Pier Street", operator=COUNCIL,
        words="A busy centre by the pier with a nursery in the mornings.",
        access="mixed", fire_limit=200, instant=True, house_rules=HOUSE_RULES,
        stock={"Stacking chairs": 140, "Folding tables": 25}, has=("cycle_parking",),
        spaces=(
            hall("Pier Hall", 120, "22.00", has=("pa", "stage")),
            room("Ferry Room", 25, "10.00", use="family"),
            room("Anchor Room", 14, "8.00"),
            kitchen("Kitchen", "6.00"),
        ),
    ),
    VenueSpec(
        name="Saltings Community Centre", kind="community_centre", at=("Saltings", -0.35, -0.3),
        street="60 Saltings Way", operator=COUNCIL, house_rules=HOUSE_RULES,
        words="On the estate, for the estate: advice, bingo, boxing and the food pantry.",
        access="good", fire_limit=220, stock={"Stacking chairs": 150, "Folding tables": 30},
        spaces=(
            hall("Estate Hall", 140, "20.00", has=("pa", "kitchenette")),
            studio("Boxing Room", 25, "12.00", hears=("Advice Room",)),
            room("Advice Room", 8, "7.00"),
            kitchen("Pantry Kitchen", "6.00"),
        ),
    ),
    VenueSpec(
        name="Chalk Down Family Hub", kind="community_centre", at=("Chalk Down", -0.1, 0.3),
        street="Down Lane", operator=COUNCIL, hours="youth", scheme="council",
        words="Once the children's centre. Low windows, soft floors, a sensory room.",
        access="good", fire_limit=90, instant=True, has=("garden", "wifi"),
        spaces=(
            room("Playroom", 35, "12.00", use="family", quiet=(RELAXED,)),
            room("Sensory Room", 6, "8.00", use="quiet", hears=("Playroom",)),
            room("Parents' Room", 14, "8.00"),
            outdoor("Secret Garden", 40, "6.00", buffers=(0, 0)),
        ),
    ),
    VenueSpec(
        name="Eastwold Library", kind="library", at=("Eastwold Town", 0.35, 0.2),
        street="30 Broadway", operator=COUNCIL, hours="library_late", instant=True,
        words="Books, a makers' corner and rooms to study in until nine.",
        access="good", fire_limit=250, notice_hours=2, stock={"Study places": 24},
        has=("wifi", "cycle_parking", "study_space", "free_to_use"),
        spaces=(
            room("Broadway Room", 40, "12.00", has=("projector", "wifi")),
            room("Study Pod A", 4, "0.00", use="study", quiet=(EXAM_QUIET,), least=30),
            room("Study Pod B", 4, "0.00", use="study", quiet=(EXAM_QUIET,), least=30,
                 hears=("Study Pod A",)),
            room("Makers' Corner", 12, "8.00"),
        ),
    ),
    VenueSpec(
        name="Kiln Wood Library Point", kind="library", at=("Kiln Wood", -0.35, 0.15),
        street="9 Kiln Lane", operator="eastwold.kiln", hours="library", scheme="charity",
        words="A room of books kept open by volunteers when the branch closed.",
        access="mixed", fire_limit=40,
        spaces=(room("Reading Room", 24, "7.00"),),
    ),
    VenueSpec(
        name="Kiln Wood Youth Centre", kind="youth_centre", at=("Kiln Wood", -0.45, -0.3),
        street="Potters Row", operator="eastwold.kiln", hours="youth", scheme="charity",
        words="Sports cage, hall and a recording booth, shared with the over sixties by day.",
        access="mixed", fire_limit=130, stock={"Stacking chairs": 70},
        spaces=(
            hall("Kiln Hall", 80, "14.00", use="youth"),
            pitch("Sports Cage", 30, "12.00"),
            studio("Recording Booth", 4, "10.00", use="music"),
            kitchen("Kitchen", "5.00"),
        ),
    ),
    VenueSpec(
        name="Beacon Academy", kind="school", at=("Beacon", -0.5, -0.35),
        street="Beacon Road", operator="eastwold.beacon", mode="elsewhere", hours="school",
        words="Sports hall, theatre and drama studio, let through the school's own website.",
        access="unknown", website="https://lettings.beacon.example.org/",
        spaces=(
            pitch("Sports Hall", 120, "40.00", use="none"),
            hall("Theatre", 250, "45.00", use="none"),
            studio("Drama Studio", 30, "18.00", use="none"),
        ),
    ),
    VenueSpec(
        name="Priory Street Primary School", kind="school", at=("Priory", -0.25, 0.4),
        street="Priory Street", operator=COUNCIL, hours="school", answer_hours=120,
        words="School hall and field on evenings and Saturdays of term.",
        access="mixed", fire_limit=200, notice_hours=72, window_days=180,
        spaces=(
            hall("School Hall", 140, "19.00", busy=0.7),
            pitch("School Field", 100, "15.00"),
        ),
    ),
    VenueSpec(
        name="Eastwold Pools and Gym", kind="leisure_centre", at=("Eastwold Town", 0.5, -0.4),
        street="Goods Yard Way", operator=COUNCIL, mode="elsewhere", hours="leisure",
        words="Two pools and a gym. Lanes and parties are booked with the operator.",
        access="good", website="https://swim.eastwold.example.org/",
        spaces=(room("Party Room", 25, "20.00", use="none"),),
    ),
    VenueSpec(
        name="Chalk Down Meeting House, planned", kind="community_centre",
        at=("Chalk Down", 0.4, 0.2), street="Flint Street", operator=COUNCIL,
        mode="not_for_hire", hours="unknown", access="unknown",
        words="Two rooms and a kitchen that will come with the new homes on Flint Street.",
        spaces=(
            SpaceSpec(name="Community room, planned", people=60, bookable=False, use="none"),
        ),
    ),
)  # fmt: skip
