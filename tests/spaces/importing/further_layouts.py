"""More lists as publishers lay them out, made up: faults that were found one by one."""

from __future__ import annotations

from tests.spaces.importing.layouts import Layout

FURTHER_LAYOUTS = {
    "grid references in one piece": Layout(
        b"Site Ref,Site,Grid Ref\nA1,Elm Allotments,SJ789912\nA2,Ash Allotments,SJ 789 912\n",
        "cc",
        {
            "Elm Allotments": {"latitude": 53.417628, "longitude": -2.318184},
            "Ash Allotments": {"latitude": 53.417628, "longitude": -2.318184},
        },
    ),
    "sports places as they are listed now": Layout(
        b"Site ID,Site Name,Building Name,Thoroughfare Name,Post Town,Postcode,Easting,Northing,"
        b"UPRN,Local Authority Name,Ward Name,Closed,Closure Date\n"
        b"1,Elm Baths,Elm House,Row,Oakham,ZZ1 1AA,400000,300000,1001,Oak,North,0,\n"
        b"2,Old Baths,,Row,Oakham,ZZ1 1AB,400000,300000,1002,Oak,North,1,2015-03-01\n",
        "cl",
        {"Elm Baths": {"postcode": "ZZ1 1AA", "uprn": "1001", "address": "Elm House, Row"}},
    ),
    "schools with their numbers": Layout(
        b"URN,LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),"
        b"EstablishmentStatus (name),CloseDate,SchoolCapacity,Street,Town,Postcode,TelephoneNum\n"
        b"100,Oak,3614,The Elm,Voluntary aided school,Open,,271,Row,Oakham,ZZ1 1AA,1632960001\n"
        b"101,Oak,3615,The Ash,Other school,Closed,,,Row,Oakham,ZZ1 1AB,\n",
        "cl",
        {"The Elm": {"kind": "school", "address": "Row", "phone": "01632960001"}},
    ),
    "charities that are gone": Layout(
        b"registered_charity_number\tcharity_name\tcharity_registration_status\tdate_of_removal\t"
        b"charity_contact_address1\tcharity_contact_postcode\tcharity_contact_phone\n"
        b"1\tELM VILLAGE HALL\tRegistered\t\tThe Green\tZZ1 1AA\t01632 960001\n"
        b"2\tASH VILLAGE HALL\tRemoved\t2001-01-01\t\t\t\n",
        "cl",
        {"Elm Village Hall": {"address": "The Green", "phone": "01632 960001"}},
        delimiter="\t",
    ),
    "totals and notes among the rows": Layout(
        b"Venue,Postcode,Bookings\nElm Hall,ZZ1 1AA,10\nGrand Total,,10\nSub-total North,,5\n"
        b'Average,,5\n"Source: Oak Council, 2026",,x\nTotal Fitness,ZZ1 1AB,3\n',
        "cllllc",
    ),
    "names of columns in two rows": Layout(
        b"Venue name,Address,Address,Post,Contact,Contact\n,line 1,line 2,code,phone,e-mail\n"
        b"Elm Hall,1 Row,Oakham,ZZ1 1AA,01632 960001,a@example.org\n",
        "c",
        {
            "Elm Hall": {
                "address": "1 Row, Oakham",
                "postcode": "ZZ1 1AA",
                "phone": "01632 960001",
                "email": "a@example.org",
            }
        },
    ),
    "one number at two places": Layout(
        b"ID,Name,Postcode\n1,Elm Hall,ZZ1 1AA\n1,Ash Centre,ZZ1 1AB\n2,Oak Room,ZZ1 1AC\n",
        "ccc",
        warned=("shared_key",),
    ),
    "formulas, HTML and hidden signs": Layout(
        b"Name,Website,Phone,Description\n"
        b'"=HYPERLINK(""http://elm.example"",""Elm Hall"")",'
        b'"<a href=""http://elm.example"">web</a>","=""01632960001""","<p>Big &amp; warm</p>'
        b'<script>alert(1)</script>"\n' + "\u202eAsh\u200b Hall\x07,,,a < b\n".encode(),
        "cc",
        {
            "Elm Hall": {
                "website": "http://elm.example",
                "phone": "01632960001",
                "description": "Big & warm",
            },
            "Ash Hall": {"description": "a < b"},
        },
        warned=("markup", "hidden"),
    ),
    "name and address in one cell": Layout(
        b'Name and address,Seats\n"Elm Hall, 1 Row, Oakham ZZ1 1AA",80\n"Ash Hall\n2 Row",\n',
        "cc",
        {
            "Elm Hall": {"address": "1 Row, Oakham", "postcode": "ZZ1 1AA"},
            "Ash Hall": {"address": "2 Row"},
        },
    ),
    "shapes, and metres of web maps": Layout(
        b"name,geometry\n"
        b'Elm Park,"POLYGON ((400000 300000, 400010 300000, 400010 300010, 400000 300000))"\n'
        b"Ash Park,MULTIPOINT ((-222638.98 6894699.8))\n"
        b"Oak Park,POINT Z (-2 52.5 30)\n"
        b"Bad Park,POINT EMPTY\n"
        b"Sea Park,010100000000000000000000C00000000000404A40\n",
        "ccccc",
        {
            "Elm Park": {"latitude": 52.597837, "longitude": -2.001359},
            "Ash Park": {"latitude": 52.52, "longitude": -2.0},
            "Oak Park": {"latitude": 52.5, "longitude": -2.0},
            "Bad Park": {"latitude": None},
            "Sea Park": {"latitude": 52.5, "longitude": -2.0},
        },
        warned=("coordinates",),
    ),
    "lines in UTF-8 beside lines of Windows": Layout(
        "Venue,Address\nCafé Hall,Tŷ Gwyn\n".encode() + "Café Two,Rue é\n".encode("cp1252"),
        "cc",
        {"Café Hall": {"address": "Tŷ Gwyn"}, "Café Two": {"address": "Rue é"}},
    ),
    "dates as numbers, and UPRNs with commas": Layout(
        b'Name,UPRN,Last updated,Hearing loop\nElm Hall,"100,023,456,789",45292,Y\n',
        "c",
        {"Elm Hall": {"uprn": "100023456789"}},
    ),
    "Welsh and Polish headings": Layout(
        "Nazwa,Adres,Kod pocztowy,Ffôn,E-bost\n"
        "Klub,1 Row,ZZ1 1AA,01632 960001,a@example.org\n".encode(),
        "c",
        {
            "Klub": {
                "address": "1 Row",
                "postcode": "ZZ1 1AA",
                "phone": "01632 960001",
                "email": "a@example.org",
            }
        },
    ),
}
