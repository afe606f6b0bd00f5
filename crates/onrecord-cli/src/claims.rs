//! The command `claims`: statements of a case that make the same claim, and what people say of that.

use crate::add::told;
use crate::answers::{asker, write};
use crate::people::enter;
use crate::question_options::{ClaimsFormat, ClaimsOptions};
use crate::speak::Speaker;
use onrecord::entered::claim_id;
use onrecord::ledger::log::{Content, NamedClaim, TiedStatement};
use onrecord::ledger::{Case, Fault, Result};
use onrecord::question::{ClaimGroup, Claims, Standing};
use onrecord::report::claims::{draw, page};
use onrecord::{MadeBy, Problem};
use serde::Serialize;
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &ClaimsOptions) -> ExitCode {
    if let Some(reason) = &options.reason {
        return enter(&options.case.folder, &options.actor, |case| said(options, case, reason));
    }
    let mut speaker = Speaker::new(options.quiet, false);
    let told = tell(options, &mut speaker);
    speaker.ended(told.map(|()| false))
}

fn tell(options: &ClaimsOptions, speaker: &mut Speaker) -> std::result::Result<(), Problem> {
    let case = Case::open(&options.case.folder).map_err(told)?;
    let mut claims =
        asker()?.claims(&case, |done| speaker.count(done, "documents gone through")).map_err(told)?;
    speaker.done();
    if options.disputed {
        claims.groups.retain(|claim| claim.dispute > 0.0);
    }
    let limit = usize::try_from(options.limit).unwrap_or(usize::MAX);
    let text = match options.format() {
        ClaimsFormat::Text => draw(&claims, limit),
        ClaimsFormat::Jsonl => lines(&claims, limit),
        ClaimsFormat::Html => page(&claims, limit)
            .map_err(|error| told(Fault::refused("the claims", format!("cannot be written: {error}"))))?,
    };
    write(&text, options.output.as_deref())
}

/// A claim with what made it.
#[derive(Serialize)]
struct Line<'c> {
    #[serde(flatten)]
    claim: &'c ClaimGroup,
    made_by: &'c MadeBy,
}

fn lines(claims: &Claims, limit: usize) -> String {
    let of = |standing| claims.groups.iter().filter(move |it| it.standing == standing).take(limit);
    let both = of(Standing::Confirmed).chain(of(Standing::Proposed));
    let line = |claim| Line { claim, made_by: &claims.made_by };
    both.map(|claim| serde_json::to_string(&line(claim)).unwrap_or_default() + "\n").collect()
}

/// What a person says of claims, as an entry of the log.
fn said(options: &ClaimsOptions, case: &Case, reason: &str) -> Result<Content> {
    let asker = asker().map_err(|problem| Fault::refused(problem.place, problem.what))?;
    let groups = asker.claims(case, |_| {})?.groups;
    let found = |id: &String| {
        groups.iter().find(|claim| claim.id == *id).ok_or_else(|| {
            Fault::refused(&**id, "is no claim of the case").hint("`onrecord claims` lists them")
        })
    };
    let wording = options.wording.clone();
    let reason = reason.to_owned();
    if !options.merge.is_empty() {
        let mut claims: Vec<NamedClaim> = Vec::new();
        for claim in options.merge.iter().map(found) {
            let claim = claim?;
            if claims.iter().any(|named| named.claim == claim.id) {
                return Err(Fault::refused(&*claim.id, "is named twice"));
            }
            let statements = tied(case, &claim.statements)?;
            claims.push(NamedClaim { claim: claim.id.clone(), wording: claim.claim.clone(), statements });
        }
        if let (Some(first), Some(wording)) = (claims.first_mut(), wording) {
            first.wording = wording;
        }
        return Ok(Content::ClaimMerge { claims, reason });
    }
    if let [id, out @ ..] = &options.split[..] {
        let claim = found(id)?;
        for statement in out {
            if !claim.statements.contains(statement) && !claim.proposed.contains(statement) {
                return Err(Fault::refused(&**statement, format!("is no statement of {id}")));
            }
        }
        let kept: Vec<String> = claim.statements.iter().filter(|it| !out.contains(it)).cloned().collect();
        if kept.is_empty() {
            return Err(Fault::refused(&**id, "would have no statement left")
                .hint("leave one out, or take back with `onrecord undo` what confirmed it"));
        }
        return Ok(Content::ClaimSplit { claim: id.clone(), statements: tied(case, out)?, kept, reason });
    }
    confirmed(options, case, &groups, reason)
}

/// What `--confirm` says: of a claim, of some of its statements, or of statements alone.
fn confirmed(options: &ClaimsOptions, case: &Case, groups: &[ClaimGroup], reason: String) -> Result<Content> {
    let wording = options.wording.clone();
    let (ids, statements): (Vec<&String>, Vec<&String>) =
        options.confirm.iter().partition(|id| id.starts_with("cl_"));
    let statements: Vec<String> = statements.into_iter().cloned().collect();
    let id = match ids[..] {
        [] => {
            let Some(first) = statements.first() else {
                return Err(Fault::refused("--confirm", "is given no claim and no statement"));
            };
            let wording = match wording {
                Some(wording) => wording,
                None => case.statement(first)?["content"]["text"].as_str().unwrap_or_default().to_owned(),
            };
            let claim = claim_id(first, |id| groups.iter().any(|claim| claim.id == id));
            let statements = tied(case, &statements)?;
            return Ok(Content::Claim { claim, wording: Some(wording), statements, reason });
        }
        [id] => id,
        _ => {
            return Err(Fault::refused("--confirm", "is given more than one claim")
                .hint("confirm them one by one, or say with --merge that they are one"));
        }
    };
    let Some(claim) = groups.iter().find(|claim| claim.id == *id) else {
        return Err(Fault::refused(&**id, "is no claim of the case").hint("`onrecord claims` lists them"));
    };
    let proposal = claim.standing == Standing::Proposed;
    let new = match (proposal, statements.is_empty()) {
        (_, false) => statements,
        (true, true) => claim.statements.clone(),
        (false, true) => claim.proposed.clone(),
    };
    if new.is_empty() && wording.is_none() {
        return Err(Fault::refused(&**id, "is confirmed, and the program proposes nothing to add"));
    }
    let wording = wording.or_else(|| proposal.then(|| claim.claim.clone()));
    Ok(Content::Claim { claim: id.clone(), wording, statements: tied(case, &new)?, reason })
}

fn tied(case: &Case, statements: &[String]) -> Result<Vec<TiedStatement>> {
    statements.iter().map(|id| case.tied(id)).collect()
}
