//! The figures of the bundled case as Markdown tables.

use super::case_score::{CaseScores, Share, form_name};
use crate::attribution_score::markdown;
use std::fmt::Write;

/// The figures as Markdown: the attribution table, then tables of the found by form, of speakers and of metadata.
pub fn case_markdown(heading: &str, scores: &CaseScores) -> String {
    let mut out = markdown(heading, &scores.attribution);
    // Writing to a string cannot fail.
    let _ = (|| {
        writeln!(out, "\n| statements | % | found / gold |\n| --- | ---: | ---: |")?;
        for (form, share) in &scores.found_by_form {
            row(&mut out, &format!("{}, found", form_name(*form)), *share)?;
        }
        row(&mut out, "nested, found", scores.nested)?;
        row(&mut out, "nested, golden of those given", scores.nested_given)?;
        writeln!(out, "\n| of the statements found | % | right / found |\n| --- | ---: | ---: |")?;
        row(&mut out, "form", scores.form)?;
        row(&mut out, "speaker, name", scores.speaker_name)?;
        row(&mut out, "speaker, kind", scores.speaker_kind)?;
        writeln!(out, "\n| metadata | in gold | right | wrong | missing | not in gold | made up |")?;
        writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
        for (name, field) in scores.metadata.fields() {
            let counts = [field.gold, field.right, field.wrong, field.missing, field.absent, field.made_up];
            writeln!(out, "| {name} | {} |", counts.map(|count| count.to_string()).join(" | "))?;
        }
        std::fmt::Result::Ok(())
    })();
    out
}

fn row(out: &mut String, name: &str, share: Share) -> std::fmt::Result {
    writeln!(out, "| {name} | {:.1} | {} / {} |", 100.0 * share.value(), share.right, share.all)
}
