//! The record as standoff annotation, so that the annotation tool brat and the scripts around it can open it.
//!
//! Each statement is an event `Attribution` triggered by its cue, with the arguments `Source` and `Content`; where the
//! cue is absent, a relation `Attributes` ties content to source. A nested statement is an argument `Within` of its
//! event; so are its addressee, its venue, each basis, and the statements it answers or takes back. Form, act, certainty,
//! framing and concession are attributes, the speaker's name is a note. Silences and times are entities, a silence tied to
//! what it concerns by the relation `Concerns`. Offsets count code points of the text, as brat does.

mod words;

use crate::Record;
use onrecord_record::{AgentId, CodePoint, RoleSpans, Span, Statement, StatementId, TextIndex};
use std::collections::HashMap;
use std::io::{self, Write};

/// What brat must be told once for a directory of such files (`annotation.conf`).
pub const CONFIGURATION: &str = "\
[entities]
Source
Content
Basis
Addressee
Venue
Silence
Time

[relations]
Attributes\tArg1:Content, Arg2:Source
Concerns\tArg1:Silence, Arg2:Attribution

[events]
Attribution\tSource?:Source, Content?:Content, Within?:Attribution, Addressee?:Addressee, Venue?:Venue, Basis*:Basis, \
Answers*:Attribution, TakesBack*:Attribution

[attributes]
Form\tArg:<ANY>, Value:direct|indirect|mixed
Act\tArg:<ANY>, Value:asserts|denies|doubts|asks|intends|judges
Certainty\tArg:<ANY>, Value:certain|likely|possible|unlikely|denied
Framing\tArg:<ANY>, Value:neutral|endorsing|distancing|charged
Concession\tArg:<ANY>
Rests\tArg:Basis, Value:document|intelligence|data|media|named_source|unnamed_source|observation|inference|none_offered
Whose\tArg:Basis, Value:speaker|reporter
Timex\tArg:Time, Value:DATE|TIME|DURATION|SET
";

/// The most arguments of one kind that an event is given.
const MOST_ARGUMENTS: usize = 24;

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
    let mut page = Page { bounds: Bounds { index, count: 0 }, events, relations: 0, attributes: 0, notes: 0 };
    for statement in statements {
        page.statement(statement, &names, out)?;
    }
    for silence in &record.reading.silences {
        let Some(bound) = page.bounds.piece("Silence", silence.span, out)? else { continue };
        for event in page.known(&silence.statements) {
            page.relations += 1;
            writeln!(out, "R{}\tConcerns Arg1:T{bound} Arg2:E{event}", page.relations)?;
        }
        let name = silence.agent.as_ref().and_then(|agent| names.get(agent)).copied();
        if let Some(name) = name.or_else(|| silence.who.as_ref().map(|who| who.text.as_str())) {
            page.note(&format!("T{bound}"), &format!("silent: {name}"), out)?;
        }
    }
    for time in &record.reading.times {
        let Some(bound) = page.bounds.piece("Time", time.span, out)? else { continue };
        let bound = format!("T{bound}");
        page.attribute("Timex", &bound, Some(words::timex(time.timex)), out)?;
        if let Some(value) = &time.value {
            page.note(&bound, &format!("value: {value}"), out)?;
        }
    }
    Ok(())
}

/// A file in the making: each kind of line has numbers of its own.
struct Page<'t> {
    bounds: Bounds<'t>,
    events: HashMap<&'t StatementId, usize>,
    relations: usize,
    attributes: usize,
    notes: usize,
}

impl Page<'_> {
    fn statement(
        &mut self,
        statement: &Statement,
        names: &HashMap<&AgentId, &str>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let source = self.bounds.write("Source", &statement.source, out)?;
        let cue = self.bounds.write("Attribution", &statement.cue, out)?;
        let content = self.bounds.write("Content", &statement.content, out)?;
        let target = match (cue, self.events.get(&statement.id).copied()) {
            (Some(cue), Some(event)) => {
                let mut roles = vec![("Source", source), ("Content", content)];
                roles.extend(self.around(statement, out)?);
                self.event(event, cue, &roles, statement, out)?;
                format!("E{event}")
            }
            _ => {
                if let (Some(source), Some(content)) = (source, content) {
                    self.relations += 1;
                    writeln!(out, "R{}\tAttributes Arg1:T{content} Arg2:T{source}", self.relations)?;
                }
                match content.or(source) {
                    Some(bound) => format!("T{bound}"),
                    None => return Ok(()),
                }
            }
        };
        let facts = [
            ("Form", statement.form.map(words::form)),
            ("Act", statement.act.map(words::act)),
            ("Certainty", statement.certainty.level.map(words::certainty)),
            ("Framing", statement.framing.as_ref().map(|framing| words::framing(framing.kind))),
        ];
        for (name, value) in facts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            self.attribute(name, &target, Some(value), out)?;
        }
        if statement.concession {
            self.attribute("Concession", &target, None, out)?;
        }
        match statement.speaker.as_ref().and_then(|speaker| names.get(speaker)) {
            Some(name) => self.note(&target, &format!("speaker: {name}"), out),
            None => Ok(()),
        }
    }

    /// Writes to whom, where and on what basis it was said, and names these as arguments.
    fn around(
        &mut self,
        statement: &Statement,
        out: &mut impl Write,
    ) -> io::Result<Vec<(&'static str, Option<usize>)>> {
        let mut roles = Vec::new();
        if let Some(to) = &statement.addressee {
            roles.push(("Addressee", self.bounds.piece("Addressee", to.span, out)?));
        }
        if let Some(venue) = &statement.venue {
            roles.push(("Venue", self.bounds.piece("Venue", venue.span, out)?));
        }
        for basis in statement.basis.iter().take(MOST_ARGUMENTS) {
            let bound = self.bounds.piece("Basis", basis.span, out)?;
            if let Some(bound) = bound {
                let bound = format!("T{bound}");
                self.attribute("Rests", &bound, Some(words::basis(basis.kind)), out)?;
                self.attribute("Whose", &bound, Some(words::owner(basis.whose)), out)?;
            }
            roles.push(("Basis", bound));
        }
        Ok(roles)
    }

    fn event(
        &self,
        event: usize,
        cue: usize,
        roles: &[(&str, Option<usize>)],
        statement: &Statement,
        out: &mut impl Write,
    ) -> io::Result<()> {
        write!(out, "E{event}\tAttribution:T{cue}")?;
        let mut bases = 0;
        for (role, bound) in roles.iter().filter_map(|(role, bound)| Some((*role, (*bound)?))) {
            bases += usize::from(role == "Basis");
            write!(out, " {role}{}:T{bound}", words::ordinal(if role == "Basis" { bases } else { 1 }))?;
        }
        let within = statement.within.as_slice();
        let others =
            [("Within", within), ("Answers", &statement.responds_to), ("TakesBack", &statement.retracts)];
        for (role, ids) in others {
            for (n, other) in self.known(ids).into_iter().enumerate() {
                write!(out, " {role}{}:E{other}", words::ordinal(n + 1))?;
            }
        }
        writeln!(out)
    }

    /// The events of these statements.
    fn known(&self, ids: &[StatementId]) -> Vec<usize> {
        ids.iter().filter_map(|id| self.events.get(id)).take(MOST_ARGUMENTS).copied().collect()
    }

    fn attribute(
        &mut self,
        name: &str,
        target: &str,
        value: Option<&str>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.attributes += 1;
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        writeln!(out, "A{}\t{name} {target}{value}", self.attributes)
    }

    fn note(&mut self, target: &str, words: &str, out: &mut impl Write) -> io::Result<()> {
        self.notes += 1;
        writeln!(out, "#{}\tAnnotatorNotes {target}\t{}", self.notes, one_line(words))
    }
}

/// Writes text-bound annotations and numbers them.
struct Bounds<'t> {
    index: TextIndex<'t>,
    count: usize,
}

impl Bounds<'_> {
    /// One `T` line for a single stretch.
    fn piece(
        &mut self,
        kind: &str,
        span: Span<CodePoint>,
        out: &mut impl Write,
    ) -> io::Result<Option<usize>> {
        self.write(kind, &RoleSpans { spans: vec![span], text: None }, out)
    }

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

fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn standoff(record: &Record) -> String {
        let mut out = Vec::new();
        write(record, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The number at which the text-bound line of this kind and text begins.
    fn bound(ann: &str, kind: &str, text: &str) -> String {
        let found = ann.lines().find(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            matches!(fields[..], [_, place, words] if place.starts_with(kind) && words == text)
        });
        found.unwrap_or_else(|| panic!("{kind} {text}\n{ann}")).split('\t').next().unwrap().to_owned()
    }

    #[test]
    fn what_is_known_around_a_statement_hangs_on_it() {
        let ann = standoff(&sample::rich::record());
        let basis = bound(&ann, "Basis", "the audit of August 2019");
        assert!(ann.contains(&format!(" Basis:{basis}\n")), "{ann}");
        assert!(ann.contains(&format!("\tRests {basis} document\n")));
        let (saw, told) = (bound(&ann, "Basis", "saw"), bound(&ann, "Basis", "on condition of anonymity"));
        assert!(ann.contains(&format!(" Basis:{saw} Basis2:{told} Answers:E")), "{ann}");
        assert!(ann.contains(&format!("\tWhose {told} reporter\n")));
        let to = bound(&ann, "Addressee", "reporters");
        let venue = bound(&ann, "Venue", "the Harbour Club");
        assert!(ann.contains(&format!(" Addressee:{to} Venue:{venue} Basis:")), "{ann}");
        for line in ["Act E2 denies", "Certainty E3 possible", "Framing E4 distancing", "Concession E5"] {
            assert!(ann.contains(&format!("\t{line}\n")), "{line}\n{ann}");
        }
        assert!(ann.contains(" TakesBack:E4\n"), "{ann}");
        let silence = bound(&ann, "Silence", "declined to comment on the audit");
        assert!(ann.contains(&format!("\tConcerns Arg1:{silence} Arg2:E3\n")), "{ann}");
        let time = bound(&ann, "Time", "the winter of 2018");
        assert!(ann.contains(&format!("\tTimex {time} DATE\n")));
        assert!(ann.contains(&format!("\tAnnotatorNotes {time}\tvalue: 2018-WI\n")));
    }

    #[test]
    fn a_silent_one_who_is_no_agent_is_noted_in_the_words_of_the_text() {
        let mut record = sample::rich::record();
        let silence = &mut record.reading.silences[1];
        silence.agent = None;
        let who = onrecord_record::Piece { text: "a spokesman\nfor the port".into(), span: silence.span };
        silence.who = Some(who);
        let ann = standoff(&record);
        let noted = bound(&ann, "Silence", "declined to comment on the audit");
        assert!(
            ann.contains(&format!("\tAnnotatorNotes {noted}\tsilent: a spokesman for the port\n")),
            "{ann}"
        );
    }

    #[test]
    fn roles_hang_together_and_every_fragment_is_the_texts() {
        let record = sample::record();
        let ann = standoff(&record);
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
        assert!(ann.contains("E1\tAttribution:T2 Source:T1 Content:T3 Addressee:T4\n"), "{ann}");
        assert!(ann.contains(" Within:E"), "{ann}");
        assert!(ann.contains("\tAnnotatorNotes E1\tspeaker: Mara Feld"), "{ann}");
    }
}
