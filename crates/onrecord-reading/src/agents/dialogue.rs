//! Tests of turns, signed texts and of words for those spoken of before.

use super::tests::{agent, read, said};
use onrecord_record::AgentKind;
use proptest::prelude::*;

const HEARING: &str = "Evidence on the quay\n\nTHE CHAIR: Dr. Harl, did ⟦you⟧ say so in May?\n\nDR. HARL: ⟦I⟧ said so.\n\n\
     MR. OTTEN: ⟦We⟧ heard that ⟦you⟧ had.\n\nDR. HARL: ⟦He⟧ is wrong. ⟦I⟧ never did.\n\nTHE CHAIR: ⟦I⟧ think that will do.\n\n\
     Nils Otten and Ada Harl left.";

#[test]
fn first_and_second_persons_of_a_transcript() {
    assert_eq!(
        said(HEARING),
        ["Ada Harl", "Ada Harl", "Nils Otten", "Ada Harl", "Nils Otten", "Ada Harl", "THE CHAIR"]
    );
    let (_, found) = read(HEARING);
    assert!(agent(&found, "Ada Harl").names.iter().any(|name| name == "DR. HARL"));
}

#[test]
fn answers_without_a_name_are_nobodys() {
    assert_eq!(said("Q. Did ⟦you⟧ say so?\n\nA. ⟦I⟧ did.\n\nQ. Why?\n\nA. Ask me tomorrow."), ["–", "–"]);
    // A lone label makes no transcript.
    assert_eq!(said("Note: ⟦I⟧ wrote this at night.\n\nIt rained."), ["–"]);
}

#[test]
fn whoever_signs_a_text_says_i() {
    let column =
        "Shut the quay\n\nBy Ilse Harl\nThe Lund Argus\n\nOtto Brand is wrong. ⟦I⟧ doubt it. ⟦We⟧ all do.";
    assert_eq!(said(column), ["Ilse Harl", "–"]);
    let correction = "The quay\n\nThe Lund Argus\n\nCORRECTION: On Monday ⟦we⟧ said it was open. It was not.";
    assert_eq!(said(correction), ["Lund Argus"]);
    let quoted = "Shut the quay\n\nBy Ilse Harl\n\nOtto Brand left. “⟦I⟧ doubt it,” the sign read.";
    assert_eq!(said(quoted), ["–"]);
}

#[test]
fn groups_spoken_of_again() {
    let text = "⟦Two old dockers⟧ denied it. ⟦The pair⟧ said they slept. ⟦They⟧ said so twice. ⟦Neither⟧ gave a date.";
    assert_eq!(said(text), ["Two old dockers"; 4]);
    assert_eq!(said("Nobody came. ⟦The pair⟧ said so."), ["–"]);
    let files = "⟦Some dockers⟧ said no.\n\nThe logbooks cover May. ⟦They⟧ say nothing of June.";
    assert_eq!(said(files), ["Some dockers", "The logbooks"]);
}

#[test]
fn whole_names_without_endings() {
    let text = "⟦the Seamen’s Mission⟧ said so. It was ⟦the harbour secretary’s⟧ claim. \
         ⟦A senior harbour official, who⟧ slept, said no. ⟦The official⟧ left.";
    let names = said(text);
    assert_eq!(names[..2], ["Seamen’s Mission", "the harbour secretary"]);
    assert_eq!(names[2], names[3]);
    let clause = "Then came a senior quay official ⟦who⟧ said no. ⟦The official⟧ left.";
    assert_eq!(said(clause), ["a senior quay official"; 2]);
}

#[test]
fn kinds_by_the_words_around() {
    for (text, kind) in [
        ("⟦The Coast Guard⟧ said so.", AgentKind::Organisation),
        ("She wrote for the Lund Argus. ⟦The Argus⟧ said so.", AgentKind::Organisation),
        ("In May ⟦the Harbour Threat Assessment⟧ said that nobody had slept there.", AgentKind::Document),
        ("⟦an entry of May⟧ said so.", AgentKind::Document),
        ("⟦Two retired dockers⟧ said so.", AgentKind::Group),
        ("⟦Two people familiar with the talks⟧ said so.", AgentKind::Unnamed),
        ("⟦Officials who asked not to be named⟧ said so.", AgentKind::Unnamed),
        ("⟦Insiders⟧ said so.", AgentKind::Unnamed),
        ("⟦Otten⟧ denied it. “Never,” ⟦he⟧ said.", AgentKind::Person),
    ] {
        let (_, found) = read(text);
        let last = found.speaker.last().copied().flatten().unwrap_or_else(|| panic!("nobody in {text}"));
        assert_eq!(found.agents[last].kind, Some(kind), "{text}");
    }
}

#[test]
fn the_subject_of_the_clause_before_a_named_man() {
    let clause = "Senator Rolf Egg of Korr pressed Brand in May and Brand dodged the matter, saying ⟦he⟧ slept. Otto Brand left.";
    assert_eq!(said(clause), ["Otto Brand"]);
    let topic = "“It is late,” said ⟦Ned Otten⟧, a docker.\n\nFormer harbour pilot Nils Harl was in doubt. “Too late,” ⟦he⟧ said.";
    assert_eq!(said(topic), ["Ned Otten", "Nils Harl"]);
}

#[test]
fn a_headline_names_an_office() {
    let text = "⟦Korr harbour chief⟧ accuses Lund\n\nOn Monday Harbour Secretary Ilse Brand accused Lund of sloth. Mayor Otto Harl slept.";
    assert_eq!(said(text), ["Ilse Brand"]);
    let two = "⟦Korr harbour chief⟧ resigns\n\nOn Monday Harbour Secretary Ilse Brand met Harbour Minister Otto Harl.";
    assert_eq!(said(two), ["Korr harbour chief"]);
}

proptest! {
    #[test]
    fn any_lines_with_labels_are_survived(
        lines in prop::collection::vec("(Q\\.|A:|MR\\. [A-Z]{0,4}:|[A-Z]{1,3}(’s)?:|By [A-Z][a-z]+ [A-Z][a-z]+|The)?( (I|you|They|he|one of them|\\?|The pair|’|s)){0,4}", 0..12),
    ) {
        let text = lines.join("\n").replace("you", "⟦you⟧").replace('I', "⟦I⟧").replace("They", "⟦They⟧");
        let (_, found) = read(&text);
        prop_assert!(found.speaker.iter().flatten().all(|&of| of < found.agents.len()));
    }
}
