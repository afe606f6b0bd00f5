//! Claims that people confirm, merge and split, and what stays of that when the case grows or is read again.

use super::{lines, run, verdict};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const MILL: &str = "the Veldra mill would close by spring with all of its looms";
const FERRY: &str = "the harbour ferry to Orm would stop in winter for want of passengers";

/// A case of five documents in which two claims are made more than once.
fn place() -> TempDir {
    let place = TempDir::new().unwrap();
    for (name, who, what) in [
        ("a", "Mara Feld", MILL),
        ("b", "Tom Orrin", MILL),
        ("c", "Ann Vey", MILL),
        ("d", "Mara Feld", FERRY),
        ("e", "Tom Orrin", FERRY),
    ] {
        write(&place, name, who, what);
    }
    add(&place, &["a", "b", "c", "d", "e"]);
    place
}

fn write(place: &TempDir, name: &str, who: &str, what: &str) {
    let text = format!(
        "News of the day\n\n{who} said that {what}.\n\nThe council of harbour {name} meets on Monday.\n"
    );
    fs::write(place.path().join(format!("{name}.txt")), text).unwrap();
}

fn add(place: &TempDir, names: &[&str]) {
    let files: Vec<String> = names.iter().map(|name| format!("{name}.txt")).collect();
    let mut arguments = vec!["add", "--quiet"];
    arguments.extend(files.iter().map(String::as_str));
    let added = run(place, &arguments);
    assert_eq!(added.code, 0, "{}", added.err);
}

fn enter(place: &TempDir, arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.extend(["--reason", "read them", "--actor", "ann"]);
    let entered = run(place, &all);
    assert_eq!(entered.code, 0, "{arguments:?}: {}", entered.err);
    entered.out.trim().strip_prefix("entry ").unwrap().to_owned()
}

fn claims(place: &TempDir) -> Vec<Value> {
    let found = run(place, &["claims", "--json"]);
    assert_eq!(found.code, 0, "{}", found.err);
    lines(&found.out)
}

fn about<'c>(claims: &'c [Value], word: &str) -> &'c Value {
    let found = claims.iter().find(|claim| claim["claim"].as_str().unwrap().contains(word));
    found.unwrap_or_else(|| panic!("no claim about {word}: {claims:?}"))
}

fn ids(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

fn id(claim: &Value) -> String {
    claim["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_confirmed_claim_keeps_its_name_and_words_when_the_case_grows() {
    let place = place();
    let before = claims(&place);
    let mill = about(&before, "mill");
    assert_eq!((mill["standing"].as_str(), ids(&mill["statements"]).len()), (Some("proposed"), 3));
    enter(&place, &["claims", "--confirm", &id(mill), "--wording", "The Veldra mill closes by spring"]);
    write(&place, "f", "Ines Korr", MILL);
    add(&place, &["f"]);
    let after = claims(&place);
    let confirmed = about(&after, "mill closes");
    assert_eq!(confirmed, &after[0], "what people confirmed comes first");
    assert_eq!((confirmed["standing"].as_str(), id(confirmed)), (Some("confirmed"), id(mill)));
    assert_eq!(confirmed["statements"], mill["statements"], "and nothing is added to it unasked");
    assert_eq!(ids(&confirmed["proposed"]).len(), 1);
    assert_eq!(confirmed["confirmed_by"][0]["actor"], "ann");
    assert!(
        !after.iter().any(|claim| claim["claim"].as_str().unwrap().contains(MILL)),
        "what is confirmed is not proposed again"
    );
    assert_eq!(about(&after, "ferry")["standing"], "proposed");

    let words = run(&place, &["claims"]).out;
    assert!(words.contains("CONFIRMED by people: 1") && words.contains("PROPOSED by the program"), "{words}");
    assert!(
        words.contains("== The Veldra mill closes") && words.contains("≈  that the harbour ferry"),
        "{words}"
    );
    let page = run(&place, &["claims", "--format", "html"]);
    assert_eq!(page.code, 0, "{}", page.err);
    assert!(page.out.contains("claims confirmed") && page.out.contains("claims proposed"));

    enter(&place, &["claims", "--confirm", &id(mill)]);
    let whole = claims(&place);
    assert_eq!(ids(&about(&whole, "mill closes")["statements"]).len(), 4);
    assert!(ids(&about(&whole, "mill closes")["proposed"]).is_empty());
    let asked = run(&place, &["ask", &id(mill), "--json"]);
    let answer: Value = serde_json::from_str(&asked.out).unwrap();
    assert_eq!(answer["claim"], "The Veldra mill closes by spring");
    assert!(answer.to_string().contains("\"confirmed_claim\""));
    assert_eq!(run(&place, &["ask", "cl_0000000000000000"]).code, 1);
    assert_eq!(verdict(&place)["ok"], true);
}

#[test]
fn what_people_took_apart_is_not_proposed_together() {
    let place = place();
    let before = claims(&place);
    let mill = about(&before, "mill");
    let statements = ids(&mill["statements"]);
    let entry = enter(&place, &["claims", "--split", &id(mill), &statements[2]]);
    let parted = claims(&place);
    assert_eq!(ids(&about(&parted, "mill")["statements"]), statements[..2]);
    write(&place, "f", "Ines Korr", MILL);
    add(&place, &["f"]);
    let grown = claims(&place);
    for claim in &grown {
        let of = ids(&claim["statements"]);
        assert!(!(of.contains(&statements[2]) && of.contains(&statements[0])), "{claim}");
    }
    enter(&place, &["undo", &entry]);
    assert_eq!(ids(&about(&claims(&place), "mill")["statements"]).len(), 4);
}

#[test]
fn claims_are_merged_and_what_is_taken_back_comes_back() {
    let place = place();
    let before = claims(&place);
    let (mill, ferry) = (about(&before, "mill"), about(&before, "ferry"));
    let confirmed = enter(&place, &["claims", "--confirm", &id(ferry)]);
    let merged = enter(&place, &["claims", "--merge", &id(mill), &id(ferry)]);
    let one = claims(&place);
    assert_eq!(one.len(), 1);
    assert_eq!((id(&one[0]), one[0]["claim"].as_str()), (id(mill), mill["claim"].as_str()));
    assert_eq!(ids(&one[0]["statements"]).len(), 5);
    let out = ids(&ferry["statements"]);
    enter(&place, &["claims", "--split", &id(mill), &out[0], &out[1]]);
    let two = claims(&place);
    assert_eq!(ids(&two[0]["statements"]), ids(&mill["statements"]));
    assert_eq!(about(&two, "ferry")["standing"], "proposed");
    enter(&place, &["undo", &merged]);
    let back = claims(&place);
    assert_eq!(about(&back, "mill")["standing"], "proposed");
    enter(&place, &["undo", &confirmed]);
    assert!(claims(&place).iter().all(|claim| claim["standing"] == "proposed"));
    let log = run(&place, &["log", "--people"]).out;
    assert!(log.contains("one claim: cl_") && log.contains("is not made by st_"), "{log}");
    assert!(!log.contains("DOES NOT FIT"), "{log}");

    for wrong in [
        &["claims", "--confirm", "cl_0000000000000000", "--reason", "x"][..],
        &["claims", "--merge", &id(mill), &id(mill), "--reason", "x"],
        &["claims", "--split", &id(mill), "st_0000000000000000", "--reason", "x"],
        &["claims", "--confirm", "st_0000000000000000", "--reason", "x"],
    ] {
        assert_eq!(run(&place, wrong).code, 1, "{wrong:?}");
    }
    for wrong in [
        &["claims", "--confirm", &id(mill)][..],
        &["claims", "--reason", "x"],
        &["claims", "--split", &id(mill), "--reason", "x"],
        &["claims", "--confirm", &id(mill), "--json", "--reason", "x"],
    ] {
        assert_eq!(run(&place, wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn statements_that_no_claim_has_make_one_where_a_person_says_so() {
    let place = place();
    let record = lines(&run(&place, &["export"]).out);
    let said = |word: &str| {
        let of = record.iter().filter(|line| line["type"] == "statement");
        let found = of.filter(|line| line["content"]["text"].as_str().unwrap_or_default().contains(word));
        found.map(|line| line["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (mill, ferry) = (said("mill"), said("ferry"));
    enter(&place, &["claims", "--confirm", &mill[0], &ferry[0], "--wording", "The valley empties"]);
    let found = claims(&place);
    let made = about(&found, "valley");
    assert_eq!((made["standing"].as_str(), ids(&made["statements"]).len()), (Some("confirmed"), 2));
    assert_eq!(ids(&made["proposed"]).len(), mill.len() + ferry.len() - 2);
}

#[test]
fn confirmed_claims_outlive_reading_again_and_what_does_not_fit_is_listed() {
    let place = place();
    let before = claims(&place);
    let mill = id(about(&before, "mill"));
    enter(&place, &["claims", "--confirm", &mill]);
    let again = run(&place, &["reread", "--model", "accurate", "--quiet"]);
    assert_eq!(again.code, 0, "{}", again.err);
    let after = claims(&place);
    assert_eq!((id(&after[0]), &after[0]["claim"]), (mill.clone(), &about(&before, "mill")["claim"]));
    let here = ids(&after[0]["statements"]).len() + ids(&after[0]["unfit"]).len();
    assert_eq!(here, 3, "what is not there any more is listed");
    let log = run(&place, &["log", "--people"]).out;
    assert_eq!(!ids(&after[0]["unfit"]).is_empty(), log.contains("DOES NOT FIT"), "{log}");
    assert_eq!(verdict(&place)["ok"], true);

    let backup = run(&place, &["backup", "copy"]);
    assert_eq!(backup.code, 0, "{}", backup.err);
    assert_eq!(lines(&run(&place, &["claims", "--json", "--case", "copy"]).out), after);
    let page = run(&place, &["export", "--format", "web-annotation", "--quiet"]).out;
    assert!(page.contains("\"motivation\":\"classifying\""), "people's claims are written out");
}

#[test]
fn words_of_an_erased_document_are_in_no_claim() {
    let place = place();
    let mill = id(about(&claims(&place), "mill"));
    enter(&place, &["claims", "--confirm", &mill]);
    let record = lines(&run(&place, &["export"]).out);
    let documents: Vec<&str> = record
        .iter()
        .filter(|line| line["type"] == "document" && line["text"].as_str().unwrap().contains("Veldra"))
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    let mut arguments = vec!["redact", "--for-ever", "--reason", "order 17"];
    arguments.extend(&documents);
    let erased = run(&place, &arguments);
    assert_eq!(erased.code, 0, "{}", erased.err);
    let ledger = fs::read(place.path().join("onrecord-case/ledger.sqlite")).unwrap();
    assert!(!String::from_utf8_lossy(&ledger).contains("Veldra"));
    assert!(claims(&place).iter().all(|claim| claim["standing"] == "proposed"));
    assert_eq!(verdict(&place)["ok"], true);
}
