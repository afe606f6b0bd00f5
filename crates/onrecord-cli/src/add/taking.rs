//! Inputs into evidence and documents made ready. A file of articles goes in pieces of a few lines, so that its length
//! does not matter; everything else goes as a whole.

use crate::inputs::{Input, Inputs, Source, plain, problem};
use crate::ordered::Parts;
use crate::read::guarded;
use onrecord::case::{ArticleLine, ArticleLines, holds_articles, prepare};
use onrecord::ledger::{EvidenceFolder, Known, Prepared};
use onrecord::record::{Document, Sha256};
use onrecord::{Pipeline, Problem};
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Lines of a file of articles that are read by one thread at a time.
const LINES: usize = 16;

/// How much of a file is looked at to tell whether it is one of articles.
const HEAD: u64 = 1 << 20;

/// A piece of work.
pub(crate) enum Item {
    /// A file to be taken as a whole.
    File(Source),
    /// A file of articles is in the evidence folder; its articles follow.
    Begun { evidence: Sha256, bytes: u64, path: String, known: bool },
    /// A file that is no file of articles is in the evidence folder.
    Kept { evidence: Sha256, bytes: u64, path: String },
    /// Some of its articles, and how many bytes they take.
    Articles { evidence: Sha256, path: String, lines: Vec<ArticleLine>, bytes: u64 },
    /// There are no more of them.
    Ended { evidence: Sha256 },
    /// Nothing to be taken.
    Failed(Problem),
    /// The case cannot keep evidence.
    Stopped(Problem),
}

/// What comes of it, in the order of the inputs.
pub(crate) enum Part {
    Arrival {
        evidence: Sha256,
        bytes: u64,
        path: String,
    },
    Document {
        name: String,
        prepared: Box<Prepared>,
        warnings: Vec<String>,
    },
    Refused {
        name: String,
        evidence: Sha256,
        problem: Problem,
    },
    TakenIn {
        evidence: Sha256,
    },
    /// Documents that are in the case already.
    Known {
        documents: u64,
    },
    /// What never became evidence.
    Failed(Problem),
    /// The case cannot keep evidence: going on would only take the rest in another order than the inputs have.
    Stopped(Problem),
    /// Evidence gone through.
    Bytes(u64),
}

/// Cuts the inputs into pieces of work.
pub(crate) struct Items<'c> {
    inputs: Inputs,
    evidence: &'c EvidenceFolder,
    known: &'c Known,
    max_size: u64,
    articles: Option<Articles>,
}

/// A file of articles that is gone through.
struct Articles {
    evidence: Sha256,
    path: String,
    lines: ArticleLines<BufReader<File>>,
}

impl<'c> Items<'c> {
    pub(crate) fn new(inputs: Inputs, evidence: &'c EvidenceFolder, known: &'c Known, max_size: u64) -> Self {
        Items { inputs, evidence, known, max_size, articles: None }
    }

    pub(crate) fn passed_over(&self) -> usize {
        self.inputs.passed_over
    }

    /// The next lines of the file of articles that is gone through.
    fn articles(&mut self) -> Option<Item> {
        let articles = self.articles.as_mut()?;
        let before = articles.lines.bytes_read();
        let (evidence, path) = (articles.evidence, articles.path.clone());
        let mut lines = Vec::with_capacity(LINES);
        for line in articles.lines.by_ref().take(LINES) {
            match line {
                Ok(line) => lines.push(line),
                Err(error) => {
                    self.articles = None;
                    return Some(Item::Failed(problem(Path::new(&path), &plain(&error), None)));
                }
            }
        }
        let bytes = articles.lines.bytes_read() - before;
        if lines.is_empty() {
            self.articles = None;
            return Some(Item::Ended { evidence });
        }
        Some(Item::Articles { evidence, path, lines, bytes })
    }

    /// Copies a source of any length to the evidence folder and begins to go through it.
    fn copied(&mut self, path: &str, from: &mut impl Read) -> Item {
        let mut from = Watched { from, failed: false };
        match self.begin(path, &mut from) {
            Ok(item) => item,
            Err(problem) if from.failed => Item::Failed(problem),
            Err(problem) => Item::Stopped(problem),
        }
    }

    fn begin(&mut self, path: &str, from: &mut impl Read) -> Result<Item, Problem> {
        let (evidence, bytes) = self.evidence.keep_from(from).map_err(super::told)?;
        let file = self.evidence.path(&evidence);
        let failed = |error: std::io::Error| problem(&file, &plain(&error), None);
        let mut head = Vec::new();
        File::open(&file).map_err(failed)?.take(HEAD).read_to_end(&mut head).map_err(failed)?;
        if head.is_empty() {
            // Nothing arrived.
            return Ok(Item::Failed(problem(Path::new(path), "is empty", None)));
        }
        let path = path.to_owned();
        if !holds_articles(&path, &head) {
            return Ok(Item::Kept { evidence, bytes, path });
        }
        let known = self.known.is_complete(&evidence);
        if !known {
            let from = BufReader::with_capacity(1 << 16, File::open(&file).map_err(failed)?);
            let longest = usize::try_from(self.max_size).unwrap_or(usize::MAX);
            let lines = ArticleLines::new(from, longest);
            self.articles = Some(Articles { evidence, path: path.clone(), lines });
        }
        Ok(Item::Begun { evidence, bytes, path, known })
    }
}

/// A source that remembers whether it was itself what failed, and not the case that it is copied to.
struct Watched<'r, R> {
    from: &'r mut R,
    failed: bool,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(into);
        self.failed |= read.as_ref().is_err_and(|error| error.kind() != std::io::ErrorKind::Interrupted);
        read
    }
}

impl Iterator for Items<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if let Some(item) = self.articles() {
            return Some(item);
        }
        let input: Input = self.inputs.next()?;
        Some(match input {
            Err(problem) => Item::Failed(problem),
            Ok(Source::Stdin) => self.copied("-", &mut std::io::stdin().lock()),
            Ok(Source::File(path)) if holds_articles(&path.to_string_lossy(), b"") => match File::open(&path)
            {
                Ok(mut file) => self.copied(&path.to_string_lossy(), &mut file),
                Err(error) => Item::Failed(problem(&path, &plain(&error), None)),
            },
            Ok(source) => Item::File(source),
        })
    }
}

/// Does the work; on any thread.
pub(crate) struct Taker<'o> {
    pub(crate) pipeline: &'o Pipeline,
    pub(crate) evidence: &'o EvidenceFolder,
    pub(crate) known: &'o Known,
    pub(crate) max_size: u64,
}

impl Taker<'_> {
    pub(crate) fn take(&self, item: Item, parts: &Parts<Part>) {
        match item {
            Item::Failed(problem) => {
                parts.send(Part::Failed(problem));
            }
            Item::Stopped(problem) => {
                parts.send(Part::Stopped(problem));
            }
            Item::File(source) => match source.bytes(self.max_size) {
                Ok(bytes) => self.whole(&source.name(), None, &bytes, parts),
                Err(problem) => {
                    parts.send(Part::Failed(problem));
                }
            },
            Item::Kept { evidence, bytes, path } => self.kept(evidence, bytes, &path, parts),
            Item::Begun { evidence, bytes, path, known } => {
                parts.send(Part::Arrival { evidence, bytes, path });
                if known {
                    parts.send(Part::Bytes(bytes));
                    parts.send(Part::Known { documents: self.known.documents(&evidence) });
                }
            }
            Item::Articles { evidence, path, lines, bytes } => {
                for line in lines {
                    if !self.article(&evidence, &path, &line, parts) {
                        return;
                    }
                }
                parts.send(Part::Bytes(bytes));
            }
            Item::Ended { evidence } => {
                parts.send(Part::TakenIn { evidence });
            }
        }
    }

    /// A file whose bytes are in memory; in the evidence folder under `kept`, or to be kept there.
    fn whole(&self, name: &str, kept: Option<Sha256>, bytes: &[u8], parts: &Parts<Part>) {
        let length = bytes.len() as u64;
        let evidence = match kept {
            Some(evidence) => evidence,
            None => {
                let sha256 = Sha256::of(bytes);
                // What is on record is on the disk; a file of which only the name is there is written once more.
                if !self.known.is_complete(&sha256)
                    && let Err(fault) = self.evidence.keep(bytes)
                {
                    parts.send(Part::Stopped(super::told(fault)));
                    return;
                }
                sha256
            }
        };
        parts.send(Part::Arrival { evidence, bytes: length, path: name.to_owned() });
        if self.known.is_complete(&evidence) {
            parts.send(Part::Known { documents: self.known.documents(&evidence) });
        } else if holds_articles(name, bytes) {
            for line in
                ArticleLines::new(bytes, usize::try_from(self.max_size).unwrap_or(usize::MAX)).flatten()
            {
                if !self.article(&evidence, name, &line, parts) {
                    return;
                }
            }
            parts.send(Part::TakenIn { evidence });
        } else {
            match guarded(name, || Ok(self.pipeline.documents(Some(name), bytes))) {
                Ok(documents) => documents.into_iter().for_each(|document| {
                    self.document(&evidence, name, "", document, parts);
                }),
                Err(problem) => {
                    parts.send(Part::Failed(problem));
                }
            }
        }
        parts.send(Part::Bytes(length));
    }

    /// A file that is in the evidence folder already and is taken as a whole.
    fn kept(&self, evidence: Sha256, length: u64, path: &str, parts: &Parts<Part>) {
        if length > self.max_size {
            parts.send(Part::Arrival { evidence, bytes: length, path: path.to_owned() });
            let what = format!("is {:.1} MB large, more than the limit", length as f64 / 1e6);
            let problem = Problem::whole(what).hint("raise --max-size to read it");
            parts.send(Part::Refused { name: path.to_owned(), evidence, problem });
            return;
        }
        let file = self.evidence.path(&evidence);
        match fs::read(&file) {
            Ok(bytes) => self.whole(path, Some(evidence), &bytes, parts),
            Err(error) => {
                parts.send(Part::Failed(problem(&file, &plain(&error), None)));
            }
        }
    }

    /// One line of a file of articles; false when no more is wanted.
    fn article(&self, evidence: &Sha256, name: &str, line: &ArticleLine, parts: &Parts<Part>) -> bool {
        let place = format!("line {}", line.number);
        match guarded(name, || Ok(self.pipeline.unread_article(name, evidence, line))) {
            Ok(documents) => {
                documents.into_iter().all(|document| self.document(evidence, name, &place, document, parts))
            }
            Err(problem) => parts.send(Part::Failed(problem)),
        }
    }

    fn document(
        &self,
        evidence: &Sha256,
        name: &str,
        place: &str,
        document: Result<Document, Problem>,
        parts: &Parts<Part>,
    ) -> bool {
        let document = match document {
            Ok(document) if self.known.holds(evidence, &document.id) => {
                return parts.send(Part::Known { documents: 1 });
            }
            Ok(document) => document,
            Err(problem) => {
                return parts.send(Part::Refused { name: name.to_owned(), evidence: *evidence, problem });
            }
        };
        let prepared = guarded(name, || {
            let warnings = document.warnings.clone();
            let record = self.pipeline.read(document);
            Ok((prepare(&record, place).map_err(super::told)?, warnings))
        });
        parts.send(match prepared {
            Ok((prepared, warnings)) => {
                Part::Document { name: name.to_owned(), prepared: Box::new(prepared), warnings }
            }
            Err(problem) => {
                let problem = Problem { place: place.to_owned(), ..problem };
                Part::Refused { name: name.to_owned(), evidence: *evidence, problem }
            }
        })
    }
}

/// How many bytes the inputs have together; none when one of them cannot tell.
pub(crate) fn sizes(paths: &[PathBuf]) -> Option<u64> {
    let mut total = 0;
    for input in Inputs::new(paths, None).flatten() {
        match input {
            Source::Stdin => return None,
            Source::File(path) => total += fs::metadata(path).map_or(0, |found| found.len()),
        }
    }
    Some(total)
}
