//! throw-away
use onrecord_record::*;
use onrecord_reading::{Reader, attribution::Attribution};
use std::io::*;
fn main() {
    let reader = Reader::new(onrecord_models::ModelName::Fast).unwrap();
    let mut done = std::collections::BTreeSet::new();
    for line in stdin().lock().lines() {
        let o: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let doc = o["doc"].as_str().unwrap().to_owned();
        if !done.insert(doc.clone()) { continue; }
        let text = o["text"].as_str().unwrap();
        let index = TextIndex::new(text);
        let key = if o["statements"].is_array() { "statements" } else { "attributions" };
        let given: Vec<Attribution> = o[key].as_array().unwrap().iter().map(|a| {
            let role = |n: &str| a[n].as_array().map(|v| v.iter().map(|p| {
                let s = Span::new(CodePoint(p[0].as_u64().unwrap() as u32), CodePoint(p[1].as_u64().unwrap() as u32));
                index.bytes(s)
            }).collect()).unwrap_or_default();
            Attribution { source: role("source"), cue: role("cue"), content: role("content"), confidence: 1.0, ..Attribution::default() }
        }).collect();
        let article = onrecord_lab::our_reader::bare_document(text);
        let reading = reader.read_given(&article, &given);
        println!("{}", serde_json::json!({"doc": doc, "statements": reading.statements}));
    }
}
