//! Words that people read, in every language of the product at once: a text without one of them does not compile.

closed_set! {
    /// The languages of the product.
    #[derive(Default)]
    pub enum Lang { #[default] En = "en", De = "de" }
}

/// One text in each language. Placeholders are names in braces: `"Hello, {name}"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub en: &'static str,
    pub de: &'static str,
}

impl Text {
    pub const fn new(en: &'static str, de: &'static str) -> Self {
        Self { en, de }
    }

    /// The text in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::De => self.de,
        }
    }

    /// The text in one language with its placeholders filled, each at most once, so that a filled-in value is never filled again.
    pub fn fill(self, lang: Lang, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.get(lang);
        while let Some(start) = rest.find('{') {
            let Some(len) = rest[start..].find('}') else { break };
            let name = &rest[start + 1..start + len];
            out.push_str(&rest[..start]);
            match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => out.push_str(value),
                None => out.push_str(&rest[start..=start + len]),
            }
            rest = &rest[start + len + 1..];
        }
        out.push_str(rest);
        out
    }
}

/// A text that depends on a number: none, one, or `{n}` of them.
#[derive(Clone, Copy, Debug)]
pub struct Plural {
    pub zero: Text,
    pub one: Text,
    pub other: Text,
}

impl Plural {
    pub fn count(self, lang: Lang, n: usize) -> String {
        let text = match n {
            0 => self.zero,
            1 => self.one,
            _ => self.other,
        };
        text.fill(lang, &[("n", &n.to_string())])
    }
}

/// Declares named texts: `texts! { NEW_REQUEST: "New request", "Neue Anfrage"; … }`.
#[macro_export]
macro_rules! texts {
    ($($name:ident: $en:literal, $de:literal;)+) => {
        $(pub const $name: $crate::text::Text = $crate::text::Text::new($en, $de);)+

        /// Every text of this module, for the tests that look at all of them.
        pub const ALL: &[(&str, $crate::text::Text)] = &[$((stringify!($name), $name)),+];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_in_value_is_not_filled_again() {
        let text = Text::new("{a} and {b}, {c}", "");
        assert_eq!(text.fill(Lang::En, &[("a", "{b}"), ("b", "x")]), "{b} and x, {c}");
    }
}
