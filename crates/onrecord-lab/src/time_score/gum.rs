//! Dates against GUM's.

use super::figures::{TimeFigures, paired};
use crate::gum::Layout;
use crate::our_reader::times_of;
use onrecord_record::TimexKind;

/// Reads a document and counts. Types are not compared: GUM has none.
pub fn score_gum_dates(name: &str, layout: &Layout, created: Option<&str>) -> TimeFigures {
    let extent = |words: &std::ops::Range<usize>| match layout.spans(words) {
        [(start, end)] | [(start, _), .., (_, end)] => Some((*start, *end)),
        [] => None,
    };
    let (mut gold, mut beside) = (Vec::new(), Vec::new());
    for date in &layout.dates {
        let Some(span) = extent(&date.words) else { continue };
        match date.when.as_deref().filter(|when| is_plain(when)) {
            Some(when) => gold.push((span, when.to_owned())),
            None => beside.push(span),
        }
    }
    gold.sort();
    let mut found = Vec::new();
    for time in times_of(&layout.text, created) {
        let value =
            time.value.as_deref().and_then(|value| value.split('T').next()).filter(|value| is_plain(value));
        let meets = |span: &(u32, u32)| span.0 < time.span.1 && time.span.0 < span.1;
        let compared = gold.iter().any(|(span, _)| meets(span))
            || time.timex == TimexKind::Date && value.is_some() && !beside.iter().any(meets);
        let dates = matches!(time.timex, TimexKind::Date | TimexKind::Time);
        if dates && compared {
            found.push((time.span, value.unwrap_or("–").to_owned()));
        }
    }
    let spans = |times: &[((u32, u32), String)]| times.iter().map(|(span, _)| *span).collect::<Vec<_>>();
    let pairs = paired(&spans(&gold), &spans(&found));
    let mut figures =
        TimeFigures { documents: 1, gold: gold.len(), found: found.len(), ..TimeFigures::default() };
    let cut = |(start, end): (u32, u32)| -> String {
        layout.text.chars().skip(start as usize).take((end - start) as usize).collect()
    };
    for (g, f) in &pairs {
        let (strict, value) = (gold[*g].0 == found[*f].0, gold[*g].1 == found[*f].1);
        figures.overlap += 1;
        figures.strict += usize::from(strict);
        figures.values += usize::from(value);
        figures.strict_values += usize::from(strict && value);
        if !value {
            let (ours, theirs) = (&found[*f], &gold[*g]);
            figures.mistakes.push(format!(
                "value: {name} “{}” {} for “{}” {}",
                cut(ours.0),
                ours.1,
                cut(theirs.0),
                theirs.1
            ));
        }
    }
    for (_, (span, when)) in gold.iter().enumerate().filter(|(g, _)| pairs.iter().all(|(own, _)| own != g)) {
        figures.mistakes.push(format!("missed: {name} “{}” {when}", cut(*span)));
    }
    for (_, (span, value)) in found.iter().enumerate().filter(|(f, _)| pairs.iter().all(|(_, own)| own != f))
    {
        figures.mistakes.push(format!("too much: {name} “{}” {value}", cut(*span)));
    }
    figures
}

/// A year, month or day written in digits: "2015", "2015-03", "2015-03-04".
fn is_plain(when: &str) -> bool {
    matches!(when.len(), 4 | 7 | 10)
        && when
            .bytes()
            .enumerate()
            .all(|(i, byte)| if matches!(i, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_that_can_be_compared_count() {
        let xml = "<text id=\"GUM_news_quay\">\n<s>\nIn\tIN\n<date when=\"2015\">\n2015\tCD\n</date>\nand\tCC\n<date from=\"1990\" to=\"1999\">\n\
            the\tDT\n1990s\tCD\n</date>\nand\tCC\n1998\tCD\n</s>\n</text>\n";
        let words = "1\tIn\t_\t_\n2\t2015\t_\t_\n3\tand\t_\t_\n4\tthe\t_\t_\n5\t1990s\t_\t_\n6\tand\t_\t_\n7\t1998\t_\t_\n";
        let layout = Layout::new(xml, words, true).unwrap();
        let figures = score_gum_dates("quay", &layout, None);
        assert_eq!((figures.gold, figures.found, figures.values, figures.strict), (1, 2, 1, 1));
        assert_eq!(figures.mistakes, ["too much: quay “1998” 1998"]);
    }
}
