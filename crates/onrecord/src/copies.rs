//! The documents of a case that go back to one another, from their texts as they are stored.
//!
//! Texts are gone through twice: once to fill the index, and once, as far as it proposes pairs, to hold them against each
//! other. Neither time are they all in memory. Of a case what was found is kept (`links.rs`), so that only what came since is
//! gone through.

mod kept;
mod line;
mod lines;
mod links;

pub use line::write_copies;
pub(crate) use lines::Text;

use crate::MadeBy;
use crate::entered::{By, Entered, OriginSaid};
use kept::{Kept, Ready};
use onrecord_ledger::{Case, Fault, StoredRecord};
use onrecord_linking::origins::{
    Counts, Credit, Credits, Index, Kind, Lines, Publishers, REWRITTEN_SURELY, Relation, Saying, Tie,
    Wording, compare, compare_credited, loops, passages, retelling, sayings,
};
use onrecord_record::{Agent, Document, Statement};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is told of a document beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
    /// The agency it is credited to.
    pub credit: Option<String>,
}

impl From<&Document> for Told {
    fn from(document: &Document) -> Self {
        Told {
            id: document.id.as_str().to_owned(),
            title: document.title.clone().or_else(|| document.path.clone()),
            publisher: document.publisher.clone(),
            published: document.published.clone(),
            credit: document.credit.clone(),
        }
    }
}

/// Which documents of a collection go back to one another.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// The documents, in the order in which they came; numbers elsewhere count in this list.
    pub documents: Vec<Told>,
    /// What ties them, by the numbers of their documents.
    pub ties: Vec<Tie>,
    /// Their reporting lines.
    pub lines: Lines,
    /// What each says of where it is from.
    pub credits: Vec<Credits>,
    /// Documents that credit each other in a circle.
    pub loops: Vec<Vec<u32>>,
    /// What people said of the origins of two documents, in the order of their numbers.
    pub said: Vec<Heard>,
    /// Who made the readings that they were told from; none where the documents are not of a case.
    pub made_by: MadeBy,
    /// The ledger's row of each document, empty where they are not of a case.
    rows: Vec<i64>,
}

/// A person's word on the origins of two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Their numbers, the lower first.
    pub documents: [u32; 2],
    /// How the person says their origins relate.
    pub relation: Relation,
    /// How the program has it, where something ties them; elsewhere it has no sign either way.
    pub program: Option<Relation>,
    /// Whether the person says that they are independent and they are on one reporting line all the same, through others.
    pub against: bool,
    /// Who said so, and why.
    pub by: By,
}

impl Copies {
    /// The copies among all documents of a case. What was found before is kept beside the ledger, so that only documents that
    /// came since are held against others; `progress` hears how many of these are done.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged, or what is kept can be neither read nor made.
    pub fn of_case(case: &Case, progress: impl FnMut(u64)) -> Result<Copies, Fault> {
        let mut copies = links::copies(case, progress)?;
        copies.made_by = MadeBy::of(case, &case.makers_of_latest()?)?;
        copies.hear(Entered::of_case(case)?.origins());
        Ok(copies)
    }

    /// Holds the documents that came since the last time against those they may go back to, without telling of any.
    ///
    /// # Errors
    /// As above.
    pub fn link_new(case: &Case, progress: impl FnMut(u64)) -> Result<(), Fault> {
        links::link_new(case, progress)
    }

    /// Lets people's word on two documents' origins count before the program's; of two words the later.
    pub fn hear(&mut self, said: &[OriginSaid]) {
        if said.is_empty() {
            return;
        }
        let numbers: BTreeMap<String, u32> =
            self.documents.iter().zip(0..).map(|(told, number)| (told.id.clone(), number)).collect();
        let mut heard: BTreeMap<[u32; 2], Heard> = BTreeMap::new();
        for said in said {
            let found = said.documents.iter().filter_map(|id| numbers.get(id.as_str()).copied());
            let found: Vec<u32> = found.collect::<BTreeSet<u32>>().into_iter().collect();
            for (at, a) in found.iter().enumerate() {
                for b in found.iter().skip(at + 1) {
                    let (relation, by) = (said.relation, said.by.clone());
                    let one = Heard { documents: [*a, *b], relation, program: None, against: false, by };
                    heard.insert(one.documents, one);
                }
            }
        }
        for tie in &mut self.ties {
            let [a, b] = tie.documents;
            if let Some(heard) = heard.get_mut(&[a.min(b), a.max(b)]) {
                heard.program = Some(tie.relation);
                tie.relation = heard.relation;
            }
        }
        let mut ties: Vec<Tie> = self.ties.clone();
        ties.extend(heard.values().filter(|heard| heard.program.is_none()).map(|heard| Tie {
            documents: heard.documents,
            relation: heard.relation,
            kind: Kind::Quote,
            score: 1.0,
            passages: Vec::new(),
            credits: Vec::new(),
        }));
        let first_hand: Vec<bool> = self.credits.iter().map(|credits| credits.first_hand).collect();
        self.lines = Lines::of(self.documents.len(), &ties, &first_hand);
        for heard in heard.values_mut() {
            let [a, b] = heard.documents.map(|number| self.lines.line(number));
            heard.against = heard.relation == Relation::Independent && a == b;
        }
        self.said = heard.into_values().collect();
    }

    /// A person's word on the origins of these two documents.
    pub fn heard(&self, documents: [u32; 2]) -> Option<&Heard> {
        let [a, b] = documents;
        let pair = [a.min(b), a.max(b)];
        let at = self.said.binary_search_by(|heard| heard.documents.cmp(&pair)).ok()?;
        self.said.get(at)
    }

    /// The copies among documents that were not read: what their speakers say takes no part.
    ///
    /// # Errors
    /// When `text` fails.
    pub fn among<E>(documents: Vec<Told>, text: impl FnMut(usize) -> Result<String, E>) -> Result<Copies, E> {
        Copies::among_read(documents, text, |_| Ok(Vec::new()))
    }

    /// The copies among documents whose texts `text` gives by their numbers, each once and some again, and of which `said`
    /// tells who says what.
    ///
    /// # Errors
    /// When `text` or `said` fails.
    pub fn among_read<E>(
        documents: Vec<Told>,
        mut text: impl FnMut(usize) -> Result<String, E>,
        mut said: impl FnMut(usize) -> Result<Vec<Saying>, E>,
    ) -> Result<Copies, E> {
        let publishers =
            Publishers::of(documents.iter().filter_map(|document| document.publisher.as_deref()));
        let mut index = Index::new();
        let mut proposed: Vec<Vec<u32>> = Vec::with_capacity(documents.len());
        let mut sources: Vec<Source> = Vec::with_capacity(documents.len());
        for (number, told) in documents.into_iter().enumerate() {
            let wording = Wording::of(&text(number)?);
            let own = told.publisher.as_deref();
            proposed.push(index.add(&wording, own).others);
            let credits = publishers.credits(number as u32, &wording, told.credit.as_deref(), own);
            sources.push(Source { told, credits });
        }
        let mut kept = Kept::default();
        let mut ties = Vec::new();
        for (number, others) in (0..).zip(&proposed) {
            for other in others {
                let mut ready = |number: u32| match kept.get(number) {
                    Some(ready) => Ok(ready),
                    None => {
                        let source = sources.get(number as usize).cloned().unwrap_or_default();
                        let wording = index.strip(Wording::of(&text(number as usize)?));
                        Ok(kept.put(number, Ready { source, wording, said: said(number as usize)? }))
                    }
                };
                let pair = [*other, number];
                let [a, b] = [ready(*other)?, ready(number)?];
                ties.extend(tie(pair, [&a, &b], &publishers));
            }
        }
        Ok(Copies::of(sources, ties, Vec::new()))
    }

    fn of(sources: Vec<Source>, ties: Vec<Tie>, rows: Vec<i64>) -> Copies {
        let first_hand: Vec<bool> = sources.iter().map(|source| source.credits.first_hand).collect();
        let lines = Lines::of(sources.len(), &ties, &first_hand);
        let (documents, credits) = sources.into_iter().map(|source| (source.told, source.credits)).unzip();
        Copies { documents, loops: loops(&edges(&ties)), ties, lines, credits, rows, ..Copies::default() }
    }

    /// Only the reporting lines of a few documents whose texts are at hand, without what ties them.
    pub(crate) fn lines_among(documents: Vec<Text<'_>>, threads: usize) -> Copies {
        let lines = lines::lines_among(&documents, threads);
        let documents = documents.into_iter().map(|document| document.told).collect();
        Copies { documents, lines, ..Copies::default() }
    }

    /// The number of the document with this id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.documents.iter().position(|document| document.id == id).map(|number| number as u32)
    }

    /// How many origins the documents with these ids have; ids of other documents do not count.
    pub fn counts<'i>(&self, ids: impl IntoIterator<Item = &'i str>) -> Counts {
        let numbers: Vec<u32> = ids.into_iter().filter_map(|id| self.number(id)).collect();
        self.lines.counts(&numbers)
    }

    /// The reporting lines of two documents or more, each from its earliest to its latest, those without a day last.
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let mut groups = self.lines.groups();
        for group in &mut groups {
            group.sort_by_key(|number| {
                let day = self.documents.get(*number as usize).and_then(|it| it.published.as_deref());
                (day.is_none(), day, *number)
            });
        }
        groups
    }

    /// The ledger's row of a document of a case.
    fn row(&self, number: u32) -> Option<i64> {
        self.rows.get(number as usize).copied()
    }

    /// The text of a document of a case, as it is stored.
    ///
    /// # Errors
    /// When the ledger cannot be read or is damaged.
    pub fn text(&self, case: &Case, number: u32) -> Result<String, Fault> {
        match self.row(number) {
            Some(row) => Ok(case.record(row)?.text),
            None => Ok(String::new()),
        }
    }
}

/// Holds two documents against each other, by their texts and by who says what in them.
fn tie(pair: [u32; 2], [a, b]: [&Ready; 2], publishers: &Publishers) -> Option<Tie> {
    let sources = [&a.source, &b.source];
    let shown = crediting(sources, publishers);
    let compared = if shown.is_empty() { compare } else { compare_credited };
    let found = compared(&a.wording, &b.wording);
    let shown_by_words = found.is_some_and(|found| found.relation == Relation::SameOrigin);
    let retold = if shown_by_words { None } else { retelling(&a.said, &b.said) };
    let (kind, score, relation, passages) = match (found, retold) {
        (_, Some(retold)) => (Kind::Rewrite, retold.share, Relation::SameOrigin, retold.passages),
        (Some(found), None) => {
            let shared = passages(&a.wording, &b.wording, found.kind);
            (found.kind, found.score, found.relation, shared)
        }
        (None, None) => return None,
    };
    let follows = kind == Kind::Rewrite && takes_up(sources, publishers, score);
    let relation = if follows { Relation::NotEstablished } else { relation };
    Some(Tie { documents: pair, relation, kind, score, passages, credits: shown })
}

/// From which document to which the credits of ties run.
fn edges(ties: &[Tie]) -> Vec<(u32, u32)> {
    let of = |tie: &Tie| {
        let [a, b] = tie.documents;
        let to = move |from: u32| if from == a { b } else { a };
        tie.credits.iter().map(move |credit| (credit.document, to(credit.document))).collect::<Vec<_>>()
    };
    ties.iter().flat_map(of).collect()
}

/// Who says what in a stored record, without what a newer program may have written there.
fn said_in(record: &StoredRecord) -> Vec<Saying> {
    // The sort is known: a line is read as what it is.
    let agents = record.of_sort("agent").filter_map(|(_, line)| serde_json::from_slice(line).ok());
    let statements = record.of_sort("statement").filter_map(|(_, line)| serde_json::from_slice(line).ok());
    let (agents, statements): (Vec<Agent>, Vec<Statement>) = (agents.collect(), statements.collect());
    sayings(&agents, &statements)
}

/// A document with what it says of where it is from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Source {
    told: Told,
    credits: Credits,
}

/// Whether one house takes up its own earlier story: new reporting, not shown to be independent of it. A text that is
/// credited to an agency is that agency's, unless another house surely rewrote it.
fn takes_up(pair: [&Source; 2], publishers: &Publishers, score: f32) -> bool {
    let [one, another] = pair.map(|Source { told, .. }| {
        let number = |name: &Option<String>| publishers.number(name.as_deref()?);
        let publisher = number(&told.publisher);
        (publisher, number(&told.credit).or(publisher))
    });
    let same = |one: Option<usize>, another: Option<usize>| one.is_some() && one == another;
    same(one.0, another.0) || (same(one.1, another.1) && score < REWRITTEN_SURELY)
}

/// The credits of either document that name the publisher of the other.
fn crediting(pair: [&Source; 2], publishers: &Publishers) -> Vec<Credit> {
    let mut found = Vec::new();
    for (from, to) in [(pair[0], pair[1]), (pair[1], pair[0])] {
        let whose = to.told.publisher.as_deref().and_then(|name| publishers.number(name));
        let names = |credit: &&Credit| whose.is_some() && publishers.number(&credit.publisher) == whose;
        found.extend(from.credits.from.iter().filter(names).cloned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The harbour master closed the northern quay after inspectors found rust in its piles. \
        Fishermen must land their catch at Lowmarket until spring, and the council pays for the longer way. \
        It set aside four million crowns for repairs, its treasurer told the assembly on Monday evening. \
        A storm had torn away the outer lights in December, and nobody has put up others since then.";

    const RETOLD: &str = "Rust in the piles, discovered by inspectors, made the harbour master shut the northern quay. \
        Until spring, fishermen have to land what they catch at Lowmarket, for which the council pays. \
        For the repairs its treasurer promised the assembly four million crowns on Monday. \
        In December a storm tore the outer lights away; others were never put up.";

    const OTHER: &str = "The ferry to Saltmarsh will run again from May, its owner said. Children ride free of charge on \
        Sundays. A second boat is being built in the yard at Aldmere, where forty people work on it day and night. \
        Its name will be chosen by the readers of this paper.";

    fn told(id: &str, publisher: &str, published: &str) -> Told {
        Told {
            id: id.into(),
            publisher: Some(publisher.into()),
            published: Some(published.into()),
            ..Told::default()
        }
    }

    fn among(texts: &[&str], publishers: &[&str]) -> Copies {
        let documents = publishers
            .iter()
            .enumerate()
            .map(|(n, name)| told(&format!("doc_{n}"), name, &format!("2031-02-0{}", 9 - n)));
        Copies::among(documents.collect(), |n| Ok::<_, ()>(texts[n].to_owned())).unwrap()
    }

    #[test]
    fn copies_and_rewritten_copies_are_one_line_and_another_subject_is_none() {
        let copy = format!("From our correspondent. {STORY} More to follow.");
        let found = among(&[STORY, OTHER, &copy, RETOLD], &["Post", "Herald", "Gazette", "Courier"]);
        let kinds: Vec<_> = found.ties.iter().map(|tie| (tie.documents, tie.kind, tie.relation)).collect();
        assert!(kinds.contains(&([0, 2], Kind::Copy, Relation::SameOrigin)), "{kinds:?}");
        assert!(kinds.contains(&([0, 3], Kind::Rewrite, Relation::SameOrigin)), "{kinds:?}");
        assert_eq!(found.groups(), [vec![3, 2, 0]]);
        let counts = found.counts(["doc_0", "doc_1", "doc_2", "doc_3", "doc_9"]);
        assert_eq!((counts.reports, counts.origins_at_least, counts.origins_at_most), (4, 1, 2));
        assert_eq!(counts.unknown_origin, 1);
        for tie in &found.ties {
            assert!(!tie.passages.is_empty(), "{tie:?}");
        }
    }

    #[test]
    fn one_house_taking_up_its_own_story_is_not_established() {
        let found = among(&[STORY, RETOLD], &["Post", "Post"]);
        assert_eq!(found.ties.len(), 1);
        assert_eq!(found.ties[0].relation, Relation::NotEstablished);
        assert_eq!(found.lines.groups(), Vec::<Vec<u32>>::new());
    }

    #[test]
    fn circles_of_credits_are_told() {
        let one = format!("{STORY} So the Gazette reported.");
        let other = format!("{STORY} All this is true, according to the Post.");
        assert_eq!(among(&[&one, &other], &["Post", "Gazette"]).loops, [vec![0, 1]]);
        assert_eq!(among(&[STORY, &other], &["Post", "Gazette"]).loops, Vec::<Vec<u32>>::new());
    }

    #[test]
    fn empty_and_endless_texts_are_survived() {
        let long = "ship ".repeat(300_000);
        let found = among(&["", &long, "", &long, "ship"], &["a", "b", "c", "d", "e"]);
        assert!(found.ties.iter().all(|tie| tie.documents == [1, 3]), "{:?}", found.ties);
    }
}
