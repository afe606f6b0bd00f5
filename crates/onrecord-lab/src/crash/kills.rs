//! `kill -9` at random moments of `add`.

use super::bench::Bench;
use super::luck::Luck;
use std::time::Duration;

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Kills {
    /// How often the program was killed.
    pub rounds: usize,
    /// How often it was still at work then.
    pub at_work: usize,
    /// How often nothing was in the case yet.
    pub nothing_yet: usize,
    /// What was wrong afterwards.
    pub damage: Vec<String>,
}

/// Kills `rounds` times, each time in a new case; then verifies, adds again, and compares.
///
/// # Errors
/// When the program cannot be run.
pub fn kills(bench: &Bench, rounds: usize, seed: u64) -> anyhow::Result<Kills> {
    let mut luck = Luck::new(seed);
    let mut kills = Kills { rounds, ..Kills::default() };
    for round in 0..rounds {
        let longest = u64::try_from(bench.duration.as_micros()).unwrap_or(u64::MAX);
        let wait = Duration::from_micros(luck.below(longest.saturating_mul(11) / 10));
        let mut child = bench.add("killed").spawn()?;
        std::thread::sleep(wait);
        kills.at_work += usize::from(child.try_wait()?.is_none());
        // SIGKILL: nothing of the program runs after it.
        child.kill()?;
        child.wait()?;
        let documents = bench.verdict("killed").ok().flatten().map_or(0, |verdict| verdict.documents);
        kills.nothing_yet += usize::from(documents == 0);
        if let Some(what) = bench.damage("killed", true)? {
            kills.damage.push(format!("round {round}, killed after {wait:?}: the case {what}"));
        }
        bench.clear("killed");
    }
    Ok(kills)
}
