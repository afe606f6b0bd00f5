//! Expressions of time against MEANTIME's.

use super::figures::{TimeFigures, paired};
use crate::cross_document::meantime::MeantimeArticle;
use crate::our_reader::times_of;
use onrecord_record::TimexKind;

/// Reads an article and counts.
pub fn score_meantime(article: &MeantimeArticle) -> TimeFigures {
    let text = &article.article.text;
    let whole_day = |value: &&str| value.len() == 10;
    let first_told = || article.times.iter().map(|time| time.value.as_str()).find(whole_day);
    let published = article.created.as_deref().or_else(first_told);
    let found = times_of(text, published);
    let is_creation = |span: (u32, u32)| {
        article.times.iter().any(|time| time.creation && time.span.0 < span.1 && span.0 < time.span.1)
    };
    let found: Vec<_> = found
        .into_iter()
        .filter(|time| time.span.1 <= article.marked_to && !is_creation(time.span))
        .collect();
    let gold: Vec<_> = article.times.iter().filter(|time| !time.creation).collect();
    let spans = |spans: &mut dyn Iterator<Item = (u32, u32)>| spans.collect::<Vec<_>>();
    let (gold_spans, found_spans) =
        (spans(&mut gold.iter().map(|time| time.span)), spans(&mut found.iter().map(|time| time.span)));
    let mut figures =
        TimeFigures { documents: 1, gold: gold.len(), found: found.len(), ..TimeFigures::default() };
    let pairs = paired(&gold_spans, &found_spans);
    let cut = |(start, end): (u32, u32)| -> String {
        text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    for (g, f) in &pairs {
        let (gold, found) = (gold[*g], &found[*f]);
        let (strict, value) = (gold.span == found.span, found.value.as_deref() == Some(gold.value.as_str()));
        figures.overlap += 1;
        figures.strict += usize::from(strict);
        figures.types += usize::from(gold.of_type == type_name(found.timex));
        figures.values += usize::from(value);
        figures.strict_values += usize::from(strict && value);
        if !strict || !value {
            let ours = found.value.as_deref().unwrap_or("–");
            let what = if value { "extent" } else { "value" };
            figures.mistakes.push(format!(
                "{what}: {} “{}” {} for “{}” {}",
                article.article.id,
                cut(found.span),
                ours,
                cut(gold.span),
                gold.value
            ));
        }
    }
    for (_, gold) in gold.iter().enumerate().filter(|(g, _)| pairs.iter().all(|(own, _)| own != g)) {
        figures.mistakes.push(format!("missed: {} “{}” {}", article.article.id, cut(gold.span), gold.value));
    }
    for (_, found) in found.iter().enumerate().filter(|(f, _)| pairs.iter().all(|(_, own)| own != f)) {
        let value = found.value.as_deref().unwrap_or("–");
        figures.mistakes.push(format!("too much: {} “{}” {value}", article.article.id, cut(found.span)));
    }
    figures
}

/// The type as TIMEX3 writes it.
fn type_name(timex: TimexKind) -> &'static str {
    match timex {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}
