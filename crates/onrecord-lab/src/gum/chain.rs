//! Chains of coreference as OntoGUM writes them (Zhu et al. 2021): a line a word, its brackets in the last column.
//!
//! OntoGUM is GUM's coreference by the guidelines of OntoNotes, which marks no singletons, joins appositions to one
//! mention and has no generic "you".

use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::ops::Range;

/// The chains of a file, by their first mentions, and how many words it has. The mentions of a chain stand in the order
/// of the text, the longer first; one of the same words stands once.
///
/// # Errors
/// When a bracket has no partner.
pub fn chains(conll: &str) -> anyhow::Result<(Vec<Vec<Range<usize>>>, usize)> {
    let mut words = 0;
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut found: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for (number, line) in conll.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let (_, brackets) =
            line.rsplit_once('\t').with_context(|| format!("chains, line {}: one column", number + 1))?;
        let mut rest = brackets.trim();
        while rest != "_" && !rest.is_empty() {
            let opens = rest.strip_prefix('(');
            let body = opens.unwrap_or(rest);
            let length = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
            let (id, behind) = body.split_at(length);
            let closes = behind.strip_prefix(')');
            rest = closes.unwrap_or(behind).trim_start_matches('|');
            if id.is_empty() || (opens.is_none() && closes.is_none()) {
                bail!("chains, line {}: no brackets are {brackets}", number + 1);
            }
            let open = open.entry(id).or_default();
            if opens.is_some() {
                open.push(words);
            }
            if closes.is_some() {
                let start = open
                    .pop()
                    .with_context(|| format!("chains, line {}: {id}) closes nothing", number + 1))?;
                found.entry(id).or_default().push(start..words + 1);
            }
        }
        words += 1;
    }
    if let Some(id) = open.iter().find_map(|(id, open)| (!open.is_empty()).then_some(id)) {
        bail!("chain {id} has a mention that is never closed");
    }
    let mut chains: Vec<Vec<Range<usize>>> = found.into_values().collect();
    for chain in &mut chains {
        chain.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
        chain.dedup();
    }
    chains.sort_by_key(|chain| chain.first().map(|first| (first.start, std::cmp::Reverse(first.end))));
    Ok((chains, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_nest_and_meet() {
        let file = "# begin document x\n0\tThe\t(1(2\n1\tmayor\t2)\n2\tspoke\t_\n\n3\t.\t1)\n4\tShe\t(2)(3\n5\tand\t_\n\
                    6\tIda\t(1)|3)\n7\tall\t(3)\n# end document\n";
        let (chains, words) = chains(file).unwrap();
        assert_eq!(words, 8);
        assert_eq!(chains, [vec![0..4, 6..7], vec![0..2, 4..5], vec![4..7, 7..8]]);
    }

    #[test]
    fn broken_brackets_are_refused() {
        for file in ["0\ta\t(1\n", "0\ta\t1)\n", "0\ta\t1\n", "0\ta\t(x)\n", "0\n", "0\ta\t((\n"] {
            assert!(chains(file).is_err(), "{file}");
        }
    }
}
