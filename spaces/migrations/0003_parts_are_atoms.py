"""A space is taken by itself or is a whole of atoms, never both, and never across venues.

Looked at when the transaction commits, so that a space and its parts may be made in any order.
"""

from django.db import migrations

PARTS_RULE = """
CREATE FUNCTION spaces_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.space_id = OLD.part_id
           AND NOT EXISTS (SELECT FROM spaces_spacepart WHERE space_id = OLD.space_id
                           AND part_id = OLD.space_id)
           AND EXISTS (SELECT FROM spaces_spacepart WHERE part_id = OLD.part_id) THEN
            RAISE EXCEPTION 'other spaces are made of this one'
                USING ERRCODE = '23514', CONSTRAINT = 'space_parts_are_atoms';
        END IF;
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM spaces_spacepart WHERE id = NEW.id) THEN
        RETURN NULL;
    END IF;
    IF NEW.space_id = NEW.part_id THEN
        IF EXISTS (SELECT FROM spaces_spacepart WHERE space_id = NEW.space_id
                   AND part_id <> NEW.space_id) THEN
            RAISE EXCEPTION 'a whole is never a part of itself'
                USING ERRCODE = '23514', CONSTRAINT = 'space_parts_are_atoms';
        END IF;
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM spaces_spacepart WHERE space_id = NEW.space_id
               AND part_id = NEW.space_id)
       OR NOT EXISTS (SELECT FROM spaces_spacepart WHERE space_id = NEW.part_id
                      AND part_id = NEW.part_id)
       OR (SELECT venue_id FROM spaces_space WHERE id = NEW.space_id)
          <> (SELECT venue_id FROM spaces_space WHERE id = NEW.part_id) THEN
        RAISE EXCEPTION 'a whole is made of atoms of its own venue'
            USING ERRCODE = '23514', CONSTRAINT = 'space_parts_are_atoms';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER space_parts_are_atoms
    AFTER INSERT OR UPDATE OR DELETE ON spaces_spacepart
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION spaces_part_guard();
"""

PARTS_RULE_UNDO = """
DROP TRIGGER space_parts_are_atoms ON spaces_spacepart;
DROP FUNCTION spaces_part_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0002_database_rules")]

    operations = [migrations.RunSQL(PARTS_RULE, PARTS_RULE_UNDO)]
