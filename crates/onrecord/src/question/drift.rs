//! How the wording of a claim changed from its earliest telling in this collection on.

use super::answer::{Answer, Telling};
use super::gathering::{Gathered, Told};
use onrecord_linking::claims::{Change, Wording};
use onrecord_record::{Stance, Statement};

/// Wordings that are shown.
const MOST: usize = 12;

/// A passage that bears less on the claim than this is near it and no wording of it.
const CLOSE: f32 = 0.55;

/// Lists the wordings of those who say it, oldest first, each held against the earliest.
pub(super) fn follow(gathered: &Gathered, answer: &mut Answer) {
    let mut tellings: Vec<&Told> = gathered
        .told
        .iter()
        .filter(|told| told.said.key.stance == Some(Stance::Supports) && told.bearing.relevance >= CLOSE)
        .collect();
    tellings.sort_by(|a, b| {
        let day = |told: &Told| (told.said.key.day.is_none(), told.said.key.day.clone());
        (day(a), a.document, a.line).cmp(&(day(b), b.document, b.line))
    });
    let Some(first) = tellings.first().copied() else { return };
    let mut seen: Vec<String> = Vec::new();
    for told in tellings {
        let plain = told.said.key.content.to_lowercase();
        if seen.contains(&plain) {
            continue;
        }
        seen.push(plain);
        if answer.wordings.len() == MOST {
            break;
        }
        answer.wordings.push(telling(first, told));
    }
}

fn telling(first: &Told, told: &Told) -> Telling {
    let (before, now) = (hedges(&first.statement), hedges(&told.statement));
    let is_first = first.statement.id == told.statement.id;
    let wording = if is_first {
        Wording::default()
    } else {
        Wording::between(&first.said.key.content, &told.said.key.content)
    };
    let change = |change: Change| match change {
        Change::Same(words) => ("same", words),
        Change::Added(words) => ("added", words),
        Change::Lost(words) => ("lost", words),
    };
    Telling {
        statement: told.said.line["id"].clone(),
        speaker_name: told.said.key.speaker.clone(),
        day: told.said.key.day.clone(),
        text: told.said.key.content.clone(),
        changes: wording.changes.into_iter().map(change).collect(),
        hedges_lost: before.iter().filter(|hedge| !now.contains(hedge)).cloned().collect(),
        hedges_added: now.iter().filter(|hedge| !before.contains(hedge)).cloned().collect(),
        numbers_lost: wording.numbers_lost,
        numbers_added: wording.numbers_added,
        corrected: told.said.line.get("corrected").is_some(),
    }
}

/// The words by which the speaker says how sure they are.
fn hedges(statement: &Statement) -> Vec<String> {
    statement.certainty.text.iter().map(|text| text.to_lowercase()).collect()
}
