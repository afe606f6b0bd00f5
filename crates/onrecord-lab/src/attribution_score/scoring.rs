//! Counting over documents.

use super::agreement::{LabelCounts, TokenLabel, labels};
use super::figures::{Count, KindFigures, PerRole, Scores, harmonic_mean, share};
use super::matching::{Sources, matches};
use super::scored_attribution::{Kind, ScoredAttribution, sources_agree};
use super::scored_text::{ScoredText, SpanOutsideText};
use super::spans::{AttributionSpans, Role};
use super::token_set::TokenSet;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted of one kind of content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct KindCount {
    gold: u64,
    predicted: u64,
    gold_matched: u64,
    predicted_matched: u64,
    gold_matched_by_content: u64,
}

/// A scoring under way: documents are added one by one, in any order, and figures taken at the end.
#[derive(Clone, Debug, Default)]
pub struct Scoring {
    docs: u64,
    tokens: u64,
    token: [Count; 3],
    exact: [Count; 3],
    attribution: Count,
    content_only: Count,
    right_sources: u64,
    attributed_content: Count,
    strict: Count,
    kinds: [KindCount; 4],
    labels: LabelCounts<TokenLabel>,
}

impl Scoring {
    /// Counts one document. Fails, and counts nothing, when a span is none of the text.
    pub fn add(
        &mut self,
        text: &ScoredText,
        gold: &[AttributionSpans],
        predicted: &[AttributionSpans],
    ) -> Result<(), SpanOutsideText> {
        let lay = |list: &[AttributionSpans]| {
            list.iter().map(|spans| ScoredAttribution::new(text, spans)).collect::<Result<Vec<_>, _>>()
        };
        let (gold, predicted) = (lay(gold)?, lay(predicted)?);
        self.docs += 1;
        self.tokens += text.token_count() as u64;
        for role in Role::ALL {
            self.add_role(role, &gold, &predicted);
        }
        self.add_matches(&gold, &predicted);
        let equal = equal_attributions(&gold, &predicted);
        self.strict.add(equal, predicted.len(), gold.len());
        self.add_attributed_content(&gold, &predicted);
        let labels = |list: &[ScoredAttribution]| labels(text.token_count(), list);
        for (first, second) in labels(&gold).into_iter().zip(labels(&predicted)) {
            self.labels.add(first, second);
        }
        Ok(())
    }

    fn add_role(&mut self, role: Role, gold: &[ScoredAttribution], predicted: &[ScoredAttribution]) {
        let tokens = |list: &[ScoredAttribution]| TokenSet::union(list.iter().map(|one| one.tokens(role)));
        let (gold_tokens, predicted_tokens) = (tokens(gold), tokens(predicted));
        let right = gold_tokens.shared(&predicted_tokens);
        self.token[role as usize].add(right, predicted_tokens.len(), gold_tokens.len());

        let (gold_spans, predicted_spans) = (distinct_spans(role, gold), distinct_spans(role, predicted));
        let right = gold_spans.intersection(&predicted_spans).count();
        self.exact[role as usize].add(right, predicted_spans.len(), gold_spans.len());
    }

    fn add_matches(&mut self, gold: &[ScoredAttribution], predicted: &[ScoredAttribution]) {
        let with_source = matches(gold, predicted, Sources::MustAgree);
        let by_content = matches(gold, predicted, Sources::MayDiffer);
        self.attribution.add(with_source.len(), predicted.len(), gold.len());
        self.content_only.add(by_content.len(), predicted.len(), gold.len());
        self.right_sources += by_content.iter().filter(|pair| pair.same_source).count() as u64;
        for attribution in gold {
            self.kinds[attribution.kind as usize].gold += 1;
        }
        for attribution in predicted {
            self.kinds[attribution.kind as usize].predicted += 1;
        }
        for pair in with_source {
            self.kinds[gold[pair.gold].kind as usize].gold_matched += 1;
            self.kinds[predicted[pair.predicted].kind as usize].predicted_matched += 1;
        }
        for pair in by_content {
            self.kinds[gold[pair.gold].kind as usize].gold_matched_by_content += 1;
        }
    }

    fn add_attributed_content(&mut self, gold: &[ScoredAttribution], predicted: &[ScoredAttribution]) {
        let (gold, predicted) = (sources_by_content(gold), sources_by_content(predicted));
        let right = predicted.iter().filter(|(token, claimed)| {
            gold.get(token).is_some_and(|true_ones| {
                claimed.iter().any(|claimed| true_ones.iter().any(|source| sources_agree(source, claimed)))
            })
        });
        self.attributed_content.add(right.count(), predicted.len(), gold.len());
    }

    /// The figures of what was counted so far.
    pub fn figures(&self) -> Scores {
        let per_role = |[source, cue, content]: &[Count; 3]| PerRole {
            source: source.figures(),
            cue: cue.figures(),
            content: content.figures(),
        };
        let kinds = Kind::ALL.iter().zip(&self.kinds).filter(|(_, count)| count.gold + count.predicted > 0);
        Scores {
            docs: self.docs,
            tokens: self.tokens,
            token: per_role(&self.token),
            exact: per_role(&self.exact),
            attribution: self.attribution.figures(),
            content_only: self.content_only.figures(),
            source_acc_given_content: share(self.right_sources, self.content_only.right),
            attributed_content: self.attributed_content.figures(),
            strict: self.strict.figures(),
            alpha: self.labels.alpha(),
            kinds: kinds.map(|(kind, count)| (kind.name().to_owned(), count.figures())).collect(),
        }
    }
}

impl KindCount {
    fn figures(&self) -> KindFigures {
        let recall = share(self.gold_matched, self.gold);
        let precision = share(self.predicted_matched, self.predicted);
        KindFigures {
            gold: self.gold,
            predicted: self.predicted,
            recall,
            precision,
            f1: harmonic_mean(precision, recall),
            content_recall: share(self.gold_matched_by_content, self.gold),
        }
    }
}

/// Scores documents given as text, gold and predicted attributions.
pub fn score<'a>(
    documents: impl IntoIterator<Item = (&'a str, &'a [AttributionSpans], &'a [AttributionSpans])>,
) -> Result<Scores, SpanOutsideText> {
    let mut scoring = Scoring::default();
    for (text, gold, predicted) in documents {
        scoring.add(&ScoredText::new(text), gold, predicted)?;
    }
    Ok(scoring.figures())
}

/// Which predicted attribution stands for which gold one, sources agreeing: pairs of places in the two lists. These are
/// the pairs that the attribution figure counts.
pub fn matched_with_sources(
    text: &ScoredText,
    gold: &[AttributionSpans],
    predicted: &[AttributionSpans],
) -> Result<Vec<(usize, usize)>, SpanOutsideText> {
    let lay = |list: &[AttributionSpans]| {
        list.iter().map(|spans| ScoredAttribution::new(text, spans)).collect::<Result<Vec<_>, _>>()
    };
    let pairs = matches(&lay(gold)?, &lay(predicted)?, Sources::MustAgree);
    Ok(pairs.iter().map(|pair| (pair.gold, pair.predicted)).collect())
}

fn distinct_spans(role: Role, list: &[ScoredAttribution]) -> BTreeSet<&TokenSet> {
    list.iter().map(|attribution| attribution.exact(role)).filter(|span| !span.is_empty()).collect()
}

/// How many attributions of the two lists are equal in all spans; one that stands twice in a list needs two partners.
fn equal_attributions(gold: &[ScoredAttribution], predicted: &[ScoredAttribution]) -> usize {
    let mut left: BTreeMap<&[TokenSet; 3], usize> = BTreeMap::new();
    for attribution in gold {
        *left.entry(attribution.exact_spans()).or_default() += 1;
    }
    let mut equal = 0;
    for attribution in predicted {
        if let Some(count @ 1..) = left.get_mut(attribution.exact_spans()) {
            *count -= 1;
            equal += 1;
        }
    }
    equal
}

/// For each content token the sources of the attributions that hold it.
fn sources_by_content(list: &[ScoredAttribution]) -> BTreeMap<u32, Vec<&TokenSet>> {
    let mut out: BTreeMap<u32, Vec<&TokenSet>> = BTreeMap::new();
    for attribution in list {
        for token in attribution.tokens(Role::Content).tokens() {
            out.entry(*token).or_default().push(attribution.tokens(Role::Source));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Harbour chief Ada Moss said the quay is safe. It leaks, divers reported.";

    fn attribution(source: &[(u32, u32)], cue: &[(u32, u32)], content: &[(u32, u32)]) -> AttributionSpans {
        AttributionSpans { source: source.to_vec(), cue: cue.to_vec(), content: content.to_vec() }
    }

    fn gold() -> Vec<AttributionSpans> {
        vec![
            attribution(&[(0, 22)], &[(23, 27)], &[(28, 44)]),
            attribution(&[(56, 62)], &[(63, 71)], &[(46, 54)]),
        ]
    }

    #[test]
    fn gold_against_itself_is_perfect() {
        let scores = score([(TEXT, &gold()[..], &gold()[..])]).unwrap();
        assert_eq!((scores.strict.f1, scores.attribution.f1, scores.alpha), (1.0, 1.0, 1.0));
        assert_eq!(scores.exact.content.right, 2);
    }

    #[test]
    fn nothing_predicted_scores_nothing() {
        let scores = score([(TEXT, &gold()[..], &[][..])]).unwrap();
        assert_eq!((scores.attribution.f1, scores.token.cue.recall, scores.attribution.gold), (0.0, 0.0, 2));
        assert!(scores.alpha < 0.0);
    }

    #[test]
    fn a_split_content_keeps_its_attributed_tokens() {
        let mut split = gold();
        split[0].content = vec![(28, 36)];
        split.push(attribution(&[(14, 22)], &[], &[(37, 44)]));
        let scores = score([(TEXT, &gold()[..], &split[..])]).unwrap();
        assert_eq!(scores.attributed_content.f1, 1.0);
        assert_eq!((scores.attribution.right, scores.attribution.predicted, scores.strict.right), (2, 3, 1));
    }

    #[test]
    fn an_attribution_given_twice_is_right_once() {
        let twice = [gold(), gold()].concat();
        let scores = score([(TEXT, &gold()[..], &twice[..])]).unwrap();
        assert_eq!((scores.strict.right, scores.strict.predicted), (2, 4));
        assert_eq!((scores.attribution.right, scores.attribution.predicted), (2, 4));
        assert_eq!(scores.exact.source.predicted, 2);
    }

    #[test]
    fn a_span_outside_counts_nothing() {
        let mut scoring = Scoring::default();
        let outside = [attribution(&[], &[], &[(70, 99)])];
        assert!(scoring.add(&ScoredText::new(TEXT), &gold(), &outside).is_err());
        assert_eq!(scoring.figures().docs, 0);
    }
}
