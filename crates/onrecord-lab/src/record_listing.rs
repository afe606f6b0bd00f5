//! A record as a short listing that a person can read and a change of which shows line by line.

use onrecord::Record;
use onrecord_record::{Agent, AgentKind, Form, RoleSpans, Statement, Time};
use std::fmt::Write;

/// The listing: the metadata, one line for each agent and one for each statement. No confidences and no ids, so that
/// it changes only when what is found changes.
///
/// ```text
/// agent: Ada Moss | person | Harbour chief Ada Moss; Moss | Harbour chief
/// Ada Moss | Moss | said | that the quay is safe | indirect
/// ```
pub fn listing(record: &Record) -> String {
    let mut out = String::new();
    let document = &record.document;
    let fields = [
        ("title", &document.title),
        ("byline", &document.byline),
        ("publisher", &document.publisher),
        ("credit", &document.credit),
        ("published", &document.published),
    ];
    // Writing to a string cannot fail.
    for (name, value) in fields {
        let _ = writeln!(out, "{name}: {}", value.as_deref().map_or("–".into(), one_line));
    }
    let _ = writeln!(out);
    for agent in &record.reading.agents {
        let names = agent.names.iter().map(|name| one_line(name)).collect::<Vec<_>>().join("; ");
        let roles = agent.roles.iter().map(|role| one_line(&role.text)).collect::<Vec<_>>().join("; ");
        let name = one_line(&agent.name);
        let _ = writeln!(out, "agent: {name} | {} | {names} | {roles}", kind_name(agent.kind));
    }
    let _ = writeln!(out);
    for statement in &record.reading.statements {
        let _ = writeln!(out, "{}", statement_line(record, statement));
    }
    out
}

fn statement_line(record: &Record, statement: &Statement) -> String {
    let speaker = speaker(record, statement).map_or("–".to_owned(), |agent| one_line(&agent.name));
    let [source, cue, content] =
        [&statement.source, &statement.cue, &statement.content].map(|role| pieces(record, role));
    format!("{speaker} | {source} | {cue} | {content} | {}", form_name(statement.form))
}

/// The agent behind a statement's source.
pub fn speaker<'r>(record: &'r Record, statement: &Statement) -> Option<&'r Agent> {
    record.reading.agents.iter().find(|agent| Some(&agent.id) == statement.speaker.as_ref())
}

/// The words of a role on one line: a dash when it is absent, " … " between its pieces.
pub fn pieces(record: &Record, role: &RoleSpans) -> String {
    let characters = || record.document.text().chars();
    let piece = |start: u32, end: u32| -> String {
        let piece: String = characters().skip(start as usize).take((end - start) as usize).collect();
        one_line(&piece)
    };
    let pieces: Vec<String> = role.spans.iter().map(|span| piece(span.start.0, span.end.0)).collect();
    if pieces.is_empty() { "–".into() } else { pieces.join(" … ") }
}

/// The kind as the record writes it, a dash for none.
pub fn kind_name(kind: Option<AgentKind>) -> &'static str {
    match kind {
        Some(AgentKind::Person) => "person",
        Some(AgentKind::Organisation) => "organisation",
        Some(AgentKind::Group) => "group",
        Some(AgentKind::Document) => "document",
        Some(AgentKind::Unnamed) => "unnamed",
        None => "–",
    }
}

fn form_name(form: Option<Form>) -> &'static str {
    match form {
        Some(Form::Direct) => "direct",
        Some(Form::Indirect) => "indirect",
        Some(Form::Mixed) => "mixed",
        None => "–",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line `SPEAKER | cue | content` for each statement.
pub fn attribution_lines(record: &Record) -> Vec<String> {
    let line = |statement: &Statement| {
        let name = speaker(record, statement).map_or("–".to_owned(), |agent| one_line(&agent.name));
        format!("{name} | {} | {}", pieces(record, &statement.cue), pieces(record, &statement.content))
    };
    record.reading.statements.iter().map(line).collect()
}

/// A line `source | SPEAKER (kind)` for each statement.
pub fn speaker_lines(record: &Record) -> Vec<String> {
    let line = |statement: &Statement| {
        let speaker = speaker(record, statement).map_or("–".to_owned(), |agent| {
            format!("{} ({})", one_line(&agent.name), kind_name(agent.kind))
        });
        format!("{} | {speaker}", pieces(record, &statement.source))
    };
    record.reading.statements.iter().map(line).collect()
}

/// A line `NAME | kind | names | roles | also known as` for each agent, a dash for what is not there.
pub fn agent_lines(record: &Record) -> Vec<String> {
    let joined = |texts: Vec<String>| if texts.is_empty() { "–".to_owned() } else { texts.join("; ") };
    let line = |agent: &Agent| {
        let names = agent.names.iter().map(|name| one_line(name)).collect();
        let roles = agent.roles.iter().map(|role| one_line(&role.text)).collect();
        let aliases = agent.also_known_as.iter().map(|alias| one_line(&alias.name)).collect();
        let (names, roles, aliases) = (joined(names), joined(roles), joined(aliases));
        format!("{} | {} | {names} | {roles} | {aliases}", one_line(&agent.name), kind_name(agent.kind))
    };
    record.reading.agents.iter().map(line).collect()
}

/// A line `WORDS | TYPE | value | days` for each expression of time, then a line `SPEAKER | cue | when it was said | times its
/// content speaks of` for each statement. A dash for what is not told.
pub fn time_lines(record: &Record) -> Vec<String> {
    let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".into());
    let days = |from: &Option<String>, to: &Option<String>| match (from, to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (None, None) => "–".to_owned(),
        (from, to) => format!("{} to {}", dash(from), dash(to)),
    };
    let time = |time: &Time| {
        let kind = format!("{:?}", time.timex).to_uppercase();
        format!("{} | {kind} | {} | {}", one_line(&time.text), dash(&time.value), days(&time.from, &time.to))
    };
    let statement = |statement: &Statement| {
        let name = speaker(record, statement).map_or("–".to_owned(), |agent| one_line(&agent.name));
        let said = statement.said.as_ref();
        let said = said.map_or("–".to_owned(), |said| {
            format!("{} ({})", days(&said.from, &said.to), said.text.as_deref().map_or("–".into(), one_line))
        });
        let about: Vec<String> = statement.about_time.iter().map(|time| dash(&time.value)).collect();
        let about = if about.is_empty() { "–".to_owned() } else { about.join("; ") };
        format!("{name} | {} | {said} | {about}", pieces(record, &statement.cue))
    };
    let times = record.reading.times.iter().map(time);
    times.chain(record.reading.statements.iter().map(statement)).collect()
}

/// A line `field: value` for each field of the document that is known, its language and, of a page, its text.
pub fn intake_lines(record: &Record) -> Vec<String> {
    let document = &record.document;
    let text = (document.media_type == "text/html").then(|| document.text().to_owned());
    let fields = [
        ("title", &document.title),
        ("byline", &document.byline),
        ("publisher", &document.publisher),
        ("credit", &document.credit),
        ("published", &document.published),
        ("language", &document.language),
        ("text", &text),
    ];
    let line =
        |(name, value): (&str, &Option<String>)| Some(format!("{name}: {}", one_line(value.as_deref()?)));
    fields.into_iter().filter_map(line).collect()
}
