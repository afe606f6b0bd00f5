//! The document line: text and metadata made from an evidence file.

use crate::{DocumentId, Sha256};
use serde::{Deserialize, Serialize};

/// A document: what was read from one evidence file, or from one place inside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// From the evidence, the place and the text.
    pub id: DocumentId,
    /// Where the bytes came from, as the user named it; `-` for standard input, null for bytes without a name.
    pub path: Option<String>,
    /// The SHA-256 of the evidence file, untouched.
    pub sha256: Sha256,
    /// The IANA media type of the evidence file.
    pub media_type: String,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, as printed, without the word "By".
    pub byline: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The agency or outlet the text is credited to, as printed ("AP", "Reuters").
    pub credit: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, as far as known (`YYYY-MM` or `YYYY` too).
    pub published: Option<String>,
    /// Where the day of publication was found.
    pub published_from: Option<PublishedFrom>,
    /// The ISO 639-1 code of the language, when it could be told.
    pub language: Option<String>,
    /// The length of the text in code points.
    pub characters: u32,
    /// The SHA-256 of the text as UTF-8.
    pub text_sha256: Sha256,
    /// The text all offsets count in. Absent from a record written with `--no-text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What a reader of this record must know about how it came about, one sentence each.
    pub warnings: Vec<String>,
}

impl Document {
    /// `text` as a document of which nothing else is known: the evidence is the text itself, as UTF-8.
    pub fn bare(text: &str) -> Self {
        let hash = Sha256::of(text.as_bytes());
        Document {
            id: DocumentId::new(&hash, "", &hash),
            path: None,
            sha256: hash,
            media_type: "text/plain".into(),
            title: None,
            byline: None,
            publisher: None,
            credit: None,
            published: None,
            published_from: None,
            language: None,
            characters: u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
            text_sha256: hash,
            text: Some(text.to_owned()),
            warnings: Vec::new(),
        }
    }

    /// The text, or nothing where the record was written without it.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }
}

/// Where a day of publication was found, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishedFrom {
    /// The user said so.
    Option,
    /// A field of a structured article (JSON lines).
    Field,
    /// Meta tags, JSON-LD or a `time` element of a page.
    Meta,
    /// A date printed at the head of the text.
    Dateline,
    /// The file's name.
    FileName,
}
