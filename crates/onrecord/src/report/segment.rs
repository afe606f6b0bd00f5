//! The text of a document, cut wherever something begins or ends that the page marks: a role of a statement, words of
//! its certainty or basis, a mention of somebody, words that tell of their office or other name, a silence, a date.
//!
//! All of these nest and overlap; each stretch between two borders knows everything it belongs to.

use crate::view::View;
use onrecord_record::{CodePoint, Span, Statement};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The most statements one stretch is tied to; of more, the innermost count. Keeps hostile records small.
const DEEPEST: usize = 12;

/// The most mentions one stretch is tied to, likewise.
const MOST_MENTIONS: usize = 4;

/// The most statements whose certainty or basis one stretch carries, likewise.
const MOST_HINTS: usize = 4;

/// The most pieces of certainty, and the most bases, of one statement that are marked.
pub(super) const MOST_PIECES: usize = 6;

/// What a stretch is to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Content,
    Cue,
    Source,
}

impl Part {
    /// The letter that stands for it in the page.
    pub(super) fn letter(self) -> char {
        match self {
            Part::Content => 'c',
            Part::Cue => 'q',
            Part::Source => 's',
        }
    }
}

/// What words tell of how a statement is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// How surely it is said.
    Certainty,
    /// What it rests on.
    Basis,
}

impl Hint {
    /// The letter that stands for it in the page.
    pub(super) fn letter(self) -> char {
        match self {
            Hint::Certainty => 'h',
            Hint::Basis => 'b',
        }
    }
}

/// A mention of a member of the view's cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Mention {
    pub(super) member: usize,
    /// Which of the agent's mentions it is.
    pub(super) place: usize,
}

/// Something that other parts of the page lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Anchor {
    /// The first piece of a statement.
    Statement(usize),
    /// The first mention of a member of the cast.
    First(usize),
    /// A role of a member: which of the agent's roles.
    Role(usize, usize),
    /// Another name of a member: which of the agent's.
    Alias(usize, usize),
    /// A silence of the view.
    Silence(usize),
    /// A time of the reading.
    Time(usize),
}

/// A stretch of text that belongs to the same things throughout.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment<'t> {
    pub(super) text: &'t str,
    /// The statements it belongs to, innermost first.
    pub(super) roles: Vec<(usize, Part)>,
    /// Whom it mentions, innermost first.
    pub(super) mentions: Vec<Mention>,
    /// Whether it tells of somebody's office or other name.
    pub(super) tells: bool,
    /// The statements whose certainty or basis it carries.
    pub(super) hints: Vec<(usize, Hint)>,
    /// The silence it notes, the innermost.
    pub(super) silence: Option<usize>,
    /// Whether it names a date that the timeline leads to.
    pub(super) dated: bool,
    /// What begins here.
    pub(super) begins: Vec<Anchor>,
}

/// What begins or ends at a border.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Role(usize, Part),
    /// Ordered so that the last of those open is the innermost: it began last, and ends first.
    Mention(usize, Reverse<usize>, Mention),
    Tells(Anchor),
    Hint(usize, Hint),
    Silence(usize),
    Time(usize),
}

struct Border {
    at: usize,
    opens: bool,
    thing: Thing,
}

/// The borders of everything that has a place in the text, in order. At one place, what ends does so before what begins.
fn borders(view: &View<'_>, dated: &[usize]) -> Vec<Border> {
    let mut borders = Vec::new();
    let mut add = |span: &Span<CodePoint>, thing: &dyn Fn(usize, usize) -> Thing| {
        let range = view.index.bytes(*span).range();
        if range.start < range.end {
            let thing = thing(range.start, range.end);
            borders.push(Border { at: range.start, opens: true, thing });
            borders.push(Border { at: range.end, opens: false, thing });
        }
    };
    for (n, seen) in view.statements.iter().enumerate() {
        let statement = seen.statement;
        let parts = [
            (Part::Source, &statement.source),
            (Part::Cue, &statement.cue),
            (Part::Content, &statement.content),
        ];
        for (part, role) in parts {
            role.spans.iter().for_each(|span| add(span, &|_, _| Thing::Role(n, part)));
        }
        for (span, hint) in hints(statement) {
            add(&span, &|_, _| Thing::Hint(n, hint));
        }
    }
    for (member, it) in view.cast.iter().enumerate() {
        for (place, span) in it.agent.mentions.iter().enumerate() {
            add(span, &|start, end| Thing::Mention(start, Reverse(end), Mention { member, place }));
        }
        for (n, role) in it.agent.roles.iter().enumerate() {
            add(&role.span, &|_, _| Thing::Tells(Anchor::Role(member, n)));
        }
        for (n, alias) in it.agent.also_known_as.iter().enumerate() {
            add(&alias.span, &|_, _| Thing::Tells(Anchor::Alias(member, n)));
        }
    }
    for (n, silence) in view.silences.iter().enumerate() {
        add(&silence.span, &|_, _| Thing::Silence(n));
    }
    for n in dated {
        view.record.reading.times.get(*n).into_iter().for_each(|it| add(&it.span, &|_, _| Thing::Time(*n)));
    }
    borders.sort_unstable_by_key(|border| (border.at, border.opens, border.thing));
    borders
}

/// The words that tell of a statement's certainty and basis.
pub(super) fn hints(statement: &Statement) -> impl Iterator<Item = (Span<CodePoint>, Hint)> {
    let certainty = statement.certainty.spans.iter().take(MOST_PIECES).map(|span| (*span, Hint::Certainty));
    let basis = statement.basis.iter().take(MOST_PIECES).map(|basis| (basis.span, Hint::Basis));
    certainty.chain(basis)
}

/// What holds the place that the cutting has come to.
struct Open {
    roles: BTreeSet<(usize, Part)>,
    mentions: BTreeSet<(usize, Reverse<usize>, Mention)>,
    tells: BTreeSet<Anchor>,
    hints: BTreeSet<(usize, Hint)>,
    silences: BTreeSet<usize>,
    times: BTreeSet<usize>,
    /// Which statements and members have begun.
    begun: (Vec<bool>, Vec<bool>),
    /// What begins with the next stretch.
    begins: Vec<Anchor>,
}

impl Open {
    fn pass(&mut self, border: &Border) {
        match border.thing {
            Thing::Role(n, part) if border.opens => {
                self.roles.insert((n, part));
                begin(&mut self.begun.0, n, Anchor::Statement(n), &mut self.begins);
            }
            Thing::Role(n, part) => drop(self.roles.remove(&(n, part))),
            Thing::Mention(start, end, mention) if border.opens => {
                self.mentions.insert((start, end, mention));
                begin(&mut self.begun.1, mention.member, Anchor::First(mention.member), &mut self.begins);
            }
            Thing::Mention(start, end, mention) => drop(self.mentions.remove(&(start, end, mention))),
            Thing::Tells(anchor) if border.opens => {
                self.tells.insert(anchor);
                self.begins.push(anchor);
            }
            Thing::Tells(anchor) => drop(self.tells.remove(&anchor)),
            Thing::Hint(n, hint) if border.opens => drop(self.hints.insert((n, hint))),
            Thing::Hint(n, hint) => drop(self.hints.remove(&(n, hint))),
            Thing::Silence(n) if border.opens => {
                self.silences.insert(n);
                self.begins.push(Anchor::Silence(n));
            }
            Thing::Silence(n) => drop(self.silences.remove(&n)),
            Thing::Time(n) if border.opens => {
                self.times.insert(n);
                self.begins.push(Anchor::Time(n));
            }
            Thing::Time(n) => drop(self.times.remove(&n)),
        }
    }
}

/// Adds `anchor` where the thing numbered `n` has not begun before.
fn begin(begun: &mut [bool], n: usize, anchor: Anchor, begins: &mut Vec<Anchor>) {
    if let Some(begun) = begun.get_mut(n).filter(|begun| !**begun) {
        *begun = true;
        begins.push(anchor);
    }
}

/// The segments of each paragraph of the view's text, in order. Joined they are the paragraph. `dated` are the times of
/// the reading that something leads to.
pub(super) fn segments<'r>(view: &View<'r>, dated: &[usize]) -> Vec<Vec<Segment<'r>>> {
    let text = view.index.text();
    let borders = borders(view, dated);
    let mut borders = borders.iter().peekable();
    let mut open = Open {
        roles: BTreeSet::new(),
        mentions: BTreeSet::new(),
        tells: BTreeSet::new(),
        hints: BTreeSet::new(),
        silences: BTreeSet::new(),
        times: BTreeSet::new(),
        begun: (vec![false; view.statements.len()], vec![false; view.cast.len()]),
        begins: Vec::new(),
    };
    let mut out = Vec::with_capacity(view.paragraphs.len());
    for paragraph in &view.paragraphs {
        let mut line = Vec::new();
        let mut at = paragraph.range.start;
        loop {
            while let Some(border) = borders.next_if(|border| border.at <= at) {
                open.pass(border);
            }
            if at >= paragraph.range.end {
                break;
            }
            let next =
                borders.peek().map_or(paragraph.range.end, |border| border.at.min(paragraph.range.end));
            if let Some(text) = text.get(at..next).filter(|text| !text.is_empty()) {
                line.push(Segment {
                    text,
                    roles: innermost(&open.roles),
                    mentions: open.mentions.iter().rev().take(MOST_MENTIONS).map(|it| it.2).collect(),
                    tells: !open.tells.is_empty(),
                    hints: open.hints.iter().rev().take(MOST_HINTS).copied().collect(),
                    silence: open.silences.last().copied(),
                    dated: !open.times.is_empty(),
                    begins: std::mem::take(&mut open.begins),
                });
            }
            at = next;
        }
        out.push(line);
    }
    out
}

/// Later statements begin later, or at the same place and end sooner: they lie within. Of one statement the role that
/// says most is kept: its source or cue before its content.
fn innermost(open: &BTreeSet<(usize, Part)>) -> Vec<(usize, Part)> {
    let mut roles: Vec<(usize, Part)> = Vec::new();
    for &(n, part) in open.iter().rev() {
        if roles.last().is_none_or(|(last, _)| *last != n) {
            roles.push((n, part));
        }
        if roles.len() == DEEPEST {
            break;
        }
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn nested_roles_are_told_apart_and_nothing_is_lost() {
        let record = sample::record();
        let view = View::new(&record);
        let lines = segments(&view, &[]);
        for (line, paragraph) in lines.iter().zip(&view.paragraphs) {
            let joined: String = line.iter().map(|segment| segment.text).collect();
            assert_eq!(joined, &sample::TEXT[paragraph.range.clone()]);
        }
        let shown: Vec<(&str, usize)> = lines[2].iter().map(|it| (it.text, it.roles.len())).collect();
        assert_eq!(
            shown,
            [
                ("She", 1),
                (" ", 0),
                ("denied", 1),
                (" ", 0),
                ("that the money had run out", 1),
                (". ", 0),
                ("The Harbour Union", 1),
                (" ", 0),
                ("said", 1),
                (" ", 0),
                ("Feld had", 2),
                (" ", 1),
                ("promised", 2),
                (" ", 1),
                ("“not one euro more”", 2),
                (" in May", 1),
                (".", 0)
            ]
        );
        let inner = &lines[2][10];
        assert_eq!(inner.roles[0].1, Part::Source, "the inner statement comes first");
        assert_eq!(inner.roles[1].1, Part::Content);
        let begins: Vec<Anchor> = lines.iter().flatten().flat_map(|segment| segment.begins.clone()).collect();
        let statements = begins.iter().filter(|anchor| matches!(anchor, Anchor::Statement(_))).count();
        assert_eq!(statements, view.statements.len());
        let firsts = begins.iter().filter(|anchor| matches!(anchor, Anchor::First(_))).count();
        assert_eq!(firsts, view.cast.len());
    }

    #[test]
    fn a_mention_is_cut_at_every_border_and_the_innermost_comes_first() {
        let record = sample::with_people();
        let view = View::new(&record);
        let lines = segments(&view, &[]);
        let stretch = |words: &str| lines.iter().flatten().find(|it| it.text == words).unwrap();
        let places = |words: &str| stretch(words).mentions.iter().map(|it| it.place).collect::<Vec<_>>();
        // The role ends within the longer mention; the name is a mention of its own.
        assert_eq!(places("transport minister"), [0]);
        assert!(stretch("transport minister").tells);
        assert_eq!(stretch("transport minister").begins.last(), Some(&Anchor::Role(0, 0)));
        assert_eq!(places("Mara Feld"), [1, 0]);
        assert!(!stretch("Mara Feld").tells);
        assert_eq!(places("She"), [2]);
        // "Feld had promised" runs over a source, a gap and a cue within the union's words.
        let parts: Vec<(&str, Vec<Part>)> = lines[2]
            .iter()
            .filter(|it| it.mentions.iter().any(|mention| mention.place == 3))
            .map(|it| (it.text, it.roles.iter().map(|(_, part)| *part).collect()))
            .collect();
        let inner = |part| vec![part, Part::Content];
        assert_eq!(
            parts,
            [("Feld had", inner(Part::Source)), (" ", vec![Part::Content]), ("promised", inner(Part::Cue))]
        );
        let dig = lines.iter().flatten().find(|it| it.begins.contains(&Anchor::Alias(0, 0))).unwrap();
        assert!(dig.tells && dig.text == "dig");
    }
    #[test]
    fn words_of_certainty_basis_silence_and_time_are_cut_out() {
        let record = sample::rich::record();
        let view = View::new(&record);
        let lines = segments(&view, &[1]);
        let all: Vec<&Segment<'_>> = lines.iter().flatten().collect();
        let stretch = |words: &str| *all.iter().find(|it| it.text == words).unwrap();
        assert_eq!(stretch("might").hints.len(), 1);
        assert_eq!(stretch("the audit of August 2019").hints[0].1, Hint::Basis);
        let silence = stretch("did not cite any survey");
        assert_eq!(
            (silence.silence, silence.hints.len()),
            (Some(0), 1),
            "it is a basis that is lacking, too"
        );
        assert!(stretch("since 2015").dated && !all.iter().any(|it| it.text == "1953" && it.dated));
        assert!(stretch("since 2015").begins.contains(&Anchor::Time(1)));
    }
}
