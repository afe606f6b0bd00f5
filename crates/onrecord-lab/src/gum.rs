//! How reading holds up outside American politics: the GUM corpus (Zeldes 2017), by genre.
//!
//! GUM marks no attributions with source, cue and content, but two things close to them. In its eRST trees an
//! attribution relation ties a clause that attributes ("the mayor says", "I think") to what it attributes; the clause
//! is the relation's satellite. And its TEI markup holds quotations, `<q>` and `<quote>`. So three shares can be told
//! ([`GenreFigures`]): of the satellites that a cue of ours touches, of our statements whose cue stands where one is
//! to be expected, and of the quotations that our contents cover.
//!
//! Its coreference ([`CoreferenceDocument`], [`crate::coreference`]) is what who is meant by what is held against.
//!
//! Only documents of the parts train and dev are looked at ([`GumFolder`]); test and test2 are for others to judge by.

mod chain;
mod coreference;
mod corpus;
mod document;
mod entity;
mod gold_line;
mod layout;
mod measure;
mod rhetoric;
mod table;

pub use chain::chains;
pub use coreference::{Chain, CoreferenceDocument, PERSON};
pub use corpus::{GENRES, GENRES_BESIDE, GENRES_NOT_COMMERCIAL, GumFolder, GumPart, genre_of};
pub use document::GumDocument;
pub use entity::{DependencyWord, EntityMention, entity_mentions};
pub use gold_line::GoldLine;
pub use layout::{Layout, MarkedDate, Quotation, Turn};
pub use measure::{GenreFigures, GumScore, Share, measure, observe};
pub use rhetoric::attribution_satellites;
pub use table::gum_markdown;
