//! What of an answer is shown, in words, for both forms.

use crate::badge::{reporters, speakers};
use crate::harmless_line;
use crate::question::{Answer, Counts, Said, Silent, SilentKind, Telling};
use crate::report::entered::{analysts, corrections};
use onrecord_record::{Form, Stance, Statement};

/// Characters of a statement that are shown; the whole is one look-up away.
const LONGEST: usize = 600;

/// The lists of an answer, with their headings and what they say of themselves.
pub(super) fn sides(answer: &Answer) -> [(Stance, &'static str, u64); 4] {
    let counts = &answer.counts;
    [
        (Stance::Supports, "say it", counts.supports),
        (Stance::Denies, "deny it", counts.denies),
        (Stance::Doubts, "doubt it", counts.doubts),
        (Stance::Mentions, "speak of it and take no side", counts.mentions),
    ]
}

/// A statement as it is shown.
pub(super) struct Line {
    pub(super) speaker: String,
    /// The words, in quotation marks where the text has them.
    pub(super) words: String,
    pub(super) day: String,
    /// Title, publisher and day of the document.
    pub(super) place: String,
    /// What the speaker does and how surely, and what it rests on.
    pub(super) own: Vec<String>,
    /// How the reporter puts it.
    pub(super) reporter: Vec<String>,
    /// Why it is taken for this side, where that is not plain.
    pub(super) why: Option<&'static str>,
    /// What people have otherwise than the program.
    pub(super) people: Vec<String>,
    /// What analysts make of it.
    pub(super) analysts: Vec<String>,
    pub(super) id: String,
}

impl Line {
    pub(super) fn of(said: &Said) -> Line {
        let text = |field: &str| said.line[field].as_str().map(|text| harmless_line(text).into_owned());
        let statement: Option<Statement> = serde_json::from_value(said.line.clone()).ok();
        let (mut own, mut reporter) = (Vec::new(), Vec::new());
        let mut quoted = false;
        if let Some(statement) = &statement {
            own.extend(speakers(statement).iter().map(|badge| harmless_line(&badge.line(": ")).into_owned()));
            reporter.extend(
                reporters(statement).iter().map(|badge| harmless_line(&badge.line(": ")).into_owned()),
            );
            if statement.basis.is_empty() {
                own.push("no basis found".into());
            }
            quoted = statement.form == Some(Form::Direct);
        }
        let content =
            said.line["content"]["text"].as_str().or(said.line["text"].as_str()).unwrap_or_default();
        let content = cut(&harmless_line(content));
        let inner = content.trim_matches(['“', '”', '"']).trim();
        Line {
            speaker: text("speaker_name").unwrap_or_else(|| "somebody".into()),
            words: if quoted { format!("“{inner}”") } else { content.clone() },
            day: said.key.day.as_deref().map(|day| harmless_line(day).into_owned()).unwrap_or_default(),
            place: place(text("document_title"), text("publisher"), text("published")),
            own,
            reporter,
            why: why(said.line["stance_reason"].as_str().unwrap_or_default()),
            people: people(&said.line),
            analysts: analysts(&said.line),
            id: text("id").or_else(|| text("document")).unwrap_or_default(),
        }
    }
}

/// Corrections, sides and claims that people entered.
fn people(line: &serde_json::Value) -> Vec<String> {
    let mut told = corrections(&line["corrected"], &line["stance_entered"], &line["stance_by_program"]);
    if let Some(claim) = line["confirmed_claim"]["claim"].as_str() {
        told.push(format!("confirmed to make the claim “{}”", cut(&harmless_line(claim))));
    }
    told
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

pub(super) fn place(title: Option<String>, publisher: Option<String>, published: Option<String>) -> String {
    let parts: Vec<String> = [title, publisher, published].into_iter().flatten().collect();
    if parts.is_empty() { "a document without a title".into() } else { parts.join(" · ") }
}

fn why(reason: &str) -> Option<&'static str> {
    match reason {
        "answer" => Some("an answer to a statement on it"),
        "words" => Some("by its words, as the program reads them"),
        "near" => Some("near the matter"),
        "person" => Some("a person’s word"),
        _ => None,
    }
}

/// A silence in words: its place, and what is silent.
pub(super) fn silence(silent: &Silent) -> (String, String) {
    let harmless = |text: &Option<String>| text.as_deref().map(|text| harmless_line(text).into_owned());
    let place =
        place(harmless(&silent.document_title), harmless(&silent.publisher), harmless(&silent.published));
    let what = match silent.kind {
        SilentKind::Noted => {
            let who = harmless(&silent.speaker_name).unwrap_or_else(|| "somebody".into());
            format!("{who}: “{}”", harmless(&silent.text).unwrap_or_default())
        }
        SilentKind::Document => {
            format!("has {} and nothing that bears on the claim", quoted(&silent.looked_for))
        }
    };
    (place, what)
}

fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("“{}”", harmless_line(word))).collect();
    words.join(", ")
}

/// "9 reports · 6 utterances · 5 speakers · 2 to 6 origins".
pub(super) fn counts(counts: &Counts) -> String {
    let counted = |n: u64, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let origins = if counts.origins_at_least == counts.origins_at_most {
        counted(counts.origins_at_most, "origin")
    } else {
        format!("{} to {} origins", counts.origins_at_least, counts.origins_at_most)
    };
    let mut parts = vec![
        counted(counts.reports, "report"),
        counted(counts.utterances, "utterance"),
        counted(counts.speakers, "speaker"),
        origins,
    ];
    if counts.unknown_origin > 0 {
        parts.push(format!("{} of unknown origin", counts.unknown_origin));
    }
    if counts.more {
        parts.push("at least: more passages bear on it than were weighed".into());
    }
    parts.join(" · ")
}

/// What people said that the counts rest on.
pub(super) fn entered(answer: &Answer) -> Vec<String> {
    let by = |by: &crate::entered::By| format!(", says {} (entry {}): {}", by.actor, by.entry, by.reason);
    let links = answer.links.iter().map(|link| {
        let names: Vec<String> =
            link.agents.iter().map(|agent| format!("{} ({})", agent.name, agent.agent)).collect();
        let word = if link.same { "one and the same" } else { "not the same" };
        format!("{word}: {}{}", names.join(", "), by(&link.by))
    });
    let origins = answer.origins_said.iter().map(|said| {
        let word = match said.relation {
            onrecord_linking::origins::Relation::Independent => "independent origins",
            _ => "one origin",
        };
        format!("{word}: {}{}", said.documents.join(", "), by(&said.by))
    });
    let told: Vec<String> = links.chain(origins).collect();
    let mut told: Vec<String> = told.iter().map(|line| harmless_line(line).into_owned()).collect();
    if !answer.first_hand.is_empty() {
        told.push(format!(
            "counted as origins of their own, since each rests on what somebody else saw: {}",
            harmless_line(&answer.first_hand.join(", "))
        ));
    }
    told
}

/// What the statements rest on, the commonest first.
pub(super) fn bases(answer: &Answer) -> Option<String> {
    let mut bases: Vec<(&String, &u64)> = answer.bases.iter().collect();
    bases.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let words = |kind: &str| match kind {
        "none_found" => "no basis found".to_owned(),
        "none_offered" => "none offered, as the text says".to_owned(),
        kind => kind.replace('_', " "),
    };
    let parts: Vec<String> = bases.into_iter().map(|(kind, n)| format!("{n} {}", words(kind))).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// How many silences there are, and how many of them are shown.
pub(super) fn silent_count(answer: &Answer) -> String {
    let (all, shown) = (answer.counts.silent, answer.silent.len());
    let least = if answer.counts.silent_more { "at least " } else { "" };
    if all > shown as u64 {
        format!("{least}{all}, the first {shown} shown")
    } else {
        format!("{least}{all}")
    }
}

/// What was searched.
pub(super) fn coverage(answer: &Answer) -> String {
    let coverage = &answer.coverage;
    let unread = match coverage.unread {
        0 => String::new(),
        n => format!(", {n} could not be read"),
    };
    let weighed = if coverage.near > coverage.weighed {
        format!("the nearest {} of {} passages near it in meaning weighed", coverage.weighed, coverage.near)
    } else {
        format!("{} passages weighed", coverage.weighed)
    };
    format!(
        "{} of {} documents searched{unread}; looked for {}, and for the same in other words; {weighed}",
        coverage.searched,
        coverage.documents,
        quoted(&coverage.looked_for),
    )
}

/// What changed in a wording besides its words.
pub(super) fn changes(telling: &Telling) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |what: &str, words: &[String]| {
        if !words.is_empty() {
            found.push(format!("{what} {}", quoted(words)));
        }
    };
    say("hedge lost:", &telling.hedges_lost);
    say("hedge added:", &telling.hedges_added);
    say("number gone:", &telling.numbers_lost);
    say("number new:", &telling.numbers_added);
    found.extend(telling.corrected.then(|| "as people corrected it".to_owned()));
    found
}
