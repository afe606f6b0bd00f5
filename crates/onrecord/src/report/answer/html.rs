//! An answer as one page: self-contained, without network and without a script.

use super::shown::{Line, bases, changes, counts, coverage, entered, sides, silence, silent_count};
use crate::harmless_line;
use crate::question::{Answer, Telling};
use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

const STYLE: &str =
    concat!(include_str!("../../../templates/report.css"), include_str!("../../../templates/answer.css"));

#[derive(Template)]
#[template(path = "answer.html")]
struct Page {
    style: &'static str,
    style_hash: String,
    made_by: String,
    claim: String,
    counts: Option<String>,
    bases: Option<String>,
    entered: Vec<String>,
    columns: Vec<Column>,
    own_voice: Column,
    wordings: Vec<WordingItem>,
    silent: Vec<SilentItem>,
    silent_count: String,
    missing: Vec<String>,
    coverage: String,
}

/// The statements of one stance.
struct Column {
    class: &'static str,
    heading: &'static str,
    count: String,
    lines: Vec<Line>,
}

struct WordingItem {
    day: String,
    speaker: String,
    pieces: Vec<(&'static str, String)>,
    changes: Vec<String>,
}

struct SilentItem {
    what: String,
    place: String,
}

/// The page.
///
/// # Errors
/// None that input could bring about: those of the template.
pub fn page(answer: &Answer) -> Result<String, std::fmt::Error> {
    let columns = sides(answer)
        .into_iter()
        .map(|(stance, heading, all)| {
            let lines: Vec<Line> = answer.of(stance).iter().map(Line::of).collect();
            Column { class: stance.as_str(), heading, count: count(all, lines.len()), lines }
        })
        .collect();
    let own: Vec<Line> = answer.own_voice.iter().map(Line::of).collect();
    let page = Page {
        style: STYLE,
        style_hash: STANDARD.encode(Sha256::digest(STYLE)),
        made_by: answer.made_by.words(),
        claim: harmless_line(&answer.claim).into_owned(),
        counts: answer.sided().next().map(|_| counts(&answer.counts)),
        bases: bases(answer),
        entered: entered(answer),
        columns,
        own_voice: Column {
            class: "own",
            heading: "publications say themselves, attributed to nobody",
            count: count(answer.counts.own_voice, own.len()),
            lines: own,
        },
        wordings: if answer.wordings.len() > 1 {
            answer.wordings.iter().map(wording).collect()
        } else {
            Vec::new()
        },
        silent: answer
            .silent
            .iter()
            .map(|silent| {
                let (place, what) = silence(silent);
                SilentItem { what, place }
            })
            .collect(),
        silent_count: silent_count(answer),
        missing: answer.missing.iter().map(|missing| harmless_line(missing).into_owned()).collect(),
        coverage: coverage(answer),
    };
    page.render().map_err(|_| std::fmt::Error)
}

fn count(all: u64, shown: usize) -> String {
    if all > shown as u64 { format!("{all}, the first {shown} shown") } else { all.to_string() }
}

fn wording(telling: &Telling) -> WordingItem {
    let pieces = if telling.changes.is_empty() {
        vec![("same", harmless_line(&telling.text).into_owned())]
    } else {
        telling.changes.iter().map(|(kind, words)| (*kind, harmless_line(words).into_owned())).collect()
    };
    WordingItem {
        day: harmless_line(telling.day.as_deref().unwrap_or("no day")).into_owned(),
        speaker: harmless_line(telling.speaker_name.as_deref().unwrap_or("somebody")).into_owned(),
        pieces,
        changes: changes(telling),
    }
}
