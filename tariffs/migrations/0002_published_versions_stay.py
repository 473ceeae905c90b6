"""The database keeps published versions as they are: a kept quote replays for ever.

Only the last day may move, when other rates follow.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION tariffs_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.document, NEW.valid_from, NEW.published_at, NEW.tariff_id)
        IS DISTINCT FROM (OLD.document, OLD.valid_from, OLD.published_at, OLD.tariff_id) THEN
        RAISE EXCEPTION 'published rates are never edited'
            USING ERRCODE = '23514', CONSTRAINT = 'tariff_version_published_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER tariff_version_published_stays
    BEFORE UPDATE ON tariffs_tariffversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION tariffs_version_guard();
"""

UNGUARD = """
DROP TRIGGER tariff_version_published_stays ON tariffs_tariffversion;
DROP FUNCTION tariffs_version_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("tariffs", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
