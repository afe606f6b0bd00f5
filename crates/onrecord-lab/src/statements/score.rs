//! Reads the articles and counts.

use super::count::count;
use super::gold::{MarkedArticle, MarkedStatement};
use super::marks::ArticleMarks;
use super::mistakes::{Mistake, mistakes};
use super::tally::Tally;
use crate::attribution_score::{AttributionSpans, ScoredText, matched_with_sources};
use crate::nesting::Half;
use crate::our_reader::{OurReader, attribution_spans};
use std::collections::BTreeMap;

/// Where the statements came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// From the gold.
    Given,
    /// From the program, which read the bare text.
    Found,
}

/// The figures of some articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementScores {
    /// What was counted.
    pub tallies: BTreeMap<(Half, Way), Tally>,
    /// What is wrong when the attributions are given; of the half on which choices are made and no other.
    pub mistakes: Vec<Mistake>,
}

impl StatementScores {
    /// What was counted of a half in a way.
    pub fn tally(&self, half: Half, way: Way) -> Tally {
        self.tallies.get(&(half, way)).cloned().unwrap_or_default()
    }

    /// Adds what was counted of other articles.
    pub fn add(&mut self, other: StatementScores) {
        for (key, tally) in &other.tallies {
            self.tallies.entry(*key).or_default().merge(tally);
        }
        self.mistakes.extend(other.mistakes);
    }
}

/// Reads one article in both ways and counts it.
///
/// # Errors
/// When a span is none of the text.
pub fn score_article(
    text: &str,
    article: &MarkedArticle,
    reader: &OurReader,
) -> anyhow::Result<StatementScores> {
    let scored = ScoredText::new(text);
    let gold = ArticleMarks::of_people(&scored, article)?;
    let roles: Vec<AttributionSpans> = article.statements.iter().map(MarkedStatement::roles).collect();

    let reading = reader.read_given(text, &roles);
    let statements: Vec<AttributionSpans> = reading.statements.iter().map(attribution_spans).collect();
    let given = ArticleMarks::of_reading(&scored, &reading, &same_places(&roles, &statements))?;

    let reading = reader.read(text);
    let statements: Vec<AttributionSpans> = reading.statements.iter().map(attribution_spans).collect();
    let mut places = vec![None; roles.len()];
    for (gold, found) in matched_with_sources(&scored, &roles, &statements)? {
        if let Some(place) = places.get_mut(gold) {
            *place = Some(found);
        }
    }
    let found = ArticleMarks::of_reading(&scored, &reading, &places)?;

    let half = article.half;
    let tallies = BTreeMap::from([
        ((half, Way::Given), count(&gold, &given)),
        ((half, Way::Found), count(&gold, &found)),
    ]);
    let mistakes = if half == Half::Choose { mistakes(text, article, &gold, &given) } else { Vec::new() };
    Ok(StatementScores { tallies, mistakes })
}

/// For each of the given attributions the statement that was made of it.
fn same_places(given: &[AttributionSpans], statements: &[AttributionSpans]) -> Vec<Option<usize>> {
    let mut taken = vec![false; statements.len()];
    let mut place = |one: &AttributionSpans| {
        let place = (0..statements.len()).find(|i| !taken[*i] && statements[*i] == *one)?;
        taken[place] = true;
        Some(place)
    };
    given.iter().map(&mut place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_models::ModelName;

    const TEXT: &str = "Ines Calder, the harbour master, told the board on Monday that the quay may be full. Moss \
                        said nothing.";

    fn article(half: &str) -> MarkedArticle {
        let span = |part: &str| {
            let from = TEXT.find(part).unwrap();
            format!("[{from},{}]", from + part.len())
        };
        serde_json::from_str(&format!(
            r#"{{"doc":"a","split":"dev","text_sha256":"","half":"{half}","drawn":"plain","statements":[
                {{"source":[{}],"cue":[{}],"content":[{}],"act":"asserts","concession":false,"retracts":[],
                  "certainty":{{"level":"possible","spans":[{}]}},"framing":"neutral","basis":[],"addressee":{},
                  "venue":null,"said":{},"responds_to":[]}}],"silences":[]}}"#,
            span("Ines Calder, the harbour master"),
            span("told"),
            span("that the quay may be full"),
            span("may"),
            span("the board"),
            span("on Monday"),
        ))
        .unwrap()
    }

    #[test]
    fn each_article_is_read_in_both_ways() {
        let reader = OurReader::new(ModelName::Fast).unwrap();
        let mut scores = score_article(TEXT, &article("choose"), &reader).unwrap();
        assert_eq!(scores.tally(Half::Choose, Way::Given).found, 1);
        for way in [Way::Given, Way::Found] {
            let tally = scores.tally(Half::Choose, way);
            assert_eq!(
                (tally.statements, tally.level.all(), tally.addressee.agree.gold),
                (1, 1, 1),
                "{way:?}"
            );
        }
        assert_eq!(scores.tally(Half::Report, Way::Given), Tally::default());
        let report = score_article(TEXT, &article("report"), &reader).unwrap();
        assert!(report.mistakes.is_empty());
        scores.add(report);
        assert_eq!(scores.tally(Half::Report, Way::Found).statements, 1);
    }

    #[test]
    fn equal_attributions_get_a_statement_each() {
        let one = |at| AttributionSpans { cue: vec![(at, at + 1)], ..AttributionSpans::default() };
        assert_eq!(
            same_places(&[one(4), one(4), one(2), one(9)], &[one(2), one(4), one(4)]),
            [Some(1), Some(2), Some(0), None]
        );
    }
}
