//! An attribution as it stands in a file: the code-point spans of its three roles.

use serde::{Deserialize, Deserializer, Serialize};

/// A part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who says it.
    Source,
    /// The words that attribute.
    Cue,
    /// What is said.
    Content,
}

impl Role {
    /// The three roles, in the order in which they are written.
    pub const ALL: [Role; 3] = [Role::Source, Role::Cue, Role::Content];

    /// The role's name as files and tables write it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Source => "source",
            Role::Cue => "cue",
            Role::Content => "content",
        }
    }
}

/// One attribution of gold or predicted data. Spans count Unicode code points, half-open; a role may be absent (no
/// spans) or discontinuous (several).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionSpans {
    /// Who says it.
    #[serde(default, deserialize_with = "null_as_none")]
    pub source: Vec<(u32, u32)>,
    /// The words that attribute.
    #[serde(default, deserialize_with = "null_as_none")]
    pub cue: Vec<(u32, u32)>,
    /// What is said.
    #[serde(default, deserialize_with = "null_as_none")]
    pub content: Vec<(u32, u32)>,
}

impl AttributionSpans {
    /// The spans of one role.
    pub fn role(&self, role: Role) -> &[(u32, u32)] {
        match role {
            Role::Source => &self.source,
            Role::Cue => &self.cue,
            Role::Content => &self.content,
        }
    }
}

/// An absent role may be written as `null`.
fn null_as_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(u32, u32)>, D::Error> {
    Ok(Option::<Vec<(u32, u32)>>::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_roles_may_be_empty_null_or_missing() {
        let line = r#"{"source":null,"content":[[3,9],[12,14]],"note":"kept elsewhere"}"#;
        let read: AttributionSpans = serde_json::from_str(line).unwrap();
        assert_eq!(read.role(Role::Source), []);
        assert_eq!(read.role(Role::Cue), []);
        assert_eq!(read.role(Role::Content), [(3, 9), (12, 14)]);
    }
}
