"""Lists as councils really export them, made up: each a file, and what must come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Layout:
    """`made`: the outcome of each row. `venues`: some fields of the venues, by name."""

    data: bytes
    made: str
    venues: dict[str, dict[str, Any]] = field(default_factory=dict)
    warned: tuple[str, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","


_WELSH = (
    "Enw;Cyfeiriad;Cod post\nCanolfan Llŷn;Lôn Glas;ZZ1 1AA\nNeuadd y Dŵr;Ffordd Fawr;ZZ1 1AB\n"
)
_CAFE = (
    "Venue name,Address,Postcode\nCafé Hall,1 Église Row,ZZ1 1AA\nSt Mary’s Hall,2 Row,ZZ1 1AB\n"
)

LAYOUTS = {
    "semicolons in UTF-16 with a mark": Layout(
        _WELSH.encode("utf-16"),
        "cc",
        {"Canolfan Llŷn": {"address": "Lôn Glas", "kind": "community_centre"}},
        encoding="utf-16",
        delimiter=";",
    ),
    "UTF-16 big-endian without a mark": Layout(
        _WELSH.encode("utf-16-be"), "cc", encoding="utf-16-be", delimiter=";"
    ),
    "Windows letters": Layout(
        _CAFE.encode("cp1252"),
        "cc",
        {"Café Hall": {"address": "1 Église Row"}, "St Mary’s Hall": {}},
        encoding="cp1252",
    ),
    "letters of an old Mac, and its line ends": Layout(
        _CAFE.replace("\n", "\r").encode("mac_roman"),
        "cc",
        {"Café Hall": {}, "St Mary’s Hall": {}},
        encoding="mac_roman",
    ),
    "letters of old DOS": Layout(
        _CAFE.replace("’", "'").encode("cp850"),
        "cc",
        {"Café Hall": {"address": "1 Église Row"}},
        encoding="cp850",
    ),
    "UTF-8 with one foreign byte": Layout(
        _CAFE.encode() + b"Caf\xe9 Two,3 Row,ZZ1 1AD\n", "ccc", {"Café Two": {}}
    ),
    "tabs, in a file that calls itself csv": Layout(
        b"site\tstreet\ttown\tpost code\ttel\r\n"
        b"Oak Hall\tOak Lane, Oakham\tOakham\tzz11aa\t01632960001\r\n",
        "c",
        {"Oak Hall": {"address": "Oak Lane", "town": "Oakham", "postcode": "ZZ1 1AA"}},
        delimiter="\t",
    ),
    "pipes, with commas inside": Layout(
        b"Name|Address|Lat|Long\nHall, The Old|1 Row, Oakham|51.45|0.15\n",
        "c",
        {"Hall, The Old": {"latitude": 51.45, "longitude": 0.15}},
        delimiter="|",
    ),
    "what Excel says about itself": Layout(
        b"sep=;\r\nVenue;Postcode\r\nElm Hall;ZZ1 1AA\r\n", "c", {"Elm Hall": {}}, delimiter=";"
    ),
    "a title, a date and a blank line first; a total and a source last": Layout(
        b"Community venues 2026,,\nCorrect at 1 March 2026,,\n,,\n"
        b"Centre Name,Full address,Ward\nElm Centre,1 Elm Row ZZ1 1AA,North\n"
        b"Ash Centre,2 Ash Row ZZ1 1AB,South\n,,\nSource: the council,,\n",
        "ccl",
        {"Elm Centre": {"address": "1 Elm Row", "postcode": "ZZ1 1AA"}},
    ),
    "columns of one name": Layout(
        b"Name,Address,Address,Phone,Phone\nElm Hall,1 Row,Oakham,01632 960001,n/a\n",
        "c",
        {"Elm Hall": {"address": "1 Row, Oakham", "phone": "01632 960001"}},
    ),
    "cells of several lines, and quotes in them": Layout(
        b'Name,Address,Postcode\n"The ""Old"" Hall","1 Row,\nOakham\n","ZZ1 1AA"\n',
        "c",
        {'The "Old" Hall': {"address": "1 Row, Oakham"}},
    ),
    "a quote that is never closed harms one row": Layout(
        b'Name,Address,Postcode\n"Elm Hall,1 Row,ZZ1 1AA\nAsh Hall,2 Row,ZZ1 1AB\n'
        b"Oak Hall,3 Row,ZZ1 1AD\n",
        "rcc",
    ),
    "short rows and long ones": Layout(
        b"Name,Address,Town,Postcode\nElm Hall,1 Row,Oakham\nAsh Hall,2, Row,Oakham,ZZ1 1AB\n"
        b"Oak Hall,3 Row,Oakham,ZZ1 1AD,,,\n",
        "crc",
        {"Elm Hall": {"postcode": ""}},
        warned=("short_row",),
    ),
    "eastings and northings, with dirt": Layout(
        b"Hall name,Easting,Northing\nElm Hall,536737.00,210305.00\nAsh Hall,0,0\n"
        b'Oak Hall,N/A,-\nFir Hall,9999999,210305\nYew Hall,"536,800","210,400"\n',
        "ccccc",
        {
            "Elm Hall": {"latitude": 51.77472, "longitude": -0.019518},
            "Ash Hall": {"latitude": None},
            "Fir Hall": {"latitude": None},
        },
        warned=("coordinates", "no_coordinates", "not_in_britain"),
    ),
    "latitude and longitude swapped, and abroad": Layout(
        b"Hall,Longitude,Latitude\nElm Hall,51.45,0.15\nAsh Hall,2.35,48.85\n",
        "cc",
        {"Elm Hall": {"latitude": 51.45, "longitude": 0.15}, "Ash Hall": {"latitude": None}},
        warned=("swapped", "not_in_britain"),
    ),
    "coordinates in one cell, three ways": Layout(
        b'Name,Postcode,Location\nElm Hall,ZZ1 1AA,"51.45, 0.15"\n'
        b"Ash Hall,ZZ1 1AB,POINT (0.15 51.45)\nOak Hall,ZZ1 1AD,TL 367 103\n",
        "ccc",
        {
            "Elm Hall": {"latitude": 51.45},
            "Ash Hall": {"longitude": 0.15},
            "Oak Hall": {"latitude": 51.775122},
        },
    ),
    "UPRNs and postcodes of every sort": Layout(
        b"Name,UPRN,Postcode\nElm Hall,000012345678,zz1  1aa\nAsh Hall,1.00023E+11,M31\n"
        b"Oak Hall,A00340,[Unknown]\nFir Hall,1234567890123,ZZ1 1 AD\nYew Hall,100012.0,\n",
        "ccccc",
        {
            "Elm Hall": {"uprn": "12345678", "postcode": "ZZ1 1AA"},
            "Ash Hall": {"uprn": "", "postcode": ""},
            "Fir Hall": {"uprn": "", "postcode": "ZZ1 1AD"},
            "Yew Hall": {"uprn": "100012"},
        },
        warned=("uprn", "postcode"),
    ),
    "the same place again and again": Layout(
        b"Venue,Postcode,Station\nThe Scout Hut,ZZ1 1AA,1\nSCOUT HUT,ZZ1 1AA,2\n"
        b"Scout Hut,ZZ9 9AA,3\nThe Scout Hut.,zz11aa,4\n",
        "cucu",
        warned=("repeated",),
    ),
    "a register of land, with homes and a refuge in it": Layout(
        b"Unique Asset Identity,Name of Property,Tenure Type,Asset use,UPRN\n"
        b"1,Elm Community Centre,Freehold,Community,10001\n2,Land at Elm Road,Freehold,,10002\n"
        b"3,Ash House,Freehold,Refuge,10003\n4,Oak Road Car Park,Freehold,Parking,10004\n"
        b"5,Fir Library,Freehold,Library,10005\n6,Electricity Substation,Leasehold,,10006\n"
        b"7,Yew Care Home,Freehold,,10007\n8,Former Elm Hall,Freehold,,10008\n",
        "clllclll",
        {"Fir Library": {"kind": "library"}},
    ),
    "libraries, some on wheels and some closed": Layout(
        b"Library,Address,Type,Status\nElm Library,1 Row,Static,Open\nMobile Library 2,,Mobile,\n"
        b"Ash Library,2 Row,Static,Closed\nHMP Oak,3 Row,Prison,Open\nFir,4 Row,Static,Open\n",
        "clllc",
        {"Fir": {"kind": "library"}},
    ),
    "SHOUTED, spaced and mangled": Layout(
        b"PlaceName , E-MAIL,WEB\n  ELM   VILLAGE HALL ,mailto:a@example.org,www.example.org\n"
        b"ASH AND OAK HALL,a@example.org; b@example.org,see noticeboard\n,,\n-,a@example.org,n/a\n",
        "ccr",
        {
            "Elm Village Hall": {"email": "a@example.org", "website": "https://www.example.org"},
            "Ash and Oak Hall": {"website": ""},
        },
        warned=("website",),
    ),
    "names of columns that no list has used before": Layout(
        b"Wo?,Was,Plz\nElm Hall,somewhere,ZZ1 1AA\nAsh Hall,elsewhere,ZZ1 1AB\n", "cc"
    ),
    "formulas, NUL and lone surrogates": Layout(
        b"Name,Address\n=HYPERLINK(1) Hall,1 Row\nNul\x00 Hall,2 Row\nOak Hall,3 Row\n",
        "crc",
        warned=("formula",),
    ),
    "kinds we do not know, and dates of all sorts": Layout(
        b"Venue,Type,Wheelchair access,Hearing loop,Accessible parking bays,Last updated\n"
        b"Elm,Zumbarium,Y,no,3,01/02/2025\nAsh,Church,Partly,?,0,31/02/2025\nOak,Pub,,,,2999-01-01\n",
        "ccc",
        {"Ash": {"kind": "place_of_worship"}, "Oak": {"kind": "pub"}},
        warned=("kind", "not_yes_or_no", "date"),
    ),
    "the header said again halfway": Layout(
        b"Name,Address\nElm Hall,1 Row\nName,Address\nAsh Hall,2 Row\n", "clc"
    ),
    "homes and where they vote, of which only the places are read": Layout(
        b'"AuthorityCode","PropertyNumber","StreetName","PostCode","PollingPlaceId",'
        b'"PollingPlaceAddress1","PollingPlaceAddress2","PollingPlaceAddress7","UPRN",'
        b'"PollingPlaceEasting","PollingPlaceNorthing"\n\n'
        b'"00DA","1 Home House","Home Lane","ZZ7 7ZZ","5","Elm Reformed Church","High Drive",'
        b'"ZZ1 1AA","000072771509","0","0"\n'
        b'"00DA","2 Home House","Home Lane","ZZ7 7ZZ","5","Elm Reformed Church","High Drive",'
        b'"ZZ1 1AA","000072771508","0","0"\n',
        "cu",
        {
            "Elm Reformed Church": {
                "address": "High Drive",
                "postcode": "ZZ1 1AA",
                "uprn": "",
                "kind": "place_of_worship",
            }
        },
    ),
    "libraries with a type in letters and hours for each day": Layout(
        b"Local authority,Library name,Address 1,Postcode,Unique property reference number,"
        b"Library type,Year closed,Monday staffed hours,Tuesday staffed hours\n"
        b"Oakshire,Elm,1 Row,ZZ1 1AA,10001,LAL,,09:00-17:00,00:00-00:00\n"
        b"Oakshire,Elm,Old Row,ZZ1 1AA,10002,LAL,2011,,\n",
        "cl",
        {"Elm": {"kind": "library", "uprn": "10001"}},
    ),
    "allotments that are called parks": Layout(
        b"allotment_name,osm_id,area_code,area_name,lon,lat\n"
        b"Elm Park,275299908,E05000821,North,0.15,51.45\n"
        b"Elm Park,142274006,E05000837,South,0.16,51.46\n",
        "cc",
        {},
    ),
    "sports places as they were listed once": Layout(
        b"Studios,SiteID,SiteName,ThoroughfareName,PostTown,PostCode,Latitude,Longitude,"
        b"TelNumber,CarParkExist,NumCarPark,RecLastChkdDate\n"
        b"1,1000345,Elm Fitness,1 Row,Oakham,ZZ1 1AA,51.45,0.15,01632 960001,Yes,180,20-02-2018\n"
        b"NA,1203099,Ash College,2 Row,Oakham,ZZ1 1AB,51.46,0.16,NA,Don't know,0,26-04-2012\n",
        "cc",
        {"Elm Fitness": {"kind": "leisure_centre"}, "Ash College": {"kind": "school"}},
    ),
    "a register with its columns twice and line ends in its cells": Layout(
        b"Organisation,OrganisationLabel,Organisation,OrganisationLabel,UPRN,AssetCode,"
        b"PropertyName,StreetName,PostTown,PostCode,GeoX,GeoY,TenureType,TenureDetail,HoldingType\n"
        b'Oak Council,23UB,Oak Council,23UB,10001,09/1,Community Hall,Elm Way,Oakham,"ZZ1 1AA\n",'
        b"536737,210305,Freehold,Leasehold,Land and Building\n"
        b'Oak Council,23UB,Oak Council,23UB,10002,09/2,Community Hall,Ash Way,Oakham,"\n ZZ1 1AB",'
        b"536738,210306,Freehold,Leasehold,Land and Building\n"
        b"Oak Council,23UB,Oak Council,23UB,10003,09/3,2 Pieces of Land,Ash Way,Oakham,,"
        b"536738,210306,Freehold,Occupied by local authority,Land\n",
        "ccl",
    ),
}
