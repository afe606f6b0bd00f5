//! Names across scripts and spellings.

mod comparison;
mod index;

pub use comparison::{Band, Comparison, POSSIBLE, Reason, ReasonKind, SAME, Schema};
pub use index::{Match, NameIndex};

/// How alike two names are.
pub fn compare(left: &str, right: &str, _schema: Schema) -> Comparison {
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(left), words(right));
    let mut rest = b.clone();
    let mut reasons = Vec::new();
    for word in &a {
        if let Some(at) = rest.iter().position(|other| other == word) {
            rest.remove(at);
            reasons.push(Reason {
                for_it: true,
                kind: ReasonKind::Equal,
                left: word.clone(),
                right: word.clone(),
                text: format!("“{word}” in both"),
            });
        }
    }
    let all = a.len() + b.len();
    let score = if all == 0 { 0.0 } else { 2.0 * reasons.len() as f64 / all as f64 };
    Comparison { score, band: Band::of(score), reasons }
}
