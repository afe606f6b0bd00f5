//! How long searching takes in a large case: a case multiplied, and queries made of its own words.

use anyhow::{Context, ensure};
use onrecord::VERSION;
use onrecord::ledger::search::Query;
use onrecord::ledger::{Case, Fault, Prepared, Writer, WriterOptions};
use onrecord::record::{Document, Line, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many queries there are of each sort; two hundred in all.
const COMMONEST: usize = 20;
const SINGLE: usize = 60;
const PAIRS: usize = 60;
const PHRASES: usize = 30;
const BEGINNINGS: usize = 15;
const FILTERED: usize = 15;

/// Makes `to` a case of all records of `from`, `copies` times with other ids.
///
/// # Errors
/// When a case cannot be read or written.
pub fn multiply(from: &Path, to: &Path, copies: usize) -> anyhow::Result<()> {
    let source = Case::open(from)?;
    let makers: BTreeMap<i64, _> = source.makers()?.into_iter().collect();
    let options = WriterOptions { actor: "lab".into(), program: VERSION.into(), careless: true };
    let mut writer = Writer::open(to, options, || true)?;
    for copy in 0..copies {
        let mut evidence = BTreeMap::new();
        let mut documents = 0;
        source.each_record(|record| {
            let lines = renamed(&String::from_utf8_lossy(&record.lines), copy);
            let first = lines.lines().next().unwrap_or_default();
            let mut document: Document = match serde_json::from_str(first) {
                Ok(Line::Document(document)) => document,
                _ => return Err(Fault::refused(record.document.clone(), "has a line that is not known")),
            };
            let kept = match evidence.get(&document.sha256) {
                Some(kept) => *kept,
                None => {
                    let bytes = format!("{} {copy}", document.sha256);
                    let kept = writer.evidence().keep(bytes.as_bytes())?;
                    writer.arrival(&kept, bytes.len() as u64, "copy")?;
                    evidence.insert(document.sha256, kept);
                    kept
                }
            };
            document.sha256 = kept;
            let prepared = Prepared::new(&document, &record.place, lines.as_bytes())?;
            if let Some(maker) = makers.get(&record.maker) {
                writer.document(&prepared, maker)?;
            }
            documents += 1;
            if documents % 500 == 0 {
                writer.commit()?;
            }
            Ok::<(), Fault>(())
        })?;
        writer.commit()?;
        eprintln!("copy {} of {copies}", copy + 1);
    }
    let begun = Instant::now();
    writer.case().index_words()?;
    eprintln!("index of words made in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// The lines with every id made another.
pub(crate) fn renamed(lines: &str, copy: usize) -> String {
    let mut out = String::with_capacity(lines.len());
    for (number, piece) in lines.split('"').enumerate() {
        if number > 0 {
            out.push('"');
        }
        match piece.split_once('_') {
            Some((prefix @ ("doc" | "ag" | "st" | "si"), digits))
                if digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
            {
                let hash = Sha256::of(format!("{piece} {copy}").as_bytes()).to_string();
                out.push_str(prefix);
                out.push('_');
                out.push_str(&hash[..16]);
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// Two hundred queries made of the words of a case's statements: the commonest words, others, two words of one statement,
/// phrases, beginnings, and words with filters. The same case gives the same queries.
///
/// # Errors
/// When the case cannot be read or is too small.
pub fn queries(case: &Case) -> anyhow::Result<Vec<String>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut contents: Vec<(Vec<String>, String)> = Vec::new();
    let mut records = 0_usize;
    case.each_record(|record| {
        records += 1;
        for line in record.lines.split(|byte| *byte == b'\n').filter(|_| records <= 6_000) {
            let Ok(Line::Statement(statement)) = serde_json::from_slice(line) else { continue };
            let content = statement.content.text.unwrap_or_default().to_lowercase();
            let words: Vec<String> = content
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
            words.iter().for_each(|word| *counts.entry(word.clone()).or_default() += 1);
            if words.len() > 5 && contents.len() < 100_000 {
                contents.push((words, statement.source.text.unwrap_or_default()));
            }
        }
        Ok::<(), Fault>(())
    })?;
    ensure!(contents.len() > 1_000, "the case is too small to be measured");
    let mut by_count: Vec<(usize, String)> = counts.into_iter().map(|(word, n)| (n, word)).collect();
    by_count.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut queries: Vec<String> = by_count.iter().take(COMMONEST).map(|(_, word)| word.clone()).collect();
    // Ranks that grow by a constant factor: as many common words as rare ones.
    let single = |i: usize| (20.0 * (by_count.len() as f64 / 21.0).powf(i as f64 / SINGLE as f64)) as usize;
    queries.extend((0..SINGLE).filter_map(|i| by_count.get(single(i)).map(|(_, word)| word.clone())));
    let content = |i: usize| contents.get(i * 7_919 % contents.len()).map(|(words, source)| (words, source));
    queries.extend(
        (0..PAIRS).filter_map(content).map(|(words, _)| format!("{} {}", words[0], words[words.len() / 2])),
    );
    queries.extend(
        (60..60 + PHRASES)
            .filter_map(content)
            .map(|(words, _)| format!("\"{} {} {}\"", words[1], words[2], words[3])),
    );
    let long = by_count.iter().filter(|(_, word)| word.len() >= 5).step_by(97).take(BEGINNINGS);
    queries.extend(long.map(|(_, word)| format!("{}*", word.chars().take(4).collect::<String>())));
    queries.extend((120..120 + FILTERED).filter_map(content).enumerate().map(|(i, (words, source))| match i
        % 3
    {
        0 => format!("{} act:denies", words[0]),
        1 => format!("{} speaker:\"{}\"", words[2], source.replace('"', " ")),
        _ => format!("{} from:2012 to:2016", words[0]),
    }));
    Ok(queries)
}

/// How long queries take, each asked `rounds` times of a case that is open; the middle of each, in order of time.
///
/// # Errors
/// When a query fails.
pub fn timed(case: &Case, queries: &[String], rounds: usize) -> anyhow::Result<Vec<(Duration, String)>> {
    let mut times = Vec::with_capacity(queries.len());
    for query in queries {
        let parsed = Query::parse(query).with_context(|| query.clone())?;
        let mut taken = Vec::with_capacity(rounds);
        for _ in 0..rounds.max(1) {
            let begun = Instant::now();
            case.search(&parsed, 10)?;
            taken.push(begun.elapsed());
        }
        taken.sort();
        times.push((taken[taken.len() / 2], query.clone()));
    }
    times.sort();
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_nothing_else_are_renamed() {
        let line = r#"{"id":"st_00112233445566ff","text":"a st_0 \"doc_\" x","within":null}"#;
        let other = renamed(line, 1);
        assert_eq!(other.len(), line.len());
        assert!(!other.contains("00112233445566ff") && other.contains(r#""text":"a st_0 \"doc_\" x""#));
        assert_eq!(renamed(line, 1), other);
        assert_ne!(renamed(line, 2), other);
    }
}
