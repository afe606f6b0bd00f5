//! Other names that a text states: "also known as", "née", acronyms and short forms in brackets, nicknames, handles.

use super::cast::Cast;
use super::name::{Look, Name, is_known_body};
use super::page::Page;
use super::rules::Class;
use onrecord_record::AgentKind;
use std::ops::Range;

/// At most this many tokens lie between a name and another one that is stated to be the same.
const REACH: usize = 16;

/// At most this many aliases in a row are read.
const LONGEST_LIST: usize = 12;

/// Puts down the stated aliases of every entity, and gives it the later mentions by them. Tells for each name whether it
/// is one by an alias.
pub(super) fn apply(page: &Page<'_>, names: &[Name], cast: &mut Cast) -> Vec<bool> {
    let mut by_alias = vec![false; names.len()];
    // The first mention of each entity, as it was found by the name alone.
    let mut first = vec![usize::MAX; cast.entities.len()];
    for (n, of) in cast.of.iter().enumerate() {
        if let Some(first) = of.and_then(|of| first.get_mut(of)) {
            *first = (*first).min(n);
        }
    }
    let mut moved: Vec<Option<usize>> = vec![None; cast.entities.len()];
    for (n, name) in names.iter().enumerate() {
        let Some(mut of) = cast.of.get(n).copied().flatten() else { continue };
        of = moved.get(of).copied().flatten().unwrap_or(of);
        if let Some(handle) = handle(page, name.run.end) {
            note(cast, of, handle);
        }
        let short = in_brackets(page, name);
        let mut m = n + 1;
        if let Some(short) = &short {
            note(cast, of, short.clone());
        }
        let bracketed = |m: usize| {
            let next = names.get(m).filter(|_| m == n + 1)?;
            short.clone().filter(|short| next.run.start >= short.start && next.run.end <= short.end)
        };
        while let Some(alias) = bracketed(m).or_else(|| stated(page, names, n, m)) {
            note(cast, of, alias);
            let other = cast.of.get(m).copied().flatten();
            let Some(named) = names.get(m) else { break };
            let fresh = other.is_some_and(|other| first.get(other) == Some(&m) && other != of);
            // "née Harl" is no Otto Harl.
            let whole =
                |other: &usize| cast.entities.get(*other).is_some_and(|entity| entity.units <= named.units);
            if let Some(other) = other.filter(|_| fresh).filter(whole)
                && may_be_same(page, cast, of, other)
                && let Some(moved) = moved.get_mut(other)
            {
                *moved = Some(of);
            } else if named.units == 1 && other != Some(of) {
                // This mention only.
                cast.of[m] = Some(of);
            }
            if let Some(by_alias) = by_alias.get_mut(m) {
                *by_alias = true;
            }
            if m > n + LONGEST_LIST || !goes_on(page, names, m) {
                break;
            }
            m += 1;
        }
    }
    for (n, of) in cast.of.iter_mut().enumerate() {
        let Some(to) = of.and_then(|of| moved.get(of).copied().flatten()) else { continue };
        *of = Some(to);
        if let Some(by_alias) = by_alias.get_mut(n) {
            *by_alias = true;
        }
    }
    by_alias
}

fn note(cast: &mut Cast, of: usize, alias: Range<usize>) {
    // Nobody in a news text goes by more names than this.
    if let Some(entity) = cast.entities.get_mut(of).filter(|entity| entity.aliases.len() < 24)
        && !entity.aliases.contains(&alias)
    {
        entity.aliases.push(alias);
    }
}

/// A person is no body that is known, and no place.
fn may_be_same(page: &Page<'_>, cast: &Cast, of: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (cast.entities.get(of), cast.entities.get(other)) else { return false };
    let person = one.kind == Some(AgentKind::Person);
    let body = person && is_known_body(page, other.best.clone());
    !(one.place || other.place || body)
}

/// The words of the alias at name `m` that the text states of name `n`.
fn stated(page: &Page<'_>, names: &[Name], n: usize, m: usize) -> Option<Range<usize>> {
    let (name, other) = (names.get(n)?, names.get(m)?);
    let before = names.get(m - 1)?;
    if m > n + 1 {
        return Some(other.name.clone())
            .filter(|_| goes_on(page, names, m - 1) && before.run.end < other.run.start);
    }
    let between = name.run.end..other.run.start;
    // The stops of "a.k.a." end no sentence.
    let dotted = between.len() < 9 && between.clone().any(|i| matches!(page.word(i), "k" | "K"));
    let together = page.sentence(name.run.start) == page.sentence(other.run.start)
        || dotted && page.paragraph(name.run.start) == page.paragraph(other.run.start);
    if between.len() > REACH || !together {
        return None;
    }
    // An alias that is read whole by the marks around it: “the Fox”.
    let mut words = between.clone().filter(|&i| page.is_word(i)).map(|i| page.word(i)).peekable();
    if page.possessive(other.run.end) > 0 || !is_trigger(&mut words, !page.is_word(name.run.end)) {
        return None;
    }
    let opened =
        (between.start..between.end).rev().take(3).find(|&i| matches!(page.word(i), "“" | "\"" | "‘"));
    let closed = opened.and_then(|open| {
        let close =
            (other.name.start..other.name.start + 5).find(|&i| matches!(page.word(i), "”" | "\"" | "’"))?;
        Some(open + 1..if page.word(close - 1) == "," { close - 1 } else { close })
    });
    Some(closed.unwrap_or_else(|| other.name.clone()))
}

/// Whether the words between two names say that the second is another name of the first.
/// `apart` is whether a mark stands behind the
/// first: "Egg, called Foghorn," but not "Egg called Brand".
fn is_trigger<'a>(words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>, apart: bool) -> bool {
    let (mut past, mut led) = (false, apart);
    while words
        .next_if(|word| {
            let degree = matches!(
                *word,
                "also"
                    | "better"
                    | "best"
                    | "widely"
                    | "popularly"
                    | "commonly"
                    | "previously"
                    | "now"
                    | "once"
                    | "then"
                    | "simply"
                    | "locally"
                    | "professionally"
                    | "sometimes"
                    | "otherwise"
                    | "more"
                    | "usually"
                    | "often"
            );
            let lead = matches!(
                *word,
                "who" | "is" | "was" | "has" | "been" | "and" | "or" | "then" | "whose" | "which"
            );
            degree || lead
        })
        .is_some()
    {
        led = true;
    }
    if words.next_if(|word| *word == "formerly").is_some() {
        past = true;
    }
    let triggered = match words.next() {
        Some("known") => {
            // "known online as", "known to friends as"
            let mut reach = 0;
            while words.next_if(|word| !matches!(*word, "as" | "by") && reach < 3).is_some() {
                reach += 1;
            }
            words.next().is_some()
        }
        Some("alias" | "aliases" | "aka" | "AKA" | "née" | "nee" | "né" | "pseudonym") => true,
        Some("called" | "nicknamed" | "dubbed" | "born" | "renamed") => led,
        Some("a" | "A") => {
            words.next().is_some_and(|word| word.eq_ignore_ascii_case("k"))
                && words.next().is_some_and(|word| word.eq_ignore_ascii_case("a"))
        }
        Some("goes" | "went" | "going") => words.next() == Some("by"),
        Some("nom") => words.next() == Some("de") && words.next() == Some("guerre"),
        Some("real" | "stage" | "full" | "birth" | "given") => matches!(words.next(), Some("name" | "names")),
        Some("under" | "using" | "by") => {
            let _ = words.next_if(|word| matches!(*word, "the" | "his" | "her" | "their"));
            match words.next() {
                Some("name" | "alias" | "pseudonym" | "nickname" | "moniker") => true,
                Some("nom") => words.next() == Some("de") && words.next() == Some("guerre"),
                Some("stage" | "assumed" | "pen") => words.next() == Some("name"),
                _ => false,
            }
        }
        Some("his" | "her" | "the" | "their") => match words.next() {
            Some("nom") => words.next() == Some("de") && words.next() == Some("guerre"),
            Some("real" | "stage" | "birth" | "pen") => words.next() == Some("name"),
            Some("alias" | "nickname" | "pseudonym" | "moniker") => true,
            _ => false,
        },
        // "Ana Brand, formerly Harl,"
        None => past,
        Some(_) => false,
    };
    let filler = |word: &str| {
        matches!(
            word,
            "the"
                | "name"
                | "names"
                | "his"
                | "her"
                | "their"
                | "is"
                | "was"
                | "as"
                | "by"
                | "of"
                | "a"
                | "nickname"
                | "nom"
                | "de"
                | "guerre"
                | "stage"
                | "alias"
                | "aliases"
                | "initials"
                | "acronym"
                | "moniker"
                | "pseudonym"
                | "simply"
                | "just"
                | "or"
        )
    };
    triggered && words.all(filler)
}

/// "also known as Omar, or Umar", "a.k.a. Omar; a.k.a. Umar": whether a further alias follows name `m`.
fn goes_on(page: &Page<'_>, names: &[Name], m: usize) -> bool {
    let (Some(this), Some(next)) = (names.get(m), names.get(m + 1)) else { return false };
    let between = this.run.end..next.run.start;
    let again = between.clone().any(|i| matches!(page.word(i), "or" | "k" | "K" | "aka" | "AKA" | "alias"));
    let plain = |i: usize| {
        !page.is_word(i)
            || matches!(page.word(i), "or" | "a" | "k" | "A" | "K" | "aka" | "AKA" | "alias" | "also" | "and")
    };
    again && between.len() <= 10 && between.clone().all(plain)
}

/// "(@brand)", ", @brand,": the handle behind a name that ends at `at`.
fn handle(page: &Page<'_>, at: usize) -> Option<Range<usize>> {
    let start = at + usize::from(matches!(page.word(at), "(" | "," | "["));
    if page.word(start) != "@" || !page.is_joined(start + 1) {
        return None;
    }
    let mut end = start + 1;
    while end < start + 8 && page.is_joined(end) && (page.is_word(end) || page.word(end) == "_") {
        end += 1;
    }
    (end > start + 1).then_some(start..end)
}

/// "(the “Commission”)", "(“Orsanco”)", "(the Commission)" behind a body's name: what it is called from there on.
fn in_brackets(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    let open = name.run.end;
    if page.word(open) != "(" || matches!(name.look, Look::Other | Look::Office) {
        return None;
    }
    let close = (open + 1..open + 9).find(|&i| page.word(i) == ")")?;
    let mark = |i: usize| matches!(page.word(i), "“" | "”" | "\"" | "‘" | "’");
    let quoted = (open + 1..open + 3).any(mark);
    let article = (open + 1..open + 3).any(|i| matches!(page.word(i), "the" | "The"));
    let (mut start, mut end) = (open + 1, close);
    while start < end && (mark(start) || matches!(page.word(start), "the" | "The")) {
        start += 1;
    }
    while end > start && (mark(end - 1) || matches!(page.word(end - 1), "," | ".")) {
        end -= 1;
    }
    let plain = (start..end).all(|i| page.is_capitalised(i) || page.is_hyphen(i));
    let own = || (start..end).all(|i| name.name.clone().any(|k| page.key(k) == page.key(i)));
    let title = || (start..end).any(|i| page.is(i, Class::ORGANISATION));
    (start < end && plain && (quoted || article && (own() || title()))).then_some(start..end)
}
