//! Lists of names in a case, and what is told of a name.

use super::{lines, place, run, verdict};
use std::fs;

const LIST: &str = "id,name,type\n7,\"FELD, Mara\",person\n8,Anna Veigh,person\n";

#[test]
fn a_list_is_kept_in_the_case_and_can_be_taken_away() {
    let here = place();
    run(&here, &["add", "in"]);
    fs::write(here.path().join("list.csv"), LIST).unwrap();
    let added = run(&here, &["watch", "add", "list.csv", "--json"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let found = lines(&added.out);
    assert!(
        found.iter().all(|line| line["type"] == "list_match" && line["document"].is_string()),
        "{found:?}"
    );
    assert_eq!(found.iter().filter(|line| line["name"] == "FELD, Mara").count(), 1);
    assert!(added.err.contains("2 entries, taken into the case by entry"), "{}", added.err);

    // The list is the case's own: the file is not asked for again.
    fs::remove_file(here.path().join("list.csv")).unwrap();
    assert_eq!(run(&here, &["watch", "show", "--json"]).out, added.out);
    assert!(run(&here, &["watch", "show"]).out.contains("Mara Feld (in 1 document)"));
    let who = run(&here, &["who", "mara", "feld"]).out;
    assert!(who.contains("on a list   FELD, Mara, list.csv:2 (7): the same name"), "{who}");
    assert_eq!(verdict(&here)["ok"], true);

    let entry = added.err.split("by entry ").nth(1).unwrap().trim().to_owned();
    assert_eq!(run(&here, &["undo", &entry, "--reason", "the wrong list"]).code, 0);
    assert_eq!(run(&here, &["watch", "show", "--json"]).out, "");
    assert!(!run(&here, &["who", "mara", "feld"]).out.contains("on a list"));
    assert_eq!(verdict(&here)["ok"], true);
}

#[test]
fn a_list_that_is_none_is_not_kept() {
    let here = place();
    run(&here, &["add", "in/rope.txt"]);
    let before = verdict(&here)["root"].clone();
    fs::write(here.path().join("list.csv"), "colour\nred\n").unwrap();
    assert_eq!(run(&here, &["watch", "add", "list.csv"]).code, 1);
    assert_eq!(run(&here, &["watch", "add", "absent.csv"]).code, 1);
    assert_eq!(verdict(&here)["root"], before);
}

#[test]
fn a_name_is_told_with_what_is_denied_and_how_it_is_called() {
    let here = place();
    let text = "Quay to close\n\nHarbour master Ann Vey said that the quay will close. Vey denied that she was paid.\n";
    fs::write(here.path().join("vey.txt"), text).unwrap();
    run(&here, &["add", "vey.txt", "--published", "2031-02-03"]);
    let who = run(&here, &["who", "ann vey"]).out;
    for part in
        ["bearers     in 1 document (1 person)", "called      ", "2031-02-03", "denies      ", "described   "]
    {
        assert!(who.contains(part), "{part}: {who}");
    }
    let line = &lines(&run(&here, &["who", "anne vey", "--format", "jsonl"]).out)[0];
    assert_eq!((&line["name"], line["denials"].as_array().unwrap().len()), (&"Ann Vey".into(), 1));
    assert!(line["list_matches"].is_null(), "the case has no list");
}

#[test]
fn a_speaker_is_found_with_a_letter_wrong() {
    let here = place();
    run(&here, &["add", "in"]);
    let found = |query: &str| lines(&run(&here, &["search", "--json", "--", query]).out).len();
    assert_eq!(found("speaker:\"Mara Feld\""), found("speaker:\"Marra Fled\""));
    assert!(found("speaker:\"Mara Feld\"") > 0);
    assert_eq!(found("speaker:\"Boris Quist\""), 0);
}
