//! A matrix of claims and what speakers make of them, for people: for a terminal or as a page.

use super::text::{Look, WIDTHS};
use crate::harmless_line;
use crate::question::{Cell, Matrix};
use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use onrecord_record::Stance;
use sha2::{Digest, Sha256};
use unicode_width::UnicodeWidthChar;

const STYLE: &str = concat!(
    include_str!("../../templates/report.css"),
    include_str!("../../templates/answer.css"),
    include_str!("../../templates/matrix.css")
);

fn word(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "says",
        Stance::Denies => "denies",
        Stance::Doubts => "doubts",
        Stance::Mentions => "·",
    }
}

fn cell_words(cell: &Option<Cell>) -> String {
    match cell {
        None => String::new(),
        Some(cell) => {
            let mixed = if cell.mixed { "*" } else { "" };
            let many =
                if cell.statements.len() > 1 { format!(" {}", cell.statements.len()) } else { String::new() };
            let person = if cell.entered.is_empty() { "" } else { "†" };
            format!("{}{mixed}{person}{many}", word(cell.stance))
        }
    }
}

/// "1–3 origins say it", for the stances there are.
fn origins(matrix: &Matrix, at: usize) -> Vec<String> {
    let Some(column) = matrix.claims.get(at) else { return Vec::new() };
    let side = |stance: &Stance| match stance {
        Stance::Supports => "say it",
        Stance::Denies => "deny it",
        Stance::Doubts => "doubt it",
        Stance::Mentions => "mention it",
    };
    let range = |(least, most): (u64, u64)| {
        if least == most { most.to_string() } else { format!("{least}–{most}") }
    };
    column
        .counts
        .origins
        .iter()
        .map(|(stance, counted)| format!("{} {}", range(*counted), side(stance)))
        .collect()
}

/// At most `width` columns of `text`, filled up with spaces.
fn fit(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width {
            out.pop();
            out.push('…');
            break;
        }
        out.push(c);
        used += wide;
    }
    let used: usize = out.chars().map(|c| c.width().unwrap_or(0)).sum();
    out + &" ".repeat(width.saturating_sub(used))
}

/// Columns of a cell.
const CELL: usize = 10;

/// Draws a matrix for a terminal: claims by number, a row for each speaker of one reporting line.
pub fn draw(matrix: &Matrix, look: &Look) -> String {
    let mut out = String::new();
    let width = look.width.clamp(*WIDTHS.start(), *WIDTHS.end());
    for (at, column) in matrix.claims.iter().enumerate() {
        out.push_str(&format!("{:>2}  {}\n", at + 1, harmless_line(&column.claim)));
        let counted = origins(matrix, at);
        let counted = if counted.is_empty() { "nothing on the record".into() } else { counted.join(" · ") };
        out.push_str(&format!("    origins: {counted}\n"));
    }
    let cells = matrix.claims.len() * CELL;
    let name = width.saturating_sub(cells + 12).clamp(16, 40);
    out.push_str(&format!("\n{} {}", fit("speaker", name), fit("since", 10)));
    (1..=matrix.claims.len())
        .for_each(|number| out.push_str(&format!(" {}", fit(&number.to_string(), CELL - 1))));
    out = out.trim_end().to_owned() + "\n";
    for row in &matrix.rows {
        let mut line = format!(
            "{} {}",
            fit(&harmless_line(&row.speaker_name), name),
            fit(&harmless_line(row.day.as_deref().unwrap_or_default()), 10)
        );
        row.cells.iter().for_each(|cell| line.push_str(&format!(" {}", fit(&cell_words(cell), CELL - 1))));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if matrix.all_rows > matrix.rows.len() as u64 {
        out.push_str(&format!("… and {} more rows\n", matrix.all_rows - matrix.rows.len() as u64));
    }
    if !matrix.gaps.is_empty() {
        out.push_str("\nGaps\n");
        matrix.gaps.iter().for_each(|gap| out.push_str(&format!("  – {}\n", harmless_line(gap))));
    }
    out.push_str(&format!("\n{LEGEND}\nMade by {}.\n", matrix.made_by.words()));
    out
}

/// What the signs in the cells mean.
const LEGEND: &str = "· speaks of it and takes no side; * takes another side as well; † as people corrected it; a number counts statements.";

#[derive(Template)]
#[template(path = "matrix.html")]
struct Page {
    style: &'static str,
    style_hash: String,
    made_by: String,
    legend: &'static str,
    columns: Vec<(String, Vec<String>)>,
    rows: Vec<RowItem>,
    more: u64,
    gaps: Vec<String>,
}

struct RowItem {
    speaker: String,
    day: String,
    cells: Vec<(&'static str, String, String)>,
}

/// The page.
///
/// # Errors
/// None that input could bring about: those of the template.
pub fn page(matrix: &Matrix) -> Result<String, std::fmt::Error> {
    let cell = |cell: &Option<Cell>| match cell {
        None => ("gap", String::new(), String::new()),
        Some(it) => (it.stance.as_str(), cell_words(cell), it.statements.join(" ")),
    };
    let page = Page {
        style: STYLE,
        style_hash: STANDARD.encode(Sha256::digest(STYLE)),
        made_by: matrix.made_by.words(),
        legend: LEGEND,
        columns: matrix
            .claims
            .iter()
            .enumerate()
            .map(|(at, column)| (harmless_line(&column.claim).into_owned(), origins(matrix, at)))
            .collect(),
        rows: matrix
            .rows
            .iter()
            .map(|row| RowItem {
                speaker: harmless_line(&row.speaker_name).into_owned(),
                day: harmless_line(row.day.as_deref().unwrap_or_default()).into_owned(),
                cells: row.cells.iter().map(cell).collect(),
            })
            .collect(),
        more: matrix.all_rows.saturating_sub(matrix.rows.len() as u64),
        gaps: matrix.gaps.iter().map(|gap| harmless_line(gap).into_owned()).collect(),
    };
    page.render().map_err(|_| std::fmt::Error)
}
