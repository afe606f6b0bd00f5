//! The timeline as a figure: two lanes on one axis, and the same as a table.
//!
//! News speaks of last Tuesday and of the last century at once. So the axis keeps the order of dates and shortens what
//! lies between them: the longer a stretch without a date, the more. The figure says so.

use super::super::segment::Anchor;
use super::colour;
use crate::calendar::{Day, Stretch};
use crate::timeline::{Dated, Entry, Lane, Target, Timeline};
use crate::view::View;
use askama::Template;
use std::collections::HashSet;

/// The most dates in the figure; more are in the table only.
const MOST_DRAWN: usize = 48;

/// The most dates in the table.
const MOST_LISTED: usize = 200;

/// The most rows of a lane; what finds no room lies over others in the last.
const MOST_ROWS: usize = 6;

/// The height of a row, in pixels.
const ROW: usize = 16;

/// Where the axis begins and ends, in thousandths of the width.
const AXIS: (u32, u32) = (20, 980);

/// The least width of a mark and the room around it, in thousandths: wide enough for a finger at the width of a phone.
const ROOM: u32 = 34;

/// How far apart the words of two dates must be, in thousandths: in a wide window and in a narrow one.
const APART: (u32, u32) = (90, 250);

/// The section, as a part of the page; empty where there is nothing to show.
pub(super) fn html(
    view: &View<'_>,
    timeline: &Timeline,
    again: &str,
    number: usize,
    anchors: &HashSet<Anchor>,
) -> String {
    if !timeline.is_worth_showing() {
        return String::new();
    }
    let places = Places { view, again, number, anchors };
    let section = Section {
        number,
        figure: Figure::new(timeline, &places),
        rows: timeline.dates.iter().take(MOST_LISTED).map(|dated| Row::new(dated, &places)).collect(),
        more: timeline.dates.len().saturating_sub(MOST_LISTED),
    };
    // Rendering into a string fails only when memory does.
    section.render().unwrap_or_default()
}

/// The times of the reading that the timeline leads to.
pub(super) fn led_to(timeline: &Timeline) -> Vec<usize> {
    let entries = timeline.dates.iter().take(MOST_LISTED).flat_map(|dated| &dated.spoken_of.entries);
    let targets = entries.flat_map(|entry| &entry.places).filter(|_| timeline.is_worth_showing());
    let times = targets.filter_map(|(target, _)| match target {
        Target::Time(n) => Some(*n),
        Target::Statement(_) => None,
    });
    times.collect()
}

/// The id of a time's place in the text.
pub(super) fn place_id(time: usize, number: usize) -> String {
    format!("d{number}-{time}")
}

/// What is needed to lead to a place.
struct Places<'p, 'r> {
    view: &'p View<'r>,
    again: &'p str,
    number: usize,
    anchors: &'p HashSet<Anchor>,
}

impl Places<'_, '_> {
    fn href(&self, target: Target) -> Option<String> {
        match target {
            Target::Statement(n) => {
                Some(format!("{}{}", self.view.statements.get(n)?.statement.id, self.again))
            }
            Target::Time(n) => self.anchors.contains(&Anchor::Time(n)).then(|| place_id(n, self.number)),
        }
    }
}

#[derive(Template)]
#[template(path = "when.html")]
struct Section {
    number: usize,
    figure: Figure,
    rows: Vec<Row>,
    /// How many dates the table leaves out.
    more: usize,
}

/// A date of the table.
struct Row {
    date: String,
    told: Vec<Item>,
    told_more: usize,
    spoken_of: Vec<Item>,
    spoken_of_more: usize,
}

struct Item {
    words: String,
    places: Vec<(Option<String>, usize)>,
    more: usize,
}

impl Row {
    fn new(dated: &Dated, places: &Places<'_, '_>) -> Row {
        let items = |lane: &Lane| lane.entries.iter().map(|entry| Item::new(entry, places)).collect();
        Row {
            date: dated.stretch.words(),
            told: items(&dated.told),
            told_more: dated.told.more,
            spoken_of: items(&dated.spoken_of),
            spoken_of_more: dated.spoken_of.more,
        }
    }
}

impl Item {
    fn new(entry: &Entry, places: &Places<'_, '_>) -> Item {
        let led = entry.places.iter().map(|(target, paragraph)| (places.href(*target), *paragraph));
        Item { words: entry.words.clone(), places: led.collect(), more: entry.more }
    }
}

/// The drawing. All across is in hundredths of its width, so that it fits any window; all down is in pixels.
struct Figure {
    height: usize,
    lanes: [(&'static str, usize, usize); 2],
    marks: Vec<Mark>,
    ticks: Vec<Tick>,
    /// Where the day of publication stands.
    published: Option<String>,
    /// The bottom of the lanes, and where the words of the axis stand.
    floor: usize,
    words_at: usize,
    drawn: usize,
    left_out: usize,
    summary: String,
}

/// A day or a stretch of days.
struct Mark {
    href: Option<String>,
    class: String,
    title: String,
    from: String,
    width: String,
    y: usize,
    day: bool,
    /// Which ends are open.
    open: (bool, bool),
    to: String,
}

struct Tick {
    at: String,
    words: String,
    anchor: &'static str,
    /// Whether there is room for it in a narrow window.
    narrow: bool,
}

impl Figure {
    fn new(timeline: &Timeline, places: &Places<'_, '_>) -> Figure {
        let drawn: Vec<&Dated> = chosen(&timeline.dates);
        let axis = Axis::new(drawn.iter().map(|dated| dated.stretch), timeline.published);
        let mut marks = Vec::new();
        let mut top = 0;
        let lanes = ["said and published", "times spoken of"].map(|name| {
            let of: fn(&Dated) -> &Lane = if top == 0 { lane_told } else { lane_spoken_of };
            let (words, first) = (top + 12, top + 18);
            let mut rows: Vec<u32> = Vec::new();
            for dated in drawn.iter().copied().filter(|dated| of(dated).count() > 0) {
                let (from, to) = axis.extent(dated.stretch);
                let row = match rows.iter().position(|end| *end <= from) {
                    Some(row) => row,
                    None if rows.len() < MOST_ROWS => {
                        rows.push(0);
                        rows.len() - 1
                    }
                    None => MOST_ROWS - 1,
                };
                if let Some(end) = rows.get_mut(row) {
                    *end = to.max(from) + ROOM;
                }
                marks.push(mark(dated, of(dated), top == 0, (from, to), first + row * ROW, places));
            }
            let bottom = first + rows.len().max(1) * ROW;
            top = bottom + 6;
            (name, words, bottom)
        });
        let floor = lanes[1].2;
        let published = axis.published.map(percent);
        let left_out = timeline.dates.len() - drawn.len();
        let mut days = drawn.iter().map(|dated| dated.stretch.words());
        let (first, last) = (days.clone().next().unwrap_or_default(), days.next_back().unwrap_or_default());
        Figure {
            height: floor + 24,
            ticks: ticks(&drawn, timeline.published, &axis),
            lanes,
            marks,
            published,
            floor,
            words_at: floor + 17,
            drawn: drawn.len(),
            left_out,
            summary: format!("{first} to {last}"),
        }
    }
}

fn lane_told(dated: &Dated) -> &Lane {
    &dated.told
}

fn lane_spoken_of(dated: &Dated) -> &Lane {
    &dated.spoken_of
}

/// The publication and those with most to tell where there are too many, in order.
fn chosen(dates: &[Dated]) -> Vec<&Dated> {
    let mut ranked: Vec<(usize, &Dated)> = dates.iter().enumerate().collect();
    let weight = |dated: &Dated| {
        let published = dated.told.entries.iter().any(|entry| entry.voice.is_none());
        (published, dated.told.count() * 2 + dated.spoken_of.count())
    };
    ranked.sort_by_key(|(n, dated)| (std::cmp::Reverse(weight(dated)), *n));
    ranked.truncate(MOST_DRAWN);
    ranked.sort_by_key(|(n, _)| *n);
    ranked.into_iter().map(|(_, dated)| dated).collect()
}

fn mark(
    dated: &Dated,
    lane: &Lane,
    told: bool,
    (from, to): (u32, u32),
    y: usize,
    places: &Places<'_, '_>,
) -> Mark {
    let entries = &lane.entries;
    let target = entries.iter().flat_map(|entry| &entry.places).find_map(|(target, _)| places.href(*target));
    let words: Vec<&str> = entries.iter().map(|entry| entry.words.as_str()).collect();
    let more = lane.more + entries.iter().map(|entry| entry.more).sum::<usize>();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let voices: HashSet<usize> = entries.iter().filter_map(|entry| entry.voice).collect();
    let only = voices.iter().next().filter(|_| voices.len() == 1 && lane.more == 0);
    let published = told && entries.iter().any(|entry| entry.voice.is_none());
    let (start, end) = dated.stretch.ends();
    let day = dated.stretch.day().is_some();
    // A short stretch must still be seen as one.
    let width = (to - from).max(if day { 0 } else { ROOM / 2 }).min(AXIS.1 - from.min(AXIS.1)).max(4);
    Mark {
        href: target,
        class: match only {
            Some(voice) if !published => colour(places.view, *voice),
            _ if published => "pub".into(),
            _ => String::new(),
        },
        title: format!("{}: {}{more}", dated.stretch.words(), words.join(", ")),
        from: percent(from),
        width: percent(width),
        to: percent(from + width),
        y: y + ROW / 2,
        day,
        open: (start.is_none(), end.is_none()),
    }
}

/// The words under the axis: the day of publication, the first and the last date, then whatever has room.
fn ticks(drawn: &[&Dated], published: Option<Stretch>, axis: &Axis) -> Vec<Tick> {
    let beginning = |stretch: Stretch| match stretch {
        Stretch::Until(_) => (axis.extent(stretch).1, stretch.beginning()),
        _ => (axis.extent(stretch).0, stretch.beginning()),
    };
    let mut wanted: Vec<(u32, String)> = published.into_iter().map(beginning).collect();
    let ends = [drawn.first(), drawn.last()];
    wanted.extend(ends.into_iter().flatten().map(|dated| beginning(dated.stretch)));
    wanted.extend(drawn.iter().map(|dated| beginning(dated.stretch)));
    let mut taken: Vec<(u32, String, bool)> = Vec::new();
    for (at, words) in wanted {
        let apart = |least: u32, narrow: bool| {
            taken.iter().all(|(other, _, it)| (narrow && !it) || other.abs_diff(at) >= least)
        };
        let (wide, narrow) = (apart(APART.0, false), apart(APART.1, true));
        if wide {
            taken.push((at, words, narrow));
        }
    }
    taken.sort_by_key(|(at, _, _)| *at);
    let tick = |(at, words, narrow): (u32, String, bool)| Tick {
        at: percent(at),
        words,
        anchor: match at {
            0..60 => "start",
            941.. => "end",
            _ => "middle",
        },
        narrow,
    };
    taken.into_iter().map(tick).collect()
}

/// Where days stand.
struct Axis {
    /// Days in order, each with its place in thousandths of the width.
    places: Vec<(i32, u32)>,
    /// Where the day of publication stands.
    published: Option<u32>,
}

impl Axis {
    fn new(stretches: impl Iterator<Item = Stretch>, published: Option<Stretch>) -> Axis {
        let ends = stretches.flat_map(|stretch| <[Option<Day>; 2]>::from(stretch.ends()));
        let mut days: Vec<i32> = ends.flatten().map(Day::number).collect();
        days.sort_unstable();
        days.dedup();
        let mut at = 0u64;
        let mut before = None;
        let mut sums: Vec<(i32, u64)> = Vec::with_capacity(days.len());
        for day in days {
            at += before.map_or(0, |before: i32| shortened(day.abs_diff(before)));
            sums.push((day, at));
            before = Some(day);
        }
        let whole = at.max(1);
        let width = u64::from(AXIS.1 - AXIS.0);
        let place = |sum: u64| AXIS.0 + u32::try_from(sum * width / whole).unwrap_or(0);
        let one = sums.len() == 1;
        let places = sums.into_iter().map(|(day, sum)| (day, if one { 500 } else { place(sum) }));
        let mut axis = Axis { places: places.collect(), published: None };
        axis.published = published.and_then(|stretch| stretch.ends().0).map(|day| axis.at(day));
        axis
    }

    fn at(&self, day: Day) -> u32 {
        let found = self.places.partition_point(|(other, _)| *other < day.number());
        self.places.get(found).or(self.places.last()).map_or(AXIS.0, |(_, at)| *at)
    }

    /// From where to where a stretch reaches. An open end reaches to the day of publication where that lies there, as
    /// with "since" and "by"; else only a little way.
    fn extent(&self, stretch: Stretch) -> (u32, u32) {
        let (from, to) = stretch.ends();
        let little = 2 * ROOM;
        match (from.map(|day| self.at(day)), to.map(|day| self.at(day)), self.published) {
            (Some(from), Some(to), _) => (from, to),
            (Some(from), None, Some(published)) if from < published => (from, published),
            (Some(from), None, _) => (from, (from + little).min(AXIS.1)),
            (None, Some(to), Some(published)) if published < to => (published, to),
            (None, Some(to), _) => (to.saturating_sub(little).max(AXIS.0), to),
            (None, None, _) => AXIS,
        }
    }
}

/// The room that a number of days without a date takes: twice as many days, one step more. In whole numbers, so that the
/// drawing is the same everywhere.
fn shortened(days: u32) -> u64 {
    let days = u64::from(days.max(1));
    let steps = u64::from(days.ilog2());
    let part = ((days << 8) >> steps) & 255;
    (steps + 3) * 256 + part
}

/// "12.5%"
fn percent(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
