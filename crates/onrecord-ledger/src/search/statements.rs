//! Statements by their words, speaker, and marks.

use super::query::{Query, Words, years};
use super::words::{Wanted, snippet};
use super::{Find, SNIPPET, WEIGHED, weight, within};
use crate::case::Case;
use crate::fault::Result;
use crate::packing::unpack_text;
use onrecord_record::{CodePoint, Span, TextIndex};
use rusqlite::Row;

/// Words of a usual statement.
const USUAL: f64 = 20.0;

/// Names that a name with wrong letters may stand for.
const MOST_SPEAKERS: usize = 8;

/// A statement that was found, with what a reader wants to know of its document.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundStatement {
    /// The statement.
    pub find: Find,
    /// The speaker's name.
    pub speaker: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
}

/// What is read of a hit before its words are looked at.
struct Hit {
    id: i64,
    document: i64,
    line: usize,
    speaker: Option<i64>,
    said: Option<String>,
    confidence: f64,
    start: u32,
    characters: u32,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

impl Hit {
    fn of(row: &Row<'_>) -> rusqlite::Result<Hit> {
        Ok(Hit {
            id: row.get(0)?,
            document: row.get(1)?,
            line: usize::try_from(row.get::<_, i64>(2)?).unwrap_or(usize::MAX),
            speaker: row.get(3)?,
            said: row.get(4)?,
            confidence: row.get(5)?,
            start: u32::try_from(row.get::<_, i64>(6)?).unwrap_or(u32::MAX),
            characters: u32::try_from(row.get::<_, i64>(7)?).unwrap_or(u32::MAX),
            title: row.get(8)?,
            publisher: row.get(9)?,
            published: row.get(10)?,
        })
    }

    /// What is known without its words: statements of somebody, surely found, of a length that tells something.
    fn likely(&self) -> f64 {
        let length = f64::from(self.characters.max(1));
        let telling = if length < 25.0 { length / 25.0 } else { (120.0 / length).clamp(0.3, 1.0) };
        self.confidence * telling * if self.speaker.is_some() { 1.0 } else { 0.7 }
    }
}

/// The query of the index; with `speakers` in the place of what was typed after `speaker:`.
fn expression(query: &Query, speakers: Option<&[String]>) -> String {
    let mut parts: Vec<String> = query.words.iter().map(|words| words.matching("content speaker")).collect();
    match speakers {
        None => parts.extend(query.speaker.iter().map(|words| words.matching("speaker"))),
        Some(speakers) => parts.extend(speakers.iter().cloned()),
    }
    parts.extend(query.publisher.iter().map(|words| words.matching("publisher")));
    parts.extend(query.marks.iter().map(|mark| format!("{{marks}} : \"{}\"", mark.replace('"', " "))));
    if query.silence {
        parts.push("{marks} : \"hassilence\"".into());
    }
    let (from, to) = (query.from.as_deref(), query.to.as_deref());
    if let (Some(published), Some(said)) = (years("y", from, to), years("z", from, to)) {
        parts.push(format!("{{marks}} : ({published} OR {said})"));
    }
    parts.join(" AND ")
}

impl Case {
    pub(super) fn search_statements(
        &self,
        query: &Query,
        limit: usize,
    ) -> Result<(Vec<FoundStatement>, bool)> {
        let asked = expression(query, None);
        let (mut ids, mut more) =
            if asked.is_empty() { self.latest_statements()? } else { self.hits("statement_words", &asked)? };
        // A name that nobody has as it was typed may have a letter or two wrong.
        if ids.is_empty()
            && !query.speaker.is_empty()
            && let Some(speakers) = self.speakers_like(query)?
        {
            (ids, more) = self.hits("statement_words", &expression(query, Some(&speakers)))?;
        }
        let mut hits = Vec::with_capacity(ids.len());
        let mut read = self
            .connection
            .prepare_cached(
                "SELECT statements.id, document, line, speaker, said_from, confidence, start, characters, title, publisher,
                     published
                 FROM statements JOIN documents ON documents.id = document WHERE statements.id = ?1",
            )
            .map_err(|error| self.fault(error))?;
        let (from, to) = (query.from.as_deref(), query.to.as_deref());
        for id in ids {
            let hit = read.query_row([id], Hit::of).map_err(|error| self.fault(error))?;
            let day = hit.said.as_deref().or(hit.published.as_deref());
            if within(day, from, to) {
                hits.push(hit);
            }
        }
        hits.sort_by(|a, b| b.likely().total_cmp(&a.likely()).then(b.id.cmp(&a.id)));
        hits.truncate(WEIGHED.max(limit));
        let wanted = Wanted::new(query);
        let mut weighed = Vec::with_capacity(hits.len());
        for hit in hits {
            let text = self.text(hit.document)?;
            let index = TextIndex::new(&text);
            let end = CodePoint(hit.start.saturating_add(hit.characters));
            let extent = index.bytes(Span::new(CodePoint(hit.start), end));
            let content = text.get(extent.range()).unwrap_or_default();
            let found = wanted.find(content);
            let places = found.places.iter().map(|place| {
                let shifted = Span::new(
                    onrecord_record::Byte(place.start.0 + extent.start.0),
                    onrecord_record::Byte(place.end.0 + extent.start.0),
                );
                index.code_points(shifted)
            });
            // What stands in the speaker's name only is worth less than what was said.
            let score = (0.2 + weight(&found.times, found.length.max(8), USUAL)) * hit.likely().sqrt();
            weighed.push((score, places.collect(), snippet(content, &found.places, SNIPPET), hit));
        }
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.3.id.cmp(&a.3.id)));
        weighed.truncate(limit);
        let mut found = Vec::with_capacity(weighed.len());
        for (score, places, snippet, hit) in weighed {
            let line = self.line(hit.document, hit.line)?;
            let find = Find { score, snippet, places, line };
            let speaker = hit.speaker.map(|agent| self.name_of(agent)).transpose()?;
            let Hit { title, publisher, published, .. } = hit;
            found.push(FoundStatement { find, speaker, title, publisher, published });
        }
        Ok((found, more))
    }

    /// For each name asked for, those of the case's names that are like it; none where one has no such name.
    fn speakers_like(&self, query: &Query) -> Result<Option<Vec<String>>> {
        let mut parts = Vec::with_capacity(query.speaker.len());
        for asked in &query.speaker {
            let names = self.search_names(&asked.text, MOST_SPEAKERS)?;
            if names.is_empty() {
                return Ok(None);
            }
            let names = names.into_iter().map(|name| Words { text: name.name, beginning: false });
            let names: Vec<String> = names.map(|name| name.matching("speaker")).collect();
            parts.push(format!("({})", names.join(" OR ")));
        }
        Ok(Some(parts))
    }

    fn latest_statements(&self) -> Result<(Vec<i64>, bool)> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let sql = format!("SELECT id FROM statements ORDER BY id DESC LIMIT {}", super::CANDIDATES);
        let mut query = self.connection.prepare_cached(&sql).map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        Ok((rows.collect::<rusqlite::Result<_>>().map_err(failed)?, true))
    }

    /// The text of a document's row.
    pub(crate) fn text(&self, document: i64) -> Result<String> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query =
            self.connection.prepare_cached("SELECT text FROM documents WHERE id = ?1").map_err(failed)?;
        let packed: Vec<u8> = query.query_row([document], |row| row.get(0)).map_err(failed)?;
        unpack_text(&packed).map_err(|error| {
            crate::Fault::damaged(format!("document {document}"), format!("has a damaged text: {error}"))
        })
    }

    /// The name of an agent's row.
    pub(crate) fn name_of(&self, agent: i64) -> Result<String> {
        let failed = |error: rusqlite::Error| self.fault(error);
        let mut query = self
            .connection
            .prepare_cached(
                "SELECT names.name FROM agents JOIN names ON names.id = agents.name WHERE agents.id = ?1",
            )
            .map_err(failed)?;
        query.query_row([agent], |row| row.get(0)).map_err(failed)
    }
}
