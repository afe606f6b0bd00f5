//! The command `ask`: what a case has on a claim.

use crate::add::told;
use crate::answers::{READY, asker, give};
use crate::question_options::AskOptions;
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::ledger::Case;
use onrecord::question::Wanted;
use onrecord::report::answer::{html, text};
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &AskOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.answer.quiet, false);
    let answered = answer(options, &mut speaker);
    speaker.ended(answered.map(|()| false))
}

fn answer(options: &AskOptions, speaker: &mut Speaker) -> Result<(), Problem> {
    let case = Case::open(&options.answer.case.folder).map_err(told)?;
    let wanted = Wanted { limit: usize::from(options.limit) };
    let claim = options.claim.join(" ");
    let answer = asker()?.ask(&case, &claim, wanted, |done| speaker.count(done, READY)).map_err(told)?;
    speaker.done();
    give(&answer, &options.answer, text::draw, html::page)
}
