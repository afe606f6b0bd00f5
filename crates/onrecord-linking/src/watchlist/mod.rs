//! Names held against a list: sanctions, wanted people, or whatever a user keeps.
//!
//! A list's text becomes [`Entry`]s, whatever its form ([`read_list`]); entries become a [`Watchlist`], which is asked
//! with a [`Query`]. What comes back is a proposal with its reasons and with the facts that speak against it, never a
//! bare score: two people may bear one name, and the list decides nothing.
//!
//! Three forms are read: the CSV files of OFAC's list of Specially Designated Nationals (`ofac.rs`), FollowTheMoney
//! entities as JSON lines (`ftm.rs`), and a plain table with a header (`plain_csv.rs`). Which one a file is shows in its
//! content. Texts come decoded: bytes and files are not this crate's.

mod birth;
mod country;
mod entry;
mod ftm;
mod matching;
mod ofac;
mod plain_csv;
mod problem;
mod query;
mod query_file;
mod rows;
mod weighing;

pub use entry::{Entry, ListLimits, ListName};
pub use matching::Watchlist;
pub use problem::{ListProblem, PROBLEMS_KEPT, Problems};
pub use query::Query;
pub use query_file::{Asked, Queries, read_queries};

use ofac::{Part, SdnFile};
use plain_csv::Header;
use std::sync::Arc;

/// One file of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListFile<'t> {
    /// Its name, for the places of entries and problems.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// What came of a list's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadList {
    /// The entries, in the order of the files and their rows.
    pub entries: Vec<Entry>,
    /// The rows that could not be used, or not wholly.
    pub problems: Problems,
    /// What else a user of the list must know, one clause each.
    pub notes: Vec<String>,
}

/// Reads the files of one list, called `name`. The four files of the SDN list belong together; every other file is read
/// by itself. Never fails: what could not be read is a problem.
pub fn read_list(name: &str, files: &[ListFile<'_>], limits: ListLimits) -> ReadList {
    let list: Arc<str> = name.into();
    let mut out = ReadList::default();
    let (mut sdn, mut others) = (Vec::new(), Vec::new());
    for file in files {
        match SdnFile::of(file.name, file.text) {
            Some(is) => sdn.push(Part { file: file.name, text: file.text, is }),
            None => others.push(file),
        }
    }
    if !sdn.is_empty() {
        out.entries = ofac::read(&list, &sdn, limits, &mut out.problems, &mut out.notes);
    }
    for file in others {
        let left = ListLimits { entries: limits.entries.saturating_sub(out.entries.len()), ..limits };
        let place = || file.name.to_owned();
        match file.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').chars().next() {
            None => out.problems.left_out(place(), "is empty", "give a list with rows"),
            Some('{') => {
                let (entries, passed_over) = ftm::read(&list, file.name, file.text, left, &mut out.problems);
                out.entries.extend(entries);
                if passed_over > 0 {
                    out.notes.push(format!("{passed_over} entities that bear no name (addresses, papers, ties) were passed over in {}", file.name));
                }
            }
            Some('[') => {
                out.problems.left_out(
                    place(),
                    "is a JSON array",
                    "write one entity a line, without the brackets and commas",
                );
            }
            Some('<') => {
                out.problems.left_out(
                    place(),
                    "is XML or HTML",
                    "get the list as CSV or as FollowTheMoney JSON lines",
                );
            }
            Some(_) => match Header::of(file.text) {
                Some(header) => {
                    let entries =
                        plain_csv::read(&list, file.name, file.text, &header, left, &mut out.problems);
                    out.entries.extend(entries);
                }
                None => out.problems.left_out(
                    place(),
                    "has no column of names",
                    "call the column with the names \"name\" in the first row",
                ),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests;
