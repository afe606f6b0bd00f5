//! What stands below a statement: the speaker's badges and circumstances, then the reporter's, then who kept silent.

use super::super::flow::Flow;
use super::{DIM, ITALIC, PLAIN, Page, STRONG};
use crate::badge::{Badge, Tone, circumstances, reporters, speakers};
use crate::cast::{LONGEST, short};
use crate::harmless_line;
use crate::ties::Places;
use crate::view::{Seen, View};
use anstyle::Style;

/// The longest words of a silence at a statement, in characters.
const LONGEST_SILENCE: usize = 120;

impl<'r> Page<'_, 'r> {
    /// Draws it from the column `left` on; `source` are the words of the source, where they tell more than the name.
    pub(super) fn aside(&mut self, seen: &Seen<'r>, source: Option<&str>, left: usize) {
        let statement = seen.statement;
        let styled = |tone| if tone == Tone::Strong { STRONG } else { PLAIN };
        let badges = |badges: Vec<Badge>, between| -> Vec<(Style, String)> {
            badges.into_iter().map(|badge| (styled(badge.tone), badge.line(between))).collect()
        };
        let mut own = badges(speakers(statement), ": ");
        let mut facts: Vec<String> = Vec::new();
        if let Some(source) = source {
            let agent = self.view.voices.get(seen.voice).and_then(|voice| voice.agent);
            facts.push(match agent {
                Some(agent) => {
                    let sure = self.view.sure_of_source(seen);
                    let sure = sure.map(|sure| format!(" ({} % sure)", sure.percent)).unwrap_or_default();
                    format!("“{source}” → {}{sure}", short(&agent.name, LONGEST))
                }
                None => format!("as “{source}”"),
            });
        }
        facts.extend(self.view.nobody_named(statement));
        if let Some(outer) = statement.within.as_ref().and_then(|outer| self.view.number(outer))
            && let Some(outer) = self.view.statements.get(outer)
            && outer.voice != seen.voice
        {
            let name = short(self.view.name(outer.voice), LONGEST);
            facts.push(format!("↳ in the words of {name}, ¶{}", outer.paragraph));
        }
        facts.extend(circumstances(self.view, statement));
        let tied = self.view.number(&statement.id).and_then(|n| self.view.ties.of(n));
        for (label, places) in tied.into_iter().flat_map(|tied| tied.named()) {
            facts.push(format!("{label} {}", at(self.view, places)));
        }
        own.extend(facts.into_iter().map(|fact| (DIM, fact)));
        self.joined(left, None, own);
        let mut others = badges(reporters(statement), " – ");
        others.iter_mut().filter(|(style, _)| style.is_plain()).for_each(|(style, _)| *style = ITALIC);
        self.joined(left, Some("reporter:"), others);
        let silences = tied.into_iter().flat_map(|tied| tied.silences(self.view, seen));
        let silences: Vec<(Style, String)> = silences
            .map(|(_, silence)| {
                let who = self.view.silent(silence).map(|who| format!("{} ", short(who, LONGEST)));
                let words = short(&silence.text, LONGEST_SILENCE);
                let paragraph = self.view.paragraph(silence.span);
                (ITALIC, format!("{}“{words}” ¶{paragraph}", who.unwrap_or_default()))
            })
            .collect();
        self.joined(left, Some("not said:"), silences);
    }

    /// One hanging line of pieces with a point between; nothing where there are none.
    fn joined(&mut self, left: usize, label: Option<&str>, pieces: Vec<(Style, String)>) {
        if pieces.is_empty() {
            return;
        }
        let mut flow = Flow::new(self.out, self.width, self.colour);
        flow.hang(left);
        if let Some(label) = label {
            flow.text(DIM, label);
            flow.space();
        }
        for (n, (style, text)) in pieces.iter().enumerate() {
            if n > 0 {
                flow.text(DIM, " · ");
            }
            flow.text(*style, &harmless_line(text));
        }
        flow.end();
    }
}

/// "¶3 Mara Feld, ¶4 Oke Brandt and 2 more"
pub(super) fn at(view: &View<'_>, places: &Places) -> String {
    let named: Vec<String> = places
        .first
        .iter()
        .filter_map(|n| view.statements.get(*n))
        .map(|seen| format!("¶{} {}", seen.paragraph, short(view.name(seen.voice), LONGEST)))
        .collect();
    let more = if places.more > 0 { format!(" and {} more", places.more) } else { String::new() };
    format!("{}{more}", named.join(", "))
}
