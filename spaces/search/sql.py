"""The whole search question as one statement, and why it is written so.

* Claims are read by time first (`claim_short_time`), all spaces together, then joined: for ten
  dates over thousands of spaces this beats asking space by space many times over
  (docs/decisions/0008-search-reads-a-time-leading-index.md).
* `starts_at` is always bounded from below, by the longest claim and the longest buffer; the few
  long claims come from their own index.
* `LATERAL (... OFFSET 0)` keeps the planner from turning the loop inside out.
* An opening span that covers a window settles it alone. Opening is only ever cut at a London
  midnight, so just the windows over one (`m_joined`) need their spans added up.
* A claim that overlaps the window settles it for every space on that atom. Only the few uses
  that end or begin within the longest buffer beside it are compared space by space.
"""

# Windows of one statement: a bigint has room for 62 and a sign.
MOST_WINDOWS = 60

# Pieces that a question does not need are left out: planning each costs part of a millisecond.
OPEN_JOINED = """
    SELECT o.space_id, w.m FROM w CROSS JOIN LATERAL (
        SELECT o.space_id, least(o.ends_at, w.b) - greatest(o.starts_at, w.a) AS length
        FROM spaces_openingspan o
        WHERE o.starts_at < w.b AND o.starts_at > w.a - interval '25 hours' AND o.ends_at > w.a
        OFFSET 0
    ) o WHERE w.joined GROUP BY o.space_id, w.m, w.a, w.b HAVING sum(o.length) = w.b - w.a
    UNION ALL"""

OPEN_THROUGH = """
op_more AS (
    SELECT space_id, bit_or(m) AS m FROM ({joined}
    SELECT c.id AS space_id, w.m FROM cand c CROSS JOIN w
    CROSS JOIN LATERAL (
        SELECT 1 FROM spaces_openingspan o WHERE o.space_id = c.id
          AND o.starts_at > w.a - interval '25 hours' AND o.starts_at <= w.a AND o.ends_at > w.a
        LIMIT 1
    ) first
    CROSS JOIN LATERAL (
        SELECT 1 FROM spaces_openingspan o WHERE o.space_id = c.id
          AND o.starts_at > w.b - interval '25 hours' AND o.starts_at < w.b AND o.ends_at >= w.b
        LIMIT 1
    ) last
    WHERE c.through) every GROUP BY 1
),"""

# Kept answers (spaces/services/needs.py). Bit n is need n of all. What holds at any time is summed
# up already; only what depends on the time is read row by row. With times an answer must hold
# through every one of them: the weakest counts. Without, the best of the week does.
NEEDS = """,
timed AS (
    SELECT n.venue_id, n.space_id,
        coalesce(bit_or(n.bit) FILTER (WHERE n.state = 'yes'), 0) AS yes,
        coalesce(bit_or(n.bit) FILTER (WHERE n.state = 'unknown'), 0) AS unknown,
        coalesce(bit_or(n.bit) FILTER (WHERE n.state = 'no'), 0) AS no
    FROM (
        SELECT n.venue_id, n.space_id, n.state,
            1::bigint << (array_position(%(needs)s::text[], n.need::text) - 1) AS bit
        FROM spaces_spaceneed n
        WHERE NOT n.is_always AND n.need = ANY(%(needs)s::text[]) AND {when}
    ) n GROUP BY 1, 2
)"""

NEEDED_AT_TIMES = """EXISTS (
            SELECT 1 FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[],
                %(from_minutes)s::int[], %(to_minutes)s::int[]) AS t(a, b, m, n_)
            WHERE (n.starts_at IS NULL OR n.starts_at < t.b)
              AND (n.ends_at IS NULL OR n.ends_at > t.a)
              AND ((n.from_minute < t.n_ AND n.to_minute > t.m)
                OR (n.from_minute + 10080 < t.n_ AND n.to_minute + 10080 > t.m)))"""
NEEDED_NOW = """((n.starts_at IS NULL OR n.starts_at <= %(now)s::timestamptz)
              AND (n.ends_at IS NULL OR n.ends_at > %(now)s::timestamptz))"""

NEED_COLUMNS_WEAKEST = """
    coalesce(always.yes, 0) | coalesce(timed.yes & ~timed.unknown & ~timed.no, 0),
    coalesce(always.no, 0) | coalesce(timed.no, 0)"""
NEED_COLUMNS_BEST = """
    coalesce(always.yes, 0) | coalesce(timed.yes, 0),
    coalesce(always.no, 0) | coalesce(timed.no & ~timed.yes & ~timed.unknown, 0)"""
NEED_JOIN = """
LEFT JOIN spaces_needmasks always ON always.space_id = cand.id
LEFT JOIN timed ON timed.space_id = cand.id"""
# Of a venue that is booked elsewhere nobody chooses a room: its best one answers.
NEED_JOIN_OF_VENUE = """
LEFT JOIN spaces_needmasks always
    ON always.venue_id = cand.venue_id AND always.space_id IS NULL
LEFT JOIN timed ON timed.venue_id = cand.venue_id AND timed.space_id IS NULL"""

# Great-circle distance in metres from the place asked for.
METRES = """(2 * 6371000 * asin(sqrt(least(1,
    power(sin(radians(v.latitude - %(latitude)s::float8) / 2), 2)
    + cos(radians(%(latitude)s::float8)) * cos(radians(v.latitude))
    * power(sin(radians(v.longitude - %(longitude)s::float8) / 2), 2)))))"""

BOX = """ AND v.latitude BETWEEN %(south)s::float8 AND %(north)s::float8
    AND v.longitude BETWEEN %(west)s::float8 AND %(east)s::float8"""

RADIUS = " AND v.metres <= %(radius)s::float8"
PEOPLE = " AND (s.capacity IS NULL OR s.capacity >= %(people)s::bigint)"
VENUE_KINDS = " AND v.kind = ANY(%(venue_kinds)s::text[])"
SPACE_KINDS = " AND s.kind = ANY(%(space_kinds)s::text[])"
COUNCIL = " AND v.council_id = %(council)s::bigint"
VENUES = " AND v.id = ANY(%(venues)s::bigint[])"

CANDIDATES = """
cand AS MATERIALIZED (
    SELECT s.id, s.venue_id, s.capacity, s.hours_known, s.expanded_until,
        s.least_minutes, s.longest_minutes, s.open_through_closed_hours AS through,
        s.setup_minutes, s.cleardown_minutes, v.notice_hours, v.booking_window_days, v.metres
    FROM spaces_space s JOIN (
        SELECT v.id, v.notice_hours, v.booking_window_days, {metres} AS metres
        FROM spaces_venue v
        WHERE v.visibility = 'public' AND v.booking_mode = 'here'{venue_where}
    ) v ON v.id = s.venue_id
    WHERE s.is_bookable{space_where}
)"""

WINDOWS = """
WITH w AS MATERIALIZED (
    SELECT 1::bigint << (o::int - 1) AS m, a, b, joined
    FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[], %(joined)s::boolean[])
         WITH ORDINALITY AS t(a, b, joined, o)
)"""

# Claims alone: which atoms something holds, in which windows.
HIT = """
hit AS (
    SELECT c.space_id, bit_or(w.m) AS m FROM w CROSS JOIN LATERAL (
        SELECT c.space_id FROM spaces_claim c
        WHERE c.active AND NOT c.is_long AND c.starts_at > w.a - interval '6 hours'
          AND c.starts_at < w.b AND c.ends_at > w.a
          AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
        OFFSET 0
    ) c GROUP BY 1
    UNION ALL
    SELECT c.space_id, w.m FROM w JOIN spaces_claim c
      ON c.active AND c.is_long AND c.starts_at < w.b AND c.ends_at > w.a
     AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
)"""

QUESTION = """
{windows},{candidates},
margin AS MATERIALIZED (
    SELECT make_interval(mins => max(greatest(setup_minutes, cleardown_minutes))) AS most FROM cand
),
op_one AS (
    SELECT o.space_id, bit_or(w.m) AS m FROM w CROSS JOIN LATERAL (
        SELECT o.space_id FROM spaces_openingspan o
        WHERE o.starts_at <= w.a AND o.starts_at > w.a - interval '25 hours' AND o.ends_at >= w.b
        OFFSET 0
    ) o GROUP BY 1
),{open_more}
{hit},
beside AS (
    SELECT c.space_id, w.m, w.a, w.b, c.starts_at, c.ends_at FROM w CROSS JOIN LATERAL (
        SELECT c.space_id, c.starts_at, c.ends_at FROM spaces_claim c
        WHERE c.active AND NOT c.is_long AND c.kind = 1
          AND c.starts_at > w.a - interval '6 hours' - (SELECT most FROM margin)
          AND c.starts_at < w.a AND c.ends_at <= w.a
          AND c.ends_at > w.a - (SELECT most FROM margin)
          AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
        UNION ALL
        SELECT c.space_id, c.starts_at, c.ends_at FROM spaces_claim c
        WHERE c.active AND NOT c.is_long AND c.kind = 1
          AND c.starts_at >= w.b AND c.starts_at < w.b + (SELECT most FROM margin)
          AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
        UNION ALL
        SELECT c.space_id, c.starts_at, c.ends_at FROM spaces_claim c
        WHERE c.active AND c.is_long AND c.kind = 1
          AND c.starts_at < w.b + (SELECT most FROM margin)
          AND c.ends_at > w.a - (SELECT most FROM margin)
          AND (c.hold_until IS NULL OR c.hold_until > %(now)s::timestamptz)
        OFFSET 0
    ) c
),
busy AS (
    SELECT space_id, bit_or(m) AS m FROM (
        SELECT sp.space_id, hit.m FROM hit
        JOIN spaces_spacepart sp ON sp.part_id = hit.space_id
        UNION ALL
        SELECT cand.id, beside.m FROM beside
        JOIN spaces_spacepart sp ON sp.part_id = beside.space_id
        JOIN cand ON cand.id = sp.space_id
        WHERE (cand.setup_minutes > 0 OR cand.cleardown_minutes > 0)
          AND beside.starts_at < beside.b + make_interval(mins => cand.cleardown_minutes)
          AND beside.ends_at > beside.a - make_interval(mins => cand.setup_minutes)
    ) every GROUP BY 1
){more_ctes}
SELECT cand.id, cand.venue_id, cand.capacity, cand.hours_known, cand.expanded_until,
    cand.least_minutes, cand.longest_minutes, cand.notice_hours, cand.booking_window_days,
    cand.metres,
    coalesce(op_one.m, 0) | coalesce(op_more.m, 0), coalesce(busy.m, 0),{need_columns}
FROM cand LEFT JOIN op_one ON op_one.space_id = cand.id
LEFT JOIN op_more ON op_more.space_id = cand.id
LEFT JOIN busy ON busy.space_id = cand.id{more_joins}
"""

# The same for a question without times.
WHICH_ONLY = """
WITH {candidates}{more_ctes}
SELECT cand.id, cand.venue_id, cand.capacity, cand.hours_known, cand.expanded_until,
    cand.least_minutes, cand.longest_minutes, cand.notice_hours, cand.booking_window_days,
    cand.metres, 0, 0,{need_columns}
FROM cand{more_joins}
"""

# Places that are booked elsewhere, by phone or in writing, or nobody has said how: no times are
# known, so only place and needs.
TO_ASK = """
WITH cand AS MATERIALIZED (
    SELECT v.venue_id, NULL::bigint AS id, v.metres FROM (
        SELECT v.id AS venue_id, {metres} AS metres FROM spaces_venue v
        WHERE v.visibility = 'public'
            AND v.booking_mode IN ('elsewhere', 'phone', 'ask', 'not_known'){venue_where}
    ) v WHERE true{radius_where}
){more_ctes}
SELECT cand.venue_id, cand.metres,{need_columns}
FROM cand{venue_joins}
"""
