//! A list under a first line that names its columns, and what is found to be wrong with it.

use crate::field::{Problem, Problems};
use crate::sheet::reading::{Line, lines_of};
use crate::sheet::{CellProblem, LineProblem, SheetColumn, SheetKind};

pub(super) struct Table {
    head: Line,
    /// None for a column without a name.
    columns: Vec<Option<SheetColumn>>,
    pub rows: Vec<Line>,
}

/// Problems, in the order of the lines.
#[derive(Default)]
pub(super) struct Findings(pub Vec<LineProblem>);

impl Findings {
    pub fn add(&mut self, line: usize, column: &str, problem: CellProblem) {
        self.0.push(LineProblem { line, column: column.to_owned(), problem });
    }
}

impl Table {
    /// None, with findings, when the columns are not those of the kind, or there are too many lines: nothing can be said of the lines then.
    pub fn of(text: &str, kind: SheetKind, findings: &mut Findings) -> Option<Self> {
        let mut lines = lines_of(text).into_iter();
        let Some(head) = lines.next() else {
            findings.add(1, "", CellProblem::Field(Problem::Missing));
            return None;
        };
        let columns = columns_of(&head, kind, findings);
        let (rows, most) = (lines.collect::<Vec<_>>(), kind.row_limit());
        if rows.len() > most {
            findings.add(head.number, "", CellProblem::TooManyRows { most });
        }
        findings.0.is_empty().then_some(Self { head, columns, rows })
    }

    /// The cells of a line that have something in them; none, with a finding, when they do not fit the columns.
    pub fn cells<'t>(&self, row: &'t Line, findings: &mut Findings) -> Option<Vec<(SheetColumn, &'t str)>> {
        let mut cells = Vec::new();
        for (i, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let Some(Some(column)) = self.columns.get(i).copied() else {
                findings.add(row.number, "", CellProblem::TooManyCells);
                return None;
            };
            if cell.contains('\n') && column != SheetColumn::Note {
                findings.add(row.number, self.heading(column.field()), CellProblem::SeveralLines);
                return None;
            }
            cells.push((column, cell.as_str()));
        }
        Some(cells)
    }

    /// Notes what a form says of a line's fields.
    pub fn add_all(&self, row: &Line, problems: Problems, findings: &mut Findings) {
        for (field, problem) in problems.0 {
            let no_zone = field == "zone" && problem == Problem::NotAChoice;
            let problem = if no_zone { CellProblem::UnknownZone } else { CellProblem::Field(problem) };
            findings.add(row.number, self.heading(&field), problem);
        }
    }

    /// What the list calls the column that fills a field.
    fn heading<'t>(&'t self, field: &'t str) -> &'t str {
        let at = self.columns.iter().position(|column| column.is_some_and(|column| column.field() == field));
        at.map_or(field, |i| self.head.cells[i].as_str())
    }
}

fn columns_of(head: &Line, kind: SheetKind, findings: &mut Findings) -> Vec<Option<SheetColumn>> {
    let mut columns: Vec<Option<SheetColumn>> = Vec::new();
    for heading in &head.cells {
        let column = headed(heading, kind);
        match column {
            None if !heading.is_empty() => findings.add(head.number, heading, CellProblem::UnknownColumn),
            Some(_) if columns.contains(&column) => findings.add(head.number, heading, CellProblem::ColumnTwice),
            _ => {}
        }
        columns.push(column);
    }
    for column in kind.columns().iter().copied().filter(|column| column.is_required()) {
        if !columns.contains(&Some(column)) {
            findings.add(head.number, column.word(), CellProblem::Field(Problem::Missing));
        }
    }
    columns
}

/// The column of a heading, in whatever case, with spaces or without.
fn headed(heading: &str, kind: SheetKind) -> Option<SheetColumn> {
    let heading = heading.trim().to_lowercase().replace([' ', '-'], "_");
    kind.columns().iter().copied().find(|column| heading == column.word() || heading == column.german())
}
