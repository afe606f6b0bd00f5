//! Counting speakers.

use super::gold::{AgentClass, Answer, GoldArticle, GoldSpeaker, SourceKind};
use super::judge::{Verdict, is_pronoun, judge};
use crate::attribution_score::{AttributionSpans, ScoredText, matched_with_sources};
use crate::nesting::Half;
use crate::our_reader::{OurReader, attribution_spans, bare_document};
use onrecord_reading::Reading;
use onrecord_record::{Agent, CodePoint, Span, TextIndex};
use std::collections::BTreeMap;

/// What was counted of some lines of gold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many settled lines.
    pub all: u64,
    /// Of how many the speaker is right when the attribution is given.
    pub given_right: u64,
    /// How many the program finds as statements.
    pub found: u64,
    /// Of how many of those found the speaker is right.
    pub found_right: u64,
    /// What became of the others when the attribution was given.
    pub wrong: BTreeMap<Verdict, u64>,
}

impl Tally {
    /// Counts one: its verdict when given, and its verdict when found.
    pub fn count(&mut self, given: Verdict, found: Option<Verdict>) {
        self.all += 1;
        self.found += u64::from(found.is_some());
        self.found_right += u64::from(found == Some(Verdict::Right));
        if given == Verdict::Right {
            self.given_right += 1;
        } else {
            *self.wrong.entry(given).or_default() += 1;
        }
    }

    /// Adds what another one counted.
    pub fn add(&mut self, other: &Tally) {
        self.all += other.all;
        self.given_right += other.given_right;
        self.found += other.found;
        self.found_right += other.found_right;
        for (verdict, count) in &other.wrong {
            *self.wrong.entry(*verdict).or_default() += count;
        }
    }
}

/// What lines of gold are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The half of the articles.
    pub half: Half,
    /// What the source is.
    pub kind: SourceKind,
    /// What the speaker is.
    pub class: AgentClass,
    /// Whether the article names the speaker.
    pub answer: Answer,
}

/// How far speakers reach among all statements that the program makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Statements.
    pub statements: u64,
    /// Those whose speaker is called by a pronoun.
    pub pronoun: u64,
    /// Those without a speaker.
    pub nobody: u64,
    /// Those of them without a source.
    pub nobody_sourceless: u64,
    /// Those whose source is a pronoun.
    pub nobody_pronoun: u64,
    /// Those of these with one of the first or second person ("I", "you").
    pub nobody_first: u64,
    /// Those without a speaker whose source is a name: every word of it, small ones apart, is written large.
    pub nobody_name: u64,
}

impl Reach {
    /// Counts the statements of a reading.
    pub fn of(reading: &Reading) -> Reach {
        let mut reach = Reach::default();
        for statement in &reading.statements {
            reach.statements += 1;
            if let Some(agent) = speaker(reading, statement.speaker.as_ref()) {
                reach.pronoun += u64::from(is_pronoun(&agent.name));
                continue;
            }
            let source = statement.source.text.as_deref().unwrap_or_default();
            reach.nobody += 1;
            reach.nobody_sourceless += u64::from(statement.source.spans.is_empty());
            reach.nobody_pronoun += u64::from(is_pronoun(source));
            reach.nobody_first += u64::from(is_first_or_second(source));
            reach.nobody_name += u64::from(is_name(source));
        }
        reach
    }

    /// Adds what another one counted.
    pub fn add(&mut self, other: &Reach) {
        self.statements += other.statements;
        self.pronoun += other.pronoun;
        self.nobody += other.nobody;
        self.nobody_sourceless += other.nobody_sourceless;
        self.nobody_pronoun += other.nobody_pronoun;
        self.nobody_first += other.nobody_first;
        self.nobody_name += other.nobody_name;
    }
}

/// The figures of some articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeakerScores {
    /// By what lines are counted by.
    pub tallies: BTreeMap<Group, Tally>,
    /// Lines left out because nobody can tell, by kind.
    pub unsettled: BTreeMap<SourceKind, u64>,
    /// Of all statements of the program.
    pub reach: Reach,
    /// What is wrong in the half that chooses, a line each: the article, the place, the source, who it ought to be and
    /// who it was. Mistakes of the half that reports are kept from whoever writes rules.
    pub mistakes: Vec<String>,
}

impl SpeakerScores {
    /// The sum of the tallies that `chosen` takes.
    pub fn sum(&self, chosen: impl Fn(&Group) -> bool) -> Tally {
        let mut sum = Tally::default();
        self.tallies.iter().filter(|(group, _)| chosen(group)).for_each(|(_, one)| sum.add(one));
        sum
    }

    /// Adds what was counted of other articles.
    pub fn add(&mut self, other: SpeakerScores) {
        for (key, tally) in &other.tallies {
            self.tallies.entry(*key).or_default().add(tally);
        }
        for (kind, count) in other.unsettled {
            *self.unsettled.entry(kind).or_default() += count;
        }
        self.reach.add(&other.reach);
        self.mistakes.extend(other.mistakes);
    }
}

/// Reads one article and counts it.
///
/// # Errors
/// When a span is none of the text.
pub fn score_article(article: &GoldArticle, reader: &OurReader) -> anyhow::Result<SpeakerScores> {
    let document = bare_document(&article.text);
    let index = TextIndex::new(&article.text);
    let given = reader.speakers(&document, &article.attributions);
    let reading = reader.read(&article.text);
    let predicted: Vec<AttributionSpans> = reading.statements.iter().map(attribution_spans).collect();
    let pairs = matched_with_sources(&ScoredText::new(&article.text), &article.attributions, &predicted)?;

    let mut scores = SpeakerScores { reach: Reach::of(&reading), ..SpeakerScores::default() };
    for (place, gold) in &article.speakers {
        let own = given.speaker.get(*place).copied().flatten().and_then(|of| given.agents.get(of));
        let statement =
            pairs.iter().find(|pair| pair.0 == *place).and_then(|pair| reading.statements.get(pair.1));
        let (Some(verdict), Some(class)) = (judge(&index, gold, own), gold.class) else {
            *scores.unsettled.entry(gold.kind).or_default() += 1;
            continue;
        };
        let found = statement.and_then(|it| judge(&index, gold, speaker(&reading, it.speaker.as_ref())));
        let group = Group { half: gold.half, kind: gold.kind, class, answer: gold.answer };
        scores.tallies.entry(group).or_default().count(verdict, found);
        if verdict != Verdict::Right && gold.half == Half::Choose {
            scores.mistakes.push(mistake(&index, gold, verdict, own, found));
        }
    }
    Ok(scores)
}

fn speaker<'r>(reading: &'r Reading, id: Option<&onrecord_record::AgentId>) -> Option<&'r Agent> {
    reading.agents.iter().find(|agent| Some(&agent.id) == id)
}

fn mistake(
    index: &TextIndex<'_>,
    gold: &GoldSpeaker,
    verdict: Verdict,
    agent: Option<&Agent>,
    found: Option<Verdict>,
) -> String {
    let piece = |(start, end): (u32, u32)| {
        index.slice(Span::new(CodePoint(start), CodePoint(end))).replace(['\n', '\r'], " ")
    };
    let pieces = |spans: &[(u32, u32)]| spans.iter().map(|span| piece(*span)).collect::<Vec<_>>().join(" … ");
    let at = gold.source.first().or(gold.content.first()).map_or(0, |span| span.0);
    let was = agent
        .map_or("–".to_owned(), |agent| format!("{} ({:?})", agent.name.replace('\n', " "), agent.kind));
    format!(
        "{}, {} at {at}: {} | {} | ought to be {} and is {was}: {}; found: {}",
        gold.kind.name(),
        gold.doc,
        pieces(&gold.source),
        pieces(&gold.cue),
        gold.span.map_or_else(String::new, piece),
        verdict.name(),
        found.map_or("no", Verdict::name),
    )
}

fn is_first_or_second(source: &str) -> bool {
    matches!(source.to_lowercase().as_str(), "i" | "me" | "my" | "we" | "us" | "our" | "you" | "your")
}

/// Whether a source is a name from end to end.
fn is_name(source: &str) -> bool {
    let mut words = source.split_whitespace().peekable();
    let begins = words.peek().is_some_and(|first| {
        first.starts_with(char::is_uppercase)
            && !matches!(
                *first,
                "The" | "A" | "An" | "His" | "Her" | "Their" | "Its" | "Some" | "Many" | "One"
            )
    });
    let small = |word: &str| {
        matches!(word, "of" | "and" | "for" | "the" | "de" | "la" | "van" | "von" | "bin" | "on")
    };
    begins && !is_pronoun(source) && words.all(|word| word.starts_with(char::is_uppercase) || small(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_models::ModelName;

    fn spans(text: &str, words: &str) -> Vec<(u32, u32)> {
        let start = text[..text.find(words).unwrap()].chars().count() as u32;
        vec![(start, start + words.chars().count() as u32)]
    }

    fn article(text: &str, roles: [&str; 3], answer: Answer, who: Option<&str>) -> GoldArticle {
        let [source, cue, content] = roles.map(|words| spans(text, words));
        let line = GoldSpeaker {
            doc: "a".into(),
            text_sha256: String::new(),
            half: Half::Choose,
            kind: SourceKind::Pronoun,
            source: source.clone(),
            cue: cue.clone(),
            content: content.clone(),
            answer,
            span: who.map(|who| spans(text, who)[0]),
            class: who.map(|_| AgentClass::Person),
        };
        let attribution = AttributionSpans { source, cue, content };
        GoldArticle {
            doc: "a".into(),
            text: text.into(),
            attributions: vec![attribution],
            speakers: vec![(0, line)],
        }
    }

    const TEXT: &str = "Ines Calder, the harbour master, spoke on Monday. “The quay is full,” she said.";
    const ROLES: [&str; 3] = ["she", "said", "The quay is full"];

    #[test]
    fn a_pronoun_is_right_when_it_goes_back_to_its_name() {
        let reader = OurReader::new(ModelName::Fast).unwrap();
        let scores =
            score_article(&article(TEXT, ROLES, Answer::Named, Some("Ines Calder")), &reader).unwrap();
        let all = scores.sum(|_| true);
        assert_eq!((all.all, all.given_right, all.found, all.found_right), (1, 1, 1, 1));
        assert_eq!(scores.sum(|group| group.half == Half::Report), Tally::default());
        assert_eq!((scores.reach.statements, scores.reach.nobody), (1, 0));
        assert!(scores.mistakes.is_empty());
    }

    #[test]
    fn a_wrong_one_is_told_and_the_unsettled_are_left_out() {
        let reader = OurReader::new(ModelName::Fast).unwrap();
        let wrong = score_article(&article(TEXT, ROLES, Answer::Named, Some("Monday")), &reader).unwrap();
        assert_eq!(wrong.sum(|_| true).wrong, BTreeMap::from([(Verdict::OtherName, 1)]));
        assert!(wrong.mistakes[0].contains("ought to be Monday and is Ines Calder"), "{:?}", wrong.mistakes);
        let unsettled = score_article(&article(TEXT, ROLES, Answer::Unsettled, None), &reader).unwrap();
        assert_eq!(unsettled.sum(|_| true), Tally::default());
        assert_eq!(unsettled.unsettled, BTreeMap::from([(SourceKind::Pronoun, 1)]));
    }

    #[test]
    fn tallies_add_up() {
        let mut one = Tally::default();
        one.count(Verdict::Right, None);
        one.count(Verdict::Nobody, Some(Verdict::Right));
        let mut two = one.clone();
        two.add(&one);
        assert_eq!((two.all, two.given_right, two.found, two.found_right), (4, 2, 2, 2));
        assert_eq!(two.wrong, BTreeMap::from([(Verdict::Nobody, 2)]));
    }

    #[test]
    fn sources_that_are_names() {
        for name in ["Moss", "Ada Moss", "Board of Ports"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["She", "The board", "Some of them", "Ada Moss, who left", "", "police"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
