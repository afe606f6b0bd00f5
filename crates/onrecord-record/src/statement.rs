//! The statement line: an attribution, with what is known of its speaker, time, act, certainty and basis.

use crate::{AgentId, CodePoint, DocumentId, Span, StatementId, TextIndex};
use serde::{Deserialize, Serialize};

/// An attribution with its speaker, addressee, venue, time said, act, certainty and basis resolved as far as the text
/// tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// From the document and the spans of the roles.
    pub id: StatementId,
    /// The document it stands in.
    pub document: DocumentId,
    /// Who is said to say it.
    pub source: RoleSpans,
    /// The words that attribute.
    pub cue: RoleSpans,
    /// What is attributed.
    pub content: RoleSpans,
    /// Whether the content stands within quotation marks. Null when there is no content.
    pub form: Option<Form>,
    /// The statement whose content holds this one.
    pub within: Option<StatementId>,
    /// The agent behind the source.
    pub speaker: Option<AgentId>,
    /// To whom it was said.
    pub addressee: Option<Addressee>,
    /// Where it was said.
    pub venue: Option<Piece>,
    /// When it was said.
    pub said: Option<Said>,
    /// The times its content speaks of.
    pub about_time: Vec<TimeReference>,
    /// What it does.
    pub act: Option<Act>,
    /// Whether it grants a point to the other side.
    pub concession: bool,
    /// The statements it takes back.
    pub retracts: Vec<StatementId>,
    /// How surely the speaker says it.
    pub certainty: Certainty,
    /// How the reporter puts it.
    pub framing: Option<Framing>,
    /// What it is said to rest on; empty when the text names nothing.
    pub basis: Vec<Basis>,
    /// The statements it answers.
    pub responds_to: Vec<StatementId>,
    /// How sure the program is that this attribution stands in the text, 0 to 1.
    pub confidence: f32,
}

/// The spans of one role of an attribution, and their characters.
///
/// A role may be absent (no spans, null text) or discontinuous; the pieces of a discontinuous role are joined with
/// one space in `text`, as brat's standoff format does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoleSpans {
    /// Where the pieces stand, in order, not overlapping.
    pub spans: Vec<Span<CodePoint>>,
    /// Their characters; null when the role is absent.
    pub text: Option<String>,
}

impl RoleSpans {
    /// The role with these pieces of the text behind `index`; empty pieces are left out.
    pub fn new(index: &TextIndex<'_>, mut spans: Vec<Span<CodePoint>>) -> Self {
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        if spans.is_empty() {
            return RoleSpans::default();
        }
        let pieces: Vec<&str> = spans.iter().map(|span| index.slice(*span)).collect();
        let text = Some(pieces.join(" "));
        RoleSpans { spans, text }
    }

    /// Whether the role is absent.
    pub fn is_absent(&self) -> bool {
        self.spans.is_empty()
    }

    /// From the first place of the first piece to the last of the last.
    pub fn extent(&self) -> Option<Span<CodePoint>> {
        Some(Span { start: self.spans.first()?.start, end: self.spans.last()?.end })
    }
}

/// How the content of a statement relates to quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Every word within quotation marks.
    Direct,
    /// None.
    Indirect,
    /// Some.
    Mixed,
}

/// A stretch of the document with its characters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// Where they stand.
    pub span: Span<CodePoint>,
}

/// To whom something was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addressee {
    /// The words that name them.
    pub text: String,
    /// Where those stand.
    pub span: Span<CodePoint>,
    /// Who that is.
    pub agent: Option<AgentId>,
}

/// When something was said: ISO dates, first and last possible day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The first day it can have been.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// The words that tell.
    pub text: Option<String>,
    /// Where those stand.
    pub span: Option<Span<CodePoint>>,
}

/// A time that content speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeReference {
    /// A TIMEX3 value.
    pub value: Option<String>,
    /// Where the words stand.
    pub span: Span<CodePoint>,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// States a thing to be so, or not so.
    Asserts,
    /// Rejects a claim made or at issue.
    Denies,
    /// Is unconvinced, or cannot assess.
    Doubts,
    /// Asks.
    Asks,
    /// Promises, threatens, plans, orders or urges.
    Intends,
    /// Praises, blames, backs, opposes or fears.
    Judges,
}

impl Act {
    /// All of them, in order.
    pub const ALL: [Act; 6] = [Act::Asserts, Act::Denies, Act::Doubts, Act::Asks, Act::Intends, Act::Judges];
}

/// The speaker's own expressed degree of belief.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Certainty {
    /// The degree; null when no word expresses it.
    pub level: Option<CertaintyLevel>,
    /// The words that carry it.
    pub text: Option<String>,
    /// Where they stand.
    pub spans: Vec<Span<CodePoint>>,
}

/// A degree of belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertaintyLevel {
    /// "There is no doubt".
    Certain,
    /// "Probably".
    Likely,
    /// "May".
    Possible,
    /// "Hardly".
    Unlikely,
    /// "Did not", "false".
    Denied,
}

impl CertaintyLevel {
    /// All of them, in order.
    pub const ALL: [CertaintyLevel; 5] = [
        CertaintyLevel::Certain,
        CertaintyLevel::Likely,
        CertaintyLevel::Possible,
        CertaintyLevel::Unlikely,
        CertaintyLevel::Denied,
    ];
}

/// The reporter's verb or phrase around a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Framing {
    /// Its colour.
    pub kind: FramingKind,
    /// The words.
    pub text: String,
}

/// The colour of a framing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FramingKind {
    /// "Said".
    Neutral,
    /// "Pointed out".
    Endorsing,
    /// "Claimed".
    Distancing,
    /// "Blasted".
    Charged,
}

impl FramingKind {
    /// All of them, in order.
    pub const ALL: [FramingKind; 4] =
        [FramingKind::Neutral, FramingKind::Endorsing, FramingKind::Distancing, FramingKind::Charged];
}

/// What a statement is said to rest on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// Of which sort it is.
    pub kind: BasisKind,
    /// The words that say so.
    pub text: String,
    /// Where they stand.
    pub span: Span<CodePoint>,
    /// Who rests on it.
    #[serde(default)]
    pub whose: BasisOwner,
}

/// Who rests a statement on its basis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisOwner {
    /// The speaker: "citing the audit".
    #[default]
    Speaker,
    /// The reporter: "told the Gazette on condition of anonymity".
    Reporter,
}

/// The sorts of basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisKind {
    /// A document that can be named.
    Document,
    /// Intelligence.
    Intelligence,
    /// Data.
    Data,
    /// Other media.
    Media,
    /// A person who is named.
    NamedSource,
    /// People who are not.
    UnnamedSource,
    /// The speaker's own eyes.
    Observation,
    /// The speaker's own reasoning.
    Inference,
    /// The text says that none was offered.
    NoneOffered,
}

impl BasisKind {
    /// All of them, in order.
    pub const ALL: [BasisKind; 9] = [
        BasisKind::Document,
        BasisKind::Intelligence,
        BasisKind::Data,
        BasisKind::Media,
        BasisKind::NamedSource,
        BasisKind::UnnamedSource,
        BasisKind::Observation,
        BasisKind::Inference,
        BasisKind::NoneOffered,
    ];
}
