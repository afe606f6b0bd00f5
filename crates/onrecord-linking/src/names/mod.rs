//! Names across scripts and spellings: how alike two are, and which of a list are like one.
//!
//! A name is folded into small Latin letters , taken apart into what its words are (a given name, a title, a
//! legal form …), and its parts are paired with the other name's, by sound. What is paired, what differs and what is lacking
//! make the score, and every one of them can be read as a [`Reason`]. A list is searched through an index of sound keys, so
//! that few of its names are looked at.
//!
//! What this stands on: sound keys come from Soundex (Odell and Russell 1918) and Metaphone (Philips 1990), the distance of
//! spellings from Wagner and Fischer (1974), Damerau (1964) and the observation of Jaro (1989) and Winkler (1990) that
//! beginnings are spared, the pairing of parts from Monge and Elkan (1996), the weighing of rare parts from soft TF-IDF
//! (Cohen, Ravikumar and Fienberg 2003). That Arabic names need more than one key is told by Freeman, Condon and Ackerman
//! (2006). Word lists are under `rules/`: `name-parts.toml`, `same-names.toml`, `company-words.toml`, `first-names.toml`.

mod alignment;
mod company;
mod comparison;
mod explanation;
mod fold;
mod index;
mod judgement;
mod part;
mod person;
mod rarity;
mod sounds;
mod spelling;
mod words;

pub use comparison::{Band, Comparison, POSSIBLE, Reason, ReasonKind, SAME, Schema};
pub use index::{Match, NameIndex};

use alignment::align;
use explanation::{Written, explain};
use part::{Name, settle};

/// How alike two names are, and why.
///
/// The same either way round but for the sides of the reasons. A name is as it is written, with its title and its commas, in
/// any script; what lies behind its 400th character or its 24th word is not looked at. A name without letters and figures
/// is like no name, itself included.
pub fn compare(left: &str, right: &str, schema: Schema) -> Comparison {
    let schema = settle(&[left, right], schema);
    let (left_name, right_name) = (Name::read(left, schema), Name::read(right, schema));
    // Ties between pairs are broken by order, so both ways round must be one.
    let turned = (&right_name.letters, right) < (&left_name.letters, left);
    let alignment = if turned { align(&right_name, &left_name) } else { align(&left_name, &right_name) };
    let (first, second) = if turned { (&right_name, &left_name) } else { (&left_name, &right_name) };
    let score = judgement::score(first, second, &alignment);
    let alignment = if turned { alignment.turned() } else { alignment };
    let reasons = explain(
        &Written { text: left, name: &left_name },
        &Written { text: right, name: &right_name },
        &alignment,
    );
    Comparison { score, band: Band::of(score), reasons }
}
