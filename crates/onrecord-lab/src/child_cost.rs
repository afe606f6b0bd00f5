//! What running a program costs: time by the clock, time of processors, and memory at its peak.

use anyhow::{Context, ensure};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often a running program is looked at.
const EVERY: Duration = Duration::from_millis(50);

/// Ticks of a second in which Linux tells a process's time, on every architecture that it runs on today.
const TICKS: f64 = 100.0;

/// What a run cost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cost {
    /// By the clock.
    pub wall: Duration,
    /// Of all processors together, of the program and of the system for it; as last seen, at most 50 ms before its end.
    pub processor: Duration,
    /// The most memory it had, in bytes; none where the system does not tell.
    pub memory: Option<u64>,
}

impl Cost {
    /// Of several runs the middle one by the clock.
    pub fn middle(costs: &mut [Cost]) -> Cost {
        costs.sort_by_key(|cost| cost.wall);
        costs.get(costs.len() / 2).cloned().unwrap_or_default()
    }
}

/// Runs `command` to its end. What it prints is dropped; that single inputs fail is no error here.
///
/// # Errors
/// When it cannot be run, or ends otherwise than a program of ours that has done its work.
pub fn run(command: &mut Command) -> anyhow::Result<Cost> {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("{command:?} cannot be run"))?;
    let mut cost = Cost::default();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let folder = format!("/proc/{}", child.id());
        if let Some(memory) = fs::read_to_string(format!("{folder}/status")).ok().and_then(|it| peak(&it)) {
            cost.memory = Some(memory);
        }
        if let Some(time) = fs::read_to_string(format!("{folder}/stat")).ok().and_then(|it| processor(&it)) {
            cost.processor = time;
        }
        std::thread::sleep(EVERY);
    };
    cost.wall = begun.elapsed();
    ensure!(matches!(status.code(), Some(0 | 1)), "{command:?} ended with {status}");
    Ok(cost)
}

/// The time of processors that this process has had so far, of all its threads; none where the system does not tell.
pub fn own_processor_time() -> Option<Duration> {
    processor(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// The peak of memory in `/proc/PID/status`, in bytes.
fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1_024)
}

/// The time of processors in `/proc/PID/stat`: the fields utime and stime, counted behind the name in parentheses.
fn processor(stat: &str) -> Option<Duration> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(Duration::from_secs_f64(ticks / TICKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_tells_of_a_process_is_read() {
        assert_eq!(peak("Name:\tx\nVmHWM:\t  2048 kB\nVmRSS:\t1 kB\n"), Some(2_097_152));
        assert_eq!(peak("Name:\tx\n"), None);
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 1 0 5 0";
        assert_eq!(processor(stat), Some(Duration::from_secs(3)));
        assert_eq!(processor("7 (a) S"), None);
    }

    #[test]
    fn of_three_runs_the_middle_counts() {
        let cost = |seconds| Cost { wall: Duration::from_secs(seconds), ..Cost::default() };
        assert_eq!(Cost::middle(&mut [cost(9), cost(1), cost(4)]), cost(4));
    }
}
