//! What was not met, in words.

use super::clusters::{Clusters, Mention};
use super::pronoun::pronoun_figures;
use crate::gum::CoreferenceDocument;

/// A line for each pronoun without its name, each mention that only one side has, and each pair of neighbours in a chain
/// of the program whose gold chains are different.
pub fn mistakes(document: &CoreferenceDocument, gold: &Clusters, system: &Clusters) -> Vec<String> {
    let words = |(start, end): Mention| document.layout.slice(&(start..end));
    let place = |mention: Mention| {
        let sentences = &document.layout.sentences;
        let sentence = sentences.iter().find(|sentence| sentence.contains(&mention.0));
        sentence.map_or(String::new(), |it| document.layout.slice(it))
    };
    let mut lines = Vec::new();
    pronoun_figures(document, gold, system, |pronoun, name| {
        let taken = system.chain_with(pronoun).map(|chain| match chain {
            [first, ..] => words(*first),
            [] => String::new(),
        });
        lines.push((
            pronoun,
            format!(
                "pronoun: [{}] is {}, {} in: {}",
                words(pronoun),
                words(name),
                taken.map_or("unknown".to_owned(), |taken| format!("not {taken}")),
                place(pronoun)
            ),
        ));
    });
    for mention in gold.mentions().filter(|mention| system.chain_of(*mention).is_none()) {
        lines.push((mention, format!("missed: [{}] in: {}", words(mention), place(mention))));
    }
    for mention in system.mentions().filter(|mention| gold.chain_of(*mention).is_none()) {
        lines.push((mention, format!("beside: [{}] in: {}", words(mention), place(mention))));
    }
    for chain in system.chains() {
        let known: Vec<(Mention, usize)> =
            chain.iter().filter_map(|mention| Some((*mention, gold.chain_of(*mention)?))).collect();
        for pair in known.windows(2) {
            if let [(before, one), (mention, other)] = pair
                && one != other
            {
                let line = format!(
                    "merged: [{}] with [{}] in: {}",
                    words(*mention),
                    words(*before),
                    place(*mention)
                );
                lines.push((*mention, line));
            }
        }
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| format!("{}: {line}", document.name)).collect()
}
