//! Texts that name the field they were planted in, so that a test knows one wherever it meets it.

use super::world::{Set, Thing};

/// One planted text.
pub struct Mark {
    pub text: String,
    /// Whoever sees one of these may read it. Nobody on the portal, if there are none.
    pub shown_with: Vec<(Thing, Set)>,
}

/// All of them.
#[derive(Default)]
pub struct Marks(pub Vec<Mark>);

/// At the end of each text, so that none is the beginning of another.
pub const END: &str = "-end";

impl Marks {
    /// A text that no customer may ever read.
    pub fn internal(&mut self, set: Set, field: &str) -> String {
        self.plant(format!("internal-{}-{field}{END}", set.word()), Vec::new())
    }

    /// A text for those who see one of these things of the set.
    pub fn public(&mut self, set: Set, field: &str, with: &[Thing]) -> String {
        self.plant(format!("public-{}-{field}{END}", set.word()), with.iter().map(|thing| (*thing, set)).collect())
    }

    /// The same for a text that more than one set shows.
    pub fn shared(&mut self, field: &str, shown_with: Vec<(Thing, Set)>) -> String {
        self.plant(format!("public-{field}{END}"), shown_with)
    }

    /// A value that cannot name itself, a number for instance, and that no customer may ever read.
    pub fn secret(&mut self, text: String) {
        self.0.push(Mark { text, shown_with: Vec::new() });
    }

    fn plant(&mut self, text: String, shown_with: Vec<(Thing, Set)>) -> String {
        self.0.push(Mark { text: text.clone(), shown_with });
        text
    }
}
