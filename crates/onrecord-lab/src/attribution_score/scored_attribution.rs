//! An attribution as the scorer sees it: three sets of tokens and a kind.

use super::scored_text::{ScoredText, SpanOutsideText};
use super::spans::{AttributionSpans, Role};
use super::token_set::TokenSet;
use serde::Serialize;

/// How the content of an attribution stands to double quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every word within quotation.
    Direct,
    /// Some words within, or a mark without its partner.
    Mixed,
    /// No word within and no mark.
    Indirect,
    /// There is no word in the content, or no content.
    None,
}

impl Kind {
    /// The kinds, in the order of the tables.
    pub const ALL: [Kind; 4] = [Kind::Direct, Kind::Mixed, Kind::Indirect, Kind::None];

    /// The kind's name as files and tables write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Mixed => "mixed",
            Kind::Indirect => "indirect",
            Kind::None => "none",
        }
    }

    fn of(text: &ScoredText, content: &TokenSet) -> Kind {
        let words = || content.tokens().iter().filter(|token| text.is_word(**token));
        let all = words().count();
        let quoted = words().filter(|token| text.is_quoted(**token)).count();
        let marked = || content.tokens().iter().any(|token| text.is_quotation_mark(*token));
        match quoted {
            _ if all == 0 => Kind::None,
            quoted if quoted == all => Kind::Direct,
            0 if !marked() => Kind::Indirect,
            _ => Kind::Mixed,
        }
    }
}

/// An attribution laid on its text's tokens.
#[derive(Clone, Debug)]
pub struct ScoredAttribution {
    touched: [TokenSet; 3],
    exact: [TokenSet; 3],
    /// How its content stands to quotation marks.
    pub kind: Kind,
}

impl ScoredAttribution {
    /// Lays `spans` on `text`; fails when one of them is no span of it.
    pub fn new(text: &ScoredText, spans: &AttributionSpans) -> Result<Self, SpanOutsideText> {
        let [source, cue, content] = Role::ALL.map(|role| text.tokens_within(spans.role(role)));
        let touched = [source?, cue?, content?];
        let exact = touched.each_ref().map(|set| text.without_edge_punctuation(set));
        let [_, _, content] = &touched;
        let kind = Kind::of(text, content);
        Ok(ScoredAttribution { touched, exact, kind })
    }

    /// The tokens of a role.
    pub fn tokens(&self, role: Role) -> &TokenSet {
        &self.touched[role as usize]
    }

    /// The tokens of a role without punctuation at the edges of its runs, by which spans are called equal.
    pub fn exact(&self, role: Role) -> &TokenSet {
        &self.exact[role as usize]
    }

    /// The exact spans of all roles, by which attributions are called equal.
    pub(super) fn exact_spans(&self) -> &[TokenSet; 3] {
        &self.exact
    }

    /// What matches are looked for by: the content, or the cue where there is no content.
    pub(super) fn anchor(&self) -> &TokenSet {
        let content = self.tokens(Role::Content);
        if content.is_empty() { self.tokens(Role::Cue) } else { content }
    }

    /// Whether the two name the same source: they share a token of it, or neither has one.
    pub(super) fn agrees_on_source(&self, other: &ScoredAttribution) -> bool {
        sources_agree(self.tokens(Role::Source), other.tokens(Role::Source))
    }
}

/// Whether two sources share a token or are both absent.
pub(super) fn sources_agree(a: &TokenSet, b: &TokenSet) -> bool {
    (a.is_empty() && b.is_empty()) || a.shared(b) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str, content: (u32, u32)) -> Kind {
        let spans = AttributionSpans { content: vec![content], ..Default::default() };
        ScoredAttribution::new(&ScoredText::new(text), &spans).unwrap().kind
    }

    #[test]
    fn kinds_by_quoted_words() {
        let text = "She said “the dam holds”, and that it “must” hold. Rain";
        assert_eq!(kind(text, (9, 25)), Kind::Direct);
        assert_eq!(kind(text, (10, 23)), Kind::Direct);
        assert_eq!(kind(text, (30, 49)), Kind::Mixed);
        assert_eq!(kind(text, (45, 49)), Kind::Indirect);
        assert_eq!(kind(text, (23, 25)), Kind::None);
        assert_eq!(kind(text, (0, 0)), Kind::None);
        // A mark that belongs to no quotation.
        assert_eq!(kind("He said it” was", (8, 15)), Kind::Mixed);
    }
}
