"""Eastwold: worship, studios, parks, streets, cafes, pubs, shops, markets and desks."""

from demo.content.asking import MARKET, PLOT, STREET
from demo.content.kinds import SpaceSpec, VenueSpec
from demo.content.makers import (
    NOON_PRAYER,
    desks,
    gallery,
    hall,
    kitchen,
    outdoor,
    pitch,
    room,
    stalls,
    studio,
)

COUNCIL = "eastwold.council"

VENUES = (
    VenueSpec(
        name="The Blue Lantern", kind="pub", at=("Eastwold Town", 0.15, -0.05),
        street="70 Broadway", operator="eastwold.lantern", hours="pub", scheme="company",
        words="A music bar with a level dance floor. Home of the Glow club night, second "
        "Tuesday of every month.",
        access="good", fire_limit=260, instant=True, notice_hours=48,
        has=("bar", "wifi", "lit_way", "any_gender_toilet"), lacks=("prayer_room",),
        getting_there="Four minutes from Eastwold station, lit all the way, level door at the "
        "side. Night bus N31 stops outside.",
        house_rules="Carers come in free when they work. Ask for the low-lit lounge.",
        spaces=(
            hall("Dance Floor", 150, "35.00", has=("pa", "stage", "bar"), use="social",
                 busy=0.3, hears=("Lounge",)),
            room("Lounge", 50, "18.00", use="social", busy=0.3, has=("bar",)),
        ),
    ),
    VenueSpec(
        name="Priory Church of St Aldith", kind="place_of_worship", at=("Priory", -0.4, 0.05),
        street="1 Monks Walk", operator="eastwold.aldith", hours="church", scheme="church",
        words="Priory church and its tithe barn, with a chapel that stays open for prayer.",
        access="mixed", fire_limit=280, stock={"Chairs": 140, "Trestle tables": 20},
        spaces=(
            hall("Tithe Barn", 130, "18.00", has=("piano", "projector")),
            SpaceSpec(name="Chapel of Peace", kind="chapel", people=20, rate="7.00", area=40.0,
                      use="quiet", busy=0.5, quiet=(NOON_PRAYER,)),
            room("Bell Room", 18, "8.00", floor=1, hears=("Chapel of Peace",)),
            kitchen("Barn Kitchen", "6.00"),
        ),
    ),
    VenueSpec(
        name="Eastwold Gurdwara Sahib", kind="place_of_worship", at=("Saltings", 0.35, -0.1),
        street="31 Rope Walk", operator="eastwold.gurdwara", hours="gurdwara", scheme="free",
        words="All are welcome to langar. The community hall and classrooms are free to hire.",
        access="good", fire_limit=350, lacks=("halal_kitchen",),
        has=("prayer_room", "car_park", "kitchen", "vegetarian_kitchen", "any_gender_toilet"),
        house_rules="Cover your head and take off your shoes. Food here is vegetarian.",
        spaces=(
            hall("Community Hall", 160, "0.00", has=("projector",)),
            room("Classroom", 30, "0.00"),
            kitchen("Vegetarian Kitchen", "0.00"),
        ),
    ),
    VenueSpec(
        name="Rope Walk Gallery", kind="gallery", at=("Saltings", 0.5, 0.15),
        street="8 Rope Walk", operator="eastwold.potters", hours="gallery", scheme="charity",
        words="A long white room where rope was made. Local artists hang for three weeks.",
        access="good", fire_limit=100, stock={"Plinths": 14},
        spaces=gallery("Long Gallery", 80, "16.00"),
    ),
    VenueSpec(
        name="Potters Row Studios", kind="studio", at=("Kiln Wood", -0.5, -0.5),
        street="Potters Row", operator="eastwold.potters", hours="studio", scheme="charity",
        words="Wheels, kilns and looms, for courses and for makers with a key.",
        access="mixed", fire_limit=70, stock={"Potter's wheels": 10},
        spaces=(
            studio("Wheel Room", 12, "14.00"),
            studio("Loom Room", 10, "12.00"),
            studio("Kiln Yard", 8, "9.00", kind="outdoor"),
        ),
    ),
    VenueSpec(
        name="Beacon Hill Park", kind="park", at=("Beacon", 0.2, -0.1), street="Beacon Road",
        operator=COUNCIL, hours="park", scheme="open_air", access="outdoor", answer_hours=120,
        words="The hill with the view. A bowl for theatre, a field, and a bowling green.",
        notice_hours=240, stock={"Gazebos": 8},
        spaces=(
            outdoor("Hill Field", 1500, "30.00"),
            outdoor("Grass Theatre", 250, "14.00"),
            pitch("Bowling Green", 40, "12.00"),
        ),
    ),
    VenueSpec(
        name="Priory Gardens", kind="park", at=("Priory", -0.5, 0.35), street="Monks Walk",
        operator=COUNCIL, hours="park", scheme="open_air", access="outdoor", instant=True,
        words="Herb beds, a tea lawn and a pergola for small ceremonies.",
        spaces=(
            outdoor("Tea Lawn", 120, "12.00"),
            outdoor("Pergola", 40, "16.00"),
        ),
    ),
    VenueSpec(
        name="Orchard Allotments", kind="allotment", at=("Orchard Rise", -0.45, 0.35),
        street="Pippin Road", operator=COUNCIL, hours="park", scheme="free", access="outdoor",
        words="Old apple trees, sixty plots, and a shed where people learn to prune.",
        mode="ask", how_to_ask="Ask to join the list for a plot: allotments@eastwold.example.org.",
        procedure=PLOT,
        spaces=(
            room("Orchard Shed", 16, "0.00", use="none"),
            outdoor("Orchard", 60, "0.00", use="none"),
        ),
    ),
    VenueSpec(
        name="Pippin Road Play Street", kind="play_street", at=("Orchard Rise", -0.3, -0.1),
        street="Pippin Road", operator=COUNCIL, hours="sunday", scheme="free",
        words="Cars out, chalk and skipping in, one Sunday a month.",
        access="outdoor", mode="ask",
        how_to_ask="One neighbour asks for the whole street, six weeks before the first Sunday.",
        procedure=STREET, spaces=(outdoor("The street", 100, "0.00", use="none"),),
    ),
    VenueSpec(
        name="Broadway Market Place", kind="market_square", at=("Eastwold Town", 0.0, 0.12),
        street="Broadway", operator=COUNCIL, hours="market", scheme="market",
        words="Six pitches under the lime trees, for traders, charities and tasters.",
        access="outdoor", mode="ask", stock={"Gazebos": 6},
        how_to_ask="Ask the markets team for a consent to trade or to hold an event.",
        procedure=MARKET,
        spaces=(
            outdoor("Whole market place", 500, "45.00", use="none",
                    parts=tuple(f"Stall {n}" for n in range(1, 7))),
            *stalls("Stalls", 6, "4.50"),
        ),
    ),
    VenueSpec(
        name="Beacon Windmill", kind="heritage_site", at=("Beacon", 0.4, 0.25),
        street="Windmill Close", operator="eastwold.kiln", mode="phone", hours="unknown",
        words="A white smock mill with a round room for twenty. The sails turn on open days.",
        access="poor", scheme="charity", how_to_ask="Ring the miller on 020 7946 0240.",
        spaces=(room("Round Room", 20, "9.00", use="none"),),
    ),
    VenueSpec(
        name="The Waggoner's Rest", kind="pub", at=("Chalk Down", -0.3, -0.15),
        street="Down Lane", operator="eastwold.lantern", mode="phone", hours="pub",
        words="Skittle alley and a snug where the walking group meets.",
        access="mixed", scheme="company", how_to_ask="Ring the bar on 020 7946 0241.",
        spaces=(
            room("Skittle Alley", 40, "12.00", use="none"),
            room("The Snug", 12, "0.00", use="none"),
        ),
    ),
    VenueSpec(
        name="Flint Street Cafe", kind="cafe", at=("Chalk Down", 0.35, 0.35),
        street="21 Flint Street", operator="eastwold.kiln", hours="cafe", scheme="charity",
        words="Pay what you can. Evenings are for repair nights, board games and supper clubs.",
        access="good", fire_limit=50, instant=True,
        spaces=(room("The cafe", 40, "8.00", use="social", has=("kitchen",)),),
    ),
    VenueSpec(
        name="22 Broadway", kind="shop_unit", at=("Eastwold Town", 0.25, 0.14),
        street="22 Broadway", operator=COUNCIL, hours="shop", scheme="market",
        words="An empty shop filled by a different maker every fortnight.",
        access="mixed", fire_limit=35, notice_hours=72,
        spaces=(
            SpaceSpec(name="Shop floor", kind="room", people=25, rate="5.00", area=46.0,
                      use="popup", busy=0.7, least=8 * 60, longest=14 * 24 * 60,
                      through_closed=True, words="Shop window and a small kitchen behind."),
        ),
    ),
    VenueSpec(
        name="Eastwold Enterprise Hub", kind="office_hub", at=("Eastwold Town", -0.4, -0.35),
        street="2 Goods Yard Way", operator=COUNCIL, hours="office", scheme="hub",
        words="Council offices with space to spare: desks, committee rooms, a training suite.",
        access="good", fire_limit=200, instant=True, notice_hours=0,
        stock={"Laptops": 10, "Study places": 12}, has=("wifi", "cycle_parking", "car_park"),
        spaces=(
            *desks("Shared desks", 8, "1.80"),
            room("Committee Room 1", 30, "14.00", floor=1, has=("projector", "wifi")),
            room("Committee Room 2", 18, "11.00", floor=1),
            room("Training Suite", 20, "16.00", has=("projector", "wifi")),
            room("Council Chamber", 90, "25.00", floor=1, has=("pa", "wifi"), busy=0.3),
        ),
    ),
)  # fmt: skip
