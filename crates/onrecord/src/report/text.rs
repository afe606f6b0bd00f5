//! The record drawn for a terminal.
//!
//! A head tells what the document is; then each speaker follows with their statements in the order of the text, each
//! with its paragraph (`¶3`), its cue and its words. Quotations are shown as they are printed, with an ellipsis where
//! the text breaks them off; what is less sure is marked `?`. What is known around a statement stands below it, the
//! speaker's own before the reporter's. The silences and the dates of the document follow.

mod aside;
mod dates;
mod silences;

use super::flow::Flow;
use crate::cast::{LONGEST, Member, Standing, short};
use crate::view::{Seen, UNSURE_BELOW, View, counted};
use crate::{Record, harmless_line};
use anstyle::{AnsiColor, Style};
use onrecord_record::PublishedFrom;
use std::collections::HashSet;

/// The narrowest and widest report, in columns.
pub(super) const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;

/// From this width on the cue has a column of its own.
const TWO_COLUMNS: usize = 64;

/// The most people listed who say nothing.
const MOST_NAMED: usize = 60;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CUE: Style = AnsiColor::Cyan.on_default();
const WARN: Style = AnsiColor::Yellow.on_default();
const STRONG: Style = AnsiColor::Yellow.on_default().bold();
const ITALIC: Style = Style::new().italic();

/// How the report is to look.
#[derive(Clone, Debug)]
pub struct Look {
    /// Columns of the terminal; held between 40 and 100.
    pub width: usize,
    /// Whether to write colour and weight as ANSI escape sequences.
    pub colour: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look { width: 80, colour: false }
    }
}

/// Draws one record. Ends with an empty line, so that records can follow each other.
pub fn draw(record: &Record, look: &Look) -> String {
    let mut out = String::new();
    let width = look.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let view = View::new(record);
    let mut page = Page { view: &view, width, colour: look.colour, out: &mut out };
    page.head();
    page.voices();
    page.named();
    page.silences();
    page.dates();
    page.legend();
    super::watch::draw(&view, width, look.colour, &mut out);
    out
}

/// The line that ends a report of several documents.
pub fn total(documents: usize, statements: usize) -> String {
    format!("{}, {}\n", counted(documents, "document"), counted(statements, "statement"))
}

struct Page<'p, 'r> {
    view: &'p View<'r>,
    width: usize,
    colour: bool,
    out: &'p mut String,
}

impl<'r> Page<'_, 'r> {
    fn line(&mut self, style: Style, text: &str) {
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.text(style, text);
        flow.end();
    }

    fn head(&mut self) {
        let document = &self.view.record.document;
        self.line(DIM, &"━".repeat(self.width));
        let path = document.path.as_deref().unwrap_or("-");
        self.line(BOLD, &self.view.title());

        let mut facts: Vec<String> = Vec::new();
        facts.extend(document.publisher.as_deref().map(|it| harmless_line(it).into_owned()));
        facts.extend(document.byline.as_deref().map(|it| format!("by {}", harmless_line(it))));
        facts.extend(
            document.published.as_deref().map(|day| {
                format!("{}{}", harmless_line(day), document.published_from.map_or("", from_words))
            }),
        );
        facts.extend(document.credit.as_deref().map(|it| format!("credit {}", harmless_line(it))));
        if !facts.is_empty() {
            self.line(DIM, &facts.join(" · "));
        }
        self.line(DIM, &harmless_line(path));

        let speakers = self.view.speakers();
        let mut counts = counted(self.view.statements.len(), "statement");
        if speakers > 0 {
            counts = format!("{counts} by {}", counted(speakers, "speaker"));
        }
        let forms: Vec<String> =
            self.view.forms().into_iter().map(|(form, count)| format!("{count} {form}")).collect();
        if !forms.is_empty() {
            counts = format!("{counts} · {}", forms.join(", "));
        }
        self.line(PLAIN, &counts);
        for warning in &document.warnings {
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.text(WARN, "!");
            flow.hang(2);
            flow.text(WARN, &harmless_line(warning));
            flow.end();
        }
        self.out.push('\n');
    }

    fn voices(&mut self) {
        let most = self.view.voices.iter().map(|voice| voice.statements.len()).max().unwrap_or(1).max(1);
        for (n, voice) in self.view.voices.iter().enumerate() {
            let count = voice.statements.len();
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.text(if voice.agent.is_some() { BOLD } else { DIM }, &harmless_line(self.view.name(n)));
            flow.space();
            let bar = "▪".repeat((count * 12).div_ceil(most.max(12)));
            flow.text(DIM, &format!("{bar} {}", counted(count, "statement")));
            if let Some(mark) = voice.agent.and_then(|agent| super::watch::mark(self.view.record, &agent.id))
            {
                flow.space();
                flow.text(WARN, &format!("~ {mark}"));
            }
            flow.end();
            if let Some(member) = self.view.cast.get(n).filter(|_| voice.agent.is_some()) {
                self.line(DIM, &about(member));
            }
            for seen in voice.statements.iter().filter_map(|n| self.view.statements.get(*n)) {
                self.statement(seen);
            }
            self.out.push('\n');
        }
    }

    fn statement(&mut self, seen: &Seen<'r>) {
        let statement = seen.statement;
        let cue = statement.cue.text.as_deref().map(harmless_line).unwrap_or_default();
        let unsure = statement.confidence < UNSURE_BELOW;
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.text(PLAIN, " ");
        flow.hang(2);
        flow.text(DIM, &format!("¶{}", seen.paragraph));
        if unsure {
            flow.text(WARN, "?");
        }
        let left = if self.width >= TWO_COLUMNS { 24 } else { 6 };
        flow.hang(8.min(left));
        let source = self.view.telling_source(seen).map(harmless_line);
        // A cue wider than its column stays whole: the words then begin on the next line.
        flow.text(CUE, &cue);
        if self.width >= TWO_COLUMNS {
            flow.hang(left);
        } else if !cue.is_empty() {
            flow.text(DIM, ": ");
        }
        for (n, piece) in self.view.content(statement).into_iter().enumerate() {
            if n > 0 {
                flow.text(DIM, " […] ");
            }
            flow.text(PLAIN, &harmless_line(piece));
        }
        flow.end();

        self.aside(seen, source.as_deref(), left);
    }

    /// Those who say nothing, in one paragraph.
    fn named(&mut self) {
        let named: Vec<&Member<'r>> =
            self.view.cast.iter().filter(|member| member.standing == Standing::Named).collect();
        if named.is_empty() {
            return;
        }
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.text(BOLD, "Named, without a statement ");
        flow.text(DIM, &named.len().to_string());
        flow.end();
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.text(PLAIN, " ");
        flow.hang(2);
        for (n, member) in named.iter().take(MOST_NAMED).enumerate() {
            if n > 0 {
                flow.text(DIM, "; ");
            }
            flow.text(PLAIN, &member.name());
            if let Some(who) = member.who() {
                flow.text(DIM, &format!(", {who}"));
            }
            for alias in &member.agent.also_known_as {
                flow.text(DIM, &format!(", also known as {}", short(&alias.name, LONGEST)));
            }
            if member.agent.mentions.len() > 1 {
                flow.text(DIM, &format!(" ×{}", member.agent.mentions.len()));
            }
        }
        if named.len() > MOST_NAMED {
            flow.text(DIM, &format!("; and {} more", named.len() - MOST_NAMED));
        }
        flow.end();
        self.out.push('\n');
    }

    fn legend(&mut self) {
        let unsure = self.view.statements.iter().any(|seen| seen.statement.confidence < UNSURE_BELOW);
        if unsure {
            self.line(DIM, "? the program is less than half sure of this attribution");
            self.out.push('\n');
        }
    }
}

/// What a speaker is, in a line under the name: the kind, roles, other names, and how often the text means them.
fn about(member: &Member<'_>) -> String {
    let mut facts: Vec<String> = member.kind().map(str::to_owned).into_iter().collect();
    let agent = member.agent;
    facts.extend(agent.roles.iter().map(|role| short(&role.text, LONGEST)));
    facts.extend(
        agent.also_known_as.iter().map(|alias| format!("also known as {}", short(&alias.name, LONGEST))),
    );
    let mut told = HashSet::new();
    facts.retain(|fact| told.insert(fact.clone()));
    facts.push(member.mentioned());
    facts.join(" · ")
}

fn from_words(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Option => " (as given)",
        PublishedFrom::Dateline => " (dateline)",
        PublishedFrom::FileName => " (file name)",
        PublishedFrom::Field | PublishedFrom::Meta => "",
    }
}

#[cfg(test)]
mod tests;
