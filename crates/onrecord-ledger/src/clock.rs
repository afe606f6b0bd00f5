//! The time that entries carry.

/// Now, in UTC, to the millisecond: `2031-01-02T03:04:05.678Z`.
pub(crate) fn now() -> String {
    let now = jiff::Timestamp::now();
    format!("{now:.3}")
}
