//! Whether `case.toml`, the record of the whole case, speaks only of what is there.

use super::golden::BundledCase;
use super::piece::PieceFinder;
use onrecord_record::AgentKind;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    claim: Vec<Claim>,
    origin: Vec<Origin>,
    quotes: Vec<Quotes>,
    agent: Vec<CaseAgent>,
    apart: Vec<Apart>,
    drift: Vec<Drift>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    id: String,
    #[serde(rename = "text")]
    _text: String,
    #[serde(default)]
    supports: Vec<Places>,
    #[serde(default)]
    denies: Vec<Places>,
    #[serde(default)]
    doubts: Vec<Places>,
    #[serde(default)]
    mentions: Vec<Places>,
    #[serde(default)]
    retracted: Vec<Places>,
    #[serde(default)]
    own_voice: Vec<Sentence>,
    #[serde(default)]
    silent: Vec<Silent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    document: String,
    statements: Vec<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    document: String,
    text: String,
    #[serde(default, rename = "change")]
    _change: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Silent {
    document: String,
    terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    id: String,
    documents: Vec<Telling>,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Telling {
    document: String,
    of: Option<String>,
    #[serde(default, rename = "kind")]
    _kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quotes {
    document: String,
    of: String,
    #[serde(default, rename = "kind")]
    _kind: Option<String>,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseAgent {
    name: String,
    #[serde(rename = "kind")]
    _kind: AgentKind,
    names: Vec<String>,
    documents: Vec<String>,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    names: [String; 2],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drift {
    about: String,
    steps: Vec<Sentence>,
}

/// What `file`, the text of `case.toml`, names that is not there: documents, statements by place, sentences, names of
/// agents, terms that a silent document does hold, documents in no origin or in two. `texts` are the documents' texts
/// by file name.
///
/// # Errors
/// When the file is not of the known form.
pub fn unresolved_references(
    file: &str,
    case: &BundledCase,
    texts: &BTreeMap<String, String>,
) -> anyhow::Result<Vec<String>> {
    let file: CaseFile = toml::from_str(file)?;
    let mut check = Check { case, texts, problems: Vec::new() };
    for claim in &file.claim {
        let stances = [&claim.supports, &claim.denies, &claim.doubts, &claim.mentions, &claim.retracted];
        for places in stances.into_iter().flatten() {
            check.statements(&claim.id, places);
        }
        for sentence in &claim.own_voice {
            check.sentence(&claim.id, sentence);
        }
        for silent in &claim.silent {
            check.silent(&claim.id, silent);
        }
    }
    for document in case.documents.iter().map(|document| &document.golden.document) {
        let tellings = file.origin.iter().flat_map(|origin| &origin.documents);
        let times = tellings.filter(|telling| telling.document == *document).count();
        check.hold(times == 1, || format!("{document} stands in {times} origins"));
    }
    for origin in &file.origin {
        for telling in &origin.documents {
            for name in [Some(&telling.document), telling.of.as_ref()].into_iter().flatten() {
                check.document(&origin.id, name);
            }
        }
    }
    for quotes in &file.quotes {
        check.document("quotes", &quotes.document);
        check.document("quotes", &quotes.of);
    }
    for agent in &file.agent {
        check.agent(agent);
    }
    for name in file.apart.iter().flat_map(|apart| &apart.names) {
        check.hold(file.agent.iter().any(|agent| agent.name == *name), || format!("apart: no agent {name}"));
    }
    for drift in &file.drift {
        for step in &drift.steps {
            check.sentence(&drift.about, step);
        }
    }
    Ok(check.problems)
}

struct Check<'c> {
    case: &'c BundledCase,
    texts: &'c BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Check<'_> {
    fn hold(&mut self, holds: bool, problem: impl FnOnce() -> String) {
        if !holds {
            self.problems.push(problem());
        }
    }

    fn document(&mut self, place: &str, name: &str) {
        let known = self.case.document(name).is_some();
        self.hold(known, || format!("{place}: no document {name}"));
    }

    fn statements(&mut self, place: &str, places: &Places) {
        self.document(place, &places.document);
        let count =
            self.case.document(&places.document).map_or(0, |document| document.golden.statements.len());
        for number in &places.statements {
            let there = (1..=count).contains(number);
            self.hold(there, || format!("{place}: {} has no statement {number}", places.document));
        }
    }

    fn sentence(&mut self, place: &str, sentence: &Sentence) {
        let holds = self.holds(&sentence.document, &sentence.text);
        self.hold(holds, || format!("{place}: {} does not hold {:?}", sentence.document, sentence.text));
    }

    fn silent(&mut self, place: &str, silent: &Silent) {
        self.document(place, &silent.document);
        let text = self.texts.get(&silent.document).map(|text| text.to_lowercase()).unwrap_or_default();
        for term in &silent.terms {
            let absent = !text.contains(&term.to_lowercase());
            self.hold(absent, || format!("{place}: {} does hold {term:?}", silent.document));
        }
    }

    fn agent(&mut self, agent: &CaseAgent) {
        for document in &agent.documents {
            self.document(&agent.name, document);
        }
        for name in &agent.names {
            let somewhere = agent.documents.iter().any(|document| self.holds(document, name));
            self.hold(somewhere, || format!("{}: no document holds the name {name:?}", agent.name));
        }
    }

    fn holds(&self, document: &str, words: &str) -> bool {
        self.texts.get(document).is_some_and(|text| PieceFinder::new(text).holds(words).is_ok())
    }
}
