//! What "who" and "which" take up.

use super::name::Name;
use super::phrase::{Article, kind_of};
use super::resolve::Stage;
use super::rules::Class;
use crate::token::Gap;
use onrecord_record::AgentKind;

impl Stage<'_, '_> {
    /// What "who" or "which" at `at` takes up.
    pub(super) fn relative(&mut self, at: usize) -> Option<usize> {
        let page = self.page;
        let mut end = at;
        while end > 0
            && at - end < 6
            && matches!(page.word(end - 1), "," | "of" | "most" | "many" | "some" | "all" | ")")
        {
            end -= 1;
        }
        let n = self.names.partition_point(|name| name.run.start < end).checked_sub(1);
        let who = matches!(page.word(at), "who" | "whom" | "whose");
        if who && let Some(person) = n.and_then(|n| self.person_behind(n, end, at)) {
            return Some(person);
        }
        let name = n.and_then(|n| self.names.get(n));
        if let (Some(n), Some(name)) = (n, name) {
            let near = end - name.run.end.min(end) <= 1
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
        // "critics in Congress who": the last noun for people that a preposition follows.
        let last = end.checked_sub(1)?;
        let noun = (end.saturating_sub(6)..end).rev().find(|&i| {
            page.is_word(i)
                && page.sentence(i) == page.sentence(at)
                && kind_of(page, i).is_some()
                && (i == last
                    || page.is(i, Class::GROUP)
                        && page.is(i + 1, Class::FUNCTION)
                        && page.word(i + 1) != "of")
        })?;
        let kind = kind_of(page, noun)?;
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
            return Some(of);
        }
        Some(self.describe(start..noun + 1, Some(kind), noun, article))
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
