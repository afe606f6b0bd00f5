//! Bytes become documents: text, metadata and the map back to the bytes.
//!
//! This crate exists so that everything behind it sees one thing, a text with offsets, whatever the evidence was:
//! plain text in any encoding, a page of which only the article counts, or JSON lines of articles. Nothing is lost
//! on the way: each character of the text leads back to the bytes it was made from ([`EvidenceMap`]), and what could
//! not be read is a [`Problem`] or a warning in words. No files, clock or network; any bytes are survived.
//!
//! The steps, in order: the kind of evidence is told by its bytes, bytes are decoded, pages are cut into blocks of
//! which the article's are kept, and metadata is gathered from the user's option, fields, meta tags, the head of the
//! text and the file's name, in this order of trust.

mod charset;
mod credit;
mod date;
mod head;
mod html;
mod json_lines;
mod language;
mod map;
mod masthead;
mod metadata;
mod problem;
mod sniff;

pub use map::EvidenceMap;
pub use problem::Problem;

use metadata::Metadata;
use onrecord_record::{Document, DocumentId, PublishedFrom, Sha256};
use sniff::Kind;

/// What shapes the intake of one evidence file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day of publication, `YYYY-MM-DD`, as the user gave it; it is trusted above all else.
    pub published: Option<String>,
    /// How much is taken in.
    pub limits: Limits,
}

/// How much is taken in before a file is refused or read in a simpler way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of evidence for one document: of a file, or of one line of JSON lines.
    pub text_bytes: usize,
    /// Elements of a page that may be open at once when the article is looked for; deeper pages are taken whole.
    pub depth: usize,
    /// Elements of a page in which the article is looked for; larger pages are taken whole.
    pub elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { text_bytes: 20_000_000, depth: 256, elements: 50_000 }
    }
}

/// A document made from evidence, with the way back.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// The document, its text present.
    pub document: Document,
    /// From the document's characters to the evidence's bytes.
    pub map: EvidenceMap,
}

/// Takes in one evidence file: one result a document, in the order of the file. `path` names the bytes in the record
/// and helps to tell their kind; it is not opened.
///
/// # Errors
/// A [`Problem`] stands in the place of each document that could not be made; the others are made all the same. For
/// anything but JSON lines there is exactly one result.
pub fn intake(path: Option<&str>, bytes: &[u8], options: &Options) -> Vec<Result<Intake, Problem>> {
    documents(path, bytes, options).collect()
}

/// The same as [`intake`], one document at a time, so that a file of a million articles need not fit into memory twice.
pub fn documents<'b>(
    path: Option<&'b str>,
    bytes: &'b [u8],
    options: &'b Options,
) -> impl Iterator<Item = Result<Intake, Problem>> + 'b {
    let kind = sniff::kind(path, bytes);
    let lines = (kind == Kind::JsonLines && !bytes.trim_ascii().is_empty())
        .then(|| json_lines::read(path, bytes, options));
    let whole = lines.is_none().then(|| {
        let parts = parts(kind, bytes, &options.limits)?;
        Ok(assemble(path, &Sha256::of(bytes), parts, options))
    });
    lines.into_iter().flatten().chain(whole)
}

/// The characters of `bytes` that are no document (a list of names, say), decoded as documents are, and what a user of
/// them must know about the decoding. Never fails: what cannot be decoded becomes U+FFFD.
pub fn decoded(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, Vec<String>) {
    let decoded = charset::decode(bytes, None);
    (decoded.text, decoded.warnings)
}

/// What a document is assembled from.
struct Parts {
    text: String,
    map: EvidenceMap,
    metadata: Metadata,
    warnings: Vec<String>,
    media_type: &'static str,
    /// Where in the evidence the document stands; empty for the whole of it.
    place: String,
}

fn parts(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Parts, Problem> {
    if bytes.is_empty() {
        return Err(Problem::whole("is empty"));
    }
    match kind {
        Kind::Other(name) => {
            let advice = "save its text as a plain text file to have it read";
            let problem = match name {
                "not text" => Problem::whole("is not text"),
                _ => Problem::whole(format!("is {name}, which OnRecord does not read yet")),
            };
            return Err(problem.hint(advice));
        }
        Kind::Json => {
            let problem = Problem::whole("is a JSON file, not JSON lines");
            return Err(problem.hint("write one article a line and name the file .jsonl"));
        }
        Kind::Text | Kind::Html | Kind::JsonLines => {}
    }
    if bytes.len() > limits.text_bytes {
        return Err(too_large(Problem::whole(""), bytes.len(), limits));
    }
    let parts = if kind == Kind::Html { page(bytes, limits) } else { plain(bytes) };
    if parts.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(Problem::whole("holds no text"));
    }
    Ok(parts)
}

fn plain(bytes: &[u8]) -> Parts {
    let decoded = charset::decode(bytes, None);
    let map = decoded.map();
    let text = decoded.text.into_owned();
    let metadata = head::metadata(&text);
    Parts { text, map, metadata, warnings: decoded.warnings, media_type: "text/plain", place: String::new() }
}

fn page(bytes: &[u8], limits: &Limits) -> Parts {
    let decoded = charset::decode(bytes, html::declared_charset(bytes).as_deref());
    let article = html::read(&decoded, limits);
    let mut warnings = decoded.warnings;
    warnings.extend(article.warnings);
    let metadata = article.metadata.or(head::metadata(&article.text));
    let (text, map) = (article.text, article.map);
    Parts { text, map, metadata, warnings, media_type: "text/html", place: String::new() }
}

fn too_large(problem: Problem, bytes: usize, limits: &Limits) -> Problem {
    let megabytes = |bytes: usize| format!("{:.1} MB", bytes as f64 / 1_000_000.0);
    let (size, limit) = (megabytes(bytes), megabytes(limits.text_bytes));
    Problem { what: format!("has {size}, more than the limit of {limit}"), ..problem }
        .hint("raise the limit with `--max-size`, or split it")
}

fn assemble(path: Option<&str>, evidence: &Sha256, parts: Parts, options: &Options) -> Intake {
    let Parts { text, map, metadata, mut warnings, media_type, place } = parts;
    let option = options.published.clone().map(|day| (day, PublishedFrom::Option));
    let credit = || credit::credit(&text);
    let metadata = Metadata { published: option, ..Metadata::default() }.or(metadata).or_name(path);
    let (published, published_from) = metadata.published.unzip();
    let nuls = text.bytes().filter(|byte| *byte == 0).count();
    if nuls > 0 {
        warnings
            .push(format!("The text holds {nuls} NUL characters; the file may be damaged or not be text."));
    }
    let language = language::language(&text);
    if let Some((_, name)) = language.filter(|(code, _)| *code != "en") {
        warnings
            .push(format!("The text is in {name}; only English is read, so no statements were looked for."));
    }
    let text_sha256 = Sha256::of(text.as_bytes());
    let document = Document {
        id: DocumentId::new(evidence, &place, &text_sha256),
        path: path.map(str::to_owned),
        sha256: *evidence,
        media_type: media_type.to_owned(),
        title: metadata.title,
        byline: metadata.byline,
        publisher: metadata.publisher,
        credit: metadata.credit.or_else(credit),
        published,
        published_from,
        language: language.map(|(code, _)| code.to_owned()),
        characters: map.characters(),
        text_sha256,
        text: Some(text),
        warnings,
    };
    Intake { document, map }
}
