//! What people enter: corrections, links, judgements and notes, each an entry of the log.
//!
//! The record stays as the program made it; an entry stands beside it, tied to the words it is about. When a document is
//! read again, entries stay where they are, and those whose statement or agent is no longer found are listed, never moved.

use crate::case::Case;
use crate::fault::{Fault, Result};
use crate::log::{AgentName, Anchor, Content, Leaf, TiedStatement};
use crate::rows;
use onrecord_record::{CodePoint, Sha256, Span, TextIndex};
use rusqlite::OptionalExtension;
use serde_json::Value;

/// Characters kept on either side of an anchored quote.
const AROUND: u32 = 32;

/// The words of ICD 203 for how likely something is.
pub const LIKELIHOODS: [&str; 7] = [
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
];

/// How much a judgement is trusted, as ICD 203 has it.
pub const CONFIDENCES: [&str; 3] = ["low", "moderate", "high"];

/// An entry of a person, and how it stands to the case as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonsEntry {
    /// Number, time, author.
    pub leaf: Leaf,
    /// What it says.
    pub content: Content,
    /// The entry that took it back.
    pub undone_by: Option<u64>,
    /// Why it does not fit the case as it is read now; none when it fits.
    pub unfit: Option<String>,
}

/// A list of names as it was taken into the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptList {
    /// The entry of the log that tells of it.
    pub entry: u64,
    /// The list, as the user named it.
    pub name: String,
    /// Its files, each with its name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Case {
    /// All that people entered, in order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn persons_entries(&self) -> Result<Vec<PersonsEntry>> {
        let mut entries = self.entered()?;
        for entry in &mut entries {
            entry.unfit = self.unfit(&entry.content)?;
        }
        Ok(entries)
    }

    /// The same without looking whether they still fit: `unfit` is none for all.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn entered(&self) -> Result<Vec<PersonsEntry>> {
        let mut entries: Vec<PersonsEntry> = Vec::new();
        crate::log::each_rare(&self.ledger, &self.connection, |entry| {
            let Some(content) = entry.content() else { return Ok(()) };
            if let Content::Undo { entry: undone, .. } = &content {
                let by = entry.leaf.entry;
                // Who takes an undoing back brings back what it took.
                let restored =
                    match entries.iter().find(|entry| entry.leaf.entry == *undone).map(|it| &it.content) {
                        Some(Content::Undo { entry, .. }) => Some(*entry),
                        _ => None,
                    };
                for entry in &mut entries {
                    if entry.leaf.entry == *undone {
                        entry.undone_by = Some(by);
                    } else if Some(entry.leaf.entry) == restored {
                        entry.undone_by = None;
                    }
                }
            }
            if is_persons(&content) {
                entries.push(PersonsEntry { leaf: entry.leaf, content, undone_by: None, unfit: None });
            }
            Ok(())
        })?;
        Ok(entries)
    }

    fn unfit(&self, content: &Content) -> Result<Option<String>> {
        let statement = |id: &str| -> Result<Option<String>> {
            let found = self.statement_place(id)?.is_some();
            Ok((!found).then(|| format!("{id} is not in the reading of its document that counts now")))
        };
        match content {
            Content::Correction { statement: id, anchor, .. }
            | Content::Judgement { statement: id, anchor, .. } => {
                Ok(self.anchor_unfit(anchor)?.or(statement(id)?))
            }
            Content::Note { target, anchor, .. } => match anchor {
                Some(anchor) => Ok(self.anchor_unfit(anchor)?.or(statement(target)?)),
                None => {
                    Ok(self.document_row(target)?.is_none().then(|| format!("{target} is not in the case")))
                }
            },
            Content::Merge { agents, .. } | Content::Split { agents, .. } => {
                for agent in agents {
                    match self.agent_name(&agent.agent)? {
                        None => {
                            return Ok(Some(format!(
                                "{} is not in the reading that counts now",
                                agent.agent
                            )));
                        }
                        Some(name) if name != agent.name => {
                            return Ok(Some(format!(
                                "{} is called {name} now, and was {}",
                                agent.agent, agent.name
                            )));
                        }
                        Some(_) => {}
                    }
                }
                Ok(None)
            }
            Content::Claim { statements, .. } | Content::ClaimSplit { statements, .. } => {
                self.statements_unfit(statements)
            }
            Content::ClaimMerge { claims, .. } => {
                for claim in claims {
                    if let Some(unfit) = self.statements_unfit(&claim.statements)? {
                        return Ok(Some(unfit));
                    }
                }
                Ok(None)
            }
            Content::Origins { documents, .. } => {
                for document in documents {
                    if self.document_row(document.as_str())?.is_none() {
                        return Ok(Some(format!("{document} is not in the case")));
                    }
                }
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// Why the first of these statements that does not fit does not; how many more there are.
    fn statements_unfit(&self, statements: &[TiedStatement]) -> Result<Option<String>> {
        let (mut first, mut more) = (None, 0);
        for tied in statements {
            let found = match self.anchor_unfit(&tied.anchor)? {
                None if self.statement_place(&tied.statement)?.is_some() => continue,
                None => {
                    format!("{} is not in the reading of its document that counts now", tied.statement)
                }
                Some(unfit) => unfit,
            };
            match first {
                None => first = Some(found),
                Some(_) => more += 1,
            }
        }
        Ok(first.map(|first| if more == 0 { first } else { format!("{first}; and {more} more do not fit") }))
    }

    fn anchor_unfit(&self, anchor: &Anchor) -> Result<Option<String>> {
        let Some(row) = self.document_row(anchor.document.as_str())? else {
            return Ok(Some(format!("{} is not in the case", anchor.document)));
        };
        let text = self.text(row)?;
        let same = Sha256::of(text.as_bytes()) == anchor.text_sha256
            && TextIndex::new(&text).slice(anchor.span) == anchor.quote;
        Ok((!same).then(|| format!("the words it is tied to are not at their place in {}", anchor.document)))
    }

    /// The lists of names that are kept in the case, in the order in which they came.
    ///
    /// # Errors
    /// When the ledger or a list's file cannot be read.
    pub fn lists(&self) -> Result<Vec<KeptList>> {
        let mut lists = Vec::new();
        for entry in self.persons_entries()? {
            let (Content::List { name, files, .. }, None) = (entry.content, entry.undone_by) else {
                continue;
            };
            let files = files.into_iter().map(|file| Ok((file.name, self.evidence.bytes(&file.evidence)?)));
            lists.push(KeptList { entry: entry.leaf.entry, name, files: files.collect::<Result<_>>()? });
        }
        Ok(lists)
    }

    /// The line of a statement.
    ///
    /// # Errors
    /// When it is not in the case.
    pub fn statement(&self, id: &str) -> Result<Value> {
        let place = self.statement_place(id)?;
        let (document, line) = place.ok_or_else(|| Fault::refused(id, "is no statement of the case"))?;
        self.line(document, line)
    }

    /// A statement tied to its words.
    ///
    /// # Errors
    /// When it is not in the case.
    pub fn tied(&self, id: &str) -> Result<TiedStatement> {
        let statement = self.statement(id)?;
        Ok(TiedStatement { statement: id.to_owned(), anchor: self.anchor(&statement)? })
    }

    /// The row of a statement's document, and which line of its record it stands on; none where no reading that counts has it.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn place_of(&self, statement: &str) -> Result<Option<(i64, usize)>> {
        self.statement_place(statement)
    }

    /// Ties an entry to the words of a statement: of its content, else of its cue.
    ///
    /// # Errors
    /// When the statement is not in the case.
    pub fn anchor(&self, statement: &Value) -> Result<Anchor> {
        let id = statement["document"].as_str().unwrap_or_default();
        let row = self.document_row(id)?.ok_or_else(|| Fault::refused(id, "is not in the case"))?;
        let text = self.text(row)?;
        let spans = [&statement["content"]["spans"], &statement["cue"]["spans"]];
        let spans = spans.iter().find_map(|it| it.as_array().filter(|it| !it.is_empty()));
        let at = |span: Option<&Value>, end: usize| {
            span.and_then(|it| it[end].as_u64()).and_then(|at| u32::try_from(at).ok())
        };
        let (start, end) = spans.map_or((None, None), |it| (at(it.first(), 0), at(it.last(), 1)));
        self.anchored(id, &text, Span::new(CodePoint(start.unwrap_or(0)), CodePoint(end.unwrap_or(0))))
    }

    /// Ties an entry to words of a statement's document that a person gives, which must stand there once, or nearest to
    /// the statement.
    ///
    /// # Errors
    /// When the document does not have these words.
    pub fn anchor_words(&self, statement: &Value, words: &str) -> Result<Anchor> {
        let near = self.anchor(statement)?;
        let id = near.document.as_str();
        let row = self.document_row(id)?.ok_or_else(|| Fault::refused(id, "is not in the case"))?;
        let text = self.text(row)?;
        let index = TextIndex::new(&text);
        let starts = text.match_indices(words).map(|(at, _)| at as u32);
        let span = starts
            .map(|at| Span::new(onrecord_record::Byte(at), onrecord_record::Byte(at + words.len() as u32)))
            .map(|span| index.code_points(span))
            .min_by_key(|span| span.start.0.abs_diff(near.span.start.0))
            .filter(|span| !span.is_empty())
            .ok_or_else(|| {
                Fault::refused(id, format!("does not have the words “{words}”"))
                    .hint("give them exactly as the document has them")
            })?;
        self.anchored(id, &text, span)
    }

    fn anchored(&self, document: &str, text: &str, span: Span<CodePoint>) -> Result<Anchor> {
        let index = TextIndex::new(text);
        let before = Span::new(CodePoint(span.start.0.saturating_sub(AROUND)), span.start);
        let behind = Span::new(span.end, CodePoint(span.end.0.saturating_add(AROUND)));
        let id = serde_json::from_value(document.into())
            .map_err(|error| Fault::refused(document, error.to_string()))?;
        Ok(Anchor {
            document: id,
            text_sha256: Sha256::of(text.as_bytes()),
            span,
            quote: index.slice(span).to_owned(),
            prefix: index.slice(before).to_owned(),
            suffix: index.slice(behind).to_owned(),
        })
    }

    /// The agent with the name it has now.
    ///
    /// # Errors
    /// When it is not in the case.
    pub fn agent(&self, id: &str) -> Result<AgentName> {
        let name = self.agent_name(id)?.ok_or_else(|| Fault::refused(id, "is no agent of the case"))?;
        Ok(AgentName { agent: id.to_owned(), name })
    }

    fn agent_name(&self, id: &str) -> Result<Option<String>> {
        let sql = "SELECT names.name FROM agents JOIN names ON names.id = agents.name WHERE key = ?1";
        self.by_key(sql, id, "ag", |row| row.get(0))
    }

    pub(crate) fn document_row(&self, id: &str) -> Result<Option<i64>> {
        self.by_key("SELECT id FROM documents WHERE key = ?1", id, "doc", |row| row.get(0))
    }

    /// The row of its document and its line there.
    fn statement_place(&self, id: &str) -> Result<Option<(i64, usize)>> {
        self.by_key("SELECT document, line FROM statements WHERE key = ?1", id, "st", |row| {
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX)))
        })
    }

    fn by_key<T>(
        &self,
        sql: &str,
        id: &str,
        prefix: &str,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let Some(key) = rows::key(id).filter(|_| id.split('_').next() == Some(prefix)) else {
            return Ok(None);
        };
        let failed = |error: rusqlite::Error| self.fault(error);
        self.connection.prepare_cached(sql).map_err(failed)?.query_row([key], read).optional().map_err(failed)
    }
}

/// Whether it is people who make such entries.
fn is_persons(content: &Content) -> bool {
    matches!(
        content,
        Content::List { .. }
            | Content::Correction { .. }
            | Content::Merge { .. }
            | Content::Split { .. }
            | Content::Judgement { .. }
            | Content::Note { .. }
            | Content::Claim { .. }
            | Content::ClaimMerge { .. }
            | Content::ClaimSplit { .. }
            | Content::Origins { .. }
            | Content::Undo { .. }
    )
}
