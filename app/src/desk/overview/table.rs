//! The numbers as tables: on the page, where each leads to the list behind it, and as the lines of a CSV file.

use domain::overview::{Age, Figure, Kept, Outcome, Overview, Wait, Week};
use domain::text::{Lang, Text};
use leptos::prelude::*;

use crate::desk::reports::stage_label;
use crate::desk::text;
use crate::ui::lang::t;

/// A table of the overview. The first cell of a row names it.
pub struct Table {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// One value: for people, for programs, and where the list behind it is, if anything is behind it.
pub struct Cell {
    pub text: String,
    pub plain: String,
    pub href: Option<String>,
}

impl Cell {
    fn name(text: String) -> Self {
        Self { plain: text.clone(), text, href: None }
    }

    fn count(count: i64, href: String) -> Self {
        let text = count.to_string();
        Self { plain: text.clone(), text, href: (count > 0).then_some(href) }
    }

    /// A median: hours for people, minutes for programs.
    fn wait(wait: &Wait, lang: Lang, href: String) -> Self {
        match wait.median_minutes {
            Some(minutes) => Self { text: hours_text(minutes, lang), plain: minutes.to_string(), href: Some(href) },
            None => Self { text: "–".to_owned(), plain: String::new(), href: None },
        }
    }
}

/// One of the overview's tables.
pub fn table_of(figure: Figure, overview: &Overview, lang: Lang) -> Table {
    let heads = |heads: &[Text]| heads.iter().map(|head| head.get(lang).to_owned()).collect();
    match figure {
        Figure::Requests => Table {
            heads: heads(&[&[text::WEEK][..], &labels(Outcome::ALL, Outcome::label)].concat()),
            rows: overview.weeks.iter().map(requests_of).collect(),
        },
        Figure::Appointments => Table {
            heads: heads(&[&[text::WEEK][..], &labels(Kept::ALL, Kept::label)].concat()),
            rows: overview.weeks.iter().map(visits_of).collect(),
        },
        Figure::Answers => Table {
            heads: heads(&[text::WEEK, text::FIRST_ANSWER, text::ANSWERED, text::DECISION, text::DECIDED]),
            rows: overview.weeks.iter().map(|week| waits_of(week, lang)).collect(),
        },
        Figure::Ages => Table {
            heads: heads(&[text::AGE, text::HOW_MANY]),
            rows: overview.ages.iter().map(|age| vec![Cell::name(age_text(age, lang)), Cell::count(age.requests, open_of(age))]).collect(),
        },
        Figure::Reports => Table {
            heads: heads(&[text::STAGE, text::HOW_MANY]),
            rows: overview
                .reports
                .iter()
                .map(|(stage, count)| {
                    let name = stage_label(*stage).get(lang).to_owned();
                    vec![Cell::name(name), Cell::count(*count, format!("/desk/reports?stage={stage}"))]
                })
                .collect(),
        },
    }
}

fn labels<T: Copy>(all: &[T], label: impl Fn(T) -> Text) -> Vec<Text> {
    all.iter().map(|one| label(*one)).collect()
}

fn name_of(week: &Week) -> Cell {
    Cell { text: format!("{} – {}", week.first.text, week.last.text), plain: week.first.machine.clone(), href: None }
}

/// The query of a week's days.
fn days_of(week: &Week) -> String {
    format!("from={}&until={}", week.first.machine, week.last.machine)
}

fn requests_of(week: &Week) -> Vec<Cell> {
    let href = |outcome: &Outcome| format!("/desk/overview/requests?outcome={outcome}&{}", days_of(week));
    let counts = Outcome::ALL.iter().zip(&week.outcomes).map(|(outcome, count)| Cell::count(*count, href(outcome)));
    std::iter::once(name_of(week)).chain(counts).collect()
}

fn visits_of(week: &Week) -> Vec<Cell> {
    let href = |kept: &Kept| format!("/desk/overview/appointments?outcome={kept}&{}", days_of(week));
    let counts = Kept::ALL.iter().zip(&week.visits).map(|(kept, count)| Cell::count(*count, href(kept)));
    std::iter::once(name_of(week)).chain(counts).collect()
}

fn waits_of(week: &Week, lang: Lang) -> Vec<Cell> {
    let href = || format!("/desk/overview/requests?{}", days_of(week));
    vec![
        name_of(week),
        Cell::wait(&week.answer, lang, href()),
        Cell::count(week.answer.done, href()),
        Cell::wait(&week.decision, lang, href()),
        Cell::count(week.decision.done, href()),
    ]
}

fn open_of(age: &Age) -> String {
    format!("/desk/overview/requests?outcome={}&from={}&until={}", Outcome::Open, age.from, age.until)
}

/// A class of age in words.
pub fn age_text(age: &Age, lang: Lang) -> String {
    let least = age.least_days.to_string();
    match age.most_days {
        Some(most) => text::AGE_RANGE.fill(lang, &[("least", &least), ("most", &most.to_string())]),
        None => text::AGE_OLDEST.fill(lang, &[("least", &least)]),
    }
}

/// Hours with one decimal: "3.5 h", "3,5 Std.".
pub fn hours_text(minutes: i64, lang: Lang) -> String {
    let tenths = (minutes + 3) / 6;
    let point = match lang {
        Lang::En => '.',
        Lang::De => ',',
    };
    text::HOURS_SHORT.fill(lang, &[("n", &format!("{}{point}{}", tenths / 10, tenths % 10))])
}

#[component]
pub fn TableView(table: Table, label: Text) -> impl IntoView {
    let heads = table.heads.clone();
    let rows = table.rows.into_iter().map(move |row| {
        let cells = row.into_iter().zip(heads.clone()).enumerate().map(|(i, (cell, head))| {
            let content = match cell.href {
                Some(href) => view! { <a href=href>{cell.text}</a> }.into_any(),
                None => view! { <span>{cell.text}</span> }.into_any(),
            };
            if i == 0 {
                view! { <th role="rowheader" scope="row">{content}</th> }.into_any()
            } else {
                view! { <td role="cell" class="num" data-label=head>{content}</td> }.into_any()
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    });
    let heads = table.heads.into_iter().enumerate().map(|(i, head)| {
        let class = if i == 0 { "" } else { "num" };
        view! { <th role="columnheader" scope="col" class=class>{head}</th> }
    });
    view! {
        <div class="table-wrap" role="region" aria-label=t(label) tabindex="0">
            <table class="stack" role="table">
                <thead role="rowgroup">
                    <tr role="row">{heads.collect_view()}</tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_hours_with_one_decimal() {
        assert_eq!([0, 3, 30, 90, 1440].map(|minutes| hours_text(minutes, Lang::En)), ["0.0 h", "0.1 h", "0.5 h", "1.5 h", "24.0 h"]);
        assert_eq!(hours_text(90, Lang::De), "1,5 Std.");
    }
}
