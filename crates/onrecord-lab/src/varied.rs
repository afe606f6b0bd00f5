//! A case multiplied with other words, so that its documents are as many as wanted and no copies of each other.
//!
//! Of the words in small letters three in four are exchanged, throughout a record, for others of the case that are as long, so
//! that every offset stays true; names stay. Two versions of one article then share one shingle in a thousand, and its names.

use crate::search_speed::renamed;
use anyhow::ensure;
use onrecord::VERSION;
use onrecord::ledger::{Case, Fault, Maker, Prepared, Writer, WriterOptions};
use onrecord::record::{Line, Sha256};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Words that are shorter stay: they say how a sentence is built.
const SHORTEST: usize = 4;

/// Of so many words one stays.
const STAYS: u64 = 4;

/// The words of a case, by their length, and those that the record's own form has need of.
#[derive(Debug, Default)]
pub struct Vocabulary {
    by_length: BTreeMap<usize, Vec<String>>,
    form: BTreeSet<String>,
}

impl Vocabulary {
    /// The words of all documents of a case.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(case: &Case) -> anyhow::Result<Self> {
        let (mut words, mut form) = (BTreeSet::new(), BTreeSet::new());
        case.each_record(|record| {
            each_word(&record.text, |word| _ = words.insert(word.to_owned()));
            for line in record.lines.split(|byte| *byte == b'\n') {
                serde_json::from_slice(line).iter().for_each(|line| form_of(line, &mut form));
            }
            Ok::<(), Fault>(())
        })?;
        let mut by_length: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for word in words.difference(&form) {
            by_length.entry(word.len()).or_default().push(word.clone());
        }
        ensure!(!by_length.is_empty(), "the case has no words that could be exchanged");
        Ok(Vocabulary { by_length, form })
    }

    /// Lines of a record with other words.
    fn varied(&self, lines: &str, copy: usize) -> String {
        let mut out = String::with_capacity(lines.len());
        let mut from = 0;
        each_word(lines, |word| {
            let at = word.as_ptr().addr() - lines.as_ptr().addr();
            out.push_str(&lines[from..at]);
            out.push_str(self.other(word, copy).unwrap_or(word));
            from = at + word.len();
        });
        out.push_str(&lines[from..]);
        out
    }

    fn other(&self, word: &str, copy: usize) -> Option<&str> {
        let mut hasher = DefaultHasher::new();
        (word, copy).hash(&mut hasher);
        let hash = hasher.finish();
        let words = self.by_length.get(&word.len()).filter(|_| !self.form.contains(word))?;
        let place = (hash >> 8) as usize % words.len();
        (!(hash >> 3).is_multiple_of(STAYS)).then(|| words[place].as_str())
    }
}

/// The words in small letters of a text or of a line of JSON, whose escapes are none.
fn each_word<'t>(text: &'t str, mut take: impl FnMut(&'t str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += if bytes.get(at + 1) == Some(&b'u') { 6 } else { 2 };
            continue;
        }
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_' || **byte >= 128;
        let length = bytes[at..].iter().take_while(is_part).count();
        let run = &bytes[at..at + length];
        if length >= SHORTEST && run.iter().all(u8::is_ascii_lowercase) {
            take(&text[at..at + length]);
        }
        at += length.max(1);
    }
}

/// The words that a line's form is made of: the names of its fields, and what stands where only a few words can.
fn form_of(line: &Value, form: &mut BTreeSet<String>) {
    match line {
        Value::Object(fields) => {
            for (name, value) in fields {
                each_word(name, |word| _ = form.insert(word.to_owned()));
                match value {
                    Value::String(value)
                        if !["text", "title", "name", "byline", "about"].contains(&&**name) =>
                    {
                        each_word(value, |word| _ = form.insert(word.to_owned()));
                    }
                    value => form_of(value, form),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| form_of(value, form)),
        // Words of texts stand in lists too: names. They are no form.
        _ => form.extend(["true", "false", "null"].map(str::to_owned)),
    }
}

/// Adds versions of the documents of a case to another, one after another, from the version `from` on.
#[derive(Debug)]
pub struct Versions<'c> {
    source: &'c Case,
    makers: BTreeMap<i64, Maker>,
    rows: Vec<i64>,
    words: Vocabulary,
}

impl<'c> Versions<'c> {
    /// Of the documents of `source`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(source: &'c Case) -> anyhow::Result<Self> {
        let makers = source.makers()?.into_iter().collect();
        let rows = source.documents_not_made_by(|_| false)?;
        Ok(Versions { source, makers, rows, words: Vocabulary::of(source)? })
    }

    /// Opens the case that versions are added to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn writer(to: &Path) -> anyhow::Result<Writer> {
        let options = WriterOptions { actor: "lab".into(), program: VERSION.into(), careless: true };
        Ok(Writer::open(to, options, || true)?)
    }

    /// Adds the version with this number, counted through all documents and then again.
    ///
    /// # Errors
    /// When a case cannot be read or written.
    pub fn add(&self, number: usize, to: &mut Writer) -> anyhow::Result<()> {
        ensure!(!self.rows.is_empty(), "the case is empty");
        let copy = number / self.rows.len() + 1;
        let record = self.source.record(self.rows[number % self.rows.len()])?;
        let lines = renamed(&self.words.varied(&String::from_utf8_lossy(&record.lines), copy), copy);
        let first = lines.lines().next().unwrap_or_default();
        let Ok(Line::Document(mut document)) = serde_json::from_str::<Line>(first) else {
            anyhow::bail!("{} has no line of its own", record.document);
        };
        let bytes = format!("version {number}");
        let kept = to.evidence().keep(bytes.as_bytes())?;
        to.arrival(&kept, bytes.len() as u64, "version")?;
        document.sha256 = kept;
        document.text_sha256 = Sha256::of(document.text().as_bytes());
        let prepared = Prepared::new(&document, &record.place, lines.as_bytes())?;
        if let Some(maker) = self.makers.get(&record.maker) {
            to.document(&prepared, maker)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_exchanged_for_others_as_long_and_form_and_names_stay() {
        let line =
            r#"{"type":"statement","act":"asserts","content":{"text":"the ferry\nleaves Korr after seven"}}"#;
        let mut words = Vocabulary::default();
        form_of(&serde_json::from_str(line).unwrap(), &mut words.form);
        words.by_length = [(5, vec!["river".into(), "seven".into()]), (6, vec!["stands".into()])].into();
        let other: Vec<String> = (1..20).map(|copy| words.varied(line, copy)).collect();
        for other in &other {
            assert_eq!(other.len(), line.len());
            assert!(
                other.starts_with(r#"{"type":"statement","act":"asserts","content":{"text":"the "#),
                "{other}"
            );
            assert!(other.contains("\\n") && other.contains("Korr"));
        }
        assert!(other.iter().any(|other| other.contains("stands") && other.contains("river")), "{other:?}");
    }
}
