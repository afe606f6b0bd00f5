//! The lists of names that are kept in a case, made ready to be asked.

use crate::watch::{ListBytes, Watchlist, read_list};
use onrecord_ledger::{Case, Fault};

/// All lists of a case together, and how many they are; none where it has none. What is wrong with single rows was told
/// when the list came in.
///
/// # Errors
/// When the ledger or a list's file cannot be read.
pub fn case_lists(case: &Case) -> Result<Option<(Watchlist, usize)>, Fault> {
    let kept = case.lists()?;
    let mut entries = Vec::new();
    for list in &kept {
        let files: Vec<ListBytes> = list
            .files
            .iter()
            .map(|(name, bytes)| ListBytes { name: name.clone(), bytes: bytes.clone() })
            .collect();
        entries.extend(read_list(&list.name, &files).entries);
    }
    Ok((!kept.is_empty()).then(|| (Watchlist::build(entries), kept.len())))
}
