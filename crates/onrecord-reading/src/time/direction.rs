//! Whether what is told around an expression is past or yet to come.

use super::rules::Class;
use super::words::Words;
use crate::token::Shape;
use std::ops::Range;

/// Where a day without a year, or a weekday, is to be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
}

/// How far verbs are looked for.
const BEFORE: usize = 25;
const BEHIND: usize = 15;

/// The tense of the nearest verb that shows one: before the expression, else behind it in its sentence. Reports tell of the
/// past where nothing shows.
pub(super) fn direction(words: &Words<'_>, range: &Range<usize>) -> Direction {
    for i in (range.start.saturating_sub(BEFORE)..range.start).rev() {
        if words.breaks(i + 1) {
            break;
        }
        if let Some(direction) = told_by(words, i) {
            return direction;
        }
    }
    for i in range.end..range.end + BEHIND {
        if words.breaks(i) {
            break;
        }
        if let Some(direction) = told_by(words, i) {
            return direction;
        }
    }
    Direction::Past
}

fn told_by(words: &Words<'_>, i: usize) -> Option<Direction> {
    let word = words.word(i);
    if words.is(i, Class::Future) {
        return Some(Direction::Future);
    }
    // "Will be held", "is closed".
    let passive = i > 0 && matches!(words.word(i - 1), "be" | "is" | "are" | "being" | "get" | "not");
    if words.is(i, Class::Past) {
        return (!passive).then_some(Direction::Past);
    }
    if words.shape(i) != Shape::Lower {
        return None;
    }
    if word == "to" {
        // "To be held", "set to open", "vowed to leave".
        let be = words.word(i + 1) == "be";
        let ahead = i > 0 && words.is(i - 1, Class::Intention);
        return (be || ahead).then_some(Direction::Future);
    }
    // "When it arrives".
    let third = word.ends_with('s') && !matches!(word, "is" | "has" | "was" | "says" | "does");
    if third && i > 0 && matches!(words.word(i - 1), "it" | "he" | "she" | "It" | "He" | "She") {
        return Some(Direction::Future);
    }
    (!passive && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")).then_some(Direction::Past)
}
