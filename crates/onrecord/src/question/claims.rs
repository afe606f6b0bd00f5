//! The claims of a case: statements that make the same one, in any number of documents.

use super::Asker;
use onrecord_ledger::{Case, Result, StoredRecord};
use onrecord_linking::claims::{Lexicon, gather};
use onrecord_record::{Act, CodePoint, Line, Span, Statement};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Wordings of a claim that are listed.
const MOST_VARIANTS: usize = 12;

/// Statements that make the same claim. A proposal: people confirm it.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimGroup {
    /// Always `claim`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The wording that most statements have, else the shortest of the commonest.
    pub claim: String,
    /// Its statements, in the order of the case.
    pub statements: Vec<String>,
    /// Their documents, each once.
    pub documents: Vec<String>,
    /// Different wordings with how many statements have each, the commonest first.
    pub variants: Vec<(String, u64)>,
    /// How many different wordings there are; more than are listed where the list is cut.
    pub wordings: u64,
    /// How many statements do what.
    pub acts: BTreeMap<&'static str, u64>,
    /// The names of the speakers, each once, in order.
    pub speakers: Vec<String>,
    /// From 0 (all on one side) to 1 (as many deny or doubt it as say it).
    pub dispute: f64,
    /// The earliest day in this collection on which it was said or published.
    pub from: Option<String>,
    /// The latest.
    pub to: Option<String>,
}

/// What is kept of a statement while all are gathered.
struct Kept {
    id: String,
    document: String,
    content: String,
    /// From the first to the last code point of the content.
    extent: Span<CodePoint>,
    act: Option<Act>,
    speaker: Option<String>,
    day: Option<String>,
}

impl Asker {
    /// The claims that two or more statements of a case make, those in most documents first.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub fn claims(&self, case: &Case, mut progress: impl FnMut(u64)) -> Result<Vec<ClaimGroup>> {
        let (mut kept, mut done) = (Vec::new(), 0);
        case.each_record(|record| {
            keep(&record, &mut kept);
            done += 1;
            progress(done);
            Ok::<(), onrecord_ledger::Fault>(())
        })?;
        let mut lexicon = Lexicon::new(&self.vectors);
        let groups = gather(kept.iter().map(|kept| kept.content.as_str()), &mut lexicon);
        let mut claims: Vec<ClaimGroup> = groups
            .into_iter()
            .map(|group| apart(&group, &kept))
            .filter(|members| members.len() > 1)
            .map(|members| claim(&members))
            .collect();
        claims.sort_by(|a, b| {
            // The same words in many documents are copies of one text, more than a claim made again.
            let size = |claim: &ClaimGroup| {
                (claim.wordings.min(claim.documents.len() as u64), claim.documents.len())
            };
            size(b).cmp(&size(a)).then_with(|| a.statements.cmp(&b.statements))
        });
        Ok(claims)
    }
}

fn keep(record: &StoredRecord, kept: &mut Vec<Kept>) {
    let (mut names, mut published) = (BTreeMap::new(), None);
    let sorts = ["document", "agent", "statement"].into_iter();
    for (_, line) in sorts.flat_map(|sort| record.of_sort(sort)) {
        match serde_json::from_slice(line) {
            Ok(Line::Document(document)) => published = document.published,
            Ok(Line::Agent(agent)) => drop(names.insert(agent.id, agent.name)),
            Ok(Line::Statement(statement)) => kept.extend(told(statement, &names, published.as_ref())),
            _ => {}
        }
    }
}

fn told(
    statement: Statement,
    names: &BTreeMap<onrecord_record::AgentId, String>,
    published: Option<&String>,
) -> Option<Kept> {
    let said = statement.said.and_then(|said| said.from);
    Some(Kept {
        extent: statement.content.extent()?,
        content: statement.content.text?,
        id: statement.id.as_str().to_owned(),
        document: statement.document.as_str().to_owned(),
        act: statement.act,
        speaker: statement.speaker.and_then(|id| names.get(&id).cloned()),
        day: said.or_else(|| published.cloned()),
    })
}

/// The members of a group, of those that share words of one document the first alone: what is read out of a statement is not
/// said twice.
fn apart<'k>(group: &[usize], kept: &'k [Kept]) -> Vec<&'k Kept> {
    let mut members: Vec<&Kept> = Vec::with_capacity(group.len());
    for kept in group.iter().filter_map(|at| kept.get(*at)) {
        // Statements of one document follow each other.
        let of_document = members.iter().rev().take_while(|other| other.document == kept.document);
        let shares =
            |other: &&Kept| other.extent.start < kept.extent.end && kept.extent.start < other.extent.end;
        if !of_document.copied().any(|other| shares(&other)) {
            members.push(kept);
        }
    }
    members
}

fn claim(members: &[&Kept]) -> ClaimGroup {
    let mut wordings: BTreeMap<&str, u64> = BTreeMap::new();
    members.iter().for_each(|kept: &&Kept| *wordings.entry(&kept.content).or_default() += 1);
    let mut variants: Vec<(String, u64)> =
        wordings.into_iter().map(|(text, n)| (text.to_owned(), n)).collect();
    variants.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.len().cmp(&b.0.len())).then(a.0.cmp(&b.0)));
    let (mut acts, mut say, mut against) = (BTreeMap::new(), 0.0_f64, 0.0_f64);
    for kept in members {
        let word = match kept.act {
            Some(Act::Asserts) => "asserts",
            Some(Act::Denies) => "denies",
            Some(Act::Doubts) => "doubts",
            Some(Act::Asks) => "asks",
            Some(Act::Intends) => "intends",
            Some(Act::Judges) => "judges",
            None => "unknown",
        };
        *acts.entry(word).or_default() += 1;
        match kept.act {
            Some(Act::Denies | Act::Doubts) => against += 1.0,
            Some(Act::Asks) | None => {}
            Some(_) => say += 1.0,
        }
    }
    let mut days: Vec<&String> = members.iter().filter_map(|kept| kept.day.as_ref()).collect();
    days.sort();
    let each = |of: fn(&Kept) -> Option<&String>| -> Vec<String> {
        members
            .iter()
            .filter_map(|kept| of(kept))
            .cloned()
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect()
    };
    ClaimGroup {
        kind: "claim",
        claim: variants.first().map(|(text, _)| text.clone()).unwrap_or_default(),
        statements: members.iter().map(|kept| kept.id.clone()).collect(),
        documents: each(|kept| Some(&kept.document)),
        speakers: each(|kept| kept.speaker.as_ref()),
        dispute: if say + against > 0.0 {
            (200.0 * say.min(against) / (say + against)).round() / 100.0
        } else {
            0.0
        },
        from: days.first().map(|day| (*day).clone()),
        to: days.last().map(|day| (*day).clone()),
        wordings: variants.len() as u64,
        variants: variants.into_iter().take(MOST_VARIANTS).collect(),
        acts,
    }
}
