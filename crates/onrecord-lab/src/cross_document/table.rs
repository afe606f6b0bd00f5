//! The figures as Markdown tables.

use super::b_cubed::BCubed;
use super::pairs::{Half, PairCounts};
use std::collections::BTreeMap;
use std::fmt::Write;

/// B-cubed, a row for each choice of mentions.
pub fn meantime_markdown(heading: &str, rows: &[(String, BCubed)]) -> String {
    let mut out = format!(
        "{heading}\n\n| mentions | entities | mentions | matched | B³ precision % | B³ recall % | B³ F1 % |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    for (name, row) in rows {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {:.1} | {:.1} | {:.1} |",
            row.entities,
            row.mentions,
            row.matched,
            100.0 * row.precision,
            100.0 * row.recall,
            100.0 * row.f1(),
        );
    }
    out
}

/// Pairs, a row for each class of the half reported, and one for each half.
pub fn pairs_markdown(heading: &str, counts: &BTreeMap<(Half, String), PairCounts>) -> String {
    let mut out = format!(
        "{heading}\n\n| pairs | same | of these linked | different | of these linked | cannot be told | of these linked | precision % | recall % |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    let mut row = |name: &str, row: &PairCounts| {
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} | {} | {} | {} | {:.1} | {:.1} |",
            row.same,
            row.same_linked,
            row.different,
            row.different_linked,
            row.unknown,
            row.unknown_linked,
            100.0 * row.precision(),
            100.0 * row.recall(),
        );
    };
    for ((_, class), counts) in counts.iter().filter(|((half, _), _)| *half == Half::Report) {
        row(class, counts);
    }
    for (half, name) in
        [(Half::Report, "**all of the half reported**"), (Half::Choice, "all of the half chosen on")]
    {
        let mut sum = PairCounts::default();
        for (_, counts) in counts.iter().filter(|((of, _), _)| *of == half) {
            sum.same += counts.same;
            sum.same_linked += counts.same_linked;
            sum.different += counts.different;
            sum.different_linked += counts.different_linked;
            sum.unknown += counts.unknown;
            sum.unknown_linked += counts.unknown_linked;
        }
        row(name, &sum);
    }
    out
}
