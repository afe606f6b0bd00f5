//! Whether an agent of the program is the golden speaker.

use onrecord_record::{Agent, AgentKind};

/// Forms of address, which belong to no name.
const ADDRESSES: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "sister"];

/// Whether `agent` answers to the golden `name`. Case, punctuation and a leading article do not matter. It does when
///
/// * its name, or any name the document gives it, is the golden one;
/// * both are persons, share the last name, and one's other names are all among the other's ("Ms Moss", "Ada Moss");
/// * both are of the same other kind and one description begins with the whole of the other, of two words at least
///   ("a senior official", "A senior official who asked not to be named").
pub fn same_name(name: &str, kind: Option<AgentKind>, agent: &Agent) -> bool {
    let gold = words(name);
    let names = || std::iter::once(&agent.name).chain(&agent.names).map(|name| words(name));
    if gold.is_empty() || names().any(|found| found == gold) {
        return !gold.is_empty();
    }
    if kind.is_none() || kind != agent.kind {
        return false;
    }
    let found = words(&agent.name);
    if kind == Some(AgentKind::Person) {
        let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
        return found.last() == gold.last() && (within(&found, &gold) || within(&gold, &found));
    }
    let begins = |a: &[String], b: &[String]| a.len() >= 2 && b.starts_with(a);
    begins(&found, &gold) || begins(&gold, &found)
}

fn words(name: &str) -> Vec<String> {
    // An apostrophe inside a word does not part it, of whatever make it is.
    let kept: String = name.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let mut words: Vec<String> = kept
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !ADDRESSES.contains(word))
        .map(str::to_owned)
        .collect();
    if words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an") {
        words.remove(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::{AgentId, CodePoint, DocumentId, Sha256, Span};

    fn same(gold: &str, gold_kind: AgentKind, names: &[&str], kind: AgentKind) -> bool {
        let hash = Sha256::of(b"");
        let document = DocumentId::new(&hash, "", &hash);
        let agent = Agent {
            id: AgentId::new(&document, Span::new(CodePoint(0), CodePoint(1))),
            document,
            name: names[0].into(),
            kind: Some(kind),
            names: names[1..].iter().map(|name| (*name).to_owned()).collect(),
            roles: vec![],
            mentions: vec![],
            mention_confidence: vec![],
            also_known_as: vec![],
        };
        same_name(gold, Some(gold_kind), &agent)
    }

    #[test]
    fn names_that_agree() {
        use AgentKind::*;
        assert!(same("The Harbour Board", Organisation, &["harbour board"], Organisation));
        assert!(same("Ada Moss", Person, &["Moss", "ADA MOSS"], Unnamed));
        assert!(same("Ada Moss", Person, &["Ms. Moss"], Person));
        assert!(same("A senior clerk, who gave no name", Unnamed, &["a senior clerk"], Unnamed));
        assert!(same("Korr’s office", Organisation, &["Korr's office"], Person));
    }

    #[test]
    fn names_that_do_not() {
        use AgentKind::*;
        assert!(!same("Ada Moss", Person, &["Tom Moss"], Person));
        assert!(!same("Ada Moss", Person, &["Moss"], Organisation));
        assert!(!same("The clerk of the court", Unnamed, &["the clerk"], Unnamed));
        assert!(!same("Ada Moss", Person, &["Ada"], Person));
    }
}
