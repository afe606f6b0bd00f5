//! One entry of a list: its names and what the list knows of it.

use super::problem::Problems;
use onrecord_record::{ListFacts, ListKind, NameStanding};
use std::sync::Arc;

/// Somebody or something on a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The list's name, as the user gave it.
    pub list: Arc<str>,
    /// The list's own id; the place where it gives none.
    pub id: String,
    /// Where the entry begins: "sdn.csv:17".
    pub place: String,
    /// Its names, the one it is listed under first. Never empty.
    pub names: Vec<ListName>,
    /// What else the list says.
    pub facts: ListFacts,
    /// Whether the list lacks the entry's own row, so that only other names of it are known.
    pub without_row: bool,
}

/// A name of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListName {
    /// As printed, white space set right.
    pub text: String,
    /// What sort of name it is.
    pub standing: NameStanding,
}

/// How much of a list is taken in. What is beyond is named and left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListLimits {
    /// Bytes of one cell or value. Longer ones are no names or facts, but damage.
    pub cell_bytes: usize,
    /// Bytes of one line of JSON.
    pub line_bytes: usize,
    /// Characters of one name.
    pub name_characters: usize,
    /// Names of one entry.
    pub names: usize,
    /// Entries of all files of one list together.
    pub entries: usize,
}

impl Default for ListLimits {
    fn default() -> Self {
        ListLimits {
            cell_bytes: 100_000,
            line_bytes: 4_000_000,
            name_characters: 500,
            names: 1_000,
            entries: 3_000_000,
        }
    }
}

/// A text with white space set right and control characters taken out, and what was the matter with it.
pub(super) struct Cleaned {
    pub(super) text: String,
    /// Whether characters that belong to no name were taken out.
    pub(super) controls: bool,
    /// Whether bytes could not be decoded.
    pub(super) undecoded: bool,
}

/// Sets white space right; takes out what is not written.
pub(super) fn clean(text: &str) -> Cleaned {
    let mut out = String::with_capacity(text.len());
    let (mut controls, mut undecoded, mut gap) = (false, false, false);
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if c.is_control() || c == '\u{feff}' {
            controls = true;
            continue;
        }
        undecoded |= c == '\u{fffd}';
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
    }
    Cleaned { text: out, controls, undecoded }
}

/// An entry in the making.
pub(super) struct Draft<'p> {
    pub(super) entry: Entry,
    limits: ListLimits,
    problems: &'p mut Problems,
    dropped: usize,
}

impl<'p> Draft<'p> {
    /// Begins an entry at `place`; `id` may be empty.
    pub(super) fn new(
        list: &Arc<str>,
        place: String,
        id: &str,
        limits: ListLimits,
        problems: &'p mut Problems,
    ) -> Self {
        let id = clean(id).text;
        let id = if id.is_empty() { place.clone() } else { id };
        let facts = ListFacts::default();
        let entry = Entry { list: Arc::clone(list), id, place, names: Vec::new(), facts, without_row: false };
        Draft { entry, limits, problems, dropped: 0 }
    }

    /// The place of the entry, for a problem.
    fn place(&self) -> String {
        self.entry.place.clone()
    }

    /// Adds a name, unless it is empty or there already.
    pub(super) fn name(&mut self, text: &str, standing: NameStanding) {
        let name = clean(text);
        if !name.text.chars().any(char::is_alphanumeric) {
            return;
        }
        if name.text.chars().count() > self.limits.name_characters {
            let what = format!("has a name of {} characters", name.text.chars().count());
            self.problems.in_part(
                self.place(),
                what,
                "no name is that long; look whether cells have run together",
            );
            return;
        }
        if name.controls {
            self.problems.in_part(
                self.place(),
                "has a name with NUL or other control characters",
                "the file may be damaged",
            );
        }
        if name.undecoded {
            self.problems.in_part(
                self.place(),
                "has a name with bytes that could not be decoded",
                "save the list as UTF-8",
            );
        }
        self.push(ListName { text: name.text, standing });
    }

    fn push(&mut self, name: ListName) {
        if self.entry.names.iter().any(|there| there.text == name.text) {
            return;
        }
        if self.entry.names.len() < self.limits.names {
            self.entry.names.push(name);
        } else {
            self.dropped += 1;
        }
    }

    /// The values of a fact, cleaned, without what is there already.
    pub(super) fn fact(&mut self, of: impl FnOnce(&mut ListFacts) -> &mut Vec<String>, text: &str) {
        let text = clean(text).text;
        let values = of(&mut self.entry.facts);
        if !text.is_empty() && values.len() < MOST_VALUES && !values.contains(&text) {
            values.push(text);
        }
    }

    /// What the entry is.
    pub(super) fn kind(&mut self, kind: Option<ListKind>) {
        self.entry.facts.kind = kind;
    }

    /// Adds to the remarks.
    pub(super) fn remark(&mut self, text: &str) {
        let mut text = clean(text).text;
        if text.is_empty() {
            return;
        }
        if let Some(before) = self.entry.facts.remarks.take() {
            text = format!("{before} · {text}");
        }
        if let Some((at, _)) = text.char_indices().nth(LONGEST_REMARK) {
            text.truncate(at);
            text.push('…');
        }
        self.entry.facts.remarks = Some(text);
    }

    /// The entry, unless it has no name; that it has none is taken down.
    pub(super) fn finish(self, hint: &str) -> Option<Entry> {
        let place = self.place();
        if self.dropped > 0 {
            let what =
                format!("has {} names more than the {} that are used", self.dropped, self.limits.names);
            self.problems.in_part(place.clone(), what, "look whether rows have run together");
        }
        if self.entry.names.is_empty() {
            self.problems.left_out(place, "has no name", hint);
            return None;
        }
        Some(self.entry)
    }
}

/// Values of one fact that are kept; a record of a ship may list hundreds of numbers.
const MOST_VALUES: usize = 50;

/// Characters of remarks that are kept.
const LONGEST_REMARK: usize = 1_000;

/// What an entry is, by the word a list uses for it.
pub(super) fn kind_of(word: &str) -> Option<ListKind> {
    let word: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "person" | "individual" | "naturalperson" | "human" | "people" | "p" | "i" => Some(ListKind::Person),
        "organisation" | "organization" | "company" | "entity" | "legalentity" | "business" | "firm"
        | "group" | "body" | "publicbody" | "enterprise" | "corporation" | "bank" | "e" | "o" => {
            Some(ListKind::Organisation)
        }
        "vessel" | "ship" | "boat" => Some(ListKind::Vessel),
        "aircraft" | "airplane" | "aeroplane" | "plane" => Some(ListKind::Aircraft),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(problems: &mut Problems) -> Draft<'_> {
        let limits = ListLimits { name_characters: 20, names: 2, ..ListLimits::default() };
        Draft::new(&"l".into(), "l.csv:4".into(), " ", limits, problems)
    }

    #[test]
    fn names_are_cleaned_and_counted() {
        let mut problems = Problems::default();
        let mut made = draft(&mut problems);
        for name in [
            "  Ann\u{0} \n Vey ",
            "Ann Vey",
            "–",
            "",
            "Bo Dorn",
            "Cy Fenn",
            "a name that is far too long for one",
        ] {
            made.name(name, NameStanding::Alias);
        }
        let entry = made.finish("").unwrap();
        assert_eq!(entry.id, "l.csv:4");
        assert_eq!(
            entry.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(),
            ["Ann Vey", "Bo Dorn"]
        );
        let said: Vec<&str> = problems.first().iter().map(|it| it.what.as_str()).collect();
        assert_eq!(
            said,
            [
                "has a name with NUL or other control characters",
                "has a name of 35 characters",
                "has 1 names more than the 2 that are used"
            ]
        );
    }

    #[test]
    fn an_entry_without_a_name_is_named_as_a_problem() {
        let mut problems = Problems::default();
        assert_eq!(draft(&mut problems).finish("write one"), None);
        assert_eq!(problems.first()[0].to_string(), "l.csv:4: has no name (left out); write one");
    }
}
