//! From bytes to lines with cells, whatever program wrote them.

use crate::field::Refusal;

/// One line of a list that has at least one cell with something in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Of the file, from 1; that of its start, if cells have line breaks.
    pub number: usize,
    pub cells: Vec<String>,
}

/// A file as text, without the mark that some programs begin it with, and with LF as line ends.
///
/// # Errors
/// `SheetNotText` for what is not UTF-8, or no text at all.
pub(super) fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::SheetNotText)?;
    if text.contains('\0') {
        return Err(Refusal::SheetNotText);
    }
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

/// The lines of a text. Cells are parted by what parts the first line: commas, semicolons or tabs.
pub(super) fn lines_of(text: &str) -> Vec<Line> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(text)).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut record, mut lines) = (csv::StringRecord::new(), Vec::new());
    let (mut number, mut counted) = (1, 0);
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let position = record.position().map_or(0, csv::Position::byte);
        // Empty lines before it belong to a record's position.
        let rest = usize::try_from(position).ok().and_then(|at| text.get(at..)).unwrap_or_default();
        let start = text.len() - rest.trim_start_matches('\n').len();
        number += text.get(counted..start).unwrap_or_default().matches('\n').count();
        counted = start;
        let cells: Vec<_> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push(Line { number, cells });
        }
    }
    lines
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // Of two that are as frequent, the last is taken.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(usize, Vec<String>)> {
        lines_of(&text_of(text.as_bytes()).unwrap()).into_iter().map(|line| (line.number, line.cells)).collect()
    }

    #[test]
    fn lines_are_numbered_as_in_the_file_whoever_wrote_it() {
        for (text, why) in [
            ("name,city\n\nA,B\n", "empty lines count"),
            ("\u{feff}name;city\r\n\r\n\"A\";B", "a mark, semicolons, CR LF"),
            ("name\tcity\r,\rA\tB\r", "tabs, CR, a line without anything"),
        ] {
            let lines = numbers(text);
            assert_eq!(lines.first().unwrap(), &(1, vec!["name".to_owned(), "city".to_owned()]), "{why}");
            assert_eq!(lines.last().unwrap(), &(3, vec!["A".to_owned(), "B".to_owned()]), "{why}");
        }
        let lines = numbers("name,note\n\"A\",\"one\ntwo\"\nB,\n,\nC,c");
        assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 4, 6]);
        assert_eq!(lines[1].1, ["A", "one\ntwo"]);
    }

    #[test]
    fn promise_11_what_is_no_text_is_refused_and_anything_else_is_read() {
        for bytes in [b"n\xe4me,city".as_slice(), b"name\0", b"\xff\xfen\0a\0", b"PK\x03\x04\0\xff"] {
            assert_eq!(text_of(bytes), Err(Refusal::SheetNotText), "{bytes:?}");
        }
        // Quotation marks that never end, cells without end, nothing at all: lines, but no harm.
        for text in ["", "\n\n", "\"", "a\"b,\"c", "\"a\nb\nc", ",,,,\n\"\"\"\n", &",".repeat(10_000)] {
            lines_of(&text_of(text.as_bytes()).unwrap());
        }
    }
}
