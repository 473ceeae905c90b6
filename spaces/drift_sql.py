"""The comparisons of `spaces/drift.py`. Each gives rows of (what, words)."""

from spaces.models.claim import ClaimKind

TABLES = """
CREATE TEMP TABLE audit_wanted (
    space_id bigint, starts_at timestamptz, ends_at timestamptz, kind int,
    owner_kind text, owner_id bigint, uid uuid, sequence int, hold_until timestamptz
) ON COMMIT DROP;
CREATE TEMP TABLE audit_stock (
    item_id bigint, quantity int, starts_at timestamptz, ends_at timestamptz,
    owner_kind text, owner_id bigint, hold_until timestamptz
) ON COMMIT DROP;
"""

# `n` numbers equal rows, so that a claim taken twice is found as well.
CLAIMS = """
WITH have AS (
    SELECT c.*, row_number() OVER (PARTITION BY space_id, starts_at, ends_at, kind, owner_kind,
                                   owner_id, uid ORDER BY id) AS n
    FROM spaces_claim c
    WHERE active AND (hold_until IS NULL OR hold_until > %(now)s)
), want AS (
    SELECT w.*, row_number() OVER (PARTITION BY space_id, starts_at, ends_at, kind, owner_kind,
                                   owner_id, uid) AS n
    FROM audit_wanted w
    WHERE hold_until IS NULL OR hold_until > %(now)s
)
SELECT CASE WHEN have.id IS NULL THEN 'missing'
            WHEN NOT have.owner_kind = ANY(%(known)s) THEN 'unknown owner'
            WHEN want.space_id IS NULL THEN 'extra'
            ELSE 'different' END,
       format('%%s %%s on space %%s, %%s to %%s, kind %%s, uid %%s%%s',
              owner_kind, owner_id, space_id, starts_at, ends_at, kind, uid,
              CASE WHEN have.id IS NOT NULL AND want.space_id IS NOT NULL THEN
                  format(': has sequence %%s and hold %%s, ought to have %%s and %%s',
                         have.sequence, coalesce(have.hold_until::text, 'none'),
                         want.sequence, coalesce(want.hold_until::text, 'none')) END)
FROM have FULL JOIN want
  USING (space_id, starts_at, ends_at, kind, owner_kind, owner_id, uid, n)
WHERE have.id IS NULL OR want.space_id IS NULL
   OR have.sequence <> want.sequence
   OR have.hold_until IS DISTINCT FROM want.hold_until
"""

ON_WHOLES = """
SELECT 'claimed directly',
       format('claim %%s is on space %%s, which is not taken by itself', c.id, c.space_id)
FROM spaces_claim c
WHERE c.active AND (c.hold_until IS NULL OR c.hold_until > %(now)s)
  AND NOT EXISTS (SELECT FROM spaces_spacepart p
                  WHERE p.space_id = c.space_id AND p.part_id = c.space_id)
"""

# One walk along each space's time: the latest end so far of all, of uses, of occupations.
OVERLAPS = f"""
WITH walk AS (
    SELECT id, space_id, starts_at, kind,
           max(ends_at) OVER so_far AS all_end,
           max(ends_at) FILTER (WHERE kind = {ClaimKind.USE:d}) OVER so_far AS use_end,
           max(ends_at) FILTER (WHERE kind = {ClaimKind.OCCUPATION:d}) OVER so_far AS stay_end
    FROM spaces_claim
    WHERE active AND (hold_until IS NULL OR hold_until > %(now)s)
    WINDOW so_far AS (PARTITION BY space_id ORDER BY starts_at, id
                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT 'overlap', format('claim %%s on space %%s begins %%s, inside another', id, space_id,
                         starts_at)
FROM walk
WHERE use_end > starts_at
   OR (kind = {ClaimKind.USE:d} AND all_end > starts_at)
   OR (kind = {ClaimKind.OCCUPATION:d} AND stay_end > starts_at)
"""  # noqa: S608 - numbers of our own

STOCK = """
WITH have AS (
    SELECT item_id, starts_at, ends_at, owner_kind, owner_id, hold_until,
           sum(quantity) AS quantity
    FROM spaces_stockclaim
    WHERE active AND (hold_until IS NULL OR hold_until > %(now)s)
    GROUP BY 1, 2, 3, 4, 5, 6
), want AS (
    SELECT item_id, starts_at, ends_at, owner_kind, owner_id, hold_until,
           sum(quantity) AS quantity
    FROM audit_stock
    WHERE hold_until IS NULL OR hold_until > %(now)s
    GROUP BY 1, 2, 3, 4, 5, 6
), paired AS (
    SELECT owner_kind, owner_id, item_id, starts_at, ends_at,
           have.quantity AS has, want.quantity AS wants,
           have.hold_until AS held, want.hold_until AS wanted_hold
    FROM have FULL JOIN want USING (item_id, starts_at, ends_at, owner_kind, owner_id)
)
SELECT CASE WHEN has IS NULL THEN 'stock missing'
            WHEN NOT owner_kind = ANY(%(known)s) THEN 'stock of unknown owner'
            WHEN wants IS NULL THEN 'stock extra'
            ELSE 'stock different' END,
       format('%%s %%s of item %%s, %%s to %%s: has %%s, ought to have %%s', owner_kind, owner_id,
              item_id, starts_at, ends_at, coalesce(has, 0), coalesce(wants, 0))
FROM paired
WHERE has IS DISTINCT FROM wants OR held IS DISTINCT FROM wanted_hold
"""

STOCK_PEAKS = """
WITH steps AS (
    SELECT item_id, starts_at AS moment, quantity AS step FROM spaces_stockclaim
    WHERE active AND (hold_until IS NULL OR hold_until > %(now)s)
    UNION ALL
    SELECT item_id, ends_at, -quantity FROM spaces_stockclaim
    WHERE active AND (hold_until IS NULL OR hold_until > %(now)s)
), summed AS (
    SELECT item_id, moment, sum(step) AS step FROM steps GROUP BY item_id, moment
), level AS (
    SELECT item_id, moment, sum(step) OVER (PARTITION BY item_id ORDER BY moment) AS out
    FROM summed
)
SELECT 'more out than there are',
       format('item %%s: %%s of %%s at %%s', item.id, level.out, item.quantity, level.moment)
FROM level JOIN spaces_stockitem item ON item.id = level.item_id
WHERE level.out > item.quantity AND level.moment >= %(now)s
"""
