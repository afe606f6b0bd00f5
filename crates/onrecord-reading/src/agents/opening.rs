//! Words written large for another reason than that they name: at the beginning of a sentence, or in a headline.

use super::name::{Look, Name, is_known_body};
use super::page::Page;
use super::rules::Class;
use super::run::follows;
use rustc_hash::FxHashSet;

/// How the words of a page are written elsewhere on it.
pub(super) struct Letters {
    /// Written large where no sentence begins.
    large: FxHashSet<u64>,
    /// Written small.
    small: FxHashSet<u64>,
}

impl Letters {
    pub(super) fn new(page: &Page<'_>) -> Self {
        let small = (0..page.len()).filter(|&i| page.is_lower(i)).map(|i| page.key(i)).collect();
        Letters { large: large_inside_sentences(page), small }
    }
}

/// "Crooked Rolf Egg" where "Rolf Egg" stands elsewhere: the first word is none of the name.
pub(super) fn strip(page: &Page<'_>, names: &mut [Name]) {
    let known: FxHashSet<(u64, u64)> = names
        .iter()
        .filter(|name| name.look == Look::Person && name.units == 2 && page.is(name.name.start, Class::GIVEN))
        .map(|name| (name.first, name.last))
        .collect();
    for name in names.iter_mut().filter(|name| {
        name.look == Look::Several && name.units > 2
            || name.look == Look::Person && name.titled && name.units > 2
    }) {
        let second = name.name.start + 1;
        if known.contains(&(page.key(second), name.last)) {
            name.name.start = second;
            name.run.start = name.run.start.max(if name.titled { name.run.start } else { second });
            name.first = page.key(second);
            name.units -= 1;
            name.look = Look::Person;
        }
    }
    // "Ada Baron", "Baron said": what names an office else is a surname here.
    for name in names.iter_mut().filter(|name| name.look == Look::Office && name.run.len() == 1) {
        let (at, key) = (name.run.start, page.key(name.run.start));
        let article = at.checked_sub(1).is_some_and(|i| matches!(page.word(i), "the" | "The" | "a" | "A"));
        if !article && known.iter().any(|(_, last)| *last == key) {
            (name.look, name.first, name.last, name.units) = (Look::Single, key, key, 1);
            name.name = name.run.clone();
        }
    }
    // "Actual Airbus": a word that only begins the sentence is no part of a body that is known without it.
    for name in names
        .iter_mut()
        .filter(|name| name.units == 2 && name.run == name.name && page.begins_sentence(name.run.start))
    {
        let (first, rest) = (name.name.start, name.name.start + 1..name.name.end);
        let own =
            [Class::GIVEN, Class::PLACE, Class::PLACE_PART, Class::PEOPLE, Class::ORGANISATION, Class::TITLE];
        if is_known_body(page, rest.clone())
            && !is_known_body(page, name.name.clone())
            && !own.iter().any(|&class| page.is(first, class))
            && !page.is_upper(first)
            && !page.is_hyphen(first + 1)
        {
            name.name = rest.clone();
            name.run = rest;
            name.first = page.key(first + 1);
            name.units = 1;
            name.look = Look::Organisation;
        }
    }
    // "Rolf Egg Goes to Korr", "Egg Sails": in a headline verbs are written large too.
    let lone: FxHashSet<u64> = names
        .iter()
        .filter(|name| name.look == Look::Single && !page.in_headline(name.run.start))
        .map(|name| name.last)
        .collect();
    let titled =
        names.iter().filter(|name| name.look == Look::Person && name.units == 1).map(|name| name.last);
    let surnames: FxHashSet<u64> = known.iter().map(|(_, last)| *last).chain(titled).collect();
    for name in names.iter_mut().filter(|name| {
        name.units > 1
            && page.in_headline(name.run.start)
            // "EGG, Rolf"
            && page.word(name.run.start + 1) != ","
            && (name.run.start == name.name.start || name.units > 2)
    }) {
        let start = name.name.start;
        let second = page.key(start + 1);
        let begins_full =
            known.contains(&(name.first, second)) || page.is(start, Class::GIVEN) && lone.contains(&second);
        let (end, look) = if name.units > 2 && begins_full {
            (start + 2, Look::Person)
        } else if surnames.contains(&name.first) && !surnames.contains(&name.last) {
            (start + 1, Look::Single)
        } else if surnames.contains(&name.last)
            && !known.contains(&(name.first, name.last))
            && !page.is(start, Class::GIVEN)
        {
            // "Mom Meets Egg"
            name.run.start = name.run.end - 1;
            name.name.start = name.run.start;
            name.first = name.last;
            name.look = Look::Single;
            name.units = 1;
            name.gender = None;
            continue;
        } else {
            continue;
        };
        name.run.end = end;
        name.name.end = end;
        name.look = look;
        name.last = page.key(end - 1);
        name.units = end - start;
        if look == Look::Single {
            name.gender = None;
        }
    }
}

/// The words that are written large where no sentence begins.
fn large_inside_sentences(page: &Page<'_>) -> FxHashSet<u64> {
    (0..page.len())
        .filter(|&i| page.is_capitalised(i) && !opens(page, i) && !page.in_headline(i))
        .map(|i| page.key(i))
        .collect()
}

/// Whether a large letter at `i` can be due to the beginning of a sentence.
fn opens(page: &Page<'_>, i: usize) -> bool {
    page.begins_sentence(i) || i > 0 && !page.is_word(i - 1)
}

/// "Campaigning in Korr, …", "Nearly all …": a beginning of a sentence that names nobody.
pub(super) fn is_opening_word(page: &Page<'_>, i: usize, letters: &Letters) -> bool {
    let word = page.word(i);
    opens(page, i)
        && ((word.ends_with("ing") || page.is_lower(i + 1) && (word.ends_with("ed") || word.ends_with("ly")))
            || letters.small.contains(&page.key(i)) && !page.is_upper(i)
            || matches!(
                page.word(i + 1),
                "to" | "of" | "after" | "about" | "for" | "with" | "from" | "saying"
            ))
        && (!common(page, i) || page.is_lower(i + 1) && page.is(i, Class::ORGANISATION))
        && !page.is(i, Class::GIVEN)
        && !page.is(i, Class::MODIFIER)
        && !(page.is(i, Class::PARTICLE)
            && (follows(page, i + 1) || page.is(i + 1, Class::PARTICLE) || page.is_hyphen(i + 1)))
        && !letters.large.contains(&page.key(i))
}

/// Nouns that describe who speaks, which are read where they stand.
fn common(page: &Page<'_>, i: usize) -> bool {
    [
        Class::ROLE,
        Class::GROUP,
        Class::ORGANISATION,
        Class::DOCUMENT,
        Class::PEOPLE,
        Class::PLACE,
        Class::UNNAMED,
    ]
    .iter()
    .any(|&class| page.is(i, class))
}
