//! The list-match line: a proposal that an agent of a document stands on a list.
//!
//! A match says that two names are alike and what else is known on either side. It never says that two people are one:
//! that is for a person to decide, who finds here what speaks for it and what against.

use crate::{AgentId, DocumentId};
use serde::{Deserialize, Serialize};

/// An agent of a document held against a list, with the entry that its name is like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListMatch {
    /// The document.
    pub document: DocumentId,
    /// Whose name it is.
    pub agent: AgentId,
    /// What was found on the list.
    #[serde(flatten)]
    pub finding: ListFinding,
}

/// An entry of a list whose name is like the one looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListFinding {
    /// The list, as the user named it.
    pub list: String,
    /// The entry's id in the list; its place where the list gives none.
    pub id: String,
    /// Where the entry stands: "sdn.csv:17".
    pub place: String,
    /// The entry's first name, as printed in the list.
    pub name: String,
    /// The name looked for that is like the list's, of those that one bearer has.
    pub query: String,
    /// The name of the entry that was found alike.
    pub matched: String,
    /// What sort of name that is to the entry.
    pub matched_as: NameStanding,
    /// How alike the two names are, 0 to 1. It says nothing of the facts.
    pub score: f64,
    /// What to make of it, names and facts together.
    pub band: ListBand,
    /// The same in words, which say that it is proposed and not decided.
    pub proposal: String,
    /// What speaks for it.
    pub reasons: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
    /// What the list knows of the entry.
    pub facts: ListFacts,
}

/// How strongly a match is proposed; what falls below both is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListBand {
    /// The names are the same in all their parts, and no weighty fact speaks against it.
    Same,
    /// The names could be the same, or they are and something speaks against it.
    Possible,
}

impl ListBand {
    /// What a match in this band proposes.
    pub fn proposal(self) -> &'static str {
        match self {
            ListBand::Same => {
                "the same name as on the list; whether it is the same bearer is for a person to confirm"
            }
            ListBand::Possible => "could be the name on the list, or a namesake; for a person to look into",
        }
    }
}

impl NameStanding {
    /// The word for it in a report.
    pub fn words(self) -> &'static str {
        match self {
            NameStanding::Primary => "listed name",
            NameStanding::Alias => "other name",
            NameStanding::Former => "former name",
            NameStanding::Weak => "weak alias",
        }
    }
}

impl ListKind {
    /// The word for it in a report, with its article.
    pub fn words(self) -> &'static str {
        match self {
            ListKind::Person => "a person",
            ListKind::Organisation => "an organisation",
            ListKind::Vessel => "a ship",
            ListKind::Aircraft => "an aircraft",
        }
    }
}

/// What sort of name a name is to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameStanding {
    /// The name the entry is listed under.
    Primary,
    /// Another name.
    Alias,
    /// A name given up.
    Former,
    /// A name that the list itself calls too broad or too common to identify anybody.
    Weak,
}

/// What a list knows of an entry, in the list's own words. What it does not say is left out of the line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListFacts {
    /// What the entry is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ListKind>,
    /// Days, years or spans of years of birth.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub birth_dates: Vec<String>,
    /// Places of birth.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub birth_places: Vec<String>,
    /// Nationalities and citizenships.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nationalities: Vec<String>,
    /// Countries of addresses, of registration or of the flag.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Titles and positions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<String>,
    /// Programs and topics under which the entry is listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programs: Vec<String>,
    /// Numbers of passports, registers, ships.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<String>,
    /// What else the list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// What an entry of a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// A human being.
    Person,
    /// A company, government, party or armed group.
    Organisation,
    /// A ship.
    Vessel,
    /// An aeroplane.
    Aircraft,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CodePoint, Line, Sha256, Span};

    #[test]
    fn a_match_is_a_line_of_its_own_type_and_reads_back() {
        let document = DocumentId::new(&Sha256::of(b"a"), "", &Sha256::of(b"a"));
        let agent = AgentId::new(&document, Span::new(CodePoint(0), CodePoint(3)));
        let finding = ListFinding {
            list: "list.csv".into(),
            id: "7".into(),
            place: "list.csv:3".into(),
            name: "FENN, Tobias".into(),
            query: "Toby Fenn".into(),
            matched: "Toby Fenn".into(),
            matched_as: NameStanding::Weak,
            score: 0.875,
            band: ListBand::Possible,
            proposal: ListBand::Possible.proposal().into(),
            reasons: vec!["“Fenn” stands in both".into()],
            against: vec![],
            facts: ListFacts { kind: Some(ListKind::Person), ..ListFacts::default() },
        };
        let line = Line::ListMatch(ListMatch { document, agent, finding });
        let written = serde_json::to_string(&line).unwrap();
        assert!(written.starts_with(r#"{"type":"list_match","document":"doc_"#), "{written}");
        assert!(written.ends_with(r#""against":[],"facts":{"kind":"person"}}"#), "{written}");
        assert_eq!(serde_json::from_str::<Line>(&written).unwrap(), line);
    }
}
