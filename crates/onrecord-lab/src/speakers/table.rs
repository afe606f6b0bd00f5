//! The figures of speakers as Markdown tables.

use super::bundled::CaseSpeakers;
use super::gold::{AgentClass, Answer, SourceKind};
use super::judge::Verdict;
use super::score::{Group, SpeakerScores, Tally};
use crate::nesting::Half;
use std::fmt::Write;

/// One table of what is right, by half, kind, answer and class; one of what is wrong; one of all statements of the program.
pub fn speakers_markdown(heading: &str, scores: &SpeakerScores, case: &CaseSpeakers) -> String {
    let mut out = format!("{heading}\n\n");
    // Writing to a string cannot fail.
    let _ = tables(&mut out, scores, case);
    out
}

type Chosen = Box<dyn Fn(&Group) -> bool>;

fn rows() -> Vec<(String, Chosen)> {
    let has_source = |group: &Group| group.kind != SourceKind::Absent;
    let reports = |group: &Group| group.half == Half::Report;
    let mut rows: Vec<(String, Chosen)> = vec![
        ("pronoun or description".into(), Box::new(has_source)),
        ("the same, reporting half".into(), Box::new(move |group| has_source(group) && reports(group))),
        ("the same, choosing half".into(), Box::new(move |group| has_source(group) && !reports(group))),
    ];
    for kind in [SourceKind::Pronoun, SourceKind::Description] {
        let of = move |group: &Group| group.kind == kind;
        rows.push((kind.name().into(), Box::new(of)));
        let name = format!("{}, reporting half", kind.name());
        rows.push((name, Box::new(move |group| of(group) && reports(group))));
        for (answer, name) in [(Answer::Named, "the text has a name"), (Answer::Unnamed, "the text has none")]
        {
            let chosen = move |group: &Group| of(group) && group.answer == answer;
            rows.push((format!("{}, {name}", kind.name()), Box::new(chosen)));
        }
    }
    for class in AgentClass::ALL {
        let chosen = move |group: &Group| has_source(group) && group.class == class;
        rows.push((format!("the speaker is: {}", class.name()), Box::new(chosen)));
    }
    rows.push(("absent".into(), Box::new(|group| group.kind == SourceKind::Absent)));
    rows.push(("all, the absent too".into(), Box::new(|_| true)));
    rows.push(("the same, reporting half".into(), Box::new(reports)));
    rows
}

fn tables(out: &mut String, scores: &SpeakerScores, case: &CaseSpeakers) -> std::fmt::Result {
    let mut tallies: Vec<(String, Tally)> =
        rows().into_iter().map(|(name, chosen)| (name, scores.sum(chosen))).collect();
    let mut whole = Tally::default();
    case.tallies.values().for_each(|tally| whole.add(tally));
    tallies.push(("bundled case".into(), whole));
    for (kind, tally) in &case.tallies {
        tallies.push((format!("bundled case, {}", kind.name()), tally.clone()));
    }

    writeln!(
        out,
        "| sources | given, right % | right / settled | found | found, right % | right of all % |"
    )?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: |")?;
    for (name, tally) in &tallies {
        writeln!(
            out,
            "| {name} | {} | {} / {} | {} | {} | {} |",
            percent(tally.given_right, tally.all),
            tally.given_right,
            tally.all,
            tally.found,
            percent(tally.found_right, tally.found),
            percent(tally.found_right, tally.all)
        )?;
    }
    let unsettled: u64 = scores.unsettled.values().sum();
    writeln!(out, "\nLeft out as unsettled: {unsettled}. Given and wrong, in PolNeAR:\n")?;

    let columns = Verdict::WRONG.map(Verdict::name).join(" | ");
    writeln!(out, "| sources | {columns} |\n| --- | ---: | ---: | ---: | ---: | ---: |")?;
    for kind in SourceKind::ALL {
        let tally = scores.sum(|group| group.kind == kind);
        let counts =
            Verdict::WRONG.map(|verdict| tally.wrong.get(&verdict).copied().unwrap_or_default().to_string());
        writeln!(out, "| {} | {} |", kind.name(), counts.join(" | "))?;
    }

    let reach = &scores.reach;
    writeln!(out, "\n| all statements the program makes of the articles | % | statements |")?;
    writeln!(out, "| --- | ---: | ---: |")?;
    let lines = [
        ("all", reach.statements),
        ("a bare pronoun for a speaker", reach.pronoun),
        ("nobody for a speaker", reach.nobody),
        ("nobody, and there is no source", reach.nobody_sourceless),
        ("nobody, and the source is a pronoun", reach.nobody_pronoun),
        ("nobody, and the source is a pronoun of the first or second person", reach.nobody_first),
        ("nobody, and the source is a name", reach.nobody_name),
    ];
    for (name, count) in lines {
        writeln!(out, "| {name} | {} | {count} |", percent(count, reach.statements))?;
    }
    Ok(())
}

fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".into() } else { format!("{:.1}", 100.0 * part as f64 / whole as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_place() {
        let mut scores = SpeakerScores::default();
        let key = Group {
            half: Half::Report,
            kind: SourceKind::Pronoun,
            class: AgentClass::Person,
            answer: Answer::Named,
        };
        scores.tallies.entry(key).or_default().count(Verdict::Right, Some(Verdict::OtherName));
        scores.tallies.entry(key).or_default().count(Verdict::Nobody, None);
        scores.unsettled.insert(SourceKind::Absent, 3);
        scores.reach.statements = 8;
        scores.reach.nobody = 2;
        let mut case = CaseSpeakers::default();
        case.tallies.entry(SourceKind::Description).or_default().count(Verdict::Right, Some(Verdict::Right));
        let page = speakers_markdown("Heading", &scores, &case);
        for line in [
            "| all, the absent too | 50.0 | 1 / 2 | 1 | 0.0 | 0.0 |",
            "| the same, choosing half | – | 0 / 0 | 0 | – | – |",
            "| the speaker is: person | 50.0 | 1 / 2 | 1 | 0.0 | 0.0 |",
            "| bundled case, description | 100.0 | 1 / 1 | 1 | 100.0 | 100.0 |",
            "Left out as unsettled: 3.",
            "| pronoun | 1 | 0 | 0 | 0 | 0 |",
            "| nobody for a speaker | 25.0 | 2 |",
        ] {
            assert!(page.contains(line), "{line}\n{page}");
        }
    }
}
