//! What is known of a document besides its text.

use crate::date;
use onrecord_record::PublishedFrom;

/// What a page, a structured article or the head of a text tells about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) credit: Option<String>,
    pub(crate) published: Option<(String, PublishedFrom)>,
}

impl Metadata {
    /// Takes from `other` what is not known yet.
    pub(crate) fn or(self, other: Metadata) -> Metadata {
        Metadata {
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            publisher: self.publisher.or(other.publisher),
            credit: self.credit.or(other.credit),
            published: self.published.or(other.published),
        }
    }

    /// Falls back to a date in the file's name.
    pub(crate) fn or_name(mut self, path: Option<&str>) -> Metadata {
        let name = path.and_then(|path| path.rsplit(['/', '\\']).next());
        let named = || Some((date::in_name(name?)?, PublishedFrom::FileName));
        self.published = self.published.or_else(named);
        self
    }
}

/// White space made single spaces; None when nothing is left.
pub(crate) fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A byline without its "By".
pub(crate) fn without_by(byline: &str) -> Option<String> {
    let byline = tidy(byline)?;
    let rest = match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") || by.eq_ignore_ascii_case("by:") => byline.get(3..)?,
        _ => &byline,
    };
    let rest = rest.trim_matches([' ', ',', '|', '·', '—', '–', '-', ':']);
    // A single letter or a bare "by" is what is left of a name set in pieces.
    tidy(rest).filter(|rest| rest.chars().count() > 2)
}
