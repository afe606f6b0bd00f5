//! What the first lines of a plain text say of it: headline, byline, date.

use crate::credit::dateline;
use crate::date;
use crate::masthead;
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
    let all = head(text);
    let at = title_at(&all);
    let title = at.and_then(|at| tidy(all.get(at)?.text));
    let lines = all.get(at.unwrap_or_default()..).unwrap_or_default();
    // A byline stands above the text, or right below its headline.
    let below = lines.get(usize::from(title.is_some())..).unwrap_or_default();
    let written = below.iter().take(4).find_map(|line| byline_of(line.text));
    let alone = || person_above_date(below).filter(|_| title.is_some());
    let byline = written.or_else(alone).and_then(|names| without_by(without_date(names)));
    let (byline, paper) = match &byline {
        Some(byline) => {
            let (name, paper) = masthead::without_office(byline);
            (tidy(name), paper.and_then(tidy))
        }
        None => (None, None),
    };
    let issuer = at.filter(|at| *at > 0).and_then(|_| masthead::publisher(all.first()?.text)).and_then(tidy);
    let named = || publisher_below(below).filter(|_| title.is_some()).and_then(tidy);
    let publisher = issuer.or_else(named).or(paper);
    // The day of an update counts only where no other is printed.
    let is_update = |line: &&Line<'_>| line.text.to_lowercase().contains("updated");
    let day = |line: &Line<'_>| date_line(line.text).or_else(|| date::written(dateline(line.text)?.place));
    let first = all.iter().filter(|line| !is_update(line)).find_map(day);
    let date = first.or_else(|| all.iter().filter(is_update).find_map(day));
    Metadata {
        title,
        byline,
        publisher,
        credit: None,
        published: date.map(|day| (day, PublishedFrom::Dateline)),
    }
}

/// Which line is the headline: the first, or below the name and address of the body that issues the text.
fn title_at(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?;
    let capitals = !first.text.chars().any(char::is_lowercase);
    if capitals && masthead::publisher(first.text) == Some(first.text) {
        let end = lines.iter().take(3).position(|line| line.parted)?;
        let title = lines.get(end + 1).filter(|line| is_title(line, lines.get(end + 2)));
        if title.is_some_and(|line| masthead::publisher(line.text).is_none()) {
            return Some(end + 1);
        }
    }
    is_title(first, lines.get(1)).then_some(0)
}

/// The names of a line that says who wrote the text.
fn byline_of(line: &str) -> Option<&str> {
    let interview = line.strip_prefix("Interview ").filter(|rest| rest.starts_with("by ") && is_byline(rest));
    interview.or_else(|| is_byline(line).then_some(line))
}

/// A person's name on a line of its own between the headline and the day.
fn person_above_date<'t>(below: &[Line<'t>]) -> Option<&'t str> {
    let day = below.iter().take(5).position(|line| date_line(line.text).is_some())?;
    let above = below.get(..day)?.iter().rev().take(2);
    above.map(|line| line.text).find(|line| masthead::is_person(line))
}

/// The paper or body named on a line of its own beside byline and day; the one next to the day before others.
fn publisher_below<'t>(below: &[Line<'t>]) -> Option<&'t str> {
    let is_day = |line: &Line<'_>| date_line(line.text).is_some();
    let is_beside = |line: &Line<'_>| {
        is_day(line)
            || byline_of(line.text).is_some()
            || masthead::is_person(line.text)
            || masthead::publisher(line.text).is_some()
    };
    let mut found = None;
    for (at, line) in below.iter().take(6).enumerate() {
        let next = below.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| below.get(at));
        let Some(name) = masthead::publisher(line.text) else { continue };
        let dated = date::written(line.text).is_some() || next.is_some_and(is_day);
        if dated {
            return Some(name);
        }
        let beside = before.is_some_and(is_beside) || next.is_some_and(is_beside);
        let heads = before.is_none() && next.is_some_and(|next| next.text.chars().count() <= 60);
        if beside || heads {
            found = found.or(Some(name));
        }
    }
    found
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
    let apart = first.parted
        || next
            .is_some_and(|next| is_byline(next.text) || date_line(next.text).is_some() || is_subtitle(next));
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

/// Whether the line directly beneath a headline is one more line of it: short, no sentence, apart from what follows.
fn is_subtitle(line: &Line<'_>) -> bool {
    line.parted
        && line.followed
        && (2..=8).contains(&line.text.split_whitespace().count())
        && line.text.chars().next().is_some_and(char::is_uppercase)
        && line.text.ends_with(char::is_alphanumeric)
        && dateline(line.text).is_none()
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
        assert_eq!(found.byline.as_deref(), Some("Ada Quill and Bo Reed"));
        assert_eq!(found.publisher.as_deref(), Some("The Harbour Post"));
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

    #[test]
    fn a_masthead_names_the_publisher_and_a_body_stands_above_its_headline() {
        let found = metadata(
            "TOLVERN HARBOUR BOARD\nQuay Street, Tolvern\n\nNotice on the closing of the quay\n\nThe quay is shut.",
        );
        assert_eq!(found.title.as_deref(), Some("Notice on the closing of the quay"));
        assert_eq!(found.publisher.as_deref(), Some("TOLVERN HARBOUR BOARD"));
        let found = metadata(
            "Ferry to run again\n\nBy Ada Quill, Sea Editor\nThe Tolvern Echo, May 4, 2030\n\nThe ferry runs.",
        );
        assert_eq!(found.byline.as_deref(), Some("Ada Quill"));
        assert_eq!(found.publisher.as_deref(), Some("The Tolvern Echo"));
        assert_eq!(metadata("Ferry to run again\n\nThe Board Met Again.\n\nIt did.").publisher, None);
    }
}
