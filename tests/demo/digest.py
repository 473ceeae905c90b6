"""One figure for all that the demo wrote, without the numbers that sequences give."""

from django.db import connection

_ROWS = {
    "wards": "SELECT name || boundary::text FROM spaces_ward",
    "map": "SELECT kind || name || points::text FROM spaces_mapshape",
    "places": "SELECT kind || name || latitude || longitude FROM spaces_place",
    "venues": "SELECT slug || visibility || booking_mode || description FROM spaces_venue",
    "spaces": "SELECT v.slug || s.slug || s.kind || coalesce(s.capacity, 0)"
    " FROM spaces_space s JOIN spaces_venue v ON v.id = s.venue_id",
    "facts": "SELECT v.slug || f.code || f.value || f.source || coalesce(f.checked_on::text, '')"
    " FROM spaces_accessfact f JOIN spaces_venue v ON v.id = f.venue_id",
    "rates": "SELECT v.slug || t.valid_from || t.document::text FROM tariffs_tariffversion t"
    " JOIN tariffs_tariff r ON r.id = t.tariff_id JOIN spaces_venue v ON v.id = r.venue_id",
    "people": "SELECT email || name || phone FROM accounts_user",
    "bookings": "SELECT reference || title || category || people || created_at"
    " FROM bookings_booking",
    "dates": "SELECT starts_at::text || ends_at || state || uid FROM bookings_occurrence",
    "prices": "SELECT o.uid || q.rule || q.amount || q.list_amount FROM bookings_quoteline q"
    " JOIN bookings_occurrence o ON o.id = q.occurrence_id",
    "deposits": "SELECT b.reference || d.name || d.amount FROM bookings_deposit d"
    " JOIN bookings_booking b ON b.id = d.booking_id",
    "due": "SELECT b.reference || p.position || p.on || p.amount FROM bookings_duepart p"
    " JOIN bookings_booking b ON b.id = p.booking_id",
    "cancelling": "SELECT o.uid || c.by || c.rule FROM bookings_cancelterms c"
    " JOIN bookings_occurrence o ON o.id = c.occurrence_id",
    "claims": "SELECT uid::text || starts_at || ends_at || kind FROM spaces_claim",
}


def digest() -> dict[str, str]:
    """By table, so that a difference says where it is."""
    found = {}
    with connection.cursor() as cursor:
        for name, rows in _ROWS.items():
            cursor.execute(
                f"SELECT md5(string_agg(words, ',' ORDER BY words)) FROM ({rows}) AS r(words)"  # noqa: S608
            )
            found[name] = cursor.fetchone()[0]
    return found
