//! What people enter, applied in answers and marked as theirs.

use super::bundled::{CLAIM, harbour, json};
use super::{lines, run, verdict};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

fn ask(place: &TempDir) -> Value {
    json(&run(place, &["ask", CLAIM, "--json", "--limit", "1000"]))
}

/// The number of the entry that was made.
fn enter(place: &TempDir, arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.extend(["--actor", "ann"]);
    let entered = run(place, &all);
    assert_eq!(entered.code, 0, "{arguments:?}: {}", entered.err);
    entered.out.trim().strip_prefix("entry ").unwrap().to_owned()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// The statement with this id, with the list that an answer has it in.
fn found<'a>(answer: &'a Value, id: &str) -> (&'static str, &'a Value) {
    for list in ["supports", "denies", "doubts", "mentions"] {
        if let Some(line) = answer[list].as_array().unwrap().iter().find(|line| line["id"] == id) {
            return (list, line);
        }
    }
    panic!("{id} is not in the answer")
}

/// Without the ends of lines, which are where the terminal has them.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect()
}

#[test]
fn a_correction_is_applied_and_the_programs_own_value_stays_beside_it() {
    let place = harbour();
    let before = ask(&place);
    let exported = run(&place, &["export", "--quiet"]).out;
    let denials = before["denies"].as_array().unwrap();
    let denial = denials.iter().find(|denial| denial["act"] == "denies").unwrap();
    let (id, speaker) = (text(denial, "id").to_owned(), text(denial, "speaker_name").to_owned());
    let marrant = lines(&exported)
        .into_iter()
        .find(|line| line["type"] == "agent" && line["name"] == "Ilse Marrant")
        .map(|line| text(&line, "id").to_owned())
        .unwrap();
    enter(&place, &["correct", &id, "--act", "doubts", "--reason", "she hedged"]);
    enter(&place, &["correct", &id, "--speaker", &marrant, "--reason", "the caption says so"]);
    enter(&place, &["correct", &id, "--basis", "data", "--reason", "it cites the register"]);
    let said = enter(&place, &["correct", &id, "--said", "2031-02-01", "--reason", "the day before"]);
    let after = ask(&place);
    let (list, line) = found(&after, &id);
    assert_eq!(list, "doubts");
    assert_eq!(line["speaker_name"], "Ilse Marrant");
    assert_eq!(line["basis"][0]["kind"], "data");
    assert_eq!(line["said"]["from"], "2031-02-01");
    let corrected = line["corrected"].as_array().unwrap();
    let of = |field: &str| corrected.iter().find(|it| it["field"] == field).unwrap();
    assert_eq!((text(of("act"), "was"), text(of("act"), "now")), ("denies", "doubts"));
    assert_eq!((text(of("act"), "actor"), text(of("act"), "reason")), ("ann", "she hedged"));
    assert_eq!(of("speaker")["was"], denial["speaker"]);
    assert!(after["bases"]["data"].as_u64() > before["bases"]["data"].as_u64());

    let words = flat(&run(&place, &["ask", CLAIM, "--limit", "1000"]).out);
    assert!(words.contains("person: act is doubts, says ann"), "{words}");
    assert!(words.contains("the program has denies"), "{words}");
    let page = run(&place, &["ask", CLAIM, "--limit", "1000", "--format", "html"]).out;
    assert!(page.contains("class=\"person\"") && page.contains("she hedged"));
    let positions = json(&run(&place, &["who", "Marrant", "--about", CLAIM, "--json"]));
    let theirs = positions["positions"].as_array().unwrap().iter().find(|it| it["statement"]["id"] == *id);
    assert_eq!(theirs.unwrap()["day"], "2031-02-01");
    assert!(run(&place, &["who", "Marrant", "--about", CLAIM]).out.contains("person: act is doubts"));
    fs::write(place.path().join("claims.txt"), format!("{CLAIM}\n")).unwrap();
    let matrix = json(&run(&place, &["matrix", "claims.txt", "--json"]));
    assert!(matrix["rows"].to_string().contains(&format!("\"entered\":[\"{id}\"")), "{}", matrix["rows"]);
    assert!(run(&place, &["matrix", "claims.txt"]).out.contains("†"));

    assert_eq!(run(&place, &["export", "--quiet"]).out, exported, "the record stays as it was read");
    enter(&place, &["undo", &said, "--reason", "no"]);
    assert_eq!(found(&ask(&place), &id).1["said"], denial["said"]);
    assert_ne!(speaker, "Ilse Marrant");
    assert_eq!(verdict(&place)["ok"], true);
}

#[test]
fn words_that_a_person_gave_are_found_and_cited_as_theirs() {
    let place = harbour();
    let text_of = "“A cormorant stole the northern buoy at dawn,” said Ann Vey to the clerk.\n";
    fs::write(place.path().join("2031-04-01-buoy.txt"), format!("Buoy gone\n\n{text_of}")).unwrap();
    run(&place, &["add", "2031-04-01-buoy.txt", "--quiet"]);
    let record = lines(&run(&place, &["export", "--quiet"]).out);
    let statement = record.iter().rfind(|line| line["type"] == "statement").unwrap();
    let id = text(statement, "id");
    enter(&place, &["correct", id, "--content", "stole the northern buoy at dawn", "--reason", "no bird"]);
    let answer = json(&run(&place, &["ask", "Somebody stole the northern buoy at dawn", "--json"]));
    let (_, line) = found(&answer, id);
    assert_eq!(line["content"]["text"], "stole the northern buoy at dawn");
    assert!(text(&line["corrected"][0]["was"], "text").contains("cormorant"));
    fs::write(place.path().join("draft.txt"), "Ann Vey said somebody stole the northern buoy at dawn.\n")
        .unwrap();
    let checked = json(&run(&place, &["check", "draft.txt", "--json"]));
    assert!(checked.to_string().contains("\"corrected\":[{"), "{checked}");
    assert!(flat(&run(&place, &["check", "draft.txt"]).out).contains("person: content is"));
}

#[test]
fn a_stance_that_a_person_gave_counts_for_that_claim_alone() {
    let place = harbour();
    let before = ask(&place);
    let id = text(&before["denies"][0], "id").to_owned();
    let typed = format!("  {}!", CLAIM.to_uppercase());
    let entry =
        enter(&place, &["correct", &id, "--stance", "supports", "--on", &typed, "--reason", "ironic"]);
    let after = ask(&place);
    let (list, line) = found(&after, &id);
    assert_eq!((list, text(line, "stance_by_program")), ("supports", "denies"));
    assert_eq!((text(line, "stance_reason"), text(&line["stance_entered"], "reason")), ("person", "ironic"));
    assert_eq!(after["counts"]["denies"].as_u64().unwrap() + 1, before["counts"]["denies"].as_u64().unwrap());
    let words = flat(&run(&place, &["ask", CLAIM, "--limit", "1000"]).out);
    assert!(words.contains("ironic; the program has “denies”"), "{words}");
    let other = json(&run(&place, &["ask", "The grey fleet uses Korr", "--json", "--limit", "1000"]));
    assert!(!other.to_string().contains("ironic"));
    // A statement that the program does not find is there when a person says that it takes a side.
    let far = "Penguins won the chess championship in Lima";
    enter(&place, &["correct", &id, "--stance", "denies", "--on", far, "--reason", "a riddle"]);
    let answer = json(&run(&place, &["ask", far, "--json"]));
    assert_eq!(found(&answer, &id).0, "denies");
    enter(&place, &["undo", &entry, "--reason", "no"]);
    assert_eq!(found(&ask(&place), &id).0, "denies");
    assert_eq!(run(&place, &["correct", &id, "--stance", "denies", "--reason", "x"]).code, 2);
    assert_eq!(run(&place, &["correct", &id, "--stance", "true", "--on", CLAIM, "--reason", "x"]).code, 2);
}

#[test]
fn judgements_and_notes_stand_beside_a_statement_as_the_analysts() {
    let place = harbour();
    let before = ask(&place);
    let line = &before["denies"][0];
    let (id, document) = (text(line, "id"), text(line, "document"));
    enter(&place, &["judge", id, "--likelihood", "likely", "--reliability", "B", "--reason", "two others"]);
    enter(&place, &["note", id, "ask her again"]);
    enter(&place, &["note", document, "a late edition"]);
    let after = ask(&place);
    let (list, line) = found(&after, id);
    assert_eq!(list, "denies", "a judgement changes no side");
    assert_eq!(
        (text(&line["judgements"][0], "likelihood"), text(&line["judgements"][0], "actor")),
        ("likely", "ann")
    );
    assert_eq!(text(&line["notes"][0], "text"), "ask her again");
    assert_eq!(text(&line["document_notes"][0], "text"), "a late edition");
    assert_eq!(after["counts"], before["counts"]);
    let words = flat(&run(&place, &["ask", CLAIM, "--limit", "1000"]).out);
    assert!(words.contains("analyst: likelihood likely, reliability of the source B"), "{words}");
    let page = run(&place, &["ask", CLAIM, "--limit", "1000", "--format", "html"]).out;
    assert!(page.contains("person analyst") && page.contains("a late edition"));
}

#[test]
fn speakers_are_counted_as_people_link_them() {
    let place = harbour();
    let before = ask(&place);
    let of = |answer: &Value| answer["counts"]["speakers"].as_u64().unwrap();
    let said: Vec<Value> = ["supports", "denies", "doubts"]
        .iter()
        .flat_map(|list| before[list].as_array().unwrap().clone())
        .filter(|line| line["speaker"].is_string())
        .collect();
    // Two who are counted apart: of other names, and one of a kind that is linked.
    let pair = |name: &str| said.iter().find(|line| line["speaker_name"] == name);
    let (a, b) = (pair("Ilse Marrant").unwrap(), pair("Aurel Dessik").unwrap());
    let (a, b) = (text(a, "speaker"), text(b, "speaker"));
    let entry = enter(&place, &["merge", a, b, "--reason", "a pen name"]);
    let joined = ask(&place);
    assert_eq!(of(&joined) + 1, of(&before));
    assert_eq!(joined["links"][0]["reason"], "a pen name");
    assert!(flat(&run(&place, &["ask", CLAIM]).out).contains("one and the same: Ilse Marrant"));
    let theirs = json(&run(&place, &["who", "Marrant", "--about", CLAIM, "--json"]));
    assert!(theirs["positions"].to_string().contains("Aurel Dessik"));
    enter(&place, &["split", a, b, "--reason", "no"]);
    let parted = ask(&place);
    assert_eq!(of(&parted), of(&before), "the later word counts");
    enter(&place, &["undo", &entry, "--reason", "no"]);
    assert_eq!(of(&ask(&place)), of(&before));
}

#[test]
fn that_documents_are_independent_is_a_persons_word() {
    let place = harbour();
    let before = ask(&place);
    let at_least = |answer: &Value| answer["counts"]["origins_at_least"].as_u64().unwrap();
    let origins = |answer: &Value| -> Vec<String> {
        let mut found: Vec<String> = ["supports", "denies", "doubts"]
            .iter()
            .flat_map(|list| answer[list].as_array().unwrap())
            .map(|line| text(line, "origin").to_owned())
            .collect();
        found.sort();
        found.dedup();
        found
    };
    let lines_of = origins(&before);
    assert!(lines_of.len() >= 2, "{lines_of:?}");
    let mut arguments = vec!["copies", "--independent"];
    arguments.extend(lines_of.iter().map(String::as_str));
    arguments.extend(["--reason", "each was there"]);
    let entry = enter(&place, &arguments);
    let after = ask(&place);
    assert_eq!(at_least(&after), lines_of.len() as u64);
    assert!(at_least(&after) > at_least(&before));
    assert_eq!(after["origins_said"][0]["relation"], "independent");
    let pairs = lines(&run(&place, &["copies", "--json"]).out);
    let said: Vec<&Value> = pairs.iter().filter(|pair| pair["entered"].is_object()).collect();
    assert!(!said.is_empty());
    for pair in &said {
        assert_eq!((text(pair, "relation"), text(&pair["entered"], "actor")), ("independent", "ann"));
        assert!(pair["relation_by_program"].is_string());
    }
    let words = run(&place, &["copies"]).out;
    assert!(words.contains("Said by people") && words.contains("independent: "), "{words}");
    enter(&place, &["undo", &entry, "--reason", "no"]);
    assert_eq!(ask(&place)["counts"], before["counts"]);
    assert_eq!(verdict(&place)["ok"], true);

    // Of one origin by a person's word.
    let at_most = |answer: &Value| answer["counts"]["origins_at_most"].as_u64().unwrap();
    enter(&place, &["copies", "--same-origin", &lines_of[0], &lines_of[1], "--reason", "one release"]);
    assert_eq!(at_most(&ask(&place)) + 1, at_most(&before));
    for wrong in [
        &["copies", "--independent", &lines_of[0], &lines_of[0], "--reason", "x"][..],
        &["copies", "--independent", &lines_of[0], "doc_0000000000000000", "--reason", "x"],
    ] {
        assert_eq!(run(&place, wrong).code, 1, "{wrong:?}");
    }
    for wrong in [
        &["copies", "--independent", &lines_of[0], &lines_of[1]][..],
        &["copies", "--independent", &lines_of[0], "--reason", "x"],
        &["copies", "--reason", "x"],
    ] {
        assert_eq!(run(&place, wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_copy_that_a_person_holds_to_be_none_is_none_and_what_ties_it_all_the_same_is_told() {
    let place = harbour();
    let pairs = lines(&run(&place, &["copies", "--json"]).out);
    let copy = pairs.iter().find(|pair| pair["relation"] == "same_origin").unwrap();
    let [a, b] = strings(&copy["documents"])[..] else { panic!() };
    enter(&place, &["copies", "--independent", a, b, "--reason", "two notebooks"]);
    let pairs = lines(&run(&place, &["copies", "--json"]).out);
    let pair = pairs.iter().find(|pair| pair["documents"] == copy["documents"]).unwrap();
    assert_eq!((text(pair, "relation"), text(pair, "relation_by_program")), ("independent", "same_origin"));
    assert_eq!(pair["evidence"], copy["evidence"], "what the program found stays");
    let words = run(&place, &["copies"]).out;
    assert!(words.contains("the program has: one origin"), "{words}");
    assert_eq!(pair["against"] == true, words.contains("AGAINST IT"));
}

#[test]
fn answers_name_what_made_them() {
    let place = harbour();
    let version = env!("CARGO_PKG_VERSION");
    fs::write(place.path().join("claims.txt"), format!("{CLAIM}\n")).unwrap();
    fs::write(place.path().join("draft.txt"), format!("{CLAIM}.\n")).unwrap();
    let commands: [(&[&str], bool, bool); 5] = [
        (&["ask", CLAIM], true, true),
        (&["check", "draft.txt"], true, true),
        (&["matrix", "claims.txt"], true, true),
        (&["claims"], false, true),
        (&["copies"], false, false),
    ];
    for (command, stance, meaning) in commands {
        let with = |more: &[&str]| run(&place, &[command, more].concat());
        let answered = with(&["--json"]).out;
        let line: Value = serde_json::from_str(answered.lines().next().unwrap()).unwrap();
        let made = &line["made_by"];
        assert_eq!(made["program"], version, "{command:?}: {made}");
        assert!(text(&made["reading"][0], "model").starts_with("fast-"), "{command:?}: {made}");
        assert_eq!(
            (made["stance"].is_string(), made["meaning"].is_string()),
            (stance, meaning),
            "{command:?}"
        );
        let words = flat(&with(&[]).out);
        let foot = format!("Made by onrecord {version}, from readings by fast-");
        assert!(words.contains(&foot), "{command:?}: {words}");
        if command[0] != "copies" {
            assert!(with(&["--format", "html"]).out.contains(&foot), "{command:?}");
        }
    }
}
