//! Corrections laid over statements.

use super::{By, Entered};
use onrecord_record::{CodePoint, Span, Statement};
use serde_json::{Value, json};

/// What a person says that a field of a statement should be.
#[derive(Clone, Debug)]
pub(super) struct Correction {
    pub(super) field: String,
    pub(super) now: Value,
    /// The name of the speaker that `now` is the id of.
    pub(super) name: Option<String>,
    /// The words it is tied to.
    pub(super) span: Span<CodePoint>,
    pub(super) by: By,
}

impl Correction {
    /// The whole of the field, as the record's format has it: a person gives a kind of basis or a day, and no words that say so.
    fn value(&self) -> Value {
        let mut now = self.now.clone();
        let nowhere = json!([self.span.start.0, self.span.start.0]);
        match self.field.as_str() {
            "basis" => {
                for basis in now.as_array_mut().into_iter().flatten() {
                    for (field, value) in [("text", json!("")), ("span", nowhere.clone())] {
                        if basis[field].is_null() {
                            basis[field] = value;
                        }
                    }
                }
            }
            "said" => {
                for field in ["from", "to", "text", "span"] {
                    if now.is_object() && now.get(field).is_none() {
                        now[field] = Value::Null;
                    }
                }
            }
            _ => {}
        }
        now
    }
}

impl Entered {
    /// Lays what people entered over a statement and its line, which gets `corrected`: each field with what the program has
    /// (`was`), what the person has (`now`), and who, when and why. What does not fit the record's format is left.
    pub(crate) fn correct(&self, statement: &mut Statement, line: &mut Value) {
        let Some(corrections) = self.corrections.get(statement.id.as_str()) else { return };
        let mut told = Vec::new();
        for correction in corrections {
            let mut corrected = line.clone();
            corrected[&correction.field] = correction.value();
            let Ok(read) = serde_json::from_value::<Statement>(corrected.clone()) else { continue };
            told.push(json!({
                "field": correction.field, "was": line[&correction.field], "now": corrected[&correction.field],
                "name": correction.name, "entry": correction.by.entry, "actor": correction.by.actor,
                "time": correction.by.time, "reason": correction.by.reason,
            }));
            (*statement, *line) = (read, corrected);
        }
        if !told.is_empty() {
            line["corrected"] = json!(told);
        }
    }

    /// The same where only the statement is wanted, of which `line` has the bytes; whether anything was corrected.
    pub(crate) fn corrected(&self, statement: &mut Statement, line: &[u8]) -> bool {
        if !self.has_corrected(statement.id.as_str()) {
            return false;
        }
        let Ok(mut line) = serde_json::from_slice(line) else { return false };
        self.correct(statement, &mut line);
        line.get("corrected").is_some()
    }

    /// Whether people corrected this statement.
    pub(crate) fn has_corrected(&self, statement: &str) -> bool {
        self.corrections.contains_key(statement)
    }

    /// The name of the speaker that a person gave a statement, where it was entered with one.
    pub(crate) fn speaker_name(&self, statement: &Statement) -> Option<&str> {
        let corrections = self.corrections.get(statement.id.as_str())?;
        let speaker = corrections.iter().find(|it| it.field == "speaker")?;
        // Only of the agent that the statement has now.
        let same = speaker.now.as_str() == statement.speaker.as_ref().map(|id| id.as_str());
        speaker.name.as_deref().filter(|_| same)
    }

    /// Statements whose words a person has otherwise, with those words and where they stand.
    pub(crate) fn reworded(&self) -> impl Iterator<Item = (&str, &str, Span<CodePoint>)> {
        self.corrections.iter().filter_map(|(statement, corrections)| {
            let content = corrections.iter().find(|it| it.field == "content")?;
            Some((statement.as_str(), content.now["text"].as_str()?, content.span))
        })
    }
}
