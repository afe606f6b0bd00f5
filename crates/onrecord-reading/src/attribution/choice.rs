//! From a network's proposals to the attributions of a text.

use super::Attribution;
use super::turns::turns;
use crate::token::Token;
use onrecord_models::{Proposal, Role};
use onrecord_record::Span;
use std::ops::Range;

/// A proposal as runs of tokens.
pub(super) struct Candidate {
    pub(super) source: Vec<Range<usize>>,
    pub(super) cue: Vec<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
    chance: f32,
    pub(super) confidence: f32,
}

/// Chooses among proposals, the surest first, and gives each its confidence: no two attributions share a cue, and none takes content that a surer
/// one has. In a transcript the turns stand beside what is attributed inside them. They come in the order of the text.
pub fn attributions(
    text: &str,
    tokens: &[Token],
    proposals: &[Proposal],
    confidence: impl Fn(&Proposal) -> f32,
) -> Vec<Attribution> {
    let chosen = chosen(tokens.len(), proposals, confidence);
    let turns = turns(text, tokens);
    let mut found: Vec<Attribution> = chosen.iter().map(|candidate| candidate.attribution(tokens)).collect();
    // A label is no cue of anything but its turn.
    found.retain(|one| !turns.iter().any(|turn| one.is_cued_by(turn)));
    found.extend(turns);
    found.sort_by_key(|one| (one.first(), one.cue.first().copied()));
    found
}

/// Chooses among the proposals for a text of `count` tokens, the surest first.
pub(super) fn chosen(
    count: usize,
    proposals: &[Proposal],
    confidence: impl Fn(&Proposal) -> f32,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> =
        proposals.iter().map(|proposal| candidate(proposal, count, confidence(proposal))).collect();
    candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut taken = Taken { cue: vec![false; count], content: vec![false; count] };
    let mut chosen: Vec<Candidate> = Vec::new();
    for mut candidate in candidates {
        candidate.content.retain(|run| !taken.content[run.clone()].contains(&true));
        let repeats = candidate.cue.iter().any(|run| taken.cue[run.clone()].contains(&true));
        if candidate.content.is_empty() || repeats {
            continue;
        }
        candidate.cue.iter().for_each(|run| taken.cue[run.clone()].fill(true));
        candidate.content.iter().for_each(|run| taken.content[run.clone()].fill(true));
        chosen.push(candidate);
    }
    chosen
}

/// Which tokens a surer attribution has already.
struct Taken {
    cue: Vec<bool>,
    content: Vec<bool>,
}

/// The runs of a proposal's tags. A cue is one run, the one nearest the anchor; so is a source.
fn candidate(proposal: &Proposal, count: usize, confidence: f32) -> Candidate {
    let [source, cue, content] = Role::ALL.map(|(_, begins)| runs(proposal, begins, count));
    let anchor = proposal.anchor;
    let cue = nearest(cue, anchor).unwrap_or(anchor..anchor + 1);
    Candidate {
        source: nearest(source, anchor).into_iter().collect(),
        cue: vec![cue],
        content,
        chance: proposal.chance,
        confidence,
    }
}

/// The run that stands nearest to a token.
fn nearest(runs: Vec<Range<usize>>, token: usize) -> Option<Range<usize>> {
    runs.into_iter().min_by_key(|run| {
        if run.contains(&token) { 0 } else { run.start.abs_diff(token).min((run.end - 1).abs_diff(token)) }
    })
}

/// The runs of tokens that bear a role, given the tag its first token bears.
fn runs(proposal: &Proposal, begins: u8, count: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, tag) in proposal.tags.iter().enumerate() {
        let token = proposal.first + i;
        if token >= count {
            break;
        }
        match out.last_mut() {
            Some(run) if *tag == begins + 1 && run.end == token => run.end += 1,
            _ if *tag == begins || *tag == begins + 1 => out.push(token..token + 1),
            _ => {}
        }
    }
    out
}

impl Candidate {
    fn attribution(&self, tokens: &[Token]) -> Attribution {
        let spans = |runs: &[Range<usize>]| {
            runs.iter()
                .map(|run| Span::new(tokens[run.start].span.start, tokens[run.end - 1].span.end))
                .collect()
        };
        Attribution {
            source: spans(&self.source),
            cue: spans(&self.cue),
            content: spans(&self.content),
            confidence: self.confidence,
            turn: false,
            within: None,
            form: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    fn proposal(anchor: usize, first: usize, tags: &[u8], chance: f32) -> Proposal {
        Proposal { anchor, first, tags: tags.to_vec(), chance }
    }

    fn sure(_: &Proposal) -> f32 {
        1.0
    }

    #[test]
    fn interrupted_content_is_one_attribution_and_a_repeat_is_dropped() {
        let text = "We go, she said. We stay.";
        let all = tokens(text);
        let tags = [5, 6, 6, 1, 3, 0, 5, 6, 6];
        let found =
            attributions(text, &all, &[proposal(4, 0, &tags, 0.9), proposal(4, 3, &tags[3..], 0.6)], sure);
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span<_>]| spans.iter().map(|span| &text[span.range()]).collect::<Vec<_>>();
        assert_eq!(words(&found[0].content), ["We go,", "We stay."]);
        assert_eq!((words(&found[0].source), words(&found[0].cue)), (vec!["she"], vec!["said"]));
    }

    #[test]
    fn a_cue_without_a_tag_of_its_own_is_its_anchor() {
        let text = "They fear rain";
        let all = tokens(text);
        let found = attributions(text, &all, &[proposal(1, 0, &[1, 0, 5], 0.9)], sure);
        assert_eq!(found[0].cue, [all[1].span]);
    }
}
