//! The commands by which people enter what they know: `correct`, `merge`, `split`, `judge`, `note`, `undo`, and `redact`.
//! What they say of claims and of origins is entered with `claims` and `copies`.

use crate::add::{index_words, open_to_write, told, writes};
use crate::case_options::ActorOption;
use crate::people_options::{
    CorrectOptions, JudgeOptions, LinkOptions, NoteOptions, RedactOptions, UndoOptions,
};
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::ledger::log::Content;
use onrecord::ledger::{Case, Fault, Result};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Appends one entry that `make` makes of the case; prints its number.
pub(crate) fn enter(
    folder: &Path,
    actor: &ActorOption,
    make: impl FnOnce(&Case) -> Result<Content>,
) -> ExitCode {
    let mut speaker = Speaker::new(false, true);
    match entered(folder, actor, &mut speaker, make) {
        Ok(number) => say(&format!("entry {number}")),
        Err(problem) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
    }
}

fn say(words: &str) -> ExitCode {
    // Who closed standard output does not want to know.
    let _ = writeln!(std::io::stdout(), "{words}");
    ExitCode::SUCCESS
}

fn entered(
    folder: &Path,
    actor: &ActorOption,
    speaker: &mut Speaker,
    make: impl FnOnce(&Case) -> Result<Content>,
) -> std::result::Result<i64, Problem> {
    // A case is not made to have something entered into it.
    drop(Case::open(folder).map_err(told)?);
    let mut writer = open_to_write(folder, writes(actor), speaker)?;
    let content = make(writer.case()).map_err(told)?;
    let number = writer.append(&content).map_err(told)?;
    writer.commit().map_err(told)?;
    Ok(number)
}

/// Runs `correct`.
pub(crate) fn correct(options: &CorrectOptions) -> ExitCode {
    let entry = &options.entry;
    enter(&entry.case.folder, &entry.actor, |case| {
        let statement = case.statement(&options.statement)?;
        let mut anchor = case.anchor(&statement)?;
        let spans = |(field, words): (&'static str, &Option<String>)| Some((field, words.clone()?));
        let words = [("source", &options.source), ("cue", &options.cue), ("content", &options.content)];
        let mut name = None;
        let (field, was, now) =
            if let Some((stance, claim)) = options.stance.as_ref().zip(options.on.as_ref()) {
                // What the program makes of it depends on the claim and is no part of the record.
                ("stance", Value::Null, json!({"claim": claim, "stance": stance}))
            } else if let Some((field, words)) = words.into_iter().find_map(spans) {
                anchor = case.anchor_words(&statement, &words)?;
                (field, statement[field].clone(), json!({"spans": [anchor.span], "text": words}))
            } else if let Some(agent) = &options.speaker {
                let agent = case.agent(agent)?;
                name = Some(agent.name);
                ("speaker", statement["speaker"].clone(), agent.agent.into())
            } else if let Some(day) = &options.said {
                ("said", statement["said"].clone(), json!({"from": day, "to": day}))
            } else if let Some(act) = &options.act {
                ("act", statement["act"].clone(), act.as_str().into())
            } else if let Some(basis) = &options.basis {
                let now = if basis == "none" { json!([]) } else { json!([{"kind": basis}]) };
                ("basis", statement["basis"].clone(), now)
            } else {
                return Err(Fault::refused(&*options.statement, "is not given what to correct"));
            };
        if was == now && field != "stance" {
            return Err(Fault::refused(&*options.statement, format!("has that {field} already")));
        }
        let statement = text(&statement["id"]);
        Ok(Content::Correction {
            statement,
            field: field.into(),
            was,
            now,
            name,
            anchor,
            reason: entry.reason.clone(),
        })
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Runs `merge`, or `split` where `apart`.
pub(crate) fn link(options: &LinkOptions, apart: bool) -> ExitCode {
    let entry = &options.entry;
    enter(&entry.case.folder, &entry.actor, |case| {
        let agents = options.agents.iter().map(|id| case.agent(id)).collect::<Result<Vec<_>>>()?;
        let reason = entry.reason.clone();
        Ok(if apart { Content::Split { agents, reason } } else { Content::Merge { agents, reason } })
    })
}

/// Runs `judge`.
pub(crate) fn judge(options: &JudgeOptions) -> ExitCode {
    let entry = &options.entry;
    enter(&entry.case.folder, &entry.actor, |case| {
        let statement = case.statement(&options.statement)?;
        let JudgeOptions { likelihood, confidence, reliability, credibility, .. } = options;
        if [likelihood, confidence, reliability, credibility].iter().all(|field| field.is_none()) {
            let hint = "give --likelihood, --confidence, --reliability or --credibility";
            return Err(Fault::refused(&*options.statement, "is given no judgement").hint(hint));
        }
        Ok(Content::Judgement {
            statement: text(&statement["id"]),
            likelihood: likelihood.clone(),
            confidence: confidence.clone(),
            reliability: reliability.clone(),
            credibility: credibility.clone(),
            anchor: case.anchor(&statement)?,
            reason: entry.reason.clone(),
        })
    })
}

/// Runs `note`.
pub(crate) fn note(options: &NoteOptions) -> ExitCode {
    enter(&options.case.folder, &options.actor, |case| {
        let anchor = if options.target.starts_with("doc_") {
            case.document(&options.target)?;
            None
        } else {
            Some(case.anchor(&case.statement(&options.target)?)?)
        };
        Ok(Content::Note { target: options.target.clone(), text: options.text.clone(), anchor })
    })
}

/// Runs `undo`.
pub(crate) fn undo(options: &UndoOptions) -> ExitCode {
    let with = &options.with;
    enter(&with.case.folder, &with.actor, |case| {
        let place = format!("entry {}", options.entry);
        let entries = case.persons_entries()?;
        match entries.iter().find(|entry| entry.leaf.entry == options.entry) {
            None => {
                Err(Fault::refused(place, "is no entry of a person")
                    .hint("`onrecord log --people` lists them"))
            }
            Some(entry) if entry.undone_by.is_some() => Err(Fault::refused(place, "is taken back already")),
            Some(_) => Ok(Content::Undo { entry: options.entry, reason: with.reason.clone() }),
        }
    })
}

/// Runs `redact`.
pub(crate) fn redact(options: &RedactOptions) -> ExitCode {
    let mut speaker = Speaker::new(false, true);
    match erased(options, &mut speaker) {
        Ok(()) => say("erased, with the evidence it came from and all that came from it"),
        Err(problem) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
    }
}

fn erased(options: &RedactOptions, speaker: &mut Speaker) -> std::result::Result<(), Problem> {
    let entry = &options.entry;
    let case = Case::open(&entry.case.folder).map_err(told)?;
    let documents =
        options.documents.iter().map(|id| case.document(id)).collect::<Result<Vec<_>>>().map_err(told)?;
    drop(case);
    let mut writer = open_to_write(&entry.case.folder, writes(&entry.actor), speaker)?;
    writer.redact(&documents, &entry.reason).map_err(told)?;
    index_words(&writer, speaker);
    Ok(())
}
