//! `who NAME --about CLAIM`: one speaker's stance to a claim over time.

use crate::add::told;
use crate::answers::write;
use crate::case_options::WhoOptions;
use crate::speak::Speaker;
use onrecord::harmless_line;
use onrecord::ledger::{Case, Fault};
use onrecord::question::{Asker, Positions, Wanted};
use onrecord::record::Stance;
use std::process::ExitCode;

/// Characters of a statement that are shown.
const LONGEST: usize = 240;

/// Runs it and says how it went.
pub(crate) fn run(options: &WhoOptions, claim: &str) -> ExitCode {
    let mut speaker = Speaker::new(false, false);
    let positions = positions(options, claim, &mut speaker);
    speaker.done();
    let written = positions.map_err(told).and_then(|positions| {
        let text = if options.find.jsonl() {
            let mut line = serde_json::to_value(&positions).unwrap_or_default();
            line["type"] = "positions".into();
            line.to_string() + "\n"
        } else {
            words(&positions)
        };
        write(&text, None)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
    }
}

fn positions(options: &WhoOptions, claim: &str, speaker: &mut Speaker) -> Result<Positions, Fault> {
    let case = Case::open(&options.find.case.folder)?;
    let asker = Asker::new().map_err(|error| Fault::refused("the program", error.to_string()))?;
    let all = Wanted { limit: usize::MAX };
    let ready = |done| speaker.count(done, "documents made ready for questions");
    let answer = asker.ask(&case, claim, all, ready)?;
    Ok(Positions::of(&answer, &options.name.join(" ")))
}

fn word(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "says it",
        Stance::Denies => "denies it",
        Stance::Doubts => "doubts it",
        Stance::Mentions => "speaks of it",
    }
}

fn words(positions: &Positions) -> String {
    let (name, claim) = (harmless_line(&positions.name), harmless_line(&positions.claim));
    if positions.positions.is_empty() {
        return format!("Nobody called {name} takes a side on “{claim}” in the case.\n");
    }
    let mut said = format!("{name} on “{claim}”\n");
    for position in &positions.positions {
        let day = position.day.as_deref().unwrap_or("no day");
        let text = position.statement["content"]["text"].as_str().unwrap_or_default();
        let text: String = text.chars().take(LONGEST).collect();
        let id = position.statement["id"].as_str().unwrap_or_default();
        let line = format!("  {day:10}  {:9}  {}  [{id}]", word(position.stance), text.trim());
        said.push_str(&format!("{}\n", harmless_line(&line)));
    }
    for turn in &positions.turns {
        let between = [&turn.after, &turn.by].map(|day| day.as_deref().unwrap_or("no day"));
        let line = format!(
            "  turns from “{}” to “{}” between {} and {}",
            word(turn.from),
            word(turn.to),
            between[0],
            between[1]
        );
        said.push_str(&format!("{}\n", harmless_line(&line)));
    }
    if positions.turns.is_empty() {
        said.push_str("  no turn in this collection\n");
    }
    said + "  Whether all bearers of the name are one is not said.\n"
}
