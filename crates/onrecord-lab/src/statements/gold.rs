//! The gold file and that of the two annotators, which have one form.

use crate::attribution_score::AttributionSpans;
use crate::copies::read_articles;
use crate::gold_data::{self, DataFolder, Split};
use crate::nesting::Half;
use anyhow::{Context, bail, ensure};
use onrecord_record::{Act, BasisKind, BasisOwner, CertaintyLevel, FramingKind, Sha256};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What stands for the part of PolNeAR where an article is of the news instead: its attributions are then those that a program
/// found, and only learned from.
const NEWS: &str = "news";

/// An article with what was marked in it. Spans count code points; statements are named by their place.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedArticle {
    /// The article.
    pub doc: String,
    /// Who marked it; none where the two were settled.
    pub annotator: Option<String>,
    /// The part of PolNeAR it is in, or "news".
    pub split: String,
    /// The hash of the article's text, without which no place means anything.
    pub text_sha256: String,
    /// What it is for.
    pub half: Half,
    /// How it came into the set.
    pub drawn: Drawn,
    /// Its attributions that have content, in the order of the text.
    pub statements: Vec<MarkedStatement>,
    /// Its notes of silence, in the order of the text.
    pub silences: Vec<MarkedSilence>,
}

/// How an article was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drawn {
    /// By lot.
    Plain,
    /// By lot from those with words of rare things.
    Rich,
    /// From those later, when rules existed: rules were developed on them.
    Rare,
    /// From those last: no rule was written with a look at them.
    Fresh,
    /// Read once, to learn from.
    Lesson,
}

/// An attribution with its marks; those that most statements lack may be left out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedStatement {
    /// Who says it, as PolNeAR has it.
    pub source: Vec<(u32, u32)>,
    /// The words that attribute.
    pub cue: Vec<(u32, u32)>,
    /// What is said.
    pub content: Vec<(u32, u32)>,
    /// What it does.
    pub act: Act,
    /// Whether it grants a point to the other side.
    #[serde(default)]
    pub concession: bool,
    /// The statements it takes back.
    #[serde(default)]
    pub retracts: BTreeSet<usize>,
    /// How surely it is said.
    #[serde(default)]
    pub certainty: MarkedCertainty,
    /// How the reporter puts it.
    #[serde(default = "neutral")]
    pub framing: FramingKind,
    /// What it is said to rest on.
    #[serde(default)]
    pub basis: Vec<MarkedBasis>,
    /// To whom it was said.
    pub addressee: Option<(u32, u32)>,
    /// Where it was said.
    pub venue: Option<(u32, u32)>,
    /// The words that tell when.
    pub said: Option<(u32, u32)>,
    /// The statements it answers.
    #[serde(default)]
    pub responds_to: BTreeSet<usize>,
}

const fn neutral() -> FramingKind {
    FramingKind::Neutral
}

/// A degree of belief and the words that carry it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedCertainty {
    /// The degree.
    pub level: Option<CertaintyLevel>,
    /// The words; none without a degree.
    pub spans: Vec<(u32, u32)>,
}

/// A basis and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedBasis {
    /// Of which sort it is.
    pub kind: BasisKind,
    /// The words that say so.
    pub span: (u32, u32),
    /// Who rests on it.
    pub whose: BasisOwner,
}

/// A note that somebody did not say something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkedSilence {
    /// Its words.
    pub span: (u32, u32),
    /// The words for who kept silent.
    pub who: Option<(u32, u32)>,
    /// The statements it concerns.
    pub about: BTreeSet<usize>,
}

impl MarkedStatement {
    /// The attribution, as PolNeAR has it.
    pub fn roles(&self) -> AttributionSpans {
        AttributionSpans { source: self.source.clone(), cue: self.cue.clone(), content: self.content.clone() }
    }
}

/// Marked articles with their texts.
#[derive(Clone, Debug)]
pub struct StatementGold {
    /// Each article's text and what was marked in it.
    pub articles: Vec<(String, MarkedArticle)>,
}

impl StatementGold {
    /// Reads the gold file, or that of the annotators, and finds texts and attributions in the data folder.
    ///
    /// # Errors
    /// When files are missing, a text is not the one annotated, a place is none, or PolNeAR has other attributions.
    pub fn open(gold: &Path, data: &DataFolder) -> anyhow::Result<Self> {
        let mut texts: BTreeMap<&str, _> = BTreeMap::new();
        for split in [Split::Dev, Split::Train] {
            let [path, attributions] = data.polnear(split)?;
            let both = (gold_data::read_texts(&path)?, gold_data::read_attributions(&attributions)?);
            texts.insert(split.name(), both);
        }
        let lines = gold_data::lines::<MarkedArticle>(gold)?;
        if lines.iter().any(|article| article.split == NEWS) {
            let articles = read_articles(&data.articles()?)?;
            let articles = articles.into_iter().map(|article| (article.id, article.text)).collect();
            texts.insert(NEWS, (articles, BTreeMap::new()));
        }
        let mut articles = Vec::new();
        for article in lines {
            let (texts, attributions) = texts
                .get(article.split.as_str())
                .with_context(|| format!("{}: there is no part {}", article.doc, article.split))?;
            let text =
                texts.get(&article.doc).with_context(|| format!("there is no text of {}", article.doc))?;
            let gold_attributions = attributions.get(&article.doc).map(Vec::as_slice).unwrap_or_default();
            article
                .check(text, (article.split != NEWS).then_some(gold_attributions))
                .with_context(|| format!("{}: {}", gold.display(), article.doc))?;
            articles.push((text.clone(), article));
        }
        Ok(StatementGold { articles })
    }
}

impl MarkedArticle {
    /// Holds the marks to the text and, where PolNeAR has the article, to its attributions.
    fn check(&self, text: &str, attributions: Option<&[AttributionSpans]>) -> anyhow::Result<()> {
        if Sha256::of(text.as_bytes()).to_string() != self.text_sha256 {
            bail!("the text is not the one that was annotated");
        }
        let roles: Vec<AttributionSpans> = self.statements.iter().map(MarkedStatement::roles).collect();
        if let Some(attributions) = attributions {
            let with_content = attributions.iter().filter(|one| !one.content.is_empty()).count();
            ensure!(
                roles.len() == with_content && roles.iter().all(|one| attributions.contains(one)),
                "these are not the attributions with content that PolNeAR has"
            );
        }
        let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let place = |&(start, end): &(u32, u32)| start < end && end <= characters;
        let in_text = |one: &AttributionSpans| {
            !one.content.is_empty() && [&one.source, &one.cue, &one.content].into_iter().flatten().all(place)
        };
        ensure!(roles.iter().all(in_text), "an attribution has a place that is none, or no content");
        let others =
            |own: usize, named: &BTreeSet<usize>| named.iter().all(|it| *it < roles.len() && *it != own);
        for (own, statement) in self.statements.iter().enumerate() {
            let certainty = &statement.certainty;
            let single = [statement.addressee, statement.venue, statement.said];
            let basis = statement.basis.iter().map(|basis| &basis.span);
            let mut places = certainty.spans.iter().chain(single.iter().flatten()).chain(basis);
            ensure!(places.all(place), "statement {own} has a place that is none");
            ensure!(
                certainty.level.is_some() != certainty.spans.is_empty(),
                "statement {own} has a degree of certainty without words, or words without one"
            );
            ensure!(
                others(own, &statement.retracts) && others(own, &statement.responds_to),
                "statement {own} names a statement that is none, or itself"
            );
        }
        for silence in &self.silences {
            let places = place(&silence.span) && silence.who.as_ref().is_none_or(place);
            ensure!(places && others(usize::MAX, &silence.about), "a silence has a place that is none");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Lee said it may rain. Moss denied it.";

    fn article(first: &str, silence: &str) -> anyhow::Result<()> {
        let hash = Sha256::of(TEXT.as_bytes());
        let article: MarkedArticle = serde_json::from_str(&format!(
            r#"{{"doc":"a","split":"dev","text_sha256":"{hash}","half":"choose","drawn":"rich","statements":[
                {{"source":[[0,3]],"cue":[[4,8]],"content":[[9,20]],"act":"asserts","concession":false,"retracts":[],
                  "certainty":{{"level":"possible","spans":[[12,15]]}},"framing":"neutral","basis":[],"addressee":null,
                  "venue":null,"said":null,"responds_to":[]}},
                {{"source":[[22,26]],"cue":[[27,33]],"content":[[34,36]],"act":"denies","concession":false,"retracts":[],
                  {first},"framing":"neutral","basis":[{{"kind":"data","span":[0,3],"whose":"reporter"}}],
                  "addressee":[0,3],"venue":null,"said":null,"responds_to":[0]}}],
                "silences":[{silence}]}}"#
        ))?;
        let polnear: Vec<AttributionSpans> = article.statements.iter().map(MarkedStatement::roles).collect();
        article.check(TEXT, Some(&polnear))?;
        article.check(TEXT, None)?;
        assert!(article.check(TEXT, Some(&polnear[..1])).is_err());
        assert!(article.check("Another text.", Some(&polnear)).is_err());
        Ok(())
    }

    #[test]
    fn a_line_must_fit_its_text() {
        let none = r#""certainty":{"level":null,"spans":[]}"#;
        let silence = r#"{"span":[22,36],"who":[22,26],"about":[0]}"#;
        article(none, silence).unwrap();
        assert!(article(&none.replace("[]", "[[0,3]]"), silence).is_err());
        assert!(article(&none.replace("null", r#""likely""#), silence).is_err());
        assert!(article(&none.replace("certainty", "surety"), silence).is_err());
        for wrong in ["[22,99]", "[22,22]"] {
            assert!(article(none, &silence.replace("[22,36]", wrong)).is_err());
        }
        assert!(article(none, &silence.replace("[0]", "[2]")).is_err());
    }
}
