//! What of a document's agents may stand on a list, for the reports.
//!
//! A match is the program's proposal about names and never part of the record, so it stands in a section of its own,
//! with its reasons and with what speaks against it, and is set apart to the eye as well.

use super::flow::Flow;
use super::text::{Look, WIDTHS};
use crate::paragraph::paragraph_number;
use crate::view::{View, counted};
use crate::{Record, harmless_line};
use anstyle::{AnsiColor, Style};
use askama::Template;
use onrecord_record::{AgentId, ListBand, ListFacts, ListFinding, ListMatch};

const PLAIN: Style = Style::new();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const PROPOSED: Style = AnsiColor::Magenta.on_default();

/// Values of one fact that a report shows.
const MOST_VALUES: usize = 6;

/// Characters of remarks that a report shows.
const LONGEST_REMARK: usize = 300;

/// What stands at an agent that a list may hold: by the strongest of its matches.
pub(super) fn mark(record: &Record, agent: &AgentId) -> Option<&'static str> {
    let bands =
        record.list_matches.iter().filter(|found| found.agent == *agent).map(|found| found.finding.band);
    bands.min().map(|band| match band {
        ListBand::Same => "name on a list",
        ListBand::Possible => "perhaps on a list",
    })
}

/// Draws the section for a terminal; nothing where nothing was found.
pub(super) fn draw(view: &View<'_>, width: usize, colour: bool, out: &mut String) {
    let items = items(view);
    if items.is_empty() {
        return;
    }
    line(out, width, colour, 0, &[(PROPOSED, &heading(items.len()))]);
    items.iter().for_each(|item| draw_item(item, width, colour, out));
    out.push('\n');
}

/// Draws what was found on lists for one name that somebody asked for, a line's name of a file.
pub fn draw_findings(name: &str, findings: &[ListFinding], look: &Look) -> String {
    let mut out = String::new();
    let width = look.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let name = harmless_line(name);
    if findings.is_empty() {
        line(&mut out, width, look.colour, 0, &[(BOLD, &name), (DIM, "– nothing on the lists is like it")]);
        return out;
    }
    line(&mut out, width, look.colour, 0, &[(BOLD, &name)]);
    for finding in findings {
        draw_item(&Item::of(finding), width, look.colour, &mut out);
    }
    out
}

fn line(out: &mut String, width: usize, colour: bool, hang: usize, pieces: &[(Style, &str)]) {
    let mut flow = Flow::new(out, width, colour);
    if hang > 0 {
        flow.text(PLAIN, " ");
        flow.hang(hang);
    }
    for (style, text) in pieces {
        flow.text(*style, text);
        flow.space();
    }
    flow.end();
}

fn draw_item(item: &Item, width: usize, colour: bool, out: &mut String) {
    let mut line = |hang: usize, pieces: &[(Style, &str)]| line(out, width, colour, hang, pieces);
    let sign = if item.same { "≈" } else { "~" };
    line(2, &[(PROPOSED, sign), (BOLD, &item.agent), (DIM, &item.place), (PLAIN, &item.proposal)]);
    line(4, &[(DIM, &item.entry)]);
    for (label, said) in [("for:", &item.reasons), ("against:", &item.against)] {
        if !said.is_empty() {
            line(4, &[(PLAIN, label), (PLAIN, &said.join("; "))]);
        }
    }
    for (label, words) in &item.facts {
        line(4, &[(DIM, &format!("{label}:")), (DIM, words)]);
    }
}
fn heading(matches: usize) -> String {
    let proposals = counted(matches, "proposal");
    format!("Held against the lists: {proposals} of the program, to be confirmed or dismissed by a person")
}

/// The section as a part of the page; empty where nothing was found.
pub(super) fn html(view: &View<'_>) -> String {
    let items = items(view);
    if items.is_empty() {
        return String::new();
    }
    let section = Section { heading: heading(items.len()), items };
    // Rendering into a string fails only when memory does.
    section.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "watch.html")]
struct Section {
    heading: String,
    items: Vec<Item>,
}

/// One match, in words.
struct Item {
    same: bool,
    agent: String,
    /// Where the document first names the agent: "¶3".
    place: String,
    proposal: String,
    /// The entry: its name, the name found alike, list, id and line.
    entry: String,
    reasons: Vec<String>,
    against: Vec<String>,
    facts: Vec<(&'static str, String)>,
}

fn items(view: &View<'_>) -> Vec<Item> {
    view.record.list_matches.iter().map(|found| item(view, found)).collect()
}

fn item(view: &View<'_>, found: &ListMatch) -> Item {
    let mut item = Item::of(&found.finding);
    if let Some(agent) = view.record.reading.agents.iter().find(|agent| agent.id == found.agent) {
        if agent.name != found.finding.query {
            item.agent =
                harmless_line(&format!("{} (as “{}”)", agent.name, found.finding.query)).into_owned();
        }
        if let Some(mention) = agent.mentions.first() {
            let at = view.index.byte(mention.start).index();
            item.place = format!("¶{}", paragraph_number(&view.paragraphs, at));
        }
    }
    item
}

impl Item {
    fn of(finding: &ListFinding) -> Item {
        let lines = |texts: &[String]| texts.iter().map(|text| harmless_line(text).into_owned()).collect();
        let mut entry = finding.name.clone();
        if finding.matched != finding.name {
            entry.push_str(&format!(", {} “{}”", finding.matched_as.words(), finding.matched));
        }
        entry.push_str(&format!(" · {} · {}", finding.list, finding.place));
        if finding.id != finding.place {
            entry.push_str(&format!(" · id {}", finding.id));
        }
        Item {
            same: finding.band == ListBand::Same,
            agent: harmless_line(&finding.query).into_owned(),
            place: String::new(),
            proposal: harmless_line(&finding.proposal).into_owned(),
            entry: harmless_line(&entry).into_owned(),
            reasons: lines(&finding.reasons),
            against: lines(&finding.against),
            facts: facts(&finding.facts),
        }
    }
}

/// What the list knows, as label and words.
fn facts(facts: &ListFacts) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    out.extend(facts.kind.map(|kind| ("what", kind.words().to_owned())));
    let many = [
        ("born", &facts.birth_dates),
        ("born at", &facts.birth_places),
        ("nationality", &facts.nationalities),
        ("countries", &facts.countries),
        ("positions", &facts.positions),
        ("listed under", &facts.programs),
        ("numbers", &facts.identifiers),
    ];
    for (label, values) in many {
        if !values.is_empty() {
            let shown = values.iter().take(MOST_VALUES).cloned().collect::<Vec<_>>().join("; ");
            let more = if values.len() > MOST_VALUES { " …" } else { "" };
            out.push((label, harmless_line(&format!("{shown}{more}")).into_owned()));
        }
    }
    out.extend(facts.remarks.as_deref().map(|remarks| {
        let mut shown = harmless_line(remarks).into_owned();
        if let Some((at, _)) = shown.char_indices().nth(LONGEST_REMARK) {
            shown.truncate(at);
            shown.push('…');
        }
        ("remarks", shown)
    }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::{self, Look};
    use crate::sample;

    fn record() -> Record {
        let mut record = sample::record();
        record.list_matches.push(sample::list_match(&record));
        record
    }

    #[test]
    fn a_match_stands_apart_with_both_sides() {
        let drawn = text::draw(&record(), &Look::default());
        let section = drawn.split("\n\n").find(|block| block.starts_with("Held against")).unwrap();
        insta::assert_snapshot!(section, @r"
Held against the lists: 1 proposal of the program, to be confirmed or dismissed
by a person
  ~ Mara Feld ¶2 could be the name on the list, or a namesake; for a person to
  look into
    FELD, Mara, other name “Mara Felt” · lists/ports.csv · ports.csv:8 · id L-7
    for: “Mara” in both
    against: “Feld” and “Felt” differ by a letter
    what: a person
    born: 1961
    remarks: Digs twice.
");
        assert!(drawn.contains("Mara Feld ▪▪▪ 3 statements ~ perhaps on a list"), "{drawn}");
    }

    #[test]
    fn a_hostile_list_reaches_neither_terminal_nor_page() {
        let mut record = record();
        let evil = "\u{1b}[2J\u{202e}</section><script>alert(1)</script>";
        let finding = &mut record.list_matches[0].finding;
        for text in
            [&mut finding.list, &mut finding.id, &mut finding.place, &mut finding.name, &mut finding.matched]
        {
            *text = evil.into();
        }
        finding.reasons = vec![evil.into()];
        finding.against = vec![evil.into()];
        finding.facts.remarks = Some(evil.repeat(1_000));
        finding.facts.programs = vec![evil.into(); 40];
        let view = View::new(&record);
        let page = html(&view);
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&#60;script") || page.contains("&lt;script"));
        assert!(page.len() < 20_000);
        let mut drawn = String::new();
        draw(&view, 80, false, &mut drawn);
        assert!(drawn.chars().all(|c| (!c.is_control() || c == '\n') && c != '\u{202e}'), "{drawn:?}");
    }

    #[test]
    fn without_matches_there_is_no_section() {
        let record = sample::record();
        assert_eq!(html(&View::new(&record)), "");
        assert!(!text::draw(&record, &Look::default()).contains("Held against"));
    }
}
