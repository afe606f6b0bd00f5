//! What can be asked of the commands that work on a case.

use crate::arguments::{model, published, size};
use clap::{Args, Subcommand, ValueEnum};
use onrecord::ModelName;
use std::path::PathBuf;

/// Which case.
#[derive(Args)]
pub(crate) struct CaseOption {
    /// The folder of the case
    #[arg(long = "case", value_name = "DIR", default_value = "onrecord-case", env = "ONRECORD_CASE")]
    pub(crate) folder: PathBuf,
}

/// Who writes.
#[derive(Args)]
pub(crate) struct ActorOption {
    /// The name that entries of the log carry [default: the name of your account]
    #[arg(long, value_name = "NAME", env = "ONRECORD_ACTOR")]
    actor: Option<String>,
}

impl ActorOption {
    /// The name.
    pub(crate) fn name(&self) -> String {
        let account = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        self.actor
            .clone()
            .or_else(account)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "unknown".into())
    }
}

const ADD_EXAMPLES: &str = "\
Examples:
  onrecord add articles/                     into the case ./onrecord-case, made if absent
  onrecord add articles.jsonl --case iran    many articles in one file, into the case ./iran
  curl -s ADDRESS | onrecord add -           standard input

Exit status:
  0  everything is in the case
  1  some inputs failed; each has a line on standard error, the others are in the case
  2  the command line is wrong";

#[derive(Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct AddOptions {
    /// Files, directories, or - for standard input
    ///
    /// As for `onrecord read`. A file of JSON lines may be of any length; each of its lines is an article with the
    /// fields id, url, publisher, title, published, byline and text.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// The day the documents were published, when it is known better than the documents tell
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = published)]
    pub(crate) published: Option<String>,

    /// The model that reads: fast, accurate or thorough
    #[arg(long, default_value_t = ModelName::default(), value_name = "NAME", value_parser = model)]
    pub(crate) model: ModelName,

    /// How many documents to read at the same time [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Refuse files, and articles in a .jsonl file, larger than this
    #[arg(long, value_name = "SIZE", default_value = "20MB", value_parser = size)]
    pub(crate) max_size: u64,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    /// How many documents a commit holds at most: for `onrecord-lab crash`, which wants many commits of few documents
    #[arg(long, hide = true, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) batch: u64,

    /// Do not wait for the disk: for `onrecord-lab crash`, which shows that it sees this
    #[arg(long, hide = true)]
    pub(crate) careless: bool,

    /// No warnings, notes or progress on standard error; failures are still named
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct VerifyOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// A root that was written down earlier: the log must still begin with what it held then
    ///
    /// Without it, `verify` finds whatever was changed in a part of the case. Somebody who makes the whole case anew,
    /// with a log of their own, is found only by a root kept elsewhere.
    #[arg(long, value_name = "ROOT", value_parser = root)]
    pub(crate) against: Option<onrecord::record::Sha256>,

    /// How to say it
    #[arg(long, value_enum, default_value_t = VerdictFormat::Text, value_name = "FORMAT")]
    pub(crate) format: VerdictFormat,

    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,

    /// No progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// How a verdict is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerdictFormat {
    /// Words
    Text,
    /// One JSON object
    Json,
}

#[derive(Args)]
pub(crate) struct ExportOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// How to write the record
    #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl, value_name = "FORMAT")]
    pub(crate) format: ExportFormat,

    /// Write here instead of standard output; an existing file is replaced
    ///
    /// For --format brat a directory, made if absent.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    /// No warnings on standard error; failures are still named
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct ImportOptions {
    /// A record in JSON lines that `onrecord export` or `onrecord read --format jsonl` wrote, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) path: PathBuf,

    #[command(flatten)]
    pub(crate) case: CaseOption,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    /// How many documents to make ready at the same time [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// No warnings or progress on standard error; failures are still named
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Lists of names in a case.
#[derive(Subcommand)]
pub(crate) enum WatchCommand {
    /// Take a list into the case, and hold everybody in it against the list
    ///
    /// The list is kept with the case: `onrecord who` tells what it proposes, and `onrecord undo` takes it away again.
    Add(WatchAddOptions),
    /// Hold everybody in the case, as it is now, against its lists
    Show(WatchShowOptions),
}

#[derive(Args)]
pub(crate) struct WatchAddOptions {
    /// A file or a directory of files: OFAC's SDN list as CSV, FollowTheMoney JSON lines, or a CSV with a column "name"
    #[arg(value_name = "LIST")]
    pub(crate) list: PathBuf,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    #[command(flatten)]
    pub(crate) show: WatchShowOptions,
}

#[derive(Args)]
pub(crate) struct WatchShowOptions {
    #[command(flatten)]
    pub(crate) find: FindOptions,

    /// How many documents to look at at the same time [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// No warnings or progress on standard error; failures are still named
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  onrecord search 'quay closed'                        both words, anywhere in a statement or a document
  onrecord search '\"closed for good\" harb*'           a phrase, and words that begin with harb
  onrecord search 'speaker:\"Ann Vey\" act:denies quay'  what she denied
  onrecord search 'base from:2021-01 to:2021-03'       said or published in these months

Filters: speaker: publisher: act: basis: certainty: form: from: to: has:silence";

#[derive(Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct SearchOptions {
    /// Words, \"phrases\", beginnings*, and filters; all must hold
    #[arg(required = true, value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    /// The most finds of each kind: statements, documents, names
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = limit())]
    pub(crate) limit: u16,

    #[command(flatten)]
    pub(crate) find: FindOptions,
}

#[derive(Args)]
pub(crate) struct WhoOptions {
    /// A name; accents do not matter, nor a letter or two
    #[arg(required = true, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    /// Show their stance to this claim over time instead, and where it turns
    #[arg(long, value_name = "CLAIM")]
    pub(crate) about: Option<String>,

    /// The most names, and the most statements of each
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = limit())]
    pub(crate) limit: u16,

    #[command(flatten)]
    pub(crate) find: FindOptions,
}

#[derive(Args)]
pub(crate) struct TimelineOptions {
    /// Words and filters, as for `onrecord search`
    #[arg(required = true, value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    /// The most statements
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = limit())]
    pub(crate) limit: u16,

    #[command(flatten)]
    pub(crate) find: FindOptions,
}

/// More finds than this nobody reads, and `onrecord export` has everything.
fn limit() -> clap::builder::RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=1000)
}

/// How finds are asked for.
#[derive(Args)]
pub(crate) struct FindOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// How to say it
    #[arg(long, value_enum, default_value_t = FindFormat::Text, value_name = "FORMAT")]
    format: FindFormat,

    /// Short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FindOptions {
    /// Whether lines of the record are asked for.
    pub(crate) fn jsonl(&self) -> bool {
        self.json || self.format == FindFormat::Jsonl
    }
}

const COPIES_EXAMPLES: &str = "\
Examples:
  onrecord copies                      each reporting line with its documents and a passage
  onrecord copies --format jsonl       each pair with all passages, for other programs
  onrecord copies --independent doc_… doc_… --reason \"two reporters, both were there\"
  onrecord copies --same-origin doc_… doc_… --reason \"both from the ministry's release\"

A pair of the same origin shares text or a credit. One subject or one quotation in common is no copy: such pairs are told
apart, since their lines may still share a source. That two documents are independent only a person can say; `onrecord undo
ENTRY` takes it back.";

#[derive(Args)]
#[command(after_help = COPIES_EXAMPLES)]
#[group(id = "saying", multiple = false, args = ["independent", "same_origin"])]
pub(crate) struct CopiesOptions {
    #[command(flatten)]
    pub(crate) find: FindOptions,

    /// The most reporting lines, or pairs with --format jsonl [default: 20 lines, all pairs]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: Option<u32>,

    /// Say that documents are independent of each other, each two of them
    #[arg(long, num_args = 2.., value_name = "DOCUMENT", requires = "reason", conflicts_with_all = ["limit", "format", "json"])]
    pub(crate) independent: Vec<String>,

    /// Say that documents go back to one origin
    #[arg(long, num_args = 2.., value_name = "DOCUMENT", requires = "reason", conflicts_with_all = ["limit", "format", "json"])]
    pub(crate) same_origin: Vec<String>,

    /// Why; it stands on the log
    #[arg(long, value_name = "WORDS", requires = "saying")]
    pub(crate) reason: Option<String>,

    /// No progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) actor: ActorOption,
}

/// How finds are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindFormat {
    /// Words
    Text,
    /// Lines of the record, each with its score, snippet and places
    Jsonl,
}

#[derive(Args)]
pub(crate) struct BackupOptions {
    /// The folder of the copy, new or empty
    #[arg(value_name = "TO")]
    pub(crate) to: PathBuf,

    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// No progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Args)]
pub(crate) struct RestoreOptions {
    /// The folder of the backup
    #[arg(value_name = "FROM")]
    pub(crate) from: PathBuf,

    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// No progress on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// How a case is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// The record, one JSON object a line, as `onrecord read` writes it
    Jsonl,
    /// One statement a row, for a spreadsheet; no cell is computed
    Csv,
    /// The same rows for data tools
    Parquet,
    /// Two files for each document, for the annotation tool brat
    Brat,
    /// W3C Web Annotations (JSON-LD) with what people entered
    WebAnnotation,
}

impl ExportFormat {
    /// The name by which it is asked for, and which the log has.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ExportFormat::Jsonl => "jsonl",
            ExportFormat::Csv => "csv",
            ExportFormat::Parquet => "parquet",
            ExportFormat::Brat => "brat",
            ExportFormat::WebAnnotation => "web-annotation",
        }
    }
}

/// A root as it is printed.
pub(crate) fn root(digits: &str) -> Result<onrecord::record::Sha256, String> {
    serde_json::from_value(digits.trim().to_ascii_lowercase().into())
        .map_err(|_| "give the 64 digits that an earlier `onrecord verify` printed as root".into())
}
