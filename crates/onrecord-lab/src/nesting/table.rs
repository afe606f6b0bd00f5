//! The figures of statements within statements as a Markdown table.

use super::gold::Half;
use super::score::{NestingScores, Row};
use crate::attribution_score::Kind;
use std::fmt::Write;

/// One row for each half and each kind of outer content, and one for the half as a whole.
pub fn nesting_markdown(heading: &str, scores: &NestingScores) -> String {
    let mut out = format!("{heading}\n\n");
    out.push_str(
        "| half, outer content | P % | R % | F1 % | right / predicted / gold | right within | left alone | outer found |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (half, name) in [(Half::Report, "reporting"), (Half::Choose, "choosing")] {
        let mut whole = Row::default();
        scores.iter().filter(|((of, _), _)| *of == half).for_each(|(_, row)| whole.add(row));
        line(&mut out, &format!("{name}, all"), &whole);
        for kind in Kind::ALL {
            if let Some(row) = scores.get(&(half, kind)) {
                line(&mut out, &format!("{name}, {}", kind.name()), row);
            }
        }
    }
    out
}

fn line(out: &mut String, name: &str, row: &Row) {
    let figures = row.figures();
    let [p, r, f1] =
        [figures.precision, figures.recall, figures.f1].map(|figure| format!("{:.1}", 100.0 * figure));
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "| {name} | {p} | {r} | {f1} | {} / {} / {} | {} / {} | {} / {} | {} / {} |",
        row.right,
        row.predicted,
        row.gold,
        row.within_right,
        row.right,
        row.left_alone,
        row.plain,
        row.outer_found,
        row.sentences
    );
}
