//! The times of a document in two lanes: when something was said or published, and the times that are spoken of.
//!
//! What has a first or a last day stands on it; how long something lasts and how often it happens have no place there.

use crate::calendar::Stretch;
use crate::cast::{LONGEST, short};
use crate::view::View;
use onrecord_record::{CodePoint, Span, TimeReference, TimexKind};
use std::collections::{BTreeMap, HashSet};

/// The most places led to from one entry.
const MOST_PLACES: usize = 3;

/// The most entries of one lane at one date.
const MOST_ENTRIES: usize = 6;

/// The longest words of an entry, in characters.
const LONGEST_WORDS: usize = 60;

/// All dates of a document, in order.
pub(crate) struct Timeline {
    pub(crate) dates: Vec<Dated>,
    pub(crate) published: Option<Stretch>,
}

/// One day or stretch of days with what stands at it.
pub(crate) struct Dated {
    pub(crate) stretch: Stretch,
    pub(crate) told: Lane,
    pub(crate) spoken_of: Lane,
}

/// What stands at one date in one lane.
#[derive(Default)]
pub(crate) struct Lane {
    pub(crate) entries: Vec<Entry>,
    /// How many entries are left out.
    pub(crate) more: usize,
}

/// The publication, what one speaker says, or one wording of a time.
pub(crate) struct Entry {
    pub(crate) words: String,
    pub(crate) places: Vec<(Target, usize)>,
    /// How many places are left out.
    pub(crate) more: usize,
    /// Which of the view's voices speaks, in the lane of what was told.
    pub(crate) voice: Option<usize>,
}

/// What an entry leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// A statement of the view.
    Statement(usize),
    /// A time, by its place in the reading.
    Time(usize),
}

impl Lane {
    fn add(&mut self, words: String, voice: Option<usize>, place: Option<(Target, usize)>) {
        let at = match self.entries.iter().position(|entry| entry.words == words && entry.voice == voice) {
            Some(at) => at,
            None if self.entries.len() < MOST_ENTRIES => {
                self.entries.push(Entry { words, places: Vec::new(), more: 0, voice });
                self.entries.len() - 1
            }
            None => {
                self.more += 1;
                return;
            }
        };
        if let Some(entry) = self.entries.get_mut(at) {
            let room = entry.places.len() < MOST_PLACES;
            match place {
                Some(place) if room => entry.places.push(place),
                Some(_) => entry.more += 1,
                None => {}
            }
        }
    }

    /// How many things stand here.
    pub(crate) fn count(&self) -> usize {
        self.more + self.entries.iter().map(|entry| entry.places.len().max(1) + entry.more).sum::<usize>()
    }
}

impl Timeline {
    pub(crate) fn new(view: &View<'_>) -> Timeline {
        let mut dates: BTreeMap<Stretch, Dated> = BTreeMap::new();
        let mut at = |stretch: Stretch, told: bool, add: &mut dyn FnMut(&mut Lane)| {
            let empty = || Dated { stretch, told: Lane::default(), spoken_of: Lane::default() };
            let dated = dates.entry(stretch).or_insert_with(empty);
            add(if told { &mut dated.told } else { &mut dated.spoken_of });
        };
        let day = view.record.document.published.as_deref();
        let published = Stretch::new(day, day);
        if let Some(published) = published {
            at(published, true, &mut |lane| lane.add("published".into(), None, None));
        }
        for (n, seen) in view.statements.iter().enumerate() {
            let Some(said) = &seen.statement.said else { continue };
            let Some(stretch) = Stretch::new(said.from.as_deref(), said.to.as_deref()) else { continue };
            // What no word tells is told by the day of the document, unless it is another day.
            if said.text.is_none() && (stretch.day().is_none() || Some(stretch) == published) {
                continue;
            }
            let name = short(view.name(seen.voice), LONGEST);
            let place = Some((Target::Statement(n), seen.paragraph));
            at(stretch, true, &mut |lane| lane.add(name.clone(), Some(seen.voice), place));
        }
        for (n, span, stretch) in spoken_of(view) {
            let words = format!("“{}”", short(view.record.reading.times[n].text.as_str(), LONGEST_WORDS));
            let place = Some((Target::Time(n), view.paragraph(span)));
            at(stretch, false, &mut |lane| lane.add(words.clone(), None, place));
        }
        let mut dates: Vec<Dated> = dates.into_values().collect();
        dates.sort_by_key(|dated| dated.stretch.order());
        Timeline { dates, published }
    }

    /// Whether there is more to see than the day of publication.
    pub(crate) fn is_worth_showing(&self) -> bool {
        self.dates.len() > 1
    }
}

/// The times of the reading that have a place in the calendar and do not tell when something was said.
fn spoken_of<'v>(view: &'v View<'_>) -> impl Iterator<Item = (usize, Span<CodePoint>, Stretch)> + 'v {
    let said = view.statements.iter().filter_map(|seen| seen.statement.said.as_ref()?.span);
    let mut said: Vec<Span<CodePoint>> = said.collect();
    said.sort_unstable();
    let about: HashSet<Span<CodePoint>> =
        view.statements.iter().flat_map(|seen| &seen.statement.about_time).map(|time| time.span).collect();
    let times = view.record.reading.times.iter().enumerate();
    times.filter_map(move |(n, time)| {
        let dated = matches!(time.timex, TimexKind::Date | TimexKind::Time);
        let stretch = Stretch::new(time.from.as_deref(), time.to.as_deref()).filter(|_| dated)?;
        // Such spans are short and seldom overlap: the last that begins before the end of this one decides.
        let before = said.partition_point(|span| span.start < time.span.end);
        let tells =
            before.checked_sub(1).and_then(|at| said.get(at)).is_some_and(|it| it.overlaps(&time.span));
        (!tells || about.contains(&time.span)).then_some((n, time.span, stretch))
    })
}

/// The days that a time of a statement's content means: those of the reading's time at the same place, or of its value.
pub(crate) fn stretch_of(view: &View<'_>, time: &TimeReference) -> Option<Stretch> {
    let times = &view.record.reading.times;
    let at = times.partition_point(|it| it.span.start < time.span.start);
    match times.get(at).filter(|it| it.span.overlaps(&time.span)) {
        Some(found) => Stretch::new(found.from.as_deref(), found.to.as_deref()),
        None => Stretch::new(time.value.as_deref(), time.value.as_deref()),
    }
}
