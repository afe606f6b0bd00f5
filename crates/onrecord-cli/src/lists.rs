//! The files of the lists that a user names, read and made ready to be asked.

use crate::inputs::{plain, problem, read_file};
use crate::speak::Speaker;
use onrecord::Problem;
use onrecord::linking::watchlist::Entry;
use onrecord::watch::{ListBytes, Watchlist, read_list};
use std::fs;
use std::path::{Path, PathBuf};

/// What a directory of lists is looked through for.
const EXTENSIONS: [&str; 6] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson"];

/// What stands beside sdn.csv and belongs to it.
const BESIDE_SDN: [&str; 3] = ["alt.csv", "add.csv", "sdn_comments.csv"];

/// A list is held in memory; a larger file is none of the lists that are read here.
const LARGEST: u64 = 2_000_000_000;

/// Bad rows of one list that are named; of the rest the number.
const ROWS_NAMED: usize = 20;

/// Lists made ready.
pub(crate) struct Lists {
    /// All their entries.
    pub(crate) list: Watchlist,
    /// Whether some rows were bad.
    pub(crate) failed: bool,
}

/// One list as it was read.
pub(crate) struct OneList {
    /// Its files.
    pub(crate) files: Vec<ListBytes>,
    /// Its entries.
    pub(crate) entries: Vec<Entry>,
    /// Whether some rows were bad.
    pub(crate) failed: bool,
}

/// Reads the lists at `paths`. What is wrong with single rows is told and the others are used.
///
/// # Errors
/// When a list cannot be opened, or nothing in it can be used: going on would look as if nothing had been found in it.
pub(crate) fn load(paths: &[PathBuf], speaker: &mut Speaker) -> Result<Lists, Problem> {
    let (mut entries, mut failed) = (Vec::new(), false);
    for path in paths {
        let read = read(path, speaker)?;
        failed |= read.failed;
        entries.extend(read.entries);
    }
    Ok(Lists { list: Watchlist::build(entries), failed })
}

/// Reads the list at `path`; as [`load`] does.
///
/// # Errors
/// When the list cannot be opened, or nothing in it can be used.
pub(crate) fn read(path: &Path, speaker: &mut Speaker) -> Result<OneList, Problem> {
    let name = path.to_string_lossy();
    let files = files(path)?;
    let read = read_list(&name, &files);
    let problems = &read.problems;
    for problem in problems.first().iter().take(ROWS_NAMED) {
        speaker.bad_row(problem);
    }
    if problems.total() > ROWS_NAMED {
        speaker.more_bad_rows(&name, problems.total() - ROWS_NAMED);
    }
    read.notes.iter().for_each(|note| speaker.warning(&name, note));
    if read.entries.is_empty() {
        return Err(problem(path, "holds no entry that can be used", Some("nothing was held against it")));
    }
    Ok(OneList { failed: problems.total() > 0, files, entries: read.entries })
}

/// The files of the list at `path`: its own, those in the directory, or those that belong beside it.
fn files(path: &Path) -> Result<Vec<ListBytes>, Problem> {
    let mut found = Vec::new();
    if path.is_dir() {
        let failed = |error: std::io::Error| problem(path, &plain(&error), None);
        for entry in fs::read_dir(path).map_err(failed)? {
            let file = entry.map_err(failed)?.path();
            let extension = file.extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
            let hidden = file.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
            if file.is_file() && !hidden && extension.is_some_and(|it| EXTENSIONS.contains(&it.as_str())) {
                found.push(file);
            }
        }
        found.sort();
        if found.is_empty() {
            let kinds = EXTENSIONS.map(|it| format!(".{it}")).join(" ");
            return Err(problem(path, "holds no list", Some(&format!("looked for {kinds}"))));
        }
    } else {
        found.push(path.to_owned());
        if path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("sdn.csv")) {
            let beside = BESIDE_SDN.iter().map(|name| path.with_file_name(name));
            found.extend(beside.filter(|file| file.is_file()));
        }
    }
    let mut files = Vec::with_capacity(found.len());
    for file in found {
        let bytes = read_file(&file, LARGEST)?;
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        files.push(ListBytes { name, bytes });
    }
    Ok(files)
}
