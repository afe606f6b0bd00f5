//! The lines of an evidence file of many articles, one after the other, none longer than is allowed.

use std::io::{self, BufRead};

/// What tells a file of articles by its name.
const EXTENSIONS: [&str; 2] = ["jsonl", "ndjson"];

/// What tells a page.
const PAGES: [&str; 3] = ["html", "htm", "xhtml"];

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLine {
    /// Its number, from 1.
    pub number: usize,
    /// Its bytes, or what is the matter with it.
    pub bytes: Result<Vec<u8>, String>,
}

/// Goes through the lines that are not blank.
#[derive(Debug)]
pub struct ArticleLines<R> {
    from: R,
    longest: usize,
    number: usize,
    read: u64,
}

impl<R: BufRead> ArticleLines<R> {
    /// The lines of `from`; those of more than `longest` bytes are stepped over and named.
    pub fn new(from: R, longest: usize) -> Self {
        ArticleLines { from, longest, number: 0, read: 0 }
    }

    /// How many bytes were gone through.
    pub fn bytes_read(&self) -> u64 {
        self.read
    }

    /// The bytes of the next line with its end, kept only up to the longest allowed, and how many there were.
    fn line(&mut self) -> io::Result<(Vec<u8>, usize)> {
        let (mut line, mut length) = (Vec::new(), 0);
        loop {
            let chunk = match self.from.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = chunk.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let taken = end.unwrap_or(chunk.len());
            let room = self.longest.saturating_add(2).saturating_sub(line.len());
            line.extend_from_slice(chunk.get(..taken.min(room)).unwrap_or_default());
            length += taken;
            self.from.consume(taken);
            self.read += taken as u64;
            if end.is_some() || taken == 0 {
                return Ok((line, length));
            }
        }
    }
}

impl<R: BufRead> Iterator for ArticleLines<R> {
    type Item = io::Result<ArticleLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (mut line, length) = match self.line() {
                Ok((_, 0)) => return None,
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            self.number += 1;
            if line.last() == Some(&b'\n') {
                line.pop();
            }
            if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
                line.drain(..3);
            }
            if line.trim_ascii().is_empty() && length <= self.longest {
                continue;
            }
            let bytes = if line.len() > self.longest {
                let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1e6);
                let (size, limit) = (megabytes(length.saturating_sub(1)), megabytes(self.longest));
                Err(format!("has {size}, more than the limit of {limit}"))
            } else {
                Ok(line)
            };
            return Some(Ok(ArticleLine { number: self.number, bytes }));
        }
    }
}

/// Whether the file of this name and beginning is one of many articles, a line each.
pub fn holds_articles(path: &str, head: &[u8]) -> bool {
    let named = |names: &[&str]| extension(path).is_some_and(|it| names.contains(&it.as_str()));
    if named(&EXTENSIONS) || named(&PAGES) {
        return named(&EXTENSIONS);
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.first() == Some(&b'{')
        && serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(first)
            .is_ok_and(|fields| fields.contains_key("text") || fields.contains_key("type"))
}

/// Whether the name alone tells.
pub(super) fn is_named_for_articles(path: &str) -> bool {
    extension(path).is_some_and(|it| EXTENSIONS.contains(&it.as_str()))
}

fn extension(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?;
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{IntakeOptions, Limits, ModelName, Pipeline};
    use onrecord_record::Sha256;

    const ARTICLES: &str = concat!(
        "\u{feff}{\"text\":\"“It is done,” said Ann Vey.\",\"published\":\"2031-02-03\"}\n",
        "\n",
        "{\"title\":\"no text\"}\r\n",
        "{\"type\":\"agent\"}\n",
        "not json\n",
        "{\"text\":\"",
        "A very long line. A very long line. A very long line. A very long line. A very long line. A very long line.\"}\n",
        "{\"text\":\"Rope is sold.\"}",
    );

    #[test]
    fn line_by_line_gives_what_the_whole_file_gives() {
        let limits = Limits { text_bytes: 100, ..Limits::default() };
        let pipeline = Pipeline::new(ModelName::Fast, IntakeOptions { published: None, limits }).unwrap();
        for path in ["a/2030-01-01-b.jsonl", "-", "no-ending-2030-01-01"] {
            let whole = pipeline.documents(Some(path), ARTICLES.as_bytes());
            let evidence = Sha256::of(ARTICLES.as_bytes());
            let lines = ArticleLines::new(ARTICLES.as_bytes(), 100);
            let single: Vec<_> =
                lines.flat_map(|line| pipeline.unread_article(path, &evidence, &line.unwrap())).collect();
            assert_eq!(single, whole, "{path}");
            assert_eq!(single.len(), 5);
            assert!(holds_articles(path, ARTICLES.as_bytes()), "{path}");
        }
        assert!(!holds_articles("a.html", ARTICLES.as_bytes()));
        assert!(!holds_articles("a.txt", b"{plain text}"));
    }

    #[test]
    fn a_long_line_is_not_held() {
        let long = "x".repeat(1_000_000);
        let file = format!("{long}\nshort\n");
        let lines: Vec<_> = ArticleLines::new(io::BufReader::with_capacity(64, file.as_bytes()), 50)
            .map(Result::unwrap)
            .collect();
        assert_eq!(lines[0].bytes, Err("has 1.0 MB, more than the limit of 0.0 MB".into()));
        assert_eq!(lines[1], ArticleLine { number: 2, bytes: Ok(b"short".to_vec()) });
    }
}
