//! How far the two annotators agree.

use super::count::count;
use super::gold::MarkedArticle;
use super::label::Label;
use super::marks::ArticleMarks;
use super::table::{f1, percent};
use super::tally::{Labels, Tally, WordsTally};
use crate::attribution_score::{Count, LabelCounts, ScoredText};
use anyhow::{Context, ensure};
use onrecord_record::BasisKind;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// What two annotators marked, counted with the first in the place of the gold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Articles that both marked.
    pub articles: u64,
    /// What was counted.
    pub tally: Tally,
}

impl Agreement {
    /// Counts articles, each of which two annotators marked.
    ///
    /// # Errors
    /// When an article is not there twice with the same statements, or a place is none.
    pub fn of(articles: &[(String, MarkedArticle)]) -> anyhow::Result<Self> {
        let mut by_doc: BTreeMap<&str, Vec<&(String, MarkedArticle)>> = BTreeMap::new();
        for article in articles {
            by_doc.entry(&article.1.doc).or_default().push(article);
        }
        let mut agreement = Agreement::default();
        for (doc, mut both) in by_doc {
            both.sort_by(|(_, a), (_, b)| a.annotator.cmp(&b.annotator));
            let [(text, first), (_, second)] = both[..] else {
                anyhow::bail!("{doc}: not two annotations");
            };
            let names = (&first.annotator, &second.annotator);
            ensure!(names.0.is_some() && names.0 != names.1, "{doc}: not two annotators");
            let text = ScoredText::new(text);
            let marks = |article| ArticleMarks::of_people(&text, article).context(doc.to_owned());
            let (first, second) = (marks(first)?, marks(second)?);
            ensure!(first.statements.len() == second.statements.len(), "{doc}: not the same statements");
            agreement.articles += 1;
            agreement.tally.merge(&count(&first, &second));
        }
        Ok(agreement)
    }

    /// Alpha of a mark that each statement has or has not.
    fn alpha(&self, count: &Count) -> f64 {
        let mut labels = LabelCounts::default();
        labels.add_many(true, true, count.right);
        labels.add_many(true, false, count.gold.saturating_sub(count.right));
        labels.add_many(false, true, count.predicted.saturating_sub(count.right));
        let marked = count.gold + count.predicted;
        labels.add_many(false, false, (self.tally.statements + count.right).saturating_sub(marked));
        labels.alpha()
    }

    fn kind(&self, kind: BasisKind) -> Count {
        self.tally.basis.get(&kind).copied().unwrap_or_default()
    }

    /// The mean alpha of the kinds of basis that occur.
    fn basis_alpha(&self) -> f64 {
        let occur = self.tally.basis.values().filter(|count| count.gold + count.predicted > 0);
        let each: Vec<f64> = occur.map(|count| self.alpha(count)).collect();
        if each.is_empty() { 1.0 } else { each.iter().sum::<f64>() / each.len() as f64 }
    }
}

/// A table of all marks.
pub fn agreement_markdown(heading: &str, agreement: &Agreement) -> String {
    let mut out = format!("{heading}\n\n");
    // Writing to a string cannot fail.
    let _ = table(&mut out, agreement);
    out
}

fn table(out: &mut String, agreement: &Agreement) -> fmt::Result {
    let tally = &agreement.tally;
    writeln!(out, "| mark | alpha | agreed % | F1 % | both / first / second |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: |")?;
    labels(out, "act", &tally.act)?;
    marked(out, "concession", agreement, &tally.concession)?;
    plain(out, "retracts, pairs", None, &tally.retracts)?;
    labels(out, "certainty, level", &tally.level)?;
    marked(out, "certainty, has a level", agreement, &tally.has_level)?;
    plain(out, "certainty, the same level by words that agree", None, &tally.level_with_words)?;
    labels(out, "framing", &tally.framing)?;
    let all = tally.all_basis();
    plain(out, "basis, statement and kind", Some(agreement.basis_alpha()), &all)?;
    for kind in BasisKind::ALL {
        marked(out, &format!("basis: {}", kind.name()), agreement, &agreement.kind(kind))?;
    }
    for (name, words) in [("addressee", &tally.addressee), ("venue", &tally.venue), ("said", &tally.said)] {
        plain(out, name, Some(agreement.alpha(&present(words))), &words.agree)?;
    }
    plain(out, "silence", Some(tally.silence_tokens.alpha()), &tally.silence.agree)?;
    plain(out, "silence, what it is about", None, &tally.silence_about)?;
    plain(out, "responses, pairs", None, &tally.answers)?;
    marked(out, "responses, answers any", agreement, &tally.is_answer)?;
    writeln!(
        out,
        "\nOf the pairs of statement and kind of basis that both have, the words agree in {} % and whose it is in {} %; \
         of the silences that both have, who is silent in {} %.",
        percent(tally.basis_words, all.right),
        percent(tally.basis_whose, all.right),
        percent(tally.silence_who, tally.silence.agree.right)
    )
}

/// Statements that both mark, whatever the words.
fn present(words: &WordsTally) -> Count {
    Count { right: words.both, ..words.agree }
}

fn labels<L: Label>(out: &mut String, name: &str, labels: &Labels<L>) -> fmt::Result {
    let agreed = percent(labels.right(), labels.all());
    writeln!(
        out,
        "| {name} | {:.3} | {agreed} | – | {} of {} |",
        labels.alpha(),
        labels.right(),
        labels.all()
    )
}

fn marked(out: &mut String, name: &str, agreement: &Agreement, count: &Count) -> fmt::Result {
    let occurs = count.gold + count.predicted > 0;
    plain(out, name, occurs.then(|| agreement.alpha(count)), count)
}

fn plain(out: &mut String, name: &str, alpha: Option<f64>, count: &Count) -> fmt::Result {
    let alpha = alpha.map_or("–".into(), |alpha| format!("{alpha:.3}"));
    writeln!(
        out,
        "| {name} | {alpha} | – | {} | {} / {} / {} |",
        f1(count),
        count.right,
        count.gold,
        count.predicted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Lee said it may rain. Moss denied it on Monday.";

    fn article(
        annotator: &str,
        act: &str,
        level: &str,
        answers: &str,
        said: &str,
    ) -> (String, MarkedArticle) {
        let line = format!(
            r#"{{"doc":"a","annotator":"{annotator}","split":"dev","text_sha256":"","half":"choose","drawn":"plain",
                "statements":[
                {{"source":[[0,3]],"cue":[[4,8]],"content":[[9,20]],"act":"asserts","concession":false,"retracts":[],
                  "certainty":{level},"framing":"neutral","basis":[],"addressee":null,
                  "venue":null,"said":null,"responds_to":[]}},
                {{"source":[[22,26]],"cue":[[27,33]],"content":[[34,36]],"act":"{act}","concession":false,
                  "retracts":[],"certainty":{{"level":null,"spans":[]}},"framing":"neutral",
                  "basis":[{{"kind":"data","span":[0,3],"whose":"reporter"}}],
                  "addressee":null,"venue":null,"said":{said},"responds_to":{answers}}}],
                "silences":[]}}"#
        );
        (TEXT.into(), serde_json::from_str(&line).unwrap())
    }

    #[test]
    fn alphas_of_a_case_worked_by_hand() {
        let possible = r#"{"level":"possible","spans":[[12,15]]}"#;
        let none = r#"{"level":null,"spans":[]}"#;
        let two = [
            article("b", "asserts", none, "[]", "[40,46]"),
            article("a", "denies", possible, "[0]", "[37,46]"),
        ];
        let agreement = Agreement::of(&two).unwrap();
        assert_eq!(agreement.articles, 1);
        // Acts: asserts–asserts, denies–asserts: values 3 and 1, observed 2, expected 2 · 3 · 1 = 6; 1 − 3 · 2 / 6 = 0.
        // Levels: none–none and possible–none, the same counts. Data and said: one of two statements, both agree.
        let page = agreement_markdown("Heading", &agreement);
        for line in [
            "| act | 0.000 | 50.0 | – | 1 of 2 |",
            "| certainty, has a level | 0.000 | – | 0.0 | 0 / 1 / 0 |",
            "| framing | 1.000 | 100.0 | – | 2 of 2 |",
            "| basis, statement and kind | 1.000 | – | 100.0 | 1 / 1 / 1 |",
            "| said | 1.000 | – | 100.0 | 1 / 1 / 1 |",
            "| basis: media | – | – | – | 0 / 0 / 0 |",
            "| responses, pairs | – | – | 0.0 | 0 / 1 / 0 |",
        ] {
            assert!(page.contains(line), "{line}\n{page}");
        }
        assert!(Agreement::of(&two[..1]).is_err());
        assert!(Agreement::of(&[two[0].clone(), two[0].clone()]).is_err());
    }
}
