//! Where a speaker grants a point, and where one takes back what one said. Rules as data: `rules/concessions.toml`.

use crate::agents::{Page, key};
use crate::passage::Passage;
use crate::pattern::PatternFile;
use onrecord_record::Statement;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

const CONCESSIONS: &str = include_str!("../../../rules/concessions.toml");

static RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(CONCESSIONS));

/// A point is granted at the beginning of what is said.
const BEGINNING: usize = 30;
/// What is taken back stands so many statements before at most.
const BEFORE: usize = 30;
/// So many words of a statement are compared, those with more letters than so many.
const WORDS: usize = 60;
const SHORT: usize = 4;
/// Letters beyond so many are left off.
const STEM: usize = 6;

/// Marks statements that concede, and tells of each which ones it takes back. `speakers` are the places of the speakers among the
/// agents.
pub(crate) fn concede(
    page: &Page<'_>,
    statements: &mut [Statement],
    passages: &[Passage],
    speakers: &[Option<usize>],
) {
    for i in 0..statements.len() {
        let Some(passage) = passages.get(i) else { continue };
        let concedes = signs(page, passage, "concedes", "grants");
        let withdraws = signs(page, passage, "withdraws", "unsays");
        let taken_back = withdraws.then(|| taken_back(page, i, passages, speakers)).flatten();
        let taken_back = taken_back.and_then(|j| statements.get(j)).map(|earlier| earlier.id.clone());
        if let Some(statement) = statements.get_mut(i) {
            statement.concession = concedes;
            statement.retracts = taken_back.into_iter().collect();
        }
    }
}

/// Whether the cue shows the one kind, or the beginning of the content the other.
fn signs(page: &Page<'_>, passage: &Passage, in_cue: &str, in_content: &str) -> bool {
    let cue = || passage.cue.iter().any(|cue| !RULES.find_kind(page, cue.clone(), in_cue).is_empty());
    let content = || {
        let first = passage.content.first().cloned().unwrap_or_default();
        let beginning = first.start..first.end.min(first.start + BEGINNING);
        !RULES.find_kind(page, beginning, in_content).is_empty()
    };
    cue() || content()
}

/// The same speaker's earlier statement that has most words in common with statement `i`; of equals the later one.
fn taken_back(page: &Page<'_>, i: usize, passages: &[Passage], speakers: &[Option<usize>]) -> Option<usize> {
    let speaker = speakers.get(i).copied().flatten()?;
    let own = words(page, passages.get(i)?);
    let earlier = (i.saturating_sub(BEFORE)..i).filter(|j| speakers.get(*j) == Some(&Some(speaker)));
    let alike = earlier.filter_map(|j| Some((words(page, passages.get(j)?).intersection(&own).count(), j)));
    alike.max().filter(|(same, _)| *same > 0).map(|(_, j)| j)
}

/// The words of the content that tell what it speaks of.
fn words(page: &Page<'_>, passage: &Passage) -> FxHashSet<u64> {
    let tokens = passage.content.iter().flat_map(Clone::clone).take(WORDS);
    let telling = tokens.filter(|i| page.is_word(*i) && page.word(*i).len() > SHORT);
    telling.map(|i| key(&page.word(i).chars().take(STEM).collect::<String>())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::examples_hold;

    #[test]
    fn the_examples_of_the_rules_hold() {
        examples_hold(CONCESSIONS);
    }
}
