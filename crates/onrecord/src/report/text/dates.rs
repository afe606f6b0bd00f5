//! The timeline for a terminal: one line for each date, with what was told then and what is spoken of in two columns.

use super::super::flow::Flow;
use super::{BOLD, DIM, PLAIN, Page, TWO_COLUMNS};
use crate::timeline::{Lane, Timeline};

/// The most dates listed.
const MOST_DATES: usize = 30;

/// The column of each lane's words, where there is room.
const DATE: usize = 2;

impl Page<'_, '_> {
    pub(super) fn dates(&mut self) {
        let timeline = Timeline::new(self.view);
        if !timeline.is_worth_showing() {
            return;
        }
        let dates = timeline.dates.iter().take(MOST_DATES);
        let widest = dates.clone().map(|dated| dated.stretch.words().chars().count()).max().unwrap_or(0);
        let told = DATE + widest + 2;
        let spoken_of = told + (self.width.saturating_sub(told)) / 2;
        let columns = self.width >= TWO_COLUMNS;
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.text(BOLD, "Timeline");
        if columns {
            flow.hang(told);
            flow.text(DIM, "said and published");
            flow.hang(spoken_of);
            flow.text(DIM, "times spoken of");
        }
        flow.end();
        for dated in dates {
            let (said, about) = (cell(&dated.told), cell(&dated.spoken_of));
            let day = dated.stretch.words();
            if columns {
                self.row(&day, told, &said, spoken_of, &about);
            } else {
                self.lanes(&day, &said, &about);
            }
        }
        if timeline.dates.len() > MOST_DATES {
            self.line(DIM, &format!("  and {} more dates", timeline.dates.len() - MOST_DATES));
        }
        self.out.push('\n');
    }

    /// One date with both lanes side by side, each set into lines of its own.
    fn row(&mut self, day: &str, told: usize, said: &str, spoken_of: usize, about: &str) {
        let set = |text: &str, width: usize| {
            let mut out = String::new();
            let mut flow = Flow::new(&mut out, width, false);
            flow.text(PLAIN, text);
            flow.end();
            out.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let left = set(said, spoken_of - told - 2);
        let right = set(about, self.width - spoken_of);
        for n in 0..left.len().max(right.len()) {
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.hang(DATE);
            if n == 0 {
                flow.text(DIM, day);
            }
            if let Some(line) = left.get(n).filter(|line| !line.is_empty()) {
                flow.hang(told);
                flow.text(PLAIN, line);
            }
            if let Some(line) = right.get(n).filter(|line| !line.is_empty()) {
                flow.hang(spoken_of);
                flow.text(PLAIN, line);
            }
            flow.end();
        }
    }

    /// One date where there is no room for columns.
    fn lanes(&mut self, day: &str, said: &str, about: &str) {
        for (label, words) in [("", said), ("speaks of ", about)] {
            if words.is_empty() {
                continue;
            }
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.text(PLAIN, " ");
            flow.hang(DATE);
            flow.text(DIM, day);
            flow.hang(14);
            flow.text(DIM, label);
            flow.text(PLAIN, words);
            flow.end();
        }
    }
}

/// "published; Mara Feld ¶2, ¶4 and 3 more"
fn cell(lane: &Lane) -> String {
    let entries: Vec<String> = lane
        .entries
        .iter()
        .map(|entry| {
            let places: Vec<String> =
                entry.places.iter().map(|(_, paragraph)| format!("¶{paragraph}")).collect();
            let more = if entry.more > 0 { format!(" and {} more", entry.more) } else { String::new() };
            format!("{} {}{more}", entry.words, places.join(", ")).trim_end().to_owned()
        })
        .collect();
    let more = if lane.more > 0 { format!("; and {} more", lane.more) } else { String::new() };
    format!("{}{more}", entries.join("; "))
}
