-- The whole schema, one text for SQLite and PostgreSQL.
--
-- Conventions
--   ids            UUID, version 4, minted by the server (domain/src/id.rs)
--   instants       BIGINT, microseconds since 1970 UTC
--   civil times    TEXT 'YYYY-MM-DD' and 'HH:MM' in the zone of the row's location
--   version        counts every change; an update names the version it read (compare and swap)
--   sets that grow are lookup tables, because SQLite cannot alter a CHECK; sets that are state machines are CHECKs
--   columns named internal_* or listed under "internal" below never appear in a portal_* view (views.sql)

CREATE TABLE installation (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    company TEXT NOT NULL,
    emergency_phone TEXT NOT NULL DEFAULT '',
    -- Where the office is: the weeks of its overview and the times of its log are those of the clock there.
    zone TEXT NOT NULL DEFAULT 'UTC',
    -- The portal's accent colour, '#0B5A5E'; empty for the product's.
    accent TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    -- Set when the database was made by `ordinavo demo`: the day it was built for.
    demo_day TEXT
);

-- The company's logo: a PNG that was made here of what came in, and its pixels. Its version is that of the installation when it came.
CREATE TABLE logo (
    id BIGINT PRIMARY KEY REFERENCES installation (id),
    content BYTEA NOT NULL,
    width BIGINT NOT NULL CHECK (width > 0),
    height BIGINT NOT NULL CHECK (height > 0),
    version BIGINT NOT NULL
);

-- What customers can read as a status, and the company's own words for it. Without one the product's word is said.
CREATE TABLE public_status (status TEXT PRIMARY KEY);
INSERT INTO public_status (status) VALUES
    ('submitted'), ('in_review'), ('answer_needed'), ('accepted'), ('planned'), ('completed'), ('rejected'), ('cancelled'), ('withdrawn'),
    ('appointment_scheduled'), ('appointment_moved'), ('appointment_unreported'), ('appointment_done'), ('appointment_no_access'),
    ('appointment_cancelled'), ('follow_up_required'), ('follow_up_planned'), ('follow_up_done');

CREATE TABLE status_word (
    status TEXT NOT NULL REFERENCES public_status (status),
    lang TEXT NOT NULL CHECK (lang IN ('en', 'de')),
    word TEXT NOT NULL CHECK (word <> ''),
    PRIMARY KEY (status, lang)
);

-- The journal's last number. Taken last in each transaction, so that a number is visible only once all lower ones are.
CREATE TABLE journal_counter (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    last_seq BIGINT NOT NULL
);
INSERT INTO journal_counter (id, last_seq) VALUES (1, 0);

-- ---------------------------------------------------------------------------------------------------- staff

CREATE TABLE staff (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('dispatcher', 'manager', 'admin')),
    lang TEXT NOT NULL DEFAULT 'en' CHECK (lang IN ('en', 'de')),
    -- Whether keys without a modifier do something at the desk.
    single_keys BOOLEAN NOT NULL DEFAULT TRUE,
    password_hash TEXT NOT NULL,
    last_sign_in_at BIGINT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE staff_session (
    id UUID PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    user_agent TEXT NOT NULL DEFAULT ''
);
CREATE INDEX staff_session_of_staff ON staff_session (staff_id) WHERE ended_at IS NULL;

-- ------------------------------------------------------------------------------------ customers and locations

CREATE TABLE customer_kind (kind TEXT PRIMARY KEY);
INSERT INTO customer_kind (kind) VALUES ('service'), ('maintenance'), ('facility'), ('retail'), ('partner');

CREATE TABLE customer (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    -- The words of the name, as a location's below.
    words TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL REFERENCES customer_kind (kind),
    -- internal
    internal_note TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX customer_by_name ON customer (name, id);

CREATE TABLE location (
    id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL CHECK (name <> ''),
    street TEXT NOT NULL DEFAULT '',
    postal_code TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    -- The words of name and address in the form in which texts are compared, each behind a blank: customers search by them.
    words TEXT NOT NULL DEFAULT '',
    zone TEXT NOT NULL CHECK (zone <> ''),
    -- internal: key boxes, dogs, who to avoid
    internal_note TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (id, customer_id)
);
CREATE INDEX location_of_customer ON location (customer_id, name, id);

-- A list as staff brought it, until it is taken over: that happens once, and empties it.
CREATE TABLE sheet (
    id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customer (id),
    kind TEXT NOT NULL CHECK (kind IN ('locations', 'people')),
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    -- internal
    body TEXT NOT NULL
);
CREATE INDEX sheet_by_age ON sheet (created_at);

-- -------------------------------------------------------------------------------- contacts, grants, invitations

CREATE TABLE contact (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
    name TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL DEFAULT 'en' CHECK (lang IN ('en', 'de')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash TEXT,
    last_sign_in_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (state <> 'active' OR password_hash IS NOT NULL)
);
CREATE INDEX contact_by_name ON contact (name, id);

-- One grant per contact and customer. A grant without an end is live; views read live grants only and have no clock:
-- a grant past expires_at is ended when its contact's session is resolved, and by a sweep.
CREATE TABLE access_grant (
    id UUID PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    customer_id UUID NOT NULL REFERENCES customer (id),
    all_locations BOOLEAN NOT NULL,
    may_submit BOOLEAN NOT NULL,
    may_see_appointments BOOLEAN NOT NULL,
    may_see_reports BOOLEAN NOT NULL,
    may_download BOOLEAN NOT NULL,
    may_see_colleagues BOOLEAN NOT NULL DEFAULT FALSE,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (id, customer_id)
);
CREATE UNIQUE INDEX access_grant_live ON access_grant (contact_id, customer_id) WHERE ended_at IS NULL;
CREATE INDEX access_grant_of_customer ON access_grant (customer_id) WHERE ended_at IS NULL;
CREATE INDEX access_grant_to_expire ON access_grant (expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;

CREATE TABLE grant_location (
    grant_id UUID NOT NULL,
    location_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    PRIMARY KEY (grant_id, location_id),
    FOREIGN KEY (grant_id, customer_id) REFERENCES access_grant (id, customer_id),
    FOREIGN KEY (location_id, customer_id) REFERENCES location (id, customer_id)
);

-- The link's token is minted when the mail is sent, so the row waits without one; only its hash is kept.
CREATE TABLE invitation (
    id UUID PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    customer_id UUID NOT NULL REFERENCES customer (id),
    invited_by UUID NOT NULL REFERENCES staff (id),
    token_hash TEXT UNIQUE,
    sent_at BIGINT,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT,
    created_at BIGINT NOT NULL,
    CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX invitation_pending ON invitation (contact_id) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitation_of_contact ON invitation (contact_id, created_at);

CREATE TABLE password_reset (
    id UUID PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    token_hash TEXT UNIQUE,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX password_reset_of_contact ON password_reset (contact_id) WHERE used_at IS NULL;

CREATE TABLE contact_session (
    id UUID PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    token_hash TEXT NOT NULL UNIQUE,
    -- The customer chosen in the switcher; none means all of the contact's customers.
    customer_id UUID REFERENCES customer (id),
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    user_agent TEXT NOT NULL DEFAULT ''
);
CREATE INDEX contact_session_of_contact ON contact_session (contact_id) WHERE ended_at IS NULL;

-- What a contact chose for a topic of mails. Without a row the defaults hold (domain/src/notification.rs).
CREATE TABLE notification_choice (
    contact_id UUID NOT NULL REFERENCES contact (id),
    topic TEXT NOT NULL CHECK (topic IN ('request', 'appointment', 'report', 'follow_up')),
    timing TEXT NOT NULL CHECK (timing IN ('now', 'daily', 'off')),
    scope TEXT NOT NULL CHECK (scope IN ('mine', 'all')),
    PRIMARY KEY (contact_id, topic)
);

-- Links of mails that stop such mails without a sign-in: one per mail, since only the hash is kept. Without a topic it stops the digest.
CREATE TABLE unsubscribe_token (
    token_hash TEXT PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    topic TEXT CHECK (topic IN ('request', 'appointment', 'report', 'follow_up')),
    created_at BIGINT NOT NULL
);
CREATE INDEX unsubscribe_token_by_age ON unsubscribe_token (created_at);

-- A contact's appointments as a link for its calendar program: whoever has the link reads them. Only the token's hash is kept.
CREATE TABLE calendar_feed (
    id UUID PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    fetched_at BIGINT,
    ended_at BIGINT
);
CREATE UNIQUE INDEX calendar_feed_live ON calendar_feed (contact_id) WHERE ended_at IS NULL;

-- Failed sign-ins, reset requests and wrong links by account and by address, counted in windows.
CREATE TABLE throttle (
    bucket TEXT PRIMARY KEY,
    window_start BIGINT NOT NULL,
    count BIGINT NOT NULL
);

-- A form that was refused without script, kept until its page is shown again.
CREATE TABLE form_state (
    id UUID PRIMARY KEY,
    owner TEXT NOT NULL,
    path TEXT NOT NULL,
    fields TEXT NOT NULL,
    error TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX form_state_of_owner ON form_state (owner, path);

-- ------------------------------------------------------------------------------------------------- requests

CREATE TABLE request_kind (kind TEXT PRIMARY KEY);
INSERT INTO request_kind (kind) VALUES ('service'), ('maintenance'), ('appointment'), ('support');

-- What a contact has typed so far. Its id becomes the request's idempotency key.
CREATE TABLE draft (
    id UUID PRIMARY KEY,
    contact_id UUID NOT NULL REFERENCES contact (id),
    location_id UUID REFERENCES location (id),
    kind TEXT REFERENCES request_kind (kind),
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    on_site_contact TEXT NOT NULL DEFAULT '',
    urgency TEXT NOT NULL DEFAULT 'normal' CHECK (urgency IN ('normal', 'stops_work', 'danger')),
    timing TEXT NOT NULL DEFAULT 'any' CHECK (timing IN ('soon', 'days', 'any')),
    windows TEXT NOT NULL DEFAULT '[]',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    submitted_at BIGINT
);
CREATE INDEX draft_of_contact ON draft (contact_id, updated_at) WHERE submitted_at IS NULL;

CREATE TABLE request (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    -- The draft's id, or the key of the desk's form: sending twice makes one request.
    idempotency_key UUID NOT NULL UNIQUE,
    customer_id UUID NOT NULL,
    location_id UUID NOT NULL,
    contact_id UUID NOT NULL REFERENCES contact (id),
    recorded_by UUID REFERENCES staff (id),
    kind TEXT NOT NULL REFERENCES request_kind (kind),
    title TEXT NOT NULL CHECK (title <> ''),
    description TEXT NOT NULL,
    on_site_contact TEXT NOT NULL DEFAULT '',
    urgency TEXT NOT NULL CHECK (urgency IN ('normal', 'stops_work', 'danger')),
    timing TEXT NOT NULL CHECK (timing IN ('soon', 'days', 'any')),
    status TEXT NOT NULL CHECK (status IN ('submitted', 'in_review', 'accepted', 'planned', 'rejected', 'cancelled')),
    question_open BOOLEAN NOT NULL DEFAULT FALSE,
    -- Sentences for the customer.
    reject_reason TEXT,
    public_note TEXT,
    withdrawn BOOLEAN NOT NULL DEFAULT FALSE,
    duplicate_of UUID REFERENCES request (id),
    submitted_at BIGINT NOT NULL,
    reviewed_at BIGINT,
    decided_at BIGINT,
    planned_at BIGINT,
    closed_at BIGINT,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    -- internal
    assignee_id UUID REFERENCES staff (id),
    snoozed_until BIGINT,
    internal_reason TEXT,
    UNIQUE (id, customer_id, location_id),
    FOREIGN KEY (location_id, customer_id) REFERENCES location (id, customer_id),
    CHECK (status <> 'rejected' OR (reject_reason <> '' AND internal_reason <> '')),
    CHECK (NOT question_open OR status = 'in_review'),
    CHECK (status <> 'planned' OR planned_at IS NOT NULL)
);
-- A viewer's requests, by its locations: portal_request. The customer comes first, though its locations say it too, so that all of a
-- customer's are side by side however many there are of others; then what they are chosen and sorted by, so that only those that are shown
-- are read in full. The other indexes that begin so are for the same.
CREATE INDEX request_of_location ON request (customer_id, location_id, updated_at, id, contact_id, status);
CREATE INDEX request_of_contact ON request (contact_id, submitted_at, id);
CREATE INDEX request_queue ON request (status, submitted_at, id);

CREATE TABLE request_window (
    request_id UUID NOT NULL REFERENCES request (id),
    position BIGINT NOT NULL CHECK (position BETWEEN 1 AND 5),
    on_date TEXT NOT NULL,
    from_time TEXT,
    until_time TEXT,
    PRIMARY KEY (request_id, position),
    CHECK ((from_time IS NULL) = (until_time IS NULL)),
    CHECK (from_time IS NULL OR from_time < until_time)
);

-- The conversation with the customer. Internal notes are another table, so that no flag can turn one into the other.
CREATE TABLE request_message (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES request (id),
    contact_id UUID REFERENCES contact (id),
    staff_id UUID REFERENCES staff (id),
    -- Minted where the form was made: sending it twice writes one message. Per request, so that nobody can test for others' keys.
    form_key UUID NOT NULL,
    body TEXT NOT NULL CHECK (body <> ''),
    question BOOLEAN NOT NULL DEFAULT FALSE,
    sent_at BIGINT NOT NULL,
    UNIQUE (request_id, form_key),
    CHECK ((contact_id IS NULL) <> (staff_id IS NULL)),
    CHECK (NOT question OR staff_id IS NOT NULL)
);
CREATE INDEX request_message_of_request ON request_message (request_id, sent_at, id);

CREATE TABLE request_note (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES request (id),
    staff_id UUID NOT NULL REFERENCES staff (id),
    form_key UUID NOT NULL,
    body TEXT NOT NULL CHECK (body <> ''),
    written_at BIGINT NOT NULL,
    UNIQUE (request_id, form_key)
);
CREATE INDEX request_note_of_request ON request_note (request_id, written_at, id);

-- A decision that can still be taken back. It takes effect when it is due.
CREATE TABLE pending_decision (
    request_id UUID PRIMARY KEY REFERENCES request (id),
    decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject')),
    staff_id UUID NOT NULL REFERENCES staff (id),
    reject_reason TEXT,
    internal_reason TEXT,
    duplicate_of UUID REFERENCES request (id),
    due_at BIGINT NOT NULL,
    CHECK (decision <> 'reject' OR (reject_reason <> '' AND internal_reason <> ''))
);
CREATE INDEX pending_decision_due ON pending_decision (due_at);

-- Texts that staff begin a message, a question or a reason for declining with. A customer reads what is sent, never a template.
CREATE TABLE reply_purpose (purpose TEXT PRIMARY KEY);
INSERT INTO reply_purpose (purpose) VALUES ('message'), ('question'), ('decline');

CREATE TABLE reply_template (
    id UUID PRIMARY KEY,
    purpose TEXT NOT NULL REFERENCES reply_purpose (purpose),
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    -- internal
    name TEXT NOT NULL CHECK (name <> ''),
    text_en TEXT NOT NULL CHECK (text_en <> ''),
    -- Empty: German customers get the English text.
    text_de TEXT NOT NULL DEFAULT '',
    UNIQUE (purpose, name)
);

-- ------------------------------------------------------------------------------------ targets and appointments

-- One piece of field work. title, the notes and the codes are the office's; the customer reads public_title.
CREATE TABLE target (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    customer_id UUID NOT NULL,
    location_id UUID NOT NULL,
    contact_id UUID REFERENCES contact (id),
    request_id UUID,
    public_title TEXT NOT NULL CHECK (public_title <> ''),
    status TEXT NOT NULL CHECK (status IN ('open', 'done', 'cancelled')),
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    -- internal
    title TEXT NOT NULL CHECK (title <> ''),
    dispatch_note TEXT NOT NULL DEFAULT '',
    billing_code TEXT NOT NULL DEFAULT '',
    routing_score BIGINT NOT NULL DEFAULT 0,
    created_by UUID NOT NULL REFERENCES staff (id),
    UNIQUE (id, customer_id, location_id),
    FOREIGN KEY (location_id, customer_id) REFERENCES location (id, customer_id),
    FOREIGN KEY (request_id, customer_id, location_id) REFERENCES request (id, customer_id, location_id)
);
CREATE UNIQUE INDEX target_of_request ON target (request_id) WHERE status <> 'cancelled' AND request_id IS NOT NULL;
-- Whether a request's work is done: by the desk of one request or a few, by portal_request of all that the viewer sees. SQLite does not
-- see that `status = 'done'` fits the index above.
CREATE INDEX target_by_request ON target (request_id, status) WHERE request_id IS NOT NULL;
CREATE INDEX target_of_customers_request ON target (customer_id, location_id, request_id, status) WHERE request_id IS NOT NULL;
CREATE INDEX target_of_location ON target (location_id, created_at, id);
CREATE INDEX target_by_status ON target (status, created_at, id);

-- A rule that made a row of appointments; each of them then lives by itself.
CREATE TABLE series (
    id UUID PRIMARY KEY,
    target_id UUID NOT NULL REFERENCES target (id),
    every_weeks BIGINT NOT NULL CHECK (every_weeks BETWEEN 1 AND 52),
    first_date TEXT NOT NULL,
    visits BIGINT NOT NULL CHECK (visits BETWEEN 2 AND 104),
    from_time TEXT NOT NULL,
    until_time TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE appointment (
    id UUID PRIMARY KEY,
    target_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    location_id UUID NOT NULL,
    series_id UUID REFERENCES series (id),
    on_date TEXT NOT NULL,
    from_time TEXT NOT NULL,
    until_time TEXT NOT NULL,
    -- The same as instants, worked out in the location's zone when written: for order and for "is it past".
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('scheduled', 'done', 'no_access', 'cancelled')),
    shared BOOLEAN NOT NULL,
    shared_at BIGINT,
    -- Counts the moves of a shared appointment: a calendar's SEQUENCE.
    sequence BIGINT NOT NULL DEFAULT 0,
    cancel_reason TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    -- internal
    team TEXT NOT NULL DEFAULT '',
    internal_note TEXT NOT NULL DEFAULT '',
    UNIQUE (id, target_id),
    UNIQUE (id, customer_id, location_id),
    FOREIGN KEY (target_id, customer_id, location_id) REFERENCES target (id, customer_id, location_id),
    CHECK (starts_at < ends_at),
    CHECK (NOT shared OR shared_at IS NOT NULL),
    CHECK (status <> 'cancelled' OR NOT shared OR cancel_reason <> '')
);
CREATE INDEX appointment_of_target ON appointment (target_id, starts_at, id);
CREATE INDEX appointment_of_location ON appointment (location_id, starts_at, id);
-- The next ones of a viewer, by its locations, without the past: portal_appointment on the home page.
CREATE INDEX appointment_ahead ON appointment (customer_id, location_id, starts_at, id) WHERE shared AND status = 'scheduled';
CREATE INDEX appointment_by_start ON appointment (starts_at, id);

-- Another time that a contact wishes for a shared appointment. It books nothing. message is the contact's, answer the team's; both are
-- between these two.
CREATE TABLE appointment_suggestion (
    id UUID PRIMARY KEY,
    appointment_id UUID NOT NULL REFERENCES appointment (id),
    contact_id UUID NOT NULL REFERENCES contact (id),
    -- Minted where the form was made: sending it twice makes one suggestion.
    form_key UUID NOT NULL,
    message TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('open', 'replaced', 'accepted', 'answered', 'closed')),
    answer TEXT NOT NULL DEFAULT '',
    suggested_at BIGINT NOT NULL,
    closed_at BIGINT,
    UNIQUE (appointment_id, contact_id, form_key),
    CHECK ((status = 'open') = (closed_at IS NULL)),
    CHECK (answer = '' OR status = 'answered')
);
CREATE UNIQUE INDEX appointment_suggestion_open ON appointment_suggestion (appointment_id, contact_id) WHERE status = 'open';
CREATE INDEX appointment_suggestion_waiting ON appointment_suggestion (suggested_at, id) WHERE status = 'open';

CREATE TABLE suggestion_window (
    suggestion_id UUID NOT NULL REFERENCES appointment_suggestion (id),
    position BIGINT NOT NULL CHECK (position BETWEEN 1 AND 3),
    on_date TEXT NOT NULL,
    from_time TEXT,
    until_time TEXT,
    PRIMARY KEY (suggestion_id, position),
    CHECK ((from_time IS NULL) = (until_time IS NULL)),
    CHECK (from_time IS NULL OR from_time < until_time)
);

-- What happened at an appointment. All of it is the office's; the customer sees the appointment and the released report.
CREATE TABLE visit (
    id UUID PRIMARY KEY,
    appointment_id UUID NOT NULL UNIQUE,
    target_id UUID NOT NULL,
    arrived_at BIGINT,
    left_at BIGINT,
    technician TEXT NOT NULL DEFAULT '',
    internal_note TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (id, target_id),
    FOREIGN KEY (appointment_id, target_id) REFERENCES appointment (id, target_id),
    CHECK (arrived_at IS NULL OR left_at IS NULL OR arrived_at <= left_at)
);

-- ------------------------------------------------------------------------------------- reports and follow-ups

CREATE TABLE report (
    id UUID PRIMARY KEY,
    visit_id UUID NOT NULL UNIQUE,
    target_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    location_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (id, target_id),
    UNIQUE (id, customer_id, location_id),
    FOREIGN KEY (visit_id, target_id) REFERENCES visit (id, target_id),
    FOREIGN KEY (target_id, customer_id, location_id) REFERENCES target (id, customer_id, location_id)
);
CREATE INDEX report_by_age ON report (created_at, id);
CREATE INDEX report_of_target ON report (target_id);

-- What the technician wrote. Immutable once approved; an edit after that starts a new draft.
CREATE TABLE report_revision (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'approved')),
    body TEXT NOT NULL DEFAULT '',
    edited_by UUID NOT NULL REFERENCES staff (id),
    edited_at BIGINT NOT NULL,
    sent_back_note TEXT,
    approved_by UUID REFERENCES staff (id),
    approved_at BIGINT,
    UNIQUE (id, state),
    UNIQUE (report_id, number),
    CHECK ((state = 'approved') = (approved_by IS NOT NULL)),
    CHECK ((state = 'approved') = (approved_at IS NOT NULL))
);
CREATE UNIQUE INDEX report_revision_draft ON report_revision (report_id) WHERE state = 'draft';

-- What the customer was given: its own title, summary and message, frozen. Only an approved revision fits.
CREATE TABLE report_release (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL,
    -- The report's own, kept here too: a customer's list of reports then reads one index.
    target_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    location_id UUID NOT NULL,
    number BIGINT NOT NULL,
    revision_id UUID NOT NULL,
    revision_state TEXT NOT NULL CHECK (revision_state = 'approved'),
    title TEXT NOT NULL CHECK (title <> ''),
    summary TEXT NOT NULL CHECK (summary <> ''),
    message TEXT NOT NULL DEFAULT '',
    released_by UUID NOT NULL REFERENCES staff (id),
    released_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_as TEXT CHECK (ended_as IN ('superseded', 'withdrawn')),
    -- internal
    withdraw_reason TEXT,
    UNIQUE (report_id, number),
    FOREIGN KEY (report_id, target_id) REFERENCES report (id, target_id),
    FOREIGN KEY (target_id, customer_id, location_id) REFERENCES target (id, customer_id, location_id),
    FOREIGN KEY (revision_id, revision_state) REFERENCES report_revision (id, state),
    CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
    CHECK (ended_as IS NULL OR ended_as <> 'withdrawn' OR withdraw_reason <> '')
);
CREATE UNIQUE INDEX report_release_live ON report_release (report_id) WHERE ended_at IS NULL;
-- A viewer's reports, by its locations: portal_report.
CREATE INDEX report_release_of_location ON report_release (customer_id, location_id, released_at, report_id, id) WHERE ended_at IS NULL;
CREATE INDEX report_release_of_target ON report_release (target_id) WHERE ended_at IS NULL;

-- Who opened a release, once each: shown to staff before they withdraw it.
CREATE TABLE release_opened (
    release_id UUID NOT NULL REFERENCES report_release (id),
    contact_id UUID NOT NULL REFERENCES contact (id),
    opened_at BIGINT NOT NULL,
    -- A contact's first: home asks of each report whether its reader has opened it.
    PRIMARY KEY (contact_id, release_id)
);
CREATE INDEX release_opened_of_release ON release_opened (release_id, opened_at);

CREATE TABLE follow_up (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    location_id UUID NOT NULL,
    -- The work planned for it; its live appointment makes the follow-up planned.
    target_id UUID,
    status TEXT NOT NULL CHECK (status IN ('required', 'planned', 'done', 'cancelled')),
    public_text TEXT NOT NULL DEFAULT '',
    shared BOOLEAN NOT NULL DEFAULT FALSE,
    shared_at BIGINT,
    created_at BIGINT NOT NULL,
    planned_at BIGINT,
    done_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    -- internal
    internal_text TEXT NOT NULL DEFAULT '',
    created_by UUID NOT NULL REFERENCES staff (id),
    FOREIGN KEY (report_id, customer_id, location_id) REFERENCES report (id, customer_id, location_id),
    FOREIGN KEY (target_id, customer_id, location_id) REFERENCES target (id, customer_id, location_id),
    CHECK (NOT shared OR public_text <> ''),
    CHECK (status <> 'planned' OR target_id IS NOT NULL)
);
CREATE INDEX follow_up_by_status ON follow_up (status, created_at, id);
CREATE INDEX follow_up_of_report ON follow_up (report_id);
CREATE INDEX follow_up_of_location ON follow_up (location_id, created_at, id);
CREATE UNIQUE INDEX follow_up_of_target ON follow_up (target_id) WHERE target_id IS NOT NULL;

-- ---------------------------------------------------------------------------------------------- attachments

-- A stored file. It belongs to exactly one thing; which of them a customer may fetch is decided by the views.
CREATE TABLE attachment (
    id UUID PRIMARY KEY,
    draft_id UUID REFERENCES draft (id),
    request_id UUID REFERENCES request (id),
    message_id UUID REFERENCES request_message (id),
    -- The office's own: no view names it.
    note_id UUID REFERENCES request_note (id),
    target_id UUID REFERENCES target (id),
    report_id UUID REFERENCES report (id),
    contact_id UUID REFERENCES contact (id),
    staff_id UUID REFERENCES staff (id),
    storage_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- The small picture of a picture, and its pixels.
    preview_key TEXT UNIQUE,
    preview_width BIGINT CHECK (preview_width > 0),
    preview_height BIGINT CHECK (preview_height > 0),
    -- Set when staff removed it: the bytes are gone, the row stays for the journal and the download log.
    removed_at BIGINT,
    CHECK ((preview_key IS NULL) = (preview_width IS NULL) AND (preview_key IS NULL) = (preview_height IS NULL)),
    CHECK ((contact_id IS NULL) <> (staff_id IS NULL)),
    CHECK (note_id IS NULL OR staff_id IS NOT NULL),
    CHECK ((CASE WHEN draft_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN message_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN target_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN report_id IS NULL THEN 0 ELSE 1 END) = 1)
);
CREATE INDEX attachment_of_draft ON attachment (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX attachment_of_request ON attachment (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX attachment_of_message ON attachment (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachment_of_note ON attachment (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX attachment_of_target ON attachment (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX attachment_of_report ON attachment (report_id) WHERE report_id IS NOT NULL;

CREATE TABLE release_attachment (
    release_id UUID NOT NULL REFERENCES report_release (id),
    attachment_id UUID NOT NULL REFERENCES attachment (id),
    public_name TEXT NOT NULL CHECK (public_name <> ''),
    caption TEXT NOT NULL DEFAULT '',
    position BIGINT NOT NULL,
    PRIMARY KEY (release_id, attachment_id)
);
CREATE INDEX release_attachment_of_attachment ON release_attachment (attachment_id);

CREATE TABLE download (
    id UUID PRIMARY KEY,
    attachment_id UUID NOT NULL REFERENCES attachment (id),
    contact_id UUID REFERENCES contact (id),
    staff_id UUID REFERENCES staff (id),
    at BIGINT NOT NULL,
    CHECK ((contact_id IS NULL) <> (staff_id IS NULL))
);
CREATE INDEX download_of_attachment ON download (attachment_id, at);

-- ---------------------------------------------------------------------------------------------------- search

-- The words that staff search by (domain/src/search.rs): each word of a record, and of what the record is at. `from_id` says whose word it
-- is: the record's own, or that of its customer, location or contact. Bytes, so that both engines order them alike, whatever their
-- collation. `place` is the order in which records are found. Each record also has the word of one zero byte.
CREATE TABLE search_term (
    term BYTEA NOT NULL,
    noun TEXT NOT NULL CHECK (noun IN ('request', 'target', 'report', 'customer', 'location', 'contact')),
    record_id UUID NOT NULL,
    from_id UUID NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (record_id, term, from_id)
);
CREATE INDEX search_term_by_word ON search_term (noun, term, place, record_id);
CREATE INDEX search_term_lent ON search_term (from_id, term) WHERE from_id <> record_id;

-- ------------------------------------------------------------------------------------------ journal and jobs

CREATE TABLE event_kind (kind TEXT PRIMARY KEY);
INSERT INTO event_kind (kind) VALUES
    ('company_changed'), ('company_brand_changed'), ('company_words_changed'), ('staff_added'), ('staff_changed'), ('customer_added'),
    ('customer_changed'), ('reply_template_added'), ('reply_template_changed'), ('reply_template_removed'),
    ('location_added'), ('location_changed'), ('locations_imported'), ('contact_added'), ('contact_changed'),
    ('contact_disabled'), ('contact_enabled'), ('grant_given'), ('grant_changed'),
    ('grant_ended'), ('invitation_sent'), ('invitation_resent'), ('invitation_revoked'),
    ('invitation_accepted'), ('signed_in'), ('signed_out'), ('sessions_ended'),
    ('password_reset_asked'), ('password_changed'), ('notifications_changed'), ('calendar_feed_made'), ('calendar_feed_ended'),
    ('portal_viewed'),
    ('access_refused'), ('journal_exported'), ('request_submitted'),
    ('request_review_started'), ('request_assigned'), ('request_snoozed'), ('request_message_sent'),
    ('request_answered'), ('request_question_asked'), ('request_note_written'), ('decision_made'),
    ('decision_undone'), ('request_accepted'), ('request_rejected'), ('request_reopened'),
    ('request_withdrawn'), ('request_cancelled'), ('request_planned'), ('request_unplanned'),
    ('target_created'), ('target_changed'), ('target_renamed'), ('target_done'), ('target_reopened'),
    ('target_cancelled'), ('series_created'), ('appointment_scheduled'), ('appointment_changed'),
    ('appointment_shared'), ('appointment_moved'), ('appointment_cancelled'), ('appointment_done'),
    ('appointment_no_access'), ('appointment_suggested'), ('suggestion_answered'), ('report_written'), ('report_approved'), ('report_sent_back'),
    ('report_released'), ('report_withdrawn'), ('follow_up_required'), ('follow_up_changed'),
    ('follow_up_reworded'), ('follow_up_reopened'),
    ('follow_up_shared'), ('follow_up_unshared'), ('follow_up_planned'), ('follow_up_unplanned'),
    ('follow_up_done'), ('follow_up_cancelled'), ('file_added'), ('file_removed');

-- The allow-list of the customer's timeline: a kind that is not here shows nothing.
CREATE TABLE timeline_kind (
    event_kind TEXT PRIMARY KEY REFERENCES event_kind (kind),
    noun TEXT NOT NULL CHECK (noun IN ('request', 'appointment', 'report', 'follow_up'))
);

INSERT INTO timeline_kind (event_kind, noun) VALUES
    ('request_submitted', 'request'),
    ('request_review_started', 'request'),
    ('request_question_asked', 'request'),
    ('request_answered', 'request'),
    ('request_accepted', 'request'),
    ('request_rejected', 'request'),
    ('request_reopened', 'request'),
    ('request_withdrawn', 'request'),
    ('request_cancelled', 'request'),
    ('request_unplanned', 'request'),
    ('appointment_shared', 'appointment'),
    ('appointment_moved', 'appointment'),
    ('appointment_cancelled', 'appointment'),
    ('appointment_done', 'appointment'),
    ('appointment_no_access', 'appointment'),
    ('report_released', 'report'),
    ('follow_up_shared', 'follow_up'),
    ('follow_up_planned', 'follow_up'),
    ('follow_up_done', 'follow_up');

-- The allow-list of what open pages are told of: which kinds of thing change for a customer by an event. A kind that is not here wakes
-- nobody. An event about an appointment changes its request too, whose status says whether a visit is ahead.
CREATE TABLE change_kind (
    event_kind TEXT NOT NULL REFERENCES event_kind (kind),
    change TEXT NOT NULL CHECK (change IN ('request', 'appointment', 'report', 'follow_up', 'customer', 'person', 'access')),
    PRIMARY KEY (event_kind, change)
);

INSERT INTO change_kind (event_kind, change) VALUES
    ('request_submitted', 'request'),
    ('request_review_started', 'request'),
    ('request_message_sent', 'request'),
    ('request_question_asked', 'request'),
    ('request_answered', 'request'),
    ('request_accepted', 'request'),
    ('request_rejected', 'request'),
    ('request_reopened', 'request'),
    ('request_withdrawn', 'request'),
    ('request_cancelled', 'request'),
    ('request_planned', 'request'),
    ('request_unplanned', 'request'),
    ('target_created', 'appointment'),
    ('target_renamed', 'appointment'),
    ('target_done', 'request'), ('target_done', 'appointment'),
    ('target_reopened', 'request'), ('target_reopened', 'appointment'),
    ('target_cancelled', 'appointment'),
    ('appointment_shared', 'request'), ('appointment_shared', 'appointment'),
    ('appointment_moved', 'request'), ('appointment_moved', 'appointment'),
    ('appointment_cancelled', 'request'), ('appointment_cancelled', 'appointment'),
    ('appointment_done', 'request'), ('appointment_done', 'appointment'),
    ('appointment_no_access', 'request'), ('appointment_no_access', 'appointment'),
    ('report_released', 'report'),
    ('report_withdrawn', 'report'),
    ('follow_up_shared', 'follow_up'),
    ('follow_up_unshared', 'follow_up'),
    ('follow_up_reworded', 'follow_up'),
    ('follow_up_reopened', 'follow_up'),
    ('follow_up_planned', 'follow_up'),
    ('follow_up_unplanned', 'follow_up'),
    ('follow_up_done', 'follow_up'),
    ('follow_up_cancelled', 'follow_up'),
    ('grant_given', 'access'),
    ('grant_changed', 'access'),
    ('grant_ended', 'access'),
    ('contact_changed', 'access');

-- The one append-only record of what happened. Ids and details that name nobody.
CREATE TABLE event (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL REFERENCES event_kind (kind),
    actor_contact_id UUID REFERENCES contact (id),
    actor_staff_id UUID REFERENCES staff (id),
    customer_id UUID REFERENCES customer (id),
    location_id UUID REFERENCES location (id),
    contact_id UUID REFERENCES contact (id),
    staff_id UUID REFERENCES staff (id),
    request_id UUID REFERENCES request (id),
    target_id UUID REFERENCES target (id),
    appointment_id UUID REFERENCES appointment (id),
    report_id UUID REFERENCES report (id),
    release_id UUID REFERENCES report_release (id),
    follow_up_id UUID REFERENCES follow_up (id),
    attachment_id UUID REFERENCES attachment (id),
    details TEXT NOT NULL DEFAULT ''
);
CREATE INDEX event_by_time ON event (at);
CREATE INDEX event_of_request ON event (request_id, seq) WHERE request_id IS NOT NULL;
CREATE INDEX event_of_target ON event (target_id, seq) WHERE target_id IS NOT NULL;
CREATE INDEX event_of_appointment ON event (appointment_id, seq) WHERE appointment_id IS NOT NULL;
CREATE INDEX event_of_report ON event (report_id, seq) WHERE report_id IS NOT NULL;
CREATE INDEX event_of_release ON event (release_id, seq) WHERE release_id IS NOT NULL;
CREATE INDEX event_of_follow_up ON event (follow_up_id, seq) WHERE follow_up_id IS NOT NULL;

CREATE TABLE job_kind (kind TEXT PRIMARY KEY);
INSERT INTO job_kind (kind) VALUES ('invitation_mail'), ('reset_mail'), ('notice_mail'), ('digest_mail');

-- Work to do once a transaction has committed: at least once, under a lease, with a stable id.
CREATE TABLE job (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES job_kind (kind),
    contact_id UUID NOT NULL REFERENCES contact (id),
    event_seq BIGINT REFERENCES event (seq),
    subject_id UUID,
    run_at BIGINT NOT NULL,
    leased_until BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT,
    gave_up_at BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX job_due ON job (run_at) WHERE done_at IS NULL AND gave_up_at IS NULL;
-- Events of a day gather in one digest, until a node begins to work on it.
CREATE UNIQUE INDEX job_digest_waiting ON job (contact_id) WHERE kind = 'digest_mail' AND attempts = 0;

CREATE TABLE digest_line (
    job_id UUID NOT NULL REFERENCES job (id),
    event_seq BIGINT NOT NULL REFERENCES event (seq),
    PRIMARY KEY (job_id, event_seq)
);
