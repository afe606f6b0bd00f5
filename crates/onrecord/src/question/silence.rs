//! Who does not speak of a claim, where that was to be expected.

use super::answer::{Answer, Silent, SilentKind};
use super::gathering::Gathered;
use onrecord_ledger::meanings::Meanings;
use onrecord_ledger::search::{Listed, Query};
use onrecord_ledger::{Case, Result, StoredRecord};
use onrecord_linking::claims::Claim;
use onrecord_record::{Line, Silence};
use std::collections::BTreeSet;

/// Documents on the subject that are looked for.
const MOST: usize = 200;

/// Fills in the silences, and what the answer covers.
pub(super) fn listen(
    case: &Case,
    claim: &Claim,
    meanings: &Meanings,
    gathered: &Gathered,
    listed: (Vec<Listed>, bool),
    answer: &mut Answer,
) -> Result<()> {
    noted(gathered, answer);
    documents(claim, listed, answer);
    let (documents, unread) = (case.documents()?, meanings.unread());
    answer.coverage.documents = documents;
    answer.coverage.statements = meanings.statements();
    answer.coverage.unread = unread + case.refusals()?;
    answer.coverage.searched = documents.saturating_sub(unread);
    answer.coverage.looked_for = claim.terms().into_iter().map(str::to_owned).collect();
    Ok(())
}

/// What texts note about those who speak of the claim.
fn noted(gathered: &Gathered, answer: &mut Answer) {
    let told: BTreeSet<&str> = gathered.told.iter().map(|told| told.statement.id.as_str()).collect();
    for looked in gathered.documents.values() {
        for silence in silences(&looked.record) {
            if !silence.statements.iter().any(|id| told.contains(id.as_str())) {
                continue;
            }
            let name = silence.agent.as_ref().and_then(|id| looked.names.get(id.as_str())).cloned();
            answer.silent.push(Silent {
                kind: SilentKind::Noted,
                document: looked.document.id.as_str().to_owned(),
                document_title: looked.document.title.clone(),
                publisher: looked.document.publisher.clone(),
                published: looked.document.published.clone(),
                looked_for: Vec::new(),
                text: Some(silence.text),
                span: Some((silence.span.start.0, silence.span.end.0)),
                speaker_name: name.or_else(|| silence.who.map(|who| who.text)),
            });
        }
    }
}

fn silences(record: &StoredRecord) -> Vec<Silence> {
    let lines = record.of_sort("silence");
    lines
        .filter_map(|(_, line)| match serde_json::from_slice(line).ok()? {
            Line::Silence(silence) => Some(silence),
            _ => None,
        })
        .collect()
}

/// Documents that have all names of the claim, and whether there are more.
pub(super) fn listed(case: &Case, claim: &Claim) -> Result<(Vec<Listed>, bool)> {
    match Query::parse(&claim.subject().join(" ")) {
        Ok(query) => case.list_documents(&query, MOST),
        Err(_) => Ok(Default::default()),
    }
}

/// Of the documents that have all names of the claim, those with nothing that bears on it.
fn documents(claim: &Claim, (listed, more): (Vec<Listed>, bool), answer: &mut Answer) {
    let subject: Vec<String> = claim.subject().into_iter().map(str::to_owned).collect();
    let speaking: BTreeSet<&str> = answer
        .sided()
        .chain(&answer.mentions)
        .chain(&answer.own_voice)
        .map(|said| said.key.document.as_str())
        .collect();
    let silent = listed.into_iter().filter(|found| !speaking.contains(found.id.as_str()));
    let silent: Vec<Silent> = silent
        .map(|found| Silent {
            kind: SilentKind::Document,
            document: found.id,
            document_title: found.title,
            publisher: found.publisher,
            published: found.published,
            looked_for: subject.clone(),
            text: None,
            span: None,
            speaker_name: None,
        })
        .collect();
    answer.silent.extend(silent);
    answer.counts.silent_more = more;
}
