//! Work of one kind spread over threads, with its results in the order of what was worked on.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does `work` on every one of `items`, on as many threads as there are rooms to work in. A result depends on its item alone as
/// long as what `work` leaves in its room changes nothing; it is absent where a thread failed.
pub(crate) fn spread<T: Sync, S: Send, R: Send>(
    items: &[T],
    rooms: &mut [S],
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<Option<R>> {
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let next = AtomicUsize::new(0);
    let through = |room: &mut S| {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(room, item)));
        }
    };
    let through = &through;
    let done = std::thread::scope(|scope| {
        let (own, others) = match rooms.split_first_mut() {
            Some((own, others)) if !items.is_empty() => (own, others),
            _ => return Vec::new(),
        };
        let helping = others.iter_mut().take(items.len().saturating_sub(1));
        let running: Vec<_> = helping.map(|room| scope.spawn(move || through(room))).collect();
        let mut done = through(own);
        running.into_iter().for_each(|thread| done.extend(thread.join().unwrap_or_default()));
        done
    });
    for (at, result) in done {
        if let Some(place) = results.get_mut(at) {
            *place = Some(result);
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items_for_any_number_of_threads() {
        let items: Vec<u32> = (0..500).collect();
        let doubled: Vec<Option<u32>> = items.iter().map(|item| Some(item * 2)).collect();
        for threads in [1, 2, 7, 900] {
            let mut rooms = vec![0; threads];
            let work = |done: &mut u32, item: &u32| {
                *done += 1;
                item * 2
            };
            assert_eq!(spread(&items, &mut rooms, work), doubled);
            assert_eq!(rooms.iter().sum::<u32>(), 500);
        }
        assert_eq!(spread(&items, &mut Vec::<u32>::new(), |_, item| *item), vec![None; 500]);
        assert!(spread(&[], &mut [0], |_, item: &u32| *item).is_empty());
    }
}
