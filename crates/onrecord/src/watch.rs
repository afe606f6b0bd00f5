//! Lists of names, and the agents of a record held against them.
//!
//! The bytes of a list are decoded here and read by `onrecord-linking`; a record's persons and organisations are then
//! asked for, with what their document says of them. What is found is put beside the record and changes nothing in it.

use crate::Record;
use onrecord_linking::watchlist::{ListFile, ListLimits, Queries, Query, ReadList};
use onrecord_record::{Agent, AgentKind, ListFinding, ListKind, ListMatch};
use std::borrow::Cow;

pub use onrecord_linking::watchlist::{ListProblem, Problems, Watchlist};

/// The most entries that are proposed for one agent.
const MOST_MATCHES: usize = 3;

/// Lines whose numbers a note gives.
const LINES_NAMED: usize = 20;

/// One file of a list, or of names to be held against one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListBytes {
    /// Its name, for messages.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads the files of one list, called `name`. Never fails: what could not be read is a problem.
pub fn read_list(name: &str, files: &[ListBytes]) -> ReadList {
    let texts: Vec<(Cow<'_, str>, Vec<String>)> = files.iter().map(|file| decoded(&file.bytes)).collect();
    let parts: Vec<ListFile<'_>> =
        files.iter().zip(&texts).map(|(file, (text, _))| ListFile { name: &file.name, text }).collect();
    let mut read = onrecord_linking::watchlist::read_list(name, &parts, ListLimits::default());
    for (file, (_, notes)) in files.iter().zip(&texts) {
        // Of a list that is one file the user has the name already.
        let which = if files.len() == 1 { String::new() } else { format!("{}: ", file.name) };
        read.notes.extend(notes.iter().map(|note| format!("{which}{note}")));
    }
    read
}

/// Reads a file of names to be held against a list, and what must be known about its decoding.
pub fn read_queries(file: &ListBytes) -> (Queries, Vec<String>) {
    let (text, notes) = decoded(&file.bytes);
    (onrecord_linking::watchlist::read_queries(&file.name, &text, ListLimits::default()), notes)
}

/// The text of a table. Where lines in different encodings were put together, each is read for itself: those that are
/// UTF-8 stay so, and the others are decoded together.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Vec<String>) {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if marked {
        return onrecord_intake::decoded(bytes);
    }
    // UTF-16 has a NUL in every second place of Latin text, which makes it valid UTF-8 too.
    let nuls = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if even + odd > bytes.len() / 8 {
        let mark: &[u8] = if odd > even { b"\xff\xfe" } else { b"\xfe\xff" };
        let marked = [mark, bytes].concat();
        let (text, notes) = onrecord_intake::decoded(&marked);
        return (Cow::Owned(text.into_owned()), notes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let whole = || onrecord_intake::decoded(bytes);
    let lines: Vec<Result<&str, &[u8]>> =
        bytes.split(|byte| *byte == b'\n').map(|line| std::str::from_utf8(line).map_err(|_| line)).collect();
    if !lines.iter().flatten().any(|line| !line.is_ascii()) {
        return whole();
    }
    let bad: Vec<&[u8]> = lines.iter().filter_map(|line| line.err()).collect();
    let joined = bad.join(&b'\n');
    let (text, warnings) = onrecord_intake::decoded(&joined);
    let mut made = text.split('\n');
    if text.split('\n').count() != bad.len() {
        return whole();
    }
    let out: Vec<&str> =
        lines.iter().map(|line| line.unwrap_or_else(|_| made.next().unwrap_or_default())).collect();
    let numbers =
        lines.iter().enumerate().filter(|(_, line)| line.is_err()).map(|(n, _)| (n + 1).to_string());
    let mut told = numbers.clone().take(LINES_NAMED).collect::<Vec<_>>().join(", ");
    if bad.len() > LINES_NAMED {
        told = format!("{told} and {} more", bad.len() - LINES_NAMED);
    }
    let (which, are, they) =
        if bad.len() == 1 { ("line", "is", "It was") } else { ("lines", "are", "They were") };
    let how = warnings.join(" ").replace("The file names no encoding; it was", they);
    (Cow::Owned(out.join("\n")), vec![format!("{which} {told} {are} not UTF-8 as the others are. {how}")])
}

impl Record {
    /// Holds the persons and organisations of the document against `list` and keeps what is proposed. Groups, documents
    /// and unnamed sources have no name that a list could hold.
    pub fn hold_against(&mut self, list: &Watchlist) {
        let document = &self.document.id;
        for agent in &self.reading.agents {
            let found = findings(agent, list).into_iter();
            self.list_matches.extend(found.map(|finding| ListMatch {
                document: document.clone(),
                agent: agent.id.clone(),
                finding,
            }));
        }
    }
}

/// The entries of `list` that an agent may be, the likeliest first.
pub fn findings(agent: &Agent, list: &Watchlist) -> Vec<ListFinding> {
    query(agent).map(|query| list.matches(&query, MOST_MATCHES)).unwrap_or_default()
}

/// What is asked of a list about an agent; none when it has no name to ask for.
fn query(agent: &Agent) -> Option<Query> {
    let kind = match agent.kind {
        Some(AgentKind::Person) => Some(ListKind::Person),
        Some(AgentKind::Organisation) => Some(ListKind::Organisation),
        None => None,
        Some(AgentKind::Group | AgentKind::Document | AgentKind::Unnamed) => return None,
    };
    if !is_name(&agent.name) {
        return None;
    }
    let mut roles: Vec<String> = agent.roles.iter().map(|role| role.text.clone()).collect();
    // A wording that holds the name and more says what the bearer is: "the Iranian diplomat Tobias Fenn".
    let wordings = agent.names.iter().filter(|wording| wording.len() > agent.name.len());
    roles.extend(wordings.filter_map(|wording| {
        let around = wording.replacen(&agent.name, " ", 1);
        (around.len() < wording.len()).then_some(around)
    }));
    Some(Query {
        name: agent.name.clone(),
        other_names: agent.also_known_as.iter().map(|alias| alias.name.clone()).collect(),
        kind,
        roles,
        from_text: true,
        ..Query::default()
    })
}

/// Whether a wording names somebody and does not describe: a word of it, an article apart, is written large, or its script
/// has no small letters.
fn is_name(wording: &str) -> bool {
    let words = wording.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !["The", "A", "An"].contains(word)).any(|word| {
        word.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use onrecord_record::ListBand;

    fn list(rows: &str) -> Watchlist {
        let read = read_list("l.csv", &[ListBytes { name: "l.csv".into(), bytes: rows.as_bytes().to_vec() }]);
        assert_eq!(read.problems.total(), 0);
        Watchlist::build(read.entries)
    }

    #[test]
    fn agents_are_held_against_a_list_and_stay_as_they_are() {
        let mut record = sample::record();
        record.hold_against(&list(
            "name,type\n\"FELD, Mara\",person\nHarbour Union,company\nshopkeeper,person\n",
        ));
        let found: Vec<(&str, ListBand)> =
            record.list_matches.iter().map(|it| (it.finding.name.as_str(), it.finding.band)).collect();
        assert_eq!(found, [("FELD, Mara", ListBand::Same), ("Harbour Union", ListBand::Same)]);
        assert_eq!(record.list_matches[0].agent, record.reading.agents[0].id);
        assert_eq!(record.reading, sample::record().reading);
    }

    #[test]
    fn descriptions_are_no_names() {
        for (wording, named) in [
            ("The base", false),
            ("the company", false),
            ("The Base", true),
            ("港口", true),
            ("", false),
            ("bin Laden", true),
        ] {
            assert_eq!(is_name(wording), named, "{wording}");
        }
    }

    #[test]
    fn lines_in_other_encodings_are_read_for_themselves() {
        let mut bytes = "name\nЖанна Орлова\n".as_bytes().to_vec();
        bytes.extend(b"Andr\xe9 P\xe9rier\n");
        let (text, notes) = decoded(&bytes);
        assert_eq!(text, "name\nЖанна Орлова\nAndré Périer\n");
        assert_eq!(notes.len(), 1);
        assert!(notes[0].starts_with("line 3 is not UTF-8 as the others are."), "{notes:?}");
        let (text, notes) = decoded(b"name\nAndr\xe9 P\xe9rier\n");
        assert_eq!(text, "name\nAndré Périer\n");
        assert!(notes[0].contains("it was read as"), "{notes:?}");
        let wide: Vec<u8> = "name\nÉva Orr\nBo Dorn\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decoded(&wide).0.ends_with("name\nÉva Orr\nBo Dorn\n"));
    }
}
