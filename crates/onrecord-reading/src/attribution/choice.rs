//! From a network's proposals to the attributions of a text.

use super::Attribution;
use super::dateline::{cut, datelines};
use super::signed::signed;
use super::turns::turns;
use crate::quotation::Quoted;
use crate::token::Token;
use onrecord_models::{Evidence, Proposal, Proposals, Role, RoleChances};
use onrecord_record::Span;
use std::ops::Range;

/// How likely content a token beside it must be, seen without a cue, to be taken in.
const JOINS: f32 = 0.7;

/// A proposal as runs of tokens `[start, end)` of what the network read.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// At most one run.
    pub source: Vec<Range<usize>>,
    /// One run.
    pub cue: Vec<Range<usize>>,
    /// At least one run, in order.
    pub content: Vec<Range<usize>>,
    /// What the network says of it.
    pub evidence: Evidence,
    /// How sure one may be of it, 0 to 1.
    pub confidence: f32,
}

/// Chooses among proposals (see [`chosen`]), which count the tokens of what is `spoken`, and adds what layout tells. In
/// a transcript the turns stand beside what is attributed inside them. All come in the order of the text.
pub fn attributions(
    text: &str,
    tokens: &[Token],
    quoted: &[Quoted],
    spoken: &[Token],
    chosen: &[Candidate],
) -> Vec<Attribution> {
    let turns = turns(text, tokens);
    let mut found: Vec<Attribution> = chosen.iter().map(|candidate| candidate.attribution(spoken)).collect();
    let datelines = datelines(text, tokens);
    for one in &mut found {
        keep_to_turn(one, &turns, spoken);
        [&mut one.source, &mut one.cue, &mut one.content]
            .into_iter()
            .for_each(|spans| cut(spans, &datelines));
    }
    found.retain(|one| !one.content.is_empty());
    found.extend(turns);
    let signed = signed(text, tokens, quoted);
    // Where a quotation is signed, the network's view of the same words is not needed.
    found.retain(|one| !signed.iter().any(|signed| one.meets(signed)));
    found.extend(signed);
    found.sort_by_key(|one| (one.first(), one.cue.first().copied()));
    found
}

/// Cuts off what lies beyond the turn that the cue stands in, or beyond the first label where it stands before that.
fn keep_to_turn(attribution: &mut Attribution, turns: &[Attribution], spoken: &[Token]) {
    let Some(cue) = attribution.cue.first().map(|cue| cue.start) else { return };
    let label = |turn: &Attribution| turn.source.first().map(|label| label.start);
    let next = turns.partition_point(|turn| label(turn).is_some_and(|label| label <= cue));
    let own = next.checked_sub(1).and_then(|own| turns.get(own)?.content.first());
    let before_labels = || {
        let label = turns.first().and_then(label)?;
        let behind = spoken.partition_point(|token| token.span.start < label);
        spoken.get(..behind)?.last().map(|token| token.span.end)
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

/// Chooses among the proposals for a text of `count` tokens, the surest first, and leaves out what is less sure than
/// `floor`: no two share a cue, and none takes content that a surer one has. Content is then drawn out over the words
/// beside it that are content by themselves.
pub fn chosen(
    count: usize,
    seen: &Proposals,
    confidence: impl Fn(&Evidence) -> f32,
    floor: f32,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = seen
        .proposals
        .iter()
        .map(|proposal| candidate(proposal, count, &seen.roles, &confidence))
        .filter(|candidate| candidate.confidence >= floor)
        .collect();
    candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
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
    draw_out(&mut chosen, &taken, &seen.roles);
    chosen
}

/// Which tokens a surer attribution has already.
struct Taken {
    cue: Vec<bool>,
    content: Vec<bool>,
}

/// Draws the content of the chosen out, the surest first, over tokens that nothing has and that are likely content.
fn draw_out(chosen: &mut [Candidate], taken: &Taken, roles: &[RoleChances]) {
    let mut free: Vec<bool> = roles.iter().map(|chances| chances.content > JOINS).collect();
    for (free, (cue, content)) in free.iter_mut().zip(taken.cue.iter().zip(&taken.content)) {
        *free &= !cue && !content;
    }
    for run in chosen.iter().flat_map(|candidate| &candidate.source) {
        if let Some(free) = free.get_mut(run.clone()) {
            free.fill(false);
        }
    }
    for run in chosen.iter_mut().flat_map(|candidate| &mut candidate.content) {
        while run.start > 0 && free.get(run.start - 1) == Some(&true) {
            run.start -= 1;
            free[run.start] = false;
        }
        while free.get(run.end) == Some(&true) {
            free[run.end] = false;
            run.end += 1;
        }
    }
}

/// The runs of a proposal's tags, and what speaks for it. A cue is one run, the one nearest the anchor; so is a source.
fn candidate(
    proposal: &Proposal,
    count: usize,
    roles: &[RoleChances],
    confidence: impl Fn(&Evidence) -> f32,
) -> Candidate {
    let [source, cue, content] = Role::ALL.map(|(_, begins)| runs(proposal, begins, count));
    let anchor = proposal.anchor;
    let cue = nearest(cue, anchor).unwrap_or(anchor..anchor + 1);
    let source = nearest(source, anchor);
    let mean = |runs: &[Range<usize>], of: fn(&RoleChances) -> f32| {
        let all = runs.iter().flat_map(|run| roles.get(run.clone()).unwrap_or_default());
        let (sum, count) = all.fold((0.0, 0.0), |(sum, count), chances| (sum + of(chances), count + 1.0));
        sum / f32::max(count, 1.0)
    };
    let evidence = Evidence {
        real: proposal.chance,
        begin: proposal.begin_chance,
        content: mean(&content, |chances| chances.content),
        cue: mean(std::slice::from_ref(&cue), |chances| chances.cue),
        source: source.as_ref().map(|run| mean(std::slice::from_ref(run), |chances| chances.source)),
    };
    Candidate {
        source: source.into_iter().collect(),
        cue: vec![cue],
        content,
        confidence: confidence(&evidence),
        evidence,
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
            evidence: Some(self.evidence),
            turn: false,
            within: None,
            form: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation::quoted;
    use crate::token::tokens;

    fn proposal(anchor: usize, first: usize, tags: &[u8], chance: f32) -> Proposal {
        Proposal { anchor, first, tags: tags.to_vec(), chance, begin_chance: chance }
    }

    /// What is chosen among proposals when some tokens are taken for content without a cue.
    fn chosen(text: &str, proposals: Vec<Proposal>, content: &[usize]) -> Vec<Attribution> {
        let all = tokens(text);
        let roles = (0..all.len())
            .map(|i| RoleChances {
                content: if content.contains(&i) { 0.9 } else { 0.1 },
                ..RoleChances::default()
            })
            .collect();
        let seen = Proposals { proposals, roles, ..Proposals::default() };
        let chosen = super::chosen(all.len(), &seen, |evidence| evidence.real, 0.5);
        attributions(text, &all, &quoted(text, &all), &all, &chosen)
    }

    fn words<'t>(text: &'t str, spans: &[Span<onrecord_record::Byte>]) -> Vec<&'t str> {
        spans.iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn interrupted_content_is_one_attribution_and_a_repeat_is_dropped() {
        let text = "We go, she said. We stay.";
        let tags = [5, 6, 6, 1, 3, 0, 5, 6, 6];
        let found = chosen(text, vec![proposal(4, 0, &tags, 0.9), proposal(4, 3, &tags[3..], 0.6)], &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(words(text, &found[0].content), ["We go,", "We stay."]);
        assert_eq!((words(text, &found[0].source), words(text, &found[0].cue)), (vec!["she"], vec!["said"]));
    }

    #[test]
    fn a_cue_without_a_tag_of_its_own_is_its_anchor() {
        let text = "They fear rain";
        let found = chosen(text, vec![proposal(1, 0, &[1, 0, 5], 0.9)], &[]);
        assert_eq!(found[0].cue, [tokens(text)[1].span]);
    }

    #[test]
    fn content_is_drawn_out_over_free_words_only() {
        let text = "They fear heavy rain, Ann says, and snow";
        //          0    1    2     3   4 5   6   7 8   9
        let fear = proposal(1, 0, &[1, 3, 0, 5], 0.9);
        let says = proposal(6, 5, &[1, 3, 0, 5, 6], 0.8);
        let found = chosen(text, vec![fear, says], &[1, 2, 3, 4, 5, 7, 8]);
        assert_eq!(words(text, &found[0].content), ["heavy rain,"]);
        assert_eq!(words(text, &found[1].content), [", and snow"]);
    }

    #[test]
    fn what_is_less_sure_than_the_floor_is_left_out() {
        assert_eq!(chosen("They fear rain", vec![proposal(1, 0, &[1, 3, 5], 0.4)], &[]), []);
    }
}
