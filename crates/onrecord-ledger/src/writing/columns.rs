//! Documents, readings, and the columns to find them by.

use super::{Maker, Writer};
use crate::fault::{Fault, Result};
use crate::prepared::Prepared;
use rusqlite::params;

impl Writer {
    /// Stores the document; its row.
    pub(super) fn insert_document(&self, evidence: i64, prepared: &Prepared) -> Result<i64> {
        let Prepared { key, place, title, publisher, published, language, packed_text, .. } = prepared;
        self.insert(
            "INSERT INTO documents (key, evidence, place, title, publisher, published, language, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![key, evidence, place, title, publisher, published, language, packed_text],
        )
    }

    /// Stores a reading of the document, which is the one that counts from now on.
    pub(super) fn insert_reading(
        &self,
        document: i64,
        entry: i64,
        prepared: &Prepared,
        maker: &Maker,
    ) -> Result<()> {
        let maker = self.maker(maker)?;
        self.execute(
            "INSERT INTO readings (document, maker, entry, record) VALUES (?1, ?2, ?3, ?4)",
            params![document, maker, entry, prepared.packed_record],
        )?;
        self.insert_columns(document, prepared)
    }

    fn maker(&self, maker: &Maker) -> Result<i64> {
        let options = serde_json::to_string(&maker.options)
            .map_err(|error| Fault::refused("the options", error.to_string()))?;
        let Maker { schema, program, model, .. } = maker;
        let known = self.query(
            "SELECT id FROM makers WHERE schema = ?1 AND program = ?2 AND model = ?3 AND options = ?4",
            params![schema, program, model, options],
        )?;
        match known {
            Some(id) => Ok(id),
            None => self.insert(
                "INSERT INTO makers (schema, program, model, options) VALUES (?1, ?2, ?3, ?4)",
                params![schema, program, model, options],
            ),
        }
    }

    fn insert_columns(&self, document: i64, prepared: &Prepared) -> Result<()> {
        let mut agents = Vec::with_capacity(prepared.rows.agents.len());
        for agent in &prepared.rows.agents {
            let name = self.name(&agent.name)?;
            agents.push(self.insert(
                "INSERT INTO agents (document, line, key, name, kind) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![document, agent.line, agent.key, name, agent.kind],
            )?);
        }
        for row in &prepared.rows.statements {
            let speaker = row.speaker.and_then(|at| agents.get(at));
            self.execute(
                "INSERT INTO statements (document, line, key, speaker, act, certainty, basis, said_from, said_to,
                     confidence, start, characters)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    document,
                    row.line,
                    row.key,
                    speaker,
                    row.act,
                    row.certainty,
                    row.basis,
                    row.said_from,
                    row.said_to,
                    row.confidence,
                    row.start,
                    row.characters
                ],
            )?;
        }
        Ok(())
    }

    fn name(&self, name: &str) -> Result<i64> {
        if let Some(id) = self.query("SELECT id FROM names WHERE name = ?1", [name])? {
            return Ok(id);
        }
        self.insert("INSERT INTO names (name) VALUES (?1)", [name])
    }
}
