//! What is wrong, in words, to choose by. Only for articles on which choices are made.

use super::count::{matched_silences, same_agent};
use super::gold::{MarkedArticle, MarkedStatement};
use super::label::Label;
use super::marks::{ArticleMarks, BasisMark, SilenceMark, StatementMarks, Words};
use super::table::Topic;
use onrecord_record::{CodePoint, Span, TextIndex};
use std::collections::BTreeSet;

/// How much of a role is shown, in characters.
const SHOWN: usize = 160;

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Of which figure.
    pub topic: Topic,
    /// The article, the number of the statement, what the gold has and what was given, and the words.
    pub line: String,
}

/// The mistakes of one article.
pub fn mistakes(
    text: &str,
    article: &MarkedArticle,
    gold: &ArticleMarks,
    given: &ArticleMarks,
) -> Vec<Mistake> {
    let shown = Shown { index: TextIndex::new(text) };
    let mut out = Vec::new();
    let pairs = gold.statements.iter().zip(&given.statements).zip(&article.statements);
    for (place, ((gold, given), statement)) in pairs.enumerate() {
        let (Some(gold), Some(given)) = (gold, given) else { continue };
        let roles = shown.roles(statement);
        let differing = shown.differing(gold, given).into_iter();
        out.extend(differing.map(|(topic, what, [gold, given])| Mistake {
            topic,
            line: format!(
                "{} {}: {what} ought to be {gold} and is {given} | {roles}",
                article.doc,
                place + 1
            ),
        }));
    }
    out.extend(shown.silences(article, gold, given));
    out
}

struct Shown<'t> {
    index: TextIndex<'t>,
}

impl Shown<'_> {
    fn piece(&self, spans: &[(u32, u32)]) -> String {
        let pieces = spans.iter().map(|&(start, end)| {
            let span = Span::new(CodePoint(start), CodePoint(end));
            self.index.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let whole = pieces.collect::<Vec<_>>().join(" … ");
        match whole.char_indices().nth(SHOWN) {
            Some((cut, _)) => format!("{}…", &whole[..cut]),
            None => whole,
        }
    }

    fn roles(&self, statement: &MarkedStatement) -> String {
        [&statement.source, &statement.cue, &statement.content].map(|spans| self.piece(spans)).join(" | ")
    }

    fn words(&self, words: Option<&Words>) -> String {
        words.map_or("nothing".into(), |words| format!("“{}”", self.piece(&words.spans)))
    }

    fn level(&self, marks: &StatementMarks) -> String {
        match marks.level {
            None => "none".into(),
            level => format!("{} {}", level.name(), self.words(Some(&marks.level_words))),
        }
    }

    fn basis(&self, list: &[BasisMark]) -> String {
        let each = list.iter().map(|it| format!("{} {}", it.kind.name(), self.words(Some(&it.words))));
        let each: Vec<String> = each.collect();
        if each.is_empty() { "nothing".into() } else { each.join(", ") }
    }

    /// What differs between two statements: the figure, the mark, and how it stands on both sides.
    fn differing(
        &self,
        gold: &StatementMarks,
        given: &StatementMarks,
    ) -> Vec<(Topic, &'static str, [String; 2])> {
        let mut out = Vec::new();
        let mut tell = |topic, what, same: bool, sides: [String; 2]| {
            if !same {
                out.push((topic, what, sides));
            }
        };
        let both = [gold, given];
        let name = |act: Option<_>| act.map_or("none", Label::name).to_owned();
        tell(Topic::Act, "act", gold.act == given.act, both.map(|it| name(it.act)));
        let same = gold.concession == given.concession;
        tell(Topic::Act, "concession", same, both.map(|it| it.concession.to_string()));
        let same = gold.retracts == given.retracts;
        tell(Topic::Act, "what it retracts", same, both.map(|it| places(&it.retracts)));
        let same =
            gold.level == given.level && (gold.level.is_none() || gold.level_words.agree(&given.level_words));
        tell(Topic::Certainty, "certainty", same, both.map(|it| self.level(it)));
        let framing =
            |it: &StatementMarks| it.framing.map_or("none".to_owned(), |kind| kind.name().to_owned());
        tell(Topic::Framing, "framing", gold.framing == given.framing, both.map(framing));
        let kinds = both.map(|it| it.basis.iter().map(|basis| basis.kind).collect::<BTreeSet<_>>());
        tell(Topic::Basis, "basis", kinds[0] == kinds[1], both.map(|it| self.basis(&it.basis)));
        for (what, gold, given) in [
            ("addressee", &gold.addressee, &given.addressee),
            ("venue", &gold.venue, &given.venue),
            ("said", &gold.said, &given.said),
        ] {
            let same = match (gold, given) {
                (None, None) => true,
                (Some(gold), Some(given)) => gold.agree(given),
                _ => false,
            };
            tell(Topic::Setting, what, same, [gold, given].map(|words| self.words(words.as_ref())));
        }
        let same = gold.answers == given.answers;
        tell(Topic::Responses, "what it answers", same, both.map(|it| places(&it.answers)));
        out
    }

    fn silences(&self, article: &MarkedArticle, gold: &ArticleMarks, given: &ArticleMarks) -> Vec<Mistake> {
        let mut lines = Vec::new();
        let matched = matched_silences(&gold.silences, &given.silences);
        for silence in &gold.silences {
            if !matched.iter().any(|(own, _)| std::ptr::eq(*own, silence)) {
                lines.push(format!("missed {}", self.words(Some(&silence.words))));
            }
        }
        for silence in &given.silences {
            if !matched.iter().any(|(_, own)| std::ptr::eq(*own, silence)) {
                lines.push(format!("no silence {}", self.words(Some(&silence.words))));
            }
        }
        for (gold, given) in matched {
            let who = |silence: &SilenceMark| self.words(silence.who.first());
            if !same_agent(&gold.who, &given.who) {
                lines.push(format!(
                    "{}: who ought to be {} and is {}",
                    self.words(Some(&gold.words)),
                    who(gold),
                    who(given)
                ));
            }
            if gold.about != given.about {
                lines.push(format!(
                    "{}: ought to be about {} and is about {}",
                    self.words(Some(&gold.words)),
                    places(&gold.about),
                    places(&given.about)
                ));
            }
        }
        let line = |line| Mistake { topic: Topic::Silence, line: format!("{}: {line}", article.doc) };
        lines.into_iter().map(line).collect()
    }
}

/// Statements by their numbers, counted from one.
fn places(list: &BTreeSet<usize>) -> String {
    let numbers: Vec<String> = list.iter().map(|place| (place + 1).to_string()).collect();
    if numbers.is_empty() { "nothing".into() } else { numbers.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution_score::ScoredText;
    use crate::statements::MarkedSilence;
    use onrecord_record::Act;

    const TEXT: &str = "Lee told the board that it may rain. Moss declined to comment.";

    #[test]
    fn each_mistake_names_both_sides_and_the_words() {
        let article: MarkedArticle = serde_json::from_str(
            r#"{"doc":"a","split":"dev","text_sha256":"","half":"choose","drawn":"plain","statements":[
                {"source":[[0,3]],"cue":[[4,8]],"content":[[19,35]],"act":"asserts","concession":false,"retracts":[],
                 "certainty":{"level":"possible","spans":[[27,30]]},"framing":"neutral","basis":[],
                 "addressee":[9,18],"venue":null,"said":null,"responds_to":[]}],
                "silences":[{"span":[42,61],"who":[37,41],"about":[0]}]}"#,
        )
        .unwrap();
        let text = ScoredText::new(TEXT);
        let gold = ArticleMarks::of_people(&text, &article).unwrap();
        assert_eq!(mistakes(TEXT, &article, &gold, &gold), []);
        let mut other = article.clone();
        other.statements[0].act = Act::Denies;
        other.statements[0].addressee = None;
        other.silences = vec![
            MarkedSilence { who: None, about: BTreeSet::new(), ..article.silences[0].clone() },
            MarkedSilence { span: (0, 8), who: None, about: BTreeSet::new() },
        ];
        let given = ArticleMarks::of_people(&text, &other).unwrap();
        let told: Vec<String> =
            mistakes(TEXT, &article, &gold, &given).into_iter().map(|mistake| mistake.line).collect();
        assert_eq!(
            told,
            [
                "a 1: act ought to be asserts and is denies | Lee | told | that it may rain",
                "a 1: addressee ought to be “the board” and is nothing | Lee | told | that it may rain",
                "a: no silence “Lee told”",
                "a: “declined to comment”: who ought to be “Moss” and is nothing",
                "a: “declined to comment”: ought to be about 1 and is about nothing",
            ]
        );
    }
}
