//! All forms of an English verb, so that rules need to name it once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(serde::Deserialize)]
struct Irregular {
    forms: String,
}

static IRREGULAR: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let file = include_str!("../../../../rules/irregular-verbs.toml");
    let forms = toml::from_str::<Irregular>(file).map(|file| file.forms).unwrap_or_default();
    let row = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    forms.lines().map(row).filter_map(|row| Some((row.first()?.clone(), row))).collect()
});

/// The verb and its other forms. Where a last consonant may or may not be doubled, both are given: a form that nobody writes
/// is never met.
pub(super) fn forms(verb: &str) -> Vec<String> {
    if let Some(known) = IRREGULAR.get(verb) {
        return known.clone();
    }
    let mut forms = vec![verb.to_owned()];
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| verb.ends_with(end));
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut last = verb.chars().rev();
    let (end, before) = (last.next().unwrap_or_default(), last.next().unwrap_or_default());
    if let Some(stem) = verb.strip_suffix('y').filter(|_| !vowel(before)) {
        forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing")]);
        return forms;
    }
    forms.push(format!("{verb}{}", if hisses { "es" } else { "s" }));
    if let Some(stem) = verb.strip_suffix('e') {
        forms.extend([format!("{verb}d"), format!("{stem}ing")]);
        return forms;
    }
    forms.extend([format!("{verb}ed"), format!("{verb}ing")]);
    if vowel(before) && !vowel(end) && !matches!(end, 'w' | 'x' | 'y') {
        forms.extend([format!("{verb}{end}ed"), format!("{verb}{end}ing")]);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn verbs_have_their_forms() {
        assert_eq!(forms("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(forms("accuse"), ["accuse", "accuses", "accused", "accusing"]);
        assert_eq!(forms("tell"), ["tell", "tells", "told", "telling"]);
        assert_eq!(forms("attack"), ["attack", "attacks", "attacked", "attacking"]);
        assert!(forms("admit").contains(&"admitted".into()) && forms("echo").contains(&"echoing".into()));
        assert!(forms("blast").contains(&"blasts".into()) && forms("bash").contains(&"bashes".into()));
    }
}
