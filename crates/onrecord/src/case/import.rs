//! A record in JSON lines, as [`write_jsonl`](super::write_jsonl) writes it, taken apart into documents with their lines, so
//! that it can go into a case as it is and is not read again.

use super::{ArticleLine, ArticleLines};
use crate::Problem;
use onrecord_ledger::{Maker, Prepared};
use onrecord_record::{Document, Header, Line, Sha256};
use serde::Deserialize;
use std::io::{self, BufRead};

/// A document of a record with all its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPart {
    /// Who made it, as the record's own line says.
    pub maker: Maker,
    /// Where its first line stands in the file, from 1.
    pub number: usize,
    /// The document.
    pub document: Document,
    /// Its lines, each with its line end.
    pub lines: Vec<u8>,
}

/// Goes through the documents of a record, one in memory at a time. A line that is none of a record is named, and with
/// it the document that it would belong to is left out.
#[derive(Debug)]
pub struct RecordParts<R> {
    from: ArticleLines<R>,
    maker: Option<Maker>,
    current: Option<RecordPart>,
    broken: bool,
}

/// What a line is.
#[derive(Deserialize)]
struct Sort {
    #[serde(rename = "type")]
    sort: String,
}

impl<R: BufRead> RecordParts<R> {
    /// The documents of `from`, none of whose lines is longer than `longest` bytes.
    pub fn new(from: R, longest: usize) -> Self {
        RecordParts { from: ArticleLines::new(from, longest), maker: None, current: None, broken: false }
    }

    /// Takes one line; a document that it ends.
    fn take(&mut self, line: ArticleLine) -> Result<Option<RecordPart>, Problem> {
        let number = line.number;
        let wrong = |what: String| Problem { place: format!("line {number}"), what, hint: None };
        let bytes = line.bytes.map_err(wrong)?;
        let Sort { sort } = serde_json::from_slice(&bytes).map_err(|_| {
            wrong("is no line of a record".into()).hint("give a file that `onrecord export` wrote")
        })?;
        match sort.as_str() {
            "onrecord" => {
                let Ok(Line::OnRecord(Header { schema, program, model, options })) =
                    serde_json::from_slice(&bytes)
                else {
                    return Err(wrong("does not say who made the record".into()));
                };
                self.maker = Some(Maker { schema, program, model, options });
                self.broken = false;
                Ok(self.current.take())
            }
            "document" => {
                let ended = self.current.take();
                self.broken = true;
                let Some(maker) = self.maker.clone() else {
                    return Err(wrong(
                        "is a document without a line before it that says who made the record".into(),
                    ));
                };
                let document = match serde_json::from_slice(&bytes) {
                    Ok(Line::Document(document)) => document,
                    Ok(_) => return Err(wrong("is no document".into())),
                    Err(error) => return Err(wrong(format!("is no document of a record: {error}"))),
                };
                if document.text.is_none() {
                    return Err(wrong("has no text".into()).hint("write the record without --no-text"));
                }
                self.broken = false;
                let lines = [&bytes[..], b"\n"].concat();
                self.current = Some(RecordPart { maker, number, document, lines });
                Ok(ended)
            }
            _ => {
                if let Some(current) = &mut self.current {
                    current.lines.extend_from_slice(&bytes);
                    current.lines.push(b'\n');
                } else if !self.broken {
                    self.broken = true;
                    return Err(wrong("belongs to no document".into()));
                }
                Ok(None)
            }
        }
    }
}

impl<R: BufRead> Iterator for RecordParts<R> {
    type Item = io::Result<Result<RecordPart, Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.from.next() {
                Some(Ok(line)) => line,
                Some(Err(error)) => return Some(Err(error)),
                None => return self.current.take().map(|part| Ok(Ok(part))),
            };
            match self.take(line) {
                Ok(None) => {}
                Ok(Some(part)) => return Some(Ok(Ok(part))),
                Err(problem) => {
                    // A document of which a line is broken is not what was written.
                    self.current = None;
                    self.broken = true;
                    return Some(Ok(Err(problem)));
                }
            }
        }
    }
}

impl RecordPart {
    /// Makes the document ready for the ledger; `evidence` is the file that the record came in.
    ///
    /// # Errors
    /// When a text does not stand at its offsets, or a line is none of a record.
    pub fn prepare(&self, evidence: Sha256) -> Result<Prepared, Problem> {
        let place = format!("line {}", self.number);
        Prepared::imported(&self.document, evidence, &place, &self.lines).map_err(|fault| Problem {
            place,
            what: fault.to_string(),
            hint: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::jsonl;
    use crate::sample;
    use serde_json::Map;

    fn written() -> String {
        let mut out = Vec::new();
        jsonl::write_header("fast-0", Map::new(), &mut out).unwrap();
        jsonl::write_record(&sample::record(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn parts(text: &str) -> Vec<Result<RecordPart, Problem>> {
        RecordParts::new(text.as_bytes(), 1 << 20).map(Result::unwrap).collect()
    }

    #[test]
    fn a_record_comes_apart_into_documents_with_their_lines() {
        let text = format!("{}{}", written(), written());
        let found: Vec<RecordPart> = parts(&text).into_iter().map(Result::unwrap).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].maker.model, "fast-0");
        assert_eq!((found[0].number, &found[0].document), (2, &sample::record().document));
        let lines: Vec<&[u8]> = found.iter().map(|part| &part.lines[..]).collect();
        let header = written().lines().next().unwrap().len() + 1;
        assert_eq!(lines.concat(), [&written()[header..], &written()[header..]].concat().into_bytes());
        assert!(found[0].prepare(Sha256::of(b"x")).is_ok());
    }

    #[test]
    fn what_is_no_record_is_named_and_costs_its_document_only() {
        let whole = written();
        let (header, rest) = whole.split_once('\n').unwrap();
        assert!(parts(rest)[0].as_ref().unwrap_err().what.contains("who made the record"));
        assert!(parts("[]\n")[0].as_ref().unwrap_err().what.contains("no line of a record"));
        let broken = format!("{header}\n{}not json\n{rest}", rest);
        let found = parts(&broken);
        assert!(found[0].is_err() && found[1].is_ok() && found.len() == 2, "{found:?}");
        let moved = rest.replacen("\"start\"", "\"x\"", 1).replacen("[[", "[[1", 1);
        let found = parts(&format!("{header}\n{moved}"));
        assert!(
            found.iter().any(|part| part.as_ref().is_ok_and(|part| part.prepare(Sha256::of(b"x")).is_err()))
        );
    }
}
