"""Rules that Django's models cannot say: peak use of stock, one exception per date, vacuum.

The stock triggers are deferred to the commit and lock the item there, so that two commits
cannot both see the other's claim missing. Class 5 is `spaces.locks.LockClass.STOCK`.
"""

from django.db import migrations

STOCK_RULE = """
CREATE FUNCTION spaces_stock_peak(p_item bigint, p_from timestamptz, p_until timestamptz)
RETURNS bigint LANGUAGE sql AS $$
    SELECT coalesce(max(at_once.total), 0) FROM (
        SELECT sum(other.quantity) AS total
        FROM spaces_stockclaim moment
        JOIN spaces_stockclaim other
          ON other.item_id = moment.item_id AND other.active
         AND other.starts_at <= greatest(moment.starts_at, p_from)
         AND other.ends_at > greatest(moment.starts_at, p_from)
         AND (other.hold_until IS NULL OR other.hold_until > clock_timestamp())
        WHERE moment.item_id = p_item AND moment.active
          AND moment.starts_at < p_until AND moment.ends_at > p_from
          AND (moment.hold_until IS NULL OR moment.hold_until > clock_timestamp())
        GROUP BY moment.id
    ) at_once
$$;

CREATE FUNCTION spaces_stock_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    there_are bigint;
    current spaces_stockclaim%ROWTYPE;
BEGIN
    -- Two spaces in the lock: the class is LockClass.STOCK.
    PERFORM pg_advisory_xact_lock(5, NEW.item_id::int);
    SELECT * INTO current FROM spaces_stockclaim WHERE id = NEW.id;
    IF NOT FOUND OR NOT current.active THEN
        RETURN NULL;
    END IF;
    SELECT quantity INTO there_are FROM spaces_stockitem WHERE id = current.item_id;
    IF spaces_stock_peak(current.item_id, current.starts_at, current.ends_at) > there_are THEN
        RAISE EXCEPTION 'more in use than there are'
            USING ERRCODE = '23514', CONSTRAINT = 'stock_over_use';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER stock_over_use
    AFTER INSERT OR UPDATE ON spaces_stockclaim
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.active) EXECUTE FUNCTION spaces_stock_guard();

CREATE FUNCTION spaces_stock_item_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5, NEW.id::int);
    IF spaces_stock_peak(NEW.id, now(), 'infinity'::timestamptz) > NEW.quantity THEN
        RAISE EXCEPTION 'more are promised than that'
            USING ERRCODE = '23514', CONSTRAINT = 'stock_over_use';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER stock_item_not_below_use
    AFTER UPDATE OF quantity ON spaces_stockitem
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.quantity < OLD.quantity) EXECUTE FUNCTION spaces_stock_item_guard();
"""

STOCK_RULE_UNDO = """
DROP TRIGGER stock_item_not_below_use ON spaces_stockitem;
DROP TRIGGER stock_over_use ON spaces_stockclaim;
DROP FUNCTION spaces_stock_item_guard();
DROP FUNCTION spaces_stock_guard();
DROP FUNCTION spaces_stock_peak(bigint, timestamptz, timestamptz);
"""

# The scheduler itself allows two exceptions for one date, and an end before its start.
SCHEDULER_RULES = """
CREATE UNIQUE INDEX schedule_one_exception ON schedule_occurrence (event_id, original_start);
ALTER TABLE schedule_event ADD CONSTRAINT schedule_event_order CHECK ("end" > start);
"""

SCHEDULER_RULES_UNDO = """
ALTER TABLE schedule_event DROP CONSTRAINT schedule_event_order;
DROP INDEX schedule_one_exception;
"""

# A stale visibility map makes the searches 1.5 times slower.
VACUUM = """
ALTER TABLE spaces_claim SET (autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE spaces_openingspan SET (autovacuum_vacuum_scale_factor = 0.01,
    autovacuum_vacuum_insert_scale_factor = 0.01);
"""

VACUUM_UNDO = """
ALTER TABLE spaces_claim RESET (autovacuum_vacuum_scale_factor,
    autovacuum_vacuum_insert_scale_factor, autovacuum_analyze_scale_factor);
ALTER TABLE spaces_openingspan RESET (autovacuum_vacuum_scale_factor,
    autovacuum_vacuum_insert_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0001_initial")]

    operations = [
        migrations.RunSQL(STOCK_RULE, STOCK_RULE_UNDO),
        migrations.RunSQL(SCHEDULER_RULES, SCHEDULER_RULES_UNDO),
        migrations.RunSQL(VACUUM, VACUUM_UNDO),
    ]
