"""What one source says of one place must agree with itself; looked at when the change commits."""

from django.db import migrations

RULE = """
CREATE FUNCTION spaces_access_fact_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM spaces_accessfact one
        JOIN (VALUES ('entrance_step_free', 'entrance_steps', 'yes', true),
                     ('changing_places', 'accessible_toilet', 'no', false),
                     ('toilet_room_size', 'accessible_toilet', 'no', false),
                     ('ramp_gradient', 'ramp_type', 'no', false),
                     ('lift_car_size', 'lift', 'no', false),
                     ('lift_audio_and_tactile', 'lift', 'no', false)
             ) AS pair(code, other, value, only_here)
          ON pair.code = one.code
        JOIN spaces_accessfact other ON other.code = pair.other AND other.value = pair.value
         AND other.venue_id = one.venue_id AND other.source = one.source
         AND other.space_id IS NOT DISTINCT FROM one.space_id
         AND other.node_id IS NOT DISTINCT FROM one.node_id
         AND other.link_id IS NOT DISTINCT FROM one.link_id
         AND other.superseded_by_id IS NULL
        WHERE one.venue_id = NEW.venue_id AND one.source = NEW.source AND one.value = 'yes'
          AND one.superseded_by_id IS NULL
          AND one.space_id IS NOT DISTINCT FROM NEW.space_id
          AND one.node_id IS NOT DISTINCT FROM NEW.node_id
          AND one.link_id IS NOT DISTINCT FROM NEW.link_id
          -- A venue may well have a level door and another with steps.
          AND (NOT pair.only_here OR num_nonnulls(one.space_id, one.node_id, one.link_id) > 0)
    ) THEN
        RAISE EXCEPTION 'two answers that cannot both be right'
            USING ERRCODE = '23514', CONSTRAINT = 'access_fact_agrees';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER access_fact_agrees
    AFTER INSERT OR UPDATE OF value, superseded_by_id ON spaces_accessfact
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (
        NEW.superseded_by_id IS NULL AND NEW.source <> 'imported'
        AND NEW.code IN ('entrance_step_free', 'entrance_steps', 'changing_places',
            'accessible_toilet', 'toilet_room_size', 'ramp_gradient', 'ramp_type', 'lift',
            'lift_car_size', 'lift_audio_and_tactile')
    ) EXECUTE FUNCTION spaces_access_fact_agrees();
"""

NO_RULE = """
DROP TRIGGER access_fact_agrees ON spaces_accessfact;
DROP FUNCTION spaces_access_fact_agrees();
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0012_calendars")]

    operations = [migrations.RunSQL(RULE, NO_RULE)]
