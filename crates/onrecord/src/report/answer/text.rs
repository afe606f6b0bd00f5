//! An answer drawn for a terminal.

use super::shown::{Line, bases, changes, counts, coverage, entered, sides, silence, silent_count};
use crate::harmless_line;
use crate::question::{Answer, Telling};
use crate::report::flow::Flow;
use crate::report::text::{Look, WIDTHS};
use anstyle::{AnsiColor, Style};
use onrecord_record::Stance;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const AGAINST: Style = AnsiColor::Yellow.on_default().bold();
const LOST: Style = AnsiColor::Red.on_default().strikethrough();
const PERSON: Style = AnsiColor::Magenta.on_default().bold();
const ADDED: Style = AnsiColor::Green.on_default().underline();

/// Draws an answer.
pub fn draw(answer: &Answer, look: &Look) -> String {
    let mut out = String::new();
    let width = look.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let mut page = Page { out: &mut out, width, colour: look.colour };
    page.line(0, &[(BOLD, &format!("“{}”", harmless_line(&answer.claim)))]);
    if answer.sided().next().is_some() {
        page.line(0, &[(PLAIN, &counts(&answer.counts))]);
    }
    if let Some(bases) = bases(answer) {
        page.line(0, &[(DIM, "bases:"), (PLAIN, &bases)]);
    }
    for told in entered(answer) {
        page.line(0, &[(PERSON, "counted so:"), (PLAIN, &told)]);
    }
    for (stance, heading, all) in sides(answer) {
        let style = if stance == Stance::Supports || stance == Stance::Mentions { HEADING } else { AGAINST };
        page.list(style, heading, all, &answer.of(stance).iter().map(Line::of).collect::<Vec<_>>());
    }
    let own: Vec<Line> = answer.own_voice.iter().map(Line::of).collect();
    page.own_voice(answer.counts.own_voice, &own);
    page.wordings(&answer.wordings);
    page.silent(answer);
    page.heading(HEADING, "cannot be settled from this record; what is missing", 0, 0);
    for missing in &answer.missing {
        page.line(2, &[(PLAIN, "–"), (PLAIN, &harmless_line(missing))]);
    }
    out.push('\n');
    let mut page = Page { out: &mut out, width, colour: look.colour };
    page.line(0, &[(DIM, &coverage(answer))]);
    page.line(
        0,
        &[(DIM, "The program proposes sides by what statements do and say; it does not rate whether anything is true.")],
    );
    page.line(0, &[(DIM, &format!("Made by {}.", answer.made_by.words()))]);
    out
}

struct Page<'o> {
    out: &'o mut String,
    width: usize,
    colour: bool,
}

impl Page<'_> {
    fn line(&mut self, indent: usize, words: &[(Style, &str)]) {
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.hang(indent);
        for (style, words) in words {
            flow.text(*style, words);
            flow.space();
        }
        flow.end();
    }

    /// A heading with how many there are, and how many of those are shown.
    fn heading(&mut self, style: Style, heading: &str, all: u64, shown: usize) {
        self.out.push('\n');
        let count = match all {
            0 => String::new(),
            all if all > shown as u64 => format!("{all}, the first {shown} shown"),
            all => all.to_string(),
        };
        self.line(0, &[(style, &heading.to_uppercase()), (DIM, &count)]);
    }

    fn list(&mut self, style: Style, heading: &str, all: u64, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.heading(style, heading, all, lines.len());
        for line in lines {
            self.line(2, &[(BOLD, &line.speaker), (DIM, &line.day)]);
            self.line(4, &[(PLAIN, &line.words)]);
            self.about(line);
        }
    }

    fn about(&mut self, line: &Line) {
        let own = line.own.join(" · ");
        let reporter = line.reporter.join(" · ");
        if !own.is_empty() || line.why.is_some() {
            let why = line.why.unwrap_or_default();
            let between = if own.is_empty() || why.is_empty() { "" } else { "·" };
            self.line(4, &[(PLAIN, &own), (DIM, between), (DIM, why)]);
        }
        if !reporter.is_empty() {
            self.line(4, &[(DIM, "reporter:"), (PLAIN, &reporter)]);
        }
        for told in &line.people {
            self.line(4, &[(PERSON, "person:"), (PLAIN, told)]);
        }
        for told in &line.analysts {
            self.line(4, &[(PERSON, "analyst:"), (PLAIN, told)]);
        }
        self.line(4, &[(DIM, &line.place), (DIM, &format!("[{}]", line.id))]);
    }

    fn own_voice(&mut self, all: u64, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.heading(HEADING, "said by publications themselves, of nobody’s telling", all, lines.len());
        for line in lines {
            self.line(2, &[(PLAIN, &line.words)]);
            for told in &line.analysts {
                self.line(4, &[(PERSON, "analyst:"), (PLAIN, told)]);
            }
            self.line(4, &[(DIM, &line.place), (DIM, &format!("[{}]", line.id))]);
        }
    }

    fn wordings(&mut self, wordings: &[Telling]) {
        if wordings.len() < 2 {
            return;
        }
        self.heading(HEADING, "how the wording changed, from the earliest in this collection", 0, 0);
        for telling in wordings {
            let day = harmless_line(telling.day.as_deref().unwrap_or("no day")).into_owned();
            let speaker = harmless_line(telling.speaker_name.as_deref().unwrap_or("somebody")).into_owned();
            self.line(2, &[(DIM, &day), (BOLD, &speaker)]);
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.hang(4);
            if telling.changes.is_empty() {
                flow.text(PLAIN, &harmless_line(&telling.text));
            }
            for (kind, words) in &telling.changes {
                let (style, open, close) = match *kind {
                    "added" => (ADDED, "{+", "+}"),
                    "lost" => (LOST, "[-", "-]"),
                    _ => (PLAIN, "", ""),
                };
                // Without colour the marks tell it.
                let words = harmless_line(words);
                let words = if self.colour { words.into_owned() } else { format!("{open}{words}{close}") };
                flow.text(style, &words);
                flow.space();
            }
            flow.end();
            for change in changes(telling) {
                self.line(4, &[(AGAINST, &change)]);
            }
        }
    }

    fn silent(&mut self, answer: &Answer) {
        if answer.silent.is_empty() {
            return;
        }
        self.out.push('\n');
        self.line(0, &[(HEADING, "SILENT"), (DIM, &silent_count(answer))]);
        for silent in &answer.silent {
            let (place, what) = silence(silent);
            self.line(2, &[(PLAIN, &what)]);
            self.line(4, &[(DIM, &place), (DIM, &format!("[{}]", silent.document))]);
        }
    }
}
