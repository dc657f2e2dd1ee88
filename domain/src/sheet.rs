//! Lists that staff bring along from elsewhere, as CSV: of locations, and of people to invite. A list is kept as it came, looked at line by
//! line, and then taken over whole or not at all.

use serde::{Deserialize, Serialize};

use crate::field::Problem;
use crate::id::SheetId;
use crate::text::{Lang, Text};

#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
mod table;

/// Bytes of a list.
pub const SIZE_LIMIT: usize = 1024 * 1024;
/// Lines of each sort that a preview lists; it counts them all.
pub const LISTED: usize = 50;

closed_set! {
    /// What a list is of.
    pub enum SheetKind { Locations = "locations", People = "people" }
}

closed_set! {
    /// The columns of lists. The words are what the first line calls them; [`SheetColumn::german`] will do too.
    pub enum SheetColumn {
        Name = "name",
        Street = "street",
        PostalCode = "postal_code",
        City = "city",
        Zone = "time_zone",
        Note = "internal_note",
        Email = "email",
        Phone = "phone",
        Language = "language",
    }
}

impl SheetKind {
    pub const fn columns(self) -> &'static [SheetColumn] {
        use SheetColumn::{City, Email, Language, Name, Note, Phone, PostalCode, Street, Zone};
        match self {
            Self::Locations => &[Name, Street, PostalCode, City, Zone, Note],
            Self::People => &[Name, Email, Phone, Language],
        }
    }

    /// The columns that a preview shows of a line; of locations the second is the whole address.
    pub const fn shown(self) -> [SheetColumn; 3] {
        match self {
            Self::Locations => [SheetColumn::Name, SheetColumn::Street, SheetColumn::Zone],
            Self::People => [SheetColumn::Name, SheetColumn::Email, SheetColumn::Phone],
        }
    }

    /// Lines of a list below its first.
    pub const fn row_limit(self) -> usize {
        match self {
            Self::Locations => 5_000,
            Self::People => 500,
        }
    }

    /// A list to begin with.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Locations => {
                "name,street,postal_code,city,time_zone,internal_note\r\n\
                 Branch Mitte,Lindenstr. 4,10969,Berlin,Europe/Berlin,Key at the bakery next door\r\n\
                 Branch Harbour,\"Am Sandtorkai 30, yard\",20457,Hamburg,Europe/Berlin,\r\n"
            }
            Self::People => {
                "name,email,phone,language\r\n\
                 Anna Berger,anna.berger@customer.example,+49 30 555 0101,de\r\n\
                 Ben Carter,ben.carter@customer.example,,en\r\n"
            }
        }
    }
}

impl SheetColumn {
    pub const fn german(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Street => "straße",
            Self::PostalCode => "plz",
            Self::City => "ort",
            Self::Zone => "zeitzone",
            Self::Note => "interne_notiz",
            Self::Email => "e_mail",
            Self::Phone => "telefon",
            Self::Language => "sprache",
        }
    }

    /// Whether each line must have it.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Name | Self::Zone | Self::Email)
    }

    /// The field of a form that it fills.
    #[cfg(feature = "ssr")]
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Language => "lang",
            column => column.word(),
        }
    }
}

/// What is wrong with a cell, or with a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellProblem {
    /// What a form would say of it.
    Field(Problem),
    UnknownColumn,
    ColumnTwice,
    /// More cells than the first line has.
    TooManyCells,
    /// A line break where one line is meant: mostly a quotation mark too many.
    SeveralLines,
    UnknownZone,
    /// An earlier line has the same name.
    NameTwice,
    /// An earlier line has the same address.
    AddressTwice,
    /// The person is shut out.
    Disabled,
    TooManyRows {
        most: usize,
    },
}

impl CellProblem {
    pub fn sentence(&self, lang: Lang) -> String {
        let text = match self {
            Self::Field(problem) => return problem.sentence(lang),
            Self::UnknownColumn => Text::new("There is no such column.", "Diese Spalte gibt es nicht."),
            Self::ColumnTwice => Text::new("This column is there twice.", "Diese Spalte ist doppelt."),
            Self::TooManyCells => {
                Text::new("This line has more cells than the first line.", "Diese Zeile hat mehr Zellen als die erste Zeile.")
            }
            Self::SeveralLines => Text::new(
                "This cell has several lines. Look for a missing quotation mark.",
                "Diese Zelle hat mehrere Zeilen. Fehlt ein Anführungszeichen?",
            ),
            Self::UnknownZone => Text::new(
                "There is no such time zone. Write it like Europe/Berlin.",
                "Diese Zeitzone gibt es nicht. Schreiben Sie sie wie Europe/Berlin.",
            ),
            Self::NameTwice => Text::new("An earlier line has the same name.", "Eine frühere Zeile hat denselben Namen."),
            Self::AddressTwice => Text::new("An earlier line has the same address.", "Eine frühere Zeile hat dieselbe Adresse."),
            Self::Disabled => Text::new("This person is disabled.", "Diese Person ist gesperrt."),
            Self::TooManyRows { most } => {
                return Text::new("A list may have {n} lines at most.", "Eine Liste darf höchstens {n} Zeilen haben.")
                    .fill(lang, &[("n", &most.to_string())]);
            }
        };
        text.get(lang).to_owned()
    }
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LineProblem {
    /// Of the file, from 1.
    pub line: usize,
    /// As the list calls it; empty for the whole line.
    pub column: String,
    pub problem: CellProblem,
}

/// A line that would be taken over, with the cells of [`SheetKind::shown`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NewLine {
    pub line: usize,
    pub cells: Vec<String>,
}

/// What a list would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SheetView {
    pub id: SheetId,
    /// Whether it was taken over already.
    pub done: bool,
    /// Locations that would be added, or people who would get access.
    pub new: usize,
    /// Lines whose location the customer has already, by its name, or whose person has access already. They stay as they are.
    pub known: usize,
    /// Problems: with one of them, nothing is taken over.
    pub wrong: usize,
    /// The first of the new ones.
    pub lines: Vec<NewLine>,
    /// The first of the problems.
    pub problems: Vec<LineProblem>,
}
