-- One council, its organisation as operator, and a hundred hirers with somebody who books.
INSERT INTO accounts_council (name, slug, gss_code, website, contact_email, contact_phone)
VALUES ('Bench', 'bench', '', '', '', '');

INSERT INTO accounts_organisation (council_id, name, kind, is_incorporated, category,
    charity_number, company_number, email, phone, website, created_at)
SELECT c.id, CASE n WHEN 0 THEN 'Bench Council' ELSE 'Group ' || n END,
    CASE n WHEN 0 THEN 'council' ELSE 'community_group' END, n = 0, 'community', '', '', '', '', '', now()
FROM accounts_council c, generate_series(0, 100) n;

INSERT INTO accounts_operator (organisation_id, council_id, vat_status, contact_line)
SELECT o.id, o.council_id, 'not_registered', '' FROM accounts_organisation o WHERE o.kind = 'council';

-- 500 venues of four spaces each (or as many as asked for), spread over some ten miles.
INSERT INTO spaces_venue (council_id, operator_id, name, slug, kind, description, visibility,
    address, town, postcode, uprn, latitude, longitude, getting_there, booking_mode, booking_url,
    phone, email, website, how_to_ask, procedure, confirmation, answer_hours, notice_hours,
    booking_window_days, fire_limit, house_rules, source, source_key, created_at)
SELECT o.council_id, o.id, 'Venue ' || n, 'venue-' || n, (ARRAY['community_centre',
        'place_of_worship', 'library', 'school', 'studio', 'pub'])[1 + n %% 6], '', 'public',
    '', '', '', '', 51.40 + random() * 0.14, 0.00 + random() * 0.22, '', 'here', '', '', '', '', '',
    '', 'instant', 72, 0, 400, NULL, '', '', '', now()
FROM accounts_operator o, generate_series(1, %(venues)s) n;

-- In 200 venues the first three spaces are a hall and its two halves.
INSERT INTO spaces_space (venue_id, name, slug, kind, description, position, capacity, is_bookable,
    hours_known, expanded_until, setup_minutes, cleardown_minutes, least_minutes, longest_minutes,
    open_through_closed_hours, change_no)
SELECT v.id, 'Space ' || n, 'space-' || n,
    (ARRAY['hall', 'room', 'studio', 'kitchen'])[n], '', n, 20 + (random() * 180)::int, true,
    true, %(first)s::date + %(days)s + 300, CASE WHEN n = 4 THEN 30 ELSE 0 END,
    CASE WHEN n = 4 THEN 30 ELSE 0 END, 30, 1440, false, 0
FROM spaces_venue v, generate_series(1, %(rooms)s) n ORDER BY v.id, n;

INSERT INTO spaces_spacepart (space_id, part_id)
SELECT s.id, p.id FROM spaces_space s JOIN spaces_venue v ON v.id = s.venue_id
JOIN spaces_space p ON p.venue_id = s.venue_id
WHERE CASE WHEN s.position = 1 AND %(rooms)s > 2 AND substr(v.slug, 7)::int <= 200
    THEN p.position IN (2, 3)
    ELSE p.id = s.id END;

-- Rates that everybody pays: so much an hour for each space.
INSERT INTO tariffs_tariff (venue_id, picked_by) SELECT id, 'event_date' FROM spaces_venue;

INSERT INTO tariffs_tariffversion (tariff_id, valid_from, document, published_at)
SELECT t.id, '2020-01-01', jsonb_build_object('rounding', 'half_up', 'list_category', 'commercial',
    'rules', jsonb_build_array(jsonb_build_object('id', 'hour', 'kind', 'rate',
        'target', jsonb_build_object('each', (SELECT jsonb_agg(s.slug) FROM spaces_space s
            WHERE s.venue_id = t.venue_id)),
        'when', jsonb_build_object('category', (SELECT jsonb_agg(c) FROM unnest(ARRAY['private',
            'community', 'charity', 'young_people', 'faith', 'statutory', 'social_enterprise',
            'commercial']) c)),
        'quantity', jsonb_build_object('unit', 'hour', 'min', '1'), 'amount', '12.50'))), now()
FROM tariffs_tariff t;

-- What the narrowing of a list counts: guide prices, layouts, what is there.
INSERT INTO tariffs_guideprice (space_id, category, daypart, amount)
SELECT s.id, c, d, CASE s.id %% 7 WHEN 0 THEN NULL ELSE 5 + s.id %% 30 END FROM spaces_space s,
    unnest(ARRAY['private', 'community', 'charity', 'young_people', 'faith', 'statutory',
        'social_enterprise', 'commercial']) c,
    unnest(ARRAY['weekday', 'evening', 'weekend']) d;

INSERT INTO spaces_layout (space_id, kind, people)
SELECT s.id, k, 10 + (s.capacity * random())::int FROM spaces_space s,
    unnest(ARRAY['theatre', 'boardroom', 'dance', 'standing']) k WHERE s.id %% 5 > 0;

INSERT INTO spaces_facility (venue_id, code, value, note)
SELECT v.id, c, CASE WHEN random() < 0.5 THEN 'yes' ELSE 'no' END, '' FROM spaces_venue v,
    unnest(ARRAY['study_space', 'free_to_use', 'kitchen', 'wifi', 'stage']) c
WHERE v.id %% 3 > 0;

-- A postcode in the middle.
INSERT INTO spaces_place (kind, name, search_key, latitude, longitude)
VALUES ('postcode', 'ZE1 1AA', 'ze11aa', 51.47, 0.11);

-- Open daily; every tenth space round the clock, cut at midnight.
INSERT INTO spaces_openingspan (space_id, starts_at, ends_at)
SELECT s.id, (d + CASE s.id %% 10 WHEN 0 THEN time '00:00' ELSE time '08:00' END)
        AT TIME ZONE 'Europe/London',
    CASE s.id %% 10 WHEN 0 THEN (d + 1)::timestamp AT TIME ZONE 'Europe/London'
        ELSE (d + time '23:00') AT TIME ZONE 'Europe/London' END
FROM (SELECT %(first)s::date + n AS d FROM generate_series(0, %(days)s + 299) n) day, spaces_space s
ORDER BY day.d, random();

INSERT INTO spaces_accessfact (venue_id, space_id, code, value, choice, unit, note, source)
SELECT v.id, NULL, code, (ARRAY['yes', 'yes', 'no', 'unknown'])[1 + (random() * 3)::int], '', '', '',
    'owner'
FROM spaces_venue v, unnest(ARRAY['entrance_step_free', 'internal_route_step_free', 'accessible_toilet', 'hearing_loop']) code;

-- Uses in the order they were made, which is not the order of their times. A fifth of the atoms
-- keep 30 minutes free before and after. One in twenty was cancelled, one in a hundred is held.
-- Four slots a day; the chance of each is such that `claims` rows come out.
CREATE TEMPORARY TABLE bench_use AS
SELECT atom.id AS space_id, atom.setup_minutes > 0 AS has_buffers,
    (day.d + slot.starts) AT TIME ZONE 'Europe/London'
        + interval '15 minutes' * floor(random() * 3) AS starts_at,
    (day.d + slot.starts) AT TIME ZONE 'Europe/London' + interval '2 hours'
        + interval '15 minutes' * floor(random() * 3) AS ends_at,
    random() AS fate, gen_random_uuid() AS uid, random() AS made
FROM (SELECT %(first)s::date + n AS d FROM generate_series(0, %(days)s - 1) n) day,
    (SELECT p.id, p.setup_minutes FROM spaces_space p
     WHERE EXISTS (SELECT 1 FROM spaces_spacepart sp WHERE sp.part_id = p.id AND sp.space_id = p.id))
     atom,
    unnest(ARRAY[time '08:30', time '12:00', time '15:30', time '19:00']) AS slot(starts)
WHERE random() < %(claims)s / (%(days)s * 4 * (SELECT sum(CASE WHEN p.setup_minutes > 0 THEN 3
    ELSE 1 END) FROM spaces_space p WHERE EXISTS
    (SELECT 1 FROM spaces_spacepart sp WHERE sp.part_id = p.id AND sp.space_id = p.id)))::float;

INSERT INTO spaces_claim (space_id, starts_at, ends_at, kind, active, hold_until, owner_kind,
    owner_id, uid, sequence, changed_at)
SELECT space_id, starts_at, ends_at, kind, fate >= 0.05,
    CASE WHEN fate > 0.99 THEN now() + interval '2 days' END, 'bench', 1, uid, 0, now()
FROM (
    SELECT space_id, starts_at, ends_at, 1 AS kind, fate, uid, made FROM bench_use
    UNION ALL SELECT space_id, starts_at - interval '30 minutes', starts_at, 2, fate, uid, made
    FROM bench_use WHERE has_buffers
    UNION ALL SELECT space_id, ends_at, ends_at + interval '30 minutes', 3, fate, uid, made
    FROM bench_use WHERE has_buffers
) c ORDER BY made;

DROP TABLE bench_use;

-- Two thousand closures longer than six hours, through the night, which uses never reach.
INSERT INTO spaces_claim (space_id, starts_at, ends_at, kind, active, owner_kind, owner_id, uid,
    sequence, changed_at)
SELECT s.id, (d + time '23:00') AT TIME ZONE 'Europe/London',
    (d + 1 + time '06:30') AT TIME ZONE 'Europe/London', 4, true, 'bench', 1, gen_random_uuid(), 0,
    now()
FROM (SELECT p.id, %(first)s::date + floor(random() * %(days)s)::int AS d FROM spaces_space p
      WHERE EXISTS (SELECT 1 FROM spaces_spacepart sp WHERE sp.part_id = p.id AND sp.space_id = p.id)) s;

-- One room whose feed has 5,000 events: half an hour each, at a venue of its own.
INSERT INTO spaces_venue (council_id, operator_id, name, slug, kind, description, visibility,
    address, town, postcode, uprn, getting_there, booking_mode, booking_url, phone, email, website,
    how_to_ask, procedure, confirmation, answer_hours, notice_hours, booking_window_days, house_rules, source,
    source_key, created_at)
SELECT council_id, id, 'Busy place', 'busy-place', 'studio', '', 'public', '', '', '', '', '',
    'here', '', '', '', '', '', '', 'instant', 72, 0, 400, '', '', '', now()
FROM accounts_operator;

INSERT INTO spaces_space (venue_id, name, slug, kind, description, position, capacity, is_bookable,
    hours_known, expanded_until, setup_minutes, cleardown_minutes, least_minutes, longest_minutes,
    open_through_closed_hours, change_no)
SELECT id, 'Busy room', 'busy-room', 'room', '', 1, 10, true, true,
    %(first)s::date + %(days)s, 0, 0, 30, 1440, false, 0
FROM spaces_venue WHERE slug = 'busy-place';

INSERT INTO spaces_spacepart (space_id, part_id) SELECT id, id FROM spaces_space WHERE slug = 'busy-room';

INSERT INTO spaces_claim (space_id, starts_at, ends_at, kind, active, owner_kind, owner_id, uid,
    sequence, changed_at)
SELECT s.id, t, t + interval '30 minutes', 1, true, 'bench', 1, gen_random_uuid(), 0, now()
FROM spaces_space s, generate_series(1, 5000) n,
    LATERAL (SELECT ((%(first)s::date + %(days)s)::timestamp AT TIME ZONE 'Europe/London')
        - n * interval '30 minutes' AS t) t
WHERE s.slug = 'busy-room'
