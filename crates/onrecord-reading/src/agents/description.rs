//! What a text says of a person behind the name: in apposition, in a clause with "who", with "is", in brackets.

use super::page::Page;
use super::rules::Class;
use std::ops::Range;

/// No description is longer, in tokens.
const LONGEST: usize = 40;

/// The description behind a name that ends at `at`: ", a former sailor and now director of the port,". `limit` is the end
/// of the source the name stands in, which the description may fill over commas.
pub(super) fn behind(page: &Page<'_>, at: usize, limit: Option<usize>) -> Option<Range<usize>> {
    let at = behind_place(page, at);
    if page.word(at) != "," {
        return None;
    }
    let mut start = at + 1;
    // An age: "Kell, 56, a docker"
    if is_number(page, start) && page.word(start + 1) == "," {
        start += 2;
    }
    let stop = limit.unwrap_or(at + LONGEST).min(at + 60).min(page.len());
    let sentence = page.sentence(at);
    if start >= stop || page.sentence(start) != sentence && limit.is_none() {
        return None;
    }
    let adverb =
        matches!(page.word(start), "formerly" | "now" | "then" | "once" | "currently" | "previously");
    let known = adverb
        || is_determiner(page, start)
        || [Class::MODIFIER, Class::ROLE, Class::PEOPLE].iter().any(|&class| page.is(start, class))
        || page.is(start, Class::PLACE)
            && (page.is(start + 1, Class::PEOPLE) || page.is(start + 1, Class::ROLE));
    let reach = if known { 10 } else { 6 };
    if !known && (!page.is_word(start) || page.is(start, Class::FUNCTION) || page.is(start, Class::CALENDAR))
    {
        return None;
    }
    let noun = noun_within(page, start + usize::from(adverb), stop.min(start + reach))?;
    let mut end = noun + 1;
    // Another person with a title, no description of the first.
    let another = page.is_capitalised(end) && !page.is_joined(end);
    if another && (!known || page.is_lower(noun) == page.is_lower(start)) {
        return None;
    }
    if !known && (page.is_capitalised(noun) || !is_close(page, end)) {
        return None;
    }
    if page.is(noun, Class::PEOPLE) && page.word(end) == "of" {
        end += 1;
    }
    let end = end_of(page, start, end, limit, stop)?;
    let one = page.word(start) == "one" && page.word(start + 1) == "of";
    let start = if is_determiner(page, start) && !one { start + 1 } else { start };
    (start < end).then_some(start..end)
}

/// Behind "of Korr", "from Korr" and "(R-Korr)".
fn behind_place(page: &Page<'_>, at: usize) -> usize {
    let mut end = at;
    if let Some(party) = party(page, at).filter(|_| page.word(at) == "(") {
        end = party.end + 1;
    }
    if matches!(page.word(end), "of" | "from") {
        let place = |i: &usize| page.is_capitalised(*i) && !page.is(*i, Class::FUNCTION);
        let words = (end + 1..end + 4).take_while(place).count();
        if words > 0 && page.word(end + 1 + words) == "," {
            return end + 1 + words;
        }
    }
    end
}

/// Whether an age stands behind a name that ends at `at`: ", 18,", ", 56.".
pub(super) fn has_age(page: &Page<'_>, at: usize) -> bool {
    page.word(at) == ","
        && page.word(at + 1).len() == 2
        && is_number(page, at + 1)
        && matches!(page.word(at + 2), "," | "." | ";")
}

fn is_number(page: &Page<'_>, i: usize) -> bool {
    let word = page.word(i);
    !word.is_empty() && word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_determiner(page: &Page<'_>, i: usize) -> bool {
    matches!(page.word(i), "a" | "an" | "the" | "one" | "his" | "her" | "their" | "its" | "my" | "our")
}

/// Whether what stands at `end` can follow the noun of a description.
fn is_close(page: &Page<'_>, end: usize) -> bool {
    matches!(
        page.word(end),
        "," | "." | ";" | ")" | "”" | "of" | "at" | "for" | "in" | "and" | "who" | "with"
    )
}

/// The first noun for a person from `start` that belongs to the phrase that begins there.
fn noun_within(page: &Page<'_>, start: usize, stop: usize) -> Option<usize> {
    let mut i = start;
    // "one of the best keepers"
    let of_many = page.word(i) == "one" && page.word(i + 1) == "of";
    if of_many {
        i += 2;
    }
    while i < stop {
        let noun = page.is(i, Class::ROLE) || of_many && page.is(i, Class::GROUP);
        let plural = of_many && singular_is_role(page, i);
        if page.is_word(i) && (noun || plural) && page.possessive(i + 1) == 0 {
            // "Harbour Committee chairman": the last of several nouns in a row.
            let compound = page.is_lower(i + 1) && page.is(i + 1, Class::ROLE) && i + 1 < stop;
            return Some(if compound { i + 1 } else { i });
        }
        let verb = matches!(
            page.word(i),
            "said"
                | "says"
                | "is"
                | "was"
                | "has"
                | "had"
                | "told"
                | "of"
                | "in"
                | "for"
                | "to"
                | "and"
                | "who"
                | "where"
                | "when"
                | "by"
                | "as"
                | "with"
                | "not"
                | "that"
                | "at"
                | "on"
                | "from"
        );
        let mark = page.possessive(i) > 0
            || page.is_hyphen(i)
            || page.word(i) == "." && page.is_joined(i)
            || matches!(page.word(i), "-" | "/");
        if verb || !(page.is_word(i) || mark) {
            return None;
        }
        i += 1;
    }
    None
}

/// Whether the word is the plural of a noun for a person.
fn singular_is_role(page: &Page<'_>, i: usize) -> bool {
    page.word(i)
        .strip_suffix('s')
        .is_some_and(|word| super::rules::RULES.class(super::rules::key(word)).is(Class::ROLE))
}

/// Where a description ends whose noun ends at `end`; nothing when a verb shows that it is a clause.
fn end_of(page: &Page<'_>, start: usize, mut end: usize, limit: Option<usize>, stop: usize) -> Option<usize> {
    let sentence = page.sentence(start);
    if is_verb(page, end) {
        return None;
    }
    while end < stop && (limit.is_some() || page.sentence(end) == sentence) {
        let word = page.word(end);
        // "In Korr, the mayor said": a new clause, no description.
        if matches!(word, "said" | "says" | "told" | "also" | "is" | "was" | "has" | "had" | "will" | "would")
        {
            return None;
        }
        if matches!(word, "“" | "\"" | "‘")
            && matches!(page.word(end - 1), "of" | "called" | "titled" | "book" | "film")
        {
            let close = (end + 1..stop.min(end + 14)).find(|&i| matches!(page.word(i), "”" | "\"" | "’"));
            let Some(close) = close else { break };
            end = close + 1;
            // The comma within the marks belongs to the clause around.
            if matches!(page.word(close - 1), ",") {
                break;
            }
            continue;
        }
        if matches!(word, ";" | ":" | "(" | "—" | "–" | "”" | "“" | "\"" | "who" | "which" | "whose")
        {
            break;
        }
        let stopped = word == "."
            && !page.is_initial(end - 1)
            && !page.is(end - 1, Class::HONORIFIC)
            && page.gap(end + 1) != crate::token::Gap::None;
        if (word == "," || stopped)
            && (limit.is_none() || matches!(page.word(end + 1), "and" | "who" | "which"))
        {
            break;
        }
        end += 1;
    }
    // A closing mark stays with the title it closes.
    let titled = |i: usize| matches!(page.word(i), "”" | "\"") && page.word(i.saturating_sub(1)) != ",";
    let trails =
        |i: usize| !page.is_word(i) && !titled(i) || matches!(page.word(i), "and" | "or" | "the" | "of");
    while end > start && trails(end - 1) {
        end -= 1;
    }
    Some(end)
}

/// Whether a verb stands at `i`, behind a noun: "the mayor called Ana Egg", but not "the mayor elected in May".
fn is_verb(page: &Page<'_>, i: usize) -> bool {
    let word = page.word(i);
    let past = word.ends_with("ed") && page.is_lower(i) && !page.is(i + 1, Class::FUNCTION);
    past || matches!(
        word,
        "took"
            | "made"
            | "gave"
            | "went"
            | "came"
            | "got"
            | "did"
            | "met"
            | "ran"
            | "won"
            | "lost"
            | "left"
            | "saw"
            | "knew"
            | "thought"
            | "wrote"
            | "spoke"
            | "began"
            | "kept"
            | "held"
            | "can"
            | "could"
            | "may"
            | "might"
            | "should"
            | "must"
    )
}

/// A party, with a state or without: "(R-Ky.)", "(D)", ", D-Calif.,". The words inside brackets.
pub(super) fn party(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    let letter = |i: usize| matches!(page.word(i), "R" | "D" | "I" | "L" | "Rep" | "Dem" | "Lab" | "Con");
    match page.word(at) {
        "(" if letter(at + 1) => {
            let end = (at + 2..at + 9).find(|&i| page.word(i) == ")")?;
            let plain = |i: usize| {
                page.is_hyphen(i) || matches!(page.word(i), "." | "," | "-" | "–") || page.is_capitalised(i)
            };
            (at + 2..end).all(plain).then_some(at + 1..end)
        }
        "," if matches!(page.word(at + 1), "R" | "D" | "I") && matches!(page.word(at + 2), "-" | "–") => {
            let mut end = at + 3;
            while page.is_joined(end)
                && end < at + 8
                && (page.is_capitalised(end) || page.word(end) == "." || page.is_lower(end))
            {
                end += 1;
            }
            // A stop at the end of the sentence is none of the state's, but it cannot be told.
            (end > at + 3).then_some(at + 1..end)
        }
        _ => None,
    }
}

/// What a clause says of the person whose name ends at `at`: ", who was director of the port", " is the director of the
/// port", ", who sits on the harbour committee".
pub(super) fn clause(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    let mut i = behind_place(page, at);
    i += usize::from(page.word(i) == ",");
    let who = page.word(i) == "who";
    if !who && i != at {
        return None;
    }
    i += usize::from(who);
    while matches!(
        page.word(i),
        "also"
            | "now"
            | "currently"
            | "previously"
            | "once"
            | "formerly"
            | "long"
            | "recently"
            | "has"
            | "had"
            | "later"
    ) {
        i += 1;
    }
    let verb = page.word(i);
    let is = matches!(verb, "is" | "was" | "became" | "becomes" | "remains" | "been");
    let serves = matches!(verb, "serves" | "served" | "works" | "worked") && page.word(i + 1) == "as";
    if is || serves {
        return office(page, i + 1 + usize::from(serves));
    }
    let leads = matches!(
        verb,
        "heads"
            | "leads"
            | "chairs"
            | "runs"
            | "led"
            | "headed"
            | "chaired"
            | "ran"
            | "directs"
            | "directed"
            | "oversees"
            | "oversaw"
            | "founded"
            | "co-founded"
            | "owns"
            | "represents"
            | "represented"
            | "serves"
            | "served"
            | "sits"
            | "sat"
            | "works"
            | "worked"
            | "teaches"
            | "coaches"
            | "edits"
            | "hosts"
    );
    if !who || !leads {
        return None;
    }
    // Only what stands to a body or a place is a description: "who ran", "who led by six votes" is none.
    let end = clause_end(page, i + 1);
    let capital = (i + 1..end).any(|k| page.is_capitalised(k) || page.is(k, Class::ORGANISATION));
    (capital && end > i + 1).then_some(i..end)
}

/// An office that begins at `start`, behind "is", "as" or "becoming": "the director of the port".
pub(super) fn office(page: &Page<'_>, mut start: usize) -> Option<Range<usize>> {
    if is_determiner(page, start) {
        start += 1;
    }
    // "was considered the mastermind" is what others think.
    let participle =
        page.word(start).ends_with("ed") && page.is_lower(start) && !page.is(start, Class::MODIFIER);
    if participle || page.is(start, Class::FUNCTION) && !page.is_upper(start) {
        return None;
    }
    let noun = noun_within(page, start, start + 9)?;
    let vague = matches!(
        page.word(noun),
        "person"
            | "man"
            | "woman"
            | "boy"
            | "girl"
            | "guy"
            | "child"
            | "lady"
            | "teen"
            | "star"
            | "hero"
            | "winner"
            | "victim"
            | "suspect"
    );
    if vague || page.is_capitalised(noun + 1) {
        return None;
    }
    let end = clause_end(page, noun + 1);
    (start < end).then_some(start..end)
}

/// Where the words of a clause end that tell an office.
fn clause_end(page: &Page<'_>, from: usize) -> usize {
    let sentence = page.sentence(from.saturating_sub(1));
    let mut end = from;
    while end < from + 14 && end < page.len() && page.sentence(end) == sentence {
        let word = page.word(end);
        let stops = matches!(
            word,
            "," | ";"
                | ":"
                | "("
                | ")"
                | "—"
                | "–"
                | "“"
                | "”"
                | "\""
                | "who"
                | "which"
                | "whose"
                | "when"
                | "while"
                | "until"
                | "before"
                | "after"
                | "because"
                | "that"
                | "but"
                | "said"
                | "says"
                | "told"
                | "since"
                | "if"
                | "during"
                | "as"
                | "by"
                | "he"
                | "she"
                | "is"
                | "was"
                | "has"
                | "had"
        ) || word == "and"
            && !page.is_capitalised(end + 1)
            && !page.is(end + 1, Class::MODIFIER)
            && !page.is(end + 1, Class::ROLE)
            || word == "." && !page.is_initial(end - 1)
            // "in May", "on Monday", "in 2031" tell when.
            || matches!(word, "in" | "on")
                && (page.word(end + 1) == "May" || page.is(end + 1, Class::CALENDAR) || page.word(end + 1).bytes().all(|b| b.is_ascii_digit()));
        if stops {
            break;
        }
        end += 1;
    }
    while end > from
        && (!page.is_word(end - 1) || page.is_lower(end - 1) && page.is(end - 1, Class::FUNCTION))
    {
        end -= 1;
    }
    end
}
