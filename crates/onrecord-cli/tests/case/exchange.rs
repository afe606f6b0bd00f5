//! A case written out for others, and a record taken in.

use super::{lines, place, run, run_with, verdict};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use std::fs;

#[test]
fn a_table_has_a_row_for_each_statement() {
    let here = place();
    run(&here, &["add", "in"]);
    let table = run(&here, &["export", "--format", "csv"]).out;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len() as u64, verdict(&here)["statements"].as_u64().unwrap());
    assert!(rows.iter().any(|row| &row[5] == "Mara Feld"));
}

#[test]
fn a_table_for_data_tools_has_the_same_rows() {
    let here = place();
    run(&here, &["add", "in"]);
    let written = run(&here, &["export", "--format", "parquet", "-o", "rows.parquet"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let file = SerializedFileReader::new(fs::File::open(here.path().join("rows.parquet")).unwrap()).unwrap();
    let statements = verdict(&here)["statements"].as_u64().unwrap();
    let table = run(&here, &["export", "--format", "csv"]).out;
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(table.as_bytes()).records().map(Result::unwrap).collect();
    let mut found = 0;
    for (row, cells) in file.get_row_iter(None).unwrap().zip(&rows) {
        let row = row.unwrap();
        assert_eq!(
            (row.get_string(0).unwrap().as_str(), row.get_string(7).unwrap().as_str()),
            (&cells[0], &cells[7])
        );
        assert_eq!(row.get_long(19).unwrap().to_string(), cells[19]);
        assert!((row.get_double(18).unwrap() - cells[18].parse::<f64>().unwrap()).abs() < 1e-6);
        found += 1;
    }
    assert_eq!(found, statements);
    assert!(run(&here, &["log"]).out.contains("42 documents written out as parquet"));
}

#[test]
fn a_cell_that_a_spreadsheet_would_compute_is_none() {
    let here = place();
    let article = serde_json::json!({"title": "=HYPERLINK(1)", "publisher": "@x", "text": "“+1 is -2,” said Mara Feld.\n"});
    run_with(here.path(), &["add", "-"], format!("{article}\n").as_bytes());
    let table = run(&here, &["export", "--format", "csv"]).out;
    assert!(table.contains("\"'=HYPERLINK(1)\"") && table.contains("\"'@x\""), "{table}");
    assert!(!table.contains(",\"=") && !table.contains(",\"@"), "{table}");
}

#[test]
fn brat_gets_two_files_for_each_document() {
    let here = place();
    run(&here, &["add", "in"]);
    assert_eq!(run(&here, &["export", "--format", "brat"]).code, 1, "two files are no stream");
    assert_eq!(run(&here, &["export", "--format", "brat", "-o", "brat"]).code, 0);
    let names: Vec<String> = fs::read_dir(here.path().join("brat"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2 * 42 + 1);
    for name in names.iter().filter(|name| name.ends_with(".ann")) {
        assert!(names.contains(&name.replace(".ann", ".txt")));
        let ann = fs::read_to_string(here.path().join("brat").join(name)).unwrap();
        assert!(ann.contains("\tAttribution "), "{ann}");
    }
}

#[test]
fn annotations_have_their_words_at_their_places_and_what_people_entered() {
    let here = place();
    run(&here, &["add", "in"]);
    let record = lines(&run(&here, &["export"]).out);
    let statement = record.iter().find(|line| line["type"] == "statement").unwrap();
    run(&here, &["note", statement["id"].as_str().unwrap(), "ask again", "--actor", "ann"]);
    let written = run(&here, &["export", "--format", "web-annotation"]).out;
    let page: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len() as u64, verdict(&here)["statements"].as_u64().unwrap() + 1);
    let texts: std::collections::BTreeMap<String, Vec<char>> = record
        .iter()
        .filter(|line| line["type"] == "document")
        .map(|line| {
            (
                format!("urn:onrecord:{}", line["id"].as_str().unwrap()),
                line["text"].as_str().unwrap().chars().collect(),
            )
        })
        .collect();
    let mut quotes = 0;
    for target in items.iter().flat_map(|item| match &item["target"] {
        serde_json::Value::Array(targets) => targets.clone(),
        target => vec![target.clone()],
    }) {
        let at = |end: &str| target["selector"][1][end].as_u64().unwrap() as usize;
        let text = &texts[target["source"].as_str().unwrap()];
        let exact: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(target["selector"][0]["exact"], exact);
        quotes += 1;
    }
    assert!(quotes >= items.len(), "{quotes}");
    let note = items.last().unwrap();
    assert_eq!((&note["motivation"], &note["creator"]["name"]), (&"commenting".into(), &"ann".into()));
}

#[test]
fn a_record_that_was_written_out_comes_in_as_it_was() {
    let here = place();
    run(&here, &["add", "in"]);
    let exported = run(&here, &["export", "-o", "record.jsonl"]);
    assert_eq!(exported.code, 0, "{}", exported.err);
    let written = fs::read_to_string(here.path().join("record.jsonl")).unwrap();
    let imported = run(&here, &["import", "record.jsonl", "--case", "other"]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert!(imported.out.contains("imported  42 documents"), "{}", imported.out);
    assert_eq!(run(&here, &["export", "--case", "other"]).out, written);
    let sound = run(&here, &["verify", "--case", "other"]);
    assert_eq!(sound.code, 0, "{}", sound.err);
    let again = run(&here, &["import", "record.jsonl", "--case", "other"]);
    assert!(again.out.contains("imported  0 documents; 42 were in the case already"), "{}", again.out);
    let reread = run(&here, &["reread", "--case", "other", "--model", "accurate", "--quiet"]);
    assert_eq!(reread.code, 0, "{}", reread.err);
    assert_eq!(run(&here, &["verify", "--case", "other"]).code, 0, "an imported document can be read again");
    let piped = run_with(here.path(), &["import", "-", "--case", "piped"], written.as_bytes());
    assert_eq!(piped.code, 0, "{}", piped.err);
}

#[test]
fn a_record_that_was_altered_is_refused_where_it_was() {
    let here = place();
    run(&here, &["add", "in/rope.txt", "in/2031-01-02-tunnel.txt"]);
    let written = run(&here, &["export"]).out;
    let altered = written.replacen("I sell rope,” said", "I sell hemp,” said", 1);
    let imported = run_with(here.path(), &["import", "-", "--case", "other"], altered.as_bytes());
    assert_eq!(imported.code, 1);
    assert!(imported.err.contains("has another text than its hash says"), "{}", imported.err);
    assert!(imported.out.contains("imported  1 documents"), "{}", imported.out);
    let nothing = run_with(here.path(), &["import", "-", "--case", "third"], b"a,b\n");
    assert_eq!(nothing.code, 1);
    assert!(nothing.err.contains("line 1 is no line of a record"), "{}", nothing.err);
}
