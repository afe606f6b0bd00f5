//! Whether statements that the program takes to make one claim do, against pairs that were read twice.
//!
//! The pairs (`suite/claims/pairs.jsonl`) are a sample of those the program proposed over the news articles, by hash: offsets
//! and labels, no text. Of each it is asked again whether the two make one claim, and the share of pairs still joined that are right is
//! the precision; the share of right pairs still joined tells what a change of rules costs, and is no recall.

use crate::copies::read_articles;
use anyhow::{Context, bail};
use onrecord::linking::claims::{Lexicon, gather};
use onrecord_models::WordVectors;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Content {
    doc: String,
    content: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct PairLine {
    a: Content,
    b: Content,
    first: bool,
    second: bool,
    same: bool,
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SameClaimFigures {
    /// Pairs that were read.
    pub pairs: usize,
    /// Of those the ones that make one claim, as settled.
    pub same: usize,
    /// Pairs on which both readers agreed.
    pub agreed: usize,
    /// Pairs that the program joins.
    pub joined: usize,
    /// Of those the ones that make one claim.
    pub right: usize,
}

/// Asks of every pair whether the program joins it.
///
/// # Errors
/// When the pairs or the articles cannot be read or do not fit together.
pub fn score(pairs: &Path, articles: &Path) -> anyhow::Result<SameClaimFigures> {
    let texts: BTreeMap<String, Vec<char>> = read_articles(articles)?
        .into_iter()
        .map(|article| (article.id, article.text.chars().collect()))
        .collect();
    let lines = fs::read_to_string(pairs).with_context(|| format!("cannot read {}", pairs.display()))?;
    let vectors = WordVectors::embedded()?;
    let mut lexicon = Lexicon::new(&vectors);
    let mut figures = SameClaimFigures::default();
    for (number, line) in lines.lines().enumerate() {
        let pair: PairLine = serde_json::from_str(line)
            .with_context(|| format!("{}: line {}", pairs.display(), number + 1))?;
        let contents = [words(&pair.a, &texts)?, words(&pair.b, &texts)?];
        let joined = !gather(contents.iter().map(String::as_str), &mut lexicon).is_empty();
        figures.pairs += 1;
        figures.same += usize::from(pair.same);
        figures.agreed += usize::from(pair.first == pair.second);
        figures.joined += usize::from(joined);
        figures.right += usize::from(joined && pair.same);
    }
    Ok(figures)
}

fn words(content: &Content, texts: &BTreeMap<String, Vec<char>>) -> anyhow::Result<String> {
    let Some(text) = texts.get(&content.doc) else { bail!("no article has the id {}", content.doc) };
    let piece = |(start, end): &(usize, usize)| -> anyhow::Result<String> {
        let piece = text.get(*start..*end).with_context(|| format!("{} ends before {end}", content.doc))?;
        Ok(piece.iter().collect())
    };
    let pieces: Vec<String> = content.content.iter().map(piece).collect::<anyhow::Result<_>>()?;
    Ok(pieces.join(" "))
}

/// The table.
pub fn markdown(figures: &SameClaimFigures) -> String {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    format!(
        "| pairs read | one claim | readers agree, % | joined | right | precision, % | of those that are one, still joined, % |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n\
         | {} | {} | {:.1} | {} | {} | {:.1} | {:.1} |\n",
        figures.pairs,
        figures.same,
        percent(figures.agreed, figures.pairs),
        figures.joined,
        figures.right,
        percent(figures.right, figures.joined),
        percent(figures.right, figures.same)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[test]
    fn pairs_are_taken_from_their_places() {
        let folder = tempfile::tempdir().unwrap();
        let (articles, pairs) = (folder.path().join("a.jsonl.gz"), folder.path().join("p.jsonl"));
        let mut gz = GzEncoder::new(fs::File::create(&articles).unwrap(), Compression::fast());
        let text = "The Veldra mill will close by spring with its looms. The Veldra mill would close by spring with its looms. It rained.";
        writeln!(gz, "{}", serde_json::json!({"id": "x", "text": text})).unwrap();
        gz.finish().unwrap();
        let pair = |b: [usize; 2], same: bool| {
            serde_json::json!({"a": {"doc": "x", "content": [[0, 51]]}, "b": {"doc": "x", "content": [b]},
                "first": true, "second": same, "same": same})
        };
        fs::write(&pairs, format!("{}\n{}\n", pair([53, 105], true), pair([107, 115], false))).unwrap();
        let figures = score(&pairs, &articles).unwrap();
        let expected = SameClaimFigures { pairs: 2, same: 1, agreed: 1, joined: 1, right: 1 };
        assert_eq!(figures, expected);
        fs::write(&pairs, "{}").unwrap();
        assert!(score(&pairs, &articles).is_err());
    }
}
