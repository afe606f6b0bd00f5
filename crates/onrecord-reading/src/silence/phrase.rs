//! How far a note of silence goes.

use crate::agents::{Page, key};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// No note is longer than this many tokens behind its verb.
const LONGEST: usize = 45;
/// The last member of a listing begins within so many tokens of the comma before it.
const MEMBER: usize = 5;

/// Words that begin another clause wherever they stand.
const OTHER_CLAUSE: &str = "but while although though whereas because since unless until nor despite amid saying adding telling citing";
/// Words that begin another clause behind a verb that asks for nothing more: "did not respond when she was asked".
const ASIDE: &str = "when after before as if";
/// What shows that "and" goes on with another verb, not with another thing.
const GOES_ON: &str = "he she they it i we you has have had is was were are did does would will could can said told gave made went took \
left began kept held came also then instead only later later's who which that's there declined refused says has";

/// Verbs that have a subject before them.
const FINITE: &str = "has have had is was were are did does do would will could said says declined refused";
/// Such a subject behind "and" is no longer than so many tokens.
const SUBJECT: usize = 5;

fn keys(words: &str) -> FxHashSet<u64> {
    words.split_whitespace().map(key).collect()
}

static OTHER_CLAUSES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| keys(OTHER_CLAUSE));
static ASIDES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| keys(ASIDE));
static FINITES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| keys(FINITE));
static GOING_ON: LazyLock<FxHashSet<u64>> = LazyLock::new(|| keys(GOES_ON));

/// The token behind the phrase of a verb that ends before token `at`. Nothing more is asked for by a verb that is `full`.
pub(super) fn end(page: &Page<'_>, at: usize, full: bool) -> usize {
    let Some(sentence) = at.checked_sub(1).map(|last| page.sentence(last)) else { return at };
    let mut end = at;
    while end < page.len() && end < at + LONGEST && page.sentence(end) == sentence {
        if stops(page, end, at, full) {
            break;
        }
        end += 1;
    }
    while end > at && !page.is_word(end - 1) && !closes(page, end - 1, at) {
        end -= 1;
    }
    end
}

/// A bracket or quotation mark whose fellow stands in the phrase.
fn closes(page: &Page<'_>, i: usize, from: usize) -> bool {
    let opens = |i: usize| matches!(page.word(i), "(" | "\"" | "“" | "‘" | "'");
    match page.word(i) {
        ")" | "\"" | "”" | "’" => (from..i).any(opens),
        _ => page.is_apostrophe(i) && page.possessive(i) > 0,
    }
}

fn stops(page: &Page<'_>, i: usize, at: usize, full: bool) -> bool {
    match page.word(i) {
        ";" | "?" | "!" | "—" | "–" | "…" => true,
        ":" => !page.is_joined(i + 1),
        "-" => !page.is_joined(i) && !page.is_joined(i + 1) || page.word(i + 1) == "-",
        "\"" | "“" | "”" => full && i > at,
        "," => ends_with_comma(page, i),
        "and" => page.is_lower(i) && goes_on(page, i + 1),
        _ => {
            let key = page.key(i);
            OTHER_CLAUSES.contains(&key)
                || (full || i > at && page.word(i + 1) == "asked") && ASIDES.contains(&key)
        }
    }
}

/// Whether "and" before token `i` leads to another verb: at once, or behind its own subject.
fn goes_on(page: &Page<'_>, i: usize) -> bool {
    let past = |i: usize| page.is_lower(i) && page.word(i).ends_with("ed");
    GOING_ON.contains(&page.key(i))
        || past(i)
        || page.is_capitalised(i) && past(i + 1)
        || (i..i + SUBJECT).take_while(|j| page.is_word(*j)).any(|j| FINITES.contains(&page.key(j)))
}

/// A comma ends the phrase, unless it stands within a number, a listing or a name.
fn ends_with_comma(page: &Page<'_>, i: usize) -> bool {
    let number = |i: usize| page.word(i).starts_with(|c: char| c.is_ascii_digit());
    if page.is_joined(i + 1) && number(i + 1) {
        return false;
    }
    // "who, when or where", "calls, letters and texts"
    let same = page.sentence(i);
    let rest = (i + 1..=i + MEMBER).take_while(|j| page.sentence(*j) == same && *j < page.len());
    for j in rest {
        match page.word(j) {
            "or" => return j == i + 1 && GOING_ON.contains(&page.key(j + 1)),
            "and" => return j == i + 1 || goes_on(page, j + 1),
            word if page.is_lower(j) && (GOING_ON.contains(&page.key(j)) || word.ends_with("ing")) => {
                return true;
            }
            _ if matches!(page.word(j + 1), "or" | "and") => {}
            _ if OTHER_CLAUSES.contains(&page.key(j)) || ASIDES.contains(&page.key(j)) => return true,
            _ => {}
        }
    }
    true
}
