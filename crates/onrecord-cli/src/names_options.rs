//! What can be asked of the command `names`.

use crate::screen_options::ScreenOptions;
use clap::{Args, ColorChoice, ValueEnum};
use onrecord_linking::names::Schema;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  onrecord names \"Usama bin Ladin\" \"Osama bin Laden\"      why two names are alike
  onrecord names \"Orrin Ltd\" \"Orrin LLC\" --schema company
  onrecord names --pairs pairs.csv --format jsonl         one JSON object a row: score, same, reasons
  onrecord names --list sdn.csv --queries customers.csv   one JSON object a name: the entries like it, and why

Exit status:
  0  done, whatever the scores are
  1  some rows, of a list too, could not be read; each has a line on standard error, the others are done
  2  the command line is wrong";

/// The options of `names`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NamesOptions {
    /// Two names, in any script
    #[arg(value_name = "NAME", num_args = 2, required_unless_present_any = ["pairs", "list"], conflicts_with_all = ["pairs", "list"])]
    pub(crate) names: Vec<String>,

    /// Compare each row of this CSV file, or of standard input (-)
    ///
    /// The first row names the columns: name1, name2 and, if it is there, schema. Others are passed over.
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    pub(crate) pairs: Option<PathBuf>,

    /// What bears the names; in a file of pairs, where a row does not say
    #[arg(long, value_enum, default_value_t = SchemaChoice::Any, value_name = "SCHEMA")]
    pub(crate) schema: SchemaChoice,

    #[command(flatten)]
    pub(crate) screen: ScreenOptions,

    /// How to write the answer [default: text; with --list jsonl]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<NamesFormat>,

    /// Short for --format jsonl
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// When to colour the answer
    ///
    /// auto: at a terminal, unless NO_COLOR is set.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

impl NamesOptions {
    /// The format asked for, either way of asking.
    pub(crate) fn format(&self) -> NamesFormat {
        let usual = if self.screen.list.is_empty() { NamesFormat::Text } else { NamesFormat::Jsonl };
        if self.json { NamesFormat::Jsonl } else { self.format.unwrap_or(usual) }
    }
}

/// What bears a name, on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaChoice {
    /// Told from the names
    Any,
    /// A human being
    Person,
    /// A company or another body
    #[value(alias = "organisation", alias = "organization")]
    Company,
    /// A ship or an aircraft
    Vessel,
}

impl From<SchemaChoice> for Schema {
    fn from(choice: SchemaChoice) -> Schema {
        match choice {
            SchemaChoice::Any => Schema::Unknown,
            SchemaChoice::Person => Schema::Person,
            SchemaChoice::Company => Schema::Organisation,
            SchemaChoice::Vessel => Schema::Vessel,
        }
    }
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NamesFormat {
    /// For the terminal
    Text,
    /// One JSON object a comparison
    Jsonl,
}
