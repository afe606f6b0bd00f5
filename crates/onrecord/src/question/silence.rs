//! Who does not speak of a claim, where that was to be expected.

use super::answer::{Answer, Silent, SilentKind};
use super::gathering::Gathered;
use onrecord_ledger::search::Query;
use onrecord_ledger::{Case, Result, StoredRecord};
use onrecord_linking::claims::Claim;
use onrecord_record::{Line, Silence};
use std::collections::BTreeSet;

/// Documents on the subject that are looked for.
const MOST: usize = 200;

/// Fills in the silences, and what the answer covers.
pub(super) fn listen(case: &Case, claim: &Claim, gathered: &Gathered, answer: &mut Answer) -> Result<()> {
    noted(gathered, answer);
    documents(case, claim, answer)?;
    let counts = case.counts()?;
    let unread = case.unread()?;
    answer.coverage.documents = counts.documents;
    answer.coverage.statements = counts.statements;
    answer.coverage.unread = unread + counts.refusals;
    answer.coverage.searched = counts.documents.saturating_sub(unread);
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
            let name = silence.agent.as_ref().and_then(|id| looked.names.get(id.as_str()));
            answer.silent.push(Silent {
                kind: SilentKind::Noted,
                document: looked.document.id.as_str().to_owned(),
                document_title: looked.document.title.clone(),
                publisher: looked.document.publisher.clone(),
                published: looked.document.published.clone(),
                looked_for: Vec::new(),
                text: Some(silence.text),
                span: Some((silence.span.start.0, silence.span.end.0)),
                speaker_name: name.cloned(),
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

/// Documents that have all names of the claim and nothing that bears on it.
fn documents(case: &Case, claim: &Claim, answer: &mut Answer) -> Result<()> {
    let subject = claim.subject();
    let Ok(query) = Query::parse(&subject.join(" ")) else { return Ok(()) };
    let speaking: BTreeSet<&str> = answer
        .sided()
        .chain(&answer.mentions)
        .chain(&answer.own_voice)
        .map(|said| said.key.document.as_str())
        .collect();
    let mut silent = Vec::new();
    for found in case.search_documents_only(&query, MOST)? {
        let line = &found.find.line;
        let text = |field: &str| line[field].as_str().map(str::to_owned);
        let Some(document) = text("id").filter(|id| !speaking.contains(id.as_str())) else { continue };
        silent.push(Silent {
            kind: SilentKind::Document,
            document,
            document_title: text("title").or_else(|| text("path")),
            publisher: text("publisher"),
            published: text("published"),
            looked_for: subject.iter().map(|word| (*word).to_owned()).collect(),
            text: None,
            span: None,
            speaker_name: None,
        });
    }
    answer.silent.extend(silent);
    Ok(())
}
