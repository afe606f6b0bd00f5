//! What is marked in an article, by people or by the program, in one form that can be compared.

use super::gold::{MarkedArticle, MarkedStatement};
use crate::attribution_score::{ScoredText, SpanOutsideText, TokenSet};
use onrecord_reading::Reading;
use onrecord_record::{
    Act, BasisKind, BasisOwner, CertaintyLevel, CodePoint, FramingKind, Span, Statement, StatementId,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words of an article that carry a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Where they stand, in code points.
    pub spans: Vec<(u32, u32)>,
    touched: TokenSet,
    exact: TokenSet,
}

impl Words {
    /// The words at these places.
    ///
    /// # Errors
    /// When a span is none of the text.
    pub fn new(text: &ScoredText, spans: &[(u32, u32)]) -> Result<Self, SpanOutsideText> {
        let touched = text.tokens_within(spans)?;
        let exact = text.without_edge_punctuation(&touched);
        Ok(Words { spans: spans.to_vec(), touched, exact })
    }

    /// Whether the two share at least half of the tokens of the shorter.
    pub fn agree(&self, other: &Words) -> bool {
        let shared = self.touched.shared(&other.touched);
        shared > 0 && 2 * shared >= self.touched.len().min(other.touched.len())
    }

    /// Whether the two are the same, punctuation at the edges apart.
    pub fn are_exactly(&self, other: &Words) -> bool {
        !self.exact.is_empty() && self.exact == other.exact
    }

    /// The share of the tokens of either that both have.
    pub fn overlap(&self, other: &Words) -> f64 {
        self.touched.jaccard(&other.touched)
    }

    /// Their tokens.
    pub fn tokens(&self) -> &TokenSet {
        &self.touched
    }
}

/// A basis of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasisMark {
    /// Of which sort it is.
    pub kind: BasisKind,
    /// The words that say so.
    pub words: Words,
    /// Who rests on it.
    pub whose: BasisOwner,
}

/// The marks of a statement. Other statements are named by their place in the gold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatementMarks {
    /// What it does.
    pub act: Option<Act>,
    /// Whether it grants a point to the other side.
    pub concession: bool,
    /// What it takes back.
    pub retracts: BTreeSet<usize>,
    /// How surely it is said.
    pub level: Option<CertaintyLevel>,
    /// The words that carry this.
    pub level_words: Words,
    /// How the reporter puts it.
    pub framing: Option<FramingKind>,
    /// What it rests on.
    pub basis: Vec<BasisMark>,
    /// To whom it was said.
    pub addressee: Option<Words>,
    /// Where.
    pub venue: Option<Words>,
    /// When.
    pub said: Option<Words>,
    /// What it answers, as far as the gold has that.
    pub answers: BTreeSet<usize>,
    /// Whether it answers anything.
    pub is_answer: bool,
}

/// A note of silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SilenceMark {
    /// Its words.
    pub words: Words,
    /// The words for who kept silent: of the gold at most one place, of the program all mentions of the agent.
    pub who: Vec<Words>,
    /// The statements it concerns, as far as the gold has them.
    pub about: BTreeSet<usize>,
}

/// The marks of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleMarks {
    /// How many tokens the article has.
    pub tokens: usize,
    /// For each statement of the gold its marks; none where the program did not find it.
    pub statements: Vec<Option<StatementMarks>>,
    /// The notes of silence, in the order of the text.
    pub silences: Vec<SilenceMark>,
}

impl ArticleMarks {
    /// What people marked.
    ///
    /// # Errors
    /// When a span is none of the text.
    pub fn of_people(text: &ScoredText, article: &MarkedArticle) -> Result<Self, SpanOutsideText> {
        let words = |place: &Option<(u32, u32)>| place.map(|place| Words::new(text, &[place])).transpose();
        let marks = |statement: &MarkedStatement| {
            let basis = statement.basis.iter().map(|it| {
                Ok(BasisMark { kind: it.kind, words: Words::new(text, &[it.span])?, whose: it.whose })
            });
            Ok(Some(StatementMarks {
                act: Some(statement.act),
                concession: statement.concession,
                retracts: statement.retracts.clone(),
                level: statement.certainty.level,
                level_words: Words::new(text, &statement.certainty.spans)?,
                framing: Some(statement.framing),
                basis: basis.collect::<Result<_, _>>()?,
                addressee: words(&statement.addressee)?,
                venue: words(&statement.venue)?,
                said: words(&statement.said)?,
                answers: statement.responds_to.clone(),
                is_answer: !statement.responds_to.is_empty(),
            }))
        };
        let silences = article.silences.iter().map(|silence| {
            Ok(SilenceMark {
                words: Words::new(text, &[silence.span])?,
                who: words(&silence.who)?.into_iter().collect(),
                about: silence.about.clone(),
            })
        });
        Ok(ArticleMarks {
            tokens: text.token_count(),
            statements: article.statements.iter().map(marks).collect::<Result<_, _>>()?,
            silences: silences.collect::<Result<_, _>>()?,
        })
    }

    /// What the program made of the article. `places` tells for each statement of the gold which one of the reading
    /// stands for it.
    ///
    /// # Errors
    /// When a span is none of the text.
    pub fn of_reading(
        text: &ScoredText,
        reading: &Reading,
        places: &[Option<usize>],
    ) -> Result<Self, SpanOutsideText> {
        let statement_at = |place: &Option<usize>| place.and_then(|place| reading.statements.get(place));
        let gold: BTreeMap<&StatementId, usize> = places
            .iter()
            .enumerate()
            .filter_map(|(gold, place)| Some((&statement_at(place)?.id, gold)))
            .collect();
        let known = |ids: &[StatementId]| ids.iter().filter_map(|id| gold.get(id).copied()).collect();
        let statements = places.iter().map(|place| {
            statement_at(place).map(|statement| statement_marks(text, statement, &known)).transpose()
        });
        let silences = reading.silences.iter().map(|silence| {
            let agent = reading.agents.iter().find(|agent| Some(&agent.id) == silence.agent.as_ref());
            let mentions = agent.iter().flat_map(|agent| &agent.mentions);
            Ok(SilenceMark {
                words: words_at(text, &[silence.span])?,
                who: mentions.map(|mention| words_at(text, &[*mention])).collect::<Result<_, _>>()?,
                about: known(&silence.statements),
            })
        });
        Ok(ArticleMarks {
            tokens: text.token_count(),
            statements: statements.collect::<Result<_, _>>()?,
            silences: silences.collect::<Result<_, _>>()?,
        })
    }
}

fn statement_marks(
    text: &ScoredText,
    statement: &Statement,
    known: &impl Fn(&[StatementId]) -> BTreeSet<usize>,
) -> Result<StatementMarks, SpanOutsideText> {
    let words = |place: Option<Span<CodePoint>>| place.map(|place| words_at(text, &[place])).transpose();
    let basis = statement
        .basis
        .iter()
        .map(|it| Ok(BasisMark { kind: it.kind, words: words_at(text, &[it.span])?, whose: it.whose }));
    let uncued = statement.cue.is_absent().then_some(FramingKind::Neutral);
    Ok(StatementMarks {
        act: statement.act,
        concession: statement.concession,
        retracts: known(&statement.retracts),
        level: statement.certainty.level,
        level_words: words_at(text, &statement.certainty.spans)?,
        framing: statement.framing.as_ref().map(|framing| framing.kind).or(uncued),
        basis: basis.collect::<Result<_, _>>()?,
        addressee: words(statement.addressee.as_ref().map(|it| it.span))?,
        venue: words(statement.venue.as_ref().map(|it| it.span))?,
        said: words(statement.said.as_ref().and_then(|it| it.span))?,
        answers: known(&statement.responds_to),
        is_answer: !statement.responds_to.is_empty(),
    })
}

fn words_at(text: &ScoredText, spans: &[Span<CodePoint>]) -> Result<Words, SpanOutsideText> {
    let spans: Vec<(u32, u32)> = spans.iter().map(|span| (span.start.0, span.end.0)).collect();
    Words::new(text, &spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_by_half_of_the_shorter() {
        let text = ScoredText::new("told the harbour board, on Monday");
        let words = |from, to| Words::new(&text, &[(from, to)]).unwrap();
        let board = words(5, 22);
        // "harbour board" of "the harbour board,": both words of the shorter.
        assert!(board.agree(&words(9, 22)) && !board.are_exactly(&words(9, 22)));
        assert!(board.are_exactly(&words(5, 23)));
        // "told the" has one of two, ", on Monday" none, "board, on Monday" one of three.
        assert!(board.agree(&words(0, 8)));
        assert!(!board.agree(&words(22, 33)));
        assert!(!board.agree(&words(17, 33)));
        assert!(
            !Words::default().agree(&Words::default()) && !Words::default().are_exactly(&Words::default())
        );
    }
}
