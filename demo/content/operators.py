"""Who runs the venues: two councils, a parish, charities, churches, a mosque, companies."""

from demo.content.kinds import OperatorSpec

OPERATORS = (
    OperatorSpec(
        key="northmere.council", name="Northmere Council Halls and Parks", kind="council",
        category="statutory", vat="registered",
        contact_line="Halls team, 020 7946 0101, halls@northmere.example.org",
    ),
    OperatorSpec(
        key="northmere.oldlibrary", name="The Old Library Mere End CIC", kind="cic",
        category="social_enterprise", company_number="09990011",
        contact_line="Front desk, 020 7946 0118, hello@oldlibrary.example.org",
    ),
    OperatorSpec(
        key="northmere.elvard", name="Parish of St Elvard, Abbey Field", kind="faith",
        category="faith", charity_number="1990021",
        contact_line="Parish office, 020 7946 0123, office@stelvard.example.org",
    ),
    OperatorSpec(
        key="northmere.chapel", name="Marshgate Chapel Trust", kind="faith", category="faith",
        charity_number="1990022", contact_line="020 7946 0124, chapel@example.org",
    ),
    OperatorSpec(
        key="northmere.mosque", name="Heathend Mosque and Welfare Trust", kind="faith",
        category="faith", charity_number="1990023",
        contact_line="Community desk, 020 7946 0125, desk@heathendmosque.example.org",
    ),
    OperatorSpec(
        key="northmere.youth", name="Marshgate Young People's Trust", kind="charity",
        category="charity", charity_number="1990024",
        contact_line="020 7946 0126, bookings@mypt.example.org",
    ),
    OperatorSpec(
        key="northmere.works", name="Northmere Works Ltd", kind="company", category="commercial",
        company_number="09990012", vat="registered",
        contact_line="Reception, 020 7946 0127, desks@northmereworks.example.com",
    ),
    OperatorSpec(
        key="northmere.skinners", name="Skinners Yard Arts Ltd", kind="company",
        category="commercial", company_number="09990013",
        contact_line="020 7946 0128, yard@skinners.example.com",
    ),
    OperatorSpec(
        key="northmere.refuge", name="Zephyrine Support Charity", kind="charity",
        category="charity", charity_number="1990025", contact_line="Through the council only",
    ),
    OperatorSpec(
        key="eastwold.council", name="Eastwold Council Community Buildings", kind="council",
        category="statutory", vat="registered",
        contact_line="Buildings team, 020 7946 0201, buildings@eastwold.example.org",
    ),
    OperatorSpec(
        key="eastwold.parish", name="Wold Green Parish Council", kind="parish",
        category="statutory", contact_line="The clerk, 020 7946 0210, clerk@woldgreen.example.org",
    ),
    OperatorSpec(
        key="eastwold.aldith", name="Priory Church of St Aldith", kind="faith", category="faith",
        charity_number="1990031",
        contact_line="Hall secretary, 020 7946 0223, hall@staldith.example.org",
    ),
    OperatorSpec(
        key="eastwold.gurdwara", name="Eastwold Gurdwara Sahib", kind="faith", category="faith",
        charity_number="1990032",
        contact_line="Sewadar on duty, 020 7946 0224, seva@eastwoldgurdwara.example.org",
    ),
    OperatorSpec(
        key="eastwold.kiln", name="Kiln Wood Community Association", kind="charity",
        category="charity", charity_number="1990033",
        contact_line="020 7946 0225, hello@kilnwood.example.org",
    ),
    OperatorSpec(
        key="eastwold.lantern", name="Blue Lantern Venues Ltd", kind="company",
        category="commercial", company_number="09990014", vat="registered",
        contact_line="Events, 020 7946 0226, events@bluelantern.example.com",
    ),
    OperatorSpec(
        key="eastwold.potters", name="Potters Row Makers", kind="charity", category="charity",
        charity_number="1990034", contact_line="020 7946 0227, makers@pottersrow.example.org",
    ),
    OperatorSpec(
        key="eastwold.beacon", name="Beacon Learning Trust", kind="school", category="statutory",
        company_number="09990015", contact_line="Lettings, 020 7946 0228",
    ),
)  # fmt: skip
