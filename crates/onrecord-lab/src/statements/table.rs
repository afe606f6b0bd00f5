//! The figures as Markdown tables.

use super::label::Label;
use super::score::{StatementScores, Way};
use super::tally::{Labels, Tally, WordsTally};
use crate::attribution_score::Count;
use crate::nesting::Half;
use onrecord_record::{Act, BasisKind};
use std::fmt::{self, Write};

/// Figures that are printed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Acts, concessions and retractions.
    Act,
    /// Degrees of belief.
    Certainty,
    /// How the reporter puts it.
    Framing,
    /// What statements rest on.
    Basis,
    /// To whom, where and when.
    Setting,
    /// Notes of silence.
    Silence,
    /// Which statement answers which.
    Responses,
}

impl Topic {
    /// The topics, in the order of the tables.
    pub const ALL: [Topic; 7] = [
        Topic::Act,
        Topic::Certainty,
        Topic::Framing,
        Topic::Basis,
        Topic::Setting,
        Topic::Silence,
        Topic::Responses,
    ];

    /// The name in the markers of pages.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Act => "act",
            Topic::Certainty => "certainty",
            Topic::Framing => "framing",
            Topic::Basis => "basis",
            Topic::Setting => "setting",
            Topic::Silence => "silence",
            Topic::Responses => "responses",
        }
    }
}

/// The columns of a count.
const COLUMNS: &str = "P % | R % | F1 % | right / predicted / gold |";
/// The halves and ways in the order of the tables, and what rows call them.
const ROWS: [(&str, Half, Way); 4] = [
    ("reporting, given", Half::Report, Way::Given),
    ("reporting, found", Half::Report, Way::Found),
    ("choosing, given", Half::Choose, Way::Given),
    ("choosing, found", Half::Choose, Way::Found),
];

/// The tables of one topic.
pub fn topic_markdown(topic: Topic, heading: &str, scores: &StatementScores) -> String {
    let rows = ROWS.map(|(name, half, way)| (name, scores.tally(half, way)));
    let mut out = format!("{heading}\n\n");
    let out_ref = &mut out;
    // Writing to a string cannot fail.
    let _ = match topic {
        Topic::Act => act(out_ref, &rows),
        Topic::Certainty => certainty(out_ref, &rows),
        Topic::Framing => labels(out_ref, "framing", &rows, |tally| &tally.framing),
        Topic::Basis => basis(out_ref, &rows),
        Topic::Setting => setting(out_ref, &rows),
        Topic::Silence => silence(out_ref, &rows),
        Topic::Responses => responses(out_ref, &rows),
    };
    out
}

type Rows<'r> = &'r [(&'static str, Tally)];

fn act(out: &mut String, rows: Rows<'_>) -> fmt::Result {
    labels(out, "act", rows, |tally| &tally.act)?;
    writeln!(out)?;
    count_header(out, "mark")?;
    for (name, tally) in rows {
        count_line(out, &format!("{name}: concession"), &tally.concession)?;
        count_line(out, &format!("{name}: retracts"), &tally.retracts)?;
    }
    let choose = rows.iter().find(|(name, _)| *name == ROWS[2].0);
    if let Some((name, tally)) = choose {
        writeln!(out, "\nWhich act of the gold (rows) was given which (columns), {name}:\n")?;
        confusion(out, &tally.act)?;
    }
    Ok(())
}

fn certainty(out: &mut String, rows: Rows<'_>) -> fmt::Result {
    labels(out, "level", rows, |tally| &tally.level)?;
    writeln!(out)?;
    count_header(out, "mark")?;
    for (name, tally) in rows {
        count_line(out, &format!("{name}: has a level"), &tally.has_level)?;
        count_line(out, &format!("{name}: the right level, by words that agree"), &tally.level_with_words)?;
    }
    Ok(())
}

/// A table of accuracies, and one of each label's share where the attributions are given.
fn labels<L: Label>(
    out: &mut String,
    label: &str,
    rows: Rows<'_>,
    of: impl Fn(&Tally) -> &Labels<L>,
) -> fmt::Result {
    let names: Vec<&str> = L::ALL.iter().map(|label| label.name()).collect();
    writeln!(out, "| statements | accuracy % | macro-F1 % | F1 %: {} | right / all |", names.join(" | "))?;
    writeln!(out, "| --- | ---: | ---: |{} ---: |", " ---: |".repeat(names.len()))?;
    for (name, tally) in rows {
        let labels = of(tally);
        let each: Vec<String> = L::ALL.iter().map(|label| f1(&labels.of(*label))).collect();
        writeln!(
            out,
            "| {name} | {} | {} | {} | {} / {} |",
            percent(labels.right(), labels.all()),
            hundred(labels.macro_f1()),
            each.join(" | "),
            labels.right(),
            labels.all()
        )?;
    }
    writeln!(out)?;
    count_header(out, label)?;
    for (name, tally) in rows.iter().filter(|(name, _)| name.ends_with("given")) {
        for label in L::ALL {
            count_line(out, &format!("{name}: {}", label.name()), &of(tally).of(*label))?;
        }
    }
    Ok(())
}

fn confusion(out: &mut String, labels: &Labels<Act>) -> fmt::Result {
    let names: Vec<&str> = Act::ALL.iter().map(|act| act.name()).collect();
    writeln!(out, "| act | {} | none |", names.join(" | "))?;
    writeln!(out, "| --- |{}", " ---: |".repeat(names.len() + 1))?;
    for gold in Act::ALL {
        let given = Act::ALL.iter().map(|act| Some(*act)).chain([None]);
        let counts: Vec<String> = given.map(|act| labels.times(gold, act).to_string()).collect();
        writeln!(out, "| {} | {} |", gold.name(), counts.join(" | "))?;
    }
    Ok(())
}

fn basis(out: &mut String, rows: Rows<'_>) -> fmt::Result {
    writeln!(out, "| statements | {COLUMNS} words agree % | whose % |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    for (name, tally) in rows {
        let all = tally.all_basis();
        writeln!(
            out,
            "| {name} | {} | {} | {} |",
            count_cells(&all),
            percent(tally.basis_words, all.right),
            percent(tally.basis_whose, all.right)
        )?;
    }
    writeln!(out)?;
    count_header(out, "kind")?;
    for (name, tally) in rows.iter().filter(|(name, _)| name.ends_with("given")) {
        for kind in BasisKind::ALL {
            let count = tally.basis.get(&kind).copied().unwrap_or_default();
            count_line(out, &format!("{name}: {}", kind.name()), &count)?;
        }
    }
    Ok(())
}

fn setting(out: &mut String, rows: Rows<'_>) -> fmt::Result {
    words_header(out)?;
    for (name, tally) in rows {
        let mut both = tally.addressee;
        both.merge(&tally.venue);
        words_line(out, &format!("{name}: addressee"), &tally.addressee)?;
        words_line(out, &format!("{name}: venue"), &tally.venue)?;
        words_line(out, &format!("{name}: addressee and venue"), &both)?;
        words_line(out, &format!("{name}: said"), &tally.said)?;
    }
    Ok(())
}

fn silence(out: &mut String, rows: Rows<'_>) -> fmt::Result {
    writeln!(out, "| notes of silence | {COLUMNS} exact F1 % | right agent % |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    for (name, tally) in rows {
        writeln!(
            out,
            "| {name} | {} | {} | {} |",
            count_cells(&tally.silence.agree),
            f1(&tally.silence.exact),
            percent(tally.silence_who, tally.silence.agree.right)
        )?;
    }
    writeln!(out)?;
    count_header(out, "pairs of a note and a statement it is about")?;
    for (name, tally) in rows {
        count_line(out, name, &tally.silence_about)?;
    }
    Ok(())
}

fn responses(out: &mut String, rows: Rows<'_>) -> fmt::Result {
    count_header(out, "responses")?;
    for (name, tally) in rows {
        count_line(out, &format!("{name}: a statement and one it answers"), &tally.answers)?;
        count_line(out, &format!("{name}: answers any"), &tally.is_answer)?;
    }
    Ok(())
}

fn count_header(out: &mut String, what: &str) -> fmt::Result {
    writeln!(out, "| {what} | {COLUMNS}\n| --- | ---: | ---: | ---: | ---: |")
}

fn count_line(out: &mut String, name: &str, count: &Count) -> fmt::Result {
    writeln!(out, "| {name} | {} |", count_cells(count))
}

fn words_header(out: &mut String) -> fmt::Result {
    writeln!(out, "| words | {COLUMNS} exact F1 % |\n| --- | ---: | ---: | ---: | ---: | ---: |")
}

fn words_line(out: &mut String, name: &str, tally: &WordsTally) -> fmt::Result {
    writeln!(out, "| {name} | {} | {} |", count_cells(&tally.agree), f1(&tally.exact))
}

fn count_cells(count: &Count) -> String {
    format!(
        "{} | {} | {} | {} / {} / {}",
        percent(count.right, count.predicted),
        percent(count.right, count.gold),
        f1(count),
        count.right,
        count.predicted,
        count.gold
    )
}

/// F1 in percent; a dash where neither side has any.
pub(super) fn f1(count: &Count) -> String {
    if count.gold + count.predicted == 0 { "–".into() } else { hundred(count.figures().f1) }
}

pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".into() } else { hundred(part as f64 / whole as f64) }
}

fn hundred(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::FramingKind;

    #[test]
    fn every_topic_has_its_figures() {
        let mut tally = Tally { statements: 4, found: 4, ..Tally::default() };
        tally.act.add(Act::Asserts, Some(Act::Asserts));
        tally.act.add(Act::Denies, Some(Act::Asserts));
        tally.act.add(Act::Denies, None);
        tally.framing.add(FramingKind::Charged, Some(FramingKind::Charged));
        tally.concession.add(1, 2, 1);
        tally.level.add(None, Some(None));
        tally.has_level.add(1, 1, 4);
        tally.basis.insert(BasisKind::Media, Count { right: 2, predicted: 2, gold: 4 });
        tally.basis_words = 1;
        tally.addressee.agree.add(1, 1, 2);
        tally.silence.agree.add(1, 1, 1);
        tally.silence_who = 1;
        tally.answers.add(1, 3, 2);
        let mut scores = StatementScores::default();
        scores.tallies.insert((Half::Choose, Way::Given), tally);
        for (topic, lines) in [
            (
                Topic::Act,
                &[
                    "| choosing, given | 33.3 | 33.3 | 66.7 | 0.0 | – | – | – | – | 1 / 3 |",
                    "| choosing, given: asserts | 50.0 | 100.0 | 66.7 | 1 / 2 / 1 |",
                    "| choosing, given: concession | 50.0 | 100.0 | 66.7 | 1 / 2 / 1 |",
                    "| denies | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
                ][..],
            ),
            (Topic::Certainty, &["| choosing, given: has a level | 100.0 | 25.0 | 40.0 | 1 / 1 / 4 |"]),
            (Topic::Framing, &["| choosing, given | 100.0 | 100.0 | – | – | – | 100.0 | 1 / 1 |"]),
            (Topic::Basis, &["| choosing, given | 100.0 | 50.0 | 66.7 | 2 / 2 / 4 | 50.0 | 0.0 |"]),
            (
                Topic::Setting,
                &["| choosing, given: addressee and venue | 100.0 | 50.0 | 66.7 | 1 / 1 / 2 | – |"],
            ),
            (Topic::Silence, &["| choosing, given | 100.0 | 100.0 | 100.0 | 1 / 1 / 1 | – | 100.0 |"]),
            (Topic::Responses, &["| choosing, given: answers any | – | – | – | 0 / 0 / 0 |"]),
        ] {
            let page = topic_markdown(topic, "Heading", &scores);
            for line in lines {
                assert!(page.contains(line), "{line}\n{page}");
            }
        }
    }
}
