//! The command `verify`: whether a case is what its log says.

use crate::add::told;
use crate::case_options::{VerdictFormat, VerifyOptions};
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::ledger::{Case, Verdict};
use std::io::Write;
use std::process::ExitCode;

/// Problems that are told one by one; the JSON has them all.
const TOLD: usize = 100;

/// Runs the command and says how it went.
pub(crate) fn run(options: &VerifyOptions) -> ExitCode {
    let mut speaker = Speaker::new(options.quiet, false);
    let case = match Case::open(&options.case.folder) {
        Ok(case) => case,
        Err(fault) => {
            speaker.failure(&told(fault));
            return ExitCode::FAILURE;
        }
    };
    let verdict =
        case.verify(options.against, &mut |documents| speaker.count(documents, "documents verified"));
    speaker.done();
    let json = options.json || options.format == VerdictFormat::Json;
    let said = if json {
        serde_json::to_string(&verdict).unwrap_or_default() + "\n"
    } else {
        words(&verdict, &mut speaker)
    };
    // Who closed standard output has seen enough.
    let _ = std::io::stdout().write_all(said.as_bytes());
    ExitCode::from(u8::from(!verdict.ok))
}

/// The verdict in words; problems go to standard error.
pub(crate) fn words(verdict: &Verdict, speaker: &mut Speaker) -> String {
    for finding in verdict.problems.iter().take(TOLD) {
        speaker.failure(&Problem { place: finding.place.clone(), what: finding.what.clone(), hint: None });
    }
    let all = verdict.problems.len() as u64 + verdict.more_problems;
    if all > TOLD as u64 {
        let what = format!("is all that is told of {all} problems; --format json has more");
        speaker.failure(&Problem { place: "this".into(), what, hint: None });
    }
    let mut said = format!(
        "{}  {} evidence files, {} documents, {} statements, {} texts at their places, {} entries of the log\nroot  {}\n",
        if verdict.ok { "sound" } else { "NOT SOUND" },
        verdict.evidence,
        verdict.documents,
        verdict.statements,
        verdict.quotes,
        verdict.entries,
        verdict.root
    );
    if let Some(entries) = verdict.against {
        said.push_str(&format!(
            "the log begins with the {entries} entries it had when the given root was written down\n"
        ));
    }
    said
}
