//! The name of a body: what is left of it without article, legal form and order, and the letters it is shortened to.

use super::folding::{folded, folded_words};
use super::same_bodies::shared_core;
use super::word_lists::WORD_LISTS;

/// A body's name as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BodyName {
    /// The words that tell it from others, in one.
    pub(super) core: String,
    /// How many words those are.
    pub(super) words: usize,
    /// Whether it is written as an acronym: two to six large letters, nothing else.
    pub(super) acronym: bool,
    /// Whether its words say only which kind of body it is.
    pub(super) kind_only: bool,
    /// What stands before words that say only the kind: "us" for a leading "U.S." or "United States", which is no part of
    /// the core; the core's own first words for other countries and cities.
    pub(super) qualifier: Option<String>,
    /// The words behind the qualifier.
    pub(super) of_kind: Option<String>,
    /// Of a committee the chamber it belongs to, as far as its name says it. It is no part of the core.
    pub(super) chamber: Option<String>,
    /// Whether it is a committee, of which two chambers may have one by the same name.
    pub(super) committee: bool,
    /// Acronyms its words can be shortened to.
    pub(super) initials: Vec<String>,
    /// Whether it is one of the names of a known body, which then all have the same core.
    pub(super) known: bool,
}

/// More words than these tell a body from others, each common as it is.
const MOST_OF_KIND: usize = 2;

/// Words that acronyms mostly leave out.
const SMALL: [&str; 8] = ["of", "the", "and", "for", "in", "on", "to", "at"];

impl BodyName {
    /// The parts of `name`, with the core that all names of a known body share; nothing when no word is left.
    pub(super) fn new(name: &str) -> Option<Self> {
        let mut parts = Self::as_written(name)?;
        if let Some(core) = shared_core(&parts) {
            parts.core = core.to_owned();
            parts.known = true;
            // Words of its kind alone, but everybody knows which one is meant.
            parts.kind_only = false;
            (parts.qualifier, parts.of_kind) = (None, None);
        }
        Some(parts)
    }

    /// The parts of `name` by its own words; nothing when no word is left.
    pub(super) fn as_written(name: &str) -> Option<Self> {
        let mut words = folded_words(name);
        // "Former" at the head of a sentence gets into names.
        while words.len() > 1 && words.first().is_some_and(|word| matches!(word.as_str(), "the" | "former")) {
            words.remove(0);
        }
        let letters = |word: &str| word.chars().filter(|letter| letter.is_alphanumeric()).count();
        let acronym = words.len() == 1
            && (2..=6).contains(&letters(name))
            && name.trim().chars().all(|letter| letter.is_uppercase() || matches!(letter, '.' | '&' | '-'));
        let initials = if acronym { Vec::new() } else { initials(&words) };
        while words.len() > 1
            && words.last().is_some_and(|word| word == "and" || WORD_LISTS.is("company-form", word))
        {
            words.pop();
        }
        let before_last = |words: &[String]| words.len().checked_sub(2).and_then(|at| words.get(at)).cloned();
        while words.last().is_some_and(|word| WORD_LISTS.is("trade", word))
            && before_last(&words).is_some_and(|word| !WORD_LISTS.is("kind", &word))
        {
            words.pop();
        }
        in_order(&mut words);
        let nation = match words.as_slice() {
            [first, _, ..] if first == "us" => 1,
            [first, second, _, ..] if first == "united" && second == "states" => 2,
            _ => 0,
        };
        words.drain(..nation);
        let committee = words.len() > 1 && words.last().is_some_and(|word| word == "committee");
        let chamber = (committee && words.len() > 2)
            .then(|| words.first().filter(|word| WORD_LISTS.is("chamber", word)).cloned())
            .flatten();
        words.drain(..usize::from(chamber.is_some()));
        let telling: Vec<&String> = words.iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
        let common = |word: &String| WORD_LISTS.is("kind", word) && !WORD_LISTS.is("one", word);
        let from = telling.iter().rposition(|word| !common(word)).map_or(0, |at| at + 1);
        let joined = |words: &[&String]| words.iter().map(|word| word.as_str()).collect::<String>();
        let tail = telling.get(from..).unwrap_or_default();
        let of_kind = (2..=MOST_OF_KIND).contains(&tail.len()).then(|| joined(tail));
        let qualifier = match (nation, from) {
            (0, 0) => None,
            (_, 0) => Some("us".to_owned()),
            _ => Some(joined(telling.get(..from).unwrap_or_default())),
        };
        let kind_only = of_kind.is_some() && qualifier.is_none() && chamber.is_none();
        let small = |word: &String| SMALL.contains(&word.as_str());
        let core: String = words.iter().filter(|word| !small(word)).map(String::as_str).collect();
        let count = words.len();
        (!core.is_empty()).then_some(BodyName {
            core,
            words: count,
            acronym,
            kind_only,
            qualifier,
            of_kind,
            chamber,
            committee,
            initials,
            known: false,
        })
    }
}

/// "Department of Harbours" as "Harbours Department".
fn in_order(words: &mut Vec<String>) {
    let heads = ["department", "ministry", "dept", "university"];
    let Some(at) = words.iter().position(|word| heads.contains(&word.as_str())) else { return };
    if words.get(at + 1).is_some_and(|word| word == "of") && words.len() > at + 2 {
        let head = words.remove(at);
        words.remove(at);
        if words.get(at).is_some_and(|word| word == "the") && words.len() > at + 1 {
            words.remove(at);
        }
        words.push(if head == "dept" { "department".into() } else { head });
    }
}

fn initials(words: &[String]) -> Vec<String> {
    if words.len() < 2 {
        return Vec::new();
    }
    let of = |all: bool| -> String {
        words
            .iter()
            .filter(|word| all || !SMALL.contains(&word.as_str()))
            .filter_map(|word| word.chars().next())
            .collect()
    };
    let mut found = vec![of(false), of(true)];
    // "EADS N.V.": the legal form is no part of the acronym.
    if words.last().is_some_and(|word| WORD_LISTS.is("company-form", word)) && words.len() > 2 {
        let without = initials(words.get(..words.len() - 1).unwrap_or_default());
        found.extend(without);
    }
    found.retain(|letters| letters.len() >= 2);
    found.sort();
    found.dedup();
    found
}

/// The letters of an acronym, folded.
pub(super) fn acronym_letters(name: &str) -> String {
    folded(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(name: &str) -> String {
        BodyName::new(name).unwrap().core
    }

    #[test]
    fn forms_and_order_do_not_count() {
        for (a, b) in [
            ("Harl Shipping Inc.", "Harl Shipping"),
            ("Harl S.A.S.", "Harl"),
            ("Harl Industrie", "Harl"),
            ("Department of Harbours", "Harbours Department"),
            ("the U.S. Department of Harbours", "Harbours Department"),
            ("Harl & Sons", "Harl and Sons"),
            ("HarlWare", "Harl Ware"),
        ] {
            assert_eq!(core(a), core(b), "{a} / {b}");
        }
        assert_ne!(core("Harl Shipping"), core("Harl Mining"));
        assert_eq!(core("Senate Harbours Committee"), core("Harbours Committee"));
        assert_eq!(BodyName::new("Senate Harbours Committee").unwrap().chamber.as_deref(), Some("senate"));
    }

    #[test]
    fn the_lists_hold_their_examples() {
        for group in super::super::word_lists::groups() {
            for (examples, holds) in [(&group.holds, true), (&group.fails, false)] {
                for example in examples {
                    let found = match group.class.as_str() {
                        "company-form" | "trade" => {
                            let (a, b) = example.split_once(" = ").unwrap();
                            core(a) == core(b)
                        }
                        "kind" => BodyName::new(example).unwrap().kind_only,
                        "one" => !BodyName::new(example).unwrap().kind_only,
                        "chamber" => BodyName::new(example).unwrap().chamber.is_some(),
                        _ => continue,
                    };
                    assert_eq!(found, holds, "{example}");
                }
            }
        }
    }

    #[test]
    fn acronyms_are_told_and_made() {
        assert!(BodyName::new("JHC").unwrap().acronym);
        assert!(!BodyName::new("Jhc").unwrap().acronym);
        assert!(BodyName::new("Joint Harbour Commission").unwrap().initials.contains(&"jhc".to_owned()));
        assert!(BodyName::new("Trade and Industry Board").unwrap().initials.contains(&"tib".to_owned()));
        assert_eq!(BodyName::new(" … "), None);
    }
}
