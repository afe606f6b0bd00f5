//! `score --coref` and `coref-gold` on a corpus of one invented document.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use assert_cmd::Command;
use onrecord_lab::coreference::{Clusters, DroppedMentions, mistakes, score_document};
use onrecord_lab::gum::{CoreferenceDocument, Share};
use std::fs;
use std::path::Path;

/// A word: its form, part of speech, head in the sentence, what `Entity` says and what OntoGUM says.
type Word = (&'static str, &'static str, usize, &'static str, &'static str);

/// Two turns. Ada Moss is a person of five entities; one of OntoGUM's, with the apposition, is no entity of GUM's. The
/// quay is no person, and the clerk is mentioned once.
const TURNS: [(&str, &[Word]); 2] = [
    (
        "#Clerk",
        &[
            ("Ada", "PROPN", 5, "(1-person-new", "(1(2"),
            ("Moss", "PROPN", 1, "1)", "2)"),
            (",", "PUNCT", 4, "_", "_"),
            ("mayor", "NOUN", 1, "(1-person-giv)", "1)"),
            ("knows", "VERB", 0, "_", "_"),
            ("her", "PRON", 7, "(2-place-new(1-person-giv)", "(3(1)"),
            ("quay", "NOUN", 5, "2)", "3)"),
        ],
    ),
    (
        "#AdaMoss",
        &[
            ("I", "PRON", 2, "(1-person-giv)", "(1)"),
            ("mend", "VERB", 0, "_", "_"),
            ("it", "PRON", 2, "(2-place-giv)", "(3)"),
            (",", "PUNCT", 5, "_", "_"),
            ("clerk", "NOUN", 2, "(3-person-new)", "_"),
        ],
    ),
];

/// The markup, the words and the chains.
fn files() -> (String, String, String) {
    let (mut xml, mut conllu) =
        (String::from("<text>\n"), String::from("# global.Entity = GRP-etype-infstat\n"));
    let mut conll = String::from("# begin document x\n");
    for (who, words) in TURNS {
        xml += &format!("<sp who=\"{who}\">\n<s>\n");
        for (i, (form, upos, head, entity, chain)) in words.iter().enumerate() {
            xml += &format!("{form}\tX\n");
            conllu += &format!("{}\t{form}\t_\t{upos}\t_\t_\t{head}\t_\t_\t", i + 1);
            conllu += &if *entity == "_" { "_\n".to_owned() } else { format!("Entity={entity}\n") };
            conll += &format!("{i}\t{form}\t{chain}\n");
        }
        xml += "</s>\n</sp>\n";
        conllu += "\n";
    }
    (xml + "</text>\n", conllu, conll + "# end document\n")
}

fn corpus(root: &Path) {
    let (xml, conllu, conll) = files();
    for (folder, ending, content) in
        [("xml", "xml", xml), ("dep", "conllu", conllu), ("coref", "conll", conll)]
    {
        let folder = root.join("gum").join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("GUM_letter_quay.{ending}")), content).unwrap();
    }
    fs::write(root.join("gum/splits.txt"), "dev\tGUM_letter_quay\ntest\tGUM_news_secret\n").unwrap();
}

fn document() -> CoreferenceDocument {
    let (xml, conllu, conll) = files();
    CoreferenceDocument::new("GUM_letter_quay", &xml, &conllu, &conll).unwrap()
}

#[test]
fn chains_of_persons_are_told_by_their_entities() {
    let document = document();
    assert_eq!(document.layout.text, "CLERK: Ada Moss , mayor knows her quay\n\nADA MOSS: I mend it , clerk");
    let types: Vec<_> = document.chains.iter().map(|chain| chain.etype.as_deref()).collect();
    // The chain of the name alone has one mention; it is a person all the same, and is dropped when scored.
    assert_eq!(types, [Some("person"), Some("person"), Some("place")]);
    assert_eq!(document.persons().next().unwrap().mentions, [0..4, 5..6, 7..8]);
    assert!(document.is_name(&(0..4)));
}

#[test]
fn pronouns_need_a_name_of_their_own_chain() {
    let document = document();
    // "her" with the name; "I" with something that is not it.
    let chains = vec![vec![(0, 4), (5, 6)], vec![(7, 8), (11, 12)]];
    let (scored, gold, system) = score_document(&document, chains, DroppedMentions::default()).unwrap();
    assert_eq!(gold, Clusters::new([vec![(0, 4), (5, 6), (7, 8)]]));
    assert_eq!(scored.figures.chains, (1, 2));
    // Two of three gold mentions are with each other: one link of two, and one of the two that are claimed.
    assert_eq!((scored.figures.muc.of_gold, scored.figures.muc.of_system), ((1.0, 2.0), (1.0, 2.0)));
    assert_eq!(scored.pronouns.all(), Share { part: 1, whole: 2 });
    let told = mistakes(&document, &gold, &system);
    assert_eq!(
        told,
        [
            "GUM_letter_quay: pronoun: [I] is Ada Moss , mayor, not I in: I mend it , clerk",
            "GUM_letter_quay: beside: [clerk] in: I mend it , clerk"
        ]
    );
    for outside in [(11, 13), (3, 3)] {
        assert!(score_document(&document, vec![vec![outside]], DroppedMentions::default()).is_err());
    }
}

#[test]
fn the_commands_read_what_they_write() {
    let root = tempfile::tempdir().unwrap();
    corpus(root.path());
    let lab = || Command::cargo_bin("onrecord-lab").unwrap();
    let written = root.path().join("gold.jsonl");
    lab()
        .args(["coref-gold", "--split", "dev", "--data"])
        .arg(root.path())
        .arg("--out")
        .arg(&written)
        .assert()
        .success();
    let line: serde_json::Value = serde_json::from_str(&fs::read_to_string(&written).unwrap()).unwrap();
    assert_eq!(line["commercial"], false);
    assert_eq!(line["turns"], serde_json::json!(["CLERK", "ADA MOSS"]));
    assert_eq!(line["speakers"], serde_json::json!([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]));
    assert_eq!(line["chains"][0]["heads"], serde_json::json!([0, 5, 7]));
    assert_eq!(line["dep"][0], serde_json::json!([0, 2, "person", "1", 0]));
    assert_eq!(line["dep"].as_array().unwrap().len(), 7);

    let score = |chains: &serde_json::Value| {
        let predicted = root.path().join("predicted.jsonl");
        fs::write(&predicted, serde_json::json!({"doc": line["doc"], "chains": chains}).to_string()).unwrap();
        let mut command = lab();
        command.args(["score", "--coref", "--data"]).arg(root.path()).arg("--pred").arg(predicted);
        command.assert()
    };
    let run = score(&serde_json::json!([line["chains"][0]["mentions"]])).success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let perfect = "100.0 / 100.0 / 100.0 |";
    assert!(
        said.contains(&format!("| all | 1 | 1 | 3 | 1 | {perfect} {perfect} {perfect} {perfect} 100.0 |")),
        "{said}"
    );
    assert!(said.contains("| not free for it | 1 |") && !said.contains("| news |"), "{said}");
    score(&serde_json::json!([[[0, 99]]])).failure();
    lab().args(["score", "--pred", "x"]).assert().code(1);
    lab().args(["score", "--coref", "--gum"]).assert().code(2);
}

#[test]
fn the_program_fills_its_place_in_a_page() {
    let root = tempfile::tempdir().unwrap();
    corpus(root.path());
    let page = root.path().join("page.md");
    fs::write(&page, "<!-- table: coreference, fast -->\n<!-- end table -->\n").unwrap();
    let mut lab = Command::cargo_bin("onrecord-lab").unwrap();
    lab.args(["score", "--coref", "--mistakes", "--data"]).arg(root.path()).arg("--write").arg(&page);
    lab.assert().success();
    let written = fs::read_to_string(&page).unwrap();
    assert!(written.contains("Model fast on GUM dev: 1 documents"), "{written}");
    assert!(written.contains("| all | 1 | 1 | 3 |") && !written.contains("missed"), "{written}");
}
