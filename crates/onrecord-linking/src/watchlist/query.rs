//! What is held against a list: a name, and what is known of its bearer.

use onrecord_record::ListKind;

/// A name to be looked for, with what speaks for and against its bearer being an entry's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The name.
    pub name: String,
    /// Other names of the same bearer.
    pub other_names: Vec<String>,
    /// What the bearer is.
    pub kind: Option<ListKind>,
    /// Days or years of birth, in any wording with a year of four digits.
    pub birth_dates: Vec<String>,
    /// Nationalities and countries of residence, registration or flag: names or ISO codes.
    pub countries: Vec<String>,
    /// Roles and descriptions as a text gives them: "the Iranian foreign minister".
    pub roles: Vec<String>,
    /// Whether the name was met in running text. A single word is seldom a whole name there, so less is proposed.
    pub from_text: bool,
}

/// Names of one bearer that are looked for; a text that gives more is hostile or a list itself.
pub(super) const MOST_NAMES: usize = 12;

/// Characters of a name that are compared.
pub(super) const LONGEST_NAME: usize = 200;

impl Query {
    /// A name alone.
    pub fn of(name: &str) -> Self {
        Query { name: name.to_owned(), ..Query::default() }
    }

    /// All names, none twice, cut to a length that is compared.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in std::iter::once(&self.name).chain(&self.other_names) {
            let end = name.char_indices().nth(LONGEST_NAME).map_or(name.len(), |(at, _)| at);
            let name = name.get(..end).unwrap_or_default().trim();
            if name.chars().any(char::is_alphanumeric) && !names.contains(&name) && names.len() < MOST_NAMES {
                names.push(name);
            }
        }
        names
    }
}

/// Into how many parts a name falls that tell people apart. "Abu" with one word is one: half a town bears it.
pub(super) fn parts(name: &str) -> usize {
    const EMPTY: [&str; 26] = [
        "al", "el", "ul", "bin", "ibn", "ben", "bint", "de", "del", "la", "le", "da", "dos", "di", "van",
        "von", "der", "den", "abu", "abou", "umm", "the", "of", "mr", "mrs", "dr",
    ];
    let mut count = 0;
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        if EMPTY.contains(&lower.as_str()) {
            continue;
        }
        // Scripts without spaces write given name and surname together; elsewhere a letter is an initial.
        let packed = word.chars().filter(|c| is_packed(*c)).count();
        count += if packed >= 2 { 2 } else { usize::from(packed == 1 || word.chars().count() > 1) };
    }
    count
}

fn is_packed(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_once_and_cut() {
        let long = "x".repeat(1_000_000);
        let mut query = Query::of("Ann Vey");
        query.other_names = vec!["Ann Vey".into(), "".into(), "–".into(), long, "Anna".into()];
        let names = query.names();
        assert_eq!(names.len(), 3);
        assert_eq!(names[1].len(), LONGEST_NAME);
    }

    #[test]
    fn parts_are_those_that_tell_people_apart() {
        for (name, wanted) in [
            ("ORSANKO, Mikhal", 2),
            ("al-Arif", 1),
            ("Abu Ahmad", 1),
            ("J. Fenn", 1),
            ("山田太郎", 2),
            ("김", 1),
            ("", 0),
            ("محمد الوادي", 2),
        ] {
            assert_eq!(parts(name), wanted, "{name}");
        }
    }
}
