//! The files that the paths on the command line stand for, one after the other, and their bytes.

use ignore::WalkBuilder;
use onrecord::Problem;
use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a directory is looked through for.
const EXTENSIONS: [&str; 8] = ["txt", "text", "md", "html", "htm", "xhtml", "jsonl", "ndjson"];

/// One thing to read, or why there is none.
pub(crate) type Input = Result<Source, Problem>;

/// Where bytes come from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// Goes through the paths in order; directories are opened only when it gets there.
pub(crate) struct Inputs {
    paths: VecDeque<PathBuf>,
    walk: Option<Walk>,
    /// The output of an earlier run may lie in a directory that is read; it is not one of the documents.
    output: Option<PathBuf>,
    /// Files in directories whose names do not end as a document's does.
    pub(crate) passed_over: usize,
}

struct Walk {
    root: PathBuf,
    entries: ignore::Walk,
    taken: usize,
    failed: bool,
}

impl Inputs {
    /// Goes through `paths`, leaving out the file `output` where it lies in a directory.
    pub(crate) fn new(paths: &[PathBuf], output: Option<&Path>) -> Self {
        let output = output.and_then(|output| output.canonicalize().ok());
        Inputs { paths: paths.iter().cloned().collect(), walk: None, output, passed_over: 0 }
    }

    fn next_in_walk(&mut self) -> Option<Input> {
        let walk = self.walk.as_mut()?;
        for entry in walk.entries.by_ref() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    walk.failed = true;
                    return Some(Err(walk_problem(&walk.root, &error)));
                }
            };
            // A link counts as what it leads to, but a linked directory is not entered: it might lead back here.
            if !entry.path().is_file() {
                continue;
            }
            if self.output.is_some() && entry.path().canonicalize().ok() == self.output {
                continue;
            }
            let extension = entry.path().extension().and_then(|it| it.to_str()).map(str::to_ascii_lowercase);
            if extension.is_some_and(|it| EXTENSIONS.contains(&it.as_str())) {
                walk.taken += 1;
                return Some(Ok(Source::File(entry.into_path())));
            }
            self.passed_over += 1;
        }
        let walk = self.walk.take()?;
        if walk.taken > 0 || walk.failed {
            return self.next();
        }
        let kinds = EXTENSIONS.map(|it| format!(".{it}")).join(" ");
        Some(Err(problem(&walk.root, "holds no document", Some(&format!("looked for {kinds}")))))
    }
}

impl Iterator for Inputs {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        if self.walk.is_some() {
            return self.next_in_walk();
        }
        let path = self.paths.pop_front()?;
        if path.as_os_str() == "-" {
            return Some(Ok(Source::Stdin));
        }
        if !path.is_dir() {
            return Some(Ok(Source::File(path)));
        }
        let entries = WalkBuilder::new(&path)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .build();
        self.walk = Some(Walk { root: path, entries, taken: 0, failed: false });
        self.next_in_walk()
    }
}

impl Source {
    /// The name the user knows it by.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::Stdin => "-".into(),
            Source::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// All its bytes.
    ///
    /// # Errors
    /// When it cannot be read, is empty, or is larger than `max_size`; a file of many articles may be larger, since
    /// each of its lines is held to the size.
    pub(crate) fn bytes(&self, max_size: u64) -> Result<Vec<u8>, Problem> {
        match self {
            Source::Stdin => read_stdin(max_size),
            Source::File(path) => read_file(path, max_size),
        }
    }
}

pub(crate) fn read_file(path: &Path, max_size: u64) -> Result<Vec<u8>, Problem> {
    let failed = |error: std::io::Error| problem(path, &plain(&error), None);
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let limit = if holds_many(path) { u64::MAX } else { max_size };
    if length > limit {
        return Err(too_large(path, Some(length), limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0).saturating_add(1));
    // A pipe has no length, and a file may grow.
    file.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(path, None, limit));
    }
    if bytes.is_empty() {
        return Err(problem(path, "is empty", None));
    }
    Ok(bytes)
}

fn read_stdin(max_size: u64) -> Result<Vec<u8>, Problem> {
    let path = Path::new("-");
    let failed = |error: std::io::Error| problem(path, &plain(&error), None);
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    input.by_ref().take(max_size.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > max_size {
        if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
            return Err(too_large(path, None, max_size));
        }
        input.read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.is_empty() {
        return Err(problem(path, "is empty", None));
    }
    Ok(bytes)
}

fn holds_many(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("jsonl") || it.eq_ignore_ascii_case("ndjson"))
}

fn too_large(path: &Path, length: Option<u64>, limit: u64) -> Problem {
    let what = match length {
        Some(length) => format!("is {} large, more than {}", bytes_words(length), bytes_words(limit)),
        None => format!("is larger than {}", bytes_words(limit)),
    };
    problem(path, &what, Some("raise --max-size to read it"))
}

fn bytes_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

pub(crate) fn problem(path: &Path, what: &str, hint: Option<&str>) -> Problem {
    let place = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    Problem { place: place.into_owned(), what: what.into(), hint: hint.map(str::to_owned) }
}

fn walk_problem(root: &Path, error: &ignore::Error) -> Problem {
    let mut place = root;
    let mut inner = error;
    loop {
        match inner {
            ignore::Error::WithPath { path, err } => {
                place = path;
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Io(error) => return problem(place, &plain(error), None),
            other => return problem(place, &other.to_string(), None),
        }
    }
}

/// What went wrong, in words; without "(os error 2)".
pub(crate) fn plain(error: &std::io::Error) -> String {
    use std::io::ErrorKind::*;
    match error.kind() {
        NotFound => "does not exist".into(),
        PermissionDenied => "may not be read: permission denied".into(),
        IsADirectory => "is a directory".into(),
        _ => format!("cannot be read: {error}"),
    }
}
