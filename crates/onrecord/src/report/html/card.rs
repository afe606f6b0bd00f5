//! A statement's card: what is said, and around it the speaker's voice, the reporter's, and what is not said.

use super::super::segment::{Anchor, Hint, hints};
use super::{colour, silences};
use crate::badge::{Badge, Tone, circumstances, reporters, speakers};
use crate::cast::{LONGEST, percent, short};
use crate::harmless_line;
use crate::ties::Places;
use crate::view::{UNSURE_BELOW, View, form_name};
use onrecord_record::{CodePoint, Span, Statement};
use std::collections::HashSet;

/// The longest words of a silence on a card, in characters.
const LONGEST_SILENCE: usize = 160;

/// A statement.
pub(super) struct Card {
    pub(super) id: String,
    pub(super) class: String,
    pub(super) number: usize,
    pub(super) paragraph: usize,
    pub(super) name: String,
    pub(super) source: Option<String>,
    /// How sure it is that the source means the speaker.
    pub(super) sure: Option<u32>,
    /// What is known of a speaker without a name.
    pub(super) nobody: Option<String>,
    pub(super) cue: String,
    /// The pieces of the content, each in stretches.
    pub(super) pieces: Vec<Vec<Stretch>>,
    pub(super) form: Option<&'static str>,
    pub(super) unsure: Option<u32>,
    pub(super) within: Option<(String, String)>,
    pub(super) own: Vec<BadgeItem>,
    pub(super) reporters: Vec<BadgeItem>,
    pub(super) ties: Vec<Tie>,
    pub(super) silences: Vec<Silent>,
    pub(super) circumstances: Vec<String>,
}

/// Words of the content that tell how surely it is said or what it rests on, or that do not.
pub(super) struct Stretch {
    pub(super) words: String,
    /// The letter of the hint.
    pub(super) hint: Option<char>,
}

/// A badge, ready to be shown.
pub(super) struct BadgeItem {
    pub(super) strong: bool,
    pub(super) label: &'static str,
    pub(super) words: Option<String>,
}

/// "answers ¶3 Mara Feld".
pub(super) struct Tie {
    pub(super) label: &'static str,
    pub(super) links: Vec<Link>,
    pub(super) more: usize,
}

/// A statement that something leads to.
pub(super) struct Link {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) paragraph: usize,
}

/// A silence beside what it concerns.
pub(super) struct Silent {
    pub(super) href: Option<String>,
    pub(super) who: Option<String>,
    pub(super) words: String,
    pub(super) paragraph: usize,
}

/// The card of the statement with this number in the view.
pub(super) fn card(
    view: &View<'_>,
    number: usize,
    again: &str,
    document: usize,
    anchors: &HashSet<Anchor>,
) -> Card {
    let seen = &view.statements[number];
    let statement = seen.statement;
    let line = |text: &str| harmless_line(text).into_owned();
    let form = statement.form.map(form_name);
    let unsure = statement.confidence < UNSURE_BELOW;
    let within = statement.within.as_ref().and_then(|outer| view.number(outer)).and_then(|outer| {
        let outer = view.statements.get(outer).filter(|outer| outer.voice != seen.voice)?;
        Some((format!("{}{again}", outer.statement.id), line(view.name(outer.voice))))
    });
    let tied = view.ties.of(number);
    let silences = tied.into_iter().flat_map(|tied| tied.silences(view, seen));
    Card {
        id: format!("{}{again}", statement.id),
        class: format!(
            "card {} {} p{}{}",
            form.unwrap_or("none"),
            colour(view, seen.voice),
            seen.voice,
            if unsure { " u" } else { "" }
        ),
        number,
        paragraph: seen.paragraph,
        name: line(view.name(seen.voice)),
        source: view.telling_source(seen).map(line),
        sure: view.sure_of_source(seen).map(|sure| sure.percent),
        nobody: view.nobody_named(statement),
        cue: line(statement.cue.text.as_deref().unwrap_or_default()),
        pieces: pieces(view, statement),
        form,
        unsure: unsure.then_some(percent(statement.confidence)),
        within,
        own: items(speakers(statement)),
        reporters: items(reporters(statement)),
        ties: tied
            .into_iter()
            .flat_map(|tied| tied.named())
            .map(|(label, places)| Tie { label, links: links(view, places, again), more: places.more })
            .collect(),
        silences: silences
            .map(|(n, silence)| Silent {
                href: silences::place(n, document, anchors),
                who: view.silent(silence).map(|who| short(who, LONGEST)),
                words: short(&silence.text, LONGEST_SILENCE),
                paragraph: view.paragraph(silence.span),
            })
            .collect(),
        circumstances: circumstances(view, statement),
    }
}

/// The cards of the statements at these places.
pub(super) fn links(view: &View<'_>, places: &Places, again: &str) -> Vec<Link> {
    let seen = places.first.iter().filter_map(|n| view.statements.get(*n));
    seen.map(|seen| Link {
        href: format!("{}{again}", seen.statement.id),
        name: short(view.name(seen.voice), LONGEST),
        paragraph: seen.paragraph,
    })
    .collect()
}

fn items(badges: Vec<Badge>) -> Vec<BadgeItem> {
    let item = |it: Badge| BadgeItem { strong: it.tone == Tone::Strong, label: it.label, words: it.words };
    badges.into_iter().map(item).collect()
}

/// The content cut where words of its certainty or basis begin and end.
fn pieces(view: &View<'_>, statement: &Statement) -> Vec<Vec<Stretch>> {
    let mut marked: Vec<(Span<CodePoint>, Hint)> = hints(statement).collect();
    marked.sort_unstable_by_key(|(span, _)| *span);
    let spans = &statement.content.spans;
    let whole = |words: &str| Stretch { words: harmless_line(words).into_owned(), hint: None };
    if spans.iter().all(|span| view.index.slice(*span).is_empty()) {
        return statement.content.text.as_deref().into_iter().map(|text| vec![whole(text)]).collect();
    }
    let cut = |piece: &Span<CodePoint>| {
        let mut stretches = Vec::new();
        let mut at = piece.start;
        let mut add = |from: CodePoint, to: CodePoint, hint: Option<Hint>| {
            let words = view.index.slice(Span::new(from, to));
            if !words.is_empty() {
                stretches.push(Stretch { hint: hint.map(Hint::letter), ..whole(words) });
            }
        };
        for (span, hint) in marked.iter().filter(|(span, _)| span.overlaps(piece)) {
            let (start, end) = (span.start.max(at), span.end.min(piece.end));
            if start < end {
                add(at, start, None);
                add(start, end, Some(*hint));
                at = end;
            }
        }
        add(at, piece.end, None);
        stretches
    };
    spans.iter().map(cut).collect()
}
