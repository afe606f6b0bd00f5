//! What is said of rows of a list that could not be used, or not wholly.

use std::fmt;

/// The most problems that are kept in words; of the rest only the number is known. A list can have a bad row for
/// every good one, and nobody reads a million messages.
pub const PROBLEMS_KEPT: usize = 1_000;

/// What is the matter with one row of a list, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListProblem {
    /// File and line: "list.csv:17".
    pub place: String,
    /// What is the matter, as a clause: "has no name".
    pub what: String,
    /// What the user can do.
    pub hint: String,
    /// Whether the row counts for what is right in it; else it is left out.
    pub used: bool,
}

impl fmt::Display for ListProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used = if self.used { "used without that" } else { "left out" };
        write!(f, "{}: {} ({used}); {}", self.place, self.what, self.hint)
    }
}

impl std::error::Error for ListProblem {}

/// A size for people: "10.0 MB", "5.2 kB".
pub(super) fn size_words(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// "1 cell", "7 cells".
pub(super) fn cells_words(cells: usize) -> String {
    format!("{cells} cell{}", if cells == 1 { "" } else { "s" })
}

/// The problems of one list: the first [`PROBLEMS_KEPT`] in words, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<ListProblem>,
    total: usize,
}

impl Problems {
    /// The first problems, in the order of the files.
    pub fn first(&self) -> &[ListProblem] {
        &self.kept
    }

    /// How many rows had one.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Takes down that a row is left out.
    pub(super) fn left_out(&mut self, place: String, what: impl Into<String>, hint: &str) {
        self.add(ListProblem { place, what: what.into(), hint: hint.into(), used: false });
    }

    /// Takes down that a row is used in part.
    pub(super) fn in_part(&mut self, place: String, what: impl Into<String>, hint: &str) {
        self.add(ListProblem { place, what: what.into(), hint: hint.into(), used: true });
    }

    fn add(&mut self, problem: ListProblem) {
        self.total += 1;
        if self.kept.len() < PROBLEMS_KEPT {
            self.kept.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_a_line_and_only_so_many_are_kept() {
        let mut problems = Problems::default();
        for n in 1..=PROBLEMS_KEPT + 5 {
            problems.left_out(format!("a.csv:{n}"), "has no name", "write one");
        }
        assert_eq!(problems.first().len(), PROBLEMS_KEPT);
        assert_eq!(problems.total(), PROBLEMS_KEPT + 5);
        assert_eq!(problems.first()[1].to_string(), "a.csv:2: has no name (left out); write one");
        problems.kept.clear();
        problems.in_part("b.csv:1".into(), "has a NUL", "remove it");
        assert_eq!(problems.first()[0].to_string(), "b.csv:1: has a NUL (used without that); remove it");
    }
}
