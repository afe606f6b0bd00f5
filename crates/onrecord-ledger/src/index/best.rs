//! The best hits of a query, without looking at all of them.
//!
//! How well the words fit is BM25; a statement has besides a prior, which what was said and how surely it was found give it.
//! The index skips whole blocks of hits whose words cannot fit well enough any more: since no prior is above one, a block
//! that the words alone would not bring among the best cannot come among them.

use super::fields::Fields;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::Field;
use tantivy::{Score, Searcher, Term};

/// Documents in all, and with a word: their quotient gives each word the same weight, one. What else is in a case does
/// then not change a score, nor does what was taken out of the index and is still counted in it.
const DOCUMENTS: u64 = 2_718;
const WITH_WORD: u64 = 1_000;

/// Words of a usual statement, document and name.
const USUAL_CONTENT: u64 = 20;
const USUAL_TEXT: u64 = 900;
const USUAL_NAME: u64 = 2;

/// How far the index may be wrong about the best of a block: it weighs lengths by the average of its part.
const MARGIN: f32 = 0.9;

/// Scores are compared in these steps: sums of the same numbers in another order are the same.
const STEPS: f64 = 10_000.0;

/// What every hit is worth, so that filters alone have an order.
pub(crate) const BASE: f32 = 0.2;

/// The weights of words.
struct Evenly {
    text: Field,
    name: Field,
}

impl Bm25StatisticsProvider for Evenly {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let usual = match field {
            field if field == self.text => USUAL_TEXT,
            field if field == self.name => USUAL_NAME,
            _ => USUAL_CONTENT,
        };
        Ok(usual * DOCUMENTS)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(DOCUMENTS)
    }

    fn doc_freq(&self, _: &Term) -> tantivy::Result<u64> {
        Ok(WITH_WORD)
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Statements,
    Documents,
    Names,
}

/// The rows of the best hits with their scores, the best first, of equal ones the latest.
pub(crate) fn best(
    searcher: &Searcher,
    fields: &Fields,
    query: &dyn Query,
    sort: Sort,
    limit: usize,
) -> tantivy::Result<Vec<(f64, i64)>> {
    let evenly = Evenly { text: fields.text, name: fields.name };
    let weight = query.weight(EnableScoring::enabled_from_statistics_provider(&evenly, searcher))?;
    let mut best: BinaryHeap<Reverse<(i64, u64)>> = BinaryHeap::with_capacity(limit + 1);
    let mut threshold = f32::MIN;
    for reader in searcher.segment_readers() {
        let column = |name: &str| reader.fast_fields().column_opt::<u64>(name);
        // A part without the column has no entry of the sort.
        let Some(rows) = column("row")?.map(|rows| rows.first_or_default_col(0)) else { continue };
        let priors = column("prior")?.map(|priors| priors.first_or_default_col(1_000));
        if sort == Sort::Statements && priors.is_none() {
            continue;
        }
        let deleted = reader.alive_bitset();
        let begun = threshold;
        let mut take = |doc: u32, score: Score| -> Score {
            if deleted.is_some_and(|alive| !alive.is_alive(doc)) {
                return threshold;
            }
            let prior = priors.as_ref().map_or(1_000, |priors| priors.get_val(doc)) as f64 / 1_000.0;
            let steps = (f64::from(BASE + score) * prior * STEPS).round() as i64;
            best.push(Reverse((steps, rows.get_val(doc))));
            if best.len() > limit {
                best.pop();
            }
            if best.len() == limit
                && let Some(Reverse((least, _))) = best.peek()
            {
                // A step less, since of equal hits the latest counts.
                threshold = ((*least as f64 - 1.0) / STEPS) as f32 * MARGIN - BASE;
            }
            threshold
        };
        // Of texts the index's averages are far off, and documents are few.
        if sort == Sort::Documents {
            weight.for_each(reader, &mut |doc, score| {
                take(doc, score);
            })?;
        } else {
            weight.for_each_pruning(begun, reader, &mut take)?;
        }
    }
    let mut best: Vec<(i64, u64)> = best.into_iter().map(|Reverse(hit)| hit).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    Ok(best.into_iter().map(|(steps, row)| (steps as f64 / STEPS, row.cast_signed())).collect())
}
