//! What "who" and "which" take up.

use super::name::Name;
use super::phrase::{Article, kind_of};
use super::resolve::Stage;
use super::rules::Class;
use crate::token::Gap;
use onrecord_record::AgentKind;

/// How long a clause may be before another that begins alike, in tokens.
const CLAUSE: usize = 40;

impl Stage<'_, '_> {
    /// What "who" or "which" at `at` takes up.
    pub(super) fn relative(&mut self, at: usize) -> Option<usize> {
        let first = self.relative_before(at).unwrap_or(at);
        self.antecedent(first)
    }

    /// The relative pronoun that the one at `at` repeats: "voters who were angry and who stayed away".
    fn relative_before(&self, at: usize) -> Option<usize> {
        let page = self.page;
        let link = at.checked_sub(1).filter(|&i| matches!(page.word(i), "and" | "but" | "or"))?;
        (link.saturating_sub(CLAUSE)..link).rev().take_while(|&i| page.sentence(i) == page.sentence(at)).find(
            |&i| {
                page.key(i) == page.key(at)
                    && !matches!(page.word(i - usize::from(i > 0)), "and" | "but" | "or")
            },
        )
    }

    /// What a relative pronoun at `at` takes up that begins its clause.
    fn antecedent(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        // "those who", "anyone who"
        if let Some(i) = at.checked_sub(1).filter(|&i| is_anybody(page.word(i))) {
            let kind = if page.word(i).ends_with("one") { AgentKind::Unnamed } else { AgentKind::Group };
            // Indefinite, since others are meant elsewhere in the same word.
            return Some(self.describe(i..at, Some(kind), i, Article::Indefinite));
        }
        let mut end = at;
        while end > 0
            && at - end < 6
            && matches!(
                page.word(end - 1),
                "," | "of"
                    | "most"
                    | "many"
                    | "some"
                    | "all"
                    | ")"
                    | "–"
                    | "—"
                    | "-"
                    | "--"
                    | "”"
                    | "\""
                    | "''"
            )
        {
            end -= 1;
        }
        let n = self.names.partition_point(|name| name.run.start < end).checked_sub(1);
        let who = matches!(page.word(at), "who" | "whom" | "whose");
        if who && let Some(person) = n.and_then(|n| self.person_behind(n, end, at)) {
            return Some(person);
        }
        let name = n.and_then(|n| self.names.get(n));
        // "a letter from the Quay Board that": a text tells, whoever it is from.
        if !who && let Some(noun) = self.text_before(end) {
            return Some(self.taken_up(noun, kind_of(page, noun), who));
        }
        if let (Some(n), Some(name)) = (n, name) {
            let behind = end - name.run.end.min(end);
            let near = behind == 0
                || behind == 1 && !page.is_word(name.run.end)
                || page.word(name.run.end) == "," && end - name.run.end.min(end) < 25
                || page.word(name.run.end) == "(" && end - name.run.end.min(end) < 6;
            let noun_between = || (name.run.end + 1..end).any(|i| page.is(i, Class::GROUP));
            if near
                && !noun_between()
                && page.sentence(name.run.start) == page.sentence(at)
                && let Some(of) = self.cast.of.get(n).copied().flatten()
                && (!who || self.can_be_who(of, name))
            {
                return Some(of);
            }
        }
        if page.gap(at) > Gap::Space {
            return None;
        }
        if let Some(person) = n.filter(|_| who).and_then(|n| self.person_nearby(n, end, at)) {
            return Some(person);
        }
        self.noun_before(end).map(|(noun, kind)| self.taken_up(noun, kind, who))
    }

    /// The noun that a relative pronoun behind `end` takes up, and what it describes.
    fn noun_before(&self, end: usize) -> Option<(usize, Option<AgentKind>)> {
        let page = self.page;
        let at = end;
        // "critics in Congress who": the last noun for people that a preposition follows.
        let last = end.checked_sub(1)?;
        let known = (end.saturating_sub(6)..end).rev().find(|&i| {
            page.is_word(i)
                && page.sentence(i) == page.sentence(at)
                && kind_of(page, i).is_some()
                && (i == last
                    || page.is(i, Class::GROUP)
                        && page.is(i + 1, Class::FUNCTION)
                        && page.word(i + 1) != "of")
        });
        if let Some(noun) = known {
            return Some((noun, kind_of(page, noun)));
        }
        let plain = page.is_lower(last) && !page.is(last, Class::FUNCTION) && page.word(last).len() > 3;
        let adverb =
            page.word(last).ends_with("ly") || page.word(last).ends_with("ing") || is_time(page, last);
        (plain && !adverb && page.sentence(last) == page.sentence(at)).then_some((last, None))
    }

    /// A noun for a text shortly before `end`, of which nothing but what follows it stands between.
    fn text_before(&self, end: usize) -> Option<usize> {
        let page = self.page;
        let sentence = page.sentence(end.checked_sub(1)?);
        (end.saturating_sub(9)..end)
            .rev()
            .take_while(|&i| {
                page.sentence(i) == sentence && !matches!(page.word(i), "that" | "which" | "who")
            })
            .find(|&i| {
                page.is_lower(i)
                    && kind_of(page, i) == Some(AgentKind::Document)
                    && (i + 1 == end
                        || matches!(
                            page.word(i + 1),
                            "from" | "by" | "on" | "about" | "this" | "last" | "of" | ","
                        ))
            })
    }

    /// The entity of the phrase whose noun a relative pronoun takes up.
    fn taken_up(&mut self, noun: usize, kind: Option<AgentKind>, who: bool) -> usize {
        let page = self.page;
        let mut start = noun;
        while start > 0 && noun - start < 5 && page.gap(start) == Gap::Space {
            let i = start - 1;
            let part = [Class::MODIFIER, Class::PEOPLE, Class::ROLE, Class::GROUP, Class::ORGANISATION]
                .iter()
                .any(|&class| page.is(i, class))
                || page.is_capitalised(i) && !page.is(i, Class::FUNCTION);
            if !part {
                break;
            }
            start = i;
        }
        // "a senior customs official who": the whole of it, if an article shows where it begins.
        let opens = |i: usize| {
            matches!(
                page.word(i),
                "a" | "an" | "the" | "one" | "another" | "A" | "An" | "The" | "One" | "Another"
            )
        };
        let whole = (noun.saturating_sub(5)..noun)
            .rev()
            .take_while(|&i| page.is_word(i) && page.gap(i + 1) == Gap::Space)
            .find(|&i| opens(i) || page.is(i, Class::FUNCTION))
            .filter(|&i| opens(i));
        let article = match whole.map(|i| page.word(i)) {
            None => Article::None,
            Some("the" | "The") => Article::Definite,
            Some(_) => Article::Indefinite,
        };
        let start = whole.unwrap_or(start);
        // What the source before has been read as stands for it.
        if let Some(of) = (noun + 1..noun + 24).find_map(|end| self.described.get(&(start, end)).copied()) {
            return of;
        }
        let person = || if page.word(noun).ends_with('s') { AgentKind::Group } else { AgentKind::Unnamed };
        let kind = kind.or_else(|| who.then(person));
        self.describe(start..noun + 1, kind, noun, article)
    }

    /// The last person named in the sentence before "who", over words that tell of no others: "Kell of Korr this year, who".
    fn person_nearby(&self, n: usize, end: usize, at: usize) -> Option<usize> {
        let page = self.page;
        (0..=n).rev().take(3).find_map(|n| {
            let name = self.names.get(n)?;
            let of = self.cast.of.get(n).copied().flatten()?;
            let same = page.sentence(name.run.start) == page.sentence(at) && end - name.run.end.min(end) < 12;
            let person = self.cast.entities.get(of)?.kind == Some(AgentKind::Person);
            // "of Korr", "this year", and nobody else.
            let others = || {
                (name.run.end.min(end)..end)
                    .any(|i| page.is_lower(i) && !page.is(i, Class::FUNCTION) && !is_time(page, i))
            };
            (same && person && page.possessive(name.run.end) == 0 && !others()).then_some(of)
        })
    }

    /// Whether "who" can go back to this name: not to a place or body, nor to "in Korr".
    fn can_be_who(&self, of: usize, name: &Name) -> bool {
        let before = name.run.start.checked_sub(1).map_or("", |i| self.page.word(i));
        match self.cast.entities.get(of).and_then(|entity| entity.kind) {
            None => !matches!(before, "in" | "at" | "from" | "on"),
            kind => kind != Some(AgentKind::Organisation),
        }
    }

    /// The person of the sentence whom a clause with "who" behind `end` describes: "Ana Brand, of Korr, who".
    fn person_behind(&self, n: usize, end: usize, at: usize) -> Option<usize> {
        let page = self.page;
        (0..=n).rev().take(4).find_map(|n| {
            let name = self.names.get(n)?;
            let of = self.cast.of.get(n).copied().flatten()?;
            let close = name.run.end >= end
                || page.word(name.run.end) == "," && end - name.run.end < 25 && page.word(end) == ",";
            let same = page.sentence(name.run.start) == page.sentence(at);
            let person = self.cast.entities.get(of)?.kind == Some(AgentKind::Person);
            let others = || (name.run.end.min(end)..end).any(|i| page.is(i, Class::GROUP));
            (same && close && person && !others()).then_some(of)
        })
    }
}

/// Words that stand for people and are told by the clause behind them.
fn is_anybody(word: &str) -> bool {
    matches!(word, "those" | "Those" | "many" | "Many" | "anyone" | "Anyone" | "someone" | "Someone")
}

/// Whether a word tells when, and nobody.
fn is_time(page: &super::page::Page<'_>, i: usize) -> bool {
    page.is(i, Class::CALENDAR)
        || matches!(
            page.word(i),
            "year"
                | "month"
                | "week"
                | "day"
                | "time"
                | "night"
                | "morning"
                | "today"
                | "yesterday"
                | "ago"
                | "last"
        )
}
