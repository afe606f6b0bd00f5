//! Claims as people have them.

use super::By;
use onrecord_ledger::log::{NamedClaim, TiedStatement};
use onrecord_record::Sha256;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A claim that a person confirmed. Its id and its wording stay, whatever comes into the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfirmedClaim {
    /// Its id.
    pub id: String,
    /// Its wording; none where what gave it one was erased.
    pub wording: Option<String>,
    /// The statements that people say make it, in the order in which they said so.
    pub statements: Vec<String>,
    /// Who said so, entry by entry.
    pub by: Vec<By>,
}

/// What a person took out of a claim: none of the one is said to make the same claim as any of the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Split {
    pub(crate) out: BTreeSet<String>,
    pub(crate) kept: BTreeSet<String>,
}

/// All claims that people confirmed.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims {
    confirmed: Vec<ConfirmedClaim>,
    splits: Vec<Split>,
    /// Where the statements of a claim went that is one with another.
    went: BTreeMap<String, String>,
}

impl Claims {
    pub(super) fn confirmed(&self) -> &[ConfirmedClaim] {
        &self.confirmed
    }

    pub(super) fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// The claim that people say this statement makes.
    pub(super) fn holding(&self, statement: &str) -> Option<&ConfirmedClaim> {
        self.confirmed.iter().find(|claim| claim.statements.iter().any(|it| it == statement))
    }

    pub(super) fn claim(&mut self, id: &str, wording: Option<&str>, statements: &[TiedStatement], by: By) {
        let at = self.place(id);
        self.put(at, statements.iter().map(|tied| tied.statement.clone()).collect());
        if let Some(claim) = self.confirmed.get_mut(at) {
            if let Some(wording) = wording {
                claim.wording = Some(wording.to_owned());
            }
            claim.by.push(by);
        }
        self.drop_empty();
    }

    pub(super) fn merge(&mut self, claims: &[NamedClaim], by: By) {
        let Some((first, others)) = claims.split_first() else { return };
        let at = self.place(&first.claim);
        let id = self.confirmed.get(at).map(|claim| claim.id.clone()).unwrap_or_default();
        let mut statements: Vec<String> =
            claims.iter().flat_map(|claim| &claim.statements).map(|tied| tied.statement.clone()).collect();
        for other in others.iter().filter(|other| other.claim != id) {
            if let Some(known) = self.confirmed.iter().find(|claim| claim.id == other.claim) {
                statements.extend(known.statements.iter().cloned());
            }
            self.went.insert(other.claim.clone(), id.clone());
        }
        self.put(at, statements);
        if let Some(claim) = self.confirmed.get_mut(at) {
            claim.wording = Some(first.wording.clone());
            claim.by.push(by);
        }
        let merged: BTreeSet<&str> = others.iter().map(|other| other.claim.as_str()).collect();
        self.confirmed.retain(|claim| claim.id == id || !merged.contains(claim.id.as_str()));
        self.drop_empty();
    }

    pub(super) fn split(&mut self, id: &str, statements: &[TiedStatement], kept: &[String]) {
        let out: BTreeSet<String> = statements.iter().map(|tied| tied.statement.clone()).collect();
        let id = self.went.get(id).map_or(id, String::as_str).to_owned();
        if let Some(claim) = self.confirmed.iter_mut().find(|claim| claim.id == id) {
            claim.statements.retain(|statement| !out.contains(statement));
        }
        self.splits.push(Split { out, kept: kept.iter().cloned().collect() });
        self.drop_empty();
    }

    /// Where the claim with this id is, made if absent.
    fn place(&mut self, id: &str) -> usize {
        let id = self.went.get(id).map_or(id, String::as_str).to_owned();
        if let Some(at) = self.confirmed.iter().position(|claim| claim.id == id) {
            return at;
        }
        self.confirmed.push(ConfirmedClaim { id, wording: None, statements: Vec::new(), by: Vec::new() });
        self.confirmed.len() - 1
    }

    /// Puts statements into a claim, each out of whatever other it was in: the later word counts.
    fn put(&mut self, at: usize, statements: Vec<String>) {
        for (place, claim) in self.confirmed.iter_mut().enumerate() {
            if place != at {
                claim.statements.retain(|statement| !statements.contains(statement));
            }
        }
        if let Some(claim) = self.confirmed.get_mut(at) {
            for statement in statements {
                if !claim.statements.contains(&statement) {
                    claim.statements.push(statement);
                }
            }
        }
    }

    fn drop_empty(&mut self) {
        self.confirmed.retain(|claim| !claim.statements.is_empty());
    }
}

/// The id of the claim that a group proposes: from its first statement, so that it stays when others come; another where `taken`
/// says that a claim has it.
pub fn claim_id(first: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut number = 0_u32;
    loop {
        let hash = Sha256::of(format!("claim {number} {first}").as_bytes()).to_string();
        let id = format!("cl_{}", hash.get(..16).unwrap_or_default());
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_ledger::log::Anchor;
    use onrecord_record::{CodePoint, Span};

    fn by(entry: u64) -> By {
        By { entry, actor: "ann".into(), time: "2031-01-02T03:04:05Z".into(), reason: "seen".into() }
    }

    fn tied(ids: &[&str]) -> Vec<TiedStatement> {
        let anchor = || Anchor {
            document: serde_json::from_value("doc_1".into()).unwrap(),
            text_sha256: Sha256([0; 32]),
            span: Span::new(CodePoint(0), CodePoint(1)),
            quote: "a".into(),
            prefix: String::new(),
            suffix: String::new(),
        };
        ids.iter().map(|id| TiedStatement { statement: (*id).into(), anchor: anchor() }).collect()
    }

    fn statements<'c>(claims: &'c Claims, id: &str) -> Vec<&'c str> {
        let claim = claims.confirmed().iter().find(|claim| claim.id == id);
        claim.map(|claim| claim.statements.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    #[test]
    fn the_later_word_on_a_statement_counts_and_a_claim_keeps_its_name() {
        let mut claims = Claims::default();
        claims.claim("cl_1", Some("the mill closes"), &tied(&["a", "b", "c"]), by(1));
        claims.claim("cl_2", Some("the ferry is late"), &tied(&["d", "e"]), by(2));
        claims.split("cl_1", &tied(&["c"]), &["a".into(), "b".into()]);
        assert_eq!(statements(&claims, "cl_1"), ["a", "b"]);
        claims.claim("cl_2", None, &tied(&["b"]), by(4));
        assert_eq!(
            (statements(&claims, "cl_1"), statements(&claims, "cl_2")),
            (vec!["a"], vec!["d", "e", "b"])
        );
        let named = |id: &str, ids: &[&str]| NamedClaim {
            claim: id.into(),
            wording: format!("wording of {id}"),
            statements: tied(ids),
        };
        claims.merge(&[named("cl_2", &["d", "e", "b"]), named("cl_1", &["a"]), named("cl_9", &["x"])], by(5));
        assert_eq!(statements(&claims, "cl_2"), ["d", "e", "b", "a", "x"]);
        assert_eq!(claims.confirmed().len(), 1);
        // Who asks for a claim that went into another means that one.
        claims.claim("cl_1", None, &tied(&["y"]), by(6));
        assert_eq!(claims.holding("y").unwrap().id, "cl_2");
        assert_eq!(claims.splits().len(), 1);
    }

    #[test]
    fn an_id_stays_unless_a_claim_has_it() {
        let id = claim_id("st_1", |_| false);
        assert_eq!(id, claim_id("st_1", |_| false));
        let other = claim_id("st_1", |taken| taken == id);
        assert!(other != id && other.starts_with("cl_") && other.len() == 19);
    }
}
