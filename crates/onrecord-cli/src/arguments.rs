//! The command line as clap parses it, with its help.

use crate::case_options::{
    AddOptions, BackupOptions, CopiesOptions, ExportOptions, ImportOptions, RestoreOptions, SearchOptions,
    TimelineOptions, VerifyOptions, WatchCommand, WhoOptions,
};
use crate::names_options::NamesOptions;
use crate::people_options::{
    CorrectOptions, JudgeOptions, LinkOptions, LogOptions, NoteOptions, RedactOptions, RereadOptions,
    UndoOptions,
};
use crate::question_options::{AskOptions, CheckOptions, ClaimsOptions, MatrixOptions};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use onrecord::ModelName;
use std::path::PathBuf;

/// Who said what: turns documents into a record of statements tied to their exact words.
///
/// OnRecord reads news articles and other documents and finds each place where something is attributed to somebody:
/// who says it, the words that attribute it, and what is said. Nothing leaves this machine, and nothing is judged to
/// be true or false: the program proposes, people decide.
#[derive(Parser)]
#[command(name = "onrecord", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read documents and print who says what in them
    Read(ReadOptions),
    /// Read documents into a case: a folder that keeps them, what they say, and a log of it all
    ///
    /// Safe to repeat and to kill: what is told to be in the case is on the disk, and what is in it is not read again.
    Add(AddOptions),
    /// Check every file, text, row and log entry of a case
    Verify(VerifyOptions),
    /// Ask what a case has on a claim: who says it, who denies or doubts it, who is silent, on what basis
    ///
    /// Statements are found by meaning and by words, and take their side from what they do and say. Nothing is judged to be
    /// true or false: the answer says what is missing to settle it.
    Ask(AskOptions),
    /// Statements that make the same claim, across documents: wordings, speakers, how disputed
    Claims(ClaimsOptions),
    /// Hold a draft against a case: what of it is on the record, contradicted, changed, or not on record
    Check(CheckOptions),
    /// Several claims beside each other, and what each speaker makes of each, counted by origins
    Matrix(MatrixOptions),
    /// Find statements, documents and names in a case by their words
    Search(SearchOptions),
    /// Which documents of a case are copies, rewritten copies, or share quotations
    Copies(CopiesOptions),
    /// What a case has of one name: bearers, offices, statements
    Who(WhoOptions),
    /// Statements in the order in which they were said
    Timeline(TimelineOptions),
    /// Lists of names that everybody in a case is held against
    #[command(subcommand)]
    Watch(WatchCommand),
    /// Say what a statement should have been read as
    Correct(CorrectOptions),
    /// Say that agents are one and the same
    Merge(LinkOptions),
    /// Say that agents are not the same
    Split(LinkOptions),
    /// Enter your judgement of a statement: likelihood, confidence, and the Admiralty grid
    Judge(JudgeOptions),
    /// Enter a note to a statement or a document
    Note(NoteOptions),
    /// Take back an entry of a person
    Undo(UndoOptions),
    /// List the log, or what people entered; prove an entry or a beginning
    Log(LogOptions),
    /// Read the documents of a case again, with another model or a later program
    ///
    /// The readings before are kept, and so is what people entered. What changed is listed: + new, - gone, ~ other facts.
    /// May be killed and run again.
    Reread(RereadOptions),
    /// Erase documents for ever, with the evidence files they came from and all else that came from those
    Redact(RedactOptions),
    /// Write out the record of a case
    Export(ExportOptions),
    /// Take a record that was written out into a case, as it is and without reading it again
    Import(ImportOptions),
    /// Copy a case, also while it is in use, and verify the copy
    Backup(BackupOptions),
    /// Make a case from a backup, and verify it
    Restore(RestoreOptions),
    /// Tell how alike names are, part by part, and which of a list are like them
    ///
    /// Two names are held against each other across scripts and spellings: by sound, by what their parts are and by
    /// what each lacks. The score orders pairs and is no probability, and one name may have many bearers. With --list,
    /// each name of a file is held against a list, and what is known besides the names is weighed too.
    Names(NamesOptions),
}

const EXAMPLES: &str = "\
Examples:
  onrecord read article.txt                          a report for this terminal
  onrecord read articles/ --format html -o who.html  one page to open in a browser
  onrecord read articles/ --format jsonl | jq …      the record, one JSON object a line
  curl -s ADDRESS | onrecord read -                  standard input
  onrecord read note.txt --published 2021-01-12      when the text does not say its day

Exit status:
  0  everything was read
  1  some inputs failed; each has a line on standard error, the others are done
  2  the command line is wrong";

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReadOptions {
    /// Files, directories, or - for standard input
    ///
    /// A directory is walked in the order of its names; hidden files are passed over, links to directories are not
    /// followed, and only .txt .text .md .html .htm .xhtml .jsonl and .ndjson files are taken. A file named here is
    /// always tried. Each line of a .jsonl or .ndjson file is an article with the fields id, url, publisher, title,
    /// published, byline and text.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to write the record
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// Write here instead of standard output
    ///
    /// For --format brat a directory, made if absent, that gets a .txt and an .ann file for each document. An
    /// existing file is replaced.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// The day the documents were published, when it is known better than the documents tell
    ///
    /// A year, a month or a day: 2021, 2021-01 or 2021-01-12. It goes before any date found in a document.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = published)]
    pub(crate) published: Option<String>,

    /// The model that reads: fast, accurate or thorough
    #[arg(long, default_value_t = ModelName::default(), value_name = "NAME", value_parser = model)]
    pub(crate) model: ModelName,

    /// Leave out statements whose confidence is below this, 0 to 1
    ///
    /// Confidence is calibrated: of statements with 0.8, about eight in ten are right. A higher floor gives fewer
    /// statements and more of them right. Agents stay, with all their mentions; a statement inside one that is left out
    /// stays if it is sure enough itself.
    #[arg(long, value_name = "N", value_parser = confidence, allow_negative_numbers = true)]
    pub(crate) min_confidence: Option<f64>,

    /// How many documents to read at the same time [default: one for each processor]
    ///
    /// The output is the same, byte for byte, for any number.
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Hold the persons and organisations of the documents against a list of names; may be given several times
    ///
    /// A file or a directory of files: OFAC's SDN list as CSV (alt.csv, add.csv and sdn_comments.csv beside sdn.csv are
    /// read with it), FollowTheMoney JSON lines, or a CSV file whose header has a column "name". What is found is a
    /// proposal, with what speaks for it and against it, and stands apart from the record.
    #[arg(long, value_name = "LIST")]
    pub(crate) watch: Vec<PathBuf>,

    /// Leave the documents' texts out of the jsonl record
    #[arg(long)]
    pub(crate) no_text: bool,

    /// Refuse files, and articles in a .jsonl file, larger than this
    ///
    /// A number of bytes, or of kB, MB or GB.
    #[arg(long, value_name = "SIZE", default_value = "20MB", value_parser = size)]
    pub(crate) max_size: u64,

    /// When to colour the text report
    ///
    /// auto: at a terminal, unless NO_COLOR is set.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,

    /// No warnings, notes or progress on standard error; failures are still named
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl ReadOptions {
    /// The format asked for, either way of asking.
    pub(crate) fn format(&self) -> Format {
        if self.json { Format::Jsonl } else { self.format }
    }
}

/// How the record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A report for the terminal
    Text,
    /// The record, one JSON object a line
    Jsonl,
    /// One self-contained page with the texts and their statements
    Html,
    /// Standoff annotation for the tool brat
    Brat,
}

pub(crate) fn model(name: &str) -> Result<ModelName, String> {
    name.parse().map_err(|error: <ModelName as std::str::FromStr>::Err| error.to_string())
}

fn confidence(number: &str) -> Result<f64, String> {
    let found = number.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    found.ok_or_else(|| "give a number from 0 to 1, as 0.8".into())
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with a month and day that can be.
pub(crate) fn published(day: &str) -> Result<String, String> {
    let wrong = || "give a day as 2021-01-12 (or 2021-01, or 2021)".to_owned();
    let mut parts = Vec::new();
    for (n, part) in day.split('-').enumerate() {
        let digits = if n == 0 { 4 } else { 2 };
        if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        parts.push(part.parse::<u32>().map_err(|_| wrong())?);
    }
    let possible = match parts[..] {
        [_] => true,
        [_, month] => (1..=12).contains(&month),
        [year, month, day] => (1..=12).contains(&month) && (1..=days(year, month)).contains(&day),
        _ => false,
    };
    if possible { Ok(day.to_owned()) } else { Err(wrong()) }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

pub(crate) fn size(text: &str) -> Result<u64, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => return Err("give a size as 500000, 500kB, 20MB or 1GB".into()),
    };
    let number: u64 = number.parse().map_err(|_| "a size begins with a whole number".to_owned())?;
    number.checked_mul(unit).filter(|size| *size > 0).ok_or_else(|| "the size is out of range".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_cannot_be_is_refused() {
        for good in ["2021", "2021-01", "2024-02-29"] {
            assert_eq!(published(good).unwrap(), good);
        }
        for bad in ["", "21-01-01", "2021-13", "2023-02-29", "2021-1-1", "2021-01-01-01", "１２３４", "+021"]
        {
            assert!(published(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("20MB"), Ok(20_000_000));
        assert_eq!(size("7"), Ok(7));
        assert_eq!(size("3 kb"), Ok(3_000));
        for bad in ["", "MB", "0", "5 stone", "99999999999GB", "-1"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_confidence_lies_between_nothing_and_one() {
        for (good, number) in [("0", 0.0), ("0.75", 0.75), (".5", 0.5), ("1", 1.0)] {
            assert_eq!(confidence(good), Ok(number));
        }
        for bad in ["", "80", "80%", "-0.1", "1.01", "0,8", "NaN", "inf", "high"] {
            assert!(confidence(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
