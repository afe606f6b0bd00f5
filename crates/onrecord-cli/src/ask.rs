//! The command `ask`: what a case has on a claim.

use crate::add::told;
use crate::question_options::{AnswerFormat, AskOptions};
use crate::speak::Speaker;
use onrecord::ledger::{Case, Fault};
use onrecord::question::{Answer, Asker, Wanted};
use onrecord::report::answer::{html, text};
use std::process::ExitCode;

/// Runs the command and says how it went.
pub(crate) fn run(options: &AskOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.quiet, false);
    let answered = answer(options, &mut speaker);
    speaker.done();
    let written = answered.map_err(told).and_then(|answer| {
        let format = if options.json { AnswerFormat::Json } else { options.format };
        crate::answers::write(&rendered(&answer, format, options), options.output.as_deref())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            speaker.failure(&problem);
            ExitCode::FAILURE
        }
    }
}

fn answer(options: &AskOptions, speaker: &mut Speaker) -> Result<Answer, Fault> {
    let case = Case::open(&options.case.folder)?;
    let asker = Asker::new().map_err(|error| Fault::refused("the program", error.to_string()))?;
    let wanted = Wanted { limit: usize::from(options.limit) };
    asker.ask(&case, &options.claim.join(" "), wanted, |done| {
        speaker.count(done, "documents made ready for questions")
    })
}

fn rendered(answer: &Answer, format: AnswerFormat, options: &AskOptions) -> String {
    match format {
        AnswerFormat::Json => serde_json::to_string(answer).unwrap_or_default() + "\n",
        AnswerFormat::Text => text::draw(answer, &crate::answers::look(options.output.as_deref())),
        AnswerFormat::Html => html::page(answer).unwrap_or_default(),
    }
}
