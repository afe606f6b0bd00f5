//! What a question is answered with.

use crate::MadeBy;
use crate::entered::{LinkSaid, OriginSaid};
use onrecord_record::Stance;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the record has on a claim.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answer {
    /// The claim as it was asked.
    pub claim: String,
    /// Statements whose speakers say it; of each side the surest first, of no side the most relevant.
    pub supports: Vec<Said>,
    /// Statements whose speakers say that it is not so.
    pub denies: Vec<Said>,
    /// Statements whose speakers are unconvinced.
    pub doubts: Vec<Said>,
    /// Statements that speak of it and take no side.
    pub mentions: Vec<Said>,
    /// Who does not speak of it, where that was to be expected.
    pub silent: Vec<Silent>,
    /// What publications say of it themselves, without attributing it to anybody.
    pub own_voice: Vec<Said>,
    /// How many.
    pub counts: Counts,
    /// How many statements rest on what, by kind of basis; `none_found` where the text tells of none.
    pub bases: BTreeMap<String, u64>,
    /// How the wording changed from the earliest telling in this collection on.
    pub wordings: Vec<Telling>,
    /// What would be needed to settle it.
    pub missing: Vec<String>,
    /// What was looked at.
    pub coverage: Coverage,
    /// What people said of who is who among the speakers, as it was counted.
    pub links: Vec<LinkSaid>,
    /// What people said of the origins of the reports, as it was counted.
    pub origins_said: Vec<OriginSaid>,
    /// Reports that count as origins of their own, since a statement of each rests on what its speaker, another in each, or
    /// its reporter saw.
    pub first_hand: Vec<String>,
    /// The program and the models that made the answer.
    pub made_by: MadeBy,
}

/// A statement, or a sentence in a publication's own voice, that bears on the claim.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// The line of the record with what else is known added: `speaker_name`, `document_title`, `publisher`, `published`,
    /// `origin`, `relevance`, `stance`, `stance_confidence`, `stance_reason`. Of a sentence in a publication's own voice
    /// `document`, `text` and `span`. What people entered stands in `corrected` (with what the program has as `was`),
    /// `stance_entered` (with the program's own in `stance_by_program`), `judgements`, `notes`, `document_notes` and
    /// `confirmed_claim`.
    #[serde(flatten)]
    pub line: Value,
    #[serde(skip)]
    pub(crate) key: Key,
}

/// What statements are told apart and put in order by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    pub(crate) document: String,
    pub(crate) speaker: Option<String>,
    pub(crate) content: String,
    /// The day it was said, else that of the document.
    pub(crate) day: Option<String>,
    pub(crate) stance: Option<Stance>,
    /// How sure the stance is, 0 to 1; 1 where a person gave it.
    pub(crate) sure: f32,
    pub(crate) relevance: f32,
    /// What people say the speaker is called too.
    pub(crate) other_names: Vec<String>,
    /// Whether a person said what side it takes.
    pub(crate) by_person: bool,
}

/// A document or a speaker that does not speak of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Silent {
    /// `document` (it deals with the subject and nothing in it bears on the claim) or `noted` (its text says that somebody did
    /// not say, cite or explain something).
    pub kind: SilentKind,
    /// The document.
    pub document: String,
    /// Its title.
    pub document_title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<String>,
    /// The words that were looked for in it, and found; none for a note.
    pub looked_for: Vec<String>,
    /// The words of the note.
    pub text: Option<String>,
    /// Where they stand, in code points.
    pub span: Option<(u32, u32)>,
    /// Who kept silent.
    pub speaker_name: Option<String>,
}

/// Which sort of silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SilentKind {
    /// The text notes it.
    Noted,
    /// A document on the subject without a word on the claim.
    Document,
}

/// How many there are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Counts {
    /// Documents with a statement that takes a side or doubts.
    pub reports: u64,
    /// Acts of saying, however many reports tell of each.
    pub utterances: u64,
    /// Speakers with a name or a description.
    pub speakers: u64,
    /// Reporting lines there are at least.
    pub origins_at_least: u64,
    /// And at most.
    pub origins_at_most: u64,
    /// Documents whose origin shows in nothing.
    pub unknown_origin: u64,
    /// Reporting lines of the documents of each stance, at least and at most.
    pub origins: BTreeMap<Stance, (u64, u64)>,
    /// Statements of each stance, sentences in publications' own voice, and silences; the lists may be cut shorter.
    pub supports: u64,
    /// As above.
    pub denies: u64,
    /// As above.
    pub doubts: u64,
    /// As above.
    pub mentions: u64,
    /// As above.
    pub own_voice: u64,
    /// As above.
    pub silent: u64,
    /// Whether more passages bear on the claim than were weighed, as far as can be told, so that every number here is a lower
    /// bound: more are near, and some of the farthest weighed bear on it.
    pub more: bool,
    /// Whether more documents are on the subject than were looked for, so that `silent` is a lower bound.
    pub silent_more: bool,
}

/// One wording in a row from the earliest on.
#[derive(Clone, Debug, Serialize)]
pub struct Telling {
    /// The statement.
    pub statement: Value,
    /// Who said it.
    pub speaker_name: Option<String>,
    /// When it was said, else published.
    pub day: Option<String>,
    /// The words.
    pub text: String,
    /// Word by word against the earliest: `["same", words]`, `["added", words]`, `["lost", words]`.
    pub changes: Vec<(&'static str, String)>,
    /// Hedges that the earliest has and this one has not.
    pub hedges_lost: Vec<String>,
    /// Hedges that only this one has.
    pub hedges_added: Vec<String>,
    /// Numbers that differ.
    pub numbers_lost: Vec<String>,
    /// Numbers that differ.
    pub numbers_added: Vec<String>,
    /// Whether people corrected the statement: its words, day or speaker may be theirs.
    pub corrected: bool,
}

/// What was looked at.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Coverage {
    /// Documents in the case.
    pub documents: u64,
    /// Documents that were searched.
    pub searched: u64,
    /// Documents that could not be read, for their language or another reason, and evidence that could not become one.
    pub unread: u64,
    /// Statements in the case.
    pub statements: u64,
    /// Passages weighed closely, the nearest in meaning.
    pub weighed: u64,
    /// Passages near enough in meaning to be weighed. Where these are more, what was not weighed is in no count.
    pub near: u64,
    /// The words that were looked for.
    pub looked_for: Vec<String>,
}

impl Answer {
    /// The statements of a stance.
    pub fn of(&self, stance: Stance) -> &[Said] {
        match stance {
            Stance::Supports => &self.supports,
            Stance::Denies => &self.denies,
            Stance::Doubts => &self.doubts,
            Stance::Mentions => &self.mentions,
        }
    }

    pub(crate) fn of_mut(&mut self, stance: Stance) -> &mut Vec<Said> {
        match stance {
            Stance::Supports => &mut self.supports,
            Stance::Denies => &mut self.denies,
            Stance::Doubts => &mut self.doubts,
            Stance::Mentions => &mut self.mentions,
        }
    }

    /// Leaves at most `limit` of each list.
    pub(crate) fn cut(&mut self, limit: usize) {
        self.counts.supports = self.supports.len() as u64;
        self.counts.denies = self.denies.len() as u64;
        self.counts.doubts = self.doubts.len() as u64;
        self.counts.mentions = self.mentions.len() as u64;
        self.counts.own_voice = self.own_voice.len() as u64;
        self.counts.silent = self.silent.len() as u64;
        for stance in Stance::ALL {
            self.of_mut(stance).truncate(limit);
        }
        self.own_voice.truncate(limit);
        self.silent.truncate(limit);
    }

    /// Every statement that supports, denies or doubts.
    pub fn sided(&self) -> impl Iterator<Item = &Said> {
        self.supports.iter().chain(&self.denies).chain(&self.doubts)
    }
}
