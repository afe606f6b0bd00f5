//! What can be asked of `names --list`.

use clap::Args;
use std::path::PathBuf;

/// The options that go with a list.
#[derive(Args)]
pub(crate) struct ScreenOptions {
    /// Hold each name of --queries against this list; may be given several times
    ///
    /// A file or a directory of files: OFAC's SDN list as CSV (alt.csv, add.csv and sdn_comments.csv beside sdn.csv are
    /// read with it), FollowTheMoney JSON lines, or a CSV file whose header has a column "name".
    #[arg(long, value_name = "LIST", requires = "queries")]
    pub(crate) list: Vec<PathBuf>,

    /// The names to look for in the list, or - for standard input
    ///
    /// One name a line; or a CSV file whose header has a column "name" and may have aliases, type, birth_date, country
    /// and position; or JSON lines with such fields. What is known besides the name speaks for a match or against it.
    #[arg(long, value_name = "FILE", requires = "list")]
    pub(crate) queries: Option<PathBuf>,

    /// The most entries of the list for each name
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) limit: u16,

    /// How many names to look for at the same time [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// No warnings or notes on standard error; failures are still named
    #[arg(long, short)]
    pub(crate) quiet: bool,
}
