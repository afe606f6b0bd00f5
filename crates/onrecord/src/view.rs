//! What every report needs of a record: statements in the order of the text, gathered by who speaks.

use crate::cast::{Member, Sure, cast, nameless, of_the_source};
use crate::paragraph::{Paragraph, paragraph_number, paragraphs};
use crate::ties::Ties;
use crate::{Record, harmless_line};
use onrecord_record::{
    Agent, AgentId, AgentKind, CodePoint, Form, Silence, Span, Statement, StatementId, TextIndex,
};
use std::collections::HashMap;

/// Below this the program is unsure enough that a reader should see it.
pub(crate) const UNSURE_BELOW: f32 = 0.5;

/// The longest title shown, in characters.
const LONGEST_TITLE: usize = 300;

/// A record, arranged to be looked at.
pub(crate) struct View<'r> {
    pub(crate) record: &'r Record,
    pub(crate) index: TextIndex<'r>,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// In the order of the text.
    pub(crate) statements: Vec<Seen<'r>>,
    /// In the order of their first statement; what no agent says comes last.
    pub(crate) voices: Vec<Voice<'r>>,
    /// Everybody who is mentioned, the speakers first: the member at a place below [`View::speakers`] is the voice at
    /// the same place.
    pub(crate) cast: Vec<Member<'r>>,
    /// In the order of the text.
    pub(crate) silences: Vec<&'r Silence>,
    /// What ties the statements to each other and to the silences.
    pub(crate) ties: Ties,
    /// Where an agent is in `cast`.
    members: HashMap<&'r AgentId, usize>,
    /// Where a statement is in `statements`.
    numbers: HashMap<&'r StatementId, usize>,
}

/// A statement and its place.
pub(crate) struct Seen<'r> {
    pub(crate) statement: &'r Statement,
    /// The number of the paragraph it begins in, from 1; 0 without a text.
    pub(crate) paragraph: usize,
    /// Which of the view's voices says it.
    pub(crate) voice: usize,
}

/// One speaker, or all that has none.
pub(crate) struct Voice<'r> {
    pub(crate) agent: Option<&'r Agent>,
    /// Places in the view's statements.
    pub(crate) statements: Vec<usize>,
}

/// The last part of a path, of either make.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

impl<'r> View<'r> {
    pub(crate) fn new(record: &'r Record) -> Self {
        let text = record.document.text();
        let index = TextIndex::new(text);
        let paragraphs = paragraphs(text);
        let mut ordered: Vec<(Span<CodePoint>, &Statement)> =
            record.reading.statements.iter().map(|statement| (extent(statement), statement)).collect();
        ordered.sort_by_key(|(extent, statement)| {
            (extent.start, statement.cue.extent().map(|cue| cue.start), std::cmp::Reverse(extent.end))
        });

        let agents: HashMap<&AgentId, &Agent> =
            record.reading.agents.iter().map(|agent| (&agent.id, agent)).collect();
        let mut voices: Vec<Voice<'r>> = Vec::new();
        let mut voice_of: HashMap<Option<&AgentId>, usize> = HashMap::new();
        let mut statements = Vec::with_capacity(ordered.len());
        for (n, (extent, statement)) in ordered.into_iter().enumerate() {
            // "I" is no name: who is only ever a pronoun is nobody's voice.
            let agent = statement.speaker.as_ref().and_then(|speaker| agents.get(speaker).copied());
            let agent = agent.filter(|agent| !nameless(agent));
            let voice = *voice_of.entry(agent.map(|agent| &agent.id)).or_insert_with(|| {
                voices.push(Voice { agent, statements: Vec::new() });
                voices.len() - 1
            });
            voices[voice].statements.push(n);
            let paragraph = paragraph_number(&paragraphs, index.byte(extent.start).index());
            statements.push(Seen { statement, paragraph, voice });
        }
        if let Some(nobody) = voices.iter().position(|voice| voice.agent.is_none()) {
            let last = voices.len() - 1;
            voices[nobody..].rotate_left(1);
            for seen in &mut statements {
                seen.voice = match seen.voice {
                    voice if voice == nobody => last,
                    voice if voice > nobody => voice - 1,
                    voice => voice,
                };
            }
        }
        let numbers = statements.iter().enumerate().map(|(n, seen)| (&seen.statement.id, n)).collect();
        let cast = cast(&record.reading.agents, &voices);
        let members = cast.iter().enumerate().map(|(n, member)| (&member.agent.id, n)).collect();
        let mut silences: Vec<&Silence> = record.reading.silences.iter().collect();
        silences.sort_by_key(|silence| silence.span);
        let ties = Ties::new(&statements, &silences, &numbers);
        View { record, index, paragraphs, statements, voices, cast, silences, ties, members, numbers }
    }

    /// The number of the paragraph in which `span` begins, from 1; 0 without a text.
    pub(crate) fn paragraph(&self, span: Span<CodePoint>) -> usize {
        paragraph_number(&self.paragraphs, self.index.byte(span.start).index())
    }

    /// How many speakers are known.
    pub(crate) fn speakers(&self) -> usize {
        self.voices.iter().filter(|voice| voice.agent.is_some()).count()
    }

    /// How many statements have each form, leaving out forms that none has.
    pub(crate) fn forms(&self) -> Vec<(&'static str, usize)> {
        [Form::Direct, Form::Indirect, Form::Mixed]
            .into_iter()
            .map(|form| {
                (form, self.statements.iter().filter(|seen| seen.statement.form == Some(form)).count())
            })
            .filter(|(_, count)| *count > 0)
            .map(|(form, count)| (form_name(form), count))
            .collect()
    }

    /// Where the agent with this id is in `cast`.
    pub(crate) fn member(&self, id: &AgentId) -> Option<usize> {
        self.members.get(id).copied()
    }

    /// Where the statement with this id is in `statements`.
    pub(crate) fn number(&self, id: &StatementId) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The headline, or the file's name where there is none; a headline that is no line is cut.
    pub(crate) fn title(&self) -> String {
        let document = &self.record.document;
        let title =
            document.title.as_deref().or_else(|| document.path.as_deref().map(file_name)).unwrap_or("-");
        let mut shown = harmless_line(title).into_owned();
        if let Some((at, _)) = shown.char_indices().nth(LONGEST_TITLE) {
            shown.truncate(at);
            shown.push('…');
        }
        shown
    }

    /// The name shown for a voice.
    pub(crate) fn name(&self, voice: usize) -> &'r str {
        match self.voices.get(voice).and_then(|voice| voice.agent) {
            Some(agent) => &agent.name,
            None => "No speaker found",
        }
    }

    /// What is said of a speaker of whom the text gives no more than pronouns.
    pub(crate) fn nobody_named(&self, statement: &Statement) -> Option<String> {
        self.cast.get(self.member(statement.speaker.as_ref()?)?)?.same_as(self)
    }

    /// How sure it is that the source means the speaker, as far as the record tells.
    pub(crate) fn sure_of_source(&self, seen: &Seen<'r>) -> Option<Sure> {
        let agent = self.voices.get(seen.voice)?.agent?;
        of_the_source(agent, &seen.statement.source)
    }

    /// The words of the source, when they say more than the speaker's names do.
    pub(crate) fn telling_source(&self, seen: &Seen<'r>) -> Option<&'r str> {
        let source = seen.statement.source.text.as_deref()?;
        let agent = self.voices.get(seen.voice).and_then(|voice| voice.agent);
        let bare = source.strip_suffix("’s").or_else(|| source.strip_suffix("'s")).unwrap_or(source);
        let tells = agent.is_none_or(|agent| {
            !source.contains(&agent.name)
                && !agent.name.contains(bare)
                && !agent.names.iter().any(|name| name == bare)
        });
        tells.then_some(source)
    }

    /// The pieces of the content, as they stand in the text.
    pub(crate) fn content(&self, statement: &'r Statement) -> Vec<&'r str> {
        let pieces: Vec<&str> = statement.content.spans.iter().map(|span| self.index.slice(*span)).collect();
        if pieces.iter().all(|piece| piece.is_empty()) {
            return statement.content.text.as_deref().into_iter().collect();
        }
        pieces
    }
}

/// From the first place of any role to the last.
fn extent(statement: &Statement) -> Span<CodePoint> {
    let roles = [&statement.source, &statement.cue, &statement.content];
    let extents: Vec<Span<CodePoint>> = roles.iter().filter_map(|role| role.extent()).collect();
    let start = extents.iter().map(|span| span.start).min().unwrap_or_default();
    let end = extents.iter().map(|span| span.end).max().unwrap_or_default();
    Span::new(start, end)
}

pub(crate) fn form_name(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    }
}

pub(crate) fn kind_name(kind: AgentKind) -> &'static str {
    match kind {
        AgentKind::Person => "person",
        AgentKind::Organisation => "organisation",
        AgentKind::Group => "group",
        AgentKind::Document => "document",
        AgentKind::Unnamed => "unnamed",
    }
}

/// "1 statement", "2 statements".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
