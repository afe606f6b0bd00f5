//! What would be needed to settle a claim, as far as the record shows what it lacks.

use super::answer::{Answer, Said};
use onrecord_linking::claims::Claim;
use serde_json::Value;
use std::collections::BTreeSet;

/// Kinds of basis that somebody else could look at.
const OPEN_TO_OTHERS: [&str; 3] = ["document", "data", "intelligence"];

/// Fills in what is missing. The record of what was said never settles whether it is so: the list says what would help.
pub(super) fn tell(claim: &Claim, answer: &mut Answer) {
    let mut missing = Vec::new();
    let (supports, denies, doubts) = (answer.supports.len(), answer.denies.len(), answer.doubts.len());
    if supports + denies + doubts == 0 {
        missing.push(match answer.mentions.len() + answer.own_voice.len() {
            0 => "any statement on it: nothing in this case bears on the claim".into(),
            _ => "a statement that takes a side: what bears on the claim here only speaks of it".into(),
        });
        answer.missing = missing;
        return;
    }
    if supports > 0 {
        bases("supporting", &answer.supports, &mut missing);
    } else {
        missing.push("anybody who says it: here it is only denied or doubted".into());
    }
    if denies > 0 {
        bases("denying", &answer.denies, &mut missing);
    } else if doubts == 0 {
        missing.push(
            "the other side: nobody here denies or doubts it, which does not mean that nobody does".into(),
        );
    }
    if answer.counts.origins_at_least < 2 && answer.counts.reports > 1 {
        missing.push(format!("independent origins: {} reports may go back to one", answer.counts.reports));
    } else if answer.counts.reports == 1 {
        missing.push("a second report: all of it stands in one document".into());
    }
    unheard(claim, answer, &mut missing);
    let unread = answer.coverage.unread;
    if unread > 0 {
        let documents = if unread == 1 { "1 document".to_owned() } else { format!("{unread} documents") };
        missing.push(format!("what stands in {documents} that could not be read"));
    }
    answer.missing = missing;
}

/// What the statements of one side rest on.
fn bases(side: &str, said: &[Said], missing: &mut Vec<String>) {
    let kinds = |said: &Said| -> Vec<String> {
        let bases = said.line["basis"].as_array().into_iter().flatten();
        bases.filter_map(|basis| Some(basis["kind"].as_str()?.to_owned())).collect()
    };
    let none = said.iter().filter(|said| kinds(said).is_empty()).count();
    let none_offered =
        said.iter().filter(|said| kinds(said).iter().any(|kind| kind == "none_offered")).count();
    let open = said.iter().any(|said| kinds(said).iter().any(|kind| OPEN_TO_OTHERS.contains(&kind.as_str())));
    if !open {
        missing.push(format!(
            "a document, data or intelligence that a {side} statement rests on: none is named"
        ));
    } else {
        missing.push(format!(
            "the documents or data that {side} statements cite: they are named here, not shown"
        ));
    }
    if none_offered > 0 {
        missing.push(format!(
            "the basis of {none_offered} {side} statement{} of which the text itself says that none was offered",
            if none_offered == 1 { "" } else { "s" }
        ));
    }
    if none > 0 && none < said.len() {
        missing.push(format!("any basis of {none} of {} {side} statements", said.len()));
    }
}

/// Names of the claim that nobody on the record speaks for.
fn unheard(claim: &Claim, answer: &Answer, missing: &mut Vec<String>) {
    let speakers: BTreeSet<String> =
        answer.sided().filter_map(|said| said.line["speaker_name"].as_str()).map(str::to_lowercase).collect();
    let roles: BTreeSet<String> = answer
        .sided()
        .filter_map(|said| match &said.line["source"]["text"] {
            Value::String(text) => Some(text.to_lowercase()),
            _ => None,
        })
        .collect();
    let heard =
        |name: &str| speakers.iter().chain(&roles).any(|speaker| speaker.contains(&name.to_lowercase()));
    // The first word of a claim is written large whatever it is; a name is written so within sentences too.
    let named = |name: &&str| {
        let within = format!(" {name}");
        answer.sided().chain(&answer.mentions).any(|said| said.key.content.contains(&within))
    };
    let unheard: Vec<&str> = claim.names().into_iter().filter(named).filter(|name| !heard(name)).collect();
    if !unheard.is_empty() {
        missing.push(format!("a statement by {} themselves, as far as names show", unheard.join(", ")));
    }
}
