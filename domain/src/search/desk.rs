//! How staff search.

use uuid::Uuid;

use crate::actor::Desk;
use crate::error::Result;
use crate::id::CustomerId;
use crate::page::{Cursor, PAGE_SIZE, Page};
use crate::search::index::EVERY;
use crate::search::words::wanted;
use crate::search::{Found, Group, Noun, QUERY_LIMIT};

/// What is shown of each kind when everything is searched.
const FEW: i64 = 5;

/// How a search goes about common words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// A word that this many records have does not lead to them: the newest records are looked at first.
    pub common: i64,
    /// How many of the newest records are looked at then. When too few of them fit, the two rarest words are looked up as a whole.
    pub newest: i64,
    /// Counting the records of a word ends here.
    pub counted: i64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { common: 5_000, newest: 2_000, counted: 100_000 }
    }
}

impl Effort {
    /// So little that a test's few records take every way, for tests.
    pub const LEAST: Self = Self { common: 3, newest: 10, counted: 20 };
}

/// All bytes that a word begins with lie from `from`, before `until`.
struct Range {
    from: Vec<u8>,
    until: Vec<u8>,
}

impl Range {
    fn of(word: &str) -> Self {
        // No character's bytes begin with 255.
        Self { from: word.as_bytes().to_vec(), until: [word.as_bytes(), &[0xff]].concat() }
    }
}

/// What is asked for of one kind, after a key. The rarest word comes first.
struct Wanted<'w> {
    noun: Noun,
    words: Vec<&'w Range>,
    after: (Option<i64>, Option<Uuid>),
    limit: i64,
}

impl Wanted<'_> {
    /// The bounds of a word; none when there are fewer words.
    fn bounds(&self, at: usize) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        self.words.get(at).map(|range| (range.from.clone(), range.until.clone())).unzip()
    }
}

#[derive(sqlx::FromRow)]
struct FoundSql {
    record_id: Uuid,
    place: i64,
    number: String,
    title: Option<String>,
    customer_id: Option<CustomerId>,
    customer_name: Option<String>,
    location_name: Option<String>,
    contact_name: Option<String>,
    contact_email: Option<String>,
}

impl FoundSql {
    fn view(self, noun: Noun) -> Found {
        let (title, belongs) = match noun {
            Noun::Request | Noun::Target | Noun::Report => (self.title, [self.contact_name, self.customer_name, self.location_name]),
            Noun::Customer => (self.customer_name, [None, None, None]),
            Noun::Location => (self.location_name, [self.customer_name, None, None]),
            Noun::Contact => (self.contact_name, [self.contact_email, None, None]),
        };
        Found {
            noun,
            id: self.record_id,
            number: self.number,
            title: title.unwrap_or_default(),
            customer: self.customer_id,
            belongs: belongs.into_iter().flatten().collect(),
        }
    }
}

/// Records `s` that have a word from one bind up to another, if there is one.
macro_rules! has {
    ($from:literal, $until:literal) => {
        concat!(
            " AND (",
            $from,
            " IS NULL OR EXISTS (SELECT 1 FROM search_term x WHERE x.record_id = s.record_id AND x.term >= ",
            $from,
            " AND x.term < ",
            $until,
            "))"
        )
    };
}

/// The columns of [`FoundSql`], for rows `f` of which the statement goes on to tell.
macro_rules! told {
    () => {
        "SELECT f.record_id, f.place, COALESCE(r.number, t.number, w.number, '') AS number, COALESCE(r.title, t.title, w.title) AS title,
            c.id AS customer_id, c.name AS customer_name, l.name AS location_name, o.name AS contact_name, o.email AS contact_email
         FROM ("
    };
}

/// The end of such a statement: whatever kind of record it is, what it is at.
macro_rules! joined {
    () => {
        ") f
         LEFT JOIN request r ON r.id = f.record_id
         LEFT JOIN target t ON t.id = f.record_id
         LEFT JOIN report p ON p.id = f.record_id
         LEFT JOIN target w ON w.id = p.target_id
         LEFT JOIN location l ON l.id = COALESCE(r.location_id, t.location_id, p.location_id, f.record_id)
         LEFT JOIN customer c ON c.id = COALESCE(r.customer_id, t.customer_id, p.customer_id, l.customer_id, f.record_id)
         LEFT JOIN contact o ON o.id = COALESCE(r.contact_id, t.contact_id, f.record_id)
         ORDER BY f.place, f.record_id"
    };
}

impl Desk<'_> {
    /// What has all the typed words, by kind, each the newest first: a few of every kind, or a page of one. Without a word there is
    /// nothing. Text beyond [`QUERY_LIMIT`] is not looked at.
    pub async fn search(&self, typed: &str, noun: Option<Noun>, after: &str) -> Result<Vec<Group>> {
        let typed: String = typed.chars().take(QUERY_LIMIT).collect();
        let words: Vec<Range> = wanted(&typed).iter().map(|word| Range::of(word)).collect();
        let shown = if noun.is_some() { PAGE_SIZE } else { FEW };
        let after = Cursor::parts(Some(&Cursor(after.to_owned())));
        let mut groups = Vec::new();
        for of in Noun::ALL.iter().copied() {
            if words.is_empty() || noun.is_some_and(|noun| noun != of) || !self.actor.role.may(of.needs()) {
                continue;
            }
            let mut rows = self.found(of, &words, after, shown + 1).await?;
            let more = rows.len() as i64 > shown;
            rows.truncate(shown as usize);
            let next = if more { rows.last().map(|row| Cursor::new(row.place, row.record_id)) } else { None };
            if !rows.is_empty() {
                groups.push(Group { noun: of, page: Page { items: rows.into_iter().map(|row| row.view(of)).collect(), next } });
            }
        }
        Ok(groups)
    }

    async fn found(&self, noun: Noun, words: &[Range], after: (Option<i64>, Option<Uuid>), limit: i64) -> Result<Vec<FoundSql>> {
        let mut counted = Vec::new();
        for word in words {
            let count = self.records_with(noun, word).await?;
            if count == 0 {
                return Ok(Vec::new());
            }
            counted.push((count, word));
        }
        counted.sort_by_key(|(count, _)| *count);
        let rare = counted.iter().any(|(count, _)| *count < self.db.settings().search.common);
        let wanted = Wanted { noun, words: counted.into_iter().map(|(_, word)| word).collect(), after, limit };
        if rare {
            return self.led_by_rarest(&wanted).await;
        }
        let newest = self.among_newest(&wanted).await?;
        if newest.len() as i64 == limit { Ok(newest) } else { self.led_by_two(&wanted).await }
    }

    /// How many records have a word, counted up to a limit; a record with several such words counts several times.
    async fn records_with(&self, noun: Noun, word: &Range) -> Result<i64> {
        let (count,) = read!(
            self.reader(),
            One<(i64,)>,
            "SELECT COUNT(*) FROM (SELECT s.record_id FROM search_term s WHERE s.noun = $1 AND s.term >= $2 AND s.term < $3 LIMIT $4) counted",
            noun,
            word.from.as_slice(),
            word.until.as_slice(),
            self.db.settings().search.counted,
        )?;
        Ok(count)
    }

    async fn led_by_rarest(&self, wanted: &Wanted<'_>) -> Result<Vec<FoundSql>> {
        let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|at| wanted.bounds(at));
        read!(
            self.reader(),
            Vec<FoundSql>,
            concat!(
                told!(),
                "SELECT DISTINCT s.record_id, s.place FROM search_term s
                 WHERE s.noun = $1 AND s.term >= $2 AND s.term < $3
                    AND ($12 IS NULL OR s.place > $12 OR (s.place = $12 AND s.record_id > $13))",
                has!("$4", "$5"),
                has!("$6", "$7"),
                has!("$8", "$9"),
                has!("$10", "$11"),
                " ORDER BY s.place, s.record_id LIMIT $14",
                joined!()
            ),
            wanted.noun,
            a.0.clone(),
            a.1.clone(),
            b.0.clone(),
            b.1.clone(),
            c.0.clone(),
            c.1.clone(),
            d.0.clone(),
            d.1.clone(),
            e.0.clone(),
            e.1.clone(),
            wanted.after.0,
            wanted.after.1,
            wanted.limit,
        )
    }

    async fn among_newest(&self, wanted: &Wanted<'_>) -> Result<Vec<FoundSql>> {
        let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|at| wanted.bounds(at));
        read!(
            self.reader(),
            Vec<FoundSql>,
            concat!(
                told!(),
                "SELECT s.record_id, s.place FROM (
                    SELECT n.record_id, n.place FROM search_term n
                    WHERE n.noun = $1 AND n.term = $2 AND ($13 IS NULL OR n.place > $13 OR (n.place = $13 AND n.record_id > $14))
                    ORDER BY n.place, n.record_id LIMIT $16
                 ) s WHERE TRUE",
                has!("$3", "$4"),
                has!("$5", "$6"),
                has!("$7", "$8"),
                has!("$9", "$10"),
                has!("$11", "$12"),
                " ORDER BY s.place, s.record_id LIMIT $15",
                joined!()
            ),
            wanted.noun,
            EVERY,
            a.0.clone(),
            a.1.clone(),
            b.0.clone(),
            b.1.clone(),
            c.0.clone(),
            c.1.clone(),
            d.0.clone(),
            d.1.clone(),
            e.0.clone(),
            e.1.clone(),
            wanted.after.0,
            wanted.after.1,
            wanted.limit,
            self.db.settings().search.newest,
        )
    }

    /// A single word stands for both.
    async fn led_by_two(&self, wanted: &Wanted<'_>) -> Result<Vec<FoundSql>> {
        let [a, b, c, d, e] = [0, usize::from(wanted.words.len() > 1), 2, 3, 4].map(|at| wanted.bounds(at));
        read!(
            self.reader(),
            Vec<FoundSql>,
            concat!(
                told!(),
                "SELECT s.record_id, s.place FROM (
                    SELECT a.record_id, a.place FROM search_term a WHERE a.noun = $1 AND a.term >= $2 AND a.term < $3
                    INTERSECT
                    SELECT b.record_id, b.place FROM search_term b WHERE b.noun = $1 AND b.term >= $4 AND b.term < $5
                 ) s WHERE ($12 IS NULL OR s.place > $12 OR (s.place = $12 AND s.record_id > $13))",
                has!("$6", "$7"),
                has!("$8", "$9"),
                has!("$10", "$11"),
                " ORDER BY s.place, s.record_id LIMIT $14",
                joined!()
            ),
            wanted.noun,
            a.0.clone(),
            a.1.clone(),
            b.0.clone(),
            b.1.clone(),
            c.0.clone(),
            c.1.clone(),
            d.0.clone(),
            d.1.clone(),
            e.0.clone(),
            e.1.clone(),
            wanted.after.0,
            wanted.after.1,
            wanted.limit,
        )
    }
}
