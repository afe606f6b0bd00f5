//! What the facts make of two names that are alike.
//!
//! Names propose and facts dispose: a name is moved down a band where something weighty speaks against its bearers being
//! one, and held out of the upper band where the name alone cannot carry it. Facts never lift a name above what the names
//! say. Everything that counted is told.

use super::birth::{Years, apart, years};
use super::country::{self, Code};
use super::entry::{Entry, ListName};
use super::query::{Query, parts};
use crate::names::{Band, Comparison};
use onrecord_record::{ListBand, ListKind, NameStanding};

/// From so many years on, two years of birth are not one written wrongly.
const YEARS_APART: u16 = 2;

/// Reasons of one sort that are told.
const MOST_REASONS: usize = 8;

/// Letters from which on a single word can be the name of a body in running text.
const LONG_WORD: usize = 5;

/// The facts of an entry, made ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    born: Vec<Years>,
    countries: Vec<Code>,
}

impl Known {
    pub(super) fn of(entry: &Entry) -> Self {
        let facts = &entry.facts;
        let cells = facts.nationalities.iter().chain(&facts.countries).chain(&facts.birth_places);
        let mut countries: Vec<Code> = cells.flat_map(|cell| country::of_cell(cell)).collect();
        countries.sort_unstable();
        countries.dedup();
        Known { born: facts.birth_dates.iter().filter_map(|date| years(date)).collect(), countries }
    }
}

/// The facts of a query, made ready to be compared.
pub(super) struct Asking<'q> {
    query: &'q Query,
    born: Vec<Years>,
    countries: Vec<Code>,
}

impl<'q> Asking<'q> {
    pub(super) fn new(query: &'q Query) -> Self {
        let mut countries: Vec<Code> =
            query.countries.iter().flat_map(|cell| country::of_cell(cell)).collect();
        let mut told: Vec<Code> = query.roles.iter().flat_map(|role| country::in_text(role)).collect();
        told.sort_unstable();
        told.dedup();
        // "Ambassador to Iran" and "the American envoy to Iran" do not tell where one is from; a single country may.
        if let [one] = told[..] {
            countries.push(one);
        }
        countries.sort_unstable();
        countries.dedup();
        Asking { query, born: query.birth_dates.iter().filter_map(|date| years(date)).collect(), countries }
    }
}

/// One name of a query beside one name of an entry.
pub(super) struct Pair<'p> {
    pub(super) asking: &'p Asking<'p>,
    pub(super) name: &'p str,
    pub(super) entry: &'p Entry,
    pub(super) known: &'p Known,
    pub(super) matched: &'p ListName,
    pub(super) comparison: &'p Comparison,
    /// How many other entries of the lists bear each part of the matched name, the rarest part's number.
    pub(super) bearers_of_rarest: usize,
    /// From how many bearers on a part is common.
    pub(super) common_from: usize,
    /// How many other names of the query are the same as a name of the entry.
    pub(super) other_names: usize,
}

/// What came of it.
pub(super) struct Weighed {
    pub(super) band: ListBand,
    pub(super) reasons: Vec<String>,
    pub(super) against: Vec<String>,
}

/// What the fact-finding adds up to.
#[derive(Default)]
struct Tally {
    reasons: Vec<String>,
    against: Vec<String>,
    /// Weighty facts against: each moves the match down a band.
    down: usize,
    /// Whether the name alone cannot be in the upper band.
    held: bool,
    /// Whether the name alone says next to nothing.
    empty: bool,
    /// Whether any fact beside the name speaks for it.
    supported: bool,
}

/// Names and facts together; `None` when it is not worth showing.
pub(super) fn weigh(pair: &Pair<'_>) -> Option<Weighed> {
    let mut tally = Tally::default();
    for reason in &pair.comparison.reasons {
        let side = if reason.for_it { &mut tally.reasons } else { &mut tally.against };
        if side.len() < MOST_REASONS {
            side.push(reason.text.clone());
        }
    }
    kinds(pair, &mut tally);
    births(pair, &mut tally);
    countries(pair, &mut tally);
    roles(pair, &mut tally);
    other_names(pair, &mut tally);
    name_alone(pair, &mut tally);
    if pair.entry.without_row {
        tally.against.push(
            "the list's own row for this entry is missing, so nothing but its other names is known".into(),
        );
    }
    let mut level = match pair.comparison.band {
        Band::Same => 2usize,
        Band::Possible => 1,
        Band::Different => 0,
    };
    if tally.held {
        level = level.min(1);
    }
    level = level.saturating_sub(tally.down);
    if pair.asking.query.from_text && tally.empty && !tally.supported {
        return None;
    }
    let band = match level {
        0 => return None,
        1 => ListBand::Possible,
        _ => ListBand::Same,
    };
    Some(Weighed { band, reasons: tally.reasons, against: tally.against })
}

fn kinds(pair: &Pair<'_>, tally: &mut Tally) {
    let (Some(here), Some(there)) = (pair.asking.query.kind, pair.entry.facts.kind) else { return };
    if here != there {
        tally.against.push(format!("{} here, {} on the list", here.words(), there.words()));
        tally.down += 1;
    }
}

fn births(pair: &Pair<'_>, tally: &mut Tally) {
    let (here, there) = (&pair.asking.born, &pair.known.born);
    let nearest = here.iter().flat_map(|a| there.iter().map(move |b| (apart(*a, *b), *a, *b))).min();
    let said = |years: Years| match years {
        Years { first, last } if first == last => first.to_string(),
        Years { first, last } => format!("{first} to {last}"),
    };
    match nearest {
        Some((0, a, _)) => {
            tally.reasons.push(format!("born {} in both", said(a)));
            tally.supported = true;
        }
        Some((years, a, b)) => {
            tally.against.push(format!("born {} here, {} on the list", said(a), said(b)));
            tally.down += usize::from(years >= YEARS_APART);
        }
        None => {}
    }
}

fn countries(pair: &Pair<'_>, tally: &mut Tally) {
    let (here, there) = (&pair.asking.countries, &pair.known.countries);
    if here.is_empty() || there.is_empty() {
        return;
    }
    let names =
        |codes: &[Code]| codes.iter().take(4).map(|code| country::name(*code)).collect::<Vec<_>>().join(", ");
    let shared: Vec<Code> = here.iter().filter(|code| there.contains(code)).copied().collect();
    if shared.is_empty() {
        tally.against.push(format!("{} here, {} on the list", names(here), names(there)));
        // A country is changed more easily than a birthday: it counts where the names are not the same anyway.
        tally.down += usize::from(pair.comparison.band != Band::Same);
        tally.held |= pair.comparison.band == Band::Same;
    } else {
        tally.reasons.push(format!("{} in both", names(&shared)));
        tally.supported = true;
    }
}

/// The words of roles that both sides have.
fn roles(pair: &Pair<'_>, tally: &mut Tally) {
    fn words(texts: &[String]) -> Vec<String> {
        let all = texts.iter().take(20).flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).take(400);
        all.filter(|word| word.chars().count() >= LONG_WORD)
            .filter(|word| !["former", "their", "other"].contains(word))
            .map(str::to_lowercase)
            .collect()
    }
    if pair.asking.query.roles.is_empty() || pair.entry.facts.positions.is_empty() {
        return;
    }
    let there = words(&pair.entry.facts.positions);
    let mut shared: Vec<String> = Vec::new();
    for word in words(&pair.asking.query.roles) {
        if there.contains(&word) && !shared.contains(&word) && shared.len() < 5 {
            shared.push(word);
        }
    }
    if !shared.is_empty() {
        tally.reasons.push(format!("“{}” in the roles of both", shared.join("”, “")));
        tally.supported |= shared.len() > 1;
    }
}

fn other_names(pair: &Pair<'_>, tally: &mut Tally) {
    if pair.other_names > 0 {
        let names = if pair.other_names == 1 { "another name here is" } else { "other names here are" };
        tally.reasons.push(format!("{names} also a name of this entry"));
        tally.supported = true;
    }
}

/// What the name by itself is worth.
fn name_alone(pair: &Pair<'_>, tally: &mut Tally) {
    let person = pair.asking.query.kind.or(pair.entry.facts.kind).is_none_or(|kind| kind == ListKind::Person);
    let fewest = parts(pair.name).min(parts(&pair.matched.text));
    if pair.matched.standing == NameStanding::Weak {
        tally.against.push(format!(
            "“{}” is a weak alias: the list itself calls it too broad to go by",
            pair.matched.text
        ));
        tally.held = true;
        tally.empty |= fewest < 2;
    }
    if fewest < 2 {
        tally.against.push(if person { "a single part of a name" } else { "a name of a single word" }.into());
        tally.held = true;
        let letters = pair.name.chars().filter(|c| c.is_alphabetic()).count();
        tally.empty |= person || letters < LONG_WORD || pair.comparison.band != Band::Same;
    } else if pair.bearers_of_rarest >= pair.common_from {
        tally.against.push(format!(
            "a common name: each part of it stands in {} or more entries of the list",
            pair.bearers_of_rarest
        ));
        tally.held = true;
        tally.empty |= person;
    }
}
