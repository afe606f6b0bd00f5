//! What ties statements to each other and to what was not said: answers, what is taken back, silences.

use crate::view::{Seen, View};
use onrecord_record::{AgentId, Silence, StatementId};
use std::collections::HashMap;

/// The most ties of one kind shown at one statement or silence; of more, the first ones count.
pub(crate) const MOST_TIES: usize = 6;

/// The ties of every statement of a view, both ways. Statements and silences are told by their places in the view.
#[derive(Default)]
pub(crate) struct Ties {
    statements: Vec<Tied>,
}

/// The ties of one statement.
#[derive(Clone, Default)]
pub(crate) struct Tied {
    pub(crate) answers: Places,
    pub(crate) answered_by: Places,
    pub(crate) takes_back: Places,
    pub(crate) taken_back_by: Places,
    pub(crate) silences: Places,
}

/// The first few places, and how many there are beyond.
#[derive(Clone, Default)]
pub(crate) struct Places {
    pub(crate) first: Vec<usize>,
    pub(crate) more: usize,
}

impl Places {
    fn push(&mut self, place: usize) {
        if self.first.contains(&place) {
        } else if self.first.len() < MOST_TIES {
            self.first.push(place);
        } else {
            self.more += 1;
        }
    }

    /// The places of those statements that the view has.
    pub(crate) fn of(view: &View<'_>, ids: &[StatementId]) -> Places {
        ids.iter().filter_map(|id| view.number(id)).collect()
    }
}

impl FromIterator<usize> for Places {
    fn from_iter<I: IntoIterator<Item = usize>>(all: I) -> Places {
        let mut places = Places::default();
        all.into_iter().for_each(|place| places.push(place));
        places
    }
}

impl Ties {
    pub(crate) fn new(
        statements: &[Seen<'_>],
        silences: &[&Silence],
        numbers: &HashMap<&StatementId, usize>,
    ) -> Ties {
        let mut tied = vec![Tied::default(); statements.len()];
        let of =
            |ids: &[StatementId]| ids.iter().filter_map(|id| numbers.get(id).copied()).collect::<Places>();
        for (n, seen) in statements.iter().enumerate() {
            let (answers, takes_back) = (of(&seen.statement.responds_to), of(&seen.statement.retracts));
            for other in &answers.first {
                tied[*other].answered_by.push(n);
            }
            for other in &takes_back.first {
                tied[*other].taken_back_by.push(n);
            }
            (tied[n].answers, tied[n].takes_back) = (answers, takes_back);
        }
        for (n, silence) in silences.iter().enumerate() {
            for about in of(&silence.statements).first {
                tied[about].silences.push(n);
            }
        }
        Ties { statements: tied }
    }

    /// The ties of the statement at this place.
    pub(crate) fn of(&self, statement: usize) -> Option<&Tied> {
        self.statements.get(statement)
    }
}

impl Tied {
    /// What ties the statement to others, in words: "answers", and where those stand.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static str, &Places)> {
        let all = [
            ("answers", &self.answers),
            ("answered by", &self.answered_by),
            ("takes back", &self.takes_back),
            ("taken back by", &self.taken_back_by),
        ];
        all.into_iter().filter(|(_, places)| !places.first.is_empty())
    }

    /// The silences that concern the statement, without those that its basis tells of already.
    pub(crate) fn silences<'v, 'r>(
        &'v self,
        view: &'v View<'r>,
        seen: &'v Seen<'r>,
    ) -> impl Iterator<Item = (usize, &'r Silence)> + 'v {
        let shown = self.silences.first.iter().filter_map(|n| Some((*n, *view.silences.get(*n)?)));
        shown.filter(|(_, silence)| {
            let bases = seen.statement.basis.iter().take(MOST_TIES);
            !bases.into_iter().any(|basis| basis.span.overlaps(&silence.span))
        })
    }
}

impl<'r> View<'r> {
    /// Who kept silent, as the text names them.
    pub(crate) fn silent(&self, silence: &'r Silence) -> Option<&'r str> {
        let agent = silence.agent.as_ref().and_then(|agent| self.agent_name(agent));
        agent.or_else(|| silence.who.as_ref().map(|who| who.text.as_str()))
    }

    fn agent_name(&self, agent: &AgentId) -> Option<&'r str> {
        Some(self.cast.get(self.member(agent)?)?.agent.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn an_answer_is_known_from_both_ends() {
        let record = sample::rich::record();
        let view = View::new(&record);
        let at = |cue: &str| {
            let found = view.statements.iter().position(|it| it.statement.cue.text.as_deref() == Some(cue));
            found.unwrap()
        };
        assert_eq!(view.ties.of(at("countered")).unwrap().answers.first, [at("told")]);
        assert_eq!(view.ties.of(at("told")).unwrap().answered_by.first, [at("countered")]);
        assert_eq!(view.ties.of(at("claimed")).unwrap().taken_back_by.first, [at("withdrew")]);
        let told = view.ties.of(at("told")).unwrap();
        assert_eq!(told.silences.first, [0]);
        let seen = &view.statements[at("told")];
        assert_eq!(told.silences(&view, seen).count(), 0, "its basis says so already");
        let might = at("said");
        let seen = &view.statements[might];
        let silent: Vec<&str> =
            view.ties.of(might).unwrap().silences(&view, seen).map(|(_, it)| it.text.as_str()).collect();
        assert_eq!(silent, ["declined to comment on the audit"]);
    }

    #[test]
    fn a_silent_one_who_is_no_agent_is_named_in_the_words_of_the_text() {
        let mut record = sample::rich::record();
        let text = "A spokesman for the mayor".to_owned();
        let span = record.reading.silences[0].span;
        record.reading.silences[0].agent = None;
        record.reading.silences[1].agent = None;
        record.reading.silences[1].who = Some(onrecord_record::Piece { text, span });
        let view = View::new(&record);
        let named: Vec<_> = view.silences.iter().map(|silence| view.silent(silence)).collect();
        assert_eq!(named, [None, Some("A spokesman for the mayor"), Some("The mayor")]);
    }

    #[test]
    fn of_a_thousand_answers_the_first_are_shown_and_the_rest_counted() {
        let mut record = sample::rich::record();
        let first = record.reading.statements[0].id.clone();
        let template = record.reading.statements[1].clone();
        let build = sample::Build {
            index: onrecord_record::TextIndex::new("“a” ".repeat(400).leak()),
            document: record.document.id.clone(),
        };
        for n in 0..300 {
            let mut another = template.clone();
            let span = onrecord_record::Span::new(
                onrecord_record::CodePoint(n * 4),
                onrecord_record::CodePoint(n * 4 + 3),
            );
            another.content = onrecord_record::RoleSpans::new(&build.index, vec![span]);
            another.id = StatementId::new(&build.document, &another.source, &another.cue, &another.content);
            another.responds_to = vec![first.clone(); 3];
            record.reading.statements.push(another);
        }
        let view = View::new(&record);
        let tied = view.ties.of(view.number(&first).unwrap()).unwrap();
        assert_eq!(tied.answered_by.first.len(), MOST_TIES);
        assert_eq!(tied.answered_by.more, 301 - MOST_TIES);
    }
}
