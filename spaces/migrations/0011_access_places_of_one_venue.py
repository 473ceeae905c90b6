"""Rules that Django's models cannot say: a way, a fact and a fault stay within one venue."""

from django.db import migrations

RULE = """
CREATE FUNCTION spaces_access_refuse(p_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'of another venue' USING ERRCODE = '23514', CONSTRAINT = p_name;
END $$;

CREATE FUNCTION spaces_access_node_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.space_id IS NOT NULL AND NEW.venue_id IS DISTINCT FROM
            (SELECT venue_id FROM spaces_space WHERE id = NEW.space_id) THEN
        PERFORM spaces_access_refuse('access_node_in_one_venue');
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.venue_id <> OLD.venue_id THEN
        PERFORM spaces_access_refuse('access_node_in_one_venue');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_node_in_one_venue BEFORE INSERT OR UPDATE ON spaces_accessnode
    FOR EACH ROW EXECUTE FUNCTION spaces_access_node_guard();

CREATE FUNCTION spaces_access_link_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM spaces_accessnode
               WHERE id IN (NEW.low_id, NEW.high_id) AND venue_id <> NEW.venue_id) THEN
        PERFORM spaces_access_refuse('access_link_in_one_venue');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_link_in_one_venue BEFORE INSERT OR UPDATE ON spaces_accesslink
    FOR EACH ROW EXECUTE FUNCTION spaces_access_link_guard();

CREATE FUNCTION spaces_access_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.space_id IS NOT NULL AND NEW.venue_id IS DISTINCT FROM
            (SELECT venue_id FROM spaces_space WHERE id = NEW.space_id))
       OR (NEW.node_id IS NOT NULL AND NEW.venue_id IS DISTINCT FROM
            (SELECT venue_id FROM spaces_accessnode WHERE id = NEW.node_id))
       OR (NEW.link_id IS NOT NULL AND NEW.venue_id IS DISTINCT FROM
            (SELECT venue_id FROM spaces_accesslink WHERE id = NEW.link_id)) THEN
        PERFORM spaces_access_refuse('access_fact_in_one_venue');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_fact_in_one_venue
    BEFORE INSERT OR UPDATE OF venue_id, space_id, node_id, link_id ON spaces_accessfact
    FOR EACH ROW WHEN (num_nonnulls(NEW.space_id, NEW.node_id, NEW.link_id) > 0)
    EXECUTE FUNCTION spaces_access_fact_guard();

CREATE FUNCTION spaces_access_fault_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.space_id IS NOT NULL AND NEW.venue_id IS DISTINCT FROM
            (SELECT venue_id FROM spaces_space WHERE id = NEW.space_id))
       OR (NEW.node_id IS NOT NULL AND NEW.venue_id IS DISTINCT FROM
            (SELECT venue_id FROM spaces_accessnode WHERE id = NEW.node_id)) THEN
        PERFORM spaces_access_refuse('access_fault_in_one_venue');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_fault_in_one_venue BEFORE INSERT OR UPDATE ON spaces_accessfault
    FOR EACH ROW EXECUTE FUNCTION spaces_access_fault_guard();
"""

NO_RULE = """
DROP TRIGGER access_fault_in_one_venue ON spaces_accessfault;
DROP FUNCTION spaces_access_fault_guard();
DROP TRIGGER access_fact_in_one_venue ON spaces_accessfact;
DROP FUNCTION spaces_access_fact_guard();
DROP TRIGGER access_link_in_one_venue ON spaces_accesslink;
DROP FUNCTION spaces_access_link_guard();
DROP TRIGGER access_node_in_one_venue ON spaces_accessnode;
DROP FUNCTION spaces_access_node_guard();
DROP FUNCTION spaces_access_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("spaces", "0010_access_and_routes")]

    operations = [migrations.RunSQL(RULE, NO_RULE)]
