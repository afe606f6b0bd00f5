//! The commands of `onrecord-lab`, one file each.

pub mod ask_speed;
pub mod calibrate;
pub mod case_speed;
pub mod coref_gold;
pub mod coref_lessons;
pub mod crash;
pub mod features;
mod fit_evidence;
pub mod link_added;
pub mod link_speed;
pub mod paths;
pub mod predict;
mod predict_copies;
mod predict_factuality;
mod predict_stance;
pub mod score;
mod score_copies;
mod score_coref;
mod score_cross_document;
mod score_gum;
mod score_names;
mod score_same_claim;
mod score_sides;
mod score_speakers;
mod score_stance;
mod score_statements;
mod score_time;
pub mod search_speed;
pub mod side_lessons;
pub mod speed;
pub mod statement_lessons;
pub mod watch;

use crate::gold_data::{DEFAULT_FOLDER, FOLDER_VARIABLE};
use clap::{Args, Parser, Subcommand};
use onrecord_models::ModelName;
use std::path::PathBuf;

/// Prints the figures that OnRecord states about itself: quality against gold data, and speed.
#[derive(Debug, Parser)]
#[command(name = "onrecord-lab", version, max_term_width = 100)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the lab can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Score attributions against gold ones and print the table.
    ///
    /// Without --pred the program’s own reader reads the texts of PolNeAR from the data folder. With --gold, --text and
    /// --pred any predictions are scored. With --human the annotators of one article are scored against each other.
    Score(Box<score::Score>),
    /// Read texts and write the attributions found, for any outside scorer.
    ///
    /// Writes one line a document, in the order of the file names (of the lines, when --in is a file). Every text is
    /// read as English. A document that cannot be read is named on standard error and gets an empty list; the exit
    /// status is then 1.
    Predict(predict::Predict),
    /// Time every stage of reading on one thread and print the tables.
    ///
    /// News articles from the data folder, each as the bytes of a plain-text file, become JSON lines in memory. Every
    /// figure is the median of three runs; the program, its stages and spaCy take turns.
    Speed(speed::Speed),
    /// Hold confidences against what is right and print the table.
    ///
    /// A statement counts as right where the attribution figure of `score` counts it. What a calibration fitted on one
    /// half of the articles would do is measured on the other half. A second table tells what is left, and how much of
    /// it is right, above floors for the confidence.
    Calibrate(calibrate::Calibrate),
    /// Hold the agents of news articles against a sanctions list, count what is proposed and time the list.
    ///
    /// Which proposals are right was judged by a person, by article and entry; the file holds ids alone.
    Watch(watch::Watch),
    /// Read the bundled case and news articles with each set of the processor's instructions, and compare the answers.
    Paths(paths::Paths),
    /// Kill, starve and alter a case in every way, and see that nothing is lost and nothing goes unseen.
    ///
    /// Four campaigns, each with its number of rounds: the program is killed at random moments of `add`; its system calls
    /// are held to "no acknowledgement before the sync it rests on"; each call on files fails in turn; and the case is
    /// edited at random. The second and the third need strace.
    Crash(crash::Crash),
    /// Time making a case of the news articles of the data folder beside reading them, with memory and size.
    CaseSpeed(case_speed::CaseSpeed),
    /// Time searches in a case multiplied to a million statements.
    SearchSpeed(search_speed::SearchSpeed),
    /// Time answers to claims in a case multiplied to a million statements.
    AskSpeed(ask_speed::AskSpeed),
    /// Time linking one more document of a case of a hundred thousand.
    LinkAdded(link_added::LinkAdded),
    /// Time linking all documents of a case: agents, claims and origins.
    LinkSpeed(link_speed::LinkSpeed),
    /// Write what coreference networks are trained on.
    ///
    /// First the tokens of each text and what the attribution network makes of them; then, with --lessons, the features of
    /// the mentions that are given and of each pair of them.
    CorefLessons(coref_lessons::CorefLessons),
    /// Write what statement networks are trained on: what they are shown of the statements of marked articles.
    StatementLessons(statement_lessons::StatementLessons),
    /// Write what the stance network learns of statements from: claims, statements of the news as it reads them, and sides.
    SideLessons(side_lessons::SideLessons),
    /// Write the token features that models are trained on.
    Features(features::Features),
    /// Write the coreference of a part of GUM, as models are trained on it.
    ///
    /// One line a document, in the order of their names: its text as a plain file would have it, with speakers' labels,
    /// its words, sentences, turns, chains and entities.
    CorefGold(coref_gold::CorefGold),
}

impl Command {
    /// Does it.
    pub fn run(&self) -> anyhow::Result<()> {
        match self {
            Command::Score(command) => command.run(),
            Command::Predict(command) => command.run(),
            Command::Speed(command) => command.run(),
            Command::Calibrate(command) => command.run(),
            Command::Watch(command) => command.run(),
            Command::Paths(command) => command.run(),
            Command::Crash(command) => command.run(),
            Command::CaseSpeed(command) => command.run(),
            Command::SearchSpeed(command) => command.run(),
            Command::AskSpeed(command) => command.run(),
            Command::LinkAdded(command) => command.run(),
            Command::LinkSpeed(command) => command.run(),
            Command::CorefLessons(command) => command.run(),
            Command::SideLessons(command) => command.run(),
            Command::StatementLessons(command) => command.run(),
            Command::Features(command) => command.run(),
            Command::CorefGold(command) => command.run(),
        }
    }
}

/// Where the data are.
#[derive(Debug, Args)]
pub struct DataOption {
    /// The folder with gold and load data, which are not part of the project.
    #[arg(long = "data", value_name = "DIR", env = FOLDER_VARIABLE, default_value = DEFAULT_FOLDER)]
    pub folder: PathBuf,
}

/// Which model reads.
#[derive(Debug, Args)]
pub struct ModelOption {
    /// The model that reads.
    #[arg(long = "model", value_name = "NAME", default_value_t)]
    pub name: ModelName,
}
