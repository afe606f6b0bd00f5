//! Runs of words written large, read as a title and a name.

use super::opening;
use super::page::Page;
use super::rules::Class;
use crate::token::Gap;
use std::ops::Range;

/// What a run of large words looks like, before the rest of the document is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A title or a known given name says that it is a person.
    Person,
    /// A head noun or an acronym says that it is a body.
    Organisation,
    /// A country, state or city.
    Place,
    /// Several words, of which nothing is known.
    Several,
    /// One word, of which nothing is known.
    Single,
    /// An office without a name ("Secretary of State").
    Office,
    /// A word for a people or a party, a month, a beginning of a sentence.
    Other,
}

/// A male or female person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// One run, in token indices.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// All of it.
    pub(super) run: Range<usize>,
    /// The name without title.
    pub(super) name: Range<usize>,
    pub(super) look: Look,
    /// What title or given name tell.
    pub(super) gender: Option<Gender>,
    /// Whether the title is one that tells a gender ("Mrs.").
    pub(super) titled: bool,
    /// The hash of the first word of the name.
    pub(super) first: u64,
    /// The hash of the last, a suffix like "Jr." apart.
    pub(super) last: u64,
    /// How many words the name has, parts joined by hyphens counting as one.
    pub(super) units: usize,
}

/// Finds all runs, in order, not overlapping.
pub(super) fn names(page: &Page<'_>) -> Vec<Name> {
    let mut out = Vec::new();
    let letters = opening::Letters::new(page);
    let mut i = 0;
    while i < page.len() {
        if !begins(page, i) || opening::is_opening_word(page, i, &letters) {
            i += 1;
            continue;
        }
        let (end, is_name) = run_end(page, i);
        if is_name && let Some(name) = read(page, i..end) {
            out.push(name);
        }
        i = end.max(i + 1);
    }
    opening::strip(page, &mut out);
    out
}

fn begins(page: &Page<'_>, i: usize) -> bool {
    if page.is_capitalised(i) {
        let joined = page.is_joined(i) && i > 0 && (page.is_word(i - 1) || page.is_apostrophe(i - 1));
        return !joined
            && (!page.is(i, Class::FUNCTION)
                || page.is_upper(i) && page.word(i).len() == 2 && !page.in_headline(i))
            || is_dotted(page, i) > 0;
    }
    // "bin Tariq" and "al-Zuri" may stand alone.
    if matches!(page.word(i), "bin" | "ibn" | "van" | "von" | "de" | "di" | "del") && follows(page, i + 1) {
        return page.gap(i) != Gap::None;
    }
    page.is(i, Class::PARTICLE)
        && page.word(i).len() == 2
        && page.is_hyphen(i + 1)
        && page.is_joined(i + 2)
        && page.is_capitalised(i + 2)
}

/// The length of an acronym with stops ("U.S.", "S.E.C.") at `i`, or 0.
fn is_dotted(page: &Page<'_>, i: usize) -> usize {
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

/// Where the run that begins at `start` ends, and whether it is one: "US-led" is none.
fn run_end(page: &Page<'_>, start: usize) -> (usize, bool) {
    // No name is longer; a page of large words must not cost more than its length.
    let limit = (start + 40).min(page.len());
    let dotted = is_dotted(page, start);
    let mut end = start + dotted.max(1);
    while end < limit {
        let step = if page.is_hyphen(end) && page.is_joined(end + 1) && page.is_word(end + 1) {
            if page.is_lower(end + 1) && is_participle(page.word(end + 1)) {
                return (end + 2, false);
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
fn follows(page: &Page<'_>, i: usize) -> bool {
    page.is_capitalised(i)
        && matches!(page.gap(i), Gap::Space)
        && (!page.is(i, Class::FUNCTION) && !page.is(i, Class::CALENDAR)
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
        "for" | "on" => page.is(at - 1, heads) || has_head() && !given,
        "&" => true,
        "and" => {
            !given
                && (has_head() && (start..at).any(|i| matches!(page.word(i), "of" | "for" | "on")) || ahead())
                && !(start..at).any(|i| page.is(i, Class::PLACE))
                && at - start <= 8
        }
        _ => false,
    };
    holds.then_some(next - at)
}

/// A nickname in quotation marks before a further large word.
fn nickname(page: &Page<'_>, at: usize) -> Option<usize> {
    let opens = matches!(page.word(at), "\"" | "“" | "'" | "‘") && page.gap(at) == Gap::Space;
    let closes = matches!(page.word(at + 2), "\"" | "”" | "'" | "’") && page.is_joined(at + 2);
    (opens && closes && page.is_capitalised(at + 1) && page.is_joined(at + 1) && follows(page, at + 3))
        .then_some(3)
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

/// Reads a run as title and name; nothing when no word of it can be part of a name.
fn read(page: &Page<'_>, run: Range<usize>) -> Option<Name> {
    let mut start = run.start;
    while start < run.end
        && (page.is(start, Class::CALENDAR) && !page.is(start, Class::GIVEN) || !page.is_word(start))
    {
        start += 1;
    }
    if start >= run.end {
        return None;
    }
    let end = run.end;
    let run = start..end;
    let title = title_end(page, run.clone());
    let mut name = title..end;
    let titled = title > start;
    let body = body_of(page, name.clone());
    if body && !(titled && page.is(title, Class::GIVEN)) {
        // "Justice Department": what looked like a title belongs to the body.
        return Some(describe(page, run.clone(), run, Look::Organisation, None, false));
    }
    if name.is_empty() {
        // "the Coast Guard" is no guard.
        let corps = matches!(page.word(end - 1), "Guard" | "Corps" | "Patrol" | "Reserve") && run.len() > 1;
        if corps && start > 0 && matches!(page.word(start - 1), "the" | "The" | "’s" | "s") {
            return Some(describe(page, run.clone(), run, Look::Organisation, None, false));
        }
        return Some(describe(page, run.clone(), run, Look::Office, None, false));
    }
    let mut look = if titled { Look::Person } else { look(page, name.clone()) };
    if !titled && look == Look::Several {
        // "Republican Rolf Egg", "Massachusetts Ana Rill".
        let given = (name.start + 1..name.end.saturating_sub(1)).find(|&i| page.is(i, Class::GIVEN));
        if let Some(at) = given
            && (name.start..at)
                .all(|i| page.is(i, Class::PEOPLE) || page.is(i, Class::PLACE) || page.is(i, Class::MODIFIER))
        {
            name.start = at;
            look = Look::Person;
        }
    } else if !titled
        && look == Look::Person
        && page.is(start, Class::PEOPLE)
        && page.is(start + 1, Class::GIVEN)
    {
        name.start = start + 1;
    }
    let mut gender = None;
    for i in (start..name.start).rev() {
        gender = gender.or(gender_of(page, i, Class::MALE, Class::FEMALE));
    }
    let honorific = gender.is_some();
    if look == Look::Person {
        gender = gender.or(gender_of(page, name.start, Class::NAME_MALE, Class::NAME_FEMALE));
    }
    Some(describe(page, run, name, look, gender, honorific))
}

/// The gender that the word at `i` tells by these two classes.
pub(super) fn gender_of(page: &Page<'_>, i: usize, male: Class, female: Class) -> Option<Gender> {
    match (page.is(i, male), page.is(i, female)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Where the title at the head of the run ends.
fn title_end(page: &Page<'_>, run: Range<usize>) -> usize {
    let mut title = None;
    for i in run.clone() {
        if !page.is(i, Class::TITLE) || page.is_joined(i) && i > run.start {
            continue;
        }
        let last = i + 1 == run.end;
        // "Charlie King": behind a given name or an initial a title is a surname.
        let surname = i > run.start
            && (page.is(i - 1, Class::GIVEN) && !page.is(i - 1, Class::TITLE)
                || page.word(i - 1) == "." && page.is_initial(i.saturating_sub(2)));
        let behind_title = title.is_some_and(|at| i == at + 1 || i == at + 2 && page.word(at + 1) == ".");
        if surname || last && behind_title && page.is(i.saturating_sub(2), Class::HONORIFIC) {
            break;
        }
        title = Some(i);
    }
    let Some(mut at) = title else { return run.start };
    at += 1;
    if page.word(at) == "." && at < run.end {
        at += 1;
    }
    if at < run.end && matches!(page.word(at), "of" | "for") {
        let rest = at + 1..run.end;
        let given = rest.clone().find(|&i| page.is(i, Class::GIVEN) && !page.is(i, Class::PLACE));
        let complement = rest.clone().find(|&i| {
            !(page.is(i, Class::COMPLEMENT) || matches!(page.word(i), "the" | "and" | "for" | "of"))
        });
        return match (given, complement) {
            (Some(i), _) => i,
            (None, Some(i)) if i > rest.start => i,
            _ if rest.len() >= 4 => run.end - 2,
            _ => run.end,
        };
    }
    at.min(run.end)
}

/// Whether the words name a body.
fn body_of(page: &Page<'_>, name: Range<usize>) -> bool {
    let Some(last) = name.clone().rev().find(|&i| page.is_word(i)) else { return false };
    let connected = name.clone().find(|&i| matches!(page.word(i), "of" | "for" | "on"));
    let head = connected.map_or(last, |at| at.saturating_sub(1));
    if page.is(name.start, Class::GIVEN) && name.len() == 2 && page.is(last, Class::SURNAME) {
        return false;
    }
    if name.clone().any(|i| page.word(i) == "&") || name.len() > 1 && page.is(last, Class::COMPANY) {
        return true;
    }
    let place = page.is(name.start, Class::PLACE_PART) && page.is(head, Class::PLACE_PART);
    !place && (page.is(head, Class::ORGANISATION) || page.is(last, Class::ORGANISATION))
        || connected.is_some() && page.is(head, Class::GROUP)
}

fn look(page: &Page<'_>, name: Range<usize>) -> Look {
    let first = name.start;
    let dotted = is_dotted(page, first);
    if dotted > 0 && dotted >= name.len() - 1 {
        return if matches!(page.word(first), "U" | "E") { Look::Place } else { Look::Organisation };
    }
    let words: Vec<usize> = name.clone().filter(|&i| page.is_word(i)).collect();
    let all = |class: Class| words.iter().all(|&i| page.is(i, class));
    if words.iter().all(|&i| {
        page.is(i, Class::PLACE) || page.is(i, Class::PLACE_PART) || i > first && page.is_initial(i)
    }) {
        return Look::Place;
    }
    let last = words.last().copied().unwrap_or(first);
    let surname = page.is(first, Class::GIVEN) && words.len() == 2;
    let common = [Class::GROUP, Class::THING, Class::PEOPLE].iter().any(|&class| page.is(last, class));
    let shouted = words.len() > 2 && words.iter().all(|&i| page.is_upper(i)) && !page.is(first, Class::GIVEN);
    if common && !(surname && (page.is(last, Class::SURNAME) || page.is(last, Class::PEOPLE))) || shouted {
        return Look::Other;
    }
    if all(Class::PEOPLE) || all(Class::FUNCTION) || all(Class::CALENDAR) {
        return Look::Other;
    }
    let units = units(page, name.clone());
    if units == 1 {
        let length = page.word(first).len();
        if words.len() == 1
            && page.is_upper(first)
            && page.word(name.end) == ":"
            && page.begins_sentence(first)
        {
            return Look::Person;
        }
        if words.len() == 1
            && page.is_upper(first)
            && length <= 6
            && page.word(name.end) != ":"
            && !page.in_headline(first)
        {
            return Look::Organisation;
        }
        let noun = [
            Class::ORGANISATION,
            Class::GROUP,
            Class::DOCUMENT,
            Class::ROLE,
            Class::MODIFIER,
            Class::UNNAMED,
        ];
        if noun.iter().any(|&class| page.is(first, class))
            && words.len() == 1
            && !page.is(first, Class::GIVEN)
        {
            return Look::Other;
        }
        return Look::Single;
    }
    let tail_is_name =
        words.iter().skip(1).all(|&i| !page.is(i, Class::DOCUMENT) && !page.is(i, Class::GROUP));
    let given = page.is(first, Class::GIVEN) && (!page.is(first, Class::PLACE) || units == 2);
    if given && units <= 4 && tail_is_name {
        return Look::Person;
    }
    Look::Several
}

fn units(page: &Page<'_>, name: Range<usize>) -> usize {
    let start = name.start;
    name.filter(|&i| {
        page.is_word(i)
            && (i == start || !page.is_joined(i))
            && !page.is(i, Class::SUFFIX)
            && !(page.is_lower(i) && page.is(i, Class::PARTICLE))
    })
    .count()
}

fn describe(
    page: &Page<'_>,
    run: Range<usize>,
    name: Range<usize>,
    look: Look,
    gender: Option<Gender>,
    titled: bool,
) -> Name {
    let word = |i: &usize| page.is_word(*i);
    let first = name.clone().find(word).map_or(0, |i| page.key(i));
    let last = name
        .clone()
        .rev()
        .find(|i| page.is_word(*i) && !page.is(*i, Class::SUFFIX))
        .map_or(first, |i| page.key(i));
    let units = units(page, name.clone());
    Name { run, name, look, gender, titled, first, last, units }
}
