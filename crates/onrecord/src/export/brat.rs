//! The record as standoff annotation, so that the annotation tool brat and the scripts around it can open it.
//!
//! Each statement is an event `Attribution` triggered by its cue, with the arguments `Source` and `Content`; where the
//! cue is absent, a relation `Attributes` ties content to source. A nested statement is an argument `Within` of its
//! event. The form is an attribute, the speaker's name a note. Offsets count code points of the text, as brat does.

use crate::Record;
use onrecord_record::{AgentId, Form, RoleSpans, StatementId, TextIndex};
use std::collections::HashMap;
use std::io::{self, Write};

/// What brat must be told once for a directory of such files (`annotation.conf`).
pub const CONFIGURATION: &str = "\
[entities]
Source
Content

[relations]
Attributes\tArg1:Content, Arg2:Source

[events]
Attribution\tSource?:Source, Content?:Content, Within?:Attribution

[attributes]
Form\tArg:<ANY>, Value:direct|indirect|mixed
";

/// Writes the annotation file (`.ann`) of one document; its text file is the document's text, unchanged.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(record: &Record, out: &mut impl Write) -> io::Result<()> {
    let index = TextIndex::new(record.document.text());
    let statements = &record.reading.statements;
    let names: HashMap<&AgentId, &str> =
        record.reading.agents.iter().map(|agent| (&agent.id, agent.name.as_str())).collect();
    // An event's number is known before it is written, since a statement may lie within a later one.
    let events: HashMap<&StatementId, usize> = statements
        .iter()
        .filter(|statement| !statement.cue.is_absent())
        .enumerate()
        .map(|(n, statement)| (&statement.id, n + 1))
        .collect();
    let mut bounds = Bounds { index, count: 0 };
    let (mut relations, mut attributes, mut notes) = (0, 0, 0);
    for statement in statements {
        let source = bounds.write("Source", &statement.source, out)?;
        let cue = bounds.write("Attribution", &statement.cue, out)?;
        let content = bounds.write("Content", &statement.content, out)?;
        let target = match (cue, events.get(&statement.id)) {
            (Some(cue), Some(event)) => {
                write!(out, "E{event}\tAttribution:T{cue}")?;
                let roles = [("Source", source), ("Content", content)];
                for (role, bound) in roles.into_iter().filter_map(|(role, bound)| Some((role, bound?))) {
                    write!(out, " {role}:T{bound}")?;
                }
                if let Some(outer) = statement.within.as_ref().and_then(|outer| events.get(outer)) {
                    write!(out, " Within:E{outer}")?;
                }
                writeln!(out)?;
                format!("E{event}")
            }
            _ => {
                if let (Some(source), Some(content)) = (source, content) {
                    relations += 1;
                    writeln!(out, "R{relations}\tAttributes Arg1:T{content} Arg2:T{source}")?;
                }
                match content.or(source) {
                    Some(bound) => format!("T{bound}"),
                    None => continue,
                }
            }
        };
        if let Some(form) = statement.form {
            attributes += 1;
            writeln!(out, "A{attributes}\tForm {target} {}", form_name(form))?;
        }
        if let Some(name) = statement.speaker.as_ref().and_then(|speaker| names.get(speaker)) {
            notes += 1;
            writeln!(out, "#{notes}\tAnnotatorNotes {target}\tspeaker: {}", one_line(name))?;
        }
    }
    Ok(())
}

/// Writes text-bound annotations and numbers them.
struct Bounds<'t> {
    index: TextIndex<'t>,
    count: usize,
}

impl Bounds<'_> {
    /// One `T` line for the role, or nothing when it is absent. brat wants no line end inside a fragment, so a piece
    /// that runs over one is cut there.
    fn write(&mut self, kind: &str, role: &RoleSpans, out: &mut impl Write) -> io::Result<Option<usize>> {
        let mut fragments: Vec<(u32, u32, &str)> = Vec::new();
        for span in &role.spans {
            let mut at = span.start.0;
            for line in self.index.slice(*span).split_inclusive(['\n', '\r']) {
                let kept = line.trim_end_matches(['\n', '\r']);
                let end = at + kept.chars().count() as u32;
                if end > at {
                    fragments.push((at, end, kept));
                }
                at += line.chars().count() as u32;
            }
        }
        if fragments.is_empty() {
            return Ok(None);
        }
        self.count += 1;
        write!(out, "T{}\t{kind} ", self.count)?;
        for (n, (start, end, _)) in fragments.iter().enumerate() {
            write!(out, "{}{start} {end}", if n == 0 { "" } else { ";" })?;
        }
        for (n, (_, _, text)) in fragments.iter().enumerate() {
            write!(out, "{}{}", if n == 0 { "\t" } else { " " }, text)?;
        }
        writeln!(out)?;
        Ok(Some(self.count))
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    }
}

fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn roles_hang_together_and_every_fragment_is_the_texts() {
        let record = sample::record();
        let mut out = Vec::new();
        write(&record, &mut out).unwrap();
        let ann = String::from_utf8(out).unwrap();
        let text: Vec<char> = record.document.text().chars().collect();
        let mut bounds = 0;
        for line in ann.lines().filter(|line| line.starts_with('T')) {
            let fields: Vec<&str> = line.splitn(3, '\t').collect();
            let spans = fields[1].split_once(' ').unwrap().1;
            let joined: Vec<String> = spans
                .split(';')
                .map(|span| {
                    let (start, end) = span.split_once(' ').unwrap();
                    text[start.parse::<usize>().unwrap()..end.parse().unwrap()].iter().collect()
                })
                .collect();
            assert_eq!(joined.join(" "), fields[2]);
            bounds += 1;
        }
        assert!(bounds > 10);
        assert!(ann.contains("E1\tAttribution:T2 Source:T1 Content:T3\n"), "{ann}");
        assert!(ann.contains(" Within:E"), "{ann}");
        assert!(ann.contains("\tAnnotatorNotes E1\tspeaker: Mara Feld"), "{ann}");
    }
}
