//! Claims beside each other, and what each speaker makes of each: a matrix of hypotheses and evidence (after Heuer's analysis of
//! competing hypotheses), counted by origins and not by articles.

use super::answer::{Answer, Counts};
use super::{Asker, Wanted};
use crate::MadeBy;
use onrecord_ledger::{Case, Result};
use onrecord_record::Stance;
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows that are shown; those that bear on most claims come first.
const MOST_ROWS: usize = 200;

/// Claims by speakers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Matrix {
    /// The claims, in the order given.
    pub claims: Vec<Column>,
    /// Speakers of one reporting line, those first who bear on most claims.
    pub rows: Vec<Row>,
    /// How many rows there are; more than are listed where the list is cut.
    pub all_rows: u64,
    /// What nobody speaks to.
    pub gaps: Vec<String>,
    /// The program and the models that made it.
    pub made_by: MadeBy,
}

/// A claim of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The claim.
    pub claim: String,
    /// How many there are of what.
    pub counts: Counts,
    /// What would be needed to settle it.
    pub missing: Vec<String>,
}

/// One speaker in one reporting line.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Who speaks.
    pub speaker_name: String,
    /// The document that stands for the reporting line.
    pub origin: Option<String>,
    /// The first day of it.
    pub day: Option<String>,
    /// For each claim, what the speaker makes of it; null where nothing is on the record.
    pub cells: Vec<Option<Cell>>,
}

/// What a speaker makes of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// The stance of the statement that bears most on the claim.
    pub stance: Stance,
    /// Whether other statements of the same speaker and line take another side.
    pub mixed: bool,
    /// The statements, the most relevant first.
    pub statements: Vec<String>,
    /// Those of which people corrected something, or said what side they take; it is shown as they have it.
    pub entered: Vec<String>,
}

impl Asker {
    /// Asks `case` for each of `claims`.
    ///
    /// # Errors
    /// When a claim has no words that could be looked for, or the case cannot be read.
    pub fn matrix(&self, case: &Case, claims: &[String], mut progress: impl FnMut(u64)) -> Result<Matrix> {
        let mut matrix = Matrix::default();
        let mut rows: BTreeMap<(String, Option<String>), Row> = BTreeMap::new();
        for (at, claim) in claims.iter().enumerate() {
            let answer = self.ask(case, claim, Wanted { limit: usize::MAX }, &mut progress)?;
            add(&answer, at, claims.len(), &mut rows);
            let sided = answer.sided().next().is_some();
            if !sided {
                matrix.gaps.push(format!("nobody takes a side on “{claim}”"));
            } else if answer.denies.is_empty() && answer.doubts.is_empty() {
                matrix.gaps.push(format!("nobody denies or doubts “{claim}”"));
            } else if answer.supports.is_empty() {
                matrix.gaps.push(format!("nobody says “{claim}”"));
            }
            matrix.made_by.join(answer.made_by);
            matrix.claims.push(Column {
                claim: answer.claim,
                counts: answer.counts,
                missing: answer.missing,
            });
        }
        matrix.all_rows = rows.len() as u64;
        matrix.rows = rows.into_values().collect();
        let filled = |row: &Row| row.cells.iter().flatten().count();
        matrix.rows.sort_by(|a, b| {
            filled(b)
                .cmp(&filled(a))
                .then_with(|| a.speaker_name.cmp(&b.speaker_name))
                .then(a.origin.cmp(&b.origin))
        });
        matrix.rows.truncate(MOST_ROWS);
        Ok(matrix)
    }
}

fn add(answer: &Answer, at: usize, claims: usize, rows: &mut BTreeMap<(String, Option<String>), Row>) {
    for said in answer.sided().chain(&answer.mentions) {
        let (Some(stance), Some(name)) = (said.key.stance, said.key.speaker.clone()) else { continue };
        let origin = said.line["origin"].as_str().map(str::to_owned);
        // Who people say are one have one row, under the first of their names.
        let name = said.key.other_names.iter().min().cloned().unwrap_or(name);
        let row = rows.entry((name.to_lowercase(), origin.clone())).or_insert_with(|| Row {
            speaker_name: name,
            origin,
            day: said.key.day.clone(),
            cells: vec![None; claims],
        });
        if let Some(day) = &said.key.day
            && row.day.as_ref().is_none_or(|known| day < known)
        {
            row.day = Some(day.clone());
        }
        let statement = said.line["id"].as_str().unwrap_or_default().to_owned();
        let entered = said.key.by_person || !said.line["corrected"].is_null();
        let entered = entered.then(|| statement.clone());
        match row.cells.get_mut(at) {
            Some(Some(cell)) => {
                // Who takes a side does not only mention.
                if cell.stance == Stance::Mentions {
                    cell.stance = stance;
                } else {
                    cell.mixed |= stance != Stance::Mentions && stance != cell.stance;
                }
                cell.statements.push(statement);
                cell.entered.extend(entered);
            }
            Some(cell) => {
                let entered = entered.into_iter().collect();
                *cell = Some(Cell { stance, mixed: false, statements: vec![statement], entered });
            }
            None => {}
        }
    }
}
