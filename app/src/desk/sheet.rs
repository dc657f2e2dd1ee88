//! Bringing a list along and looking at it, whatever it is of: the form, what its columns are, and what was found in it.

use domain::sheet::{LineProblem, NewLine, SheetColumn, SheetKind, SheetView};
use domain::text::{Plural, Text};
use leptos::prelude::*;

use crate::desk::text;
use crate::ui::form::{FieldError, FormErrors, TextArea, use_plain_form};
use crate::ui::icon::Icon;
use crate::ui::lang::{t, use_lang};
use crate::ui::record::Notice;

/// The list itself. The browser posts it by itself: it may be a file.
#[component]
pub fn BringSheet(customer: String, kind: SheetKind) -> impl IntoView {
    let action = match kind {
        SheetKind::Locations => format!("/desk/customers/{customer}/location-lists"),
        SheetKind::People => format!("/desk/customers/{customer}/people-lists"),
    };
    let form = use_plain_form(&action);
    let problem = form.problem("file", text::LIST_FILE);
    view! {
        <section class="column" aria-labelledby="bring">
            <h2 id="bring">{t(text::BRING_LIST)}</h2>
            <FormErrors form=form.clone() />
            <form method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for="file">{t(text::LIST_FILE)}</label>
                    <p class="hint" id="file-hint">{text::LIST_FILE_HINT.fill(use_lang(), &[("n", &kind.row_limit().to_string())])}</p>
                    <FieldError name="file" problem />
                    <input
                        id="file"
                        type="file"
                        name="file"
                        accept=".csv,.txt,text/csv,text/plain"
                        aria-describedby="file-hint file-error"
                    />
                </div>
                <TextArea form name="text" label=text::LIST_TEXT hint=text::LIST_TEXT_HINT rows=8 />
                <div class="actions">
                    <button class="primary">{t(text::CHECK_LIST)}</button>
                </div>
            </form>
        </section>
    }
}

/// What the columns are called and which a line must have.
#[component]
pub fn SheetColumns(kind: SheetKind) -> impl IntoView {
    let example = match kind {
        SheetKind::Locations => "/desk/examples/locations.csv",
        SheetKind::People => "/desk/examples/people.csv",
    };
    let rows = kind.columns().iter().map(|column| {
        view! {
            <tr>
                <th scope="row"><code>{column.word()}</code></th>
                <td><code>{column.german()}</code></td>
                <td>{t(column_hint(*column))}</td>
                <td>{t(if column.is_required() { text::YES } else { text::NO })}</td>
            </tr>
        }
    });
    view! {
        <section aria-labelledby="columns">
            <h2 id="columns">{t(text::COLUMNS)}</h2>
            <p>{t(text::COLUMNS_HINT)}</p>
            <div class="table-wrap" role="region" aria-label=t(text::COLUMNS) tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(text::COLUMN)}</th>
                            <th scope="col">{t(text::COLUMN_ALSO)}</th>
                            <th scope="col">{t(text::COLUMN_HOLDS)}</th>
                            <th scope="col">{t(text::COLUMN_REQUIRED)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <p>
                <a href=example rel="external" download=""><Icon name="download" />{t(text::LIST_EXAMPLE)}</a>
            </p>
        </section>
    }
}

const fn column_hint(column: SheetColumn) -> Text {
    match column {
        SheetColumn::Name => text::NAME,
        SheetColumn::Street => text::STREET,
        SheetColumn::PostalCode => text::POSTAL_CODE,
        SheetColumn::City => text::CITY,
        SheetColumn::Zone => text::ZONE,
        SheetColumn::Note => text::INTERNAL_NOTE,
        SheetColumn::Email => text::EMAIL,
        SheetColumn::Phone => text::PHONE,
        SheetColumn::Language => text::LIST_LANGUAGE,
    }
}

/// What was found in a list: how much is new, what is wrong, line by line.
#[component]
pub fn SheetFindings(sheet: SheetView, kind: SheetKind) -> impl IntoView {
    let lang = use_lang();
    let (new, known, wrong) = (sheet.new, sheet.known, sheet.wrong);
    let (new_of, known_of) = counts(kind);
    view! {
        {(wrong > 0).then(|| view! { <Notice tone="red" icon="alert" text=text::LIST_PROBLEMS_N.count(lang, wrong) /> })}
        <p>{new_of.count(lang, new)} " " {known_of.count(lang, known)}</p>
        {(wrong > 0).then(|| view! { <LineProblems problems=sheet.problems all=wrong /> })}
        {(new > 0).then(|| view! { <NewLines lines=sheet.lines all=new kind /> })}
    }
}

const fn counts(kind: SheetKind) -> (Plural, Plural) {
    match kind {
        SheetKind::Locations => (text::LIST_NEW_N, text::LIST_KNOWN_N),
        SheetKind::People => (text::LIST_NEW_PEOPLE_N, text::LIST_KNOWN_PEOPLE_N),
    }
}

#[component]
fn LineProblems(problems: Vec<LineProblem>, all: usize) -> impl IntoView {
    let lang = use_lang();
    let shown = (problems.len() < all).then(|| shown_of(problems.len(), all));
    let rows = problems.into_iter().map(|problem| {
        view! {
            <tr>
                <th scope="row" class="num">{problem.line}</th>
                <td>{problem.column}</td>
                <td>{problem.problem.sentence(lang)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" role="region" aria-label=t(text::LIST_PROBLEMS) tabindex="0">
            <table>
                <caption>{t(text::LIST_PROBLEMS)}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">{t(text::LINE)}</th>
                        <th scope="col">{t(text::COLUMN)}</th>
                        <th scope="col">{t(text::LINE_PROBLEM)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {shown.map(|shown| view! { <p class="hint">{shown}</p> })}
    }
}

#[component]
fn NewLines(lines: Vec<NewLine>, all: usize, kind: SheetKind) -> impl IntoView {
    let title = t(match kind {
        SheetKind::Locations => text::LIST_NEW,
        SheetKind::People => text::LIST_NEW_PEOPLE,
    });
    let heads = kind.shown().map(|column| view! { <th scope="col">{t(shown_hint(column))}</th> });
    let shown = (lines.len() < all).then(|| shown_of(lines.len(), all));
    let rows = lines.into_iter().map(|line| {
        view! {
            <tr>
                <th scope="row" class="num">{line.line}</th>
                {line.cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}
            </tr>
        }
    });
    view! {
        <div class="table-wrap" role="region" aria-label=title tabindex="0">
            <table>
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">{t(text::LINE)}</th>
                        {heads.into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {shown.map(|shown| view! { <p class="hint">{shown}</p> })}
    }
}

/// A preview puts a location's address where its street is.
const fn shown_hint(column: SheetColumn) -> Text {
    match column {
        SheetColumn::Street => text::ADDRESS,
        column => column_hint(column),
    }
}

fn shown_of(shown: usize, all: usize) -> String {
    text::SHOWN_OF.fill(use_lang(), &[("n", &shown.to_string()), ("all", &all.to_string())])
}
