//! What can be asked of the commands that answer questions from a case.

use crate::case_options::{ActorOption, CaseOption};
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

const CLAIMS_EXAMPLES: &str = "\
Examples:
  onrecord claims --disputed                               claims that some say and others deny or doubt
  onrecord claims --confirm cl_… --reason \"read them\"      the proposal is a claim now, with this wording and this id
  onrecord claims --confirm st_… st_… --wording \"The mill will close\" --reason \"the same\"
  onrecord claims --merge cl_… cl_… --reason \"one and the same\"
  onrecord claims --split cl_… st_… --reason \"another mill\"

`onrecord undo ENTRY` takes any of these back. What people confirmed keeps its id and its wording when documents are added;
what the program would add to it is told apart.";

#[derive(Args)]
#[command(after_help = CLAIMS_EXAMPLES)]
#[group(id = "entering", multiple = false, args = ["confirm", "merge", "split"])]
pub(crate) struct ClaimsOptions {
    /// Only claims that some say and others deny or doubt
    #[arg(long)]
    pub(crate) disputed: bool,

    /// The most claims of each sort, confirmed and proposed, those in most documents first
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,

    /// Say that the statements of a proposal make one claim, or those of them that are named; of a confirmed claim, that what
    /// the program proposes to add makes it too; or that statements do which no claim has
    #[arg(long, num_args = 1.., value_name = "ID", requires = "reason", conflicts_with_all = ["disputed", "format", "json", "output"])]
    pub(crate) confirm: Vec<String>,

    /// Say that claims are one and the same; the first keeps its id and wording
    #[arg(long, num_args = 2.., value_name = "ID", requires = "reason", conflicts_with_all = ["disputed", "format", "json", "output"])]
    pub(crate) merge: Vec<String>,

    /// Say that statements do not make a claim
    #[arg(long, num_args = 2.., value_names = ["ID", "STATEMENT"], requires = "reason", conflicts_with_all = ["disputed", "format", "json", "output"])]
    pub(crate) split: Vec<String>,

    /// The wording that the claim is given [default: the one it has]
    #[arg(long, value_name = "WORDS", requires = "entering", conflicts_with = "split")]
    pub(crate) wording: Option<String>,

    /// Why; it stands on the log
    #[arg(long, value_name = "WORDS", requires = "entering")]
    pub(crate) reason: Option<String>,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// How to say it
    #[arg(long, value_enum, default_value_t = ClaimsFormat::Text, value_name = "FORMAT")]
    format: ClaimsFormat,

    /// Short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Write here instead of standard output; an existing file is replaced
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// No progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl ClaimsOptions {
    /// How the claims are to be written.
    pub(crate) fn format(&self) -> ClaimsFormat {
        if self.json { ClaimsFormat::Jsonl } else { self.format }
    }
}

/// How claims are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimsFormat {
    /// Words
    Text,
    /// One JSON object a claim
    Jsonl,
    /// One page, to open in a browser, mail or print
    Html,
}
