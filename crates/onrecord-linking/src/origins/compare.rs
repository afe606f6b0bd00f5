//! Two texts held against each other in full.

use super::alignment::{Alignment, align};
use super::stretches::{MOST_PASSAGES, SHINGLE, SHORTEST_PASSAGE, Stretch, stretches};
use super::tie::{Kind, Passage, Relation};
use super::wording::{Wording, common, containment};
use super::words::place;

/// The share of the shorter text's shingles from which it is a copy.
pub const COPIED: f32 = 0.3;

/// A copy of which no more than this share stands outside quotation marks is a shared quotation.
const COPIED_OUTSIDE: f32 = 0.1;

/// The part of that share which must be left when boilerplate is taken away.
const OWN_OF_COPIED: f32 = 0.5;

/// The fewest words of a text that can be a rewritten copy: in fewer there is no order to share.
const SHORTEST_REWRITE: usize = 40;

/// The fewest sentences that must say the same in a rewritten copy.
const LEAST_ANSWERS: usize = 2;

/// The least share of pairs of words from which sentences are aligned: with less no alignment makes a rewritten copy, and
/// aligning costs most.
const LEAST_PAIRS: f32 = 0.1;

/// The same for shingles outside quotation marks.
const LEAST_OUTSIDE: f32 = 0.03;

/// What two texts have in common, as numbers between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// The share of the shorter text's shingles that the other has too.
    pub containment: f32,
    /// The same of shingles outside quotation marks.
    pub outside: f32,
    /// The share of pairs of neighbouring words about something.
    pub pairs: f32,
    /// The share of the lighter text that is said in sentences of the other.
    pub covered: f32,
    /// The share of these sentences that stand in one order.
    pub ordered: f32,
    /// How many sentences say the same.
    pub answers: u32,
}

impl Signs {
    /// How likely one text is a rewritten copy of the other, 0 to 1. The weights were fitted with
    /// `onrecord-lab score --copies` on the half of its articles that chooses.
    pub fn rewritten(&self) -> f32 {
        let sum = REWRITE_WEIGHTS[0]
            + REWRITE_WEIGHTS[1] * self.outside.sqrt()
            + REWRITE_WEIGHTS[2] * self.pairs
            + REWRITE_WEIGHTS[3] * self.covered
            + REWRITE_WEIGHTS[4] * self.covered * self.ordered;
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Of nothing, the root of `outside`, `pairs`, `covered`, and `covered` times `ordered`.
const REWRITE_WEIGHTS: [f32; 5] = [-7.5, 10.3, 8.8, 19.3, 1.3];

/// From which likelihood it is said to be one. Rules rewrite more mildly than people, so less than half is asked: on the
/// half of the articles that chooses it costs no precision.
pub const REWRITTEN: f32 = 0.3;

/// From which likelihood that shows a common origin: below it may be a later story that takes up an earlier one.
pub const REWRITTEN_SURELY: f32 = 0.6;

/// What ties two texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// What they share.
    pub kind: Kind,
    /// How their origins relate by that.
    pub relation: Relation,
    /// How sure it is, 0 to 1.
    pub score: f32,
    /// What it was told by.
    pub signs: Signs,
}

/// What two texts have in common, all of it counted: for measuring, since [`compare`] stops at what decides.
pub fn signs(a: &Wording, b: &Wording) -> Signs {
    let Alignment { answers, covered, ordered } = align(a, b);
    Signs { covered, ordered, answers: answers.len() as u32, ..by_shingles(a, b) }
}

fn by_shingles(a: &Wording, b: &Wording) -> Signs {
    Signs {
        containment: containment(&a.shingles, &b.shingles),
        outside: containment(&a.open, &b.open),
        pairs: containment(&a.pairs, &b.pairs),
        ..Signs::default()
    }
}

/// Holds two texts against each other; nothing where they are unrelated as far as their words tell.
pub fn compare(a: &Wording, b: &Wording) -> Option<Likeness> {
    compare_from(a, b, REWRITTEN_SURELY)
}

/// The same for texts of which one credits the publisher of the other: a rewritten copy that is less than sure then shows
/// a common origin too.
pub fn compare_credited(a: &Wording, b: &Wording) -> Option<Likeness> {
    compare_from(a, b, REWRITTEN)
}

fn compare_from(a: &Wording, b: &Wording, same_origin: f32) -> Option<Likeness> {
    let mut signs = by_shingles(a, b);
    if signs.containment >= COPIED {
        // What a house prints under everything is the same text, and shows no common origin.
        let own = containment(a.own(), b.own());
        let (open, quoted) = (signs.outside > COPIED_OUTSIDE, common(&a.quoted, &b.quoted));
        let (kind, relation) = match common(a.own(), b.own()) {
            shared if !open && quoted * 2 > shared => (Kind::Quote, Relation::NotEstablished),
            _ if open && own >= COPIED * OWN_OF_COPIED => (Kind::Copy, Relation::SameOrigin),
            _ => (Kind::Copy, Relation::NotEstablished),
        };
        return Some(Likeness { kind, relation, score: signs.containment, signs });
    }
    let long_enough = a.words().min(b.words()) >= SHORTEST_REWRITE;
    if long_enough && (signs.pairs >= LEAST_PAIRS || signs.outside >= LEAST_OUTSIDE) {
        let Alignment { answers, covered, ordered } = align(a, b);
        (signs.covered, signs.ordered, signs.answers) = (covered, ordered, answers.len() as u32);
        let score = signs.rewritten();
        if score >= REWRITTEN && answers.len() >= LEAST_ANSWERS {
            let shown = score >= same_origin;
            let relation = if shown { Relation::SameOrigin } else { Relation::NotEstablished };
            return Some(Likeness { kind: Kind::Rewrite, relation, score, signs });
        }
    }
    // Before texts are walked through: a quotation of eight words has four shingles inside quotation marks.
    if common(&a.quoted, &b.quoted) > SHORTEST_PASSAGE - SHINGLE {
        let words = quotations(a, b).map(|stretch| stretch.words).max().unwrap_or_default();
        if words >= SHORTEST_PASSAGE {
            // Eight words may be a slogan; thirty are somebody's.
            let score = (words as f32 / 30.0).min(1.0);
            return Some(Likeness { kind: Kind::Quote, relation: Relation::NotEstablished, score, signs });
        }
    }
    None
}

fn quotations<'w>(a: &'w Wording, b: &'w Wording) -> impl Iterator<Item = Stretch> + 'w {
    let found = stretches(&a.words, &b.words).into_iter();
    found.filter(|stretch| stretch.is_quoted(&a.words, 0) && stretch.is_quoted(&b.words, 1))
}

/// The passages that show what two texts have in common, in the order of the first. Of a rewritten copy these are
/// stretches word for word and, where no such stretch lies, sentences that say the same.
pub fn passages(a: &Wording, b: &Wording, kind: Kind) -> Vec<Passage> {
    let passage = |stretch: &Stretch| {
        let quoted = stretch.is_quoted(&a.words, 0) && stretch.is_quoted(&b.words, 1);
        let kind = if quoted { Kind::Quote } else { Kind::Copy };
        let spans = [stretch.place(&a.words, 0), stretch.place(&b.words, 1)];
        Passage { kind, spans, words: stretch.words as u32 }
    };
    let mut found: Vec<Passage> = match kind {
        Kind::Quote => quotations(a, b).map(|stretch| passage(&stretch)).collect(),
        Kind::Copy | Kind::Rewrite => stretches(&a.words, &b.words).iter().map(passage).collect(),
    };
    if kind == Kind::Rewrite {
        let exact = found.clone();
        for answer in align(a, b).answers {
            let [Some(left), Some(right)] =
                [a.sentences.get(answer.sentences[0]), b.sentences.get(answer.sentences[1])]
            else {
                continue;
            };
            let span = |text: &Wording, from: usize, to: usize| {
                place(text.words.get(from), text.words.get(to.saturating_sub(1)))
            };
            let spans = [span(a, left.from, left.to), span(b, right.from, right.to)];
            if !exact.iter().any(|other| other.spans[0].overlaps(&spans[0])) {
                found.push(Passage { kind: Kind::Rewrite, spans, words: (left.to - left.from) as u32 });
            }
        }
        found.sort_by_key(|passage| (std::cmp::Reverse(passage.words), passage.spans));
        found.truncate(MOST_PASSAGES);
    }
    found.sort_by_key(|passage| passage.spans);
    found
}
