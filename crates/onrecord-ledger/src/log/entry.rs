//! One entry of the log: what happened to the case, when, and by whom.

use onrecord_record::{CodePoint, DocumentId, Sha256, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What an entry tells. Written as JSON with `"kind"` first; kinds and fields may be added, not renamed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// The case was made. Always the first entry.
    Created {
        /// A random number, so that no two cases have the same roots.
        case: String,
        /// The program's version.
        program: String,
    },
    /// An evidence file came in, for the first time or again.
    Arrival {
        /// Its hash, and its name in `evidence/`.
        evidence: Sha256,
        /// Where it came from, as the user named it.
        path: String,
        /// Its length.
        bytes: u64,
    },
    /// A document was read, or read again.
    Reading {
        /// Which.
        document: DocumentId,
        /// Of which evidence file.
        evidence: Sha256,
        /// Where in it; empty for the whole of it.
        place: String,
        /// The record's format.
        schema: u32,
        /// The program's version.
        program: String,
        /// The model, with the first digits of its weights' hash.
        model: String,
        /// The options that shaped the record.
        options: Map<String, Value>,
        /// The hash of the record's lines for this document, each with its line end.
        record: Sha256,
        /// Whether the record came in as such, with the id it had, and was not read here.
        #[serde(default, skip_serializing_if = "is_false")]
        imported: bool,
    },
    /// Something in an evidence file could not become a document.
    Refusal {
        /// Of which evidence file.
        evidence: Sha256,
        /// Where in it; empty for the whole of it.
        place: String,
        /// What is the matter.
        what: String,
        /// What the user can do.
        hint: Option<String>,
        /// The version of the program that refused.
        program: String,
    },
    /// All lines of an evidence file that holds many documents were gone through.
    TakenIn {
        /// Which file.
        evidence: Sha256,
        /// How many documents of it are in the case.
        documents: u64,
        /// How many places were refused.
        refusals: u64,
    },
    /// A list of names was taken into the case, for its agents to be held against.
    List {
        /// The list, as the user named it.
        name: String,
        /// Its files, in order.
        files: Vec<ListFile>,
        /// How many entries it has.
        entries: u64,
    },
    /// A person says what a statement should have been read as.
    Correction {
        /// Which statement.
        statement: String,
        /// What of it: `source`, `cue`, `content`, `speaker`, `said`, `act` or `basis`; or `stance`, which is to a claim.
        field: String,
        /// What the record says; null of a stance, which the record does not tell.
        was: Value,
        /// What it should say; of a stance `claim` and `stance`.
        now: Value,
        /// The name of the speaker that `now` gives the id of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The words it is tied to.
        anchor: Anchor,
        /// Why.
        reason: String,
    },
    /// A person says that agents of documents are one and the same.
    Merge {
        /// Which.
        agents: Vec<AgentName>,
        /// Why.
        reason: String,
    },
    /// A person says that agents of documents are not one and the same.
    Split {
        /// Which.
        agents: Vec<AgentName>,
        /// Why.
        reason: String,
    },
    /// An analyst's judgement of a statement.
    Judgement {
        /// Which statement.
        statement: String,
        /// How likely it is that what is stated is so, in the words of ICD 203.
        likelihood: Option<String>,
        /// How much the analyst trusts that judgement: `low`, `moderate` or `high`.
        confidence: Option<String>,
        /// The Admiralty grid's reliability of the source, A to F.
        reliability: Option<String>,
        /// The Admiralty grid's credibility of the content, 1 to 6.
        credibility: Option<String>,
        /// The words it is tied to.
        anchor: Anchor,
        /// Why.
        reason: String,
    },
    /// A person's note.
    Note {
        /// To a statement or a document.
        target: String,
        /// The note.
        text: String,
        /// The words it is tied to; none for a document as a whole.
        anchor: Option<Anchor>,
    },
    /// A person says that statements make one claim, or that more of them make it.
    Claim {
        /// The claim's id, which it keeps.
        claim: String,
        /// Its wording, which it keeps as well; none where the claim has one already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wording: Option<String>,
        /// Statements that make it.
        statements: Vec<TiedStatement>,
        /// Why.
        reason: String,
    },
    /// A person says that claims are one and the same.
    ClaimMerge {
        /// Which; the first keeps its id and its wording.
        claims: Vec<NamedClaim>,
        /// Why.
        reason: String,
    },
    /// A person says that statements do not make a claim that they were taken to make.
    ClaimSplit {
        /// The claim.
        claim: String,
        /// The statements that do not make it.
        statements: Vec<TiedStatement>,
        /// Those that were left in it.
        kept: Vec<String>,
        /// Why.
        reason: String,
    },
    /// A person says how the origins of documents relate, of each two of them.
    Origins {
        /// Which.
        documents: Vec<DocumentId>,
        /// `independent` or `same_origin`.
        relation: String,
        /// Why.
        reason: String,
    },
    /// A person takes back an entry of a person.
    Undo {
        /// Which.
        entry: u64,
        /// Why.
        reason: String,
    },
    /// Documents were erased, as the law may ask for.
    Redaction {
        /// Which.
        documents: Vec<DocumentId>,
        /// The evidence files that went with them.
        evidence: Vec<Sha256>,
        /// The entries whose content went with them.
        entries: Vec<u64>,
        /// Why.
        reason: String,
    },
    /// The record was written out.
    Export {
        /// How.
        format: String,
        /// How many documents.
        documents: u64,
    },
}

impl Content {
    /// The word for what it tells, the same as in its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Content::Created { .. } => "created",
            Content::Arrival { .. } => "arrival",
            Content::Reading { .. } => "reading",
            Content::Refusal { .. } => "refusal",
            Content::TakenIn { .. } => "taken_in",
            Content::List { .. } => "list",
            Content::Correction { .. } => "correction",
            Content::Merge { .. } => "merge",
            Content::Split { .. } => "split",
            Content::Judgement { .. } => "judgement",
            Content::Note { .. } => "note",
            Content::Claim { .. } => "claim",
            Content::ClaimMerge { .. } => "claim_merge",
            Content::ClaimSplit { .. } => "claim_split",
            Content::Origins { .. } => "origins",
            Content::Undo { .. } => "undo",
            Content::Redaction { .. } => "redaction",
            Content::Export { .. } => "export",
        }
    }
}

fn is_false(it: &bool) -> bool {
    !it
}

/// A file of a list of names; its bytes are evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFile {
    /// Its name.
    pub name: String,
    /// Its hash, and its name in `evidence/`.
    pub evidence: Sha256,
}

/// Words of a document that something is tied to: by place, by what they are and by what stands around them (a
/// TextPositionSelector and a TextQuoteSelector of W3C's Web Annotation), so that they are never silently taken for others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The document.
    pub document: DocumentId,
    /// The hash of its text.
    pub text_sha256: Sha256,
    /// From where to where, in code points.
    pub span: Span<CodePoint>,
    /// The words.
    pub quote: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands behind them.
    pub suffix: String,
}

/// An agent of a document with the name it had when an entry was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentName {
    /// Its id.
    pub agent: String,
    /// Its name.
    pub name: String,
}

/// A statement with the words it is tied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TiedStatement {
    /// Its id.
    pub statement: String,
    /// Its words.
    pub anchor: Anchor,
}

/// A claim as it was when an entry was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedClaim {
    /// Its id.
    pub claim: String,
    /// Its wording.
    pub wording: String,
    /// Its statements.
    pub statements: Vec<TiedStatement>,
}

/// The part of an entry that the tree holds: its content by a commitment only, so that the content can be erased where
/// the law asks for it and the tree still stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// The entry's number, from 1.
    pub entry: u64,
    /// When, in UTC.
    pub time: String,
    /// By whom.
    pub actor: String,
    /// What sort of entry.
    pub kind: String,
    /// SHA-256 of the salt and the content's bytes.
    pub commitment: Sha256,
}

impl Leaf {
    /// The leaf's data: this as JSON without white space, fields in this order.
    pub fn data(&self) -> Vec<u8> {
        // Strings and numbers always have a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The leaf's hash in the tree.
    pub fn hash(&self) -> Sha256 {
        super::merkle::leaf(&self.data())
    }
}

/// What an entry commits to: nobody can guess the content from it without the salt.
pub fn commitment(salt: &[u8; 32], content: &str) -> Sha256 {
    Sha256::of(&[&salt[..], content.as_bytes()].concat())
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What the tree holds.
    pub leaf: Leaf,
    /// The salt and the content's bytes; none where they were erased.
    pub opening: Option<([u8; 32], String)>,
}

impl Entry {
    /// The content, where it is there and understood.
    pub fn content(&self) -> Option<Content> {
        serde_json::from_str(&self.opening.as_ref()?.1).ok()
    }

    /// Whether the content is what the leaf commits to. True of an entry that was erased.
    pub fn opens(&self) -> bool {
        self.opening.as_ref().is_none_or(|(salt, content)| commitment(salt, content) == self.leaf.commitment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leaf_is_written_as_the_page_says() {
        let content = Content::Created { case: "00".into(), program: "0.1.0".into() };
        let json = serde_json::to_string(&content).unwrap();
        assert_eq!(json, r#"{"kind":"created","case":"00","program":"0.1.0"}"#);
        let leaf = Leaf {
            entry: 1,
            time: "2031-01-02T03:04:05Z".into(),
            actor: "ann".into(),
            kind: content.kind().into(),
            commitment: commitment(&[7; 32], &json),
        };
        let data = String::from_utf8(leaf.data()).unwrap();
        assert!(data.starts_with(
            r#"{"entry":1,"time":"2031-01-02T03:04:05Z","actor":"ann","kind":"created","commitment":""#
        ));
        let mut entry = Entry { leaf, opening: Some(([7; 32], json)) };
        assert!(entry.opens());
        assert_eq!(entry.content(), Some(content));
        entry.opening = Some(([8; 32], entry.opening.unwrap().1));
        assert!(!entry.opens());
    }
}
