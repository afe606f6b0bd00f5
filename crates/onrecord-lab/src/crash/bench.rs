//! Where a case is tried: the program under test, what it reads, and what it must come to.

use anyhow::{Context, ensure};
use onrecord::case::write_jsonl;
use onrecord::ledger::search::Query;
use onrecord::ledger::{Case, Verdict};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A word that stands in most texts and statements.
const SOUGHT: &str = "the";

/// The bench, with the export of a case that nothing happened to.
#[derive(Debug)]
pub struct Bench {
    program: PathBuf,
    place: TempDir,
    /// What an uninterrupted `add` comes to.
    pub(super) export: Vec<u8>,
    /// How long that took.
    pub(super) duration: Duration,
}

impl Bench {
    /// Sets up a bench: the first `most` documents of `documents`, each once as a file and, all together, as many times as
    /// `copies` says as one file of articles.
    ///
    /// # Errors
    /// When the documents or the program are missing.
    pub fn new(program: &Path, documents: &Path, most: usize, copies: usize) -> anyhow::Result<Bench> {
        let program =
            program.canonicalize().with_context(|| format!("there is no program {}", program.display()))?;
        let place = TempDir::new()?;
        let inputs = place.path().join("in");
        fs::create_dir(&inputs)?;
        let mut articles = String::new();
        let mut entries: Vec<PathBuf> = fs::read_dir(documents)
            .with_context(|| documents.display().to_string())?
            .flatten()
            .map(|e| e.path())
            .collect();
        entries.sort();
        entries.retain(|path| path.extension().is_some_and(|it| it == "txt"));
        for path in entries.iter().take(most) {
            let text = fs::read_to_string(path)?;
            for copy in 0..copies {
                let article = serde_json::json!({"id": copy, "publisher": "Harbour Post", "text": format!("Copy {copy}\n\n{text}")});
                articles.push_str(&format!("{article}\n"));
            }
            fs::copy(path, inputs.join(path.file_name().unwrap_or_default()))?;
        }
        ensure!(!articles.is_empty(), "{} holds no .txt file", documents.display());
        fs::write(inputs.join("wire.jsonl"), articles)?;
        let mut bench = Bench { program, place, export: Vec::new(), duration: Duration::ZERO };
        let begun = Instant::now();
        let added = bench.add("whole").output()?;
        ensure!(added.status.success(), "add fails by itself: {}", String::from_utf8_lossy(&added.stderr));
        bench.duration = begun.elapsed();
        bench.export = bench.exported("whole")?;
        Ok(bench)
    }

    /// The folder of a case on the bench.
    pub(super) fn case(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// `onrecord add` of everything into a case, ready to be run.
    pub(super) fn add(&self, case: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.arguments(case)).current_dir(self.place.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The arguments of that.
    pub(super) fn arguments(&self, case: &str) -> Vec<String> {
        ["add", "in", "--batch", "7", "--actor", "lab", "--case", case].map(str::to_owned).to_vec()
    }

    /// The same under strace, with its options before it.
    pub(super) fn traced(&self, case: &str, options: &[String], more: &[&str]) -> anyhow::Result<Output> {
        let mut command = Command::new("strace");
        command.args(options).arg(&self.program).args(self.arguments(case)).args(more);
        command.current_dir(self.place.path()).stdin(Stdio::null());
        command.output().context("strace cannot be run")
    }

    /// A file on the bench.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// What a case verifies to; none where there is no case.
    pub(super) fn verdict(&self, case: &str) -> anyhow::Result<Option<Verdict>> {
        if !self.case(case).join("ledger.sqlite").is_file() {
            return Ok(None);
        }
        match Case::open(&self.case(case)) {
            Ok(case) => Ok(Some(case.verify(None, &mut |_| ()))),
            Err(fault) if fault.kind == onrecord::ledger::FaultKind::Absent => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// A case written out.
    pub(super) fn exported(&self, case: &str) -> anyhow::Result<Vec<u8>> {
        let mut out = Vec::new();
        write_jsonl(&Case::open(&self.case(case))?, &mut out)
            .map_err(|error| anyhow::anyhow!("{error:?}"))?;
        Ok(out)
    }

    /// What is wrong with a case that something happened to: it must be sound, and after adding again be what an
    /// uninterrupted one is, byte for byte. Where not `in_order`, its documents may have come in another order: an input that
    /// could not be read the first time comes after the others.
    pub(super) fn damage(&self, case: &str, in_order: bool) -> anyhow::Result<Option<String>> {
        match self.verdict(case) {
            Ok(Some(verdict)) if !verdict.ok => {
                return Ok(Some(format!("is not sound: {:?}", verdict.problems.first())));
            }
            Ok(_) => {}
            Err(error) => return Ok(Some(format!("cannot be opened: {error}"))),
        }
        if let Some(what) = self.unfound(case)? {
            return Ok(Some(what));
        }
        let resumed = self.add(case).output()?;
        if !resumed.status.success() {
            return Ok(Some(format!("cannot be resumed: {}", String::from_utf8_lossy(&resumed.stderr))));
        }
        match self.verdict(case)? {
            Some(verdict) if verdict.ok => {}
            verdict => {
                return Ok(Some(format!("is not sound when resumed: {:?}", verdict.map(|it| it.problems))));
            }
        }
        if let Some(what) = self.unfound(case)? {
            return Ok(Some(format!("{what} when resumed")));
        }
        let exported = self.exported(case)?;
        let same = exported == self.export || (!in_order && documents(&exported) == documents(&self.export));
        Ok((!same).then(|| "does not come to what it should when resumed".into()))
    }

    /// What a search does not find of what the record holds, or finds though the record does not hold it.
    fn unfound(&self, case: &str) -> anyhow::Result<Option<String>> {
        let Ok(opened) = Case::open(&self.case(case)) else { return Ok(None) };
        let found = opened.search(&Query::parse(SOUGHT)?, usize::from(u16::MAX))?;
        let found: BTreeSet<String> = found
            .statements
            .iter()
            .map(|it| &it.find)
            .chain(found.documents.iter().map(|it| &it.find))
            .map(|find| find.line["id"].to_string())
            .collect();
        let (mut held, mut expected) = (BTreeSet::new(), BTreeSet::new());
        for line in self.exported(case)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: serde_json::Value = serde_json::from_slice(line)?;
            let words = match line["type"].as_str() {
                Some("statement") => &line["content"]["text"],
                Some("document") => &line["text"],
                _ => continue,
            };
            let words = words.as_str().unwrap_or_default().to_lowercase();
            if words.split(|c: char| !c.is_alphanumeric()).any(|word| word == SOUGHT) {
                expected.insert(line["id"].to_string());
            }
            held.insert(line["id"].to_string());
        }
        let lost = expected.difference(&found).count();
        let strange = found.difference(&held).count();
        Ok((lost + strange > 0).then(|| {
            format!("is searched in vain for {lost} lines, and {strange} are found that it does not hold")
        }))
    }

    /// Takes a case away.
    pub(super) fn clear(&self, case: &str) {
        // A file that cannot be taken away goes with the bench.
        let _ = fs::remove_dir_all(self.case(case));
    }
}

/// The documents of an export, each with its lines, whatever their order.
fn documents(export: &[u8]) -> BTreeSet<Vec<&[u8]>> {
    let lines: Vec<&[u8]> = export.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let begins = |line: &[u8]| line.starts_with(br#"{"type":"document""#);
    let mut documents: BTreeSet<Vec<&[u8]>> = BTreeSet::new();
    let mut current = Vec::new();
    for line in lines {
        if begins(line) {
            documents.insert(std::mem::take(&mut current));
        }
        current.push(line);
    }
    documents.insert(current);
    documents
}
