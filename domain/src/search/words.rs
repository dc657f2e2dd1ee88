//! What a word is, and which ways to write it are the same: upper and lower case, letters with and without their marks, umlauts as German
//! writes them with and without dots (`ä`, `ae` and `a`), `ß` and `ss`. A telephone number is found by any part of it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that count; what comes after them is not looked at.
const LONGEST: usize = 40;
/// Words of one search that count: the longest ones.
pub const MOST_WANTED: usize = 5;
/// Words of one record that can be found.
const MOST_KEPT: usize = 2_000;
/// Digits of a telephone number.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=15;
/// The shortest part of a telephone number that it is found by, in digits.
const PART: usize = 4;
/// Digits of a typed telephone number that are compared: behind them is how the country and the trunk are written.
const COMPARED: usize = 7;

/// All words of some texts.
pub fn kept<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let text = folded(text);
        words.extend(plain(&text));
        for number in telephone_numbers(&text) {
            let digits = digits_of(number);
            words.extend((0..=digits.len() - PART).map(|at| digits[at..].to_owned()));
        }
        if words.len() >= MOST_KEPT {
            break;
        }
    }
    words.into_iter().take(MOST_KEPT).collect()
}

/// The words of some texts on one line, each behind a blank: a LIKE finds the beginnings of words in it.
pub fn line<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut line = String::new();
    for text in texts {
        for word in plain(&folded(text)) {
            line.push(' ');
            line.push_str(&word);
        }
    }
    line
}

/// The patterns by which a LIKE finds what was typed in such a line, all of them; none when no word was typed. A house number and a postal
/// code are no telephone number.
pub fn patterns(typed: &str) -> [Option<String>; MOST_WANTED] {
    let words = longest(plain(&folded(typed)).collect());
    if words.is_empty() {
        return Default::default();
    }
    let mut patterns = words.iter().map(|word| format!("% {word}%"));
    std::array::from_fn(|_| Some(patterns.next().unwrap_or_else(|| "%".to_owned())))
}

/// The words of a search: beginnings of what is found.
pub fn wanted(typed: &str) -> Vec<String> {
    let text = folded(typed);
    let (mut rest, mut words) = (text.clone(), Vec::new());
    for number in telephone_numbers(&text) {
        rest = rest.replace(number, " ");
        let digits = digits_of(number);
        let significant = digits.trim_start_matches('0');
        words.push(significant[significant.len().saturating_sub(COMPARED)..].to_owned());
    }
    words.extend(plain(&rest));
    longest(words)
}

/// As many as count.
fn longest(mut words: Vec<String>) -> Vec<String> {
    words.retain(|word| !word.is_empty());
    words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup();
    words.truncate(MOST_WANTED);
    words
}

/// The text in the form in which texts are compared.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            // The second half of an umlaut that is written without its dots; the first stays for both ways.
            'e' if out.ends_with(['a', 'o', 'u']) => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push('a'),
            'œ' | 'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            other => out.push(other),
        }
    }
    out
}

/// The words of a folded text: letters and digits in a row.
fn plain(folded: &str) -> impl Iterator<Item = String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| word.chars().take(LONGEST).collect())
}

/// What looks like a telephone number in a folded text: it begins with `+` or `0`, and its digits are parted by nothing but the usual signs.
fn telephone_numbers(folded: &str) -> Vec<&str> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '/' | '-' | '.');
    let edge = |c: char| !c.is_ascii_digit() && c != '+';
    let looks = |number: &&str| number.starts_with(['+', '0']) && DIGITS.contains(&digits_of(number).len());
    folded.split(|c: char| !part(c)).map(|run| run.trim_matches(edge)).filter(looks).collect()
}

fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text is found by what is typed.
    fn finds(typed: &str, text: &str) -> bool {
        let (kept, wanted) = (kept([text]), wanted(typed));
        !wanted.is_empty() && wanted.iter().all(|word| kept.iter().any(|kept| kept.starts_with(word.as_str())))
    }

    #[test]
    fn search_a_word_is_found_however_it_is_written() {
        for text in ["Müller", "Mueller", "Muller", "MÜLLER", "Mu\u{308}ller"] {
            for typed in ["müller", "Mueller", "muller", "MÜL", "mue", "mu"] {
                assert!(finds(typed, text), "{typed} in {text}");
            }
        }
        for (typed, text) in [
            ("strasse", "Große Straße 5"),
            ("STRAẞE", "Grosse Strasse"),
            ("sao paulo", "São Paulo"),
            ("odegard", "Ødegård"),
            ("łódź", "Lodz"),
            ("ﬁlter", "filter"),
            ("neue quelle", "Zur neuen Quelle"),
            ("ｆｕｌｌ", "full width"),
        ] {
            assert!(finds(typed, text), "{typed} in {text}");
        }
        assert!(!finds("mulle", "Malle"));
        assert!(!finds("ller", "Müller"), "a word is found by its beginning");
    }

    #[test]
    fn r2_a_line_fits_the_patterns_of_its_words() {
        assert_eq!(line(["Bäckerei Süd", "Große Str. 4", ""]), " backerei sud grosse str 4");
        assert_eq!(patterns(" 100%, _ "), ["% 100%", "%", "%", "%", "%"].map(|pattern| Some(pattern.to_owned())));
        assert!(patterns("% _ -").iter().all(Option::is_none));
        assert_eq!(patterns("0004 01067")[0].as_deref(), Some("% 01067%"), "no telephone number");
        assert_eq!(patterns("a bb ccc dddd eeeee ffffff").map(|pattern| pattern.map_or(0, |pattern| pattern.len())), [9, 8, 7, 6, 5]);
    }

    #[test]
    fn search_signs_are_no_words_and_no_wildcards() {
        for typed in ["", "  ", "%", "_", "%_%", "'; --", "\\"] {
            assert!(wanted(typed).is_empty(), "{typed:?}");
        }
        assert!(!finds("%boiler", "pump") && !finds("b_iler", "boiler"));
        assert!(finds("100%", "Valve 100% open") && finds("it's", "It's cold"));
    }

    #[test]
    fn search_a_telephone_number_is_found_by_any_way_to_write_it() {
        for text in ["+49 170 5550101", "0170/555 01 01", "0049-170-5550101", "(0170) 5550101", "call 0170.5550101, please"] {
            for typed in ["0170 5550101", "+491705550101", "5550101", "0170 555-01"] {
                assert!(finds(typed, text), "{typed} in {text}");
            }
        }
        assert!(!finds("0170 5550102", "+49 170 5550101"));
        assert!(finds("01067 Dresden", "01067 Dresden") && finds("20240015", "Invoice 20240015"));
    }

    #[test]
    fn search_long_texts_and_long_words_have_an_end() {
        let endless = "x".repeat(10_000);
        assert_eq!(kept([endless.as_str()]).into_iter().map(|word| word.len()).collect::<Vec<_>>(), [LONGEST]);
        assert!(finds(&endless, &endless));
        assert_eq!(wanted("a bb ccc dddd eeeee ffffff").len(), MOST_WANTED);
        let many: String = (0..10_000).map(|n| format!("word{n} ")).collect();
        assert_eq!(kept([many.as_str()]).len(), MOST_KEPT);
    }
}
