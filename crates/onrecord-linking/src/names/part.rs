//! A name taken apart: what each word of it is, and what it weighs.

use super::Schema;
use super::company::company_parts;
use super::fold::{Word, fold};
use super::person::person_parts;
use super::sounds::Sounds;
use super::words::{CompanyWord, WORDS};
use std::ops::Range;

/// What a part of a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A name proper: of persons a given name, a surname, a patronymic.
    Name,
    /// One letter that stands for a name.
    Initial,
    /// A number, as figures in [`Part::text`].
    Number,
    /// A word of trade in a company's name.
    Trade,
    /// A country or town in a company's name.
    Place,
    /// A legal form; [`Part::text`] is its family.
    Form,
    /// Junior, senior, the third.
    Suffix,
    /// Said before a name.
    Title,
    /// Al-, el-.
    Article,
    /// Bin, ibn, oglu.
    Son,
    /// Abu, umm.
    Father,
    /// Abd.
    Servant,
    /// Any other small word.
    Particle,
}

impl Kind {
    /// Whether the part can be held against any other such part by its sounds.
    pub(super) fn is_wordy(self) -> bool {
        matches!(self, Kind::Name | Kind::Trade | Kind::Place)
    }
}

/// A part of a name.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) kind: Kind,
    /// Folded.
    pub(super) text: String,
    pub(super) sounds: Sounds,
    /// See [`Sounds::families`].
    pub(super) families: u32,
    /// What it tells, from 0 to 1.
    pub(super) weight: f64,
    /// Where it stands in the name as written, in bytes.
    pub(super) place: Range<usize>,
    /// Whether it was written in a script that leaves out vowels.
    pub(super) unwritten: bool,
    /// See [`Word::native`].
    pub(super) native: Option<String>,
}

impl Part {
    pub(super) fn new(kind: Kind, text: &str, weight: f64, word: &Word) -> Part {
        let sounds = Sounds::of(text);
        Part {
            kind,
            text: text.to_owned(),
            families: sounds.families(),
            sounds,
            weight,
            place: word.place.clone(),
            unwritten: word.unwritten,
            native: word.native.clone(),
        }
    }
}

/// Neighbouring parts read as one: Abd al-Rahman for Abdulrahman, Jong Un for Jongun.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// The parts.
    pub(super) parts: Range<usize>,
    pub(super) sounds: Sounds,
    pub(super) families: u32,
    /// The weights of its parts together.
    pub(super) weight: f64,
}

/// A name ready to be held against others of its schema.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) parts: Vec<Part>,
    pub(super) joined: Vec<Joined>,
    /// All letters and figures in a row.
    pub(super) letters: String,
    /// Whether a comma parts surname and given names.
    pub(super) comma: bool,
    /// Whether it was read as a person's.
    pub(super) person: bool,
}

impl Name {
    /// Takes a name apart. [`Schema::Unknown`] must have been settled before, see [`settle`].
    pub(super) fn read(name: &str, schema: Schema) -> Name {
        let words = fold(name);
        let person = matches!(schema, Schema::Person | Schema::Unknown);
        let parts =
            if person { person_parts(&words) } else { company_parts(&words, schema == Schema::Vessel) };
        let joined = if person { joined(&parts, 3) } else { joined(&parts, 2) };
        let letters = words.iter().map(|word| word.text.as_str()).collect();
        Name { parts, joined, letters, comma: name.contains(','), person }
    }

    /// What is written at a part's place.
    pub(super) fn shown<'a>(&self, name: &'a str, parts: &Range<usize>) -> &'a str {
        let places = self.parts.get(parts.clone()).unwrap_or_default();
        let start = places.iter().map(|part| part.place.start).min().unwrap_or(0);
        let end = places.iter().map(|part| part.place.end).max().unwrap_or(0);
        name.get(start..end).unwrap_or_default()
    }
}

/// What two names of unknown bearers are read as: a legal form or a word of trade in one makes organisations of both.
pub(super) fn settle(names: &[&str], schema: Schema) -> Schema {
    if schema != Schema::Unknown {
        return schema;
    }
    let of_trade = names.iter().any(|name| {
        let words = fold(name);
        let form = (0..words.len()).any(|at| {
            let rest = words.get(at..).unwrap_or_default();
            WORDS.form_phrase(rest.iter().map(|word| word.text.as_str())).is_some()
        });
        // Forms that are also parts of people's names are no sign alone.
        form || words.iter().any(|word| match WORDS.trade(&word.text) {
            Some((CompanyWord::Form, _)) => {
                !matches!(word.text.as_str(), "as" | "sa" | "se" | "na" | "ab" | "ag" | "co" | "an")
            }
            Some((CompanyWord::Trade, _)) => true,
            _ => false,
        })
    });
    if of_trade { Schema::Organisation } else { Schema::Person }
}

/// Every run of two to `most` neighbouring parts of which one at least is a name.
fn joined(parts: &[Part], most: usize) -> Vec<Joined> {
    let mut out = Vec::new();
    let mut text = String::new();
    for from in 0..parts.len() {
        for to in from + 2..=(from + most).min(parts.len()) {
            let run = parts.get(from..to).unwrap_or_default();
            let names = run.iter().filter(|part| part.kind.is_wordy() || part.kind == Kind::Initial).count();
            if names == 0
                || run.iter().any(|part| matches!(part.kind, Kind::Form | Kind::Number | Kind::Suffix))
            {
                continue;
            }
            text.clear();
            run.iter().for_each(|part| text.push_str(&part.text));
            let sounds = Sounds::of(&text);
            let weight = run.iter().map(|part| part.weight).sum();
            out.push(Joined { parts: from..to, families: sounds.families(), sounds, weight });
        }
    }
    out
}
