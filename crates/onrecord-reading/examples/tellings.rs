use onrecord_models::ModelName;
use onrecord_reading::Reader;
use onrecord_reading::attribution::Attribution;
use onrecord_record::*;
use std::io::*;
fn main() {
    let reader = Reader::new(ModelName::Fast).unwrap();
    for line in stdin().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["text"].as_str().unwrap();
        let h = Sha256::of(text.as_bytes());
        let d = Document {
            id: DocumentId::new(&h, "", &h),
            path: None,
            sha256: h,
            media_type: "text/plain".into(),
            title: None,
            byline: None,
            publisher: None,
            credit: None,
            published: None,
            published_from: None,
            language: None,
            characters: text.chars().count() as u32,
            text_sha256: h,
            text: Some(text.to_owned()),
            warnings: Vec::new(),
        };
        let ix = TextIndex::new(text);
        let sp = |r: &serde_json::Value| -> Vec<Span<Byte>> {
            r.as_array()
                .unwrap()
                .iter()
                .map(|p| {
                    ix.bytes(Span::<CodePoint>::new(
                        CodePoint(p[0].as_u64().unwrap() as u32),
                        CodePoint(p[1].as_u64().unwrap() as u32),
                    ))
                })
                .collect()
        };
        let r = match v.get("attributions").and_then(|a| a.as_array()) {
            Some(a) => {
                let g: Vec<Attribution> = a
                    .iter()
                    .map(|a| Attribution {
                        source: sp(&a["source"]),
                        cue: sp(&a["cue"]),
                        content: sp(&a["content"]),
                        confidence: 1.0,
                        ..Attribution::default()
                    })
                    .collect();
                reader.read_given(&d, &g)
            }
            None => reader.read(&d),
        };
        println!(
            "{}",
            serde_json::json!({"doc":v["doc"],"agents":r.agents,"statements":r.statements,"silences":r.silences})
        );
    }
}
