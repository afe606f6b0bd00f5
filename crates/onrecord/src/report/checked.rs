//! A checked draft, for people: sentence by sentence, for a terminal or as a page.

use super::flow::Flow;
use super::text::{Look, WIDTHS};
use crate::harmless_line;
use crate::question::{Checked, Citation, Verdict, VerdictKind};
use crate::report::entered::corrections;
use anstyle::{AnsiColor, Style};
use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

const PLAIN: Style = Style::new();
const DIM: Style = Style::new().dimmed();

const STYLE: &str = concat!(
    include_str!("../../templates/report.css"),
    include_str!("../../templates/answer.css"),
    include_str!("../../templates/checked.css")
);

/// Characters of a cited statement that are shown.
const LONGEST: usize = 240;

/// The words for a verdict.
fn kind_words(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::OnRecord => "on record",
        VerdictKind::Contradicted => "contradicted",
        VerdictKind::AttributionChanged => "attribution changed",
        VerdictKind::HedgeChanged => "hedge changed",
        VerdictKind::NumberChanged => "number changed",
        VerdictKind::NotOnRecord => "not on record",
    }
}

fn class(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::OnRecord => "on",
        VerdictKind::NotOnRecord => "off",
        VerdictKind::Contradicted => "against",
        _ => "changed",
    }
}

fn style(kind: VerdictKind) -> Style {
    match class(kind) {
        "on" => AnsiColor::Green.on_default(),
        "against" => AnsiColor::Red.on_default().bold(),
        "changed" => AnsiColor::Yellow.on_default().bold(),
        _ => DIM,
    }
}

/// "Ann Vey: “the quay is closed” (Harbour Post, 2031-02-03)".
fn cited(citation: &Citation) -> String {
    let words: String = match citation.words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", citation.words[..at].trim_end()),
        None => citation.words.clone(),
    };
    let words = words.trim_matches(['“', '”', '"']).to_owned();
    harmless_line(&format!("{}: “{}” ({})", citation.speaker, words, citation.document)).into_owned()
}

/// What people have otherwise of a cited statement.
fn people(citation: &Citation) -> Vec<String> {
    corrections(&citation.corrected, &citation.stance_entered, &serde_json::Value::Null)
}

/// How many sentences have a verdict of each kind.
fn totals(checked: &Checked) -> String {
    use VerdictKind::{AttributionChanged, Contradicted, HedgeChanged, NotOnRecord, NumberChanged, OnRecord};
    let kinds = [OnRecord, Contradicted, AttributionChanged, HedgeChanged, NumberChanged, NotOnRecord];
    let parts: Vec<String> = kinds
        .iter()
        .filter_map(|kind| {
            let has = |verdict: &Verdict| verdict.kind == *kind;
            let n = checked.sentences.iter().filter(|sentence| sentence.verdicts.iter().any(has)).count();
            (n > 0).then(|| format!("{n} {}", kind_words(*kind)))
        })
        .collect();
    format!("{} sentences: {}", checked.sentences.len(), parts.join(" · "))
}

/// Draws a checked draft for a terminal.
pub fn draw(checked: &Checked, look: &Look) -> String {
    let mut out = String::new();
    let width = look.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let mut line = |indent: usize, words: &[(Style, &str)]| {
        let mut flow = Flow::new(&mut out, width, look.colour);
        flow.hang(indent);
        for (style, words) in words {
            flow.text(*style, words);
            flow.space();
        }
        flow.end();
    };
    line(0, &[(DIM, &totals(checked))]);
    for sentence in &checked.sentences {
        line(0, &[(PLAIN, "")]);
        line(0, &[(PLAIN, &harmless_line(&sentence.text))]);
        for verdict in &sentence.verdicts {
            let says = format!("– {}", harmless_line(&verdict.says));
            line(2, &[(style(verdict.kind), kind_words(verdict.kind)), (DIM, &says)]);
            for citation in verdict.citations.iter().take(2) {
                line(6, &[(PLAIN, &cited(citation)), (DIM, &format!("[{}]", citation.statement))]);
                for told in people(citation) {
                    line(8, &[(AnsiColor::Magenta.on_default().bold(), "person:"), (PLAIN, &told)]);
                }
            }
        }
    }
    line(0, &[(PLAIN, "")]);
    line(0, &[(DIM, &format!("Made by {}.", checked.made_by.words()))]);
    out
}

#[derive(Template)]
#[template(path = "checked.html")]
struct Page {
    style: &'static str,
    style_hash: String,
    made_by: String,
    totals: String,
    sentences: Vec<Item>,
}

struct Item {
    class: &'static str,
    text: String,
    verdicts: Vec<VerdictItem>,
}

struct VerdictItem {
    class: &'static str,
    kind: &'static str,
    says: String,
    citations: Vec<(String, String, Vec<String>)>,
}

/// The page.
///
/// # Errors
/// None that input could bring about: those of the template.
pub fn page(checked: &Checked) -> Result<String, std::fmt::Error> {
    let verdict = |verdict: &Verdict| VerdictItem {
        class: class(verdict.kind),
        kind: kind_words(verdict.kind),
        says: harmless_line(&verdict.says).into_owned(),
        citations: verdict.citations.iter().map(|it| (cited(it), it.statement.clone(), people(it))).collect(),
    };
    let worst = |verdicts: &[Verdict]| {
        let order = ["against", "changed", "off", "on"];
        order
            .into_iter()
            .find(|it| verdicts.iter().any(|verdict| class(verdict.kind) == *it))
            .unwrap_or("off")
    };
    let page = Page {
        style: STYLE,
        style_hash: STANDARD.encode(Sha256::digest(STYLE)),
        made_by: checked.made_by.words(),
        totals: totals(checked),
        sentences: checked
            .sentences
            .iter()
            .map(|sentence| Item {
                class: worst(&sentence.verdicts),
                text: harmless_line(&sentence.text).into_owned(),
                verdicts: sentence.verdicts.iter().map(verdict).collect(),
            })
            .collect(),
    };
    page.render().map_err(|_| std::fmt::Error)
}
