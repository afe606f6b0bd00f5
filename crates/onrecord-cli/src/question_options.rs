//! What can be asked of the commands that answer questions from a case.

use crate::case_options::{CaseOption, FindOptions};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const ASK_EXAMPLES: &str = "\
Examples:
  onrecord ask \"The mill will close\"                       from the case ./onrecord-case
  onrecord ask \"The mill will close\" --format html -o a.html  one page to open in a browser
  onrecord ask \"The mill will close\" --json | jq .counts

Exit status:
  0  answered, also when the record has nothing on it
  1  the case cannot be read
  2  the command line is wrong";

#[derive(Args)]
#[command(after_help = ASK_EXAMPLES)]
pub(crate) struct AskOptions {
    /// A claim, as a whole sentence
    #[arg(required = true, value_name = "CLAIM")]
    pub(crate) claim: Vec<String>,

    /// The most statements of each stance; counts are over all
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,
}

/// From which case, and how the answer is to be given.
#[derive(Args)]
pub(crate) struct AnswerOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// How to say it
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text, value_name = "FORMAT")]
    format: AnswerFormat,

    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Write here instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// No warnings or progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl AnswerOptions {
    /// How the answer is to be written.
    pub(crate) fn format(&self) -> AnswerFormat {
        if self.json { AnswerFormat::Json } else { self.format }
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// Words, for this terminal
    Text,
    /// One JSON object
    Json,
    /// One page, to open in a browser, mail or print
    Html,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  onrecord check draft.md                              each sentence held against the case ./onrecord-case
  onrecord check draft.md --footnotes -o cited.md      the draft with a footnote behind what is on the record
  onrecord check draft.md --json | jq '.sentences[] | select(.verdicts[].kind == \"contradicted\")'";

#[derive(Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct CheckOptions {
    /// A draft: a text, Markdown or HTML file, or - for standard input
    #[arg(value_name = "DRAFT")]
    pub(crate) draft: PathBuf,

    /// Write the draft out again with a footnote behind each sentence that is on the record (Markdown)
    #[arg(long, conflicts_with_all = ["format", "json"])]
    pub(crate) footnotes: bool,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,
}

#[derive(Args)]
pub(crate) struct MatrixOptions {
    /// A file of claims, one a line; empty lines and lines that begin with # are passed over
    #[arg(value_name = "FILE")]
    pub(crate) claims: PathBuf,

    #[command(flatten)]
    pub(crate) answer: AnswerOptions,
}

#[derive(Args)]
pub(crate) struct ClaimsOptions {
    /// Only claims that some say and others deny or doubt
    #[arg(long)]
    pub(crate) disputed: bool,

    /// The most claims, those in most documents first
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,

    #[command(flatten)]
    pub(crate) find: FindOptions,

    /// No progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}
