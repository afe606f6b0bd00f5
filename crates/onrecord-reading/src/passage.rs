//! A statement's place on the page: its roles as ranges of tokens.

use crate::agents::Page;
use onrecord_record::{RoleSpans, Statement, TextIndex};
use std::ops::Range;

/// The roles of a statement, in tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passage {
    /// Who says it.
    pub(crate) source: Vec<Range<usize>>,
    /// The words that attribute.
    pub(crate) cue: Vec<Range<usize>>,
    /// What is said.
    pub(crate) content: Vec<Range<usize>>,
}

impl Passage {
    /// Where the roles of `statement` stand on `page`.
    pub(crate) fn of(page: &Page<'_>, index: &TextIndex<'_>, statement: &Statement) -> Self {
        let role = |role: &RoleSpans| role.spans.iter().map(|span| page.within(index.bytes(*span))).collect();
        Passage {
            source: role(&statement.source),
            cue: role(&statement.cue),
            content: role(&statement.content),
        }
    }

    /// The content cut into sentences. One that is interrupted by the cue counts as two.
    pub(crate) fn sentences(&self, page: &Page<'_>) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        for piece in &self.content {
            let mut start = piece.start;
            for i in piece.start + 1..piece.end {
                if page.begins_sentence(i) {
                    sentences.push(start..i);
                    start = i;
                }
            }
            if start < piece.end {
                sentences.push(start..piece.end);
            }
        }
        sentences.retain(|sentence| sentence.clone().any(|i| page.is_word(i)));
        sentences
    }

    /// From the first token of any role to behind the last; `None` when all are absent.
    pub(crate) fn extent(&self) -> Option<Range<usize>> {
        let all = || [&self.source, &self.cue, &self.content].into_iter().flatten();
        Some(all().map(|range| range.start).min()?..all().map(|range| range.end).max()?)
    }

    /// Whether token `i` stands in the content.
    pub(crate) fn is_content(&self, i: usize) -> bool {
        self.content.iter().any(|piece| piece.contains(&i))
    }
}
