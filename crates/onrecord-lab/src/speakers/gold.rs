//! The gold file.

use crate::attribution_score::AttributionSpans;
use crate::gold_data::{self, DataFolder, Split};
use crate::nesting::Half;
use anyhow::{Context, bail};
use onrecord_record::Sha256;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// One attribution of PolNeAR and who speaks in it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldSpeaker {
    /// The article.
    pub doc: String,
    /// The hash of the article's text, without which no place means anything.
    pub text_sha256: String,
    /// What it is for.
    pub half: Half,
    /// What its source is.
    pub kind: SourceKind,
    /// Who says it, in code points.
    pub source: Vec<(u32, u32)>,
    /// The words that attribute.
    pub cue: Vec<(u32, u32)>,
    /// What is said.
    pub content: Vec<(u32, u32)>,
    /// Whether the article names the speaker.
    pub answer: Answer,
    /// Where it names, or else describes, the speaker; none when unsettled.
    pub span: Option<(u32, u32)>,
    /// What the speaker is; none when unsettled.
    pub class: Option<AgentClass>,
}

/// What the source of an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// One pronoun ("she", "who").
    Pronoun,
    /// Words that name nobody ("the secretary", "police").
    Description,
    /// There is none.
    Absent,
}

impl SourceKind {
    /// The kinds, in the order of the tables.
    pub const ALL: [SourceKind; 3] = [SourceKind::Pronoun, SourceKind::Description, SourceKind::Absent];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Pronoun => "pronoun",
            SourceKind::Description => "description",
            SourceKind::Absent => "absent",
        }
    }
}

/// Whether the article names a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It does.
    Named,
    /// It only describes them.
    Unnamed,
    /// Nobody can tell, or several are meant.
    Unsettled,
}

/// What a speaker is. Other than [`onrecord_record::AgentKind`] it says nothing of whether there is a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgentClass {
    /// One human being.
    Person,
    /// A body.
    Organisation,
    /// Several people.
    Group,
    /// A text, a film, a study.
    Document,
}

impl AgentClass {
    /// The classes, in the order of the tables.
    pub const ALL: [AgentClass; 4] =
        [AgentClass::Person, AgentClass::Organisation, AgentClass::Group, AgentClass::Document];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            AgentClass::Person => "person",
            AgentClass::Organisation => "organisation",
            AgentClass::Group => "group",
            AgentClass::Document => "document",
        }
    }
}

/// An article of PolNeAR dev with what the gold says of it.
#[derive(Clone, Debug)]
pub struct GoldArticle {
    /// Its name.
    pub doc: String,
    /// Its text.
    pub text: String,
    /// All its attributions, as PolNeAR has them.
    pub attributions: Vec<AttributionSpans>,
    /// The lines of the gold, each with the place of its attribution in that list.
    pub speakers: Vec<(usize, GoldSpeaker)>,
}

/// The gold with its texts.
#[derive(Clone, Debug)]
pub struct SpeakerGold {
    /// All articles of PolNeAR dev, those without a line of gold too.
    pub articles: Vec<GoldArticle>,
}

impl SpeakerGold {
    /// Reads the gold file and finds texts and attributions in the data folder.
    ///
    /// # Errors
    /// When files are missing, a text is not the one annotated, a place is none, or PolNeAR has no such attribution.
    pub fn open(gold: &Path, data: &DataFolder) -> anyhow::Result<Self> {
        let [texts, attributions] = data.polnear(Split::Dev)?;
        let mut attributions = gold_data::read_attributions(&attributions)?;
        let mut articles: BTreeMap<String, GoldArticle> = gold_data::read_texts(&texts)?
            .into_iter()
            .map(|(doc, text)| {
                let attributions = attributions.remove(&doc).unwrap_or_default();
                (doc.clone(), GoldArticle { doc, text, attributions, speakers: Vec::new() })
            })
            .collect();
        let all = std::fs::read_to_string(gold).with_context(|| format!("cannot read {}", gold.display()))?;
        for (number, line) in all.lines().enumerate() {
            let place = || format!("{}, line {}", gold.display(), number + 1);
            let line: GoldSpeaker = serde_json::from_str(line).with_context(place)?;
            let article = articles.get_mut(&line.doc);
            let article = article.with_context(|| format!("there is no text of {}", line.doc))?;
            article.add(line).with_context(place)?;
        }
        Ok(SpeakerGold { articles: articles.into_values().collect() })
    }
}

impl GoldArticle {
    /// Holds a line to the text and takes it in.
    fn add(&mut self, line: GoldSpeaker) -> anyhow::Result<()> {
        if Sha256::of(self.text.as_bytes()).to_string() != line.text_sha256 {
            bail!("the text is not the one that was annotated");
        }
        let characters = u32::try_from(self.text.chars().count()).unwrap_or(u32::MAX);
        let settled = line.answer != Answer::Unsettled;
        if line.span.is_some() != settled || line.class.is_some() != settled {
            bail!("a place and a class belong to what is settled, and to nothing else");
        }
        if line.span.is_some_and(|(start, end)| start >= end || end > characters) {
            bail!("the place is none of the text");
        }
        if (line.kind == SourceKind::Absent) != line.source.is_empty() {
            bail!("the kind does not fit the source");
        }
        let same = |one: &AttributionSpans| {
            one.source == line.source && one.cue == line.cue && one.content == line.content
        };
        let place = self.attributions.iter().position(same);
        let place = place.context("there is no such attribution")?;
        if self.speakers.iter().any(|(other, _)| *other == place) {
            bail!("the attribution stands there twice");
        }
        self.speakers.push((place, line));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ada Moss came. She said it rains.";

    fn article() -> GoldArticle {
        let she = AttributionSpans { source: vec![(15, 18)], cue: vec![(19, 23)], content: vec![(24, 32)] };
        GoldArticle { doc: "a".into(), text: TEXT.into(), attributions: vec![she], speakers: vec![] }
    }

    fn line(text: &str, kind: &str, answer: &str) -> GoldSpeaker {
        let hash = Sha256::of(text.as_bytes());
        serde_json::from_str(&format!(
            r#"{{"doc":"a","text_sha256":"{hash}","half":"choose","kind":"{kind}","source":[[15,18]],
                "cue":[[19,23]],"content":[[24,32]],{answer}}}"#
        ))
        .unwrap()
    }

    #[test]
    fn a_line_must_fit_its_text_and_its_attribution() {
        let named = r#""answer":"named","span":[0,8],"class":"person""#;
        let add = |line: GoldSpeaker| article().add(line);
        assert!(add(line(TEXT, "pronoun", named)).is_ok());
        assert!(add(line("Another text.", "pronoun", named)).is_err());
        assert!(add(line(TEXT, "absent", named)).is_err());
        assert!(add(line(TEXT, "pronoun", &named.replace("[0,8]", "[0,80]"))).is_err());
        assert!(add(line(TEXT, "pronoun", &named.replace("[0,8]", "[8,8]"))).is_err());
        assert!(add(line(TEXT, "pronoun", &named.replace("[0,8]", "null"))).is_err());
        assert!(add(line(TEXT, "pronoun", &named.replace("named", "unsettled"))).is_err());
        let mut other = line(TEXT, "pronoun", named);
        other.content = vec![(24, 30)];
        assert!(add(other).is_err());
    }

    #[test]
    fn an_attribution_may_stand_there_only_once() {
        let unsettled = r#""answer":"unsettled","span":null,"class":null"#;
        let mut article = article();
        assert!(article.add(line(TEXT, "pronoun", unsettled)).is_ok());
        assert!(article.add(line(TEXT, "pronoun", unsettled)).is_err());
    }
}
