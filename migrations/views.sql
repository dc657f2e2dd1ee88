-- What the portal may read: nothing but these views. Dropped and created again after every migration, on both engines.
--
-- Each view has contact_id, the viewer; joins the viewer's live grants; applies the release flags; and lists the public columns by
-- name. A column that is not here cannot reach a customer. On PostgreSQL the portal's reads run under a role that may select only these.
-- Order matters: later views stand on earlier ones, and they are dropped from the last to the first.
--
-- So that a page costs the same however much there is at other customers (scripts/bench.sh):
--   - Views join what a right hangs on; what is only shown (a name, a title) is a subselect. A list sorts all that its viewer sees and shows
--     a page of it: a join would be worked out for every row, a subselect is for those that are shown.
--   - What stands in a CASE is a subselect that IS NULL or not, rather than EXISTS: PostgreSQL may answer that for all rows at once, by
--     reading the whole of the other table.
--   - A row is joined to its location by the customer too: the indexes begin with it. COALESCE tells SQLite to begin with the locations: it
--     would otherwise go through all rows of a customer for a viewer with one location.

-- The signed-in person.
CREATE VIEW portal_contact AS
SELECT c.id AS contact_id, c.email, c.name, c.phone, c.lang, c.created_at
FROM contact c
WHERE c.state = 'active';

-- The viewer's live grants, one per customer.
CREATE VIEW portal_grant AS
SELECT g.contact_id, g.id, g.customer_id, cu.name AS customer_name, cu.words AS customer_words, cu.kind AS customer_kind,
    g.all_locations, g.may_submit, g.may_see_appointments, g.may_see_reports, g.may_download, g.may_see_colleagues, g.expires_at
FROM access_grant g
JOIN portal_contact c ON c.contact_id = g.contact_id
JOIN customer cu ON cu.id = g.customer_id
WHERE g.ended_at IS NULL;

-- Every location a live grant covers, with the rights that hold there. All other views stand on this one.
CREATE VIEW portal_location AS
SELECT g.contact_id, l.id, l.customer_id, g.customer_name, l.name, l.street, l.postal_code, l.city, l.zone,
    g.customer_words || l.words AS words, g.may_submit, g.may_see_appointments, g.may_see_reports, g.may_download, g.may_see_colleagues
FROM portal_grant g
JOIN location l ON l.customer_id = g.customer_id
WHERE g.all_locations
    OR EXISTS (SELECT 1 FROM grant_location gl WHERE gl.grant_id = g.id AND gl.location_id = l.id);

-- The viewer's sessions.
CREATE VIEW portal_session AS
SELECT s.contact_id, s.id, s.customer_id, s.created_at, s.last_seen_at, s.expires_at, s.user_agent
FROM contact_session s
JOIN portal_contact c ON c.contact_id = s.contact_id
WHERE s.ended_at IS NULL;

-- What the viewer chose about mails; topics without a row have their defaults.
CREATE VIEW portal_notification_choice AS
SELECT n.contact_id, n.topic, n.timing, n.scope
FROM notification_choice n
JOIN portal_contact c ON c.contact_id = n.contact_id;

-- The viewer's live calendar feed, without what its link is made of.
CREATE VIEW portal_calendar_feed AS
SELECT f.contact_id, f.id, f.created_at, f.fetched_at
FROM calendar_feed f
JOIN portal_contact c ON c.contact_id = f.contact_id
WHERE f.ended_at IS NULL;

-- The service company itself: its name, the number to call in danger, and what its portal wears.
CREATE VIEW portal_company AS
SELECT i.company, i.emergency_phone, i.demo_day, i.accent, l.version AS logo_version, l.width AS logo_width, l.height AS logo_height
FROM installation i
LEFT JOIN logo l ON l.id = i.id;

-- The logo's picture.
CREATE VIEW portal_logo AS
SELECT l.content, l.version
FROM logo l;

-- The company's own words for public statuses: as public as its name.
CREATE VIEW portal_status_word AS
SELECT w.status, w.lang, w.word
FROM status_word w;

-- What the viewer is writing, while it may send requests at all. The location may have left the grant meanwhile: the text stays, the
-- location does not.
CREATE VIEW portal_draft AS
SELECT d.contact_id, d.id, l.id AS location_id, d.kind, d.title, d.description, d.on_site_contact, d.urgency, d.timing, d.windows,
    d.created_at, d.updated_at
FROM draft d
JOIN portal_contact c ON c.contact_id = d.contact_id
LEFT JOIN portal_location l ON l.contact_id = d.contact_id AND l.id = d.location_id AND l.may_submit
WHERE d.submitted_at IS NULL
    AND EXISTS (SELECT 1 FROM portal_location s WHERE s.contact_id = d.contact_id AND s.may_submit);

CREATE VIEW portal_draft_file AS
SELECT d.contact_id, a.id, a.draft_id, a.name, a.media_type, a.size, a.sha256, a.storage_key, a.preview_key, a.preview_width,
    a.preview_height, a.created_at
FROM attachment a
JOIN portal_draft d ON d.id = a.draft_id;

-- Requests: the viewer's own, and others' at the same locations with the right to see colleagues' requests.
CREATE VIEW portal_request AS
SELECT l.contact_id, r.id, r.number, r.customer_id, l.customer_name, r.location_id, l.name AS location_name, l.zone, r.kind, r.title,
    r.description, r.on_site_contact, r.urgency, r.timing, r.status, r.question_open, r.reject_reason, r.public_note, r.withdrawn,
    r.submitted_at, r.reviewed_at, r.decided_at, r.planned_at, r.closed_at, r.updated_at, r.version, r.duplicate_of,
    CASE WHEN r.contact_id = l.contact_id THEN TRUE ELSE FALSE END AS own,
    CASE WHEN r.recorded_by IS NULL THEN FALSE ELSE TRUE END AS recorded_by_team,
    (SELECT sender.name FROM contact sender WHERE sender.id = r.contact_id) AS sender_name, l.may_submit,
    CASE WHEN (SELECT t.status FROM target t WHERE t.customer_id = r.customer_id AND t.location_id = r.location_id AND t.request_id = r.id
        AND t.status = 'done') IS NULL THEN FALSE ELSE TRUE END AS completed,
    CASE WHEN (SELECT MIN(a.starts_at) FROM target t JOIN appointment a ON a.target_id = t.id
        WHERE t.request_id = r.id AND t.status = 'open' AND a.shared AND a.status = 'scheduled') IS NULL THEN FALSE ELSE TRUE END
        AS visit_ahead
FROM request r
JOIN portal_location l ON l.id = r.location_id AND r.customer_id = COALESCE(l.customer_id, l.customer_id)
WHERE r.contact_id = l.contact_id OR l.may_see_colleagues;

-- The work for a request, by its ids alone: appointments, reports and follow-ups of a request are asked for by them. In their own views the
-- request is a subselect, which no index finds.
CREATE VIEW portal_request_target AS
SELECT r.contact_id, r.id AS request_id, t.id
FROM portal_request r
JOIN target t ON t.request_id = r.id;

CREATE VIEW portal_request_window AS
SELECT r.contact_id, w.request_id, w.position, w.on_date, w.from_time, w.until_time
FROM request_window w
JOIN portal_request r ON r.id = w.request_id;

-- Messages name the customer's people, but not the company's: they come from the team.
CREATE VIEW portal_request_message AS
SELECT r.contact_id, m.id, m.request_id, m.form_key, m.body, m.question, m.sent_at, sender.name AS sender_name,
    CASE WHEN m.staff_id IS NULL THEN FALSE ELSE TRUE END AS from_team,
    CASE WHEN m.contact_id = r.contact_id THEN TRUE ELSE FALSE END AS own
FROM request_message m
JOIN portal_request r ON r.id = m.request_id
LEFT JOIN contact sender ON sender.id = m.contact_id;

-- The customer's own uploads with a request, and files that staff sent with a message. Own uploads need no download right.
CREATE VIEW portal_request_file AS
SELECT r.contact_id, a.id, a.request_id, a.message_id, a.name, a.media_type, a.size, a.sha256, a.storage_key, a.preview_key,
    a.preview_width, a.preview_height, a.created_at, CASE WHEN a.contact_id = r.contact_id THEN TRUE ELSE FALSE END AS own
FROM attachment a
JOIN portal_request r ON r.id = a.request_id
JOIN portal_location l ON l.id = r.location_id AND l.contact_id = r.contact_id
WHERE a.contact_id IS NOT NULL AND (a.contact_id = r.contact_id OR l.may_download)
UNION ALL
SELECT r.contact_id, a.id, r.id, a.message_id, a.name, a.media_type, a.size, a.sha256, a.storage_key, a.preview_key, a.preview_width,
    a.preview_height, a.created_at, CASE WHEN a.contact_id = r.contact_id THEN TRUE ELSE FALSE END AS own
FROM attachment a
JOIN request_message m ON m.id = a.message_id
JOIN portal_request r ON r.id = m.request_id
JOIN portal_location l ON l.id = r.location_id AND l.contact_id = r.contact_id
WHERE a.contact_id = r.contact_id OR l.may_download;

-- Shared appointments. The request is named only to those who may see it: by subselects, because SQLite would otherwise work out the
-- whole of portal_request for an outer join with it. changed_at is the newest public event: what only the office changed does not show.
CREATE VIEW portal_appointment AS
SELECT l.contact_id, a.id, a.target_id, a.customer_id, l.customer_name, a.location_id, l.name AS location_name, l.street, l.postal_code,
    l.city, l.zone, (SELECT t.public_title FROM target t WHERE t.id = a.target_id) AS title, a.on_date, a.from_time, a.until_time,
    a.starts_at, a.ends_at, a.status, a.sequence, a.cancel_reason, a.shared_at, l.may_submit,
    COALESCE((SELECT MAX(e.at) FROM event e JOIN timeline_kind k ON k.event_kind = e.kind WHERE e.appointment_id = a.id), a.shared_at)
        AS changed_at,
    (SELECT r.id FROM target t JOIN portal_request r ON r.id = t.request_id WHERE t.id = a.target_id AND r.contact_id = l.contact_id)
        AS request_id,
    (SELECT r.number FROM target t JOIN portal_request r ON r.id = t.request_id WHERE t.id = a.target_id AND r.contact_id = l.contact_id)
        AS request_number
FROM appointment a
JOIN portal_location l ON l.id = a.location_id AND a.customer_id = COALESCE(l.customer_id, l.customer_id) AND l.may_see_appointments
WHERE a.shared;

-- Other times that the viewer itself suggested, for appointments that it sees. Nobody else at the location sees them.
CREATE VIEW portal_appointment_suggestion AS
SELECT a.contact_id, s.id, s.appointment_id, a.zone, a.status AS appointment_status, s.form_key, s.message, s.status, s.answer,
    s.suggested_at
FROM appointment_suggestion s
JOIN portal_appointment a ON a.id = s.appointment_id AND a.contact_id = s.contact_id;

CREATE VIEW portal_suggestion_window AS
SELECT s.contact_id, w.suggestion_id, w.position, w.on_date, w.from_time, w.until_time
FROM suggestion_window w
JOIN portal_appointment_suggestion s ON s.id = w.suggestion_id;

-- Open work in reduced form: only what the viewer already knows of, by its request or by a shared appointment.
CREATE VIEW portal_open_work AS
SELECT l.contact_id, t.id, t.customer_id, l.customer_name, t.location_id, l.name AS location_name, l.zone, t.public_title AS title,
    t.created_at,
    (SELECT r.id FROM portal_request r WHERE r.id = t.request_id AND r.contact_id = l.contact_id) AS request_id,
    (SELECT r.number FROM portal_request r WHERE r.id = t.request_id AND r.contact_id = l.contact_id) AS request_number
FROM target t
JOIN portal_location l ON l.id = t.location_id AND l.may_see_appointments
WHERE t.status = 'open'
    AND ((SELECT r.id FROM portal_request r WHERE r.id = t.request_id AND r.contact_id = l.contact_id) IS NOT NULL
        OR (SELECT MIN(a.starts_at) FROM appointment a WHERE a.target_id = t.id AND a.shared AND a.status <> 'cancelled') IS NOT NULL);

-- Live releases, as frozen.
CREATE VIEW portal_report AS
SELECT l.contact_id, rel.report_id AS id, rel.id AS release_id, rel.number AS version, rel.title, rel.summary, rel.message,
    rel.released_at, rel.target_id, rel.customer_id, l.customer_name, rel.location_id, l.name AS location_name, l.street, l.postal_code,
    l.city, l.zone,
    (SELECT a.on_date FROM report rep JOIN visit v ON v.id = rep.visit_id JOIN appointment a ON a.id = v.appointment_id
        WHERE rep.id = rel.report_id) AS visit_date,
    (SELECT t.public_title FROM target t WHERE t.id = rel.target_id) AS work_title,
    (SELECT r.id FROM target t JOIN portal_request r ON r.id = t.request_id WHERE t.id = rel.target_id AND r.contact_id = l.contact_id)
        AS request_id,
    (SELECT r.number FROM target t JOIN portal_request r ON r.id = t.request_id
        WHERE t.id = rel.target_id AND r.contact_id = l.contact_id) AS request_number, l.may_download,
    CASE WHEN (SELECT o.release_id FROM release_opened o WHERE o.release_id = rel.id AND o.contact_id = l.contact_id) IS NULL
        THEN FALSE ELSE TRUE END AS opened
FROM report_release rel
JOIN portal_location l ON l.id = rel.location_id AND rel.customer_id = COALESCE(l.customer_id, l.customer_id) AND l.may_see_reports
WHERE rel.ended_at IS NULL;

-- Released files of live releases, for those who may download.
CREATE VIEW portal_report_file AS
SELECT p.contact_id, a.id, p.id AS report_id, p.release_id, f.public_name AS name, f.caption, f.position, a.media_type, a.size, a.sha256,
    a.storage_key, a.preview_key, a.preview_width, a.preview_height
FROM release_attachment f
JOIN portal_report p ON p.release_id = f.release_id AND p.may_download
JOIN attachment a ON a.id = f.attachment_id;

-- The one place a download is looked up: whatever the viewer may fetch, under its public name.
CREATE VIEW portal_file AS
SELECT contact_id, id, name, media_type, size, sha256, storage_key, preview_key FROM portal_draft_file
UNION ALL
SELECT contact_id, id, name, media_type, size, sha256, storage_key, preview_key FROM portal_request_file
UNION ALL
SELECT contact_id, id, name, media_type, size, sha256, storage_key, preview_key FROM portal_report_file;

-- Shared follow-ups. target_id is the work that they came out of.
CREATE VIEW portal_follow_up AS
SELECT l.contact_id, f.id, rep.target_id, f.customer_id, l.customer_name, f.location_id, l.name AS location_name, l.zone, f.status,
    f.public_text AS text, f.shared_at, f.planned_at, f.done_at, p.report_id, p.title AS report_title, n.ends_at AS next_ends_at,
    n.on_date AS next_on_date, n.from_time AS next_from_time, n.until_time AS next_until_time,
    (SELECT r.id FROM target t JOIN portal_request r ON r.id = t.request_id WHERE t.id = rep.target_id AND r.contact_id = l.contact_id)
        AS request_id,
    (SELECT r.number FROM target t JOIN portal_request r ON r.id = t.request_id
        WHERE t.id = rep.target_id AND r.contact_id = l.contact_id) AS request_number
FROM follow_up f
JOIN portal_location l ON l.id = f.location_id AND l.may_see_reports
JOIN report rep ON rep.id = f.report_id
LEFT JOIN report_release p ON p.report_id = f.report_id AND p.ended_at IS NULL
LEFT JOIN appointment n ON l.may_see_appointments AND n.id = (SELECT x.id FROM appointment x
    WHERE x.target_id = f.target_id AND x.shared AND x.status = 'scheduled' ORDER BY x.starts_at, x.id LIMIT 1)
WHERE f.shared AND f.status <> 'cancelled';

-- What happened, for kinds on the allow-list, and only while its noun is visible: nothing is left behind by a withdrawal.
-- target_id is the work that an entry belongs to, for all but those of a request itself.
CREATE VIEW portal_timeline AS
SELECT r.contact_id, e.seq, e.at, e.kind, k.noun, r.id AS subject_id, r.customer_id, r.location_id, r.location_name, r.zone, r.title,
    NULL AS target_id
FROM event e
JOIN timeline_kind k ON k.event_kind = e.kind AND k.noun = 'request'
JOIN portal_request r ON r.id = e.request_id
UNION ALL
SELECT a.contact_id, e.seq, e.at, e.kind, k.noun, a.id, a.customer_id, a.location_id, a.location_name, a.zone, a.title, a.target_id
FROM event e
JOIN timeline_kind k ON k.event_kind = e.kind AND k.noun = 'appointment'
JOIN portal_appointment a ON a.id = e.appointment_id
UNION ALL
SELECT p.contact_id, e.seq, e.at, e.kind, k.noun, p.id, p.customer_id, p.location_id, p.location_name, p.zone, p.title, p.target_id
FROM event e
JOIN timeline_kind k ON k.event_kind = e.kind AND k.noun = 'report'
JOIN portal_report p ON p.release_id = e.release_id
UNION ALL
SELECT f.contact_id, e.seq, e.at, e.kind, k.noun, f.id, f.customer_id, f.location_id, f.location_name, f.zone, f.text, f.target_id
FROM event e
JOIN timeline_kind k ON k.event_kind = e.kind AND k.noun = 'follow_up'
JOIN portal_follow_up f ON f.id = e.follow_up_id
-- Shared, taken back and shared again: only the sharing in force is told.
WHERE e.kind <> 'follow_up_shared' OR e.at = f.shared_at;

-- What an open page is told of: that things of a kind changed for its reader, and when, but never which. Only by events of kinds on the
-- allow-list, each by the right that its thing needs. `seq` is for the server alone: it would tell how much happens at all customers.
-- CROSS JOIN makes SQLite begin with the few new events; PostgreSQL finds that by itself.
CREATE VIEW portal_change AS
SELECT r.contact_id, e.seq, e.at, k.change
FROM event e
CROSS JOIN change_kind k
CROSS JOIN portal_request r
WHERE k.event_kind = e.kind AND k.change = 'request' AND r.id = e.request_id
    AND (e.appointment_id IS NULL OR (SELECT a.id FROM appointment a WHERE a.id = e.appointment_id AND a.shared) IS NOT NULL)
UNION ALL
SELECT a.contact_id, e.seq, e.at, k.change
FROM event e
CROSS JOIN change_kind k
CROSS JOIN portal_appointment a
WHERE k.event_kind = e.kind AND k.change = 'appointment' AND a.id = e.appointment_id
UNION ALL
-- Work that the viewer knows of, by its request or by a shared appointment.
SELECT l.contact_id, e.seq, e.at, k.change
FROM event e
CROSS JOIN change_kind k
CROSS JOIN target t
CROSS JOIN portal_location l
WHERE k.event_kind = e.kind AND k.change = 'appointment' AND e.appointment_id IS NULL AND t.id = e.target_id
    AND l.id = t.location_id AND l.may_see_appointments
    AND ((SELECT r.id FROM portal_request r WHERE r.id = t.request_id AND r.contact_id = l.contact_id) IS NOT NULL
        OR (SELECT MIN(a.starts_at) FROM appointment a WHERE a.target_id = t.id AND a.shared) IS NOT NULL)
UNION ALL
-- A withdrawn report is seen no more, so the location says who may know.
SELECT l.contact_id, e.seq, e.at, k.change
FROM event e
CROSS JOIN change_kind k
CROSS JOIN portal_location l
WHERE k.event_kind = e.kind AND k.change = 'report' AND l.id = e.location_id AND l.may_see_reports
UNION ALL
SELECT l.contact_id, e.seq, e.at, k.change
FROM event e
CROSS JOIN change_kind k
CROSS JOIN follow_up f
CROSS JOIN portal_location l
WHERE k.event_kind = e.kind AND k.change = 'follow_up' AND f.id = e.follow_up_id AND (f.shared OR e.kind = 'follow_up_unshared')
    AND l.id = f.location_id AND l.may_see_reports
UNION ALL
SELECT c.contact_id, e.seq, e.at, k.change
FROM event e
CROSS JOIN change_kind k
CROSS JOIN portal_contact c
WHERE k.event_kind = e.kind AND k.change = 'access' AND c.contact_id = e.contact_id;
