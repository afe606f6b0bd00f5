//! The agent line: who can say things, as one document names them.

use crate::{AgentId, CodePoint, DocumentId, Span};
use serde::{Deserialize, Serialize};

/// A person, organisation, group, document or unnamed source of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// From the document and the first mention.
    pub id: AgentId,
    /// The document that mentions the agent.
    pub document: DocumentId,
    /// The fullest name the document gives, without titles; for an unnamed source its description.
    pub name: String,
    /// What the agent is, when it could be told.
    pub kind: Option<AgentKind>,
    /// Every different wording of a naming mention, in order of first appearance; pronouns are not names.
    pub names: Vec<String>,
    /// Offices and descriptions the document gives.
    pub roles: Vec<Role>,
    /// Every mention found, in order.
    pub mentions: Vec<Span<CodePoint>>,
    /// For each mention, in the same order, how sure it is that it means this agent, 0 to 1.
    #[serde(default)]
    pub mention_confidence: Vec<f32>,
    /// Other names the document says the agent goes by.
    pub also_known_as: Vec<Alias>,
}

/// What an agent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// A human being known by name.
    Person,
    /// A body that speaks as one: a government, a company, a newspaper.
    Organisation,
    /// Several people named only together ("some lawmakers").
    Group,
    /// A text or study that "says" or "finds" ("the report").
    Document,
    /// A person or people whose name is withheld or not given ("a senior official").
    Unnamed,
}

/// An office or description of an agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span<CodePoint>,
}

/// Another name the text itself states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// The other name.
    pub name: String,
    /// Where it stands.
    pub span: Span<CodePoint>,
}
