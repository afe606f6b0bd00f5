//! What the text notes as not said, in a section of its own.

use super::super::flow::Flow;
use super::aside::at;
use super::{BOLD, CUE, DIM, PLAIN, Page, TWO_COLUMNS};
use crate::cast::{LONGEST, short};
use crate::ties::Places;

/// The most silences listed.
const MOST_SILENCES: usize = 40;

/// The longest words of a note, in characters.
const LONGEST_NOTE: usize = 200;

impl Page<'_, '_> {
    pub(super) fn silences(&mut self) {
        let silences = &self.view.silences;
        if silences.is_empty() {
            return;
        }
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.text(BOLD, "Not said, as the text notes ");
        flow.text(DIM, &silences.len().to_string());
        flow.end();
        let left = if self.width >= TWO_COLUMNS { 24 } else { 6 };
        for silence in silences.iter().take(MOST_SILENCES) {
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.text(PLAIN, " ");
            flow.hang(2);
            flow.text(DIM, &format!("¶{}", self.view.paragraph(silence.span)));
            flow.hang(8.min(left));
            match self.view.silent(silence) {
                Some(who) => flow.text(CUE, &short(who, LONGEST)),
                None => flow.text(DIM, "nobody named"),
            }
            if self.width >= TWO_COLUMNS {
                flow.hang(left);
            } else {
                flow.text(DIM, ": ");
            }
            flow.text(PLAIN, &format!("“{}”", short(&silence.text, LONGEST_NOTE)));
            flow.end();
            let mut facts: Vec<String> = Vec::new();
            // What it is about stands in the words of the note as a rule.
            let about = silence.about.as_deref().filter(|about| !silence.text.contains(about));
            facts.extend(about.map(|about| format!("about “{}”", short(about, LONGEST_NOTE))));
            let concerns = Places::of(self.view, &silence.statements);
            if !concerns.first.is_empty() {
                facts.push(format!("concerns {}", at(self.view, &concerns)));
            }
            if !facts.is_empty() {
                let mut flow = Flow::new(self.out, self.width, self.colour);
                flow.hang(left);
                flow.text(DIM, &facts.join(" · "));
                flow.end();
            }
        }
        if silences.len() > MOST_SILENCES {
            self.line(DIM, &format!("  and {} more", silences.len() - MOST_SILENCES));
        }
        self.out.push('\n');
    }
}
