"""What is used of free hours, vouchers and grants is counted by the database itself.

The row of the source is changed with each use, so two uses at once wait for each other there,
and the constraints (`allowance_not_overspent` and its like) refuse the one that is too many.
"""

from django.db import migrations

COUNT = """
CREATE FUNCTION bookings_support_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counts CONSTANT text := format('UPDATE %I SET used = used + $1 WHERE id = $2', TG_ARGV[0]);
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.source_id = NEW.source_id THEN
        EXECUTE counts USING
            (CASE WHEN NEW.released_at IS NULL THEN NEW.counted ELSE 0 END)
            - (CASE WHEN OLD.released_at IS NULL THEN OLD.counted ELSE 0 END),
            NEW.source_id;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.released_at IS NULL THEN
        EXECUTE counts USING -OLD.counted, OLD.source_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.released_at IS NULL THEN
        EXECUTE counts USING NEW.counted, NEW.source_id;
    END IF;
    RETURN NULL;
END $$;
"""
UNDO = "DROP FUNCTION bookings_support_count();"
PAIRS = (("allowancespend", "allowance"), ("voucheruse", "voucher"), ("grantshare", "grant"))


def trigger(use: str, source: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {source}_is_counted AFTER INSERT OR UPDATE OR DELETE ON bookings_{use}"
        f" FOR EACH ROW EXECUTE FUNCTION bookings_support_count('bookings_{source}');",
        f"DROP TRIGGER {source}_is_counted ON bookings_{use};",
    )


class Migration(migrations.Migration):
    dependencies = [("bookings", "0011_support")]

    operations = [
        migrations.RunSQL(COUNT, UNDO),
        *(trigger(use, source) for use, source in PAIRS),
    ]
