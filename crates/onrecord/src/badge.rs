//! What is known around a statement, in plain words, for the reports.
//!
//! Three voices are kept apart: the speaker's own words and hedges, how the reporter puts it and has it, and what an
//! analyst makes of it. The program knows the first two; the third is for people only and has no words here. What is
//! usual is not said: that a statement asserts, or that the reporter's verb is plain.

use crate::cast::short;
use crate::timeline::stretch_of;
use crate::view::View;
use onrecord_record::*;

/// The longest words of a text in a badge, in characters.
const LONGEST_WORDS: usize = 120;

/// The most bases, and the most times spoken of, shown at one statement.
const MOST: usize = 6;

/// How far before a venue its preposition is looked for, in characters.
const PREPOSITION_WITHIN: u32 = 9;

/// The words that may lead a venue.
const PREPOSITIONS: [&str; 12] =
    ["at", "in", "on", "during", "before", "via", "through", "from", "over", "by", "after", "to"];

/// One thing known of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Badge {
    pub(crate) tone: Tone,
    /// The program's words.
    pub(crate) label: &'static str,
    /// The document's words that say so, as one harmless line.
    pub(crate) words: Option<String>,
}

/// How much a badge asks to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It turns the statement round: denies, doubts, takes back; no basis.
    Strong,
    /// It colours the statement.
    Plain,
}

impl Badge {
    fn new(tone: Tone, label: &'static str, words: Option<&str>) -> Badge {
        let words = words.map(|words| short(words, LONGEST_WORDS)).filter(|words| !words.is_empty());
        Badge { tone, label, words }
    }

    /// "hedged: “may”", or with another sign between.
    pub(crate) fn line(&self, between: &str) -> String {
        match &self.words {
            Some(words) => format!("{}{between}“{words}”", self.label),
            None => self.label.to_owned(),
        }
    }
}

/// What the speaker does, how surely, and on what basis.
pub(crate) fn speakers(statement: &Statement) -> Vec<Badge> {
    let mut badges = Vec::new();
    let certainty = &statement.certainty;
    // A denial is not told twice, nor a doubt; nor are their words where they are the cue itself.
    let told = matches!(
        (statement.act, certainty.level),
        (Some(Act::Denies), Some(CertaintyLevel::Denied))
            | (Some(Act::Doubts), Some(CertaintyLevel::Unlikely))
    );
    let by = certainty.text.as_deref().filter(|words| told && Some(*words) != statement.cue.text.as_deref());
    badges.extend(statement.act.and_then(|act| {
        let (tone, label) = act_words(act)?;
        Some(Badge::new(tone, label, by))
    }));
    badges.extend(statement.concession.then(|| Badge::new(Tone::Plain, "concedes a point", None)));
    if !told {
        badges.extend(certainty_badge(certainty));
    }
    let bases = statement.basis.iter().filter(|basis| !of_reporter(basis)).take(MOST);
    badges.extend(bases.map(|basis| {
        let label = match basis.kind {
            BasisKind::Document => "rests on a document",
            BasisKind::Intelligence => "rests on intelligence",
            BasisKind::Data => "rests on figures",
            BasisKind::Media => "rests on media reports",
            BasisKind::NamedSource => "rests on a named person",
            BasisKind::UnnamedSource => "rests on unnamed people",
            BasisKind::Observation => "own observation",
            BasisKind::Inference | BasisKind::NoneOffered => "own reasoning",
        };
        Badge::new(Tone::Plain, label, Some(&basis.text))
    }));
    badges
}

/// How the reporter puts the statement, and from where the reporter has it.
pub(crate) fn reporters(statement: &Statement) -> Vec<Badge> {
    let framing = statement.framing.as_ref();
    let framing = framing.and_then(|framing| Some((framing_word(framing.kind)?, framing)));
    let mut badges: Vec<Badge> = framing
        .map(|(label, framing)| Badge::new(Tone::Plain, label, Some(&framing.text)))
        .into_iter()
        .collect();
    let bases = statement.basis.iter().filter(|basis| of_reporter(basis)).take(MOST);
    badges.extend(bases.map(|basis| {
        let (tone, label) = match basis.kind {
            BasisKind::NoneOffered => (Tone::Strong, "no basis offered"),
            BasisKind::Document => (Tone::Plain, "from a document"),
            BasisKind::Intelligence => (Tone::Plain, "from intelligence"),
            BasisKind::Data => (Tone::Plain, "from figures"),
            BasisKind::Media => (Tone::Plain, "from other media"),
            BasisKind::NamedSource => (Tone::Plain, "from a named person"),
            BasisKind::UnnamedSource => (Tone::Plain, "from unnamed people"),
            BasisKind::Observation => (Tone::Plain, "seen by the reporter"),
            BasisKind::Inference => (Tone::Plain, "the reporter’s reasoning"),
        };
        Badge::new(tone, label, Some(&basis.text))
    }));
    badges
}

/// Whether the reporter says it: that nothing was offered is always the reporter's word.
fn of_reporter(basis: &Basis) -> bool {
    basis.whose == BasisOwner::Reporter || basis.kind == BasisKind::NoneOffered
}

/// To whom, where and when it was said, and of what times it speaks: in one line each.
pub(crate) fn circumstances(view: &View<'_>, statement: &Statement) -> Vec<String> {
    let mut out = Vec::new();
    let words = |text: &str| short(text, LONGEST_WORDS);
    out.extend(statement.addressee.as_ref().map(|to| format!("to {}", words(&to.text))));
    // "Speaking to the Harbour Club": those spoken to are the venue too, and are named once.
    let addressed = |venue: &&Piece| statement.addressee.as_ref().is_none_or(|to| to.span != venue.span);
    out.extend(statement.venue.as_ref().filter(addressed).map(|venue| match preposition(view, venue) {
        Some(preposition) => format!("{preposition} {}", words(&venue.text)),
        None => format!("where: {}", words(&venue.text)),
    }));
    let said = statement.said.as_ref().and_then(|said| Some((said, said.text.as_deref()?)));
    out.extend(said.map(|(said, text)| {
        let day = crate::calendar::Stretch::new(said.from.as_deref(), said.to.as_deref());
        format!("said “{}”{}", words(text), day.map(|day| format!(" ({})", day.words())).unwrap_or_default())
    }));
    let times = statement.about_time.iter().take(MOST);
    let times: Vec<String> = times
        .map(|time| {
            let text = words(view.index.slice(time.span));
            let value = stretch_of(view, time).map(|it| it.words());
            // Codes of TIMEX3 ("P2Y", "PRESENT_REF") say nothing to a reader that the words do not.
            match value {
                Some(value) if text.is_empty() => value,
                Some(value) if !text.contains(&value) => format!("“{text}” ({value})"),
                _ => format!("“{text}”"),
            }
        })
        .collect();
    if !times.is_empty() {
        out.push(format!("speaks of {}", times.join(", ")));
    }
    out
}

/// The preposition before a venue, as the text has it.
fn preposition(view: &View<'_>, venue: &Piece) -> Option<&'static str> {
    let before = CodePoint(venue.span.start.0.saturating_sub(PREPOSITION_WITHIN));
    let before = view.index.slice(Span::new(before, venue.span.start));
    let word = before.rsplit(char::is_whitespace).find(|word| !word.is_empty())?;
    PREPOSITIONS.into_iter().find(|it| it.eq_ignore_ascii_case(word))
}

fn act_words(act: Act) -> Option<(Tone, &'static str)> {
    match act {
        Act::Asserts => None,
        Act::Denies => Some((Tone::Strong, "denies")),
        Act::Doubts => Some((Tone::Strong, "doubts")),
        Act::Asks => Some((Tone::Plain, "asks")),
        Act::Intends => Some((Tone::Plain, "intends")),
        Act::Judges => Some((Tone::Plain, "judges")),
    }
}

fn certainty_badge(certainty: &Certainty) -> Option<Badge> {
    let label = match certainty.level {
        Some(CertaintyLevel::Certain) => "sure",
        Some(CertaintyLevel::Likely) => "thinks it likely",
        Some(CertaintyLevel::Possible) => "hedged",
        Some(CertaintyLevel::Unlikely) => "thinks it unlikely",
        Some(CertaintyLevel::Denied) => "says it is not so",
        None => {
            return certainty.text.as_deref().map(|text| Badge::new(Tone::Plain, "certainty", Some(text)));
        }
    };
    Some(Badge::new(Tone::Plain, label, certainty.text.as_deref()))
}

fn framing_word(kind: FramingKind) -> Option<&'static str> {
    match kind {
        FramingKind::Neutral => None,
        FramingKind::Endorsing => Some("endorsing"),
        FramingKind::Distancing => Some("distancing"),
        FramingKind::Charged => Some("charged"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn each_statement_says_what_is_not_usual_in_the_voice_it_has_it_from() {
        let record = sample::rich::record();
        let view = View::new(&record);
        let lines =
            |badges: Vec<Badge>| badges.iter().map(|it| it.line(": ")).collect::<Vec<_>>().join(" · ");
        let told: Vec<String> = view
            .statements
            .iter()
            .map(|seen| {
                let statement = seen.statement;
                let cue = statement.cue.text.as_deref().unwrap_or_default();
                let (own, other) = (lines(speakers(statement)), lines(reporters(statement)));
                format!("{cue} | {own} | {other} | {}", circumstances(&view, statement).join(" · "))
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
told | sure: “certainly” | no basis offered: “did not cite any survey” | to reporters · at the Harbour Club · said “on Tuesday” (2021-03-02) · speaks of “since 2015” (from 2015 on)
countered | denies: “false” |  | to the council · in a letter
said | hedged: “might” · rests on a document: “the audit of August 2019” |  | speaks of “1953”
claimed |  | distancing: “claimed” | said “on Monday” (2021-03-01)
acknowledged | concedes a point · own observation: “saw” | endorsing: “acknowledged” · from unnamed people: “on condition of anonymity” | speaks of “the winter of 2018” (2018-12 – 2019-02)
asked | asks |  | 
doubt | doubts |  | 
blasted | judges | charged: “blasted” | 
promised | intends |  | 
withdrew |  |  | said “On Wednesday” (2021-03-03)
"#);
    }

    #[test]
    fn those_spoken_to_are_named_once() {
        let record = sample::rich::record();
        let view = View::new(&record);
        let mut told = record.reading.statements[0].clone();
        assert!(circumstances(&view, &told)[1].ends_with("the Harbour Club"));
        let club = told.venue.clone().unwrap();
        told.addressee = Some(onrecord_record::Addressee { text: club.text, span: club.span, agent: None });
        let lines = circumstances(&view, &told);
        assert_eq!(lines.iter().filter(|line| line.contains("Harbour Club")).count(), 1, "{lines:?}");
    }

    #[test]
    fn denying_is_not_said_twice() {
        let record = sample::rich::record();
        let mut denial = record.reading.statements[1].clone();
        let lines =
            |statement: &Statement| speakers(statement).iter().map(|it| it.line(": ")).collect::<Vec<_>>();
        assert_eq!(lines(&denial), ["denies: “false”"]);
        denial.cue.text = Some("false".into());
        assert_eq!(lines(&denial), ["denies"]);
        denial.act = Some(Act::Asserts);
        assert_eq!(lines(&denial), ["says it is not so: “false”"]);
    }

    #[test]
    fn of_a_thousand_bases_and_endless_words_a_few_are_shown() {
        let mut record = sample::rich::record();
        let mut basis = record.reading.statements[2].basis[0].clone();
        basis.text = "long ".repeat(10_000);
        record.reading.statements[2].basis = vec![basis; 1_000];
        let badges = speakers(&record.reading.statements[2]);
        assert!(badges.len() < 10 && badges.iter().all(|badge| badge.line(": ").len() < 200));
    }
}
