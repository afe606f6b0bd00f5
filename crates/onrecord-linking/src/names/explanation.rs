//! Why two names are alike or are not, part by part, for a person to read.

use super::alignment::{Alignment, How, Pair};
use super::comparison::{Reason, ReasonKind};
use super::judgement::{in_order, is_acronym, turned_round};
use super::part::{Kind, Name};
use super::words::WORDS;

/// A name as it was written and as it was taken apart.
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) name: &'a Name,
}

impl Written<'_> {
    fn part(&self, n: usize) -> String {
        self.name.shown(self.text, &(n..n + 1)).to_owned()
    }

    fn kind(&self, n: usize) -> Option<Kind> {
        self.name.parts.get(n).map(|part| part.kind)
    }

    fn unwritten(&self, n: usize) -> bool {
        self.part(n).bytes().any(|byte| !byte.is_ascii()) && !self.part(n).chars().any(is_latin)
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && (c as u32) < 0x250
}

/// What speaks for and against two names being one, in the order of the left name's parts.
pub(super) fn explain(left: &Written<'_>, right: &Written<'_>, alignment: &Alignment) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let small = |kind: Option<Kind>| {
        matches!(
            kind,
            Some(Kind::Title | Kind::Article | Kind::Son | Kind::Father | Kind::Servant | Kind::Particle)
                | None
        )
    };
    for pair in &alignment.pairs {
        if !small(left.kind(pair.left.start)) || pair.left.len() > 1 {
            reasons.push(paired(left, right, pair));
        }
    }
    if turned_round(left.name, right.name, alignment) {
        let text = "who is whose son is turned round".to_owned();
        reasons.push(reason(false, ReasonKind::Order, String::new(), String::new(), text));
    } else if alignment.pairs.len() > 1 && !in_order(alignment) {
        let text = "the parts come in another order".to_owned();
        reasons.push(reason(true, ReasonKind::Order, String::new(), String::new(), text));
    }
    if !left.name.person && is_acronym(left.name, right.name) {
        let (a, b) = (left.text.trim().to_owned(), right.text.trim().to_owned());
        let text = format!("“{a}” and “{b}”: the one is made of the other's first letters");
        reasons.push(reason(true, ReasonKind::Initial, a, b, text));
    }
    for kinds in [
        &[Kind::Name, Kind::Trade, Kind::Place, Kind::Initial][..],
        &[Kind::Number],
        &[Kind::Form],
        &[Kind::Suffix],
    ] {
        let of = |side: &Written<'_>, alone: &[usize]| -> Vec<usize> {
            alone
                .iter()
                .copied()
                .filter(|n| side.kind(*n).is_some_and(|kind| kinds.contains(&kind)))
                .collect()
        };
        unpaired(
            left,
            right,
            &of(left, &alignment.left_alone),
            &of(right, &alignment.right_alone),
            &mut reasons,
        );
    }
    reasons
}

fn paired(left: &Written<'_>, right: &Written<'_>, pair: &Pair) -> Reason {
    let a = left.name.shown(left.text, &pair.left).to_owned();
    let b = right.name.shown(right.text, &pair.right).to_owned();
    let scripts = left.unwritten(pair.left.start) != right.unwritten(pair.right.start);
    let (kind, text) = match pair.how {
        How::Equal if a.to_lowercase() == b.to_lowercase() => (ReasonKind::Equal, format!("“{a}” in both")),
        How::Equal | How::Spelling if scripts => {
            (ReasonKind::Spelling, format!("“{a}” and “{b}”: one part in two scripts"))
        }
        How::Equal if left.kind(pair.left.start) == Some(Kind::Form) => {
            (ReasonKind::Equal, format!("“{a}” and “{b}”: one sort of legal form"))
        }
        How::Equal | How::Spelling => {
            (ReasonKind::Spelling, format!("“{a}” and “{b}”: one part in two spellings"))
        }
        How::Variant => (ReasonKind::Variant, format!("“{a}” and “{b}”: forms of one name")),
        How::Joined => (ReasonKind::Joined, format!("“{a}” and “{b}”: parted in one, together in the other")),
        How::Initial if a.chars().count() < b.chars().count() => {
            (ReasonKind::Initial, format!("“{a}” can stand for “{b}”"))
        }
        How::Initial => (ReasonKind::Initial, format!("“{b}” can stand for “{a}”")),
        How::Misspelt => {
            (ReasonKind::Misspelt, format!("“{a}” and “{b}”: alike, but not one part in two spellings"))
        }
    };
    reason(pair.how != How::Misspelt, kind, a, b, text)
}

/// Parts without a partner: two by two as far as both names have some, the rest as what one of them lacks.
fn unpaired(left: &Written<'_>, right: &Written<'_>, a: &[usize], b: &[usize], reasons: &mut Vec<Reason>) {
    for (i, j) in a.iter().zip(b) {
        let (x, y) = (left.part(*i), right.part(*j));
        let known = |side: &Written<'_>, n: usize| {
            let part = side.name.parts.get(n);
            part.is_some_and(|part| match part.kind {
                Kind::Trade | Kind::Place => true,
                _ => side.name.person && !WORDS.given(&part.sounds, part.unwritten).is_empty(),
            })
        };
        let (kind, text) = match left.kind(*i) {
            Some(Kind::Number) => (ReasonKind::Number, format!("“{x}” and “{y}”: different numbers")),
            Some(Kind::Form) => (ReasonKind::Minor, format!("“{x}” and “{y}”: different legal forms")),
            Some(Kind::Suffix) => (ReasonKind::Minor, format!("“{x}” and “{y}”: different generations")),
            _ if known(left, *i) && known(right, *j) => {
                (ReasonKind::WellKnown, format!("“{x}” and “{y}”: two different {}", noun(left)))
            }
            _ => (ReasonKind::Differs, format!("“{x}” is not “{y}”")),
        };
        reasons.push(reason(false, kind, x, y, text));
    }
    let lacking = |side: &Written<'_>, n: usize| {
        let part = side.part(n);
        let minor = matches!(side.kind(n), Some(Kind::Form | Kind::Suffix));
        let kind = match side.kind(n) {
            _ if minor => ReasonKind::Minor,
            Some(Kind::Number) => ReasonKind::Number,
            _ => ReasonKind::Missing,
        };
        (kind, format!("only one has “{part}”"), part)
    };
    for n in a.iter().skip(b.len()) {
        let (kind, text, part) = lacking(left, *n);
        reasons.push(reason(false, kind, part, String::new(), text));
    }
    for n in b.iter().skip(a.len()) {
        let (kind, text, part) = lacking(right, *n);
        reasons.push(reason(false, kind, String::new(), part, text));
    }
}

fn noun(side: &Written<'_>) -> &'static str {
    if side.name.person { "names" } else { "words" }
}

fn reason(for_it: bool, kind: ReasonKind, left: String, right: String, text: String) -> Reason {
    Reason { for_it, kind, left, right, text }
}
