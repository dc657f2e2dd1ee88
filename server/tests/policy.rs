//! Rules about the text of the program, read from its source: what the portal's SQL reads (I2), who depends on what (I5, I6), where routes

//! are added, and that the words of the program are the words of the schema.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain_support::{World, on_both};
use sqlx::Connection;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All Rust files below a folder of the workspace: path in the workspace, and text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut folders = vec![workspace().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                let name = entry.strip_prefix(workspace()).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&entry).unwrap()));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} has sources");
    files.sort();
    files
}

fn read(file: &str) -> String {
    fs::read_to_string(workspace().join(file)).unwrap()
}

// ------------------------------------------------------------------------------------------------------ the portal's SQL

/// What the portal may write to. What it reads while it writes are views, like everything else.
const WRITTEN: [&str; 13] = [
    "appointment_suggestion",
    "attachment",
    "calendar_feed",
    "contact",
    "contact_session",
    "download",
    "draft",
    "notification_choice",
    "release_opened",
    "request",
    "request_message",
    "request_window",
    "suggestion_window",
];

/// Reads of a table in the portal's code, each with its reason.
const EXCEPTIONS: [(&str, &str); 1] = [
    // The contact's own password hash, to check the old password before it takes a new one. No view may have it.
    ("domain/src/session/contact.rs", "contact"),
];

#[test]
fn i2_the_portals_sql_reads_views_only() {
    let (mut wrong, mut statements) = (Vec::new(), 0);
    for (file, code) in portal_code() {
        for sql in literals(&code) {
            let tables = Tables::of(&sql);
            statements += usize::from(!tables.read.is_empty());
            let read =
                tables.read.iter().filter(|table| !table.starts_with("portal_") && !EXCEPTIONS.contains(&(file.as_str(), table.as_str())));
            let written = tables.written.iter().filter(|table| !WRITTEN.contains(&table.as_str()));
            wrong.extend(read.map(|table| format!("{file} reads {table}: {sql}")));
            wrong.extend(written.map(|table| format!("{file} writes {table}: {sql}")));
        }
        if !EXCEPTIONS.iter().any(|(exception, _)| *exception == file) && code.contains("main_reader") {
            wrong.push(format!("{file} reads past the portal's role"));
        }
    }
    assert!(statements > 20, "the portal's SQL was found, {statements} statements");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The files of the portal's audience, and what is `impl Portal` in others.
fn portal_code() -> Vec<(String, String)> {
    let whole = |file: &str| file.ends_with("/portal.rs") || file.ends_with("/draft.rs");
    let part = |(file, code): (String, String)| {
        let code = if whole(&file) { code } else { blocks(&code, "impl Portal<") };
        (file, code)
    };
    sources("domain/src").into_iter().map(part).filter(|(_, code)| !code.is_empty()).collect()
}

/// The top-level items that begin so.
fn blocks(code: &str, start: &str) -> String {
    code.match_indices(start).filter_map(|(at, _)| code[at..].split_inclusive("\n}\n").next()).collect()
}

/// The tables and views that a piece of SQL names.
#[derive(Default)]
struct Tables {
    read: Vec<String>,
    written: Vec<String>,
}

impl Tables {
    fn of(sql: &str) -> Self {
        let words = words(sql);
        let mut tables = Self::default();
        for (i, word) in words.iter().enumerate() {
            let next = words.get(i + 1).map_or("", String::as_str);
            let is_name = next.starts_with(|c: char| c.is_ascii_lowercase());
            match word.as_str() {
                "FROM" if i > 0 && words[i - 1] == "DELETE" => tables.written.push(next.to_owned()),
                "INTO" | "UPDATE" if is_name => tables.written.push(next.to_owned()),
                "FROM" | "JOIN" if is_name => tables.read.extend(list_from(&words[i + 1..])),
                _ => {}
            }
        }
        tables
    }
}

/// The first table, and those after a comma: `request r, location l WHERE …`.
fn list_from(words: &[String]) -> Vec<String> {
    let mut tables = vec![words[0].clone()];
    let mut rest = &words[1..];
    loop {
        let alias = rest.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        rest = &rest[usize::from(alias)..];
        match rest {
            [comma, table, ..] if comma == "," && table.starts_with(|c: char| c.is_ascii_lowercase()) => {
                tables.push(table.clone());
                rest = &rest[2..];
            }
            _ => return tables,
        }
    }
}

/// Names and keywords, and the signs that matter.
fn words(sql: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in sql.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$') {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if matches!(c, ',' | '(' | ')') {
            words.push(c.to_string());
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// The string literals of a Rust source.
fn literals(code: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), code);
    while let Some(at) = rest.find(['"', '/', '\'', 'r']) {
        let (before, here) = rest.split_at(at);
        let in_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        rest = if let Some(comment) = here.strip_prefix("//") {
            comment.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = here.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else if !in_word && let Some((raw, after)) = raw_literal(here) {
            found.push(raw.to_owned());
            after
        } else if let Some(text) = here.strip_prefix('"') {
            let end = end_of(text, '"');
            found.push(text[..end].replace("\\\n", "\n"));
            &text[end + 1..]
        } else if let Some(quoted) = here.strip_prefix('\'') {
            // A character, or a lifetime.
            let is_char = quoted.starts_with('\\') || quoted.chars().nth(1) == Some('\'');
            if is_char { &quoted[end_of(quoted, '\'') + 1..] } else { quoted }
        } else {
            &here[1..]
        };
    }
    found
}

/// Where a quoted text ends that began before.
fn end_of(text: &str, quote: char) -> usize {
    let mut escaped = false;
    text.char_indices()
        .find(|(_, c)| {
            let ends = *c == quote && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        })
        .map_or(text.len() - 1, |(at, _)| at)
}

/// `r"…"` and `r#"…"#`: what is in it, and what comes after.
fn raw_literal(code: &str) -> Option<(&str, &str)> {
    let hashes = code.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
    let text = code[1 + hashes..].strip_prefix('"')?;
    text.split_once(&format!("\"{}", "#".repeat(hashes)))
}

#[test]
fn the_reader_of_sources_reads() {
    let code = r##"
        // FROM a comment
        let _: &'static str = "SELECT a FROM b JOIN c ON c.id = b.id"; let _ = '"';
        let _ = r#"DELETE FROM "quoted""#;
        sql("INSERT INTO d (e) SELECT f FROM g h, i WHERE \"x\"");
    "##;
    let found = literals(code);
    assert_eq!(found.len(), 3, "{found:?}");
    let tables: Vec<_> = found.iter().map(|sql| Tables::of(sql)).collect();
    assert_eq!((tables[0].read.join(" "), tables[2].read.join(" "), tables[2].written.join(" ")), ("b c".into(), "g i".into(), "d".into()));
}

/// Views without a viewer: what whoever comes to the portal may read.
const EVERYBODYS: [&str; 3] = ["portal_company", "portal_logo", "portal_status_word"];

#[test]
fn i2_no_view_has_an_internal_column_and_each_is_somebodys() {
    // Keys may be joined on: an id tells nothing.
    let internal = crate::faces::schema::schema().into_iter().filter(|c| c.internal && c.name != "id" && !c.name.ends_with("_id"));
    let internal: BTreeSet<(String, String)> = internal.map(|c| (c.table, c.name)).collect();
    let views = without_comments(&read("migrations/views.sql"));
    let views: Vec<&str> = views.split("CREATE VIEW ").skip(1).collect();
    assert!(views.len() > 10);
    for view in views {
        let name = view.split_whitespace().next().unwrap();
        assert!(name.starts_with("portal_"), "{name}");
        let columns = view.split_once("SELECT ").unwrap().1;
        let somebodys = columns.split(',').next().unwrap().split_whitespace().next().unwrap().ends_with("contact_id");
        let active = columns.starts_with("c.id AS contact_id");
        assert!(somebodys || active || EVERYBODYS.contains(&name), "{name} does not begin with the viewer");
        let words = words(view);
        let aliases: Vec<(&String, &String)> =
            words.windows(3).filter(|w| matches!(w[0].as_str(), "FROM" | "JOIN")).map(|w| (&w[1], &w[2])).collect();
        for (alias, column) in words.iter().filter_map(|word| word.split_once('.')) {
            for (table, _) in aliases.iter().filter(|(_, a)| *a == alias) {
                assert!(!internal.contains(&((*table).clone(), column.to_owned())), "{name} names {table}.{column}, which is internal");
            }
        }
    }
}

fn without_comments(sql: &str) -> String {
    sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

// ------------------------------------------------------------------------------------------------- who depends on what

/// The entries of a table of a Cargo.toml.
fn dependencies(manifest: &str, table: &str) -> Vec<String> {
    let text = read(manifest);
    let lines = text.lines().skip_while(|line| *line != format!("[{table}]")).skip(1).take_while(|line| !line.starts_with('['));
    lines
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn i5_only_the_domain_speaks_to_the_database() {
    for manifest in ["app/Cargo.toml", "server/Cargo.toml", "frontend/Cargo.toml"] {
        let dependencies = dependencies(manifest, "dependencies");
        assert!(!dependencies.is_empty(), "{manifest} was read");
        assert!(!dependencies.iter().any(|name| name.starts_with("sqlx")), "{manifest} must not depend on sqlx");
    }
    for (file, code) in sources("server/src").into_iter().chain(sources("app/src")) {
        let sql = literals(&code).into_iter().find(|text| !Tables::of(text).read.is_empty() && text.contains("SELECT "));
        assert_eq!(sql, None, "{file} has SQL");
        assert!(!file.starts_with("server/") || !code.contains("view! {"), "{file} has markup: pages are the app's");
    }
}

#[test]
fn i6_each_face_keeps_to_itself() {
    let shared = sources("app/src/ui").into_iter();
    for (file, code) in sources("app/src/portal").into_iter().chain(shared).chain([("app/src/portal.rs".into(), read("app/src/portal.rs"))])
    {
        for word in ["crate::desk", "StaffSession", "/api/desk", "domain::role", "DeskRequest"] {
            assert!(!code.contains(word), "{file} mentions {word}");
        }
    }
    for (file, code) in sources("app/src/desk").into_iter().chain([("app/src/desk.rs".into(), read("app/src/desk.rs"))]) {
        for word in ["crate::portal", "ContactSession", "/api/portal"] {
            assert!(!code.contains(word), "{file} mentions {word}");
        }
    }
    for (file, code) in sources("app/src") {
        for attribute in code.match_indices("#[server(").map(|(at, _)| code[at..].lines().next().unwrap()) {
            // Parameters have `#[server(default)]`.
            let face = if file.starts_with("app/src/portal") { "/api/portal" } else { "/api/desk" };
            let fine =
                attribute.starts_with("#[server(default)]") || attribute.starts_with(&format!("#[server(prefix = \"{face}\", endpoint = "));
            assert!(fine, "{file}: {attribute}");
        }
    }
}

#[test]
fn routes_are_added_in_one_place() {
    for (file, code) in sources("server/src").into_iter().chain(sources("app/src")) {
        let adds = [".route(", ".route_service(", ".nest(", ".leptos_routes"].iter().find(|adds| code.contains(**adds));
        assert!(adds.is_none() || file == "server/src/routes.rs", "{file} has {adds:?}: add it to the table in server/src/routes.rs");
    }
}

// -------------------------------------------------------------------------------------------- words and the schema's words

/// Sets that the schema keeps as a table: file, enum, and the query of their words.
const LOOKUPS: [(&str, &str, &str); 8] = [
    ("domain/src/journal.rs", "EventKind", "SELECT kind FROM event_kind"),
    ("domain/src/timeline.rs", "Milestone", "SELECT event_kind FROM timeline_kind"),
    ("domain/src/timeline.rs", "Noun", "SELECT DISTINCT noun FROM timeline_kind"),
    ("domain/src/request.rs", "Kind", "SELECT kind FROM request_kind"),
    ("domain/src/customer.rs", "CustomerKind", "SELECT kind FROM customer_kind"),
    ("domain/src/reply_template.rs", "Purpose", "SELECT purpose FROM reply_purpose"),
    ("domain/src/mail.rs", "JobKind", "SELECT kind FROM job_kind"),
    ("domain/src/status_word.rs", "StatusWord", "SELECT status FROM public_status"),
];

/// Sets that the schema keeps as a CHECK: file, enum, and the columns.
const CHECKED: [(&str, &str, &[&str]); 17] = [
    ("domain/src/role.rs", "Role", &["staff.role"]),
    ("domain/src/text.rs", "Lang", &["staff.lang", "contact.lang", "status_word.lang"]),
    ("domain/src/grant.rs", "ContactState", &["contact.state"]),
    ("domain/src/sheet.rs", "SheetKind", &["sheet.kind"]),
    ("domain/src/request.rs", "Urgency", &["draft.urgency", "request.urgency"]),
    ("domain/src/request.rs", "Timing", &["draft.timing", "request.timing"]),
    ("domain/src/request.rs", "Status", &["request.status"]),
    ("domain/src/target.rs", "TargetStatus", &["target.status"]),
    ("domain/src/appointment.rs", "AppointmentStatus", &["appointment.status"]),
    ("domain/src/search.rs", "Noun", &["search_term.noun"]),
    ("domain/src/suggestion.rs", "SuggestionStatus", &["appointment_suggestion.status"]),
    ("domain/src/report/desk.rs", "RevisionState", &["report_revision.state"]),
    ("domain/src/follow_up.rs", "FollowUpStatus", &["follow_up.status"]),
    ("domain/src/change.rs", "Change", &["change_kind.change"]),
    ("domain/src/notification.rs", "Topic", &["notification_choice.topic", "unsubscribe_token.topic"]),
    ("domain/src/notification.rs", "Timing", &["notification_choice.timing"]),
    ("domain/src/notification.rs", "Scope", &["notification_choice.scope"]),
];

/// The words of a `closed_set!`.
fn words_of(file: &str, name: &str) -> BTreeSet<String> {
    let code = read(file);
    let start = code.find(&format!("enum {name} {{")).unwrap_or_else(|| panic!("{file} declares {name}"));
    let body = code[start..].split_once('}').unwrap().0;
    let body: String = body.lines().filter(|line| !line.trim().starts_with("//")).collect();
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[tokio::test]
async fn t3_the_programs_words_are_the_tables_words() {
    on_both(async |world| {
        for (file, name, sql) in LOOKUPS {
            let stored: BTreeSet<String> = column(&world, sql).await.into_iter().collect();
            assert_eq!(words_of(file, name), stored, "{name} and {sql}, {}", world.engine);
        }
    })
    .await;
}

#[test]
fn i4_the_schema_checks_for_the_programs_words() {
    let columns = crate::faces::schema::schema();
    for (file, name, checked) in CHECKED {
        for place in checked {
            let column = columns.iter().find(|c| format!("{}.{}", c.table, c.name) == *place).unwrap_or_else(|| panic!("{place} exists"));
            let list = column.kind.split_once(" IN (").unwrap_or_else(|| panic!("{place} is checked")).1;
            let stored: BTreeSet<String> = list.split('\'').skip(1).step_by(2).map(str::to_owned).collect();
            assert_eq!(words_of(file, name), stored, "{name} and {place}");
        }
    }
}

async fn column(world: &World, sql: &'static str) -> Vec<String> {
    match world.engine {
        "sqlite" => sqlx::query_scalar(sql).fetch_all(&mut sqlx::SqliteConnection::connect(&world.url).await.unwrap()).await.unwrap(),
        _ => sqlx::query_scalar(sql).fetch_all(&mut sqlx::PgConnection::connect(&world.url).await.unwrap()).await.unwrap(),
    }
}
