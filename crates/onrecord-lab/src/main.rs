//! The lab (temporary entry).
use std::io::{BufRead, BufWriter, Write};
mod features;
fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let cmd = args.next().unwrap();
    let (vocabulary, input, output) = (args.next().unwrap(), args.next().unwrap(), args.next().unwrap());
    let mut out = BufWriter::new(std::fs::File::create(output)?);
    let lines = std::io::BufReader::new(std::fs::File::open(input)?).lines();
    if cmd == "features" {
        let pieces = onrecord_models::WordPiece::new(&std::fs::read_to_string(vocabulary)?);
        for line in lines {
            let value: serde_json::Value = serde_json::from_str(&line?)?;
            features::write(value["doc"].as_str().unwrap(), value["text"].as_str().unwrap(), &pieces, &mut out)?;
        }
    } else {
        let floor: f32 = vocabulary.parse()?;
        let net = onrecord_models::AttributionNetwork::new(onrecord_models::ModelName::Fast.weights())?;
        let t = std::time::Instant::now();
        let mut n = 0;
        for line in lines {
            let value: serde_json::Value = serde_json::from_str(&line?)?;
            let text = value["text"].as_str().unwrap();
            let tokens = onrecord_reading::token::tokens(text);
            n += tokens.len();
            let quoted = onrecord_reading::quotation::quoted(text, &tokens);
            let f = onrecord_reading::attribution::features(text, &tokens, &quoted, &net.pieces);
            let p = net.propose(&f, floor);
            let index = onrecord_record::TextIndex::new(text);
            let a = onrecord_reading::attribution::attributions(&tokens, &p);
            let sp = |s: &[onrecord_record::Span<onrecord_record::Byte>]| s.iter().map(|x| index.code_points(*x)).collect::<Vec<_>>();
            let v: Vec<_> = a.iter().map(|a| serde_json::json!({"source": sp(&a.source), "cue": sp(&a.cue), "content": sp(&a.content)})).collect();
            serde_json::to_writer(&mut out, &serde_json::json!({"doc": value["doc"], "attributions": v}))?;
            out.write_all(b"\n")?;
        }
        let s = t.elapsed().as_secs_f64();
        eprintln!("{n} tokens {s:.2}s {:.0} tokens/s", n as f64 / s);
    }
    Ok(())
}
