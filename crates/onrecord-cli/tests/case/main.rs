//! A case as its users meet it: added to, written out, checked, tampered with.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod bundled;
mod copies;
mod exchange;
mod grouped;
mod kept;
mod questions;
mod rereading;
mod said;
mod trouble;
mod watching;
mod words;

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TUNNEL: &str =
    "Tunnel to be dug twice\n\n“We dig it twice,” said Mara Feld. She denied that it is folly.\n";
const ROPE: &str = "Rope\n\n“I sell rope,” said Pol Renn.\n";

fn articles() -> String {
    let mut lines = String::from("\u{feff}");
    for n in 0..40 {
        let text = format!(
            "Quay {n} to close\n\n“Quay {n} is closed,” said Ann Vey. Harbour officials said on Monday that ships wait.\n"
        );
        let article = serde_json::json!({"id": n, "publisher": "Harbour Post", "published": "2031-02-03", "title": format!("Quay {n}"), "text": text});
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines.push_str("{\"title\":\"without a text\"}\n\n");
    lines
}

fn place() -> TempDir {
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("in")).unwrap();
    for (name, text) in [("2031-01-02-tunnel.txt", TUNNEL), ("rope.txt", ROPE), ("wire.jsonl", &articles())] {
        fs::write(place.path().join("in").join(name), text).unwrap();
    }
    fs::write(place.path().join("in/paper.txt"), "%PDF-1.7\n").unwrap();
    place
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run_with(place: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .current_dir(place)
        .args(arguments)
        .env_remove("ONRECORD_CASE")
        .write_stdin(input)
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(place: &TempDir, arguments: &[&str]) -> Ran {
    run_with(place.path(), arguments, b"")
}

fn verdict(place: &TempDir) -> serde_json::Value {
    serde_json::from_str(&run(place, &["verify", "--format", "json"]).out).unwrap()
}

#[test]
fn a_case_gives_back_exactly_what_was_read() {
    let here = place();
    let added = run(&here, &["add", "in"]);
    assert_eq!(added.code, 1, "the paper and the line without a text are named: {}", added.err);
    assert!(added.err.contains("in/paper.txt is a PDF"), "{}", added.err);
    assert!(added.err.contains("in/wire.jsonl, line 41 has no text"), "{}", added.err);
    assert!(added.out.contains("added    42 documents"), "{}", added.out);
    assert!(added.out.contains("2 problems"), "{}", added.out);

    let read = run(&here, &["read", "in", "--format", "jsonl"]);
    let exported = run(&here, &["export", "--format", "jsonl"]);
    assert_eq!(exported.out, read.out);
    assert!(exported.out.lines().count() > 100);

    let found = verdict(&here);
    assert_eq!(found["ok"], true, "{found}");
    assert_eq!(found["documents"], 42);
    assert_eq!(found["evidence"], 4);
    assert_eq!(found["root"].as_str().unwrap().len(), 64);
    assert!(found["quotes"].as_u64().unwrap() > 200);
    let root = added.out.lines().find_map(|line| line.strip_prefix("root     ")).unwrap();
    let against = run(&here, &["verify", "--against", root]);
    assert_eq!(against.code, 0, "the export is an entry of the log, behind what was added: {}", against.err);
}

#[test]
fn adding_again_changes_nothing_but_the_log() {
    let here = place();
    run(&here, &["add", "in"]);
    let (before, exported) = (verdict(&here), run(&here, &["export"]).out);
    let again = run(&here, &["add", "in"]);
    assert_eq!(again.code, 1, "what was refused is named again: {}", again.err);
    assert!(again.err.contains("in/paper.txt is a PDF"), "{}", again.err);
    assert!(again.out.contains("added    0 documents"), "{}", again.out);
    assert!(again.out.contains("42 documents were in the case already"), "{}", again.out);
    let after = verdict(&here);
    assert_eq!(run(&here, &["export"]).out, exported);
    assert_eq!(after["ok"], true);
    assert_eq!(
        after["entries"].as_u64().unwrap(),
        before["entries"].as_u64().unwrap() + 5,
        "four arrivals, one export"
    );
    let root = before["root"].as_str().unwrap();
    let against = run(&here, &["verify", "--against", root]);
    assert_eq!(against.code, 0, "{}", against.err);
    let other = "0".repeat(64);
    assert_eq!(run(&here, &["verify", "--against", &other]).code, 1);
    assert_eq!(run(&here, &["verify", "--against", "12"]).code, 2);
}

#[test]
fn the_same_bytes_under_two_names_are_one_evidence_file() {
    let here = place();
    fs::copy(here.path().join("in/rope.txt"), here.path().join("cord.txt")).unwrap();
    run(&here, &["add", "in/rope.txt", "cord.txt", "in/rope.txt"]);
    let found = verdict(&here);
    assert_eq!((&found["evidence"], &found["documents"]), (&1.into(), &1.into()));
    assert_eq!(found["entries"], 5, "the case, a reading, three arrivals");
}

#[test]
fn standard_input_may_be_one_text_or_many_articles() {
    let here = place();
    let one = run_with(here.path(), &["add", "-"], ROPE.as_bytes());
    assert_eq!(one.code, 0, "{}", one.err);
    let many = run_with(here.path(), &["add", "-"], articles().as_bytes());
    assert!(many.out.contains("added    40 documents"), "{}{}", many.out, many.err);
    let read = run_with(here.path(), &["read", "-", "--format", "jsonl"], articles().as_bytes()).out;
    let (_, read) = read.split_once('\n').unwrap();
    assert!(run(&here, &["export"]).out.ends_with(read));
    let empty = run_with(here.path(), &["add", "-"], b"");
    assert_eq!(empty.code, 1);
    assert!(empty.err.contains("standard input is empty"), "{}", empty.err);
    assert_eq!(verdict(&here)["ok"], true);
}

#[test]
fn any_number_of_threads_makes_the_same_case() {
    let here = place();
    run(&here, &["add", "in", "--case", "one", "--jobs", "1"]);
    run(&here, &["add", "in", "--case", "four", "--jobs", "4"]);
    let exported = |case| run(&here, &["export", "--case", case]).out;
    assert_eq!(exported("one"), exported("four"));
}

#[test]
fn a_folder_that_is_no_case_is_left_alone() {
    let here = place();
    let refused = run(&here, &["add", "in/rope.txt", "--case", "in"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("in is no case and holds other things"), "{}", refused.err);
    assert!(!here.path().join("in/ledger.sqlite").exists());
    for command in [["verify"], ["export"]] {
        let absent = run(&here, &command);
        assert_eq!(absent.code, 1);
        assert!(absent.err.contains("onrecord-case holds no case"), "{}", absent.err);
    }
}

#[test]
fn whatever_is_edited_is_found_and_named() {
    let here = place();
    run(&here, &["add", "in"]);
    let case = here.path().join("onrecord-case");
    let whole = fs::read(case.join("ledger.sqlite")).unwrap();
    let edits = [
        ("UPDATE statements SET act = 'denies' WHERE id = 3", "st_"),
        ("UPDATE statements SET speaker = NULL WHERE id = 3", "st_"),
        ("UPDATE statements SET confidence = 0.5 WHERE id = 3", "st_"),
        ("DELETE FROM statements WHERE id = 3", "rows of statements"),
        ("UPDATE agents SET kind = 'unnamed' WHERE id = 2", "ag_"),
        ("UPDATE names SET name = 'Somebody Else' WHERE id = 1", "ag_"),
        ("UPDATE documents SET title = 'Other' WHERE id = 2", "title"),
        ("UPDATE documents SET published = '1999-01-01' WHERE id = 5", "published"),
        (
            "UPDATE documents SET text = (SELECT text FROM documents WHERE id = 7) WHERE id = 5",
            "another text",
        ),
        (
            "UPDATE readings SET record = (SELECT record FROM readings WHERE id = 7) WHERE id = 5",
            "reading of doc_",
        ),
        ("UPDATE readings SET maker = 99 WHERE id = 5", "another program, model"),
        ("UPDATE makers SET model = 'better-0'", "another program, model"),
        ("DELETE FROM readings WHERE id = 5", "has no row"),
        ("UPDATE evidence SET bytes = 1 WHERE id = 1", "evidence "),
        ("UPDATE evidence SET complete = 0 WHERE id = 2", "evidence "),
        ("UPDATE refusals SET what = 'is fine' WHERE id = 1", "refusal of entry"),
        ("DELETE FROM refusals WHERE id = 1", "refusals"),
        ("UPDATE entries SET actor = 'nobody' WHERE number = 4", "root"),
        ("UPDATE entries SET content = replace(content, '2031', '2030') WHERE number = 2", "entry 2"),
        ("UPDATE entries SET salt = zeroblob(32) WHERE number = 4", "entry 4"),
        ("UPDATE entries SET salt = NULL, content = NULL WHERE number = 4", "entry 4"),
        ("DELETE FROM entries WHERE number = (SELECT max(number) FROM entries)", "root"),
        ("UPDATE head SET root = zeroblob(32)", "root"),
    ];
    for (edit, named) in edits {
        let ledger = rusqlite::Connection::open(case.join("ledger.sqlite")).unwrap();
        ledger
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; PRAGMA journal_mode = DELETE; {edit}"))
            .unwrap();
        drop(ledger);
        let found = verdict(&here);
        assert_eq!(found["ok"], false, "{edit}");
        assert!(found["problems"].to_string().contains(named), "{edit}: {}", found["problems"]);
        fs::write(case.join("ledger.sqlite"), &whole).unwrap();
    }
    assert_eq!(verdict(&here)["ok"], true);

    let evidence = fs::read_dir(case.join("evidence")).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&evidence).unwrap();
    fs::remove_file(&evidence).unwrap();
    assert!(verdict(&here)["problems"].to_string().contains("does not exist"));
    fs::write(&evidence, [&bytes[..], b" "].concat()).unwrap();
    assert!(verdict(&here)["problems"].to_string().contains("other bytes"));
    fs::write(&evidence, &bytes).unwrap();
    fs::write(case.join("evidence/note.txt"), "x").unwrap();
    assert!(verdict(&here)["problems"].to_string().contains("note.txt"));
}

fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_is_in_the_case_is_found_by_its_words() {
    let here = place();
    run(&here, &["add", "in"]);
    let found = lines(&run(&here, &["search", "dig twice", "--format", "jsonl"]).out);
    let kinds: Vec<&str> = found.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["statement", "document"]);
    assert_eq!(found[0]["speaker_name"], "Mara Feld");
    assert!(found[0]["places"].as_array().unwrap().len() >= 2, "both words: {}", found[0]["places"]);
    assert!(found[0]["score"].as_f64().unwrap() > 0.0);
    assert!(found[1]["text"].is_null() && found[1]["snippet"].as_str().unwrap().contains("Tunnel"));

    let count = |query: &[&str]| {
        let mut arguments = vec!["search", "--format", "jsonl", "--limit", "100", "--"];
        arguments.extend(query);
        let found = lines(&run(&here, &arguments).out);
        found.iter().filter(|line| line["type"] == "statement").count()
    };
    assert_eq!(count(&["\"twice dig\""]), 0, "a phrase stands in order");
    // What must be found is told by the record itself, whatever the model reads.
    let record = lines(&run(&here, &["export"]).out);
    let veys: Vec<&str> = record
        .iter()
        .filter(|line| line["type"] == "agent" && line["name"] == "Ann Vey")
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    let expected = |word: &str| {
        let said = record.iter().filter(|line| line["speaker"].as_str().is_some_and(|id| veys.contains(&id)));
        said.filter(|line| line["content"]["text"].as_str().unwrap_or_default().contains(word)).count()
    };
    assert!(expected("closed") > 10, "{}", expected("closed"));
    assert_eq!(count(&["clos*", "speaker:vey"]), expected("clos"));
    assert_eq!(count(&["closed", "speaker:feld"]), 0);
    let dated = count(&["closed", "publisher:\"harbour post\"", "from:2031-02", "to:2031"]);
    assert!(dated >= expected("closed"), "{dated}");
    assert_eq!(count(&["closed", "to:2030"]), 0);
    assert_eq!(count(&["closed", "publisher:beacon"]), 0);

    let names = run(&here, &["search", "Marra Fled"]).out;
    assert!(names.contains("Mara Feld (person)"), "{names}");
    let who = run(&here, &["who", "ann", "vey"]).out;
    assert!(who.contains("in 40 documents (40 person)"), "{who}");
    let nobody = run(&here, &["search", "zeppelin"]);
    assert_eq!((nobody.code, nobody.out.as_str()), (0, "Nothing in the case has these words.\n"));
    let wrong = run(&here, &["search", "from:yesterday"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("give a day as 2021-01-12"), "{}", wrong.err);
    let timeline = run(&here, &["timeline", "closed", "--format", "jsonl"]);
    let days: Vec<serde_json::Value> =
        lines(&timeline.out).iter().map(|line| line["published"].clone()).collect();
    assert!(
        days.len() >= expected("closed") && days.is_sorted_by_key(|day| day.to_string()),
        "{}",
        timeline.err
    );
}

#[test]
fn what_people_enter_stays_and_can_be_taken_back() {
    let here = place();
    run(&here, &["add", "in"]);
    let exported = run(&here, &["export"]).out;
    let statement = lines(&exported).into_iter().find(|line| line["type"] == "statement").unwrap();
    let id = statement["id"].as_str().unwrap();
    let agents: Vec<String> = lines(&exported)
        .into_iter()
        .filter(|line| line["type"] == "agent")
        .map(|line| line["id"].as_str().unwrap().to_owned())
        .collect();
    let enter = |arguments: &[&str]| {
        let entered = run(&here, arguments);
        assert_eq!(entered.code, 0, "{}", entered.err);
        entered.out.trim().strip_prefix("entry ").unwrap().to_owned()
    };
    let judged = enter(&[
        "judge",
        id,
        "--likelihood",
        "likely",
        "--confidence",
        "low",
        "--reliability",
        "B",
        "--reason",
        "seen",
        "--actor",
        "ann",
    ]);
    enter(&["correct", id, "--act", "doubts", "--reason", "she was joking"]);
    enter(&["merge", &agents[0], &agents[1], "--reason", "the same"]);
    enter(&["note", id, "ask her again"]);
    enter(&["undo", &judged, "--reason", "hasty"]);
    let entries = run(&here, &["log", "--people"]).out;
    assert!(
        entries
            .contains("likelihood likely, confidence low, reliability of the source B: seen; taken back by"),
        "{entries}"
    );
    assert!(!entries.contains("DOES NOT FIT"), "{entries}");
    assert_eq!(run(&here, &["export"]).out, exported, "the record stays as it was read");
    assert_eq!(verdict(&here)["ok"], true);

    for wrong in [
        &["judge", id, "--reason", "x"][..],
        &["correct", "st_0000000000000000", "--act", "denies", "--reason", "x"],
        &["correct", id, "--content", "words that are not there", "--reason", "x"],
        &["undo", "1", "--reason", "x"],
        &["undo", &judged, "--reason", "x"],
        &["note", "doc_0000000000000000", "x"],
    ] {
        let refused = run(&here, wrong);
        assert_eq!(refused.code, 1, "{wrong:?}: {}", refused.out);
    }
    assert_eq!(run(&here, &["judge", id, "--likelihood", "90%", "--reason", "x"]).code, 2);
}

#[test]
fn reading_again_keeps_what_was_read_and_entered() {
    let here = place();
    run(&here, &["add", "in", "--model", "accurate"]);
    let before = lines(&run(&here, &["export"]).out);
    let id =
        before.iter().find(|line| line["type"] == "statement").unwrap()["id"].as_str().unwrap().to_owned();
    run(&here, &["note", &id, "keep this"]);
    let again = run(&here, &["reread", "--quiet"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.contains("read again  42 documents"), "{}", again.out);
    assert!(run(&here, &["reread", "--quiet"]).out.contains("read again  0 documents"));
    let read = run(&here, &["read", "in", "--format", "jsonl"]).out;
    assert_eq!(run(&here, &["export"]).out, read, "as if it had been read so from the start");
    let found = verdict(&here);
    assert_eq!(found["ok"], true, "{found}");
    assert!(run(&here, &["log", "--people"]).out.contains("keep this"));
}

#[test]
fn what_is_erased_is_nowhere_and_the_rest_stays_sound() {
    let here = place();
    fs::write(
        here.path().join("in/secret.txt"),
        "Secret\n\n“Xylophonists meet,” said Quirinius Zabriskie.\n",
    )
    .unwrap();
    run(&here, &["add", "in"]);
    let before = verdict(&here);
    let found = lines(&run(&here, &["search", "xylophonists", "--json"]).out);
    let document =
        found.iter().find(|line| line["type"] == "document").unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(run(&here, &["redact", &document, "--reason", "x"]).code, 2, "nobody erases by accident");
    let erased = run(&here, &["redact", &document, "--for-ever", "--reason", "order 17"]);
    assert_eq!(erased.code, 0, "{}", erased.err);
    let after = verdict(&here);
    assert_eq!(after["ok"], true, "{after}");
    assert_eq!(after["documents"], 42);
    let root = before["root"].as_str().unwrap();
    assert_eq!(run(&here, &["verify", "--against", root]).code, 0, "the tree stands");
    assert!(run(&here, &["search", "xylophonists"]).out.contains("Nothing"));
    let case = here.path().join("onrecord-case");
    let index = fs::read_dir(case.join("index")).unwrap().map(|entry| entry.unwrap().path());
    for file in ["ledger.sqlite", "ledger.sqlite-wal"].map(|file| case.join(file)).into_iter().chain(index) {
        let bytes = fs::read(&file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["xylophonist", "zabriskie", "secret"] {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
    assert_eq!(fs::read_dir(case.join("evidence")).unwrap().count(), 4);
    assert!(run(&here, &["log"]).out.contains("order 17"));
}

#[test]
fn a_backup_of_a_case_is_that_case() {
    let here = place();
    run(&here, &["add", "in"]);
    let exported = run(&here, &["export"]).out;
    let backup = run(&here, &["backup", "copy"]);
    assert_eq!(backup.code, 0, "{}", backup.err);
    assert!(backup.out.starts_with("sound"), "{}", backup.out);
    assert_eq!(run(&here, &["backup", "copy"]).code, 1, "a copy is not written over");
    fs::remove_dir_all(here.path().join("onrecord-case")).unwrap();
    let restored = run(&here, &["restore", "copy"]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert_eq!(run(&here, &["export"]).out, exported);
    assert!(run(&here, &["add", "in/rope.txt"]).out.contains("added    0 documents"));
}

#[test]
fn proofs_hold_for_somebody_with_nothing_but_a_root() {
    use onrecord::ledger::log::{ConsistencyProof, InclusionProof};
    let here = place();
    run(&here, &["add", "in/rope.txt"]);
    let old = verdict(&here)["root"].as_str().unwrap().to_owned();
    run(&here, &["add", "in"]);
    let proof: InclusionProof = serde_json::from_str(&run(&here, &["log", "--prove", "3"]).out).unwrap();
    assert!(proof.holds());
    assert_eq!(proof.root.to_string(), verdict(&here)["root"].as_str().unwrap());
    let proof: ConsistencyProof = serde_json::from_str(&run(&here, &["log", "--since", &old]).out).unwrap();
    assert!(proof.holds() && proof.old_size == 3);
    assert_eq!(run(&here, &["log", "--prove", "9999"]).code, 1);
}
