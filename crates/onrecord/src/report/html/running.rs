//! The running text of a document as the page shows it: marks of statements, mentions, and the places that the rest of
//! the page leads to.

use super::super::segment::{Anchor, Mention, Part, Segment, segments};
use super::{colour, people, silences, when};
use crate::cast::Standing;
use crate::harmless;
use crate::view::{UNSURE_BELOW, View};
use std::borrow::Cow;
use std::collections::HashSet;

/// The paragraphs, and what can be led to in them.
pub(super) struct Running<'r> {
    pub(super) paragraphs: Vec<ParagraphItem<'r>>,
    pub(super) anchors: HashSet<Anchor>,
}

pub(super) struct ParagraphItem<'r> {
    pub(super) class: &'static str,
    pub(super) segments: Vec<SegmentItem<'r>>,
}

pub(super) struct SegmentItem<'r> {
    pub(super) text: Cow<'r, str>,
    pub(super) ids: Vec<String>,
    /// What it is beside a mark, whose own class says the same: telling of an office, a silence, a date, a hint.
    pub(super) class: String,
    /// The statements whose certainty or basis it carries, each with the letter of that.
    pub(super) hints: String,
    pub(super) mark: Option<Mark>,
}

/// A stretch that leads somewhere: to its statement or, where somebody is mentioned, to them.
pub(super) struct Mark {
    pub(super) class: String,
    pub(super) href: String,
    /// The statements it belongs to, innermost first, each with the letter of its role.
    pub(super) ties: String,
    /// The ids of the words that tell who is meant, and how sure that is.
    pub(super) told_by: String,
    /// Whether the tabulator key stops here: once at each mention.
    pub(super) stop: bool,
}

impl<'r> Running<'r> {
    /// `dated` are the times that the timeline leads to.
    pub(super) fn new(view: &View<'r>, again: &str, number: usize, dated: &[usize]) -> Self {
        let title = view.record.document.title.as_deref();
        let mut anchors = HashSet::new();
        let mut stopped = Stopped::default();
        let paragraphs = segments(view, dated)
            .into_iter()
            .zip(&view.paragraphs)
            .map(|(line, paragraph)| ParagraphItem {
                class: match paragraph.flows {
                    _ if Some(view.index.text().get(paragraph.range.clone()).unwrap_or_default())
                        == title =>
                    {
                        "again"
                    }
                    true => "",
                    false => "lines",
                },
                segments: line
                    .into_iter()
                    .map(|segment| {
                        anchors.extend(segment.begins.iter().copied());
                        SegmentItem {
                            text: harmless(segment.text),
                            ids: segment
                                .begins
                                .iter()
                                .filter_map(|it| id(view, *it, again, number))
                                .collect(),
                            class: extra(&segment).join(" "),
                            hints: segment
                                .hints
                                .iter()
                                .map(|(n, hint)| format!("{n}{}", hint.letter()))
                                .collect::<Vec<_>>()
                                .join(" "),
                            mark: mark(view, &segment, again, number, &mut stopped),
                        }
                    })
                    .collect(),
            })
            .collect();
        Running { paragraphs, anchors }
    }
}

/// The id of a place in the text.
fn id(view: &View<'_>, anchor: Anchor, again: &str, number: usize) -> Option<String> {
    match anchor {
        Anchor::Statement(n) => Some(format!("at-{}{again}", view.statements.get(n)?.statement.id)),
        Anchor::Silence(n) => Some(silences::place_id(n, number)),
        Anchor::Time(n) => Some(when::place_id(n, number)),
        other => people::place_id(other, number),
    }
}

/// Where the tabulator key has stopped last.
#[derive(Default)]
struct Stopped {
    mention: Option<Mention>,
    silence: Option<usize>,
}

/// The classes of what a stretch is beside a statement's or a mention's.
fn extra(segment: &Segment<'_>) -> Vec<&'static str> {
    let all = [
        (segment.tells, "r"),
        (segment.silence.is_some(), "z"),
        (segment.dated, "d"),
        (!segment.hints.is_empty(), "h"),
    ];
    all.into_iter().filter(|(it, _)| *it).map(|(_, class)| class).collect()
}

fn mark(
    view: &View<'_>,
    segment: &Segment<'_>,
    again: &str,
    number: usize,
    stopped: &mut Stopped,
) -> Option<Mark> {
    let mut classes: Vec<String> = Vec::new();
    let mut href = String::new();
    if let Some(seen) = segment.roles.first().and_then(|(n, _)| view.statements.get(*n)) {
        let letter = segment.roles.first().map_or('c', |(_, part)| part.letter());
        classes.push(format!("g {letter} {} p{}", colour(view, seen.voice), seen.voice));
        if seen.statement.confidence < UNSURE_BELOW {
            classes.push("u".into());
        }
        // Within the words of another, the other's colour shows too.
        let words_of = segment.roles.get(1).filter(|(_, part)| *part == Part::Content);
        let around = words_of.and_then(|(outer, _)| view.statements.get(*outer));
        classes.extend(around.map(|outer| format!("n o-{}", colour(view, outer.voice))));
        href = format!("{}{again}", seen.statement.id);
    }
    let mut told_by = String::new();
    let mut stop = false;
    if let [inner, outer @ ..] = &segment.mentions[..]
        && let Some(member) = view.cast.get(inner.member)
    {
        classes.push(format!("m m{}", inner.member));
        told_by = people::tip_id(number, inner.member);
        if let Some(sure) = member.sure(inner.place) {
            classes.push(format!("y{}", sure.percent));
            told_by = format!("{told_by} {}", people::sure_id(number, sure.percent));
        }
        // Whom the words around mention lights up with them, but is not who is meant here.
        classes.extend(
            outer.iter().filter(|it| it.member != inner.member).map(|outer| format!("i{}", outer.member)),
        );
        href = match member.standing {
            Standing::Nameless => people::place_id(Anchor::First(inner.member), number)?,
            Standing::Speaks | Standing::Named => people::section_id(number, inner.member),
        };
        stop = stopped.mention.replace(*inner) != Some(*inner);
    }
    if let Some(silence) = segment.silence {
        // A silence leads to its line in the list, where nothing else is led to.
        stop |= stopped.silence.replace(silence) != Some(silence);
        if href.is_empty() {
            href = silences::section_id(view, silence, again)?;
        }
    }
    if href.is_empty() {
        return None;
    }
    classes.extend(extra(segment).into_iter().map(str::to_owned));
    let ties: Vec<String> = segment.roles.iter().map(|(n, part)| format!("{n}{}", part.letter())).collect();
    Some(Mark { class: classes.join(" "), href, ties: ties.join(" "), told_by, stop })
}
