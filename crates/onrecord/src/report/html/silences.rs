//! What the text notes as not said, as the page lists it.

use super::super::segment::Anchor;
use super::card::{Link, links};
use super::colour;
use crate::cast::{LONGEST, Standing, short};
use crate::ties::Places;
use crate::view::View;
use std::collections::HashSet;

/// The longest words of a note, in characters.
const LONGEST_NOTE: usize = 300;

/// A note of silence.
pub(super) struct SilenceItem {
    pub(super) id: String,
    pub(super) colour: String,
    pub(super) who: Option<String>,
    pub(super) words: String,
    pub(super) about: Option<String>,
    /// Its place in the text, where the page shows that.
    pub(super) href: Option<String>,
    pub(super) paragraph: usize,
    pub(super) concerns: Vec<Link>,
    pub(super) more: usize,
}

/// Where a silence is listed.
pub(super) fn section_id(view: &View<'_>, silence: usize, again: &str) -> Option<String> {
    Some(format!("{}{again}", view.silences.get(silence)?.id))
}

/// Where it stands in the text.
pub(super) fn place_id(silence: usize, number: usize) -> String {
    format!("z{number}-{silence}")
}

/// The same, where the text of the page holds it.
pub(super) fn place(silence: usize, number: usize, anchors: &HashSet<Anchor>) -> Option<String> {
    anchors.contains(&Anchor::Silence(silence)).then(|| place_id(silence, number))
}

/// All of them, in the order of the text.
pub(super) fn silences(
    view: &View<'_>,
    again: &str,
    number: usize,
    anchors: &HashSet<Anchor>,
) -> Vec<SilenceItem> {
    let silences = view.silences.iter().enumerate();
    silences
        .map(|(n, silence)| {
            let concerns = Places::of(view, &silence.statements);
            let member = silence.agent.as_ref().and_then(|agent| view.member(agent));
            let speaks = |n: &usize| view.cast.get(*n).is_some_and(|it| it.standing == Standing::Speaks);
            let about = silence.about.as_deref().filter(|about| !silence.text.contains(about));
            SilenceItem {
                id: format!("{}{again}", silence.id),
                colour: member.filter(speaks).map_or("ku".into(), |n| colour(view, n)),
                who: view.silent(silence).map(|who| short(who, LONGEST)),
                words: short(&silence.text, LONGEST_NOTE),
                about: about.map(|about| short(about, LONGEST_NOTE)),
                href: place(n, number, anchors),
                paragraph: view.paragraph(silence.span),
                concerns: links(view, &concerns, again),
                more: concerns.more,
            }
        })
        .collect()
}
