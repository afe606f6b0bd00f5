//! The figures of names as Markdown tables.

use super::aliases::Hits;
use super::growth::Growth;
use super::pairs::{Label, PairScores, ScoredPair};
use onrecord_linking::names::Band;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Everything measured, as one page.
pub fn names_markdown(pairs: &[ScoredPair], hits: &[(String, Hits)], growth: &[Growth]) -> String {
    let mut out = String::new();
    pair_tables(&mut out, pairs);
    let _ = writeln!(out, "Aliases of individuals against the primary names of the whole list:\n");
    out.push_str("| who finds | aliases | first, no tie | among ten |\n| --- | ---: | ---: | ---: |\n");
    for (name, hits) in hits {
        let share = |part: usize| part as f64 / hits.asked.max(1) as f64;
        let (first, ten) = (share(hits.first), share(hits.among_ten));
        let _ = writeln!(out, "| {name} | {} | {first:.3} | {ten:.3} |", hits.asked);
    }
    out.push_str("\n| names in the list | made ready, ms | searches a second, one thread | µs a search |\n");
    out.push_str("| ---: | ---: | ---: | ---: |\n");
    for one in growth {
        let each = 1e6 / one.queries_a_second;
        let build = one.build * 1e3;
        let _ = writeln!(out, "| {} | {build:.0} | {:.0} | {each:.0} |", one.names, one.queries_a_second);
    }
    out
}

fn pair_tables(out: &mut String, pairs: &[ScoredPair]) {
    let _ = writeln!(
        out,
        "{} pairs; “the same” is a score of {} or more.\n",
        pairs.len(),
        onrecord_linking::names::SAME
    );
    out.push_str("| pairs, labels | counted | P | R | F1 |\n| --- | ---: | ---: | ---: | ---: |\n");
    let mut line = |name: &str, scores: PairScores| {
        let [p, r, f1] = scores.figures();
        let _ = writeln!(out, "| {name} | {} | {p:.3} | {r:.3} | {f1:.3} |", scores.pairs);
    };
    let groups: BTreeSet<&str> = pairs.iter().map(|pair| pair.group.as_str()).collect();
    line("all, the file's", PairScores::of(pairs.iter(), |pair| Some(pair.matches)));
    for group in &groups {
        let of_group = pairs.iter().filter(|pair| pair.group == *group);
        line(&format!("{group}, the file's"), PairScores::of(of_group, |pair| Some(pair.matches)));
    }
    let sure = |pair: &ScoredPair| match pair.label {
        Label::Same => Some(true),
        Label::Misspelling => None,
        Label::Different => Some(false),
    };
    line("all, ours, misspellings aside", PairScores::of(pairs.iter(), sure));
    for group in &groups {
        let of_group = pairs.iter().filter(|pair| pair.group == *group);
        line(&format!("{group}, ours, misspellings aside"), PairScores::of(of_group, sure));
    }
    let could_be = |pair: &ScoredPair| Some(pair.label != Label::Different);
    line("all, ours, misspellings as matches", PairScores::of(pairs.iter(), could_be));
    let strict = |pair: &ScoredPair| Some(pair.label == Label::Same);
    line("all, ours, misspellings as others", PairScores::of(pairs.iter(), strict));
    out.push_str(
        "\n| we hold them to be | same name | could be | another name |\n| --- | ---: | ---: | ---: |\n",
    );
    for (label, name) in [
        (Label::Same, "the same"),
        (Label::Misspelling, "perhaps misspelt or lacking a part"),
        (Label::Different, "different"),
    ] {
        let count = |band: Band| pairs.iter().filter(|pair| pair.label == label && pair.band == band).count();
        let [same, possible, other] = [Band::Same, Band::Possible, Band::Different].map(count);
        let _ = writeln!(out, "| {name} | {same} | {possible} | {other} |");
    }
    out.push('\n');
}
