//! From a network's proposals to the attributions of a text.

use super::Attribution;
use super::turns::turns;
use crate::token::Token;
use onrecord_models::{Proposal, Role};
use onrecord_record::Span;
use std::ops::Range;

/// A proposal as runs of tokens.
struct Candidate {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
    chance: f32,
    confidence: f32,
}

/// Chooses among proposals, the surest first, and gives each its confidence: no two attributions share a cue, and none
/// takes content that a surer one has. Proposals count the tokens of `speech`, which are those of the text without the
/// labels of a transcript. Its turns stand beside what is attributed inside them. All come in the order of the text.
pub fn attributions(
    text: &str,
    tokens: &[Token],
    speech: &[Token],
    proposals: &[Proposal],
    confidence: impl Fn(&Proposal) -> f32,
) -> Vec<Attribution> {
    let mut candidates: Vec<Candidate> =
        proposals.iter().map(|proposal| candidate(proposal, speech, confidence(proposal))).collect();
    candidates.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut taken = Taken { cue: vec![false; speech.len()], content: vec![false; speech.len()] };
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
    let turns = turns(text, tokens);
    let mut found: Vec<Attribution> = chosen.iter().map(|candidate| candidate.attribution(speech)).collect();
    found.iter_mut().for_each(|one| keep_to_turn(one, &turns, speech));
    found.retain(|one| !one.content.is_empty());
    found.extend(turns);
    found.sort_by_key(|one| (one.first(), one.cue.first().copied()));
    found
}

/// Cuts off what lies beyond the turn that the cue stands in, or beyond the first label where it stands before that.
fn keep_to_turn(attribution: &mut Attribution, turns: &[Attribution], speech: &[Token]) {
    let Some(cue) = attribution.cue.first().map(|cue| cue.start) else { return };
    let label = |turn: &Attribution| turn.source.first().map(|label| label.start);
    let next = turns.partition_point(|turn| label(turn).is_some_and(|label| label <= cue));
    let own = next.checked_sub(1).and_then(|own| turns.get(own)?.content.first());
    let before_labels = || {
        let label = turns.first().and_then(label)?;
        let behind = speech.partition_point(|token| token.span.start < label);
        speech.get(..behind)?.last().map(|token| token.span.end)
    };
    let end = own.map(|own| own.end).or_else(before_labels);
    for spans in [&mut attribution.source, &mut attribution.content] {
        for span in spans.iter_mut() {
            span.start = own.map_or(span.start, |own| span.start.max(own.start));
            span.end = end.map_or(span.end, |end| span.end.min(end));
        }
        spans.retain(|span| span.start < span.end);
    }
}

/// Which tokens a surer attribution has already.
struct Taken {
    cue: Vec<bool>,
    content: Vec<bool>,
}

/// The runs of a proposal's tags. A cue is one run, the one nearest the anchor; so is a source.
fn candidate(proposal: &Proposal, tokens: &[Token], confidence: f32) -> Candidate {
    let [source, cue, content] = Role::ALL.map(|(_, begins)| runs(proposal, begins, tokens.len()));
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::turns::speech;
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
        let found = attributions(
            text,
            &all,
            &all,
            &[proposal(4, 0, &tags, 0.9), proposal(4, 3, &tags[3..], 0.6)],
            sure,
        );
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span<_>]| spans.iter().map(|span| &text[span.range()]).collect::<Vec<_>>();
        assert_eq!(words(&found[0].content), ["We go,", "We stay."]);
        assert_eq!((words(&found[0].source), words(&found[0].cue)), (vec!["she"], vec!["said"]));
    }

    #[test]
    fn what_is_attributed_in_a_turn_ends_with_it() {
        let text = "ANN: She said we go.\nBOB: No.\nANN: Yes.\nBOB: Oh.";
        let all = tokens(text);
        let speech = speech(text, &all);
        let words: Vec<&str> = speech.iter().map(|&i| all[i].of(text)).collect();
        assert_eq!(words, ["She", "said", "we", "go", ".", "No", ".", "Yes", ".", "Oh", "."]);
        let speech: Vec<Token> = speech.iter().map(|&i| all[i]).collect();
        let found = attributions(text, &all, &speech, &[proposal(1, 0, &[1, 3, 5, 6, 6, 6, 6], 0.9)], sure);
        let words = |spans: &[Span<_>]| spans.iter().map(|span| &text[span.range()]).collect::<Vec<_>>();
        assert_eq!(found.len(), 5);
        assert_eq!((words(&found[1].source), words(&found[1].content)), (vec!["She"], vec!["we go."]));
        assert!(found[0].turn && !found[1].turn);
    }

    #[test]
    fn a_cue_without_a_tag_of_its_own_is_its_anchor() {
        let text = "They fear rain";
        let all = tokens(text);
        let found = attributions(text, &all, &all, &[proposal(1, 0, &[1, 0, 5], 0.9)], sure);
        assert_eq!(found[0].cue, [all[1].span]);
    }
}
