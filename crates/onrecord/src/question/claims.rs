//! The claims of a case: statements that make the same one, in any number of documents.
//!
//! The program proposes them; people confirm, merge and split. A claim that people confirmed keeps its id, its wording and its
//! statements; what the program would add to it stands apart. A proposal is never made of statements that people took apart.

use super::Asker;
use crate::MadeBy;
use crate::entered::{By, ConfirmedClaim, Entered, Split, claim_id};
use onrecord_ledger::{Case, Result, StoredRecord};
use onrecord_linking::claims::{Lexicon, gather};
use onrecord_record::{Act, CodePoint, Line, Span, Statement};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Wordings of a claim that are listed.
const MOST_VARIANTS: usize = 12;

/// The claims of a case.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Those that people confirmed, and behind them those that the program proposes; of each, those in most documents first.
    pub groups: Vec<ClaimGroup>,
    /// The program and the models that made them.
    pub made_by: MadeBy,
}

/// Whose word it is that statements make the same claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A person's.
    Confirmed,
    /// The program's.
    Proposed,
}

/// Statements that make the same claim: a proposal, or confirmed by people.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimGroup {
    /// Always `claim`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its id, which a confirmed claim keeps.
    pub id: String,
    /// Whose word it is.
    pub standing: Standing,
    /// Of a confirmed claim the wording that it was given; else the wording that most statements have, or the shortest of the
    /// commonest.
    pub claim: String,
    /// Its statements, in the order of the case; of a confirmed claim those that people said make it.
    pub statements: Vec<String>,
    /// Statements that the program would add to a confirmed claim. None of them is in what is counted.
    pub proposed: Vec<String>,
    /// Statements that people said make it and that are not in the reading that counts now.
    pub unfit: Vec<String>,
    /// Who confirmed it, entry by entry.
    pub confirmed_by: Vec<By>,
    /// Those of its statements of which people corrected something, which is counted as they have it.
    pub corrected: Vec<String>,
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
    corrected: bool,
}

impl Asker {
    /// The claims that two or more statements of a case make, and those that people confirmed.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub fn claims(&self, case: &Case, mut progress: impl FnMut(u64)) -> Result<Claims> {
        let entered = Entered::of_case(case)?;
        let (mut kept, mut done, mut makers) = (Vec::new(), 0, BTreeSet::new());
        case.each_record(|record| {
            keep(&record, &entered, &mut kept);
            makers.insert(record.maker);
            done += 1;
            progress(done);
            Ok::<(), onrecord_ledger::Fault>(())
        })?;
        let mut lexicon = Lexicon::new(&self.vectors);
        let groups = gather(kept.iter().map(|kept| kept.content.as_str()), &mut lexicon);
        let made_by = MadeBy::of(case, &makers)?.with_meaning();
        Ok(Claims { groups: standing(groups, &kept, &entered), made_by })
    }
}

/// The groups that people confirmed, and what is left of the program's.
fn standing(groups: Vec<Vec<usize>>, kept: &[Kept], entered: &Entered) -> Vec<ClaimGroup> {
    let confirmed = entered.claims();
    // People speak of few statements, and a case has many.
    let meant: BTreeSet<&str> = confirmed
        .iter()
        .flat_map(|claim| &claim.statements)
        .chain(entered.splits().iter().flat_map(|split| split.out.iter().chain(&split.kept)))
        .map(String::as_str)
        .collect();
    let places = kept.iter().enumerate().map(|(at, kept)| (kept.id.as_str(), at));
    let by_id: BTreeMap<&str, usize> = places.filter(|(id, _)| meant.contains(id)).collect();
    // For each statement that people said something of, the claim they have it make.
    let mut holding: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, claim) in confirmed.iter().enumerate() {
        holding.extend(claim.statements.iter().filter_map(|id| Some((*by_id.get(id.as_str())?, number))));
    }
    let splits: Vec<Taken> = entered.splits().iter().map(|split| Taken::of(split, &by_id)).collect();
    let mut additions: Vec<Vec<usize>> = vec![Vec::new(); confirmed.len()];
    let mut proposals: Vec<ClaimGroup> = Vec::new();
    let taken = |id: &str| confirmed.iter().any(|claim| claim.id == id);
    for group in groups.into_iter().flat_map(|group| parted(group, &splits)) {
        let (known, new): (Vec<usize>, Vec<usize>) =
            group.into_iter().partition(|at| holding.contains_key(at));
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        known
            .iter()
            .filter_map(|at| holding.get(at))
            .for_each(|claim| *sizes.entry(*claim).or_default() += 1);
        let most = sizes.into_iter().max_by_key(|(claim, size)| (*size, std::cmp::Reverse(*claim)));
        match most {
            Some((claim, _)) => additions.get_mut(claim).into_iter().for_each(|it| it.extend(&new)),
            None => {
                let members = apart(&new, kept);
                if let [first, _, ..] = members[..] {
                    proposals.push(claim(claim_id(&first.id, taken), None, &members));
                }
            }
        }
    }
    let mut claims: Vec<ClaimGroup> = confirmed
        .iter()
        .zip(additions)
        .map(|(claim, additions)| as_confirmed(claim, additions, kept, &by_id))
        .collect();
    for claims in [&mut claims, &mut proposals] {
        claims.sort_by(|a, b| {
            // The same words in many documents are copies of one text, more than a claim made again.
            let size = |claim: &ClaimGroup| {
                (claim.wordings.min(claim.documents.len() as u64), claim.documents.len())
            };
            size(b).cmp(&size(a)).then_with(|| a.statements.cmp(&b.statements))
        });
    }
    claims.append(&mut proposals);
    claims
}

/// A claim as people have it, with what the program would add.
fn as_confirmed(
    confirmed: &ConfirmedClaim,
    mut additions: Vec<usize>,
    kept: &[Kept],
    by_id: &BTreeMap<&str, usize>,
) -> ClaimGroup {
    let mut at: Vec<usize> =
        confirmed.statements.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
    at.sort_unstable();
    let members: Vec<&Kept> = at.iter().filter_map(|at| kept.get(*at)).collect();
    additions.sort_unstable();
    let mut group = claim(confirmed.id.clone(), Some(confirmed), &members);
    group.proposed = apart(&additions, kept)
        .into_iter()
        .filter(|kept| !members.iter().any(|member| member.document == kept.document && shares(member, kept)))
        .map(|kept| kept.id.clone())
        .collect();
    group
}

/// What people took apart, by place.
struct Taken {
    out: BTreeSet<usize>,
    left: BTreeSet<usize>,
}

impl Taken {
    fn of(split: &Split, by_id: &BTreeMap<&str, usize>) -> Taken {
        let places = |ids: &BTreeSet<String>| -> BTreeSet<usize> {
            ids.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect()
        };
        Taken { out: places(&split.out), left: places(&split.kept) }
    }
}

/// A group of the program's without what people took apart: each part in the order of the case.
fn parted(group: Vec<usize>, splits: &[Taken]) -> Vec<Vec<usize>> {
    let mut parts = vec![group];
    for split in splits {
        let mut after = Vec::with_capacity(parts.len());
        for part in parts {
            if part.iter().any(|at| split.left.contains(at)) {
                let (out, rest): (Vec<usize>, Vec<usize>) =
                    part.into_iter().partition(|at| split.out.contains(at));
                after.push(rest);
                after.extend((!out.is_empty()).then_some(out));
            } else {
                after.push(part);
            }
        }
        parts = after;
    }
    parts
}

fn keep(record: &StoredRecord, entered: &Entered, kept: &mut Vec<Kept>) {
    let (mut names, mut published) = (BTreeMap::new(), None);
    let sorts = ["document", "agent", "statement"].into_iter();
    for (_, line) in sorts.flat_map(|sort| record.of_sort(sort)) {
        match serde_json::from_slice(line) {
            Ok(Line::Document(document)) => published = document.published,
            Ok(Line::Agent(agent)) => drop(names.insert(agent.id, agent.name)),
            Ok(Line::Statement(mut statement)) => {
                let corrected = entered.corrected(&mut statement, line);
                let name = entered.speaker_name(&statement).map(str::to_owned);
                let told = told(statement, &names, published.as_ref());
                kept.extend(told.map(|told| Kept { speaker: told.speaker.or(name), corrected, ..told }));
            }
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
        corrected: false,
    })
}

fn shares(a: &Kept, b: &Kept) -> bool {
    a.extent.start < b.extent.end && b.extent.start < a.extent.end
}

/// The members of a group, of those that share words of one document the first alone: what is read out of a statement is not
/// said twice.
fn apart<'k>(group: &[usize], kept: &'k [Kept]) -> Vec<&'k Kept> {
    let mut members: Vec<&Kept> = Vec::with_capacity(group.len());
    for kept in group.iter().filter_map(|at| kept.get(*at)) {
        // Statements of one document follow each other.
        let of_document = members.iter().rev().take_while(|other| other.document == kept.document);
        if !of_document.copied().any(|other| shares(other, kept)) {
            members.push(kept);
        }
    }
    members
}

fn claim(id: String, confirmed: Option<&ConfirmedClaim>, members: &[&Kept]) -> ClaimGroup {
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
        id,
        standing: if confirmed.is_some() { Standing::Confirmed } else { Standing::Proposed },
        claim: confirmed
            .and_then(|confirmed| confirmed.wording.clone())
            .or_else(|| variants.first().map(|(text, _)| text.clone()))
            .unwrap_or_default(),
        proposed: Vec::new(),
        unfit: confirmed
            .into_iter()
            .flat_map(|confirmed| &confirmed.statements)
            .filter(|id| !members.iter().any(|kept| kept.id == **id))
            .cloned()
            .collect(),
        confirmed_by: confirmed.map(|confirmed| confirmed.by.clone()).unwrap_or_default(),
        corrected: members.iter().filter(|kept| kept.corrected).map(|kept| kept.id.clone()).collect(),
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
