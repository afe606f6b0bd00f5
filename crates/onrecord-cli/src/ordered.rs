//! Work on several threads, with the results in the order of the work.

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many pieces of work may be under way or waiting to be written, for each thread.
const WINDOW: usize = 4;

/// Hands in the parts of a result while the work goes on. A part that nobody wants any more is dropped.
pub(crate) struct Parts<T> {
    number: usize,
    sender: SyncSender<(usize, Option<T>)>,
}

impl<T> Parts<T> {
    /// Hands in one part; false when the rest is not wanted.
    pub(crate) fn send(&self, part: T) -> bool {
        self.sender.send((self.number, Some(part))).is_ok()
    }
}

impl<T> Drop for Parts<T> {
    /// Says that this piece of work is done, however it ended.
    fn drop(&mut self) {
        let _ = self.sender.send((self.number, None));
    }
}

/// Threads to work on.
pub(crate) struct Workers {
    pool: ThreadPool,
    threads: usize,
}

impl Workers {
    /// `jobs` threads, or one for each processor.
    pub(crate) fn new(jobs: Option<u16>) -> Result<Self, ThreadPoolBuildError> {
        let pool = ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build()?;
        let threads = pool.current_num_threads();
        Ok(Workers { pool, threads })
    }

    /// Does `work` on each of `items` and hands the parts of its results to `take`, in the order of the items,
    /// whatever the number of threads. Items are asked for only as results are taken, so that memory holds a window
    /// of them and no more. Ends early when `take` returns an error.
    pub(crate) fn run<I: Send, T: Send, E>(
        &self,
        items: &mut impl Iterator<Item = I>,
        work: impl Fn(I, &Parts<T>) + Sync,
        mut take: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let (sender, receiver) = sync_channel(self.threads * WINDOW);
        self.pool.in_place_scope(|scope| {
            // The receiver lives in here: leaving early drops it, and no sender waits for it.
            let receiver: Receiver<(usize, Option<T>)> = receiver;
            let work = &work;
            let mut started = 0;
            let mut writing = 0;
            let mut waiting: BTreeMap<usize, (Vec<T>, bool)> = BTreeMap::new();
            loop {
                while started < writing + self.threads * WINDOW
                    && let Some(item) = items.next()
                {
                    let parts = Parts { number: started, sender: sender.clone() };
                    scope.spawn(move |_| work(item, &parts));
                    started += 1;
                }
                if writing == started {
                    return Ok(());
                }
                let Ok((number, part)) = receiver.recv() else { return Ok(()) };
                match part {
                    Some(part) if number == writing => take(part)?,
                    Some(part) => waiting.entry(number).or_default().0.push(part),
                    None => waiting.entry(number).or_default().1 = true,
                }
                while let Some((parts, done)) = waiting.get_mut(&writing) {
                    std::mem::take(parts).into_iter().try_for_each(&mut take)?;
                    if !*done {
                        break;
                    }
                    waiting.remove(&writing);
                    writing += 1;
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_from_any_number_of_threads() {
        for jobs in [1, 4] {
            let mut got = Vec::new();
            let work = |item: usize, parts: &Parts<usize>| {
                std::thread::sleep(std::time::Duration::from_micros((item as u64 * 37) % 500));
                for part in 0..item % 3 {
                    parts.send(item * 10 + part);
                }
            };
            let taken: Result<(), ()> = Workers::new(Some(jobs)).unwrap().run(&mut (0..100), work, |part| {
                got.push(part);
                Ok(())
            });
            assert_eq!(taken, Ok(()));
            let expected: Vec<usize> =
                (0..100).flat_map(|item| (0..item % 3).map(move |part| item * 10 + part)).collect();
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn it_ends_early_without_asking_for_all_items() {
        let mut asked = 0;
        let mut items = (0..1_000_000).inspect(|_| asked += 1);
        let work = |item, parts: &Parts<usize>| assert!(parts.send(item) || item > 0);
        let taken = Workers::new(Some(2))
            .unwrap()
            .run(&mut items, work, |part| if part < 20 { Ok(()) } else { Err(part) });
        assert_eq!(taken, Err(20));
        assert!(asked < 200, "{asked}");
    }
}
