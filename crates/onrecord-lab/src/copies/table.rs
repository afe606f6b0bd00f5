//! The figures of copies as Markdown tables.

use super::{Hits, OnCase, OnNews, Rewrites};
use std::fmt::Write;

/// Everything measured, as one page.
pub fn copies_markdown(news: &OnNews, rewrites: &[Rewrites; 2], case: &OnCase) -> String {
    let mut out = String::new();
    let OnNews { articles, words, brute, compared, .. } = *news;
    let _ = writeln!(
        out,
        "{articles} articles, {words} words; {brute} pairs are copies by brute force. Held against each other in full: \
         {compared} pairs of {}.\n",
        articles * articles.saturating_sub(1) / 2
    );
    out.push_str(
        "| copies against brute force | found | P | R | F1 |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    for (name, [found, right]) in
        [("pairs counted to share three tenths", news.contained), ("pairs called copies", news.copies)]
    {
        let [p, r] = [right as f64 / found.max(1) as f64, right as f64 / brute.max(1) as f64];
        let f1 = 2.0 * p * r / (p + r).max(f64::EPSILON);
        let _ = writeln!(out, "| {name} | {found} | {p:.3} | {r:.3} | {f1:.3} |");
    }
    let _ = writeln!(
        out,
        "\nOf the copies {} are of the same origin; what the others share their publisher prints again and again. {} pairs \
         are called rewritten copies, {} of them of two publishers, and {} pairs share a quotation.\n",
        news.same_origin, news.rewritten[0], news.rewritten[1], news.quoted
    );
    let _ = writeln!(
        out,
        "One thread, all channels: {:.2} billion words an hour; {:.2} on the first half of the articles.\n",
        news.words_an_hour / 1e9,
        news.words_an_hour_half / 1e9
    );
    for (half, figures) in ["choosing", "reporting"].iter().zip(rewrites) {
        let [p, r] = figures.goal();
        let _ = writeln!(out, "Half for {half}, without “beyond”: precision {p:.3}, recall {r:.3}.\n");
        let _ = writeln!(out, "| {half} | pairs | told, % | as rewritten, % | same origin, % |");
        out.push_str("| --- | ---: | ---: | ---: | ---: |\n");
        figures.rewritten.iter().for_each(|(name, hits)| row(&mut out, &format!("rewritten: {name}"), hits));
        figures.similar.iter().for_each(|(name, hits)| row(&mut out, &format!("similar: {name}"), hits));
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "Bundled case: {} of {} pairs on one reporting line are found; {} are wrong.",
        case.found,
        case.gold,
        case.wrong.len()
    );
    for (what, pairs) in [("missed", &case.missed), ("wrong", &case.wrong)] {
        for (one, other) in pairs {
            let _ = writeln!(out, "\n- {what}: `{one}` and `{other}`");
        }
    }
    out
}

fn row(out: &mut String, name: &str, hits: &Hits) {
    let share = |part: usize| part as f64 * 100.0 / hits.pairs.max(1) as f64;
    let [told, rewritten, same] = [hits.told, hits.rewritten, hits.same_origin].map(share);
    let _ = writeln!(out, "| {name} | {} | {told:.1} | {rewritten:.1} | {same:.1} |", hits.pairs);
}
