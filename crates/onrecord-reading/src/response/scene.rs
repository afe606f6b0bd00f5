//! The statements of a text, and what rules see of two of them, of which one may answer the other.

use super::Told;
use super::signs::Signs;
use crate::agents::{Page, key};
use crate::mentioned::Mentioned;
use crate::passage::Passage;
use onrecord_record::{Act, Form, Statement, StatementId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// So many words of a statement are compared.
const WORDS: usize = 60;
/// Words of no more letters tell little of what is spoken of.
const SHORT: usize = 4;
/// Letters beyond so many are left off, so that "allegations" meets "alleged".
const STEM: usize = 6;
/// So many telling words in common are as good as any more.
const ENOUGH: f32 = 3.0;
/// A word that stands in so many statements, and one in so many, tells less which is meant.
const COMMON: (u32, f32) = (4, 0.5);
const EVERYWHERE: (u32, f32) = (9, 0.2);

/// A statement of fewer telling words says little.
const LITTLE: usize = 3;

/// The statements of a text, and what is known of each.
pub(super) struct Scene<'a> {
    page: &'a Page<'a>,
    statements: &'a [Statement],
    speakers: &'a [Option<usize>],
    signs: &'a [Signs],
    silent: &'a [bool],
    words: Vec<FxHashSet<u64>>,
    /// In how many statements each word stands.
    spread: FxHashMap<u64, u32>,
    /// Whom each statement speaks of.
    named: Vec<FxHashSet<usize>>,
    /// Whose words each statement speaks of.
    owner: Vec<Option<Owner>>,
    /// The words that name the sources.
    sources: Vec<FxHashSet<u64>>,
    cue: Vec<usize>,
    within: Vec<Option<usize>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(told: Told<'a>, statements: &'a [Statement], signs: &'a [Signs]) -> Self {
        let Told { page, mentioned, passages, speakers, silent } = told;
        let places: FxHashMap<&StatementId, usize> =
            statements.iter().enumerate().map(|(i, statement)| (&statement.id, i)).collect();
        let outer = |one: &Statement| one.within.as_ref().and_then(|id| places.get(id).copied());
        let words: Vec<FxHashSet<u64>> = passages.iter().map(|passage| words(page, passage)).collect();
        let mut spread = FxHashMap::default();
        for word in words.iter().flatten() {
            *spread.entry(*word).or_default() += 1;
        }
        let owner = |(i, signs): (usize, &Signs)| {
            let owner = signs.named.as_ref().and_then(|noun| owner(page, mentioned, noun))?;
            // Who speaks of "my claims" answers nobody.
            (speakers.get(i).copied().flatten() != Some(owner.agent)).then_some(owner)
        };
        let source =
            |passage: &Passage| passage.source.iter().flat_map(Clone::clone).map(|i| page.key(i)).collect();
        Scene {
            page,
            statements,
            speakers,
            signs,
            silent,
            words,
            spread,
            named: passages
                .iter()
                .zip(signs)
                .map(|(passage, signs)| named(mentioned, passage, signs))
                .collect(),
            owner: signs.iter().enumerate().map(owner).collect(),
            sources: passages.iter().map(source).collect(),
            cue: passages.iter().map(cue).collect(),
            within: statements.iter().map(outer).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.statements.len()
    }

    pub(super) fn speaker(&self, i: usize) -> Option<usize> {
        self.speakers.get(i).copied().flatten()
    }

    pub(super) fn act(&self, i: usize) -> Option<Act> {
        self.statements.get(i).and_then(|statement| statement.act)
    }

    pub(super) fn signs(&self, i: usize) -> Option<&Signs> {
        self.signs.get(i)
    }

    /// The paragraph of a statement's cue.
    pub(super) fn paragraph(&self, i: usize) -> u32 {
        self.cue.get(i).map_or(0, |cue| self.page.paragraph(*cue))
    }

    /// Whether statement `i` tells whose words it speaks of.
    pub(super) fn knows_owner(&self, i: usize) -> bool {
        self.owner(i).is_some()
    }

    /// Whether statement `i` may answer statement `j` at all: what another said, and neither within the other.
    pub(super) fn may_answer(&self, i: usize, j: usize) -> bool {
        let inside = |one: usize, other: usize| self.within.get(one).copied().flatten() == Some(other);
        let same = self.speaker(i).is_some() && self.speaker(i) == self.speaker(j) && !self.retort(i, j);
        i != j && !same && !inside(i, j) && !inside(j, i) && self.silent.get(j) != Some(&true)
    }

    /// "Replied" behind what a pronoun said: whoever replies does not answer himself, whatever was taken for "he".
    fn retort(&self, i: usize, j: usize) -> bool {
        let pronoun = |j: usize| {
            let source =
                self.statements.get(j).and_then(|one| one.source.text.as_deref()).unwrap_or_default();
            crate::agents::is_pronoun(source)
        };
        j + 1 == i && self.signs(i).is_some_and(|signs| signs.replies) && pronoun(j)
    }

    /// Whether statement `j` is what another said last before statement `i`.
    pub(super) fn is_last(&self, i: usize, j: usize) -> bool {
        j < i && (j + 1..i).all(|k| !self.may_answer(i, k)) && self.paragraph(i) <= self.paragraph(j) + 2
    }

    fn owner(&self, i: usize) -> Option<Owner> {
        self.owner.get(i).copied().flatten()
    }

    /// Whether the words that statement `i` speaks of are those of who made statement `j`: 1, another's: -1, or nobody's that is
    /// told: 0.
    pub(super) fn owns(&self, i: usize, j: usize) -> f32 {
        self.owner(i).map_or(0.0, |owner| if self.belongs_to(j, owner) { 1.0 } else { -1.0 })
    }

    /// Whether statement `i` names what was said by a noun for what statement `j` does.
    pub(super) fn noun_is_for(&self, i: usize, j: usize) -> bool {
        let noun = self.signs(i).and_then(|signs| signs.named.as_ref());
        noun.is_some_and(|noun| self.noun_fits(noun, j))
    }

    /// Whether statement `j` has too few telling words to be told by.
    pub(super) fn says_little(&self, j: usize) -> bool {
        self.words.get(j).is_some_and(|words| words.len() < LITTLE)
    }

    /// Whether statement `i` goes on from the one just before it: the same speaker's, or one that it is "added" to.
    pub(super) fn goes_on(&self, i: usize) -> bool {
        let Some(last) = i.checked_sub(1) else { return false };
        let same = self.speaker(i).is_some() && self.speaker(last) == self.speaker(i);
        let adds = self.signs(i).is_some_and(|signs| signs.adds);
        let close = self.paragraph(i) <= self.paragraph(last) + 1;
        (same || adds) && close && self.act(i) != Some(Act::Asks)
    }

    /// Whether statement `i` notes that nothing was said.
    pub(super) fn is_silent(&self, i: usize) -> bool {
        self.silent.get(i) == Some(&true)
    }

    /// Whether statement `j` is by `owner`: his, his campaign's, or what a paper reports him to have said.
    fn belongs_to(&self, j: usize, owner: Owner) -> bool {
        let reported = || {
            let cue = self.statements.get(j).and_then(|one| one.cue.text.as_deref()).unwrap_or_default();
            cue.contains("report") && self.named.get(j).is_some_and(|named| named.contains(&owner.agent))
        };
        self.speaker(j) == Some(owner.agent)
            || self.sources.get(j).is_some_and(|source| source.contains(&owner.word))
            || reported()
    }

    /// Whether statement `j` is a question just put to whoever makes statement `i`.
    pub(super) fn asks(&self, i: usize, j: usize) -> bool {
        let (Some(of), Some(to), Some(answer)) =
            (self.signs.get(i), self.signs.get(j), self.statements.get(i))
        else {
            return false;
        };
        let put = to.puts && self.act(j) != Some(Act::Intends) || to.question && j + 1 == i;
        let says = of.speaks || answer.form == Some(Form::Direct);
        put && says
            && self.act(i) != Some(Act::Asks)
            && self.is_last(i, j)
            && self.paragraph(i) <= self.paragraph(j) + 1
    }

    /// Whether statement `i` speaks of who made statement `j`.
    pub(super) fn speaks_of(&self, i: usize, j: usize) -> bool {
        let named = |speaker| self.named.get(i).is_some_and(|named| named.contains(&speaker));
        self.speaker(j).is_some_and(named)
    }

    /// Whether words beside the cue of statement `i` tell that what was said just before, statement `j`, is answered.
    pub(super) fn reacts(&self, i: usize, j: usize) -> bool {
        let Some(signs) = self.signs.get(i) else { return false };
        let place = |i: usize| self.cue.get(i).map(|cue| self.page.sentence(*cue));
        let here = place(i) == place(j) || self.asks(i, j);
        let owned = self.knows_owner(i);
        self.is_last(i, j)
            && (signs.replies || (signs.rejects || signs.reacts) && !owned || signs.asked.is_some() && here)
    }

    /// Whether statement `i` speaks of words that may be another's.
    pub(super) fn named_by_another(&self, i: usize) -> bool {
        let (Some(signs), Some(statement)) = (self.signs.get(i), self.statements.get(i)) else {
            return false;
        };
        let Some(noun) = &signs.named else { return false };
        // "Brand's claim is": the noun stands for what is said here.
        let own = statement.cue.spans.is_empty() || self.cue.get(i).is_some_and(|cue| noun.contains(cue));
        self.knows_owner(i) || !own
    }

    /// Whether statement `j` accuses, or claims what may be denied.
    pub(super) fn accuses(&self, j: usize) -> bool {
        const STEMS: [&str; 8] =
            ["accus", "alleg", "claim", "charg", "suggest", "assert", "insinuat", "attack"];
        let cue = self.statements.get(j).and_then(|one| one.cue.text.as_deref()).unwrap_or_default();
        cue.split_whitespace().any(|word| STEMS.iter().any(|stem| word.to_lowercase().starts_with(stem)))
    }

    /// Whether the noun that ends `noun` is one for what statement `j` does: "the accusations" for what was alleged.
    fn noun_fits(&self, noun: &Range<usize>, j: usize) -> bool {
        let Some(statement) = self.statements.get(j) else { return false };
        let said = |stems: &[&str]| {
            let cue = statement.cue.text.as_deref().unwrap_or_default();
            let source = statement.source.text.as_deref().unwrap_or_default();
            let mut words = cue.split_whitespace().chain(source.split_whitespace());
            words.any(|word| stems.iter().any(|stem| word.to_lowercase().starts_with(stem)))
        };
        let word = noun.end.checked_sub(1).map_or("", |last| self.page.word(last)).to_lowercase();
        match word.trim_end_matches('s') {
            "accusation" | "allegation" | "charge" | "claim" | "assertion" | "contention" | "insinuation" => {
                said(&["accus", "alleg", "claim", "charg", "assert", "conten", "insist", "suggest"])
            }
            "criticism" | "attack" | "insult" => {
                statement.act == Some(Act::Judges)
                    || said(&["critic", "attack", "slam", "blast", "rip", "mock"])
            }
            "offer" | "proposal" | "invitation" | "request" | "demand" => {
                said(&["offer", "propos", "invit", "reques", "demand", "urg"])
            }
            "question" => statement.act == Some(Act::Asks),
            "lawsuit" | "suit" | "complaint" => said(&["lawsui", "suit", "sue", "compla", "alleg"]),
            "tweet" => said(&["tweet"]),
            _ => false,
        }
    }

    /// How much of what two statements speak of is the same, 0 to 1.
    pub(super) fn same_words(&self, i: usize, j: usize) -> f32 {
        let (Some(one), Some(other)) = (self.words.get(i), self.words.get(j)) else { return 0.0 };
        let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
        let worth = |word: &u64| match self.spread.get(word).copied().unwrap_or_default() {
            spread if spread >= EVERYWHERE.0 => EVERYWHERE.1,
            spread if spread >= COMMON.0 => COMMON.1,
            _ => 1.0,
        };
        let same: Vec<f32> = few.iter().filter(|word| many.contains(*word)).map(worth).collect();
        // The worths are few and exact enough that their order does not show.
        (same.iter().sum::<f32>() / ENOUGH).min(1.0)
    }
}

fn cue(passage: &Passage) -> usize {
    passage
        .cue
        .first()
        .map(|cue| cue.start)
        .or_else(|| passage.extent().map(|extent| extent.start))
        .unwrap_or(0)
}

/// The words of a statement that tell what it speaks of.
fn words(page: &Page<'_>, passage: &Passage) -> FxHashSet<u64> {
    let tokens = passage.content.iter().chain(&passage.cue).chain(&passage.source).flat_map(Clone::clone);
    let telling = tokens.filter(|i| page.is_word(*i) && page.word(*i).len() > SHORT).take(WORDS);
    telling.map(|i| key(stem(page.word(i)))).collect()
}

/// The first letters of a word.
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(end, _)| end);
    word.get(..end).unwrap_or(word)
}

/// Whom a statement speaks of, in its cue, its content and the words about what was asked.
fn named(mentioned: &Mentioned, passage: &Passage, signs: &Signs) -> FxHashSet<usize> {
    let content = passage.content.iter().map(|piece| piece.start..piece.end.min(piece.start + WORDS));
    let ranges = content.chain(passage.cue.iter().cloned()).chain(signs.asked.clone());
    ranges.flat_map(|range| mentioned.beginning(range)).map(|(_, of)| *of).collect()
}

/// Somebody whose words are spoken of.
#[derive(Clone, Copy, Debug)]
struct Owner {
    agent: usize,
    /// The last word of the name that was used.
    word: u64,
}

/// Whose words are spoken of: "Brand’s allegations", "his claims".
fn owner(page: &Page<'_>, mentioned: &Mentioned, noun: &Range<usize>) -> Option<Owner> {
    let first = noun.start;
    if page.is_apostrophe(first) {
        let last = first.checked_sub(1)?;
        let (_, agent) = mentioned.ending(first).or_else(|| mentioned.holding(last))?;
        return Some(Owner { agent, word: page.key(last) });
    }
    let whose = matches!(page.word(first).to_lowercase().as_str(), "his" | "her" | "their" | "its");
    let meant = mentioned.beginning(first..first + 1).last().filter(|_| whose);
    // A pronoun has no word that would be found in a source.
    meant.map(|(_, agent)| Owner { agent: *agent, word: page.key(first) })
}
