"""Northmere: the council's centres and libraries, the school, youth and leisure."""

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

COUNCIL = "northmere.council"
HOUSE_RULES = (
    "Leave the hall as you found it. No smoke machines: they set off the alarm. "
    "Music ends at 10:30pm. The last person out checks the fire doors."
)

VENUES = (
    VenueSpec(
        name="Tannery Hill Community Centre", kind="community_centre",
        at=("Tannery Hill", 0.38, 0.22), street="41 Tannery Hill", operator=COUNCIL,
        words="A big, bright centre from 1978 with a hall that a folding wall makes into two.",
        access="good", fire_limit=360, instant=True, house_rules=HOUSE_RULES,
        stock={"Stacking chairs": 240, "Folding tables": 40, "Gazebos": 4},
        has=("car_park", "cycle_parking", "wifi"),
        getting_there="Ten minutes on foot from Quayside station. The 214 stops at the door. "
        "From the car park a level path leads to the side entrance.",
        spaces=(
            hall("Main Hall", 220, "32.00", parts=("Main Hall East", "Main Hall West"),
                 has=("stage", "pa", "projector", "piano"), busy=0.5),
            hall("Main Hall East", 110, "19.00", has=("stage", "pa"), hears=("Main Hall West",)),
            hall("Main Hall West", 100, "18.00", has=("projector",)),
            hall("Small Hall", 60, "14.00", has=("sprung_floor", "mirrors"), use="studio"),
            room("Meeting Room", 16, "9.00", quiet=(RELAXED,)),
            kitchen("Kitchen", "7.00"),
            foyer("Foyer", 60, "6.00"),
        ),
    ),
    VenueSpec(
        name="Quayside Community Centre", kind="community_centre",
        at=("Quayside", -0.3, 0.2), street="3 Chandlers Row", operator=COUNCIL,
        words="Built with the new flats on the old dock. Two rooms look over the water.",
        access="good", fire_limit=180, instant=True, house_rules=HOUSE_RULES,
        stock={"Stacking chairs": 120, "Folding tables": 20}, has=("cycle_parking", "wifi"),
        getting_there="Three minutes from Quayside station, step-free all the way.",
        spaces=(
            hall("Dock Hall", 100, "24.00", has=("projector", "pa")),
            room("Tide Room", 24, "11.00"),
            room("Crane Room", 14, "9.00"),
            kitchen("Kitchen", "7.00"),
        ),
    ),
    VenueSpec(
        name="Heathend Community Centre", kind="community_centre",
        at=("Heathend", 0.35, 0.2), street="Gorse Avenue", operator=COUNCIL,
        words="A wide low hall by the common that divides in three, with a dance studio.",
        access="mixed", fire_limit=260, house_rules=HOUSE_RULES,
        stock={"Stacking chairs": 180, "Folding tables": 30, "Gazebos": 6},
        has=("car_park", "garden"),
        getting_there="The 31 and 96 stop at Heath Common. Free parking for 40 cars.",
        spaces=(
            hall("Common Hall", 180, "28.00",
                 parts=("Common Hall A", "Common Hall B", "Common Hall C"),
                 has=("stage", "pa"), busy=0.45),
            hall("Common Hall A", 60, "13.00", hears=("Common Hall B",)),
            hall("Common Hall B", 60, "13.00", hears=("Common Hall C",)),
            hall("Common Hall C", 60, "13.00"),
            studio("Dance Studio", 25, "13.00", has=("sprung_floor", "mirrors")),
            kitchen("Kitchen", "7.00"),
        ),
    ),
    VenueSpec(
        name="Northmere Central Library", kind="library",
        at=("Market", 0.2, 0.35), street="1 Exchange Place", operator=COUNCIL,
        words="Four floors of books, with study rooms, a children's corner and a place to speak.",
        access="good", fire_limit=400, hours="library_late", instant=True, notice_hours=2,
        stock={"Study places": 30, "Laptops": 12},
        has=("wifi", "cycle_parking", "study_space", "free_to_use"),
        getting_there="Five minutes from Northmere Central station, level all the way.",
        spaces=(
            hall("Events Floor", 80, "18.00", floor=1, has=("projector", "pa"), busy=0.5),
            room("Study Room 1", 6, "4.00", floor=2, quiet=(EXAM_QUIET,), busy=0.6, least=30),
            room("Study Room 2", 6, "4.00", floor=2, quiet=(EXAM_QUIET,), busy=0.6, least=30,
                 hears=("Study Room 1",)),
            room("Mere Room", 20, "10.00", floor=1, has=("projector", "wifi")),
            room("Story Corner", 30, "6.00", use="family"),
        ),
    ),
    VenueSpec(
        name="Larkwood Library", kind="library", at=("Larkwood", -0.25, 0.3),
        street="12 Lark Rise", operator=COUNCIL, hours="library", instant=True,
        words="A small branch library that lends its back room to anybody who asks.",
        access="mixed", fire_limit=60, has=("wifi",),
        spaces=(
            room("Back Room", 18, "8.00"),
            room("Quiet Room", 4, "3.00", quiet=(EXAM_QUIET,), least=30, hears=("Back Room",)),
        ),
    ),
    VenueSpec(
        name="Northmere Leisure Centre", kind="leisure_centre",
        at=("Abbey Field", -0.4, -0.5), street="Station Approach", operator=COUNCIL,
        words="Sports hall, studio and two pools. The hall is four badminton courts wide.",
        access="good", fire_limit=500, hours="leisure", instant=True, scheme="sport",
        stock={"Five-a-side goals": 4, "Badminton nets": 4},
        has=("car_park", "cycle_parking"),
        getting_there="Across the road from Abbey Field station, through automatic doors.",
        spaces=(
            SpaceSpec(name="Sports Hall", kind="pitch", people=150, rate="52.00", area=594.0,
                      parts=("Sports Hall North", "Sports Hall South"), use="sports", busy=0.45),
            pitch("Sports Hall North", 70, "29.00", area=297.0, hears=("Sports Hall South",)),
            pitch("Sports Hall South", 70, "29.00", area=297.0),
            studio("Mind and Body Studio", 24, "18.00", has=("mirrors",), floor=1),
            room("Poolside Party Room", 30, "20.00", use="family"),
        ),
    ),
    VenueSpec(
        name="Marshgate Youth Centre", kind="youth_centre", at=("Marshgate", -0.35, -0.1),
        street="7 Pump Lane", operator="northmere.youth", hours="youth", scheme="charity",
        words="Run by young people and a charity. Music room, hall, and a kitchen to learn in.",
        access="mixed", fire_limit=140, stock={"Guitars": 6, "Stacking chairs": 80},
        has=("wifi", "cycle_parking", "study_space", "free_to_use"),
        spaces=(
            hall("The Shed", 90, "17.00", use="youth", has=("pa", "projector")),
            studio("Music Room", 10, "12.00", has=("pa",), use="music", hears=("Study Den",)),
            room("Study Den", 16, "0.00", quiet=(EXAM_QUIET,), use="study", busy=0.7),
            kitchen("Training Kitchen", "9.00"),
        ),
    ),
    VenueSpec(
        name="Larkwood Primary School", kind="school", at=("Larkwood", 0.3, 0.45),
        street="Keepers Way", operator=COUNCIL, hours="school", answer_hours=120,
        words="The hall and playground after lessons and on Saturdays, in term time.",
        access="mixed", fire_limit=220, notice_hours=72, window_days=180,
        spaces=(
            hall("School Hall", 150, "21.00", has=("piano",), busy=0.75),
            outdoor("Playground", 200, "15.00", busy=0.3),
        ),
    ),
    VenueSpec(
        name="Heathend Scout Hut", kind="community_centre", at=("Heathend", -0.5, 0.25),
        street="Common Side", operator="northmere.youth", mode="phone", hours="unknown",
        words="A timber hut at the edge of the common, kept by parents of the troop.",
        access="unknown", scheme="charity",
        how_to_ask="Ring the hut keeper on 020 7946 0131 after 6pm.",
        spaces=(hall("The Hut", 70, "10.00", use="none"),),
    ),
    VenueSpec(
        name="Wharf Nine", kind="community_centre", at=("Quayside", 0.4, 0.05),
        street="Old Wharf, Quay Road", operator=COUNCIL, mode="not_for_hire", hours="unknown",
        access="unknown",
        words="A community space promised with the next flats on the wharf. It is planned for "
        "the ground floor: one hall, a kitchen and two rooms. Nobody can hire it yet; groups "
        "who need a home may say so now.",
        spaces=(
            SpaceSpec(name="Hall, planned", kind="hall", people=120, bookable=False, use="none"),
        ),
    ),
)  # fmt: skip
