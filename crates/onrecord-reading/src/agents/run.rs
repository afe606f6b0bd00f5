//! How far a run of words written large goes: particles, connecting words, initials and nicknames inside it.

use super::page::Page;
use super::rules::Class;
use crate::token::Gap;
use std::ops::Range;

/// The length of an acronym with stops ("U.S.", "S.E.C.") at `i`, or 0.
pub(super) fn is_dotted(page: &Page<'_>, i: usize) -> usize {
    let mut end = i;
    while page.is_initial(end)
        && page.word(end + 1) == "."
        && page.is_joined(end + 1)
        && (end == i || page.is_joined(end))
    {
        end += 2;
    }
    if end - i >= 4 { end - i } else { 0 }
}

/// Whether the dotted letters at `i` are those of a country, state or union: "U.S.", "N.Y.".
pub(super) fn is_dotted_place(page: &Page<'_>, i: usize) -> bool {
    let letters = (page.word(i), page.word(i + 2));
    is_dotted(page, i) == 4
        && matches!(
            letters,
            ("U", "S" | "N" | "K")
                | ("E", "U")
                | ("D", "C")
                | ("N", "Y" | "J" | "C" | "H" | "M" | "D")
                | ("S", "C" | "D")
        )
}

/// Where the run that begins at `start` ends, and whether it is one: "US-led" is none.
pub(super) fn run_end(page: &Page<'_>, start: usize) -> (usize, bool) {
    // No name is longer; a page of large words must not cost more than its length.
    let limit = (start + 40).min(page.len());
    let dotted = is_dotted(page, start);
    let mut end = start + dotted.max(1);
    while end < limit {
        let step = if page.is_hyphen(end) && page.is_joined(end + 1) && page.is_word(end + 1) {
            if page.is_lower(end + 1) && is_participle(page.word(end + 1)) {
                return described(page, start, end);
            }
            2
        } else if let Some(skip) = owners(page, end) {
            skip
        } else if page.is_apostrophe(end) && page.is_joined(end) {
            if !(page.is_joined(end + 1)
                && page.is_capitalised(end + 1)
                && page.word(end - 1).chars().count() <= 2)
            {
                break;
            }
            2
        } else if page.word(end) == "." && page.is_joined(end) {
            let short = page.is_initial(end - 1) || page.is(end - 1, Class::HONORIFIC);
            let suffix = page.is(end - 1, Class::SUFFIX);
            let next = follows(page, end + 1) || page.is_joined(end + 1) && page.is_initial(end + 1);
            if short && next || suffix { 1 } else { break }
        } else if page.is_initial(end) && page.is_joined(end) && page.word(end - 1) == "." {
            1
        } else if follows(page, end) {
            is_dotted(page, end).max(1)
        } else if page.word(end) == "," && page.is(end + 1, Class::SUFFIX) && page.is_capitalised(end + 1) {
            2
        } else if let Some(skip) = particles(page, end) {
            skip
        } else if let Some(skip) = connector(page, start, end) {
            skip
        } else if joins(page, end) {
            2
        } else if let Some(skip) = nickname(page, end) {
            skip
        } else {
            break;
        };
        end += step;
    }
    (end.min(page.len()), true)
}

/// Whether a further word of a name stands at `i`, behind a space.
pub(super) fn follows(page: &Page<'_>, i: usize) -> bool {
    page.is_capitalised(i)
        && matches!(page.gap(i), Gap::Space)
        && (!page.is(i, Class::FUNCTION) && !page.is(i, Class::CALENDAR)
            || page.is_initial(i)
                && page.word(i + 1) == "."
                && page.is_joined(i + 1)
                && page.is_capitalised(i + 2)
            || page.is_upper(i) && page.word(i).len() == 2
            || page.word(i) == "May" && page.is(i.wrapping_sub(1), Class::GIVEN))
}

/// "bin", "van der", "al-" before a further large word: how many tokens up to it.
fn particles(page: &Page<'_>, at: usize) -> Option<usize> {
    let mut i = at;
    while i < at + 4 && page.is_lower(i) && page.is(i, Class::PARTICLE) && page.gap(i) <= Gap::Space {
        i += 1;
        if page.is_hyphen(i) || page.is_apostrophe(i) && page.is_joined(i) {
            i += 1;
        }
    }
    (i > at && page.is_capitalised(i) && page.gap(i) <= Gap::Space).then_some(i + 1 - at)
}

/// How far a run goes that an adjective like "Kell-backed" begins with, and whether it names somebody: "US-led" does not.
fn described(page: &Page<'_>, start: usize, hyphen: usize) -> (usize, bool) {
    let lone = hyphen == start + 1;
    let country = [Class::PLACE, Class::PLACE_PART, Class::PEOPLE].iter().any(|&class| page.is(start, class));
    (hyphen, !(lone && (country || page.is_upper(start)) || is_dotted(page, start) > 0))
}

/// Whether a small word at `at`, written large within a sentence, joins the words of a name: "Doctors Without Borders".
pub(super) fn joins(page: &Page<'_>, at: usize) -> bool {
    matches!(page.word(at), "Without" | "Against" | "For" | "Over" | "Of" | "And")
        && page.gap(at) == Gap::Space
        && follows(page, at + 1)
        && !page.in_headline(at)
}

/// "of", "for", "and", "&" inside the name of a body or an office.
fn connector(page: &Page<'_>, start: usize, at: usize) -> Option<usize> {
    if page.gap(at) != Gap::Space {
        return None;
    }
    let word = page.word(at);
    let mut next = at + 1;
    if matches!(word, "of" | "for" | "on") && matches!(page.word(next), "the" | "a") {
        next += 1;
    }
    if !follows(page, next) {
        return None;
    }
    let heads = Class::ORGANISATION;
    let has_head = || (start..at).any(|i| page.is(i, heads));
    let ahead = || {
        let stop = (next + 6).min(page.len());
        (next..stop).take_while(|&i| follows(page, i)).any(|i| page.is(i, heads))
    };
    let given = page.is(start, Class::GIVEN) || page.is(next, Class::GIVEN);
    let holds = match word {
        "of" => {
            page.is(at - 1, heads)
                || has_head() && page.is(at - 1, Class::GROUP)
                || page.is(at - 1, Class::ROLE)
                || page.is(at - 1, Class::PLACE_PART)
        }
        // "Pilots for Harbours"
        "for"
            if page.word(at - 1).ends_with('s')
                && [Class::GROUP, Class::PEOPLE].iter().any(|&class| page.is(at - 1, class)) =>
        {
            !page.in_headline(at) && !given
        }
        "for" | "on" => page.is(at - 1, heads) || has_head() && !given,
        "&" => true,
        "and" => {
            !given
                && (has_head() && (start..at).any(|i| matches!(page.word(i), "of" | "for" | "on")) || ahead())
                && !(start..at).any(|i| page.is(i, Class::PLACE))
                && !super::name::is_known_body(page, start..at)
                // "Harbour Secretary Ana Egg and Quay Commission chief Rolf Brand"
                && !(start + 1..at).any(|i| page.is(i, Class::GIVEN) && page.is(i - 1, Class::TITLE))
                && at - start <= 8
        }
        _ => false,
    };
    holds.then_some(next - at)
}

/// A nickname in quotation marks or brackets before a further large word: how many tokens up to that.
fn nickname(page: &Page<'_>, at: usize) -> Option<usize> {
    let bracket = page.word(at) == "(" && page.is(at.wrapping_sub(1), Class::GIVEN);
    let opens = bracket || matches!(page.word(at), "\"" | "“" | "'" | "‘");
    if !opens || page.gap(at) != Gap::Space || !page.is_joined(at + 1) {
        return None;
    }
    let longest = if bracket { 2 } else { 4 };
    let close = (at + 2..at + 1 + longest).find(|&i| {
        page.is_joined(i)
            && if bracket { page.word(i) == ")" } else { matches!(page.word(i), "\"" | "”" | "'" | "’") }
    })?;
    let inside = at + 1..close;
    let named = inside.clone().any(|i| page.is_capitalised(i))
        && inside.clone().all(|i| {
            page.is_capitalised(i) && !(bracket && page.is_upper(i))
                || matches!(page.word(i), "the" | "of" | "-")
        });
    (named && follows(page, close + 1)).then_some(close + 1 - at)
}

/// The nickname inside a name, without its marks.
pub(super) fn nickname_in(page: &Page<'_>, name: Range<usize>) -> Option<Range<usize>> {
    let opens = |i: &usize| {
        matches!(page.word(*i), "\"" | "“" | "‘" | "(" | "'") && page.is_joined(*i + 1) && !page.is_joined(*i)
    };
    let open = name.clone().find(opens)?;
    let close = (open + 2..name.end)
        .find(|&i| matches!(page.word(i), "\"" | "”" | "’" | ")" | "'") && page.is_joined(i))?;
    Some(open + 1..close)
}

/// "’s" or "’" inside the name of a body of many: "Seamen’s Mission", "Pilots’ Guild".
fn owners(page: &Page<'_>, at: usize) -> Option<usize> {
    let skip = page.possessive(at);
    let many = || {
        let word = page.word(at - 1);
        word.ends_with("men")
            || word.ends_with("ildren")
            || word.ends_with("eople")
            || page.is(at - 1, Class::GROUP)
    };
    (skip > 0 && follows(page, at + skip) && page.is(at + skip, Class::ORGANISATION) && many())
        .then_some(skip + 1)
}

/// Endings behind a hyphen that make an adjective.
fn is_participle(word: &str) -> bool {
    word.ends_with("ed")
        || word.ends_with("ing")
        || matches!(
            word,
            "led" | "run" | "style" | "era" | "wide" | "born" | "like" | "made" | "held" | "linked" | "area"
        )
}
