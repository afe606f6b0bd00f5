//! Who "I", "we" and "you" are: whoever the label of a transcript's turn names, or whoever signs a text.

use super::cast::{Cast, Entity};
use super::name::{Look, Name};
use super::page::Page;
use super::rules::key;
use crate::attribution::Label;
use crate::token::Gap;
use onrecord_record::AgentKind;
use std::ops::Range;

/// A byline stands in one of the first so many lines.
const HEAD_LINES: u32 = 8;

/// The last name that lies in `range`.
pub(super) fn name_in(names: &[Name], range: &Range<usize>) -> Option<usize> {
    let n = names.partition_point(|name| name.run.start < range.end).checked_sub(1)?;
    names.get(n).filter(|name| name.run.start >= range.start && name.look != Look::Office).map(|_| n)
}

/// The turn that token `at` stands in, by its place in `turns`.
pub(super) fn turn_at(turns: &[Label], at: usize) -> Option<usize> {
    turns.partition_point(|turn| turn.name.end <= at).checked_sub(1)
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
    let by = by.or_else(|| closing(page, names, cast));
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

/// The author whom the last lines of a piece in the first person introduce: "Ana Kell is a docker and writes in Lund."
fn closing(page: &Page<'_>, names: &[Name], cast: &Cast) -> Option<usize> {
    let own = (0..page.len()).filter(|&i| page.word(i) == "I" && !page.in_quotation(i)).take(3).count();
    let last = page.len().checked_sub(1).map(|last| page.paragraph(last))?;
    let from = names.partition_point(|name| page.paragraph(name.run.start) + 1 < last);
    let (n, _) = names.iter().enumerate().skip(from).find(|(_, name)| {
        let opens = name.run.start == 0 || page.gap(name.run.start) >= Gap::Line;
        opens && (2..=4).contains(&name.units) && matches!(page.word(name.run.end), "is" | ",")
    })?;
    let of = cast.of.get(n).copied().flatten()?;
    (own == 3 && cast.entities.get(of).is_some_and(Entity::can_be_person)).then_some(of)
}
