//! Whom a definite description means that names nobody: "the senator", "the commission", "the pair".

use super::antecedent::Speech;
use super::cast::Entity;
use super::page::Page;
use super::phrase::Article;
use super::prominent::PARTIES;
use super::resolve::Stage;
use super::rules::{Class, RULES};
use onrecord_record::AgentKind;
use std::ops::Range;

impl Stage<'_, '_> {
    /// Somebody named or described before whom a definite description means.
    pub(super) fn known(
        &self,
        head: usize,
        range: &Range<usize>,
        kind: Option<AgentKind>,
        article: Article,
        speeches: &[Speech],
    ) -> Option<usize> {
        let page = self.page;
        if let Some(of) = self.in_headline(head, range, kind, article) {
            return Some(of);
        }
        if article != Article::Definite && !(article == Article::None && page.is_capitalised(head)) {
            return None;
        }
        let person = page.is(head, Class::TITLE) && !page.word(head).ends_with('s');
        if person && let Some(of) = self.bearer(head, range) {
            return Some(of);
        }
        if let Some(of) = self.restated_person(head, range, speeches) {
            return Some(of);
        }
        if matches!(kind, Some(AgentKind::Document | AgentKind::Unnamed | AgentKind::Organisation))
            && article == Article::Definite
        {
            let key = page.key(head);
            let near = |speech: &&Speech| {
                kind != Some(AgentKind::Organisation)
                    || page.paragraph(range.start).saturating_sub(page.paragraph(speech.at)) <= 6
            };
            let same = speeches.iter().rev().take(24).filter(near).find(|speech| {
                self.cast.entities.get(speech.entity).is_some_and(|entity| {
                    let has = |key: u64| entity.best.clone().any(|i| page.key(i) == key);
                    entity.kind == kind
                        && has(key)
                        && range
                            .clone()
                            .all(|i| !page.is_word(i) || page.is(i, Class::FUNCTION) || has(page.key(i)))
                })
            });
            if let Some(speech) = same {
                return Some(speech.entity);
            }
        }
        let body = kind == Some(AgentKind::Organisation) || page.is(head, Class::RESTATING_BODY);
        if body && article == Article::Definite && range.end == head + 1 {
            let at = self.names.partition_point(|name| name.run.start < range.start);
            let key = page.key(head);
            let named = (0..at).rev().take(60).filter(|_| range.len() <= 2).find_map(|n| {
                let name = self.names.get(n)?;
                (name.run.len() > 1 && name.last == key)
                    .then(|| self.cast.of.get(n).copied().flatten())
                    .flatten()
            });
            let restates = page.is(head, Class::RESTATING_BODY);
            return named.or_else(|| self.restated_body(head, range.start, speeches).filter(|_| restates));
        }
        None
    }

    /// The person whom a description behind a comma describes: "Kell, a docker,".
    pub(super) fn apposed(&self, range: &Range<usize>, article: Article) -> Option<usize> {
        // "Kell, the mayor said" is no apposition.
        if article != Article::Indefinite && self.page.word(range.end) != "," {
            return None;
        }
        let comma = range.start.checked_sub(1).filter(|&i| self.page.word(i) == ",")?;
        let n = self.names.partition_point(|name| name.run.end < comma);
        self.names.get(n).filter(|name| name.run.end == comma)?;
        let of = self.cast.of.get(n).copied().flatten()?;
        self.cast.entities.get(of).is_some_and(|entity| entity.kind == Some(AgentKind::Person)).then_some(of)
    }

    /// The body that "the agency", "the company" goes back to: whichever was last to speak, or is named most, among those of
    /// this paragraph and the two before.
    fn restated_body(&self, head: usize, start: usize, speeches: &[Speech]) -> Option<usize> {
        let page = self.page;
        // A body by its kind, or what is called with "the" and no person.
        let called = |entity: &Entity| {
            entity.kind.is_none()
                && entity.units > 1
                && entity.named.iter().take(4).any(|range| {
                    let before = range.start.checked_sub(1).map_or("", |i| page.word(i));
                    matches!(before, "the" | "The") || matches!(page.word(range.start), "the" | "The")
                })
        };
        let kin = |entity: &Entity| {
            let mut nouns = entity.best.clone().filter_map(|i| RULES.kin(page.key(i))).peekable();
            nouns.peek()?;
            Some(nouns.any(|nouns| nouns.contains(&page.key(head))))
        };
        let body = |of: usize| {
            self.cast.entities.get(of).filter(|entity| {
                let of_kin = kin(entity);
                let named_so = entity.kind.is_none() && entity.units > 1 && of_kin == Some(true);
                (entity.kind == Some(AgentKind::Organisation) || called(entity) || named_so)
                    && !entity.place
                    && of_kin != Some(false)
                    && !entity.best.clone().any(|i| page.key(i) == page.key(head) && i == entity.best.start)
            })
        };
        let near = |at: usize| page.paragraph(start).saturating_sub(page.paragraph(at)) <= 2;
        // The last to speak, or whose people were: "Officials at the Quay Board said".
        let last = speeches.iter().rev().take(4).find_map(|speech| {
            let own = Some(speech.entity).filter(|_| near(speech.at)).filter(|of| body(*of).is_some());
            own.or_else(|| self.named_within(speech.entity).filter(|of| body(*of).is_some()))
        });
        let before = self.names.partition_point(|name| name.run.end <= start);
        // How often each is named, four times more for the last to speak.
        let mut told: Vec<(usize, usize)> = Vec::new();
        for n in (0..before).rev().take(24) {
            let (Some(name), Some(of)) = (self.names.get(n), self.cast.of.get(n).copied().flatten()) else {
                continue;
            };
            if !near(name.run.start) {
                break;
            }
            if let Some(entity) = body(of).filter(|_| told.iter().all(|(known, _)| *known != of)) {
                let heard = usize::from(last == Some(of));
                told.push((of, entity.named.len().min(8) + 4 * heard));
            }
        }
        told.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        // Only one that stands out.
        match told.as_slice() {
            [] => last,
            [(of, _)] => Some(*of),
            [(of, most), (_, next), ..] => Some(*of).filter(|_| *most >= 2 * next),
        }
    }

    /// The last body named in the description of somebody.
    fn named_within(&self, of: usize) -> Option<usize> {
        let described = self.cast.entities.get(of).filter(|entity| entity.units == 0)?.best.clone();
        let n = self.names.partition_point(|name| name.run.start < described.end).checked_sub(1)?;
        self.names.get(n).filter(|name| name.run.start >= described.start)?;
        self.cast.of.get(n).copied().flatten()
    }

    /// The last named of those who bear the office of a description and are of its party, if it tells one.
    fn bearer(&self, head: usize, range: &Range<usize>) -> Option<usize> {
        let page = self.page;
        let key = |i: usize| RULES.office(page.key(i));
        let party = range.clone().find(|&i| page.is(i, Class::PEOPLE)).map(key);
        let mut bearers = self.offices.get(&key(head)).map_or(&[][..], Vec::as_slice);
        let holds = |of: &usize, office: u64| {
            self.cast.entities.get(*of).is_some_and(|entity| entity.offices.contains(&office))
        };
        let of_party = |of: &usize| party.is_none_or(|party| holds(of, party));
        let rival = |of: &usize| {
            party.is_some()
                && !of_party(of)
                && PARTIES.iter().any(|name| holds(of, RULES.office(super::rules::key(name))))
        };
        if let Some(party) = party
            && !bearers.iter().any(|of| !rival(of))
        {
            bearers = self.offices.get(&party).map_or(&[][..], Vec::as_slice);
        }
        let fits = |of: usize| {
            self.cast.entities.get(of).map_or(0, |entity| self.fitting(entity, range.start..head))
        };
        let recent = bearers
            .iter()
            .filter(|of| !rival(of))
            .filter_map(|&of| Some((of_party(&of), fits(of), self.last_named(of, range.start)?, of)));
        recent.max().map(|(_, _, _, of)| of)
    }

    /// Persons whom "the mayor", "the president" in the same paragraph before `at` mean.
    pub(super) fn bearers_before(&self, at: usize) -> Vec<Speech> {
        let page = self.page;
        let opens = |i: usize| matches!(page.word(i), "The" | "the") && !page.in_quotation(i);
        (at.saturating_sub(60)..at)
            .filter(|&i| opens(i) && page.paragraph(i) == page.paragraph(at))
            .filter_map(|i| {
                let head = i + 1;
                let person = page.is_lower(head)
                    && page.is(head, Class::TITLE)
                    && !page.word(head).ends_with('s')
                    && !page.is_capitalised(head + 1)
                    && !page.is(head + 1, Class::TITLE)
                    && !page.is(head + 1, Class::ORGANISATION)
                    && page.word(head + 1) != "of";
                let of = person.then(|| self.bearer(head, &(i..head + 1))).flatten()?;
                Some(Speech { at: i, entity: of })
            })
            .collect()
    }

    fn last_named(&self, of: usize, before: usize) -> Option<usize> {
        let named = &self.cast.entities.get(of)?.named;
        named
            .get(named.partition_point(|range| range.start < before).checked_sub(1)?)
            .map(|range| range.start)
    }

    /// "Harbour chief resigns" over "Harbour Secretary Ana Kell": the only person of the text whose office is of the same
    /// department.
    fn in_headline(
        &self,
        head: usize,
        range: &Range<usize>,
        kind: Option<AgentKind>,
        article: Article,
    ) -> Option<usize> {
        let page = self.page;
        let high = |i: usize| {
            matches!(
                page.word(i).to_ascii_lowercase().as_str(),
                "chief" | "boss" | "head" | "secretary" | "minister" | "commissioner" | "director"
            )
        };
        if page.paragraph(range.start) > 0
            || range.start > 60
            || article != Article::None
            || kind != Some(AgentKind::Unnamed)
            || !high(head)
        {
            return None;
        }
        let department =
            range.clone().rev().find(|&i| i < head && page.is_word(i) && !page.is(i, Class::PEOPLE))?;
        let key = page.key(department);
        let holds = |role: &Range<usize>| {
            role.clone().any(|i| page.key(i) == key)
                && role.clone().any(high)
                && !role
                    .clone()
                    .any(|i| matches!(page.word(i).to_ascii_lowercase().as_str(), "former" | "deputy"))
        };
        let mut fitting =
            self.cast.entities.iter().enumerate().filter(|(_, entity)| {
                entity.kind == Some(AgentKind::Person) && entity.roles.iter().any(holds)
            });
        let (of, _) = fitting.next()?;
        fitting.next().is_none().then_some(of)
    }

    /// "the pair", "both", "neither": the last group to speak nearby.
    pub(super) fn pair(&self, at: usize, speeches: &[Speech]) -> Option<usize> {
        let near =
            |speech: &&Speech| self.page.paragraph(at).saturating_sub(self.page.paragraph(speech.at)) <= 2;
        let many = |speech: &&Speech| {
            self.cast.entities.get(speech.entity).is_some_and(|entity| {
                entity.kind == Some(AgentKind::Group)
                    || entity.kind == Some(AgentKind::Unnamed) && is_plural(self.page, entity.best.clone())
            })
        };
        speeches.iter().rev().take(8).take_while(near).find(many).map(|speech| speech.entity)
    }
}

/// Whether a description is of several: "two people", "sources".
fn is_plural(page: &Page<'_>, range: Range<usize>) -> bool {
    range.take(4).any(|i| {
        page.is(i, Class::GROUP)
            || page.word(i).ends_with('s') && page.is(i, Class::UNNAMED)
            || matches!(page.word(i), "Two" | "two" | "Both" | "both" | "Three" | "three")
    })
}
