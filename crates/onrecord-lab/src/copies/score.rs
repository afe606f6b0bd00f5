//! How many rewritten copies are told, and how often others are taken for one.

use super::{Article, Chance, Rewriter, STRENGTHS, Similar};
use onrecord_linking::origins::{Index, Kind, Relation, Wording, compare, signs};
use std::collections::BTreeMap;

/// One article in so many is rewritten.
const STEP: usize = 5;

/// How many similar articles are held against each.
const SIMILAR: usize = 3;

/// Similar articles that share more are left out: they may be copies indeed.
const SHARED: f32 = 0.05;

/// How many words a short text has, as long as a short report.
const SHORT: usize = 250;

/// How often something was said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hits {
    /// Pairs.
    pub pairs: usize,
    /// Pairs said to be copies or rewritten copies.
    pub told: usize,
    /// Of these, pairs of which so little is left word for word that they are no copies.
    pub rewritten: usize,
    /// Pairs said to be of the same origin by that.
    pub same_origin: usize,
}

/// The figures of one half: rewritten articles by strength and length, and similar ones by length.
#[derive(Clone, Debug, Default)]
pub struct Rewrites {
    /// By the name of the strength.
    pub rewritten: BTreeMap<String, Hits>,
    /// By length.
    pub similar: BTreeMap<String, Hits>,
}

impl Rewrites {
    /// Precision and recall over all strengths that the goal is for, of texts of all lengths; `beyond` is left out.
    pub fn goal(&self) -> [f64; 2] {
        let sum = |hits: &mut dyn Iterator<Item = &Hits>| {
            hits.fold((0, 0), |(pairs, told), hits| (pairs + hits.pairs, told + hits.told))
        };
        let of_goal = self.rewritten.iter().filter(|(name, _)| !name.starts_with("beyond"));
        let (pairs, told) = sum(&mut of_goal.map(|(_, hits)| hits));
        let (_, alarms) = sum(&mut self.similar.values());
        [told as f64 / (told + alarms).max(1) as f64, told as f64 / pairs.max(1) as f64]
    }
}

/// Measures the half that chooses and the half that reports. `seed` starts the rewriting.
///
/// # Errors
/// When the list of synonyms is broken.
pub fn rewrites(articles: &[Article], seed: u64) -> anyhow::Result<[Rewrites; 2]> {
    let rewriter = Rewriter::new(articles.iter().map(|article| article.text.as_str()))?;
    let similar = Similar::of(articles.iter().map(|article| article.text.as_str()));
    let mut index = Index::new();
    let whole: Vec<Wording> = articles
        .iter()
        .map(|article| {
            let wording = Wording::of(&article.text);
            index.add(&wording, article.publisher.as_deref());
            wording
        })
        .collect();
    let texts: Vec<Wording> = whole.into_iter().map(|wording| index.strip(wording)).collect();
    let mut halves: [Rewrites; 2] = Default::default();
    for number in (0..articles.len()).step_by(STEP) {
        let Some((article, text)) = articles.get(number).zip(texts.get(number)) else { continue };
        let half = &mut halves[number / STEP % 2];
        let excerpt = excerpt(&article.text);
        let short = Wording::of(excerpt);
        for strength in STRENGTHS {
            let mut chance = Chance::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
            let made = Wording::of(&rewriter.rewrite(&article.text, strength, &mut chance));
            count(half.rewritten.entry(strength.name.to_owned()).or_default(), text, &made);
            let made = Wording::of(&rewriter.rewrite(excerpt, strength, &mut chance));
            count(
                half.rewritten.entry(format!("{}, {SHORT} words", strength.name)).or_default(),
                &short,
                &made,
            );
        }
        let others = similar.to(number).into_iter().filter_map(|other| {
            let (other, wording) = articles.get(other as usize).zip(texts.get(other as usize))?;
            (signs(text, wording).containment < SHARED).then_some((other, wording))
        });
        for (other, wording) in others.take(SIMILAR) {
            count(half.similar.entry("whole".into()).or_default(), text, wording);
            let other = Wording::of(self::excerpt(&other.text));
            count(half.similar.entry(format!("{SHORT} words")).or_default(), &short, &other);
        }
    }
    Ok(halves)
}

fn count(hits: &mut Hits, a: &Wording, b: &Wording) {
    hits.pairs += 1;
    let Some(found) = compare(a, b).filter(|found| found.kind != Kind::Quote) else { return };
    hits.told += 1;
    hits.rewritten += usize::from(found.kind == Kind::Rewrite);
    hits.same_origin += usize::from(found.relation == Relation::SameOrigin);
}

/// The first words of a text.
fn excerpt(text: &str) -> &str {
    let end = text.split_inclusive(char::is_whitespace).take(SHORT).map(str::len).sum();
    text.get(..end).unwrap_or(text)
}
