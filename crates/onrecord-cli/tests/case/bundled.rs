//! The bundled case, and what a question to it answers.

use super::{Ran, run};
use serde_json::Value;
use tempfile::TempDir;

const HARBOUR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/harbour/documents");

pub(super) const CLAIM: &str = "Korr shelters tankers of the grey fleet";

pub(super) fn harbour() -> TempDir {
    let place = TempDir::new().unwrap();
    let added = run(&place, &["add", HARBOUR, "--quiet"]);
    assert_eq!(added.code, 0, "{}", added.err);
    place
}

pub(super) fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}
