//! The noun phrase of a source, read for its head.

use super::name::{Look, Name};
use super::page::Page;
use super::quantity::{plural, quantifier, withholds};
use super::rules::Class;
use onrecord_record::AgentKind;
use std::ops::Range;

/// What stands at the head of a source, in token indices.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head {
    /// Nothing that can be a source.
    Nothing,
    /// A word that stands for somebody.
    Pronoun(usize),
    /// "who", "which": what stands before it speaks.
    Relative(usize),
    /// Names by their place in the list of names; more than one when joined by "and".
    Names {
        /// The names, in order.
        names: Vec<usize>,
        /// The words before the name that describe its bearer.
        before: Range<usize>,
    },
    /// A description.
    Noun {
        /// The head noun.
        head: usize,
        /// All of it.
        range: Range<usize>,
        /// What it describes.
        kind: Option<AgentKind>,
        /// How it begins.
        article: Article,
    },
}

/// How a description begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Article {
    /// "the senator", "this senator".
    Definite,
    /// "a senator", "another senator", "one senator".
    Indefinite,
    /// "his lawyer", "Kell's lawyer", "the city's lawyer".
    Possessive,
    /// "senators", "some senators".
    None,
}

/// Reads the source that takes up `range`. `names` are all names of the page, in order.
pub(super) fn head(page: &Page<'_>, names: &[Name], range: Range<usize>) -> Head {
    let Range { mut start, mut end } = range;
    // "both Egg and Brand" leads to names, "both men" is who speaks.
    let both = |i: usize| page.word(i) == "both" && !(i..end).take(24).any(|k| page.word(k) == "and");
    while start < end && (!page.is_word(start) || is_lead(page, start) && !both(start)) {
        start += 1;
    }
    while end > start && !page.is_word(end - 1) && page.word(end - 1) != "." {
        end -= 1;
    }
    let owned = [1, 2].into_iter().find(|&n| end > start + n && page.possessive(end - n) == n);
    end -= owned.unwrap_or(0);
    if start >= end {
        return Head::Nothing;
    }
    let alone = start + 1 == end
        || !page.is_word(start + 1) && !matches!(page.word(start + 1), "“" | "\"" | "‘")
        || page.is(start + 1, Class::PRONOUN)
        || matches!(page.word(start + 1), "both" | "all" | "has" | "had" | "have" | "also" | "and");
    let country = page.is_upper(start) && page.word(start).len() > 1 && !page.in_headline(start);
    // "Mine owner Delta Metals": no pronoun.
    let before_noun = is_possessive(page, start) || matches!(page.word(start), "mine" | "Mine");
    if page.is(start, Class::PRONOUN) && !country && (alone || !before_noun) {
        return Head::Pronoun(start);
    }
    let owner = matches!(page.word(start), "whose" | "Whose") && start + 1 < end;
    if page.is(start, Class::RELATIVE)
        && !owner
        && (alone || !matches!(page.word(start), "that" | "That" | "This"))
    {
        return Head::Relative(start);
    }
    segment(page, names, start, end)
}

/// Reads up to the first boundary, then looks for a name in apposition to a description.
fn segment(page: &Page<'_>, names: &[Name], start: usize, end: usize) -> Head {
    let mut article = article_at(page, start);
    let mut candidate = None;
    let mut from = start;
    let mut at = start;
    let mut next = names.partition_point(|name| name.run.end <= start);
    while at < end {
        if let Some(name) = names.get(next).filter(|name| name.run.start <= at) {
            let stop = name.run.end.min(end);
            if name.look == Look::Other {
                candidate = Some(Found::Word(stop - 1));
            } else {
                candidate = Some(Found::Name(next));
            }
            at = stop.max(at + 1);
            next += 1;
            let owned = page.possessive(at);
            if owned > 0 && at + owned < end && page.is_word(at + owned) {
                article = Article::Possessive;
                from = at + owned;
                at = from;
                candidate = None;
            } else if owned > 0 {
                break;
            }
            continue;
        }
        let owned = page.possessive(at);
        if owned > 0 && candidate.is_some() {
            if at + owned < end && page.is_word(at + owned) {
                article = Article::Possessive;
                from = at + owned;
                candidate = None;
            }
            at += owned;
            continue;
        }
        let bare = page.is_lower(at) && (page.word(at).ends_with("ed") || page.word(at) == "led");
        if bare
            && matches!(&candidate, Some(Found::Word(word)) if kind_of(page, *word) == Some(AgentKind::Group))
        {
            break;
        }
        let coordinates = page.word(at) == "and"
            && matches!(&candidate, Some(Found::Word(word)) if page.is(*word, Class::MODIFIER)
                    || page.is(*word, Class::PEOPLE)
                    || kind_of(page, *word).is_none())
            && page.is_lower(at + 1);
        if at > start && candidate.is_some() && !coordinates && is_boundary(page, at) {
            break;
        }
        article = if article == Article::None { article_at(page, at) } else { article };
        if page.is_word(at) && !page.is(at, Class::FUNCTION) || at == start && page.is(at, Class::GROUP) {
            candidate = Some(Found::Word(at));
        } else if !page.is_word(at)
            && !page.is_hyphen(at)
            && !matches!(page.word(at), "\"" | "“" | "”" | "." | "(" | "'" | "’" | "/")
            && candidate.is_some()
        {
            break;
        }
        at += 1;
    }
    match candidate {
        None => quantifier(page, start, end),
        Some(Found::Name(i)) if names[i].look != Look::Office => {
            let mut all = vec![i];
            coordinated(page, names, at, end, &mut all);
            Head::Names { names: all, before: from.min(names[i].run.start)..names[i].run.start }
        }
        Some(found) => {
            let head = match found {
                Found::Word(at) => at,
                Found::Name(i) => office_head(page, &names[i]),
            };
            if let Some(i) = apposed(page, names, at, end)
                && kind_of(page, head) != Some(AgentKind::Group)
                && kind_of(page, head) != Some(AgentKind::Document)
            {
                return Head::Names { names: vec![i], before: start..at };
            }
            let range = start..description_end(page, at, end);
            let many = page.is(start, Class::GROUP)
                || matches!(page.word(head), "group" | "number" | "chorus" | "handful" | "couple");
            let kind = if many && page.word(head + 1) == "of" && head + 1 < end {
                Some(AgentKind::Group)
            } else {
                plural(page, start, head).or_else(|| kind_of(page, head))
            };
            let kind = match kind {
                Some(AgentKind::Group) if withholds(page, at, end) => Some(AgentKind::Unnamed),
                kind => kind,
            };
            Head::Noun { head, range, kind, article }
        }
    }
}

enum Found {
    Name(usize),
    Word(usize),
}

/// Words before the phrase proper: "according to", "by", "said".
fn is_lead(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.word(i).to_ascii_lowercase().as_str(),
        "according"
            | "to"
            | "by"
            | "from"
            | "as"
            | "said"
            | "says"
            | "both"
            | "even"
            | "only"
            | "and"
            | "but"
            | "that's"
            | "in"
            | "for"
            | "with"
            | "of"
            | "at"
            | "least"
    )
}

fn is_possessive(page: &Page<'_>, i: usize) -> bool {
    matches!(
        page.word(i).to_ascii_lowercase().as_str(),
        "his" | "her" | "their" | "its" | "my" | "our" | "your" | "whose"
    )
}

fn article_at(page: &Page<'_>, i: usize) -> Article {
    match page.word(i).to_ascii_lowercase().as_str() {
        "the" | "this" | "that" | "these" | "those" => Article::Definite,
        "a" | "an" | "another" | "one" => Article::Indefinite,
        _ if is_possessive(page, i) => Article::Possessive,
        _ => Article::None,
    }
}

/// Where the first part of a noun phrase ends.
fn is_boundary(page: &Page<'_>, i: usize) -> bool {
    if page.is(i, Class::PRONOUN) && page.word(i) == "I" {
        return true;
    }
    if !page.is_word(i) {
        return matches!(page.word(i), "," | ";" | ":" | "(" | "—" | "–" | "[")
            || page.word(i) == "-" && !page.is_joined(i);
    }
    page.is_lower(i)
        && (page.is(i, Class::FUNCTION) && !page.is(i, Class::MODIFIER) && !page.is_joined(i)
            || matches!(
                page.word(i),
                "close"
                    | "familiar"
                    | "like"
                    | "known"
                    | "including"
                    | "seized"
                    | "published"
                    | "released"
                    | "called"
                    | "titled"
                    | "conducted"
                    | "tracking"
                    | "seeking"
                    | "devoted"
                    | "involved"
                    | "looking"
            ))
}

/// The noun of an office: "Secretary" of "Secretary of State".
fn office_head(page: &Page<'_>, name: &Name) -> usize {
    let connected = name.run.clone().find(|&i| matches!(page.word(i), "of" | "for"));
    let end = connected.unwrap_or(name.run.end);
    (name.run.start..end).rev().find(|&i| page.is_word(i)).unwrap_or(name.run.start)
}

/// Further names joined by "and" or commas.
fn coordinated(page: &Page<'_>, names: &[Name], mut at: usize, end: usize, all: &mut Vec<usize>) {
    let Some(&first) = all.first() else { return };
    let mut pending = Vec::new();
    for (i, name) in names.iter().enumerate().skip(first + 1) {
        if name.run.start >= end || all.len() + pending.len() > 8 {
            break;
        }
        let between = at..name.run.start;
        let joins = |word: &str| matches!(word, "and" | "&" | "or" | "the" | "The");
        let only_comma = between.len() == 1 && page.word(at) == ",";
        let joined = between.clone().any(|k| page.word(k) == "and" || page.word(k) == "&")
            && between.clone().all(|k| joins(page.word(k)) || page.word(k) == ",");
        let behind = name.run.end;
        let complete = behind >= end
            || !page.is_word(behind) && page.possessive(behind) == 0
            || page.word(behind) == "and";
        if !(joined || only_comma) || !complete || matches!(name.look, Look::Office | Look::Other) {
            break;
        }
        pending.push(i);
        at = behind;
        if joined {
            all.append(&mut pending);
        }
    }
}

/// A name behind a comma that says who the description means: "his lawyer, Ardry Kell".
fn apposed(page: &Page<'_>, names: &[Name], at: usize, end: usize) -> Option<usize> {
    let from = names.partition_point(|name| name.run.start < at);
    for (i, name) in names.iter().enumerate().skip(from).take(6) {
        if name.run.end > end {
            return None;
        }
        let behind = name.run.end;
        let closed = behind >= end || matches!(page.word(behind), "," | ";" | "(" | ".");
        let person = matches!(name.look, Look::Person | Look::Several | Look::Single);
        let before = name.run.start.checked_sub(1).map_or("", |k| page.word(k));
        if person && closed && before == "," {
            return Some(i);
        }
        if matches!(before, "and" | "or") {
            return None;
        }
    }
    None
}

/// Where a description ends that has to be told in a few words.
fn description_end(page: &Page<'_>, at: usize, end: usize) -> usize {
    let limit = end.min(at + 14);
    let mut stop = at;
    while stop < limit {
        if !page.is_word(stop)
            && !page.is_joined(stop + 1)
            && matches!(page.word(stop), "," | ";" | ":" | "—" | "–" | ")")
        {
            break;
        }
        stop += 1;
    }
    while stop > at && (!page.is_word(stop - 1) || is_link(page.word(stop - 1))) {
        stop -= 1;
    }
    stop.max(at)
}

/// Words that a description cannot end with.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "to"
            | "in"
            | "at"
            | "by"
            | "with"
            | "from"
            | "and"
            | "or"
            | "the"
            | "a"
            | "an"
            | "that"
            | "which"
            | "who"
            | "as"
            | "on"
            | "about"
    )
}

/// What the noun at `head` describes.
pub(super) fn kind_of(page: &Page<'_>, head: usize) -> Option<AgentKind> {
    let plural = page.word(head).ends_with('s') && !page.word(head).ends_with("ss");
    if page.is(head, Class::UNNAMED) {
        Some(AgentKind::Unnamed)
    } else if page.is(head, Class::DOCUMENT) {
        Some(AgentKind::Document)
    } else if page.is(head, Class::GROUP) {
        Some(AgentKind::Group)
    } else if page.is(head, Class::ORGANISATION) {
        Some(AgentKind::Organisation)
    } else if page.is(head, Class::TITLE) {
        Some(AgentKind::Unnamed)
    } else if page.is(head, Class::PEOPLE) || plural && is_agentive(page.word(head)) {
        Some(AgentKind::Group)
    } else {
        None
    }
}

/// Plurals in the endings of those who do something: "campaigners", "economists".
fn is_agentive(word: &str) -> bool {
    ["ers", "ors", "ists", "ians", "ants", "ees", "ives", "crats", "men"]
        .iter()
        .any(|ending| word.ends_with(ending))
}
