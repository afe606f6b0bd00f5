//! Statements within statements are told apart, and the statement around them stays what it is.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use onrecord_models::ModelName;
use onrecord_reading::Reader;
use onrecord_record::{Document, Statement};

const NEWS: &str = "Karin Aldous, the city engineer, said on Monday that the mayor had promised that the bridge would \
open in June.\n\n\u{201c}The union says that two piers have cracked,\u{201d} said Otto Brand, the harbour chief. \
\u{201c}I think it is wrong.\u{201d}\n\nAldous said she believed that the piers were sound. Brand denied that the council \
had said that the quay was safe.\n\nAccording to the ferry company, passengers told the crew that the deck was wet.";

#[test]
fn what_is_found_inside_changes_nothing_outside() {
    let text = Document::bare(NEWS);
    for model in ModelName::ALL {
        let reader = Reader::new(model).unwrap();
        let whole = reader.read(&text);
        let flat = reader.flat().read(&text);
        assert!(flat.statements.iter().all(|statement| statement.within.is_none()));
        let outer: Vec<&Statement> =
            whole.statements.iter().filter(|statement| statement.within.is_none()).collect();
        let said = |one: &Statement| {
            (
                one.id.clone(),
                one.source.clone(),
                one.cue.clone(),
                one.content.clone(),
                one.form,
                one.speaker.clone(),
            )
        };
        assert_eq!(
            outer.iter().map(|one| said(one)).collect::<Vec<_>>(),
            flat.statements.iter().map(said).collect::<Vec<_>>()
        );
        if model == ModelName::Fast {
            // What is answered may stand inside; the accurate encoder is told of all statements.
            let marks = |one: &Statement| Statement { responds_to: Vec::new(), ..one.clone() };
            assert_eq!(
                outer.iter().map(|one| marks(one)).collect::<Vec<_>>(),
                flat.statements.iter().map(marks).collect::<Vec<_>>()
            );
        }
        assert!(whole.statements.len() > flat.statements.len(), "{model}: nothing was found inside");
        for agent in &flat.agents {
            assert!(whole.agents.iter().any(|one| one.id == agent.id && one.kind == agent.kind));
        }
    }
}

#[test]
fn an_inner_statement_has_its_own_speaker_and_less_confidence() {
    let reading = Reader::new(ModelName::Fast).unwrap().read(&Document::bare(NEWS));
    let inner: Vec<&Statement> =
        reading.statements.iter().filter(|statement| statement.within.is_some()).collect();
    for statement in &inner {
        let outer = reading.statements.iter().find(|one| Some(&one.id) == statement.within.as_ref()).unwrap();
        assert!(statement.confidence <= outer.confidence);
        assert_ne!(statement.speaker, outer.speaker);
    }
    let minds = |statement: &&Statement| {
        statement.cue.text.as_deref().is_some_and(|cue| cue.contains("think") || cue.contains("believed"))
    };
    assert!(!inner.iter().any(minds), "what a speaker thinks is how that speaker puts it");
}
