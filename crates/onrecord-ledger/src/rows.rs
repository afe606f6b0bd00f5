//! What of a record stands in columns: enough to find statements and agents by, all of it told by the record's lines.

use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// An agent, in columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AgentRow {
    /// Which of the record's lines it stands on, from 0.
    pub(crate) line: i64,
    pub(crate) key: i64,
    pub(crate) name: String,
    pub(crate) kind: Option<String>,
}

/// A statement, in columns, with its words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StatementRow {
    pub(crate) line: i64,
    pub(crate) key: i64,
    /// Which of the agents speaks.
    pub(crate) speaker: Option<usize>,
    pub(crate) act: Option<String>,
    pub(crate) certainty: Option<String>,
    /// The kinds of basis, each once, with commas between.
    pub(crate) basis: Option<String>,
    pub(crate) said_from: Option<String>,
    pub(crate) said_to: Option<String>,
    pub(crate) confidence: f64,
    /// Where the content begins, or the cue where there is none, in code points.
    pub(crate) start: i64,
    /// How many code points it has.
    pub(crate) characters: i64,
    /// For the index of words, not stored.
    pub(crate) words: Words,
}

/// What the index of words takes in of a statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Words {
    pub(crate) content: String,
    pub(crate) speaker: String,
    /// Words that stand for facts: `actdenies`.
    pub(crate) marks: String,
}

/// A record in columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rows {
    pub(crate) agents: Vec<AgentRow>,
    pub(crate) statements: Vec<StatementRow>,
    pub(crate) silences: usize,
}

/// The word that stands for a fact in the index.
pub(crate) fn mark(what: &str, value: &str) -> String {
    let value = value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    what.chars().chain(value).collect()
}

/// The number that an id is filed under: its sixteen hexadecimal digits.
pub(crate) fn key(id: &str) -> Option<i64> {
    let (_, digits) = id.split_once('_')?;
    if digits.len() != 16 {
        return None;
    }
    u64::from_str_radix(digits, 16).ok().map(u64::cast_signed)
}

/// The id that is filed under a number.
pub(crate) fn id(prefix: &str, key: i64) -> String {
    format!("{prefix}_{:016x}", key.cast_unsigned())
}

/// Any line, as far as columns go. Everything may be absent, so that records of other versions can be read.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'l"))]
struct Line<'l> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'l, str>,
    #[serde(default, borrow)]
    id: Option<Cow<'l, str>>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    /// Of an agent.
    #[serde(default, borrow, rename = "kind")]
    agent_kind: Option<Cow<'l, str>>,
    #[serde(default)]
    cue: Role,
    #[serde(default)]
    content: Role,
    #[serde(default, borrow)]
    form: Option<Cow<'l, str>>,
    #[serde(default, borrow)]
    speaker: Option<Cow<'l, str>>,
    #[serde(default, borrow)]
    act: Option<Cow<'l, str>>,
    #[serde(default)]
    certainty: Certainty,
    #[serde(default)]
    basis: Vec<Basis>,
    #[serde(default)]
    said: Option<Said>,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(default)]
    statements: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Role {
    #[serde(default)]
    spans: Vec<(i64, i64)>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Deserialize, Default)]
struct Certainty {
    #[serde(default)]
    level: Option<String>,
}

#[derive(Deserialize)]
struct Basis {
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
}

/// The columns of a record's lines.
///
/// # Errors
/// In words, when a line is none of a record.
pub(crate) fn rows(lines: &[u8]) -> Result<Rows, String> {
    let mut rows = Rows::default();
    let mut agents: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut silent: BTreeSet<String> = BTreeSet::new();
    for (number, line) in lines.split(|byte| *byte == b'\n').enumerate() {
        if line.is_empty() {
            continue;
        }
        let wrong = |what: &dyn std::fmt::Display| format!("line {} of the record {what}", number + 1);
        let found: Line<'_> = serde_json::from_slice(line).map_err(|error| wrong(&error))?;
        let key = || found.id.as_deref().and_then(key).ok_or_else(|| wrong(&"has no id"));
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        match &*found.kind {
            "agent" => {
                let name = found.name.clone().unwrap_or_default();
                let words = std::iter::once(&name).chain(&found.names).cloned().collect::<Vec<_>>().join(" ");
                let id = found.id.as_deref().unwrap_or_default().to_owned();
                agents.insert(id, (rows.agents.len(), words));
                let kind = found.agent_kind.as_deref().map(str::to_owned);
                rows.agents.push(AgentRow { line: number, key: key()?, name, kind });
            }
            "statement" => {
                let key = key()?;
                rows.statements.push(statement(number, key, found, &agents));
            }
            "silence" => {
                rows.silences += 1;
                silent.extend(found.statements);
            }
            _ => {}
        }
    }
    for statement in &mut rows.statements {
        if silent.contains(&id("st", statement.key)) {
            statement.words.marks.push_str(" hassilence");
        }
    }
    Ok(rows)
}

fn statement(
    line: i64,
    key: i64,
    found: Line<'_>,
    agents: &BTreeMap<String, (usize, String)>,
) -> StatementRow {
    let spans = if found.content.spans.is_empty() { &found.cue.spans } else { &found.content.spans };
    let start = spans.first().map_or(0, |span| span.0);
    let end = spans.last().map_or(0, |span| span.1);
    let (speaker, speaker_words) = match found.speaker.as_deref().and_then(|id| agents.get(id)) {
        Some((at, words)) => (Some(*at), words.clone()),
        None => (None, String::new()),
    };
    let kinds: BTreeSet<&str> = found.basis.iter().map(|basis| basis.kind.as_str()).collect();
    let (said_from, said_to) = found.said.map_or((None, None), |said| (said.from, said.to));
    let mut marks = Vec::new();
    let mut add = |what: &str, value: Option<&str>| marks.extend(value.map(|value| mark(what, value)));
    add("act", found.act.as_deref());
    add("certainty", found.certainty.level.as_deref());
    add("form", found.form.as_deref());
    kinds.iter().for_each(|kind| add("basis", Some(kind)));
    let basis = (!kinds.is_empty()).then(|| kinds.iter().copied().collect::<Vec<_>>().join(","));
    StatementRow {
        line,
        key,
        speaker,
        act: found.act.map(Cow::into_owned),
        certainty: found.certainty.level,
        basis,
        said_from,
        said_to,
        confidence: found.confidence.unwrap_or(0.0),
        start,
        characters: (end - start).max(0),
        words: Words {
            content: found.content.text.unwrap_or_default(),
            speaker: speaker_words,
            marks: marks.join(" "),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_their_numbers_are_one() {
        for id_ in ["st_0000000000000000", "st_ffffffffffffffff", "st_8f854e53c7fa1870"] {
            assert_eq!(id("st", key(id_).unwrap()), id_);
        }
        assert_eq!(key("st_12"), None);
        assert_eq!(key("doc"), None);
    }

    #[test]
    fn lines_of_any_version_give_columns() {
        let lines = concat!(
            r#"{"type":"document","id":"doc_0000000000000001","published":"2031-02-03"}"#,
            "\n",
            r#"{"type":"agent","id":"ag_0000000000000002","name":"Ann Vey","kind":"person","names":["Mayor Vey"]}"#,
            "\n",
            r#"{"type":"statement","id":"st_0000000000000003","speaker":"ag_0000000000000002","act":"denies","new":{"x":1},"#,
            r#""content":{"spans":[[3,9],[12,20]],"text":"it is not so"},"basis":[{"kind":"none_offered"}],"confidence":0.5}"#,
            "\n",
            r#"{"type":"silence","id":"si_0000000000000004","statements":["st_0000000000000003"]}"#,
            "\n",
            r#"{"type":"something new"}"#,
            "\n",
        );
        let rows = rows(lines.as_bytes()).unwrap();
        assert_eq!(rows.agents.len(), 1);
        let statement = &rows.statements[0];
        assert_eq!((statement.line, statement.key, statement.speaker), (2, 3, Some(0)));
        assert_eq!((statement.start, statement.characters), (3, 17));
        assert_eq!(statement.basis.as_deref(), Some("none_offered"));
        assert_eq!(statement.words.marks, "actdenies basisnoneoffered hassilence");
        assert_eq!(statement.words.speaker, "Ann Vey Mayor Vey");
        assert_eq!(rows.silences, 1);
        assert!(super::rows(b"{\"type\":\"statement\"}\n").unwrap_err().contains("line 1"));
        assert!(super::rows(b"nonsense").is_err());
    }
}
