//! Which person a description means by which a text calls again whom it has named: "the retired surgeon", "the Korr senator".

use super::antecedent::{Scene, Speech};
use super::cast::Entity;
use super::name::Gender;
use super::page::Page;
use super::phrase::Article;
use super::resolve::Stage;
use super::rules::{Class, RULES, key};
use onrecord_record::AgentKind;
use std::ops::Range;

/// Names of parties, of which nobody has two.
pub(super) const PARTIES: [&str; 8] =
    ["republican", "democratic", "labour", "conservative", "libertarian", "green", "liberal", "socialist"];
/// How far back a text may have introduced somebody else in the same words, in tokens.
const INTRODUCED: usize = 400;
/// How many names at the head of a text are looked at.
const FIRST: usize = 20;
/// How far behind a description a pronoun may tell its gender, in tokens.
const PRONOUN: usize = 14;
/// Nobody less prominent is meant.
const ENOUGH: f32 = 0.5;
/// How far somebody stands out from the next whom a description means that tells little.
const MARGIN: f32 = 0.5;
/// How prominent somebody is who is named only behind the description.
const AHEAD_OF_NAME: f32 = -1.0;
/// In how many paragraphs at the head of a text somebody may be described who is named further on.
const LEAD: u32 = 3;
/// How many paragraphs on that is.
const AHEAD: u32 = 6;

impl Stage<'_, '_> {
    /// The person whom a definite description means that could be anybody's, by prominence and by what fits its words.
    pub(super) fn restated_person(
        &self,
        head: usize,
        range: &Range<usize>,
        speeches: &[Speech],
    ) -> Option<usize> {
        let page = self.page;
        if !matches!(page.word(range.start), "the" | "The")
            || !self.is_whole(head, range)
            || !self.restates(head, range)
            || self.is_introduced(head, range.start)
        {
            return None;
        }
        let gender = super::role::offices(page, head..head + 1).1.or_else(|| self.gender_behind(range.end));
        let scene = Scene {
            page,
            names: self.names,
            cast: self.cast,
            speeches,
            around: None,
            own: None,
            restated: &[],
        };
        let mut scores = scene.persons(range.start, gender);
        if page.paragraph(range.start) < LEAD {
            for of in self.named_first() {
                if scores.iter().all(|(known, _)| *known != of) {
                    scores.push((of, AHEAD_OF_NAME));
                }
            }
        }
        let candidate = RULES.office(key("candidate"));
        let stands = RULES.office(page.key(head)) == candidate;
        let party = page.is(head, Class::PEOPLE);
        let mut best: Option<(usize, f32)> = None;
        let mut next = f32::MIN;
        for (of, score) in scores {
            let Some(entity) = self.cast.entities.get(of) else { continue };
            if entity.kind != Some(AgentKind::Person)
                || !entity.certain
                || gender.is_some() && entity.gender.is_some_and(|own| Some(own) != gender)
                || !self.may_mean(of, range)
            {
                continue;
            }
            let fits = self.fitting(entity, range.start + 1..range.end);
            if party && fits == 0 {
                continue;
            }
            let often = (entity.named.len().min(64) as f32).ln_1p();
            let mut score = score + if stands { 1.0 } else { 0.5 } * often;
            score += 0.8 * fits.min(3) as f32;
            if stands {
                // Whoever stands is told of as one who stands, or else all through the text.
                score += if entity.offices.contains(&candidate) { 0.5 } else { -1.5 };
            }
            if best.is_none_or(|(_, most)| score > most) {
                next = best.map_or(next, |(_, most)| most);
                best = Some((of, score));
            } else {
                next = next.max(score);
            }
        }
        // What is only known to be known already must stand out.
        let margin = if page.is(head, Class::RESTATING) { 0.0 } else { MARGIN };
        best.filter(|(_, score)| *score > ENOUGH && score - next >= margin).map(|(of, _)| of)
    }

    /// Whether a description ends with its noun, "of state" and the like apart.
    fn is_whole(&self, head: usize, range: &Range<usize>) -> bool {
        let page = self.page;
        range.end == head + 1
            || page.word(head + 1) == "of" && (head + 2..range.end).all(|i| page.is(i, Class::COMPLEMENT))
    }

    /// Whether a text may call so whom it has named: by its noun, or by what is told of nobody who is not known yet.
    fn restates(&self, head: usize, range: &Range<usize>) -> bool {
        let page = self.page;
        let known = |i: usize| {
            matches!(page.word(i), "former" | "then" | "onetime" | "ex")
                || page.word(i) == "old" && page.word(i.wrapping_sub(2)) == "year"
        };
        page.is(head, Class::RESTATING)
            || page.is(head, Class::ROLE)
                && !page.is(head, Class::UNNAMED)
                && !page.word(head).ends_with('s')
                && (range.start + 1..head).any(known)
    }

    /// Whoever is named at the head of the text, each once.
    fn named_first(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.cast.of.iter().take(FIRST).copied().flatten().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether somebody without a name was introduced in this noun: "a surgeon", of whom "the surgeon" is then told.
    fn is_introduced(&self, head: usize, at: usize) -> bool {
        let page = self.page;
        let noun = page.key(head);
        (at.saturating_sub(INTRODUCED)..at).any(|i| {
            page.key(i) == noun
                && !page.is_capitalised(i + 1)
                && page.word(i + 1) != ","
                && (i.saturating_sub(5)..i)
                    .rev()
                    .take_while(|&k| page.is_word(k) && !matches!(page.word(k), "of" | "is" | "was" | "as"))
                    .any(|k| {
                        matches!(page.word(k), "a" | "an" | "A" | "An" | "another" | "Another" | "one")
                            && !(k > 0 && matches!(page.word(k - 1), "," | "is" | "was" | "as" | "s"))
                    })
        })
    }

    /// The gender that the first pronoun behind a description tells, if no name stands between.
    fn gender_behind(&self, at: usize) -> Option<Gender> {
        let page = self.page;
        let sentence = page.sentence(at.saturating_sub(1));
        (at..at + PRONOUN)
            .take_while(|&i| page.sentence(i) == sentence && !page.is_capitalised(i) && page.word(i) != "“")
            .find_map(|i| match (page.is(i, Class::HE), page.is(i, Class::SHE)) {
                (true, false) => Some(Gender::Male),
                (false, true) => Some(Gender::Female),
                _ => None,
            })
    }

    /// Whether a description can mean somebody: not one of another party, nor one whom the rest of its sentence names.
    pub(super) fn may_mean(&self, of: usize, range: &Range<usize>) -> bool {
        let page = self.page;
        let named_behind = self.cast.entities.get(of).is_some_and(|entity| {
            let next = entity.named.partition_point(|named| named.start < range.end);
            entity.named.get(next).is_some_and(|named| {
                page.sentence(named.start) == page.sentence(range.start)
                    && !page.in_quotation(named.start)
                    && !matches!(page.word(named.start - 1), "," | "(" | "–" | "—")
            })
        });
        let noun = range.end.saturating_sub(1);
        let candidate = RULES.office(key("candidate"));
        let stands = RULES.office(page.key(noun)) == candidate;
        let told = self
            .cast
            .entities
            .get(of)
            .is_some_and(|entity| entity.offices.contains(&candidate) || entity.named.len() > 2);
        !named_behind && (!stands || told) && self.may_be_of_party(of, range)
    }

    /// Whether somebody is not known for another party than the one that a description tells.
    fn may_be_of_party(&self, of: usize, range: &Range<usize>) -> bool {
        let page = self.page;
        let Some(entity) = self.cast.entities.get(of) else { return false };
        let parties = || PARTIES.iter().map(|name| RULES.office(key(name)));
        let told = range
            .clone()
            .map(|i| RULES.office(page.key(i)))
            .find(|word| parties().any(|party| party == *word));
        told.is_none_or(|told| {
            entity.offices.contains(&told) || !parties().any(|party| entity.offices.contains(&party))
        })
    }

    /// How many of the words of a description are told of somebody: offices, parties, places.
    pub(super) fn fitting(&self, entity: &Entity, words: Range<usize>) -> usize {
        let page = self.page;
        words
            .filter(|&i| page.is_word(i) && !page.is(i, Class::FUNCTION))
            .filter(|&i| {
                let word = page.key(i);
                entity.offices.contains(&RULES.office(word))
                    || entity.roles.iter().any(|role| role.clone().any(|k| is_same_word(page, k, word)))
            })
            .count()
    }

    /// The only person of an office whom the head of a text describes before it names him: "A judge has ordered … Judge Egg".
    pub(super) fn named_later(
        &self,
        head: usize,
        range: &Range<usize>,
        kind: Option<AgentKind>,
        article: Article,
    ) -> Option<usize> {
        let page = self.page;
        if kind != Some(AgentKind::Unnamed)
            || !page.is(head, Class::HEADING)
            || page.paragraph(range.start) >= LEAD
            || !matches!(article, Article::Indefinite | Article::None)
            || range.end != head + 1
        {
            return None;
        }
        let office = RULES.office(page.key(head));
        let bearers = self.offices.get(&office).map_or(&[][..], Vec::as_slice);
        let (&of, []) = bearers.split_first()? else { return None };
        let entity = self.cast.entities.get(of)?;
        let first = entity.named.first()?.start;
        let ahead = page.paragraph(first).saturating_sub(page.paragraph(range.start)) <= AHEAD;
        let fits = entity.kind == Some(AgentKind::Person)
            && first > range.end
            && ahead
            && self.may_be_of_party(of, range);
        fits.then_some(of)
    }
}

/// Whether the word at `i` is the one with this key, or its short form behind a party: "Fla" for "Florida".
fn is_same_word(page: &Page<'_>, i: usize, word: u64) -> bool {
    RULES.place(page.key(i)) == RULES.place(word)
}
