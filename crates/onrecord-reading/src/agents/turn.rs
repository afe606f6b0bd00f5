//! Who "I", "we" and "you" are: the turns of a transcript by their labels, and whoever signs a text.

use super::cast::{Cast, Entity};
use super::name::{Look, Name};
use super::page::Page;
use super::rules::{Class, key};
use crate::token::Gap;
use onrecord_record::AgentKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A label has no more tokens than this.
const LONGEST_LABEL: usize = 9;
/// A byline stands in one of the first so many lines.
const HEAD_LINES: u32 = 8;

/// The words behind a label such as "MS. KELL:", up to the next one.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// The label without its mark.
    pub(super) label: Range<usize>,
    /// "Q.", "A.": a label that tells nobody.
    pub(super) nameless: bool,
}

/// Finds the turns, in order. Labels make a transcript only where one of them comes back, so that a lone "Note:" makes none.
pub(super) fn turns(page: &Page<'_>, names: &[Name]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = (0..page.len())
        .filter(|&i| page.gap(i) >= Gap::Line || i == 0)
        .filter_map(|i| label(page, i))
        .collect();
    let wording = |turn: &Turn| turn.label.clone().fold(0_u64, |hash, i| hash.rotate_left(7) ^ page.key(i));
    let mut count: FxHashMap<u64, u32> = FxHashMap::default();
    for turn in &turns {
        *count.entry(wording(turn)).or_default() += 1;
    }
    if turns.len() < 3 || count.values().all(|&n| n < 2) {
        return Vec::new();
    }
    turns.retain(|turn| {
        let shouted =
            turn.label.clone().all(|i| !page.is_word(i) || page.is_upper(i) || page.is(i, Class::HONORIFIC));
        let named = name_in(names, &turn.label)
            .and_then(|n| names.get(n))
            .is_some_and(|name| name.look == Look::Person);
        turn.nameless || shouted || named || count.get(&wording(turn)).is_some_and(|&n| n > 1)
    });
    turns
}

fn label(page: &Page<'_>, start: usize) -> Option<Turn> {
    let mark = |i: usize| page.word(i) == ":" && page.gap(i + 1) != Gap::None;
    if matches!(page.word(start), "Q" | "A") && (page.word(start + 1) == "." || mark(start + 1)) {
        return Some(Turn { label: start..start + 1, nameless: true });
    }
    if !page.is_capitalised(start) {
        return None;
    }
    let end = (start + 1..start + LONGEST_LABEL).find(|&i| {
        let inner = page.gap(i) < Gap::Line
            && (page.is_capitalised(i)
                || page.word(i) == "."
                || page.is_hyphen(i)
                || page.is_apostrophe(i)
                || page.is(i, Class::PARTICLE));
        !inner
    })?;
    mark(end).then_some(Turn { label: start..end, nameless: false })
}

/// The last name that lies in `range`.
pub(super) fn name_in(names: &[Name], range: &Range<usize>) -> Option<usize> {
    let n = names.partition_point(|name| name.run.start < range.end).checked_sub(1)?;
    names.get(n).filter(|name| name.run.start >= range.start && name.look != Look::Office).map(|_| n)
}

/// The turn that token `at` stands in, by its place in `turns`.
pub(super) fn turn_at(turns: &[Turn], at: usize) -> Option<usize> {
    turns.partition_point(|turn| turn.label.end <= at).checked_sub(1)
}

/// Who speaks as "I" and as "we" where nobody else does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signed {
    pub(super) i: Option<usize>,
    pub(super) we: Option<usize>,
}

/// Reads the head of the text: "By Ana Kell", a line that is a name, the paper of a correction.
pub(super) fn signed(page: &Page<'_>, names: &[Name], cast: &mut Cast) -> Signed {
    let (mut by, mut alone, mut paper) = (None, None, None);
    let mut corrects = false;
    for i in (0..page.len()).take_while(|&i| page.paragraph(i) < HEAD_LINES) {
        corrects |= matches!(key(page.word(i)), k if k == key("correction") || k == key("clarification"));
    }
    for (n, name) in names.iter().enumerate() {
        let start = name.run.start;
        if page.paragraph(start) >= HEAD_LINES {
            break;
        }
        let Some(of) = cast.of.get(n).copied().flatten() else { continue };
        let line = page.paragraph(start);
        let before = start.checked_sub(1).filter(|&i| page.paragraph(i) == line);
        let opens = |i: usize| i == 0 || page.gap(i) >= Gap::Line;
        let person = cast.entities.get(of).is_some_and(Entity::can_be_person)
            && matches!(name.look, Look::Person | Look::Several)
            && (2..=4).contains(&name.units);
        if before.is_some_and(|i| matches!(page.word(i), "By" | "BY" | "by") && opens(i)) {
            if person {
                by = by.or(Some(of));
            }
            continue;
        }
        let article = before.filter(|&i| matches!(page.word(i), "The" | "THE" | "the"));
        let whole = opens(article.unwrap_or(start)) && (before.is_none() || article.is_some());
        if !whole || page.gap(name.run.end) < Gap::Line || line == 0 {
            continue;
        }
        let body = matches!(name.look, Look::Organisation | Look::Several | Look::Other) && name.units > 1;
        if article.is_some() && body {
            paper = paper.or(Some(of));
        } else if person && article.is_none() {
            alone = alone.or(Some(of));
        }
    }
    if let Some(entity) = by.and_then(|of| cast.entities.get_mut(of)) {
        entity.kind = Some(AgentKind::Person);
    }
    if let Some(entity) = paper.filter(|_| corrects).and_then(|of| cast.entities.get_mut(of)) {
        entity.kind = Some(AgentKind::Organisation);
    }
    let study = || {
        (1..page.len()).any(|i| {
            page.word(i - 1) == "This"
                && matches!(page.word(i), "paper" | "study" | "essay" | "article")
                && page.begins_sentence(i - 1)
        })
    };
    match () {
        () if corrects => Signed { i: by, we: paper },
        () if by.is_none() && alone.is_some() && study() => {
            if let Some(entity) = alone.and_then(|of| cast.entities.get_mut(of)) {
                entity.kind = Some(AgentKind::Person);
            }
            Signed { i: alone, we: alone }
        }
        () => Signed { i: by, we: None },
    }
}
