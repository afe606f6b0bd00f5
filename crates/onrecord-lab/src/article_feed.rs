//! The articles that speed is measured on.

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

#[derive(Deserialize)]
struct ArticleLine {
    text: String,
}

/// The texts of the first `most` articles of a gzipped JSON-lines file, in order.
pub fn article_texts(path: &Path, most: usize) -> anyhow::Result<Vec<String>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = BufReader::new(MultiGzDecoder::new(BufReader::new(file))).lines();
    lines
        .take(most)
        .enumerate()
        .map(|(number, line)| {
            let parse =
                |line: String| serde_json::from_str::<ArticleLine>(&line).map_err(anyhow::Error::from);
            let article = line.map_err(anyhow::Error::from).and_then(parse);
            let article = article.with_context(|| format!("{}, line {}", path.display(), number + 1))?;
            Ok(article.text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[test]
    fn takes_the_first_texts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.jsonl.gz");
        let mut gz = GzEncoder::new(File::create(&path).unwrap(), Compression::fast());
        for n in 0..3 {
            writeln!(gz, r#"{{"id":"{n}","text":"Text {n}."}}"#).unwrap();
        }
        gz.finish().unwrap();
        assert_eq!(article_texts(&path, 2).unwrap(), ["Text 0.", "Text 1."]);
        assert_eq!(article_texts(&path, 9).unwrap().len(), 3);
        assert!(article_texts(&dir.path().join("none"), 1).is_err());
    }
}
