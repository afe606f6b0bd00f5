//! What people can enter, as clap parses it.

use crate::case_options::{ActorOption, CaseOption};
use clap::{Args, ValueEnum};

/// What every entry needs.
#[derive(Args)]
pub(crate) struct EntryOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    /// Why; it stands on the log
    #[arg(long, value_name = "WORDS")]
    pub(crate) reason: String,
}

#[derive(Args)]
#[group(id = "what", required = true, multiple = false, args = ["source", "content", "cue", "speaker", "said", "act", "basis", "stance"])]
pub(crate) struct CorrectOptions {
    /// The statement, as st_…
    pub(crate) statement: String,

    /// The words that name who says it, as the document has them
    #[arg(long, value_name = "WORDS")]
    pub(crate) source: Option<String>,

    /// The words that are said, as the document has them
    #[arg(long, value_name = "WORDS")]
    pub(crate) content: Option<String>,

    /// The words that attribute, as the document has them
    #[arg(long, value_name = "WORDS")]
    pub(crate) cue: Option<String>,

    /// Who says it, as ag_…
    #[arg(long, value_name = "AGENT")]
    pub(crate) speaker: Option<String>,

    /// The day it was said, as 2021-01-12
    #[arg(long, value_name = "DAY", value_parser = crate::arguments::published)]
    pub(crate) said: Option<String>,

    /// What it does
    #[arg(long, value_name = "ACT", value_parser = ["asserts", "denies", "doubts", "asks", "intends", "judges"])]
    pub(crate) act: Option<String>,

    /// What it rests on
    #[arg(long, value_name = "KIND", value_parser = ["document", "intelligence", "data", "media", "named_source",
        "unnamed_source", "observation", "inference", "none_offered", "none"])]
    pub(crate) basis: Option<String>,

    /// What it makes of the claim that --on gives, in every answer on that claim
    #[arg(long, value_name = "STANCE", value_parser = ["supports", "denies", "doubts", "mentions"], requires = "on")]
    pub(crate) stance: Option<String>,

    /// The claim that --stance is to, in the words in which it is asked; case and punctuation do not matter
    #[arg(long, value_name = "CLAIM", requires = "stance")]
    pub(crate) on: Option<String>,

    #[command(flatten)]
    pub(crate) entry: EntryOptions,
}

#[derive(Args)]
pub(crate) struct LinkOptions {
    /// Agents, as ag_…
    #[arg(required = true, num_args = 2.., value_name = "AGENT")]
    pub(crate) agents: Vec<String>,

    #[command(flatten)]
    pub(crate) entry: EntryOptions,
}

#[derive(Args)]
pub(crate) struct JudgeOptions {
    /// The statement, as st_…
    pub(crate) statement: String,

    /// How likely it is that what is stated is so, in the words of ICD 203
    #[arg(long, value_name = "WORDS", value_parser = onrecord::ledger::people::LIKELIHOODS)]
    pub(crate) likelihood: Option<String>,

    /// How much you trust that judgement
    #[arg(long, value_name = "WORD", value_parser = onrecord::ledger::people::CONFIDENCES)]
    pub(crate) confidence: Option<String>,

    /// Admiralty grid: reliability of the source, A (completely) to F (cannot be judged)
    #[arg(long, value_name = "LETTER", value_parser = ["A", "B", "C", "D", "E", "F"])]
    pub(crate) reliability: Option<String>,

    /// Admiralty grid: credibility of the content, 1 (confirmed) to 6 (cannot be judged)
    #[arg(long, value_name = "NUMBER", value_parser = ["1", "2", "3", "4", "5", "6"])]
    pub(crate) credibility: Option<String>,

    #[command(flatten)]
    pub(crate) entry: EntryOptions,
}

#[derive(Args)]
pub(crate) struct NoteOptions {
    /// A statement or a document, as st_… or doc_…
    pub(crate) target: String,

    /// The note
    pub(crate) text: String,

    #[command(flatten)]
    pub(crate) case: CaseOption,

    #[command(flatten)]
    pub(crate) actor: ActorOption,
}

#[derive(Args)]
pub(crate) struct UndoOptions {
    /// The number of the entry
    pub(crate) entry: u64,

    #[command(flatten)]
    pub(crate) with: EntryOptions,
}

#[derive(Args)]
pub(crate) struct RedactOptions {
    /// Documents, as doc_…
    #[arg(required = true, value_name = "DOCUMENT")]
    pub(crate) documents: Vec<String>,

    /// Yes, erase for ever
    #[arg(long, required = true)]
    pub(crate) for_ever: bool,

    #[command(flatten)]
    pub(crate) entry: EntryOptions,
}

#[derive(Args)]
pub(crate) struct LogOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    /// Only what people entered, with whether it still fits
    #[arg(long)]
    pub(crate) people: bool,

    /// A proof, as JSON, that this entry is in the log
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["people", "since"])]
    pub(crate) prove: Option<u64>,

    /// A proof, as JSON, that the log begins with what it held when its root was this one
    #[arg(long, value_name = "ROOT", conflicts_with = "people", value_parser = crate::case_options::root)]
    pub(crate) since: Option<onrecord::record::Sha256>,

    /// How to say it
    #[arg(long, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT")]
    pub(crate) format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// One line an entry
    Text,
    /// One JSON object an entry
    Jsonl,
}

#[derive(Args)]
pub(crate) struct RereadOptions {
    #[command(flatten)]
    pub(crate) case: CaseOption,

    #[command(flatten)]
    pub(crate) actor: ActorOption,

    /// The model that reads: fast, accurate or thorough
    #[arg(long, default_value_t = onrecord::ModelName::default(), value_name = "NAME", value_parser = crate::arguments::model)]
    pub(crate) model: onrecord::ModelName,

    /// How many documents to read at the same time [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// How many documents a commit holds at most: for tests, which want many commits of few documents
    #[arg(long, hide = true, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) batch: u64,

    /// Do not list what changed, only count it
    #[arg(long, short)]
    pub(crate) quiet: bool,
}
