//! The schema as its file declares it: which columns are internal, and which hold text that people type.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses a part of it, and a test may panic")]

/// One column of the schema.
pub struct Column {
    pub table: String,
    pub name: String,
    /// As it is declared.
    pub kind: String,
    /// Named so, or listed below a comment `-- internal`.
    pub internal: bool,
}

/// Tables of which the portal may see nothing.
const INTERNAL_TABLES: [&str; 4] = ["request_note", "pending_decision", "visit", "report_revision"];

/// Texts that nobody types: kept in a form of our own, made by the server, or sent by the browser's make.
const NOT_TYPED: [&str; 26] = [
    "installation.company",
    "installation.emergency_phone",
    "installation.demo_day",
    "contact_session.user_agent",
    "staff_session.user_agent",
    "customer.words",
    "location.words",
    "location.zone",
    "draft.windows",
    "request.number",
    "request_window.on_date",
    "request_window.from_time",
    "request_window.until_time",
    "target.number",
    "series.first_date",
    "series.from_time",
    "series.until_time",
    "appointment.on_date",
    "appointment.from_time",
    "appointment.until_time",
    "suggestion_window.on_date",
    "suggestion_window.from_time",
    "suggestion_window.until_time",
    "attachment.media_type",
    "event.details",
    "job.last_error",
];

/// Tables that hold no record of anybody's.
const MACHINERY: [&str; 4] = ["throttle", "form_state", "installation", "status_word"];

pub fn schema() -> Vec<Column> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| !path.ends_with("views.sql"));
    let mut columns = Vec::new();
    for file in files {
        let (mut table, mut internal) = (None::<String>, false);
        for line in std::fs::read_to_string(file).unwrap().lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                (table, internal) = (rest.split([' ', '(']).next().map(str::to_owned).filter(|_| line.ends_with('(')), false);
            } else if line == ");" {
                table = None;
            } else if line.starts_with("-- internal") {
                internal = true;
            } else if let (Some(table), Some((name, kind))) = (&table, line.split_once(' '))
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            {
                let bookkeeping = matches!(name, "created_at" | "version");
                let internal = name.starts_with("internal_") || INTERNAL_TABLES.contains(&table.as_str()) || internal && !bookkeeping;
                columns.push(Column { table: table.clone(), name: name.into(), kind: kind.trim_end_matches(',').into(), internal });
            }
        }
    }
    columns
}

impl Column {
    /// Text that people write, rather than a word of a set, a reference or a secret.
    pub fn is_typed(&self) -> bool {
        let name = format!("{}.{}", self.table, self.name);
        let closed = ["REFERENCES", "PRIMARY KEY", " IN (", "CHECK (revision_state"].iter().any(|part| self.kind.contains(part));
        let made = self.name.ends_with("_hash") || matches!(self.name.as_str(), "storage_key" | "preview_key" | "sha256");
        self.kind.starts_with("TEXT")
            && !closed
            && !made
            && !NOT_TYPED.contains(&name.as_str())
            && !MACHINERY.contains(&self.table.as_str())
    }
}
