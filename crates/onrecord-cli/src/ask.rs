//! The command `ask`: what a case has on a claim.

use crate::add::told;
use crate::answers::{READY, asker, give};
use crate::question_options::AskOptions;
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::entered::Entered;
use onrecord::ledger::{Case, Fault};
use onrecord::question::Wanted;
use onrecord::report::answer::{html, text};
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &AskOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.answer.quiet, false);
    let answered = answer(options, &mut speaker);
    speaker.ended(answered.map(|()| false))
}

/// The claim that is asked: the words, or of a claim that people confirmed its wording.
fn claim(case: &Case, asked: String) -> Result<String, Fault> {
    if !asked.starts_with("cl_") || asked.contains(char::is_whitespace) {
        return Ok(asked);
    }
    let entered = Entered::of_case(case)?;
    let confirmed = entered.claims().iter().find(|claim| claim.id == asked);
    confirmed.and_then(|claim| claim.wording.clone()).ok_or_else(|| {
        Fault::refused(asked, "is no claim that people confirmed")
            .hint("confirm it with `onrecord claims --confirm`, or give its words")
    })
}

fn answer(options: &AskOptions, speaker: &mut Speaker) -> Result<(), Problem> {
    let case = Case::open(&options.answer.case.folder).map_err(told)?;
    let wanted = Wanted { limit: usize::from(options.limit) };
    let claim = claim(&case, options.claim.join(" ")).map_err(told)?;
    let answer = asker()?.ask(&case, &claim, wanted, |done| speaker.count(done, READY)).map_err(told)?;
    speaker.done();
    give(&answer, &options.answer, text::draw, html::page)
}
