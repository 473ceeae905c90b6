"""What kind of place a row is about, and which rows are no place to hire at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spaces.models import Space, VenueKind

# In the order in which they are asked: the first that fits wins.
_KINDS = (
    (r"allotment|\bleisure gardens?\b", VenueKind.ALLOTMENT),
    (r"play street", VenueKind.PLAY_STREET),
    (r"\blibrar|llyfrgell|\barchives?\b", VenueKind.LIBRARY),
    (
        r"\byouth\b|\bboys'? club|\bgirls'? club|\bscout|\bguides? (hut|hall)|cadet",
        VenueKind.YOUTH_CENTRE,
    ),
    (
        r"leisure|sports?\b|swimming|\bgym\b|gymnas|athletic|stadium|tennis|golf|bowls|bowling|"
        r"fitness|recreation cent|\bpool\b|football (club|cent)|cricket|rugby|health club|"
        r"active(life)?\b|\bactiv",
        VenueKind.LEISURE_CENTRE,
    ),
    (
        r"community|village hall|parish hall|town hall|public hall|civic|assembly rooms|guildhall|"
        r"guild hall|memorial hall|miners'? (hall|welfare)|institute|social club|working men|"
        r"\bhub\b|neighbourhood|family cent|children'?s cent|drop.?in|community hall|"
        r"residents|tenants|welfare|resource cent|day cent|luncheon|canolfan|neuadd|"
        r"social cent|voluntary (?!aided|controlled)|meeting (room|place|house hall)|function room",
        VenueKind.COMMUNITY_CENTRE,
    ),
    (
        r"\bchurch|chapel|mosque|masjid|temple|gurdwara|synagogue|mandir|cathedral|minster|"
        r"meeting house|\babbey\b|worship|salvation army|methodist|baptist|\bfaith\b|kingdom hall|"
        r"tabernacle|parish room|islamic|eglwys|capel",
        VenueKind.PLACE_OF_WORSHIP,
    ),
    (
        r"\bschools?\b|academy|college|\bgrammar\b|\bprimary\b|infants?'?\b|universit|\bysgol\b|"
        r"sixth form|education",
        VenueKind.SCHOOL,
    ),
    (r"galler|arts cent|theatre|\barts?\b|exhibition", VenueKind.GALLERY),
    (r"\bstudios?\b|rehearsal|dance cent", VenueKind.STUDIO),
    (r"museum|heritage|\bcastle\b|historic|\bmanor\b|priory|\bmonument", VenueKind.HERITAGE_SITE),
    (r"market (square|place|hall)|\bmarkets?\b", VenueKind.MARKET_SQUARE),
    (r"\bpubs?\b|\binn\b|\btavern\b|public house|\barms\b", VenueKind.PUB),
    (r"\bcaf[eé]\b|coffee|tea ?rooms?|restaurant", VenueKind.CAFE),
    (
        r"office hub|co-?working|business cent|enterprise cent|innovation cent|workspace",
        VenueKind.OFFICE_HUB,
    ),
    (
        r"\bparks?\b|recreation ground|playing fields?|\bgardens?\b|\bgreens?\b|open space|"
        r"\bwoods?\b|nature reserve|\bpitch|\bcommon\b|play ?(area|ground)|pavilion|outdoor",
        VenueKind.PARK,
    ),
    (r"\bhalls?\b|\bcentres?\b|\bcenters?\b", VenueKind.COMMUNITY_CENTRE),
    (r"\bshops?\b|retail unit", VenueKind.SHOP_UNIT),
)
_FITS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _KINDS)
# A list of one of these is of nothing else, whatever the single place is called.
_FIRM = frozenset(
    {
        *(VenueKind.LIBRARY, VenueKind.ALLOTMENT, VenueKind.PLACE_OF_WORSHIP, VenueKind.SCHOOL),
        *(VenueKind.HERITAGE_SITE, VenueKind.PARK),
    }
)
# No register of property says this by the name alone.
_TOO_LOOSE_FOR_A_REGISTER = frozenset({VenueKind.SHOP_UNIT, VenueKind.PUB, VenueKind.CAFE})

# In any list: never a place to hire.
_NEVER = (
    (
        r"\bmobile\b.*librar|librar.*\bmobile\b|\btraveling librar|\bvan\b|book ?bus|mobile stop",
        _("It moves about: it is no venue."),
    ),
    (r"\bprison|\bhmp\b|\bhm yoi\b|\byoi\b|detention|custody", _("It is in a prison.")),
    (
        r"\b(car|lorry|coach|cycle) ?park(s|ing)?\b(?!.*\b(hall|centre)\b)|"
        r"\bparking$|"
        r"\bpark (and|&) ride|"
        r"\bgarages?\b(?!.*(arts|studio))|\bgarage site",
        _("It is for parking."),
    ),
    (
        r"\b(public )?(toilets?|conveniences?|wcs?)$|^public (toilet|convenience)",
        _("It is a toilet."),
    ),
    (
        r"sub ?-?station|pumping station|\bmast\b|telecom|generator|\bkiosk\b|rooftop apparatus|"
        r"\bdepot\b|salt (barn|store)|landfill|recycling|waste|transfer station|refuse|weighbridge",
        _("It is plant or a depot."),
    ),
    (
        r"cemeter|crematori|graveyard|burial|churchyard|war memorial|\bmemorial$",
        _("It is a place of rest."),
    ),
    (
        r"\brefuge\b|\bhostel\b|(residential|care|nursing|children'?s?) homes?\b|\bhomes? for\b|"
        r"safe house|sheltered|extra care|supported (living|housing)|probation",
        _("People live there or are kept safe there: it is never listed."),
    ),
)
# In a register of property: part of a place, land, or let to one user.
_NOT_FROM_A_REGISTER = (
    (
        r"\bland (at|adj|off|to|on|rear|between|fronting|north|south|east|west|known)|^land\b|"
        r"\bplots?\b|\bverges?\b|\bsite of\b|\bsite$|\bstrip\b|ransom|grazing|agricultural|"
        r"\bfarm\b|footpath|\baccess (road|way|strip)|\broad\b$|highway|woodland|"
        r"amenity (land|area)|easement|dedication|"
        r"\bacres?\b|\b(pieces?|areas?|parcels?|part) of\b|"
        r"sq\.? ?y(ar)?ds|\bjunction\b|road improvement|frontage",
        _("It is land."),
    ),
    (
        r"\b(flat|bungalow|lodge|cottage|house|dwelling|apartment|caretaker)s?\b(?!.*\b(community|"
        r"centre|hall|museum|library)\b)(?<!art house)(?<!play house)",
        _("It is a home or a house."),
    ),
    (
        r"\bstores?\b|storage|\bsheds?\b|store ?rooms?|container|changing rooms?|"
        r"public toilets?|amenities|"
        r"\bshelter\b|toilet block|staff toilets|boiler|workshops?\b|stables|\bbarn\b|"
        r"nursery|lockers",
        _("It is a store or a part of a place."),
    ),
    (
        r"shopping (centre|mall)|\bmall\b|\bshops?\b|supermarket|industrial|\bunits?\b|"
        r"trading estate|"
        r"business park|retail|warehouse|travelodge|hotel|\boffices?\b|ground (lease|rent)|factory",
        _("It is let for trade."),
    ),
    (
        r"-\s*\d+[a-z]?(-\d+[a-z]?)?\s+[a-z]|"
        r"^\d+[a-z]?(\s*-\s*\d+[a-z]?)?,?\s+\w+.*\b(street|road|avenue|lane|drive|close|way)$",
        _("It is one address among others."),
    ),
    (
        r"medical|surgery|health cent(re|er)$|clinic|doctor|ambulance|fire station|police",
        _("It is for health or rescue."),
    ),
)
_GONE = re.compile(
    r"\bformer(ly)?\b(?!.*\))|\bderelict|\(vacant\)|\bdemolished|\bdisused|\bdisposed|^ex[- ]",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"^(c ?)?(closed|permanently closed|closed permanently|demolished|disposed|disposed of|sold|"
    r"not open|facility not open|decommissioned|former|removed)\b",
    re.IGNORECASE,
)
_SPACES = (
    (r"sports? halls?|main hall|\bhalls?\b", Space.Kind.HALL),
    (r"studios?", Space.Kind.STUDIO),
    (r"pitch|courts?\b|greens?\b|athletics|tracks?\b|muga", Space.Kind.PITCH),
    (r"meeting|committee|function|\brooms?\b", Space.Kind.ROOM),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What kind it seems to be; None where nothing says so."""

    kind: VenueKind | None
    from_column: bool = False


def guess_kind(name: str, said: str, *, default: VenueKind | None, is_register: bool) -> Guess:
    """By what the list says of the kind, then by the name, then by what the list is about."""
    if said in VenueKind.values:
        return Guess(VenueKind(said), from_column=True)
    if said and (kind := _fit(said, is_register=is_register)):
        return Guess(kind, from_column=True)
    if default in _FIRM:
        return Guess(default)
    if kind := _fit(name, is_register=is_register):
        return Guess(kind)
    return Guess(default)


def why_never(name: str, said: str, *, is_register: bool) -> str:
    """Why this is no place to hire, in a sentence; empty where it may be one."""
    if _GONE.search(name):
        return str(_("By its name it is closed or empty."))
    kinds = (*_NEVER, *_NOT_FROM_A_REGISTER) if is_register else _NEVER
    for pattern, words in kinds:
        # Other words of the list say little about the place itself, but for the kind of it.
        if re.search(pattern, name, re.IGNORECASE) or (
            said and pattern in _SURE and re.search(pattern, said, re.IGNORECASE)
        ):
            return str(words)
    return ""


_SURE = frozenset(pattern for pattern, _words in _NEVER)


def is_closed(said: str) -> bool:
    """Whether a status says that the place is gone."""
    return bool(_CLOSED.search(said.strip())) and "temporar" not in said.casefold()


def space_kind(said: str) -> Space.Kind | None:
    """The kind of room or pitch a list names; None for what is not hired as one."""
    return next(
        (kind for pattern, kind in _SPACES if re.search(pattern, said, re.IGNORECASE)), None
    )


def _fit(words: str, *, is_register: bool) -> VenueKind | None:
    for pattern, kind in _FITS:
        if pattern.search(words) and not (is_register and kind in _TOO_LOOSE_FOR_A_REGISTER):
            return kind
    return None
