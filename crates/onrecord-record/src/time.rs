//! The time line: an expression of time and its value.

use crate::{CodePoint, DocumentId, Span};
use serde::{Deserialize, Serialize};

/// An expression of time, annotated as TIMEX3 of ISO-TimeML (ISO 24617-1) does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// The document it stands in.
    pub document: DocumentId,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span<CodePoint>,
    /// Of which sort it is.
    pub timex: TimexKind,
    /// The TIMEX3 value ("2020-08-07", "2020-W32", "P2M", "PAST_REF"); null when the text and the day of the document do
    /// not tell it.
    pub value: Option<String>,
    /// The first day it can mean, an ISO date; null when open or not known.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
}

/// The sorts of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A day, month, year or part of one.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}
