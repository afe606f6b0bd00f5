//! Whom a pronoun means: the likeliest of those named or heard shortly before.

use super::cast::{Cast, Entity};
use super::name::{Gender, Name};
use super::page::Page;
use super::rules::Class;
use onrecord_record::AgentKind;

/// Somebody speaks at this token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speech {
    pub(super) at: usize,
    pub(super) entity: usize,
}

/// What is known at the place of a pronoun.
pub(super) struct Scene<'a, 'p> {
    pub(super) page: &'a Page<'p>,
    pub(super) names: &'a [Name],
    pub(super) cast: &'a Cast,
    /// Who has spoken so far, in order.
    pub(super) speeches: &'a [Speech],
    /// The speaker of the words around the pronoun.
    pub(super) around: Option<usize>,
    /// Whose turn of a transcript it is, who calls nobody but others "he".
    pub(super) own: Option<usize>,
    /// Persons whom a description of this paragraph means: "the mayor".
    pub(super) restated: &'a [Speech],
}

/// How many names and how many paragraphs back are looked at.
const NAMES: usize = 40;
const PARAGRAPHS: u32 = 4;
/// Below this nobody is likely enough.
const ENOUGH: f32 = -3.5;

impl Scene<'_, '_> {
    /// The entity that the pronoun at `at` means.
    pub(super) fn pronoun(&self, at: usize) -> Option<usize> {
        let is = |class| self.page.is(at, class);
        if is(Class::HE) {
            self.person(at, Gender::Male)
        } else if is(Class::SHE) {
            self.person(at, Gender::Female)
        } else if is(Class::THEY) {
            self.lately(at, &[AgentKind::Group, AgentKind::Organisation, AgentKind::Unnamed])
        } else if is(Class::IT) {
            self.lately(at, &[AgentKind::Organisation, AgentKind::Document]).or_else(|| self.body(at))
        } else {
            None
        }
    }

    fn person(&self, at: usize, gender: Gender) -> Option<usize> {
        likeliest(self.persons(at, Some(gender))).filter(|(_, score)| *score > ENOUGH).map(|(of, _)| of)
    }

    /// Who can be meant at `at`, and how likely.
    pub(super) fn persons(&self, at: usize, gender: Option<Gender>) -> Vec<(usize, f32)> {
        let mut scores: Vec<(usize, f32)> = Vec::new();
        let mut add =
            |entity: usize, score: f32, more: f32| match scores.iter_mut().find(|(of, _)| *of == entity) {
                Some((_, best)) => *best = best.max(score) + more,
                None => scores.push((entity, score + more)),
            };
        let quoted = self.page.in_quotation(at);
        // Whether this paragraph is already about somebody who fits.
        let mut settled = false;
        let before = self.names.partition_point(|name| name.run.end <= at);
        for n in (0..before).rev().take(NAMES) {
            let (Some(name), Some(of)) = (self.names.get(n), self.cast.of.get(n).copied().flatten()) else {
                continue;
            };
            let Some(entity) = self.cast.entities.get(of) else { continue };
            // A word written large once may be the beginning of a sentence; several before a verb are not.
            let subject = || {
                entity.units > 1
                    && is_subject(self.page, name)
                    && self.page.is_lower(name.run.end)
                    && !self.page.is(name.run.end, Class::TITLE)
            };
            if entity.kind.is_none() && entity.named.len() < 2 && !subject() {
                continue;
            }
            if self.page.paragraph(at).saturating_sub(self.page.paragraph(name.run.start)) > PARAGRAPHS {
                break;
            }
            if let Some(fit) = fit(entity, gender) {
                settled |= is_subject(self.page, name)
                    && self.page.paragraph(at) == self.page.paragraph(name.run.start);
                add(of, fit + self.distance(name.run.start, at) + self.standing(name, quoted), 0.05);
            }
        }
        for (back, speech) in self.speeches.iter().rev().take(3).enumerate() {
            let Some(fit) = self.cast.entities.get(speech.entity).and_then(|entity| fit(entity, gender))
            else {
                continue;
            };
            let apart = self.page.paragraph(at).saturating_sub(self.page.paragraph(speech.at));
            if apart > 2 {
                break;
            }
            let last = match (back, apart) {
                (0, 0) => 2.0,
                (0, 1) if settled => 0.8,
                (0, 1) => 1.6,
                (0, _) => 0.5,
                _ => 0.3,
            };
            add(speech.entity, fit + self.distance(speech.at, at) + 1.0, last);
        }
        for topic in self.restated {
            let Some(fit) = self.cast.entities.get(topic.entity).and_then(|entity| fit(entity, gender))
            else {
                continue;
            };
            let page = self.page;
            let subject = page.begins_sentence(topic.at) || page.word(topic.at.wrapping_sub(1)) == ",";
            let standing = match (subject, page.possessive(topic.at + 2) > 0) {
                (true, false) => 1.2,
                (true, true) => 0.6,
                _ => 0.0,
            };
            add(topic.entity, fit + self.distance(topic.at, at) + standing, 0.05);
        }
        scores.retain(|(of, _)| Some(*of) != self.own);
        if let Some(around) = self.around {
            // Within quotation marks nobody calls himself "he"; in reported speech everybody does.
            match quoted {
                true => scores.retain(|(of, _)| *of != around),
                false => {
                    scores.iter_mut().filter(|(of, _)| *of == around).for_each(|(_, score)| *score += 1.5)
                }
            }
        }
        scores
    }

    /// Less for every sentence and paragraph between.
    fn distance(&self, from: usize, to: usize) -> f32 {
        let sentences = self.page.sentence(to).saturating_sub(self.page.sentence(from)).min(8);
        let paragraphs = self.page.paragraph(to).saturating_sub(self.page.paragraph(from));
        -0.7 * sentences as f32 - 0.4 * paragraphs as f32
    }

    /// How prominent a name stands.
    fn standing(&self, name: &Name, quoted: bool) -> f32 {
        let page = self.page;
        let mut score = 0.0;
        let start = name.run.start;
        if is_subject(page, name) {
            score += 1.2;
        }
        let clause = matches!(
            page.word(start.wrapping_sub(1)),
            "and" | "but" | "that" | "while" | "when" | "as" | "after" | "because"
        );
        if clause && page.is_lower(name.run.end) && !page.is(name.run.end, Class::FUNCTION) {
            score += 1.5;
        }
        // "its colleague Ana Brand denied"
        let described = start.checked_sub(1).is_some_and(|i| page.is_lower(i) && page.is(i, Class::ROLE));
        if described && page.is_lower(name.run.end) && !page.is(name.run.end, Class::FUNCTION) {
            score += 1.0;
        }
        if page.possessive(name.run.end) > 0 {
            score -= 0.6;
        }
        if page.in_quotation(start) && !quoted {
            score -= 1.8;
        }
        if page.behind_preposition(start) {
            score -= 0.7;
        }
        if page.in_headline(start) {
            score -= 1.0;
        }
        score
    }

    /// The last of these kinds to speak, in this paragraph or the one before.
    fn lately(&self, at: usize, kinds: &[AgentKind]) -> Option<usize> {
        let near =
            |speech: &&Speech| self.page.paragraph(at).saturating_sub(self.page.paragraph(speech.at)) <= 1;
        let kind = |of: usize| self.cast.entities.get(of).and_then(|entity| entity.kind);
        let fits = |speech: &&Speech| kind(speech.entity).is_some_and(|kind| kinds.contains(&kind));
        self.speeches.iter().rev().take(4).take_while(near).find(fits).map(|speech| speech.entity)
    }

    /// The body that this sentence or the one before is about.
    fn body(&self, at: usize) -> Option<usize> {
        let before = self.names.partition_point(|name| name.run.end <= at);
        (0..before)
            .rev()
            .take(12)
            .find_map(|n| {
                let (name, of) = (self.names.get(n)?, self.cast.of.get(n).copied().flatten()?);
                let start = name.run.start;
                let near = self.page.sentence(at).saturating_sub(self.page.sentence(start)) <= 1;
                let first = self.page.begins_sentence(start)
                    || start > 0
                        && self.page.is(start - 1, Class::FUNCTION)
                        && self.page.begins_sentence(start - 1);
                let body = self.cast.entities.get(of)?.kind == Some(AgentKind::Organisation);
                (near && first && body).then_some(of)
            })
            .or_else(|| self.topic(at))
    }

    /// The body or text that the paragraph, or the one before, names most often.
    fn topic(&self, at: usize) -> Option<usize> {
        let before = self.names.partition_point(|name| name.run.end <= at);
        let mut told: Vec<(usize, usize)> = Vec::new();
        for n in (0..before).rev().take(12) {
            let (Some(name), Some(of)) = (self.names.get(n), self.cast.of.get(n).copied().flatten()) else {
                continue;
            };
            if self.page.paragraph(at).saturating_sub(self.page.paragraph(name.run.start)) > 1 {
                break;
            }
            let kind =
                self.cast.entities.get(of).filter(|entity| !entity.place).and_then(|entity| entity.kind);
            if matches!(kind, Some(AgentKind::Organisation | AgentKind::Document)) {
                match told.iter_mut().find(|(known, _)| *known == of) {
                    Some((_, count)) => *count += 1,
                    None => told.push((of, 1)),
                }
            }
        }
        // The nearest of the most named.
        told.into_iter().rev().max_by_key(|(_, count)| *count).map(|(of, _)| of)
    }
}

/// Whether the name begins its sentence.
fn is_subject(page: &Page<'_>, name: &Name) -> bool {
    let start = name.run.start;
    let behind = |i: usize| page.begins_sentence(i) && (!page.is_word(i) || page.word(i) == "The");
    // "Former harbour master Ana Brand": a description before the name belongs to it.
    let described = || {
        let noun = start.checked_sub(1).filter(|&i| page.is_lower(i) && page.is(i, Class::ROLE))?;
        (noun.saturating_sub(4)..=noun)
            .rev()
            .take_while(|&i| page.is_word(i) && (!page.is(i, Class::FUNCTION) || page.begins_sentence(i)))
            .find(|&i| page.begins_sentence(i))
    };
    (page.begins_sentence(start) || start.checked_sub(1).is_some_and(behind) || described().is_some())
        && page.possessive(name.run.end) == 0
}

fn likeliest(scores: Vec<(usize, f32)>) -> Option<(usize, f32)> {
    scores.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// How well an entity fits a pronoun of this gender; nothing when it cannot be meant.
fn fit(entity: &Entity, gender: Option<Gender>) -> Option<f32> {
    if !entity.can_be_person() {
        return None;
    }
    let known = match (entity.gender, gender) {
        (Some(known), Some(asked)) if known != asked => return None,
        (Some(_), _) => 1.0,
        _ => 0.0,
    };
    Some(known - if entity.kind.is_none() { 1.5 } else { 0.0 })
}

/// Lets the pronouns of the running text tell the gender of persons whose names do not: each votes for the person that its
/// sentence, or else the one before, begins with.
pub(super) fn learn_genders(page: &Page<'_>, names: &[Name], cast: &mut Cast) {
    let mut votes = vec![(0_u32, 0_u32, 0_u32); cast.entities.len()];
    let mut next = 0;
    // The entity named first in the current sentence, and the one before.
    let (mut this, mut before): (Option<usize>, Option<usize>) = (None, None);
    let mut opening = 0;
    for i in 0..page.len() {
        if page.begins_sentence(i) {
            opening = i;
            before = this.take().or(before.filter(|_| i > 0 && page.paragraph(i) == page.paragraph(i - 1)));
            if i > 0 && page.paragraph(i) != page.paragraph(i - 1) {
                before = None;
            }
        }
        if let Some(name) = names.get(next).filter(|name| name.run.start <= i) {
            if let Some(of) = cast.of.get(next).copied().flatten()
                && cast.entities.get(of).is_some_and(Entity::can_be_person)
                && !page.in_quotation(i)
                && page.possessive(name.run.end) == 0
            {
                // Only a name at the head of its sentence is surely what the pronoun goes back to.
                this = this.or(Some(of).filter(|_| i < opening + 4));
            }
            next += 1;
        }
        if page.in_quotation(i) || !page.is(i, Class::PRONOUN) {
            continue;
        }
        if let Some(vote) = this.or(before).and_then(|of| votes.get_mut(of)) {
            vote.0 += u32::from(page.is(i, Class::HE));
            vote.1 += u32::from(page.is(i, Class::SHE));
            vote.2 += u32::from(page.is(i, Class::IT));
        }
    }
    for (entity, (he, she, it)) in cast.entities.iter_mut().zip(votes) {
        if !entity.can_be_person() {
            continue;
        }
        if entity.gender.is_none() {
            entity.gender = match () {
                () if he > 0 && he >= 2 * she => Some(Gender::Male),
                () if she > 0 && she >= 2 * he => Some(Gender::Female),
                () => None,
            };
        }
        if entity.kind == Some(AgentKind::Person) && !entity.certain && it > he + she {
            entity.kind = None;
        }
        if entity.kind.is_none() && entity.named.len() > 1 && he + she > 2 * it && he + she > 1 {
            entity.kind = Some(AgentKind::Person);
        }
    }
}
