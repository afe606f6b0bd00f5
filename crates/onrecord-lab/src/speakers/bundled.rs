//! The speakers of the bundled case whose sources are pronouns or descriptions.

use super::Verdict;
use super::gold::SourceKind;
use super::judge::is_pronoun;
use super::score::Tally;
use crate::attribution_score::{AttributionSpans, ScoredText, matched_with_sources};
use crate::bundled_case::{BundledCase, GoldenStatement, same_name};
use crate::our_reader::{OurReader, attribution_spans};
use onrecord::Pipeline;
use onrecord_record::{Agent, CodePoint, Span, TextIndex};
use std::collections::BTreeMap;

/// The figures of the bundled case by kind of source, and what is wrong, a line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseSpeakers {
    /// By kind of source.
    pub tallies: BTreeMap<SourceKind, Tally>,
    /// What is wrong when the attributions are given.
    pub mistakes: Vec<String>,
}

/// Reads the bundled case and counts the golden statements that have a speaker and no name for a source. A speaker is
/// right when [`same_name`] says so.
///
/// # Errors
/// When a document is not read, or a golden piece is not found.
pub fn score_case_speakers(
    case: &BundledCase,
    pipeline: &Pipeline,
    reader: &OurReader,
) -> anyhow::Result<CaseSpeakers> {
    let mut scores = CaseSpeakers::default();
    for document in &case.documents {
        let record = document.read(pipeline)?;
        let text = record.document.text();
        let index = TextIndex::new(text);
        let golden = document.golden.spans(text)?;
        let given = reader.speakers(&record.document, &golden);
        let statements = &record.reading.statements;
        let predicted: Vec<AttributionSpans> = statements.iter().map(attribution_spans).collect();
        let pairs = matched_with_sources(&ScoredText::new(text), &golden, &predicted)?;
        for (place, (gold, spans)) in document.golden.statements.iter().zip(&golden).enumerate() {
            let pieces: Vec<&str> = spans
                .source
                .iter()
                .map(|span| index.slice(Span::new(CodePoint(span.0), CodePoint(span.1))))
                .collect();
            let source = pieces.join(" ");
            let (Some(name), Some(kind)) = (&gold.speaker, kind_of(gold, &source)) else { continue };
            let verdict = |agent: Option<&Agent>| match agent {
                None => Verdict::Nobody,
                Some(agent) if same_name(name, gold.speaker_kind, agent) => Verdict::Right,
                Some(agent) if is_pronoun(&agent.name) => Verdict::Pronoun,
                Some(_) => Verdict::OtherName,
            };
            let own = given.speaker.get(place).copied().flatten().and_then(|of| given.agents.get(of));
            let found = pairs.iter().find(|pair| pair.0 == place).and_then(|pair| statements.get(pair.1));
            let found = found.map(|it| {
                verdict(record.reading.agents.iter().find(|agent| Some(&agent.id) == it.speaker.as_ref()))
            });
            let own_verdict = verdict(own);
            scores.tallies.entry(kind).or_default().count(own_verdict, found);
            if own_verdict != Verdict::Right {
                let was = own.map_or("–", |agent| &agent.name);
                scores.mistakes.push(format!(
                    "bundled case, {}, {}, statement {}: {source} | ought to be {name} and is {was}",
                    kind.name(),
                    document.stem,
                    place + 1
                ));
            }
        }
    }
    Ok(scores)
}

/// What the source of a golden statement is; none where it holds a word of the speaker's name that is written large.
fn kind_of(gold: &GoldenStatement, source: &str) -> Option<SourceKind> {
    if source.trim().is_empty() {
        return Some(SourceKind::Absent);
    }
    if is_pronoun(source) {
        return Some(SourceKind::Pronoun);
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let article = |word: &str| matches!(word, "The" | "A" | "An");
    let own = words(source);
    let large = words(gold.speaker.as_deref().unwrap_or_default());
    let named =
        large.iter().any(|word| word.starts_with(char::is_uppercase) && !article(word) && own.contains(word));
    (!named).then_some(SourceKind::Description)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(speaker: &str) -> GoldenStatement {
        toml::from_str(&format!(
            "source = []\ncue = []\ncontent = []\nspeaker = \"{speaker}\"\nform = \"direct\""
        ))
        .unwrap()
    }

    #[test]
    fn sources_by_what_they_are() {
        let moss = statement("Ada Moss");
        assert_eq!(kind_of(&moss, "She"), Some(SourceKind::Pronoun));
        assert_eq!(kind_of(&moss, "the Transport Secretary"), Some(SourceKind::Description));
        assert_eq!(kind_of(&moss, "Secretary Moss"), None);
        assert_eq!(kind_of(&moss, ""), Some(SourceKind::Absent));
        assert_eq!(kind_of(&statement("The clerk"), "The clerk"), Some(SourceKind::Description));
    }
}
