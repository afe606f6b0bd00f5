//! `score --gum` on a corpus of two invented documents.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]

use assert_cmd::Command;
use onrecord_lab::gum::{GumDocument, Share, observe};
use onrecord_lab::our_reader::OurReader;
use onrecord_models::ModelName;
use std::fs;
use std::path::Path;

/// The words of a sentence as markup and as CoNLL-U. A word that ends in `_` has no space behind it.
fn sentence(words: &str) -> (String, String) {
    let (mut xml, mut conllu) = (String::from("<s type=\"decl\">\n"), String::new());
    for (i, word) in words.split(' ').enumerate() {
        if word.starts_with('<') {
            xml += &format!("{word}\n");
            continue;
        }
        let (form, misc) = word.strip_suffix('_').map_or((word, "_"), |form| (form, "SpaceAfter=No"));
        xml += &format!("{form}\tX\t{form}\n");
        conllu += &format!("{}\t{form}\t{form}\tX\t{misc}\n", i + 1);
    }
    (xml + "</s>\n", conllu + "\n")
}

/// A news text: one attribution that any reader finds, one that is told by no cue, and a quotation.
fn news() -> (String, String, String) {
    let parts = [
        sentence("<q> \"_ The quay leaks and will be closed_ \"_ </q> , said Mayor Ada Moss_ ."),
        sentence("By my lights_ , it rains in Orrin_ ."),
    ];
    let (xml, conllu): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let xml = format!("<text id=\"GUM_news_quay\">\n<p>\n{}</p>\n</text>\n", xml.concat());
    let tree = "<rst>\n<segment id=\"1\" parent=\"10\" relname=\"span\">\" The quay leaks and will be closed \" ,</segment>\n\
                <segment id=\"2\" parent=\"1\" relname=\"attribution-positive\">said Mayor Ada Moss .</segment>\n\
                <segment id=\"3\" parent=\"4\" relname=\"attribution-positive\">By my lights ,</segment>\n\
                <segment id=\"4\" parent=\"10\" relname=\"joint-list\">it rains in Orrin .</segment>\n\
                <group id=\"10\" type=\"multinuc\"/>\n</rst>\n";
    (xml, conllu.concat(), tree.to_owned())
}

#[test]
fn what_is_met_and_what_is_not() {
    let (xml, conllu, tree) = news();
    let document = GumDocument::new(&xml, &conllu, &tree, true).unwrap();
    let single = |unit| vec![unit];
    assert_eq!(document.satellites, [single(10..15), single(15..19)]);
    let statements = OurReader::new(ModelName::Fast).unwrap().read(&document.layout.text).statements;
    let said = statements.iter().position(|it| it.cue.text.as_deref() == Some("said")).unwrap();
    let mut mistakes = Vec::new();
    let figures = observe(&document, &statements[said..=said], &mut mistakes).unwrap();
    assert_eq!(figures.satellites, Share { part: 1, whole: 2 });
    assert_eq!(figures.expected, Share { part: 1, whole: 1 });
    assert_eq!((figures.q, figures.quote), (Share { part: 1, whole: 1 }, Share::default()));
    assert_eq!((figures.turns, figures.labelled), (0, 0));
    assert_eq!(mistakes.len(), 1);
    assert!(mistakes[0].starts_with("missed: [By"), "{mistakes:?}");

    let mut none = Vec::new();
    let figures = observe(&document, &[], &mut none).unwrap();
    assert_eq!((figures.satellites.part, figures.q.part, none.len()), (0, 0, 3));
}

#[test]
fn the_words_of_the_three_files_must_be_the_same() {
    let (xml, conllu, tree) = news();
    assert!(GumDocument::new(&xml, &conllu, &tree.replace(" .</segment>", "</segment>"), true).is_err());
}

fn corpus(root: &Path) {
    let (xml, conllu, tree) = news();
    for (folder, ending, content) in [("xml", "xml", xml), ("dep", "conllu", conllu), ("rst", "rs4", tree)] {
        let folder = root.join("gum").join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("GUM_news_quay.{ending}")), content).unwrap();
        // Held out: not to be opened, whatever is in it.
        fs::write(folder.join(format!("GUM_news_secret.{ending}")), "nonsense").unwrap();
    }
    fs::write(root.join("gum/splits.txt"), "train\tGUM_news_quay\ntest\tGUM_news_secret\n").unwrap();
}

#[test]
fn the_command_fills_its_place_in_a_page() {
    let root = tempfile::tempdir().unwrap();
    corpus(root.path());
    let page = root.path().join("page.md");
    fs::write(&page, "<!-- table: gum, fast -->\n<!-- end table -->\n").unwrap();
    let lab = || Command::cargo_bin("onrecord-lab").unwrap();
    let run = lab()
        .args(["score", "--gum", "--mistakes", "--data"])
        .arg(root.path())
        .arg("--write")
        .arg(&page)
        .assert()
        .success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let written = fs::read_to_string(&page).unwrap();
    assert!(said.contains("1 documents, 24 tokens") && said.contains("| news | 1 | 24 |"), "{said}");
    assert!(said.contains("- GUM_news_quay: missed: [By"), "{said}");
    assert!(written.contains("| news | 1 | 24 |") && !written.contains("missed"), "{written}");
    lab().args(["score", "--gum", "--case"]).assert().code(2);
    lab().args(["score", "--mistakes"]).assert().code(2);
}
