"""Who can sign in, and the made-up names of contacts. Every address is at example.org."""

from demo.content.kinds import LogIn

PASSWORD = "a room for everyone"

LOG_INS = (
    LogIn("secretary@example.org", "Doreen Applegarth", "Owner of a group",
          "Book a hall for Tannery Hill Lunch Club, once or every week; see its bookings.",
          ("member:owner:Tannery Hill Lunch Club",)),
    LogIn("booker@example.org", "Kwame Osei-Tutu", "Booker for two groups",
          "Book the second Tuesday for Glow Club; change a date.",
          ("member:booker:Glow Club", "member:booker:Northmere Voluntary Sector Forum")),
    LogIn("treasurer@example.org", "Priti Vaghela", "Treasurer of a group",
          "See what Mereside Community Choir booked and what it costs; you cannot book.",
          ("member:treasurer:Mereside Community Choir",)),
    LogIn("parent@example.org", "Jonah Thistlewood", "Private person",
          "Ask for a hall for a birthday party.", ()),
    LogIn("officer.northmere@example.org", "Marguerite Bellweather", "Council officer, Northmere",
          "Every Northmere diary and request; in /back-office/ its groups, proofs and venues.",
          ("council:officer:northmere", "back-office")),
    LogIn("viewer.northmere@example.org", "Tobias Quill", "Council viewer, Northmere",
          "Look at diaries without names.", ("council:viewer:northmere",)),
    LogIn("manager.northmere@example.org", "Ifeoma Castellan", "Council manager, Northmere",
          "Answer requests at every Northmere venue.", ("council:manager:northmere",)),
    LogIn("officer.eastwold@example.org", "Alun Pennyfeather", "Council officer, Eastwold",
          "The same for Eastwold; nothing of Northmere.",
          ("council:officer:eastwold", "back-office")),
    LogIn("manager.oldlibrary@example.org", "Sunniva Marlowe", "Operator manager, The Old Library",
          "Exhibitions on the gallery walls, studios; its venue and access facts in /back-office/.",
          ("operator:manager:northmere.oldlibrary", "back-office")),
    LogIn("clerk.woldgreen@example.org", "Geraint Holloway", "Operator manager, parish council",
          "Wold Green Village Hall: its diary; rates, closures and access facts in /back-office/.",
          ("operator:manager:eastwold.parish", "back-office")),
    LogIn("operatorviewer@example.org", "Hyacinth Moon", "Operator viewer, Kiln Wood",
          "Look at what goes on at the association's places.",
          ("operator:viewer:eastwold.kiln",)),
    LogIn("hallmanager@example.org", "Balvinder Sandhu-Reeve", "Venue manager, Abbey Manor",
          "Approve or decline the requests that wait.",
          ("venue:manager:abbey-manor",)),
    LogIn("caretaker@example.org", "Stan Oakapple", "Caretaker, Tannery Hill",
          "Today's sheet: who is in, which room, what to set up.",
          ("venue:caretaker:tannery-hill-community-centre",)),
    LogIn("refuge@example.org", "Rosalind Ferrant", "Venue manager of a confidential place",
          "A venue that no search, map or feed shows.",
          ("venue:manager:zephyrine-house",)),
    LogIn("checker@example.org", "Meredith Askew", "Checker of access, Northmere",
          "My account, My visits: write down how people get in at Larkwood Library.", ()),
    LogIn("admin@example.org", "Installation keeper", "Administrator",
          "All of /back-office/: people, roles, both councils.", ("superuser",)),
)  # fmt: skip

FIRST_NAMES = (
    "Ada", "Amara", "Anton", "Beatriz", "Callum", "Chipo", "Dilys", "Dmitri", "Edith", "Emeka",
    "Fatima", "Gethin", "Gurpreet", "Hana", "Hector", "Imogen", "Ismail", "Jasmine", "Joaquim",
    "Kateryna", "Keziah", "Lalita", "Leif", "Mabel", "Marek", "Nadia", "Nia", "Olwen", "Omar",
    "Petra", "Quentin", "Rafael", "Rukhsana", "Sanjay", "Saoirse", "Tamsin", "Tunde", "Ursula",
    "Vikram", "Winifred", "Xanthe", "Yusuf", "Zofia", "Barnaby", "Cordelia", "Desmond",
)  # fmt: skip
LAST_NAMES = (
    "Abernathy", "Adeyinka", "Bagshawe", "Bhattal", "Birdwhistle", "Cattermole", "Chowdry",
    "Copperfield", "Dunmore", "Ekwueme", "Fairweather", "Figueroa", "Gathercole", "Grimshaw",
    "Haldane", "Hoxley", "Ibekwe", "Jessop", "Kaczmar", "Kettlewell", "Lacewing", "Linacre",
    "Mistry", "Mossop", "Nwachukwu", "Okonjo", "Pargeter", "Petrenko", "Quarmby", "Rahimi",
    "Ravensdale", "Salcombe", "Sidhu", "Tattersfield", "Underhay", "Venables", "Warsame",
    "Whitlock", "Yardley", "Zielinka",
)  # fmt: skip
