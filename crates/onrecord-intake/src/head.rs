//! What the first lines of a plain text say of it: headline, byline, date.

use crate::credit::dateline;
use crate::date;
use crate::metadata::{Metadata, tidy, without_by};
use onrecord_record::PublishedFrom;

/// How many lines with text count as the head, and how many characters at most.
const LINES: usize = 8;
const CHARACTERS: usize = 1_500;

/// One line of the head.
struct Line<'t> {
    text: &'t str,
    /// Whether a blank line follows.
    parted: bool,
    /// Whether text follows at all.
    followed: bool,
}

/// What the head of `text` tells.
pub(crate) fn metadata(text: &str) -> Metadata {
    let lines = head(text);
    let title = lines.first().filter(|first| is_title(first, lines.get(1))).and_then(|line| tidy(line.text));
    let from = usize::from(title.is_some());
    // A byline stands above the text, or right below its headline.
    let byline = lines.iter().skip(from.min(1)).take(4).find(|line| is_byline(line.text));
    // The day of an update counts only where no other is printed.
    let is_update = |line: &&Line<'_>| line.text.to_lowercase().contains("updated");
    let day = |line: &Line<'_>| date_line(line.text).or_else(|| date::written(dateline(line.text)?.place));
    let first = lines.iter().filter(|line| !is_update(line)).find_map(day);
    let date = first.or_else(|| lines.iter().filter(is_update).find_map(day));
    Metadata {
        title,
        byline: byline.and_then(|line| without_by(without_date(line.text))),
        publisher: None,
        credit: None,
        published: date.map(|day| (day, PublishedFrom::Dateline)),
    }
}

fn head(text: &str) -> Vec<Line<'_>> {
    let end = text.char_indices().nth(CHARACTERS).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or_default();
    let all: Vec<&str> = head.lines().map(|line| line.trim_matches(['\u{feff}', ' ', '\t', '\r'])).collect();
    let mut lines = Vec::new();
    for (at, line) in all.iter().enumerate().filter(|(_, line)| !line.is_empty()).take(LINES) {
        let parted = all.get(at + 1).is_some_and(|next| next.is_empty());
        let followed = all.iter().skip(at + 1).any(|next| !next.is_empty());
        lines.push(Line { text: line, parted, followed });
    }
    lines
}

/// Whether the first line is a headline: short, apart from the text below, and no sentence of that text.
fn is_title(first: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let text = first.text;
    let characters = text.chars().count();
    let words = text.split_whitespace().count();
    let apart =
        first.parted || next.is_some_and(|next| is_byline(next.text) || date_line(next.text).is_some());
    let fits = (2..=30).contains(&words) && characters <= 200 && first.followed && apart;
    if !fits || is_byline(text) || date_line(text).is_some() || dateline(text).is_some() {
        return false;
    }
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')']);
    if text.ends_with([':', ',', ';']) {
        return false;
    }
    !bare.ends_with('.') || is_title_case(bare) || next.is_some_and(|next| dateline(next.text).is_some())
}

/// Some archives end headlines with a full stop; capitals on most words then tell them from a first sentence.
fn is_title_case(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capitals =
        long.iter().filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase));
    long.len() >= 3 && capitals.count() * 10 >= long.len() * 8 && !text.trim_end_matches('.').contains(". ")
}

/// "By Jane Doe", "By JANE DOE and John Roe, The Harbour Post".
fn is_byline(line: &str) -> bool {
    let Some(names) = ["By ", "BY ", "by ", "By: "].iter().find_map(|by| line.strip_prefix(by)) else {
        return false;
    };
    let names = without_date(names);
    let small = |word: &str| {
        matches!(
            word,
            "and"
                | "of"
                | "for"
                | "the"
                | "in"
                | "with"
                | "de"
                | "la"
                | "van"
                | "von"
                | "der"
                | "den"
                | "&"
                | "|"
        ) || matches!(word, "bin" | "al" | "du" | "di" | "da" | "ter" | "–" | "—" | "-" | "/")
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let is_time = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        word.ends_with("day") || date::is_month(&word)
    };
    (1..=20).contains(&words.len())
        && line.chars().count() <= 160
        && words.first().is_some_and(is_name)
        && !words.first().is_some_and(is_time)
        && words.iter().all(|word| is_name(word) || small(word))
        && words.iter().any(|word| word.chars().count() > 2)
        && !names.ends_with(['?', '!', ':'])
}

/// A line that is a date, perhaps with "Published", "Updated", a weekday or an hour around it.
fn date_line(line: &str) -> Option<String> {
    if line.chars().count() > 90 {
        return None;
    }
    let lower = line.to_lowercase();
    let labelled = ["published", "updated", "posted", "date:", "first published", "last updated"];
    let labelled = labelled.iter().any(|label| lower.starts_with(label));
    // Beside the date itself: weekday, hour, zone.
    let letters = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 4);
    let others = letters.filter(|word| {
        let word = word.to_lowercase();
        !word.ends_with("day") && !date::is_month(&word)
    });
    if labelled || others.count() == 0 { date::written(line) } else { None }
}

/// A byline up to where a date or an hour begins.
pub(crate) fn without_date(line: &str) -> &str {
    let cut = [" | ", " — Published", " Published", " Updated"].iter().filter_map(|mark| line.find(mark));
    let cut = cut.chain(line.find(|c: char| c.is_ascii_digit())).min().unwrap_or(line.len());
    let kept = line.get(..cut).unwrap_or(line);
    // "By Jane Doe, January 12, 2021": the month goes with its day.
    let trimmed = kept.trim_end_matches([' ', ',', '|', '·', '—', '–', '-']);
    match trimmed.rsplit_once([' ', ',']) {
        Some((rest, last)) if cut < line.len() && date::is_month(&last.trim_matches('.').to_lowercase()) => {
            rest.trim_end_matches([' ', ',', '|', '·', '—', '–', '-'])
        }
        _ => trimmed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_byline_and_date_stand_in_the_head() {
        let found = metadata(
            "Harbour ferry to run again\nBy Ada Quill and Bo Reed, The Harbour Post\nPublished: January 12, 2021\n\n\
             The ferry will run again, the harbour master said on Tuesday.\n",
        );
        assert_eq!(found.title.as_deref(), Some("Harbour ferry to run again"));
        assert_eq!(found.byline.as_deref(), Some("Ada Quill and Bo Reed, The Harbour Post"));
        assert_eq!(found.published, Some(("2021-01-12".to_owned(), PublishedFrom::Dateline)));
    }

    #[test]
    fn a_first_sentence_is_no_headline_and_a_clause_no_byline() {
        for text in [
            "NORTHPORT – The harbour master said on Tuesday that the ferry would run.\n\nHe said so again.",
            "The ferry will run again, the harbour master said.\n\nHe said so again.",
            "A short line alone",
            "By Monday the ferry was late\n\nIt had been late before.",
            "Dear reader,\n\nthe ferry is late.",
        ] {
            let found = metadata(text);
            assert_eq!(found.byline, None, "{text}");
            let by = text.starts_with("By");
            assert_eq!(found.title.is_some(), by, "{text}");
        }
    }

    #[test]
    fn a_capitalised_headline_may_end_with_a_full_stop() {
        let found = metadata("Harbour Master Says Ferry Will Run Again.\n\nThe ferry will run again.");
        assert_eq!(found.title.as_deref(), Some("Harbour Master Says Ferry Will Run Again."));
    }

    #[test]
    fn the_day_of_an_update_gives_way_to_the_day_of_publication() {
        let text =
            "Ferry to run again\nUpdated: January 14, 2021\nPublished: January 12, 2021\n\nThe ferry runs.";
        assert_eq!(metadata(text).published.unwrap().0, "2021-01-12");
        assert_eq!(metadata(&text.replace("Published: ", "")).published.unwrap().0, "2021-01-12");
        let text = "Ferry to run again\nUpdated: January 14, 2021\n\nThe ferry runs.";
        assert_eq!(metadata(text).published.unwrap().0, "2021-01-14");
    }

    #[test]
    fn a_byline_ends_where_its_date_begins() {
        let found =
            metadata("Ferry to run again\n\nBy Ada Quill, Jan. 12, 2021\n\nThe ferry will run again.");
        assert_eq!(found.byline.as_deref(), Some("Ada Quill"));
        assert_eq!(
            metadata("NORTHPORT, Jan 12, 2021 (MP) - The ferry runs.").published.unwrap().0,
            "2021-01-12"
        );
        assert_eq!(metadata("The ferry sank on January 12, 2021, the harbour master said.").published, None);
    }
}
