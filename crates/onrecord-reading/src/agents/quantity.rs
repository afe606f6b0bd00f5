//! Several people or one of them: quantities in a source, and words that say that names are kept back.

use super::page::Page;
use super::phrase::{Article, Head};
use super::rules::Class;
use onrecord_record::AgentKind;

/// "some", "many", "all of them": quantities that stand alone.
pub(super) fn quantifier(page: &Page<'_>, start: usize, end: usize) -> Head {
    let one = page.word(start) == "One" && start + 1 == end;
    if one || matches!(page.word(start), "One" | "one") && page.word(start + 1) == "of" {
        let kind = if start + 1 == end || page.is(end - 1, Class::THEY) || page.word(start + 2) == "them" {
            AgentKind::Unnamed
        } else {
            AgentKind::Group
        };
        return Head::Noun {
            head: start,
            range: start..end.min(start + 3),
            kind: Some(kind),
            article: Article::Indefinite,
        };
    }
    let groups = matches!(
        page.word(start).to_ascii_lowercase().as_str(),
        "some" | "many" | "most" | "all" | "others" | "few" | "several" | "everyone" | "both" | "neither"
    );
    let those = matches!(page.word(start), "those" | "Those") && start + 1 < end;
    if groups || those || (start..end).any(|i| page.is(i, Class::GROUP)) {
        return Head::Noun {
            head: start,
            range: start..end,
            kind: Some(AgentKind::Group),
            article: Article::None,
        };
    }
    Head::Nothing
}

/// Quantities before the noun make a group of whatever it is.
pub(super) fn plural(page: &Page<'_>, start: usize, head: usize) -> Option<AgentKind> {
    if head == start || !page.is(start, Class::GROUP) && !page.is(start, Class::FUNCTION) {
        return None;
    }
    let many = matches!(
        page.word(start).to_ascii_lowercase().as_str(),
        "some"
            | "many"
            | "most"
            | "few"
            | "several"
            | "these"
            | "those"
            | "dozens"
            | "hundreds"
            | "all"
            | "both"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
    );
    let text = page.is(head, Class::DOCUMENT) || page.is(head, Class::UNNAMED);
    (many && !text && (page.word(head).ends_with('s') || page.is(head, Class::GROUP)))
        .then_some(AgentKind::Group)
}

/// Whether the words behind a noun say that names are kept back: "familiar with", "who asked not to be named".
pub(super) fn withholds(page: &Page<'_>, at: usize, end: usize) -> bool {
    (at..end).any(|i| match page.word(i) {
        "familiar" => page.word(i + 1) == "with",
        "briefed" => matches!(page.word(i + 1), "on" | "about"),
        "knowledge" => page.word(i + 1) == "of",
        "anonymity" | "anonymously" => true,
        "named" | "identified" => page.word(i.wrapping_sub(1)) == "be",
        _ => false,
    })
}
