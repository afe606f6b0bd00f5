//! What people entered, as answers apply it.
//!
//! The record stays as the program made it. Here the entries of a case that stand are gathered once, and laid over what is
//! shown: a correction over a statement's own value, which stays beside it; an analyst's judgement beside the statement, and
//! never in it; links of agents and of documents' origins, and claims, as people have them. Whether an entry fits shows when it
//! is laid over something: what it is about is found by its id and nowhere else.

mod claims;
mod correcting;
mod links;

pub(crate) use claims::Split;
pub use claims::{ConfirmedClaim, claim_id};
pub use links::{LinkSaid, OriginSaid};

use correcting::Correction;
use onrecord_ledger::log::Content;
use onrecord_ledger::people::PersonsEntry;
use onrecord_ledger::{Case, Result};
use onrecord_record::{CodePoint, Span, Stance};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who entered something, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct By {
    /// The entry of the log.
    pub entry: u64,
    /// Who.
    pub actor: String,
    /// When, in UTC.
    pub time: String,
    /// Why.
    pub reason: String,
}

/// All entries of a case that nobody took back, by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Entered {
    corrections: BTreeMap<String, Vec<Correction>>,
    stances: BTreeMap<String, Vec<StanceSaid>>,
    judgements: BTreeMap<String, Vec<Value>>,
    notes: BTreeMap<String, Vec<Value>>,
    links: Vec<LinkSaid>,
    origins: Vec<OriginSaid>,
    claims: claims::Claims,
}

/// A stance to a claim that a person has a statement take.
#[derive(Clone, Debug)]
struct StanceSaid {
    /// The claim's words, folded.
    claim: String,
    stance: Stance,
    span: Span<CodePoint>,
    by: By,
}

impl Entered {
    /// The entries of a case.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of_case(case: &Case) -> Result<Entered> {
        Ok(Entered::of(&case.entered()?))
    }

    /// Gathers entries, in the order of the log.
    pub fn of(entries: &[PersonsEntry]) -> Entered {
        let mut entered = Entered::default();
        for entry in entries.iter().filter(|entry| entry.undone_by.is_none()) {
            entered.take(entry);
        }
        entered
    }

    fn take(&mut self, entry: &PersonsEntry) {
        let by = |reason: &str| By {
            entry: entry.leaf.entry,
            actor: entry.leaf.actor.clone(),
            time: entry.leaf.time.clone(),
            reason: reason.to_owned(),
        };
        match &entry.content {
            Content::Correction { statement, field, now, anchor, reason, .. } if field == "stance" => {
                let said = (now["claim"].as_str(), serde_json::from_value(now["stance"].clone()));
                if let (Some(claim), Ok(stance)) = said {
                    let said = StanceSaid { claim: folded(claim), stance, span: anchor.span, by: by(reason) };
                    self.stances.entry(statement.clone()).or_default().push(said);
                }
            }
            Content::Correction { statement, field, now, name, anchor, reason, .. } => {
                let correction = Correction {
                    field: field.clone(),
                    now: now.clone(),
                    name: name.clone(),
                    span: anchor.span,
                    by: by(reason),
                };
                let of = self.corrections.entry(statement.clone()).or_default();
                // Of two words on one thing the later counts.
                of.retain(|before| before.field != correction.field);
                of.push(correction);
            }
            Content::Judgement {
                statement,
                likelihood,
                confidence,
                reliability,
                credibility,
                reason,
                ..
            } => {
                let judged = json!({"likelihood": likelihood, "confidence": confidence, "reliability": reliability,
                    "credibility": credibility, "entry": entry.leaf.entry, "actor": entry.leaf.actor,
                    "time": entry.leaf.time, "reason": reason});
                self.judgements.entry(statement.clone()).or_default().push(judged);
            }
            Content::Note { target, text, .. } => {
                let note = json!({"text": text, "entry": entry.leaf.entry, "actor": entry.leaf.actor,
                    "time": entry.leaf.time});
                self.notes.entry(target.clone()).or_default().push(note);
            }
            Content::Merge { agents, reason } => {
                self.links.push(LinkSaid { same: true, agents: agents.clone(), by: by(reason) });
            }
            Content::Split { agents, reason } => {
                self.links.push(LinkSaid { same: false, agents: agents.clone(), by: by(reason) });
            }
            Content::Origins { documents, relation, reason } => {
                let documents = documents.iter().map(|id| id.as_str().to_owned()).collect();
                if let Ok(relation) = serde_json::from_value(json!(relation)) {
                    self.origins.push(OriginSaid { documents, relation, by: by(reason) });
                }
            }
            Content::Claim { claim, wording, statements, reason } => {
                self.claims.claim(claim, wording.as_deref(), statements, by(reason));
            }
            Content::ClaimMerge { claims, reason } => self.claims.merge(claims, by(reason)),
            Content::ClaimSplit { claim, statements, kept, .. } => {
                self.claims.split(claim, statements, kept);
            }
            _ => {}
        }
    }

    /// What a person has a statement make of a claim, where its words are those that were typed then, but for case and
    /// punctuation; of several words the last.
    pub(crate) fn stance(&self, statement: &str, claim: &str) -> Option<(Stance, &By)> {
        let claim = folded(claim);
        let of = self.stances.get(statement)?.iter().rev().find(|said| said.claim == claim)?;
        Some((of.stance, &of.by))
    }

    /// Statements of which a person says what they make of a claim, with where they stand.
    pub(crate) fn sided(&self, claim: &str) -> impl Iterator<Item = (&str, Span<CodePoint>)> {
        let claim = folded(claim);
        self.stances.iter().filter_map(move |(statement, said)| {
            let said = said.iter().rev().find(|said| said.claim == claim)?;
            Some((statement.as_str(), said.span))
        })
    }

    /// What analysts entered beside a line of the record: judgements of the statement, notes to it and to its document.
    pub(crate) fn beside(&self, statement: Option<&str>, document: &str, line: &mut Value) {
        let found = |of: &BTreeMap<String, Vec<Value>>, id: &str| of.get(id).map(|found| json!(found));
        if let Some(id) = statement {
            for (field, found) in
                [("judgements", found(&self.judgements, id)), ("notes", found(&self.notes, id))]
            {
                if let Some(found) = found {
                    line[field] = found;
                }
            }
            if let Some(claim) = self.claims.holding(id) {
                line["confirmed_claim"] = json!({"id": claim.id, "claim": claim.wording});
            }
        }
        if let Some(found) = found(&self.notes, document) {
            line["document_notes"] = found;
        }
    }

    /// What people said of documents' origins.
    pub fn origins(&self) -> &[OriginSaid] {
        &self.origins
    }

    /// The claims that people confirmed, in the order in which they did.
    pub fn claims(&self) -> &[ConfirmedClaim] {
        self.claims.confirmed()
    }

    pub(crate) fn splits(&self) -> &[Split] {
        self.claims.splits()
    }
}

/// Letters and digits alone, small, with one space between words.
fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
