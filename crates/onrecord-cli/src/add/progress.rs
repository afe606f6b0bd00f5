//! How far adding is, how fast, and how long it will still take.

use std::time::{Duration, Instant};

/// What was done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) documents: u64,
    pub(crate) statements: u64,
    pub(crate) speakers: u64,
    pub(crate) silences: u64,
    pub(crate) problems: u64,
    /// Documents that were in the case already.
    pub(crate) known: u64,
    /// Bytes of evidence gone through.
    pub(crate) bytes: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Tally) {
        self.documents += other.documents;
        self.statements += other.statements;
        self.speakers += other.speakers;
        self.silences += other.silences;
        self.problems += other.problems;
        self.known += other.known;
        self.bytes += other.bytes;
    }
}

/// What is in the case, of how much.
pub(crate) struct Progress {
    pub(crate) done: Tally,
    /// Bytes of evidence in all; none where nobody can tell.
    total: Option<u64>,
    begun: Instant,
}

impl Progress {
    pub(crate) fn new(total: Option<u64>) -> Self {
        Progress { done: Tally::default(), total, begun: Instant::now() }
    }

    /// One line of it. `plainly`: for a file, where lines stand below each other.
    pub(crate) fn line(&self, plainly: bool) -> String {
        let elapsed = self.begun.elapsed();
        let rate = self.done.documents as f64 / elapsed.as_secs_f64().max(0.001);
        let mut line = format!(
            "{} documents and {} statements are in the case, {rate:.0} documents a second",
            grouped(self.done.documents + self.done.known),
            grouped(self.done.statements),
        );
        if let Some(total) = self.total.filter(|total| *total > 0) {
            let share = (self.done.bytes as f64 / total as f64).clamp(0.0, 1.0);
            line.push_str(&format!(", {:.0}%", share * 100.0));
            if share > 0.0 && share < 1.0 {
                let left = elapsed.as_secs_f64() * (1.0 - share) / share;
                let words = if plainly { "left" } else { "to go" };
                line.push_str(&format!(", {} {words}", duration(Duration::from_secs_f64(left.min(1e9)))));
            }
        }
        line
    }
}

fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// A number with commas between thousands.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_easily_read() {
        assert_eq!(["0", "999", "1,000", "1,234,567"], [0, 999, 1_000, 1_234_567].map(grouped));
        assert_eq!(duration(Duration::from_secs(59)), "59 s");
        assert_eq!(duration(Duration::from_secs(3_725)), "1 h 2 min");
    }
}
