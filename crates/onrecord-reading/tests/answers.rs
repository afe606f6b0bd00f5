//! What answers what, and who was silent, in attributions that are given.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use onrecord_models::ModelName;
use onrecord_reading::attribution::Attribution;
use onrecord_reading::{Reader, Reading};
use onrecord_record::{Byte, Document, Span, TextIndex};

/// Reads `text` with attributions whose source, cue and content are these words, each where it first stands behind the one before.
fn read(text: &str, given: &[(&str, &str, &str)]) -> Reading {
    let mut from = 0;
    let mut found = Vec::new();
    for (source, cue, content) in given {
        let mut last = from;
        let mut role = |words: &str| -> Vec<Span<Byte>> {
            if words.is_empty() {
                return Vec::new();
            }
            let start = from + text[from..].find(words).unwrap();
            last = last.max(start);
            vec![Span::new(Byte(start as u32), Byte((start + words.len()) as u32))]
        };
        let (source, cue, content) = (role(source), role(cue), role(content));
        from = last;
        found.push(Attribution { source, cue, content, confidence: 1.0, ..Attribution::default() });
    }
    Reader::new(ModelName::Fast).unwrap().read_given(&Document::bare(text), &found)
}

/// Which statements answer which, by their order.
fn answers(reading: &Reading) -> Vec<(usize, usize)> {
    let place = |id| reading.statements.iter().position(|one| one.id == id).unwrap();
    let statements = reading.statements.iter().enumerate();
    statements.flat_map(|(i, one)| one.responds_to.iter().map(move |id| (i, place(id.clone())))).collect()
}

#[test]
fn a_denial_answers_what_was_alleged() {
    let text = "Karin Aldous accused the harbour company of hiding a crack in the quay.\n\n\
        Otto Brand opened a new shop on Monday, according to the Gazette.\n\n\
        The harbour company denied the accusations, saying that its engineers had found nothing.";
    let reading = read(
        text,
        &[
            ("Karin Aldous", "accused", "the harbour company of hiding a crack in the quay"),
            ("the Gazette", "according to", "Otto Brand opened a new shop on Monday"),
        ],
    );
    assert_eq!(answers(&reading), []);
    let reading = read(
        text,
        &[
            ("Karin Aldous", "accused", "the harbour company of hiding a crack in the quay"),
            ("The harbour company", "denied", "the accusations"),
        ],
    );
    assert_eq!(answers(&reading), [(1, 0)]);
}

#[test]
fn who_replies_answers_whoever_spoke_last() {
    let text = "“The ferry is late again,” said Karin Aldous.\n\n“It was the storm,” Otto Brand replied.";
    let reading = read(
        text,
        &[
            ("Karin Aldous", "said", "“The ferry is late again,”"),
            ("Otto Brand", "replied", "“It was the storm,”"),
        ],
    );
    assert_eq!(answers(&reading), [(1, 0)]);
}

#[test]
fn an_answer_follows_its_question_and_a_plain_statement_answers_nothing() {
    let text = "Karin Aldous asked Otto Brand whether the quay was safe.\n\n\
        “It has stood for a hundred years,” Brand said.\n\nThe deck was wet, said Ida Moss.";
    let reading = read(
        text,
        &[
            ("Karin Aldous", "asked", "Otto Brand whether the quay was safe"),
            ("Brand", "said", "“It has stood for a hundred years,”"),
            ("Ida Moss", "said", "The deck was wet"),
        ],
    );
    assert_eq!(answers(&reading), [(1, 0)]);
}

#[test]
fn silence_has_a_keeper_and_concerns_what_was_claimed() {
    let text = "Karin Aldous said that the quay was cracked. Aldous, who did not cite the survey for her claims, \
        left at noon. No mention was made of the ferry.";
    let reading = read(text, &[("Karin Aldous", "said", "that the quay was cracked")]);
    let aldous = reading.statements[0].speaker.clone();
    let notes: Vec<_> =
        reading.silences.iter().map(|note| (note.text.as_str(), note.agent.clone())).collect();
    assert!(aldous.is_some());
    assert_eq!(
        notes,
        [("did not cite the survey for her claims", aldous), ("No mention was made of the ferry", None)]
    );
    assert_eq!(reading.silences[0].statements, [reading.statements[0].id.clone()]);
    assert_eq!(reading.silences[0].about.as_deref(), Some("the survey for her claims"));
}

#[test]
fn the_words_that_name_a_silent_one_are_kept_where_no_agent_is_known() {
    for (sentence, who) in [
        (
            "A spokesman for the Treasury could not be reached for comment.",
            Some("A spokesman for the Treasury"),
        ),
        ("But officials at the port did not respond to requests.", Some("officials at the port")),
        ("The company’s lawyer declined to comment.", Some("The company’s lawyer")),
        ("Karin Aldous, who did not cite the survey, left at noon.", Some("Karin Aldous")),
        ("No mention was made of the ferry.", None),
    ] {
        let text = format!("Karin Aldous said that the quay was cracked. {sentence}");
        let reading = read(&text, &[("Karin Aldous", "said", "that the quay was cracked")]);
        let words: Vec<_> = reading.silences.iter().map(|note| note.who.as_ref()).collect();
        assert_eq!(words.len(), 1, "{sentence}");
        assert_eq!(words[0].map(|words| words.text.as_str()), who, "{sentence}");
        let index = TextIndex::new(&text);
        for words in words.into_iter().flatten() {
            assert_eq!(index.slice(words.span), words.text, "{sentence}");
        }
    }
}

#[test]
fn what_is_taken_back_is_the_speakers_own() {
    let text = "Karin Aldous said that the quay was cracked. On Friday she retracted her words about the cracked quay.";
    let reading = read(
        text,
        &[
            ("Karin Aldous", "said", "that the quay was cracked"),
            ("she", "retracted", "her words about the cracked quay"),
        ],
    );
    assert_eq!(reading.statements[1].retracts, [reading.statements[0].id.clone()]);
}
