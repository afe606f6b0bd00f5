//! The gold file.

use crate::attribution_score::AttributionSpans;
use crate::gold_data::{self, DataFolder, Split};
use anyhow::{Context, bail};
use onrecord_record::Sha256;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// One attribution of PolNeAR and what its content holds.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldSentence {
    /// The article.
    pub doc: String,
    /// The part of PolNeAR it is in.
    pub split: String,
    /// The hash of the article's text, without which no place means anything.
    pub text_sha256: String,
    /// What it is for.
    pub half: Half,
    /// The attribution as PolNeAR has it.
    pub outer: AttributionSpans,
    /// The attributions within its content; often none.
    pub inner: Vec<Inner>,
}

/// Articles either help to choose or tell how good the choice was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// Thresholds are chosen on these.
    Choose,
    /// These report.
    Report,
}

/// An attribution within content.
#[derive(Clone, Debug, Deserialize)]
pub struct Inner {
    /// Its roles.
    #[serde(flatten)]
    pub spans: AttributionSpans,
    /// Which other inner one holds it, as a place in the list; none when the outer one does.
    pub within: Option<usize>,
}

/// The gold with its texts, by article.
#[derive(Clone, Debug)]
pub struct NestingGold {
    /// The sentences of each article, with its text.
    pub articles: Vec<(String, Vec<GoldSentence>)>,
}

impl NestingGold {
    /// Reads the gold file and finds the texts in the data folder.
    ///
    /// # Errors
    /// When files are missing, a text is not the one annotated, or a place is none.
    pub fn open(gold: &Path, data: &DataFolder) -> anyhow::Result<Self> {
        let mut texts: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for split in [Split::Dev, Split::Train] {
            let [path, _] = data.polnear(split)?;
            texts.insert(split.name().into(), gold_data::read_texts(&path)?);
        }
        let mut articles: BTreeMap<String, (String, Vec<GoldSentence>)> = BTreeMap::new();
        let all = std::fs::read_to_string(gold).with_context(|| format!("cannot read {}", gold.display()))?;
        for (number, line) in all.lines().enumerate() {
            let sentence: GoldSentence = serde_json::from_str(line)
                .with_context(|| format!("{}, line {}", gold.display(), number + 1))?;
            let text = texts.get(&sentence.split).and_then(|texts| texts.get(&sentence.doc));
            let text = text.with_context(|| format!("there is no text of {}", sentence.doc))?;
            sentence.check(text).with_context(|| format!("line {}: {}", number + 1, sentence.doc))?;
            let (_, sentences) =
                articles.entry(sentence.doc.clone()).or_insert_with(|| (text.clone(), Vec::new()));
            sentences.push(sentence);
        }
        Ok(NestingGold { articles: articles.into_values().collect() })
    }
}

impl GoldSentence {
    /// Holds the places to the text they were found in.
    fn check(&self, text: &str) -> anyhow::Result<()> {
        if Sha256::of(text.as_bytes()).to_string() != self.text_sha256 {
            bail!("the text is not the one that was annotated");
        }
        for (place, inner) in self.inner.iter().enumerate() {
            let around = match inner.within {
                Some(outer) if outer < place => &self.inner[outer].spans,
                Some(_) => bail!("inner attribution {place} stands in one that does not come before it"),
                None => &self.outer,
            };
            let (from, to) = extent(&around.content);
            let roles = [&inner.spans.source, &inner.spans.cue, &inner.spans.content];
            let inside = |spans: &&Vec<(u32, u32)>| {
                !spans.is_empty() && spans.iter().all(|(s, e)| from <= *s && s < e && *e <= to)
            };
            if !roles.iter().all(inside) {
                bail!("inner attribution {place} is not inside the content around it");
            }
        }
        Ok(())
    }
}

/// From the first place of some spans to the last.
pub(super) fn extent(spans: &[(u32, u32)]) -> (u32, u32) {
    let from = spans.iter().map(|span| span.0).min().unwrap_or_default();
    (from, spans.iter().map(|span| span.1).max().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str, inner: &str) -> GoldSentence {
        let hash = Sha256::of(text.as_bytes());
        serde_json::from_str(&format!(
            r#"{{"doc":"a","split":"dev","half":"choose","text_sha256":"{hash}",
                "outer":{{"source":[[0,3]],"cue":[[4,8]],"content":[[9,29]]}},"inner":[{inner}]}}"#
        ))
        .unwrap()
    }

    #[test]
    fn places_outside_the_content_and_other_texts_are_refused() {
        let text = "Lee said Moss says that it rains";
        let inner = r#"{"source":[[9,13]],"cue":[[14,18]],"content":[[19,29]],"within":null}"#;
        assert!(sentence(text, inner).check(text).is_ok());
        assert!(sentence(text, inner).check("Lee said Moss says that it pours").is_err());
        assert!(sentence(text, &inner.replace("29", "32")).check(text).is_err());
        assert!(sentence(text, &inner.replace("null", "0")).check(text).is_err());
        assert!(sentence(text, &inner.replace("[[9,13]]", "[]")).check(text).is_err());
    }
}
