//! Whether a case survives what happens to programs and disks, and whether what is done to it is seen.

mod bench;
mod edits;
mod faults;
mod kills;
mod luck;
mod syncs;

pub use bench::Bench;
pub use edits::{Edits, edits};
pub use faults::{Faults, faults};
pub use kills::{Kills, kills};
pub use syncs::{Syncs, strace_is_here, syncs, unsynced_acknowledgements};
