//! The record drawn for a terminal.
//!
//! A head tells what the document is; then each speaker follows with their statements in the order of the text, each
//! with its paragraph (`¶3`), its cue and its words. Quotations are shown as they are printed, with an ellipsis where
//! the text breaks them off; what is less sure is marked `?`.

use super::flow::Flow;
use crate::cast::{LONGEST, Member, Standing, short};
use crate::view::{Seen, UNSURE_BELOW, View, counted, notes};
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
            facts.push(format!("↳ in the words of {}, ¶{}", self.view.name(outer.voice), outer.paragraph));
        }
        facts.extend(notes(statement).into_iter().map(|(label, words)| match label {
            "" => words.to_owned(),
            "to" | "at" => format!("{label} {words}"),
            "when" => words.to_owned(),
            label => format!("{label}: “{words}”"),
        }));
        if !facts.is_empty() {
            let mut flow = Flow::new(self.out, self.width, self.colour);
            flow.hang(left);
            flow.text(DIM, &harmless_line(&facts.join(" · ")));
            flow.end();
        }
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
mod tests {
    use super::*;
    use crate::sample;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn a_report_at_eighty_columns() {
        insta::assert_snapshot!(draw(&sample::record(), &Look::default()), @r#"
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
Tunnel to be dug twice
The Larkfield Courier · by Ann Vey · 2021-03-04 (dateline) · credit Bay Wire
news/tunnel.txt
8 statements by 4 speakers · 4 direct, 3 indirect, 1 mixed
! The byline was found in the file's name.

Mara Feld ▪▪▪ 3 statements
person · transport minister · mentioned 2 times
  ¶2    told            “We dig it twice,” […] “and we dig it deep.”
                        to reporters · on Tuesday
  ¶3?   denied          that the money had run out
                        “She” → Mara Feld · denies
  ¶3    promised        “not one euro more”
                        “Feld had” → Mara Feld · ↳ in the words of The Harbour
                        Union, ¶3

The Harbour Union ▪ 1 statement
organisation · mentioned once
  ¶3    said            Feld had promised “not one euro more” in May

a shopkeeper ▪ 1 statement
unnamed · mentioned once
  ¶4    said a          “Nobody asked us,”

the audit ▪ 1 statement
document · mentioned once
  ¶4    According to    the tunnel may cost 90 million
                        certainty: “may”

No speaker found ▪▪ 2 statements
  ¶5    fear            Costs are […] already twice as high
                        as “lawmakers”
  ¶5?                   “Rubbish!”

? the program is less than half sure of this attribution
"#);
    }

    #[test]
    fn a_narrow_report_sets_the_cue_before_the_words() {
        let drawn = draw(&sample::record(), &Look { width: 44, colour: false });
        let feld = drawn.split("\n\n").nth(1).unwrap();
        insta::assert_snapshot!(feld, @r#"
Mara Feld ▪▪▪ 3 statements
person · transport minister · mentioned 2
times
  ¶2  told: “We dig it twice,” […] “and we
      dig it deep.”
      to reporters · on Tuesday
  ¶3? denied: that the money had run out
      “She” → Mara Feld · denies
  ¶3  promised: “not one euro more”
      “Feld had” → Mara Feld · ↳ in the
      words of The Harbour Union, ¶3
"#);
    }

    #[test]
    fn a_pronoun_is_shown_with_whom_it_means_and_is_nobodys_name() {
        let drawn = draw(&sample::with_people(), &Look::default());
        assert!(drawn.contains("person · transport minister · also known as the digger · mentioned 4 times"));
        assert!(drawn.contains("“She” → Mara Feld (85 % sure)"));
        assert!(drawn.contains("Named, without a statement 1\n  Larkfield, organisation\n"), "{drawn}");
        assert!(drawn.contains("the same person as “us” in ¶4: nobody"), "{drawn}");
        assert!(drawn.lines().all(|line| !line.starts_with("us")), "no speaker is called so");
    }

    #[test]
    fn no_line_is_too_wide() {
        for width in [0, 40, 63, 64, 90, 500] {
            let drawn = draw(&sample::record(), &Look { width, colour: false });
            let held = width.clamp(40, 100);
            assert!(drawn.lines().all(|line| line.width() <= held), "{width}\n{drawn}");
        }
    }

    #[test]
    fn a_hostile_document_sends_nothing_to_the_terminal() {
        let mut record = sample::record();
        let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
        record.document.title = Some(evil.into());
        record.document.byline = Some(evil.into());
        record.document.path = Some(evil.into());
        record.document.published = Some(evil.into());
        record.document.warnings.push(evil.into());
        record.reading.agents[0].name = evil.into();
        record.reading.agents[0].roles[0].text = evil.into();
        for statement in &mut record.reading.statements {
            statement.cue.text = Some(evil.into());
            statement.certainty.text = Some(evil.into());
            statement.content = onrecord_record::RoleSpans { spans: vec![], text: Some(evil.into()) };
        }
        let drawn = draw(&record, &Look::default());
        assert!(drawn.chars().all(|c| !c.is_control() || c == '\n'), "{drawn:?}");
        assert!(!drawn.contains('\u{202e}'));
        assert!(drawn.matches("owned").count() > 15, "it is shown");
    }

    #[test]
    fn a_title_without_end_is_cut() {
        let mut record = sample::record();
        record.document.title = Some("long ".repeat(10_000));
        assert!(draw(&record, &Look::default()).lines().count() < 60);
    }

    #[test]
    fn colour_adds_nothing_but_escape_sequences() {
        let record = sample::record();
        let coloured = draw(&record, &Look { width: 70, colour: true });
        assert!(coloured.contains('\u{1b}'));
        let mut plain = String::new();
        let mut pieces = coloured.split('\u{1b}');
        plain.push_str(pieces.next().unwrap());
        pieces.for_each(|piece| plain.push_str(piece.split_once('m').unwrap().1));
        assert_eq!(plain, draw(&record, &Look { width: 70, colour: false }));
    }

    proptest! {
        #[test]
        fn any_words_can_be_drawn(cue in "\\PC{0,40}", words in any::<String>(), width in 0usize..120) {
            let mut record = sample::record();
            for statement in &mut record.reading.statements {
                statement.cue.text = Some(cue.clone());
                statement.content = onrecord_record::RoleSpans { spans: vec![], text: Some(words.clone()) };
            }
            let drawn = draw(&record, &Look { width, colour: false });
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert!(squeeze(&drawn).contains(&squeeze(&harmless_line(&words))));
        }
    }
}
