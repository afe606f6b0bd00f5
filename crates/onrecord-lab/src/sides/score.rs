//! The sides that an answer shows, counted.

use super::{NewsCase, SideGold, SideMark};
use anyhow::Context;
use onrecord::question::{Answer, Asker, Said, Wanted};
use onrecord::record::{CodePoint, Span, Stance};
use serde_json::Value;
use std::collections::BTreeMap;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideFigures {
    /// Claims.
    pub claims: usize,
    /// Marked places, and those of them that the answer has.
    pub places: [usize; 2],
    /// Places by the side that is marked and then by the side that is shown, in the order of [`Stance::ALL`].
    pub counted: [[usize; 4]; 4],
}

impl SideFigures {
    /// Shown with this side, rightly so, and marked with it.
    pub fn of(&self, stance: usize) -> [usize; 3] {
        let shown = self.counted.iter().filter_map(|row| row.get(stance)).sum();
        let row = self.counted.get(stance).copied().unwrap_or_default();
        [shown, row.get(stance).copied().unwrap_or_default(), row.iter().sum()]
    }
}

/// Asks the case each claim and holds what is shown against the marks. A place that the answer does not have takes no side.
///
/// # Errors
/// When the case cannot be asked.
pub fn score(gold: &[SideGold], case: &NewsCase, asker: &Asker) -> anyhow::Result<SideFigures> {
    let mut figures = SideFigures { claims: gold.len(), ..SideFigures::default() };
    let ids: BTreeMap<&str, &str> =
        case.records.iter().map(|(id, record)| (record.document.id.as_str(), &**id)).collect();
    for claim in gold {
        let wanted = Wanted { limit: usize::MAX };
        let answer = asker
            .ask(&case.case, &claim.claim, wanted, |_| {})
            .with_context(|| format!("“{}” could not be asked", claim.claim))?;
        let shown = shown(&answer, &ids);
        for mark in &claim.marks {
            let found = shown.get(&*mark.doc).and_then(|shown| side_of(mark, shown));
            figures.places[0] += 1;
            figures.places[1] += usize::from(found.is_some());
            let at = |stance: Stance| Stance::ALL.iter().position(|it| *it == stance).unwrap_or_default();
            figures.counted[at(mark.side.stance())][at(found.unwrap_or(Stance::Mentions))] += 1;
        }
    }
    Ok(figures)
}

/// What an answer shows of one article: spans, whether it is in the publication's own voice, the side.
type Shown = Vec<(Vec<Span<CodePoint>>, bool, Stance)>;

fn shown<'i>(answer: &Answer, ids: &BTreeMap<&str, &'i str>) -> BTreeMap<&'i str, Shown> {
    let mut out: BTreeMap<&str, Shown> = BTreeMap::new();
    let lists = [&answer.supports, &answer.denies, &answer.doubts, &answer.mentions];
    let statements = lists.into_iter().flatten().map(|said| (said, &said.line["content"]["spans"], false));
    let own = answer.own_voice.iter().map(|said| (said, &said.line["span"], true));
    for (said, spans, own) in statements.chain(own) {
        let (Some(id), Some(stance)) = (article(said, ids), stance(&said.line)) else { continue };
        let spans = if own {
            serde_json::from_value(spans.clone()).map(|span| vec![span])
        } else {
            serde_json::from_value(spans.clone())
        };
        out.entry(id).or_default().push((spans.unwrap_or_default(), own, stance));
    }
    out
}

fn article<'i>(said: &Said, ids: &BTreeMap<&str, &'i str>) -> Option<&'i str> {
    ids.get(said.line["document"].as_str()?).copied()
}

fn stance(line: &Value) -> Option<Stance> {
    serde_json::from_value(line["stance"].clone()).ok()
}

fn side_of(mark: &SideMark, shown: &Shown) -> Option<Stance> {
    shown.iter().find(|(spans, own, _)| *own == mark.own && mark.is_at(spans)).map(|(.., stance)| *stance)
}

/// The table.
pub fn markdown(figures: &SideFigures) -> String {
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    let f1 = |[shown, right, marked]: [usize; 3]| percent(2 * right, shown + marked);
    let rows: String = ["say it", "deny it", "doubt it", "take no side"]
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let [shown, right, marked] = figures.of(at);
            format!(
                "| {name} | {marked} | {shown} | {right} | {:.1} | {:.1} | {:.1} |\n",
                percent(right, shown),
                percent(right, marked),
                f1([shown, right, marked])
            )
        })
        .collect();
    let turned = figures.counted[0][1] + figures.counted[1][0];
    let mean = (0..4).map(|at| f1(figures.of(at))).sum::<f64>() / 4.0;
    format!(
        "{} claims, {} marked places, of which an answer has {}. Macro-F1 {mean:.1}; shown on the contrary side: {turned}.\n\n\
         | side | marked | shown | right | precision % | recall % | F1 % |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n{rows}",
        figures.claims, figures.places[0], figures.places[1]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_counted_both_ways() {
        let figures = SideFigures {
            claims: 1,
            places: [10, 9],
            counted: [[3, 1, 0, 1], [1, 1, 0, 0], [0; 4], [1, 0, 0, 2]],
        };
        assert_eq!(figures.of(0), [5, 3, 5]);
        assert_eq!(figures.of(1), [2, 1, 2]);
        let table = markdown(&figures);
        assert!(table.contains("| say it | 5 | 5 | 3 | 60.0 | 60.0 | 60.0 |"), "{table}");
        assert!(table.contains("contrary side: 2"), "{table}");
    }

    #[test]
    fn a_place_is_found_again_where_half_is_the_same() {
        let span = |start, end| Span::new(CodePoint(start), CodePoint(end));
        let mark: SideMark =
            serde_json::from_str(r#"{"doc":"x","spans":[[10,30]],"side":"denies"}"#).unwrap();
        assert!(mark.is_at(&[span(12, 30)]) && mark.is_at(&[span(10, 18), span(20, 30)]));
        assert!(!mark.is_at(&[span(10, 19)]) && !mark.is_at(&[span(10, 60)]) && !mark.is_at(&[]));
        let shown =
            vec![(vec![span(10, 30)], true, Stance::Supports), (vec![span(11, 30)], false, Stance::Denies)];
        assert_eq!(side_of(&mark, &shown), Some(Stance::Denies));
    }
}
