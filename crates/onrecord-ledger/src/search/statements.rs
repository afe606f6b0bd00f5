//! Statements by their words, speaker, and marks.

use super::asked::Asking;
use super::query::Query;
use super::words::{Wanted, snippet};
use super::{Find, Records, SNIPPET};
use crate::case::Case;
use crate::fault::Result;
use crate::index::{Sort, WordIndex, best};
use onrecord_record::{Byte, CodePoint, Span, TextIndex};
use rusqlite::{OptionalExtension, Row};

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

/// The columns of a hit.
struct Hit {
    document: i64,
    line: usize,
    speaker: Option<i64>,
    start: u32,
    characters: u32,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

impl Hit {
    fn of(row: &Row<'_>) -> rusqlite::Result<Hit> {
        Ok(Hit {
            document: row.get(0)?,
            line: usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX),
            speaker: row.get(2)?,
            start: u32::try_from(row.get::<_, i64>(3)?).unwrap_or(u32::MAX),
            characters: u32::try_from(row.get::<_, i64>(4)?).unwrap_or(u32::MAX),
            title: row.get(5)?,
            publisher: row.get(6)?,
            published: row.get(7)?,
        })
    }
}

impl Case {
    /// The best statements, and whether there are more.
    pub(super) fn search_statements(
        &self,
        words: &WordIndex,
        records: &mut Records<'_>,
        query: &Query,
        limit: usize,
    ) -> Result<(Vec<FoundStatement>, bool)> {
        let asking = Asking::new(words);
        let ask = |called: bool, speakers: Option<&[Vec<String>]>| {
            asking
                .statements(query, called, speakers)
                .and_then(|asked| best(&words.searcher, &words.fields, &*asked, Sort::Statements, limit + 1))
                .map_err(|error| self.unasked(&error))
        };
        let mut hits = ask(false, None)?;
        // What was said in the words comes first. Only where that is not enough, it matters how speakers are called.
        if hits.len() <= limit && !query.words.is_empty() {
            hits = ask(true, None)?;
        }
        // A name that nobody has as it was typed may have a letter or two wrong.
        if hits.is_empty()
            && !query.speaker.is_empty()
            && let Some(speakers) = self.speakers_like(words, records, query)?
        {
            hits = ask(true, Some(&speakers))?;
        }
        let more = hits.len() > limit;
        hits.truncate(limit);
        let wanted = Wanted::new(query);
        let mut found = Vec::with_capacity(hits.len());
        for (score, id) in hits {
            if let Some(hit) = self.hit(id)? {
                found.push(self.found_statement(records, &wanted, score, hit)?);
            }
        }
        Ok((found, more))
    }

    fn hit(&self, statement: i64) -> Result<Option<Hit>> {
        self.connection
            .prepare_cached(
                "SELECT document, line, speaker, start, characters, title, publisher, published
                 FROM statements JOIN documents ON documents.id = document WHERE statements.id = ?1",
            )
            .and_then(|mut query| query.query_row([statement], Hit::of).optional())
            .map_err(|error| self.fault(error))
    }

    fn found_statement(
        &self,
        records: &mut Records<'_>,
        wanted: &Wanted,
        score: f64,
        hit: Hit,
    ) -> Result<FoundStatement> {
        let record = records.of(hit.document)?;
        let index = TextIndex::new(&record.text);
        let end = CodePoint(hit.start.saturating_add(hit.characters));
        let extent = index.bytes(Span::new(CodePoint(hit.start), end));
        let content = record.text.get(extent.range()).unwrap_or_default();
        let words = wanted.find(content);
        let shifted = |at: Byte| Byte(at.0 + extent.start.0);
        let places = words
            .places
            .iter()
            .map(|place| index.code_points(Span::new(shifted(place.start), shifted(place.end))));
        let (places, snippet) = (places.collect(), snippet(content, &words.places, SNIPPET));
        let find = Find { score, snippet, places, line: record.line(hit.line)? };
        let speaker = hit.speaker.map(|agent| self.name_of(agent)).transpose()?;
        let Hit { title, publisher, published, .. } = hit;
        Ok(FoundStatement { find, speaker, title, publisher, published })
    }

    /// For each name asked for, those of the case's names that are like it; none where one has no such name.
    fn speakers_like(
        &self,
        words: &WordIndex,
        records: &mut Records<'_>,
        query: &Query,
    ) -> Result<Option<Vec<Vec<String>>>> {
        let mut parts = Vec::with_capacity(query.speaker.len());
        for asked in &query.speaker {
            let names = self.names_like(words, records, &asked.text, MOST_SPEAKERS)?;
            if names.is_empty() {
                return Ok(None);
            }
            parts.push(names.into_iter().map(|name| name.name).collect());
        }
        Ok(Some(parts))
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
