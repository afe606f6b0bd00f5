//! Where the time goes: durations summed by the stage's name.

use std::time::Duration;

/// Durations by stage, in the order in which the stages first came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StageTimes(Vec<(String, Duration)>);

impl StageTimes {
    /// Adds to a stage.
    pub fn add(&mut self, stage: &str, time: Duration) {
        match self.0.iter_mut().find(|(name, _)| name == stage) {
            Some((_, sum)) => *sum += time,
            None => self.0.push((stage.to_owned(), time)),
        }
    }

    /// The stages and their sums.
    pub fn stages(&self) -> &[(String, Duration)] {
        &self.0
    }

    /// The time of one stage, nothing when it never came.
    pub fn of(&self, stage: &str) -> Duration {
        self.0.iter().find(|(name, _)| name == stage).map(|(_, sum)| *sum).unwrap_or_default()
    }

    /// For every stage the median over several runs.
    pub fn medians(runs: &[StageTimes]) -> StageTimes {
        let Some(first) = runs.first() else {
            return StageTimes::default();
        };
        let median_of = |stage: &str| median(runs.iter().map(|run| run.of(stage)).collect());
        StageTimes(first.0.iter().map(|(stage, _)| (stage.clone(), median_of(stage))).collect())
    }
}

/// The middle one, of an even number the later of the two; nothing of none.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn stages_are_summed_and_keep_their_order() {
        let mut times = StageTimes::default();
        times.add("b", millis(2));
        times.add("a", millis(1));
        times.add("b", millis(3));
        assert_eq!(times.stages(), [("b".to_owned(), millis(5)), ("a".to_owned(), millis(1))]);
        assert_eq!(times.of("c"), Duration::ZERO);
    }

    #[test]
    fn medians_go_by_stage() {
        let run = |ms: u64| {
            let mut times = StageTimes::default();
            times.add("a", millis(ms));
            times
        };
        assert_eq!(StageTimes::medians(&[run(9), run(1), run(4)]).of("a"), millis(4));
        assert_eq!(StageTimes::medians(&[]), StageTimes::default());
        assert_eq!(median(vec![]), Duration::ZERO);
    }
}
