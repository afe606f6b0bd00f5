//! From bytes to records.

use onrecord_intake::{Options, Problem, intake};
use onrecord_models::{ModelError, ModelName};
use onrecord_reading::{Reader, Reading};
use onrecord_record::{Document, ListMatch};

/// What came of one document: its record, or why there is none.
pub type Outcome = Result<Record, Problem>;

/// A document and what was read in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The text and its metadata.
    pub document: Document,
    /// The agents and statements found. Empty when the document was not read; a warning of the document says why.
    pub reading: Reading,
    /// Entries of lists that agents of the document may be, in the order of the agents; see
    /// [`hold_against`](Record::hold_against).
    pub list_matches: Vec<ListMatch>,
}

/// The steps from bytes to records, with the model loaded once. Shared between threads by reference.
pub struct Pipeline {
    reader: Reader,
    options: Options,
}

impl Pipeline {
    /// Loads `model`; `options` say how bytes become documents.
    ///
    /// # Errors
    /// When the weights of the model cannot be loaded.
    pub fn new(model: ModelName, options: Options) -> Result<Self, ModelError> {
        Ok(Pipeline { reader: Reader::new(model)?, options })
    }

    /// The model's name as the record gives it, with the first digits of its weights' hash.
    pub fn model(&self) -> &str {
        self.reader.model()
    }

    /// The documents in `bytes`, unread. `path` is where the bytes came from, as the user named it.
    pub fn documents(&self, path: Option<&str>, bytes: &[u8]) -> Vec<Result<Document, Problem>> {
        intake(path, bytes, &self.options)
            .into_iter()
            .map(|taken| taken.map(|taken| taken.document))
            .collect()
    }

    /// Reads one document. This never fails: a document in another language than English, of which
    /// intake has warned, comes back without statements.
    pub fn read(&self, document: Document) -> Record {
        let reading = match document.language.as_deref() {
            Some(language) if language != "en" => Reading::default(),
            _ => self.reader.read(&document),
        };
        Record { document, reading, list_matches: Vec::new() }
    }

    /// Takes `bytes` through all steps: one outcome for each document in them, in order.
    pub fn read_bytes(&self, path: Option<&str>, bytes: &[u8]) -> Vec<Outcome> {
        self.documents(path, bytes).into_iter().map(|document| Ok(self.read(document?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_in_another_language_is_recorded_and_not_read() {
        let pipeline = Pipeline::new(ModelName::default(), Options::default()).unwrap();
        let text = "“It is done,” said Ann Vey. “It is over,” she added.";
        let mut document = pipeline.documents(None, text.as_bytes()).remove(0).unwrap();
        assert!(!pipeline.read(document.clone()).reading.statements.is_empty());
        document.language = Some("fr".into());
        assert_eq!(pipeline.read(document).reading, Reading::default());
    }
}
