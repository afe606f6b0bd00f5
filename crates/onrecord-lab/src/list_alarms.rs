//! What holding the agents of articles against a list comes to, counted, and how much of it a person calls right.

use anyhow::Context;
use onrecord::Record;
use onrecord::record::{AgentKind, ListBand};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Whether an article means an entry of the list, by the article's id and the entry's.
pub type Judged = BTreeMap<(String, String), bool>;

#[derive(Deserialize)]
struct JudgedLine {
    article: String,
    entry: String,
    same: bool,
}

/// Reads what a person has judged; nothing is judged where there is no such file.
///
/// # Errors
/// When the file cannot be read or a line of it is no judgement.
pub fn read_judged(path: &Path) -> anyhow::Result<Judged> {
    if !path.exists() {
        return Ok(Judged::new());
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut judged = Judged::new();
    for (n, line) in text.lines().enumerate() {
        let line: JudgedLine =
            serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), n + 1))?;
        judged.insert((line.article, line.entry), line.same);
    }
    Ok(judged)
}

/// Proposals of one band.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BandCount {
    /// All.
    pub all: usize,
    /// Those that a person calls right.
    pub right: usize,
    /// Those called wrong.
    pub wrong: usize,
}

/// Counts over articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// Articles read.
    pub articles: usize,
    /// Of them, those with a proposal.
    pub articles_with: usize,
    /// Those with a proposal that is judged wrong.
    pub articles_wrong: usize,
    /// Agents that were held against the list: persons, organisations and those of unknown kind.
    pub agents: usize,
    /// The upper band and the lower.
    pub bands: [BandCount; 2],
    /// Each proposal, for people: no words of the articles.
    pub told: Vec<String>,
}

impl Alarms {
    /// Counts one article.
    pub fn add(&mut self, article: &str, record: &Record, judged: &Judged) {
        self.articles += 1;
        let kinds = record.reading.agents.iter().map(|agent| agent.kind);
        self.agents += kinds
            .filter(|kind| matches!(kind, None | Some(AgentKind::Person | AgentKind::Organisation)))
            .count();
        let mut wrong = BTreeSet::new();
        for found in &record.list_matches {
            let finding = &found.finding;
            let verdict = judged.get(&(article.to_owned(), finding.id.clone())).copied();
            let band = &mut self.bands[usize::from(finding.band == ListBand::Possible)];
            band.all += 1;
            band.right += usize::from(verdict == Some(true));
            band.wrong += usize::from(verdict == Some(false));
            if verdict == Some(false) {
                wrong.insert(article);
            }
            let said = match verdict {
                Some(true) => "right",
                Some(false) => "wrong",
                None => "not judged",
            };
            self.told.push(format!("- {article}: entry {}, {:?}, {said}", finding.id, finding.band));
        }
        self.articles_with += usize::from(!record.list_matches.is_empty());
        self.articles_wrong += wrong.len();
    }

    /// Both.
    #[must_use]
    pub fn together(mut self, other: Alarms) -> Alarms {
        self.articles += other.articles;
        self.articles_with += other.articles_with;
        self.articles_wrong += other.articles_wrong;
        self.agents += other.agents;
        for (band, more) in self.bands.iter_mut().zip(other.bands) {
            band.all += more.all;
            band.right += more.right;
            band.wrong += more.wrong;
        }
        self.told.extend(other.told);
        self
    }
}

/// The table.
pub fn markdown(alarms: &Alarms) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} agents of {} news articles held against OFAC's list: {} articles have a proposal, {} one that is wrong.\n",
        alarms.agents, alarms.articles, alarms.articles_with, alarms.articles_wrong
    );
    out.push_str("| band | proposals | an article | right | wrong | not judged |\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (name, band) in ["same", "possible"].into_iter().zip(alarms.bands) {
        let each = band.all as f64 / alarms.articles.max(1) as f64;
        let BandCount { all, right, wrong } = band;
        let _ = writeln!(out, "| {name} | {all} | {each:.3} | {right} | {wrong} | {} |", all - right - wrong);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord::watch::{ListBytes, Watchlist, read_list};
    use onrecord::{ModelName, Pipeline};

    #[test]
    fn proposals_are_counted_by_band_and_judgement() {
        let list = "id,name,type\n7,\"FELD, Mara\",person\n8,MARA FELD,vessel\n9,\"ORRIN, Pol\",vessel\n";
        let read = read_list("l.csv", &[ListBytes { name: "l.csv".into(), bytes: list.into() }]);
        let watchlist = Watchlist::build(read.entries);
        let pipeline = Pipeline::new(ModelName::default(), Default::default()).unwrap();
        let text = "“We dig it twice,” said Ms. Mara Feld. “Never,” said Mr. Pol Orrin.";
        let document = pipeline.documents(None, text.as_bytes()).remove(0).unwrap();
        let mut record = pipeline.read(document);
        record.hold_against(&watchlist);
        let judged = Judged::from([(("a".into(), "7".into()), true), (("a".into(), "9".into()), false)]);
        let mut alarms = Alarms::default();
        alarms.add("a", &record, &judged);
        let alarms = alarms.together(Alarms { articles: 3, ..Alarms::default() });
        assert_eq!(
            (alarms.articles, alarms.articles_with, alarms.articles_wrong, alarms.agents),
            (4, 1, 1, 2)
        );
        assert_eq!(alarms.bands[0], BandCount { all: 1, right: 1, wrong: 0 });
        assert_eq!(alarms.bands[1], BandCount { all: 1, right: 0, wrong: 1 });
        assert!(markdown(&alarms).contains("| same | 1 | 0.250 | 1 | 0 | 0 |"), "{}", markdown(&alarms));
    }

    #[test]
    fn judgements_are_lines_and_may_be_absent() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j.jsonl");
        assert!(read_judged(&path).unwrap().is_empty());
        fs::write(&path, "{\"article\":\"a\",\"entry\":\"7\",\"same\":true}\n").unwrap();
        assert_eq!(read_judged(&path).unwrap().len(), 1);
        fs::write(&path, "nonsense\n").unwrap();
        assert!(read_judged(&path).is_err());
    }
}
