//! The text's own notes that somebody did not say something: "did not cite", "declined to comment", "no mention was made".
//!
//! What notes silence is data, `rules/silence.toml`. How far the note goes, who kept silent and what it concerns is found in the
//! words around it.

mod concerned;
mod keeper;
mod phrase;

use crate::agents::Page;
use crate::passage::Passage;
use crate::pattern::{Found, PatternFile};
pub(crate) use keeper::Scene;
use keeper::Subject;
use onrecord_record::{Agent, DocumentId, Form, Piece, Silence, SilenceId, Statement, TextIndex};
use std::ops::Range;
use std::sync::LazyLock;

const SILENCE: &str = include_str!("../../../../rules/silence.toml");

static RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(SILENCE));

/// A clause that only supposes something says so within this many tokens before its verb.
const SUPPOSED: usize = 4;

/// A note of silence, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// From the negation or the verb to the end of the phrase.
    pub(super) words: Range<usize>,
    /// What stands behind the verb.
    pub(super) about: Range<usize>,
    /// The match that showed it.
    pub(super) found: Found,
}

impl Note {
    /// Whether somebody was asked, so that what went before is what an answer was wanted to.
    fn wants_answer(&self) -> bool {
        matches!(RULES.kind(self.found.rule), "unanswered" | "reached" | "behind")
    }

    /// Whether it closes a clause, behind a comma: ", without providing evidence".
    fn closes(&self, page: &Page<'_>) -> bool {
        RULES.kind(self.found.rule) == "without"
            && self.words.start.checked_sub(1).is_some_and(|before| page.word(before) == ",")
    }

    /// Whether more was wanted on what the same one did say: "gave no further details".
    fn lacks_details(&self, page: &Page<'_>) -> bool {
        let wanted = |i: usize| {
            matches!(
                page.word(i),
                "elaborate"
                    | "details"
                    | "detail"
                    | "specifics"
                    | "evidence"
                    | "proof"
                    | "further"
                    | "explanation"
            )
        };
        self.found.tokens.clone().any(wanted)
    }
}

/// The notes of silence of a text, in its order; and for each statement whether it is such a note itself.
pub(crate) fn silences(
    document: &DocumentId,
    index: &TextIndex<'_>,
    agents: &[Agent],
    scene: &Scene<'_>,
) -> (Vec<Silence>, Vec<bool>) {
    let page = scene.page;
    let spoken = spoken(page, scene.statements, scene.passages);
    let mut silences = Vec::new();
    let notes = notes(page);
    let silent: Vec<bool> = scene.passages.iter().map(|passage| is_note(passage, &notes)).collect();
    for note in notes {
        if spoken.get(note.words.start) == Some(&true) {
            continue;
        }
        let subject = who(scene, &note);
        if subject == Subject::Own {
            continue;
        }
        let agent = match subject {
            Subject::Agent(of) => Some(of),
            _ => None,
        };
        let named = follows_subject(&note).then(|| scene.naming(note.words.start)).flatten();
        let Some(bytes) = page.span(note.words.clone()) else { continue };
        let span = index.code_points(bytes);
        silences.push(Silence {
            id: SilenceId::new(document, span),
            document: document.clone(),
            agent: agent.and_then(|of| agents.get(of)).map(|agent| agent.id.clone()),
            who: named.and_then(|words| piece(page, index, words)),
            text: page.slice(note.words.clone()).to_owned(),
            span,
            about: about(page, &note),
            statements: concerned::statements(scene, &silent, &note, agent),
        });
    }
    (silences, silent)
}

/// Whether its verb stands behind whoever kept silent, as most do.
fn follows_subject(note: &Note) -> bool {
    !matches!(RULES.kind(note.found.rule), "without" | "passive" | "behind" | "reached")
}

/// The words at these tokens.
fn piece(page: &Page<'_>, index: &TextIndex<'_>, words: Range<usize>) -> Option<Piece> {
    let span = index.code_points(page.span(words.clone())?);
    Some(Piece { text: page.slice(words).to_owned(), span })
}

/// Whether the cue at `passage` stands in one of `notes`.
fn is_note(passage: &Passage, notes: &[Note]) -> bool {
    let within = |cue: &Range<usize>| {
        let behind = notes.partition_point(|note| note.words.start < cue.end);
        behind.checked_sub(1).and_then(|i| notes.get(i)).is_some_and(|note| cue.start < note.words.end)
    };
    passage.cue.iter().any(within)
}

/// What the rules find outside quotations, each stretch of text once.
fn notes(page: &Page<'_>) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for found in RULES.find(page, 0..page.len()) {
        let start = found.tokens.start;
        if page.in_quotation(start) || supposed(page, start) || ordered(page, start) {
            continue;
        }
        let full = matches!(RULES.kind(found.rule), "unanswered" | "reached");
        let end = match RULES.kind(found.rule) {
            "none" => found.tokens.end,
            _ => phrase::end(page, found.tokens.end, full),
        };
        let note = Note { words: start..end, about: found.words.end..end, found };
        match notes.last_mut() {
            // At one place the longer match knows better what it is.
            Some(last) if note.words.start == last.words.start => {
                if last.found.tokens.len() < note.found.tokens.len() {
                    *last = note;
                }
            }
            Some(last) if note.words.start < last.words.end => {}
            _ => notes.push(note),
        }
    }
    notes.retain(|note| RULES.kind(note.found.rule) != "none");
    notes
}

/// Tokens that people say themselves.
fn spoken(page: &Page<'_>, statements: &[Statement], passages: &[Passage]) -> Vec<bool> {
    let mut spoken = vec![false; page.len()];
    for (statement, passage) in statements.iter().zip(passages) {
        if statement.form == Some(Form::Direct) {
            for piece in &passage.content {
                spoken.get_mut(piece.clone()).unwrap_or_default().fill(true);
            }
        }
    }
    spoken
}

/// Whether what is noted at token `at` is only supposed, or asked.
fn supposed(page: &Page<'_>, at: usize) -> bool {
    let sentence = page.sentence(at);
    let near = (at.saturating_sub(SUPPOSED)..at).filter(|i| page.sentence(*i) == sentence);
    let supposes = |i: usize| {
        matches!(page.word(i), "if" | "If" | "unless" | "should" | "may" | "might" | "must" | "why" | "Why")
    };
    let ends = || (at..page.len()).find(|i| page.sentence(i + 1) != sentence || i + 1 == page.len());
    near.clone().any(supposes) || ends().is_some_and(|last| page.word(last) == "?")
}

/// "Do not mention it", "it is best to dodge the question": nobody was silent yet.
fn ordered(page: &Page<'_>, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |before| page.word(before));
    let first = page.begins_sentence(at) || page.is_quotation_mark(at.saturating_sub(1));
    let done = matches!(
        word(2),
        "tried" | "tries" | "trying" | "chose" | "chosen" | "continued" | "continues" | "managed" | "sought"
    );
    first && matches!(page.word(at), "Do" | "Don" | "do" | "don" | "Never" | "never")
        || matches!(word(1), "please" | "not" | "can")
        || word(1) == "to" && !done
}

fn who(scene: &Scene<'_>, note: &Note) -> Subject {
    match RULES.kind(note.found.rule) {
        "without" => scene.clause(note.words.start),
        "passive" => Subject::Unknown,
        "behind" => scene.named_in(note.found.tokens.end..note.words.end),
        "reached" => scene.named_in(note.words.clone()),
        _ => match scene.page.word(note.words.start) {
            // "Neither Aldous nor Brand responded"
            "Neither" | "neither" | "None" | "none" => scene.named_in(note.words.clone()),
            "nor" | "Nor" => scene.named_in(note.words.clone()),
            _ => scene.subject(note.words.start),
        },
    }
}

/// The words behind the verb; of a request only what it asked about.
fn about(page: &Page<'_>, note: &Note) -> Option<String> {
    let mut range = note.about.clone();
    if matches!(RULES.kind(note.found.rule), "unanswered" | "reached" | "behind") {
        let topic = |i: &usize| matches!(page.word(*i), "about" | "regarding" | "concerning" | "on");
        let accused = range.clone().find(|i| concerned::is_claim(page, *i));
        let behind = range.clone().find(|i| topic(i) && !concerned::is_day(page, i + 1));
        match (behind, accused) {
            (Some(topic), _) => range.start = topic + 1,
            (None, Some(_)) => {}
            (None, None) => return None,
        }
    }
    let words = page.slice(range);
    (words.chars().any(char::is_alphanumeric)).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::examples_hold;
    use crate::quotation::quoted;
    use crate::token::tokens;

    #[test]
    fn the_examples_of_the_rules_hold() {
        examples_hold(SILENCE);
    }

    fn noted(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let quoted = quoted(text, &tokens);
        let page = Page::new(text, &tokens, &quoted);
        notes(&page).iter().map(|note| page.slice(note.words.clone()).to_owned()).collect()
    }

    #[test]
    fn a_note_ends_with_its_phrase() {
        for (text, note) in [
            (
                "Aldous, who did not cite the survey for her claims, said so.",
                "did not cite the survey for her claims",
            ),
            ("She did not say who, when or where.", "did not say who, when or where"),
            ("He declined to comment but waved.", "declined to comment"),
            (
                "He did not say that the quay posed a threat to the “harbour”, and he did wave.",
                "did not say that the quay posed a threat to the “harbour”",
            ),
            (
                "The port did not explain the loss of 1,200 crates and closed.",
                "did not explain the loss of 1,200 crates",
            ),
            (
                "The port did not respond to requests for comment when it was asked.",
                "did not respond to requests for comment",
            ),
            ("In the report, no mention was made of Brand’s quay.", "no mention was made of Brand’s quay"),
        ] {
            assert_eq!(noted(text), [note], "{text}");
        }
    }

    #[test]
    fn speech_orders_and_guesses_note_nothing() {
        for text in [
            "“He did not say why,” she said.",
            "Do not mention the quay.",
            "If he did not say so, who did?",
            "She did not vote.",
        ] {
            assert_eq!(noted(text), [""; 0], "{text}");
        }
    }
}
