"""The words people may type for a venue, written by the database whoever changes them."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# Names weigh most, then kinds and facilities, then the place, then descriptions.
WRITE = """
CREATE FUNCTION spaces_plain(words text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT lower(unaccent(translate(coalesce(words, ''), '_''’-', '   ')))
$$;

CREATE FUNCTION spaces_write_words(which bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO spaces_venuewords (venue_id, plain, stems)
    SELECT v.id,
        concat_ws(' ', spaces_plain(v.name), spaces_plain(v.kind), s.names, s.kinds, f.codes,
                  spaces_plain(v.address), spaces_plain(v.town)),
        setweight(to_tsvector('english', concat_ws(' ', spaces_plain(v.name), s.names)), 'A')
        || setweight(to_tsvector('english',
               concat_ws(' ', spaces_plain(v.kind), s.kinds, f.codes)), 'B')
        || setweight(to_tsvector('english',
               concat_ws(' ', spaces_plain(v.address), spaces_plain(v.town))), 'C')
        || setweight(to_tsvector('english',
               concat_ws(' ', spaces_plain(v.description), s.told)), 'D')
    FROM spaces_venue v
    LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT spaces_plain(name), ' ') AS names,
            string_agg(DISTINCT spaces_plain(kind), ' ') AS kinds,
            string_agg(DISTINCT spaces_plain(description), ' ') AS told
        FROM spaces_space WHERE venue_id = v.id
    ) s ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(DISTINCT spaces_plain(code), ' ') AS codes
        FROM spaces_facility WHERE venue_id = v.id
    ) f ON true
    WHERE v.id = which
    ON CONFLICT (venue_id) DO UPDATE SET plain = excluded.plain, stems = excluded.stems
$$;

CREATE FUNCTION spaces_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'spaces_venue' THEN
        PERFORM spaces_write_words(NEW.id);
    ELSIF TG_OP = 'DELETE' THEN
        -- A venue that goes takes its words along, perhaps before its spaces.
        PERFORM spaces_write_words(OLD.venue_id)
        FROM spaces_venuewords WHERE venue_id = OLD.venue_id;
    ELSE
        PERFORM spaces_write_words(NEW.venue_id);
        IF TG_OP = 'UPDATE' AND OLD.venue_id <> NEW.venue_id THEN
            PERFORM spaces_write_words(OLD.venue_id);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER venue_words_added AFTER INSERT ON spaces_venue
    FOR EACH ROW EXECUTE FUNCTION spaces_words_changed();
CREATE TRIGGER venue_words_changed
    AFTER UPDATE OF name, kind, description, address, town ON spaces_venue
    FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION spaces_words_changed();
CREATE TRIGGER space_words_added AFTER INSERT OR DELETE ON spaces_space
    FOR EACH ROW EXECUTE FUNCTION spaces_words_changed();
CREATE TRIGGER space_words_changed
    AFTER UPDATE OF venue_id, name, kind, description ON spaces_space
    FOR EACH ROW WHEN (OLD.venue_id <> NEW.venue_id OR OLD.name <> NEW.name
        OR OLD.kind <> NEW.kind OR OLD.description <> NEW.description)
    EXECUTE FUNCTION spaces_words_changed();
CREATE TRIGGER facility_words_changed AFTER INSERT OR DELETE OR UPDATE OF code ON spaces_facility
    FOR EACH ROW EXECUTE FUNCTION spaces_words_changed();

SELECT spaces_write_words(id) FROM spaces_venue;
"""

UNDO = """
DROP TRIGGER facility_words_changed ON spaces_facility;
DROP TRIGGER space_words_changed ON spaces_space;
DROP TRIGGER space_words_added ON spaces_space;
DROP TRIGGER venue_words_changed ON spaces_venue;
DROP TRIGGER venue_words_added ON spaces_venue;
DROP FUNCTION spaces_words_changed();
DROP FUNCTION spaces_write_words(bigint);
DROP FUNCTION spaces_plain(text);
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0005_times_and_limits")]

    operations = [
        migrations.CreateModel(
            name="VenueWords",
            fields=[
                (
                    "venue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="spaces.venue",
                    ),
                ),
                ("plain", models.TextField(editable=False)),
                (
                    "stems",
                    django.contrib.postgres.search.SearchVectorField(editable=False),
                ),
            ],
            options={
                "verbose_name": "words of a venue",
                "verbose_name_plural": "words of venues",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["stems"], name="venue_words_by_stem"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["plain"],
                        name="venue_words_by_likeness",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
        migrations.RunSQL(WRITE, UNDO),
    ]
