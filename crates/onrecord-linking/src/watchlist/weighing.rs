//! What the facts make of two names that are alike.
//!
//! Names propose and facts dispose: a name is moved down a band where something weighty speaks against its bearers being
//! one, and held out of the upper band where the name alone cannot carry it. Facts never lift a name above what the names
//! say. Everything that counted is told.

use super::birth::{Years, apart, years};
use super::country::{self, Code};
use super::entry::{Entry, ListName};
use super::query::{Query, parts};
use crate::names::{Band, Comparison, ReasonKind};
use onrecord_record::{ListBand, ListKind, NameStanding};
use rustc_hash::FxHashMap;

/// From so many years on, two years of birth are not one written wrongly.
const YEARS_APART: u16 = 2;

/// Reasons of one sort that are told.
const MOST_REASONS: usize = 8;

/// Names with parts that are spelt otherwise are the same from this score on.
const RESPELT: f64 = 0.95;

/// And worth showing from this one on where nothing else speaks for them.
const RESPELT_WORD: f64 = 0.92;

/// Of a longer name, so much makes it the same where nothing else is known.
const NEARLY_WHOLE: f64 = 0.92;

/// From this score on, a body's name is the other's, word by word.
const WHOLE: f64 = 0.97;

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
    /// How common the parts of names are on the lists.
    pub(super) bearers: &'p Bearers,
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
    /// Whether many bear the name.
    common: bool,
    /// Whether the names are alike rather than the same.
    loose: bool,
    /// Whether any fact beside the name speaks for it.
    supported: bool,
    /// Whether one does that few people share.
    carried: bool,
}

/// What two names have in common and where they part, counted.
#[derive(Default)]
struct Shape {
    /// Parts that stand in both.
    shared: usize,
    /// Entries that bear the rarest of these.
    bearers: usize,
    /// Parts that are not each other's.
    clashes: usize,
    /// Parts that only one name has.
    missing: usize,
    /// Those of them that the list's name lacks.
    unlisted: usize,
    /// Parts that are shared by their sound, and spelt otherwise.
    respelt: usize,
    /// Parts that are shared as forms of one name with other consonants: "Anthony" and "Antonio".
    other_forms: usize,
}

impl Shape {
    fn of(pair: &Pair<'_>) -> Self {
        let mut shape = Shape { bearers: usize::MAX, ..Shape::default() };
        for reason in &pair.comparison.reasons {
            match reason.kind {
                ReasonKind::Equal | ReasonKind::Spelling | ReasonKind::Variant | ReasonKind::Joined => {
                    shape.shared += 1;
                    let bearers = pair.bearers.of_part(&reason.left).max(pair.bearers.of_part(&reason.right));
                    shape.bearers = shape.bearers.min(bearers);
                    if reason.kind == ReasonKind::Variant {
                        shape.other_forms +=
                            usize::from(consonants(&reason.left) != consonants(&reason.right));
                    } else {
                        shape.respelt += usize::from(letters(&reason.left) != letters(&reason.right));
                    }
                }
                ReasonKind::Misspelt | ReasonKind::Differs | ReasonKind::WellKnown | ReasonKind::Number => {
                    shape.clashes += 1;
                }
                ReasonKind::Missing => {
                    shape.missing += 1;
                    shape.unlisted += usize::from(reason.right.is_empty());
                }
                ReasonKind::Initial | ReasonKind::Order | ReasonKind::Minor => {}
            }
        }
        shape
    }
}

/// How many entries of the lists bear a part of a name.
#[derive(Debug, Default)]
pub(super) struct Bearers {
    by_part: FxHashMap<String, u32>,
    /// From how many on a part is common.
    common_from: usize,
}

/// A part of a name that so many entries bear is common, however short the list.
const COMMON_AT_LEAST: usize = 20;

/// Of so many entries, one that bears a part makes it common.
const COMMON_SHARE: usize = 400;

impl Bearers {
    /// Counts the parts of the names of `entries`.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut by_part: FxHashMap<String, u32> = FxHashMap::default();
        for entry in entries {
            let mut parts: Vec<String> = entry.names.iter().flat_map(|name| words(&name.text)).collect();
            parts.sort_unstable();
            parts.dedup();
            for part in parts {
                *by_part.entry(part).or_default() += 1;
            }
        }
        Bearers { by_part, common_from: COMMON_AT_LEAST.max(entries.len() / COMMON_SHARE) }
    }

    /// The entries that bear a part, which may have small words to it: those that bear its rarest word.
    fn of_part(&self, part: &str) -> usize {
        words(part).map(|word| self.by_part.get(&word).copied().unwrap_or(0) as usize).min().unwrap_or(0)
    }
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).map(str::to_lowercase)
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
    let shape = Shape::of(pair);
    kinds(pair, &mut tally);
    births(pair, &mut tally);
    countries(pair, &mut tally);
    roles(pair, &mut tally);
    other_names(pair, &mut tally);
    name_alone(pair, &shape, &mut tally);
    if pair.entry.without_row {
        let what = "the list's own row for this entry is missing, so nothing but its other names is known";
        tally.against.push(what.into());
    }
    if !tally.supported {
        tally.against.push("nothing that is known beside the name speaks for it".into());
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
    let too_little = (tally.empty && !tally.carried) || (tally.common && !tally.supported);
    if pair.asking.query.from_text && (too_little || (tally.loose && !tally.carried)) {
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
            (tally.supported, tally.carried) = (true, true);
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
    fn long_words(texts: &[String]) -> Vec<String> {
        let all = texts.iter().take(20).flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).take(400);
        all.filter(|word| word.chars().count() >= LONG_WORD)
            .filter(|word| !["former", "their", "other"].contains(word))
            .map(str::to_lowercase)
            .collect()
    }
    if pair.asking.query.roles.is_empty() || pair.entry.facts.positions.is_empty() {
        return;
    }
    let there = long_words(&pair.entry.facts.positions);
    let mut shared: Vec<String> = Vec::new();
    for word in long_words(&pair.asking.query.roles) {
        if there.contains(&word) && !shared.contains(&word) && shared.len() < 5 {
            shared.push(word);
        }
    }
    if !shared.is_empty() {
        tally.reasons.push(format!("“{}” in the roles of both", shared.join("”, “")));
        tally.supported |= shared.len() > 1;
        tally.carried |= shared.len() > 2;
    }
}

fn other_names(pair: &Pair<'_>, tally: &mut Tally) {
    if pair.other_names > 0 {
        let names = if pair.other_names == 1 { "another name here is" } else { "other names here are" };
        tally.reasons.push(format!("{names} also a name of this entry"));
        (tally.supported, tally.carried) = (true, true);
    }
}

/// What the name by itself is worth.
fn name_alone(pair: &Pair<'_>, shape: &Shape, tally: &mut Tally) {
    let person = pair.asking.query.kind.or(pair.entry.facts.kind).is_none_or(|kind| kind == ListKind::Person);
    let fewest = parts(pair.name).min(parts(&pair.matched.text));
    if pair.matched.standing == NameStanding::Weak {
        let name = &pair.matched.text;
        tally.against.push(format!("“{name}” is a weak alias: the list itself calls it too broad to go by"));
        tally.held = true;
        tally.empty |= fewest < 2;
    }
    let score = pair.comparison.score;
    if fewest < 2 {
        tally.against.push(if person { "a single part of a name" } else { "a name of a single word" }.into());
        tally.held = true;
        let letters = pair.name.chars().filter(|c| c.is_alphabetic()).count();
        tally.empty |= person || letters < LONG_WORD || score < RESPELT_WORD;
    } else if shape.shared < 2 && score < 1.0 {
        tally.against.push("no more than one part is the same".into());
        tally.held = true;
        tally.empty = true;
    } else if shape.bearers >= pair.bearers.common_from && shape.shared > 0 && (person || score < WHOLE) {
        let bearers = shape.bearers;
        tally.against.push(format!(
            "a common name: {bearers} or more entries of the list bear each part that is shared"
        ));
        tally.held = true;
        tally.common = true;
    }
    // "Abu X" is the father of X, not X.
    let father = |name: &str| words(name).any(|word| matches!(word.as_str(), "abu" | "abou" | "umm"));
    if person && father(pair.name) != father(&pair.matched.text) {
        tally.against.push("“Abu” or “Umm” in one name alone: a parent's name, not the bearer's".into());
        tally.held = true;
    }
    let respelt = shape.respelt > 0 && score < RESPELT;
    // "Tobias Fenn Memorial Hospital" is no Tobias Fenn; a person's longer name is written with a comma on lists.
    let within_another = person && pair.entry.facts.kind.is_none() && shape.missing > 1;
    let within_another = within_another && !pair.matched.text.contains(',');
    if within_another {
        tally.against.push("the list's name goes on and may be a body's named after somebody".into());
    }
    let in_part = shape.missing > 0 && score < NEARLY_WHOLE;
    let unsupported = !tally.supported;
    tally.held |= shape.clashes > 0 || respelt || within_another;
    tally.held |= unsupported && (in_part || shape.other_forms > 0);
    tally.held |= in_part && shape.missing >= shape.shared && !tally.carried;
    if let Some(given) = given_name_lacking(pair).filter(|_| person) {
        tally.against.push(format!("“{given}”, the first given name on the list, is not here"));
        tally.held = true;
    }
    tally.loose = shape.clashes > 0
        || within_another
        || (person && pair.comparison.band != Band::Same)
        || (respelt && (shape.missing > 0 || score < RESPELT_WORD))
        // Nothing of the one name stands in the other as it is.
        || (unsupported && score < RESPELT && shape.respelt + shape.other_forms >= shape.shared.max(2))
        // Half of a longer name, with nothing else to it, is the half of many.
        || (unsupported && person && in_part && shape.missing >= shape.shared)
        // A person goes by a part of the full name, but a text does not give more of it than the list.
        || (person && shape.unlisted > 0 && shape.unlisted + 1 >= shape.shared)
        // Of a body's name every word counts.
        || (!person && shape.missing > 0 && pair.comparison.band != Band::Same);
}

/// The first given name of a listed name written with the surname first, where the other name lacks it. One that many
/// bear is often left out by its bearers.
fn given_name_lacking<'p>(pair: &'p Pair<'_>) -> Option<&'p str> {
    let (_, given) = pair.matched.text.split_once(',')?;
    let given = words(given).next()?;
    let lacking = pair.comparison.reasons.iter().filter(|reason| reason.kind == ReasonKind::Missing);
    let part = lacking
        .map(|reason| reason.right.as_str())
        .find(|part| words(part).next().as_ref() == Some(&given))?;
    (pair.bearers.of_part(part) < pair.bearers.common_from).then_some(part)
}

/// What is left of a part when its vowels are taken away, and what stands doubled once.
fn consonants(part: &str) -> String {
    let mut out: Vec<char> = letters(part).chars().filter(|c| !"aeiouyh".contains(*c)).collect();
    out.dedup();
    out.into_iter().collect()
}

/// Letters as they are compared when it is asked whether two parts are spelt alike.
fn letters(part: &str) -> String {
    any_ascii::any_ascii(part)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
