//! What is said of input that could not become a document.

use std::fmt;

/// Why one evidence file, or one line of it, is not a document: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the evidence file: empty for the whole of it, or "line 12".
    pub place: String,
    /// What is the matter, as a clause that goes on from the place: "is empty".
    pub what: String,
    /// What the user can do.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem with the evidence file as a whole.
    pub fn whole(what: impl Into<String>) -> Self {
        Problem { place: String::new(), what: what.into(), hint: None }
    }

    /// A problem with one line, counted from 1.
    pub fn line(number: usize, what: impl Into<String>) -> Self {
        Problem { place: format!("line {number}"), what: what.into(), hint: None }
    }

    /// The same problem, placed in the evidence file of this name.
    pub fn within(mut self, file: &str) -> Self {
        self.place = if self.place.is_empty() { file.to_owned() } else { format!("{file}, {}", self.place) };
        self
    }

    /// The same problem with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.place.is_empty() { "the file" } else { &self.place };
        write!(f, "{place} {}", self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_a_sentence() {
        let problem = Problem::line(12, "has no text").hint("give it a field \"text\"");
        assert_eq!(problem.to_string(), "line 12 has no text; give it a field \"text\"");
        assert_eq!(problem.within("a.jsonl").place, "a.jsonl, line 12");
        assert_eq!(Problem::whole("is empty").to_string(), "the file is empty");
    }
}
