//! `who NAME --about CLAIM`: one speaker's stance to a claim over time.

use crate::add::told;
use crate::answers::{READY, asker, write};
use crate::case_options::WhoOptions;
use crate::speak::Speaker;
use onrecord::ledger::Case;
use onrecord::question::{Positions, Wanted};
use onrecord::record::Stance;
use onrecord::report::entered::{analysts, corrections};
use onrecord::{Problem, harmless_line};
use std::process::ExitCode;

/// Characters of a statement that are shown.
const LONGEST: usize = 240;

/// Runs it and says how it went.
pub(crate) fn run(options: &WhoOptions, claim: &str) -> ExitCode {
    let mut speaker = Speaker::new(false, false);
    let told = tell(options, claim, &mut speaker);
    speaker.ended(told.map(|()| false))
}

fn tell(options: &WhoOptions, claim: &str, speaker: &mut Speaker) -> Result<(), Problem> {
    let case = Case::open(&options.find.case.folder).map_err(told)?;
    let all = Wanted { limit: usize::MAX };
    let answer = asker()?.ask(&case, claim, all, |done| speaker.count(done, READY)).map_err(told)?;
    speaker.done();
    let positions = Positions::of(&answer, &options.name.join(" "));
    let text = if options.find.jsonl() {
        let mut line = serde_json::to_value(&positions).unwrap_or_default();
        line["type"] = "positions".into();
        line.to_string() + "\n"
    } else {
        words(&positions)
    };
    write(&text, None)
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
        let of = |field: &str| &position.statement[field];
        let people = corrections(of("corrected"), of("stance_entered"), of("stance_by_program"));
        people.iter().for_each(|told| said.push_str(&format!("              person: {told}\n")));
        let analysts = analysts(&position.statement);
        analysts.iter().for_each(|told| said.push_str(&format!("              analyst: {told}\n")));
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
    said.push_str("  Whether all bearers of the name are one is not said, but by people.\n");
    said + &format!("  Made by {}.\n", positions.made_by.words())
}
