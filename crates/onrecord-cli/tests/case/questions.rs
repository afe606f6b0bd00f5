//! Questions to the bundled case, as their users ask them.

use super::bundled::{CLAIM, harbour, json};
use super::run;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

/// The texts of the documents of a case, by id.
fn texts(place: &TempDir) -> BTreeMap<String, Vec<char>> {
    let exported = run(place, &["export", "--quiet"]);
    let lines = exported.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let documents = lines.filter(|line| line["type"] == "document");
    documents
        .map(|line| {
            (line["id"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().chars().collect())
        })
        .collect()
}

#[test]
fn an_answer_holds_to_the_words_and_counts_what_it_lists() {
    let place = harbour();
    let answer = json(&run(&place, &["ask", CLAIM, "--json", "--limit", "1000"]));
    let texts = texts(&place);
    let lists = ["supports", "denies", "doubts", "mentions"];
    for list in lists {
        let said = answer[list].as_array().unwrap();
        assert_eq!(answer["counts"][list], said.len(), "{list}");
        for line in said {
            let text = &texts[line["document"].as_str().unwrap()];
            let spans = line["content"]["spans"].as_array().unwrap().iter();
            let pieces = spans.map(|span| {
                let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
                text[at(0)..at(1)].iter().collect::<String>()
            });
            assert_eq!(pieces.collect::<Vec<_>>().join(" "), line["content"]["text"].as_str().unwrap());
            for field in ["speaker_name", "document_title", "published", "origin", "relevance", "stance"] {
                assert!(line.get(field).is_some(), "{field}");
            }
        }
    }
    assert!(!answer["denies"].as_array().unwrap().is_empty(), "the authority denies it");
    let counts = &answer["counts"];
    assert!(counts["origins_at_least"].as_u64() <= counts["origins_at_most"].as_u64());
    assert!(counts["origins_at_most"].as_u64() <= counts["reports"].as_u64());
    assert!(counts["speakers"].as_u64() <= counts["utterances"].as_u64());
    assert!(!answer["missing"].as_array().unwrap().is_empty());
    assert_eq!(answer["coverage"]["documents"], 18);
}

#[test]
fn nothing_on_the_record_is_an_answer() {
    let place = harbour();
    let answer = json(&run(&place, &["ask", "Penguins won the chess championship in Lima", "--json"]));
    assert_eq!(answer["counts"]["reports"], 0);
    assert!(answer["missing"][0].as_str().unwrap().contains("nothing in this case"));
    let said = run(&place, &["ask", "?!"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("no words"), "{}", said.err);
}

#[test]
fn asking_again_answers_the_same_and_sees_what_came_since() {
    let place = harbour();
    let first = run(&place, &["ask", CLAIM, "--json"]).out;
    assert_eq!(first, run(&place, &["ask", CLAIM, "--json"]).out);
    let later = "Korr shelters the grey fleet, pilot says\n\n“Korr shelters tankers of the grey fleet,” said Ann Vey.\n";
    fs::write(place.path().join("2031-04-01-later.txt"), later).unwrap();
    run(&place, &["add", "2031-04-01-later.txt", "--quiet"]);
    let answer = json(&run(&place, &["ask", CLAIM, "--json", "--limit", "1000"]));
    let speaks =
        |list: &str| answer[list].as_array().unwrap().iter().any(|line| line["speaker_name"] == "Ann Vey");
    assert!(speaks("supports") || speaks("mentions"), "{answer}");
    // What is made from the readings may be thrown away.
    fs::remove_dir_all(place.path().join("onrecord-case/meanings")).unwrap();
    assert_eq!(json(&run(&place, &["ask", CLAIM, "--json", "--limit", "1000"])), answer);
    assert_eq!(run(&place, &["verify"]).code, 0);
}

#[test]
fn an_answer_as_text_and_as_a_page_is_harmless() {
    let place = harbour();
    let text = run(&place, &["ask", CLAIM]);
    assert!(text.out.contains("DENY IT") && text.out.contains("WHAT IS MISSING"), "{}", text.out);
    let page = run(&place, &["ask", "<script>Korr</script> shelters tankers", "--format", "html"]);
    assert_eq!(page.code, 0, "{}", page.err);
    assert!(page.out.contains("Content-Security-Policy") && !page.out.contains("<script>"));
}

#[test]
fn a_draft_is_held_against_the_case() {
    let place = harbour();
    let draft = "# Draft\n\nIlse Marrant said that Korr’s dealings with the smugglers changed in 2019.\n\n\
                 A penguin won the chess championship in Lima on the third day.\n";
    fs::write(place.path().join("draft.md"), draft).unwrap();
    let checked = json(&run(&place, &["check", "draft.md", "--json"]));
    let kinds = |containing: &str| -> Vec<String> {
        let sentences = checked["sentences"].as_array().unwrap();
        let sentence = sentences.iter().find(|it| it["text"].as_str().unwrap().contains(containing)).unwrap();
        let verdicts = sentence["verdicts"].as_array().unwrap().iter();
        verdicts.map(|verdict| verdict["kind"].as_str().unwrap().to_owned()).collect()
    };
    let changed = kinds("2019");
    assert!(
        changed.contains(&"on_record".into()) && changed.contains(&"number_changed".into()),
        "{changed:?}"
    );
    assert_eq!(kinds("penguin"), ["not_on_record"]);
    let cited = run(&place, &["check", "draft.md", "--footnotes"]);
    assert!(
        cited.out.contains("changed in 2019.[^r1]") && cited.out.contains("[^r1]: Ilse Marrant"),
        "{}",
        cited.out
    );
    for format in ["text", "html"] {
        assert_eq!(run(&place, &["check", "draft.md", "--format", format]).code, 0);
    }
}

#[test]
fn claims_stand_beside_each_other_with_their_gaps() {
    let place = harbour();
    fs::write(place.path().join("claims.txt"), format!("# two\n{CLAIM}\n\nPenguins won in Lima\n")).unwrap();
    let matrix = json(&run(&place, &["matrix", "claims.txt", "--json"]));
    assert_eq!(matrix["claims"].as_array().unwrap().len(), 2);
    assert!(matrix["rows"].as_array().unwrap().iter().all(|row| row["cells"].as_array().unwrap().len() == 2));
    assert!(matrix["gaps"].to_string().contains("Penguins"));
    for format in ["text", "html"] {
        assert_eq!(run(&place, &["matrix", "claims.txt", "--format", format]).code, 0);
    }
    fs::write(place.path().join("none.txt"), "# none\n").unwrap();
    assert_eq!(run(&place, &["matrix", "none.txt"]).code, 1);
}

#[test]
fn statements_that_make_the_same_claim_are_gathered() {
    let place = harbour();
    let claims = run(&place, &["claims", "--json"]);
    let lines: Vec<Value> = claims.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty());
    for line in &lines {
        assert!(line["statements"].as_array().unwrap().len() > 1 && line["dispute"].as_f64().unwrap() <= 1.0);
    }
}

#[test]
fn a_speaker_has_a_stance_over_time() {
    let place = harbour();
    let found = json(&run(&place, &["who", "Dessik", "--about", CLAIM, "--json"]));
    assert_eq!(found["type"], "positions");
    let days: Vec<&str> =
        found["positions"].as_array().unwrap().iter().filter_map(|it| it["day"].as_str()).collect();
    assert!(days.is_sorted(), "{days:?}");
    let nobody = run(&place, &["who", "Nemo", "--about", CLAIM]);
    assert!(nobody.out.contains("Nobody called Nemo"), "{}", nobody.out);
}
