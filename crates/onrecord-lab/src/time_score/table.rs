//! The figures as Markdown tables.

use super::figures::TimeFigures;
use std::fmt::Write;

/// What was found on MEANTIME, a row for each figure.
pub fn meantime_markdown(parts: &[(String, TimeFigures)]) -> String {
    let mut out = String::new();
    for (name, figures) in parts {
        let share =
            if figures.overlap == 0 { 0.0 } else { 100.0 * figures.types as f64 / figures.overlap as f64 };
        let rows = [
            ("value", figures.values),
            ("value, strict extent", figures.strict_values),
            ("extent, overlap", figures.overlap),
            ("extent, strict", figures.strict),
        ];
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "MEANTIME, {name}: {} articles. Type accuracy where extents meet: {share:.1} %.\n\n\
             | figure | P % | R % | F1 % | right / found / gold |\n| --- | ---: | ---: | ---: | ---: |",
            figures.documents
        );
        write_rows(&mut out, &rows, figures);
        out.push('\n');
    }
    out
}

/// What was found on GUM, a table of the values by genre.
pub fn gum_dates_markdown(genres: &[(String, TimeFigures)]) -> String {
    let mut all = TimeFigures::default();
    genres.iter().for_each(|(_, figures)| all.add(figures.clone()));
    let mut out = format!(
        "GUM train and dev: {} documents. Dates met: {:.1} % of the gold; values right where met: {:.1} %.\n\n\
         | values | P % | R % | F1 % | right / found / gold |\n| --- | ---: | ---: | ---: | ---: |\n",
        all.documents,
        all.shares(all.overlap)[1],
        if all.overlap == 0 { 0.0 } else { 100.0 * all.values as f64 / all.overlap as f64 },
    );
    for (genre, figures) in genres {
        write_rows(&mut out, &[(genre, figures.values)], figures);
    }
    write_rows(&mut out, &[("all", all.values)], &all);
    out
}

fn write_rows(out: &mut String, rows: &[(&str, usize)], figures: &TimeFigures) {
    for (name, right) in rows {
        let [precision, recall, f1] = figures.shares(*right);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {name} | {precision:.1} | {recall:.1} | {f1:.1} | {right} / {} / {} |",
            figures.found, figures.gold
        );
    }
}
