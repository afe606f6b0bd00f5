//! What the index holds of statements, documents and names.

use super::folding::Folding;
use tantivy::Index;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;

/// Under which the index knows how words are folded.
const FOLDED: &str = "folded";

/// The mark of every statement, and of every document: what has no words asked for is found by it.
pub(crate) const IS_STATEMENT: &str = "isstatement";
pub(crate) const IS_DOCUMENT: &str = "isdocument";

/// The fields; of each entry those that it has.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// Of a statement: what was said.
    pub(crate) content: Field,
    /// Of a statement: how its speaker is called.
    pub(crate) speaker: Field,
    /// Of a document.
    pub(crate) title: Field,
    /// Of a document.
    pub(crate) text: Field,
    /// A name of an agent.
    pub(crate) name: Field,
    /// Of statements and documents.
    pub(crate) publisher: Field,
    /// Words that stand for facts.
    pub(crate) marks: Field,
    /// The document's row, by which what was read before is taken out.
    pub(crate) document: Field,
    /// The row in the table of statements, documents or names.
    pub(crate) row: Field,
    /// How much a statement is worth before its words are looked at, in thousandths.
    pub(crate) prior: Field,
    /// The first and the last day that its day can mean, as the number YYYYMMDD.
    pub(crate) first: Field,
    pub(crate) last: Field,
}

impl Fields {
    pub(crate) fn new() -> Fields {
        let mut schema = SchemaBuilder::new();
        let ranked = words(IndexRecordOption::WithFreqsAndPositions, true);
        let phrases = words(IndexRecordOption::WithFreqsAndPositions, false);
        Fields {
            content: schema.add_text_field("content", ranked.clone()),
            speaker: schema.add_text_field("speaker", phrases.clone()),
            title: schema.add_text_field("title", phrases.clone()),
            text: schema.add_text_field("text", ranked),
            name: schema.add_text_field("name", words(IndexRecordOption::WithFreqs, true)),
            publisher: schema.add_text_field("publisher", phrases),
            marks: schema.add_text_field("marks", words(IndexRecordOption::Basic, false)),
            document: schema.add_u64_field("document", INDEXED),
            row: schema.add_u64_field("row", FAST),
            prior: schema.add_u64_field("prior", FAST),
            first: schema.add_u64_field("first", FAST),
            last: schema.add_u64_field("last", FAST),
            schema: schema.build(),
        }
    }

    /// Tells an index how words are folded.
    pub(super) fn prepare(index: &Index) {
        index.tokenizers().register(FOLDED, TextAnalyzer::builder(Folding).build());
    }
}

fn words(kept: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(FOLDED);
    TextOptions::default().set_indexing_options(indexing.set_index_option(kept).set_fieldnorms(lengths))
}
