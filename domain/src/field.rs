//! What can be wrong with a field of a form. Constructors of input types (`NewRequest::parse` and its like) return all problems at
//! once; browser and server share them.

use serde::{Deserialize, Serialize};

use crate::text::{Lang, Text};

/// Why one field was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Missing,
    /// Nothing of what there is to choose from was chosen.
    NothingChosen,
    /// No day was chosen or typed.
    NoDay,
    /// A day without its date, or with one of its two hours.
    DayIncomplete,
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
    },
    TooMany {
        most: usize,
    },
    NotAChoice,
    NotAnAddress,
    NotADate,
    NotATime,
    EndBeforeStart,
    InThePast,
    /// A local time that the clocks skip on that day.
    NoSuchTime,
    NotANumber,
    Taken,
    WrongCredentials,
    PasswordTooCommon,
    PasswordsDiffer,
    NotAColour,
    /// Text in this colour could not be read. The contrast in hundredths, rounded down, and the nearest colour that will do.
    LowContrast {
        hundredths: u32,
        passes: String,
    },
    /// A rule of the moment, said in the product's words.
    Refused(Refusal),
}

closed_set! {
    /// Rules that refuse an act although each field is fine.
    pub enum Refusal {
        NotApproved = "not_approved",
        OwnRevision = "own_revision",
        NotYetStarted = "not_yet_started",
        StillScheduled = "still_scheduled",
        LastAdmin = "last_admin",
        ReportNotReleased = "report_not_released",
        FileNotOfReport = "file_not_of_report",
        NothingToSend = "nothing_to_send",
        AlreadyInvited = "already_invited",
        FileTooLarge = "file_too_large",
        FileTypeNotAllowed = "file_type_not_allowed",
        FileIsHeic = "file_is_heic",
        TooManyFiles = "too_many_files",
        FileEmpty = "file_empty",
        WorkDone = "work_done",
        HasTarget = "has_target",
        NotUndone = "not_undone",
        SheetTooLarge = "sheet_too_large",
        SheetNotText = "sheet_not_text",
        TooManyTemplates = "too_many_templates",
        LogoTooLarge = "logo_too_large",
        LogoNotAPicture = "logo_not_a_picture",
    }
}

impl Problem {
    /// The sentence that stands beside the field.
    pub fn sentence(&self, lang: Lang) -> String {
        let n = |n: &usize| n.to_string();
        match self {
            Self::Missing => Text::new("Please fill this in.", "Bitte füllen Sie dieses Feld aus.").get(lang).into(),
            Self::NothingChosen => Text::new("Please choose.", "Bitte wählen Sie aus.").get(lang).into(),
            Self::NoDay => Text::new("Please choose at least one day.", "Bitte wählen Sie mindestens einen Tag.").get(lang).into(),
            Self::DayIncomplete => {
                Text::new("A day needs its date, and both hours or none.", "Ein Tag braucht sein Datum und beide Uhrzeiten oder keine.")
                    .get(lang)
                    .into()
            }
            Self::TooShort { least } => {
                Text::new("Please use at least {n} characters.", "Bitte mindestens {n} Zeichen.").fill(lang, &[("n", &n(least))])
            }
            Self::TooLong { most } => {
                Text::new("This is too long. The limit is {n} characters.", "Das ist zu lang. Erlaubt sind {n} Zeichen.")
                    .fill(lang, &[("n", &n(most))])
            }
            Self::TooMany { most } => {
                Text::new("Please choose at most {n}.", "Bitte wählen Sie höchstens {n}.").fill(lang, &[("n", &n(most))])
            }
            Self::NotAChoice => Text::new("Please choose one of the options.", "Bitte wählen Sie eine der Möglichkeiten.").get(lang).into(),
            Self::NotAnAddress => Text::new(
                "Please enter an email address like name@example.com.",
                "Bitte geben Sie eine E-Mail-Adresse wie name@example.com ein.",
            )
            .get(lang)
            .into(),
            Self::NotADate => Text::new("Please enter a date.", "Bitte geben Sie ein Datum ein.").get(lang).into(),
            Self::NotATime => Text::new("Please enter a time like 14:30.", "Bitte geben Sie eine Uhrzeit wie 14:30 ein.").get(lang).into(),
            Self::EndBeforeStart => Text::new("The end must be after the start.", "Das Ende muss nach dem Beginn liegen.").get(lang).into(),
            Self::InThePast => Text::new("This date has passed.", "Dieses Datum ist vorbei.").get(lang).into(),
            Self::NoSuchTime => Text::new(
                "The clocks change on that day and skip this time.",
                "An diesem Tag werden die Uhren umgestellt; diese Uhrzeit gibt es nicht.",
            )
            .get(lang)
            .into(),
            Self::NotANumber => Text::new("Please enter a number.", "Bitte geben Sie eine Zahl ein.").get(lang).into(),
            Self::Taken => Text::new("This is already in use.", "Das wird bereits verwendet.").get(lang).into(),
            Self::WrongCredentials => {
                Text::new("Email address or password is not right.", "E-Mail-Adresse oder Passwort stimmt nicht.").get(lang).into()
            }
            Self::PasswordTooCommon => Text::new(
                "This password is widely known. Please choose another.",
                "Dieses Passwort ist allgemein bekannt. Bitte wählen Sie ein anderes.",
            )
            .get(lang)
            .into(),
            Self::PasswordsDiffer => Text::new("The two passwords differ.", "Die beiden Passwörter sind verschieden.").get(lang).into(),
            Self::NotAColour => {
                Text::new("Please enter a colour like #0B5A5E.", "Bitte geben Sie eine Farbe wie #0B5A5E ein.").get(lang).into()
            }
            Self::LowContrast { hundredths, passes } => {
                let ratio = decimal(*hundredths, lang);
                Text::new(
                    "Its contrast with light surfaces is {ratio}:1, and needs 4.5:1. {hex} will do.",
                    "Der Kontrast zu hellen Flächen ist {ratio}:1, nötig sind 4,5:1. Es reicht {hex}.",
                )
                .fill(lang, &[("ratio", &ratio), ("hex", passes)])
            }
            Self::Refused(refusal) => refusal.sentence().get(lang).into(),
        }
    }
}

/// Hundredths as people write them.
pub fn decimal(hundredths: u32, lang: Lang) -> String {
    let point = match lang {
        Lang::En => '.',
        Lang::De => ',',
    };
    format!("{}{point}{:02}", hundredths / 100, hundredths % 100)
}

impl Refusal {
    pub const fn sentence(self) -> Text {
        match self {
            Self::NotApproved => {
                Text::new("Only an approved report can be released.", "Nur ein freigegebener Bericht kann geteilt werden.")
            }
            Self::OwnRevision => Text::new(
                "Somebody else must approve what you edited last.",
                "Was Sie zuletzt bearbeitet haben, muss jemand anderes freigeben.",
            ),
            Self::NotYetStarted => Text::new("This appointment has not started yet.", "Dieser Termin hat noch nicht begonnen."),
            Self::StillScheduled => Text::new(
                "An appointment is still scheduled. Finish or cancel it first.",
                "Ein Termin ist noch geplant. Bitte erst abschließen oder absagen.",
            ),
            Self::LastAdmin => Text::new("The last administrator must stay.", "Der letzte Administrator muss bleiben."),
            Self::ReportNotReleased => Text::new("Release the report first.", "Bitte zuerst den Bericht teilen."),
            Self::FileNotOfReport => Text::new("This file does not belong to the report.", "Diese Datei gehört nicht zum Bericht."),
            Self::NothingToSend => Text::new("There is nothing to send.", "Es gibt nichts zu senden."),
            Self::AlreadyInvited => Text::new("This person already has access.", "Diese Person hat bereits Zugang."),
            Self::FileTooLarge => Text::new("This file is too large. The limit is 15 MB.", "Diese Datei ist zu groß. Erlaubt sind 15 MB."),
            Self::FileTypeNotAllowed => {
                Text::new("Please send JPEG, PNG, WebP or PDF files.", "Bitte senden Sie JPEG-, PNG-, WebP- oder PDF-Dateien.")
            }
            Self::FileIsHeic => Text::new(
                "HEIC photos cannot be read here. Please send the photo as JPEG.",
                "HEIC-Fotos sind hier nicht lesbar. Bitte senden Sie das Foto als JPEG.",
            ),
            Self::TooManyFiles => Text::new("At most 10 files can be attached.", "Höchstens 10 Dateien können angehängt werden."),
            Self::FileEmpty => Text::new("This file is empty.", "Diese Datei ist leer."),
            Self::WorkDone => Text::new("The work is already done.", "Die Arbeit ist bereits erledigt."),
            Self::HasTarget => Text::new(
                "Work has been created for this request. Cancel it first.",
                "Zu dieser Anfrage gibt es einen Auftrag. Bitte erst stornieren.",
            ),
            Self::NotUndone => {
                Text::new("This decision can no longer be taken back.", "Diese Entscheidung kann nicht mehr zurückgenommen werden.")
            }
            Self::SheetTooLarge => Text::new("This list is too large. The limit is 1 MB.", "Diese Liste ist zu groß. Erlaubt ist 1 MB."),
            Self::LogoTooLarge => Text::new("This logo is too large. The limit is 1 MB.", "Dieses Logo ist zu groß. Erlaubt ist 1 MB."),
            Self::LogoNotAPicture => Text::new("Please send the logo as PNG or JPEG.", "Bitte senden Sie das Logo als PNG oder JPEG."),
            Self::SheetNotText => {
                Text::new("Please save the list as “CSV UTF-8” and try again.", "Bitte speichern Sie die Liste als „CSV UTF-8“.")
            }
            Self::TooManyTemplates => Text::new(
                "At most 50 templates can be kept. Please remove one first.",
                "Höchstens 50 Vorlagen sind möglich. Bitte entfernen Sie zuerst eine.",
            ),
        }
    }
}

/// All that is wrong with a form: never empty when returned as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems(pub Vec<(String, Problem)>);

impl Problems {
    pub fn of(field: &str, problem: Problem) -> Self {
        Self(vec![(field.to_owned(), problem)])
    }

    /// Notes a field's problem and gives its value otherwise.
    pub fn take<T>(&mut self, field: &str, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.0.push((field.to_owned(), problem))).ok()
    }

    /// The same for a part of a form that has several fields.
    pub fn take_all<T>(&mut self, part: Result<T, Self>) -> Option<T> {
        part.map_err(|problems| self.0.extend(problems.0)).ok()
    }

    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push((field.to_owned(), problem));
    }

    /// `Ok` when nothing was noted.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    pub fn get(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, problem)| problem)
    }
}

/// One line of text: trimmed, inner white space folded, no control characters, `least..=most` characters.
pub fn line(raw: &str, least: usize, most: usize) -> Result<String, Problem> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    within(text, least, most)
}

/// Several lines of text: trimmed, line ends as LF, no other control characters but TAB.
pub fn lines(raw: &str, least: usize, most: usize) -> Result<String, Problem> {
    let text: String =
        raw.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    within(text.trim().to_owned(), least, most)
}

/// An email address, folded to lower case: something before and after one `@`, a dot after it, at most 254 bytes, ASCII only.
pub fn email(raw: &str) -> Result<String, Problem> {
    let address = raw.trim().to_ascii_lowercase();
    let (local, host) = address.split_once('@').ok_or(if address.is_empty() { Problem::Missing } else { Problem::NotAnAddress })?;
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '\\' | '"' | '@');
    let host_ok = host.contains('.')
        && host
            .split('.')
            .all(|l| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    if local.is_empty() || local.len() > 64 || address.len() > 254 || !local.chars().all(plain) || !host_ok {
        return Err(Problem::NotAnAddress);
    }
    Ok(address)
}

fn within(text: String, least: usize, most: usize) -> Result<String, Problem> {
    match text.chars().count() {
        0 if least > 0 => Err(Problem::Missing),
        n if n < least => Err(Problem::TooShort { least }),
        n if n > most => Err(Problem::TooLong { most }),
        _ => Ok(text),
    }
}
