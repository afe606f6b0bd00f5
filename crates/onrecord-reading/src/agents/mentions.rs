//! What the chains of mentions tell of speakers, and the mentions of everybody.

use super::cast::Entity;
use super::coreference::{Meant, Mention, Number, Pronoun};
use super::phrase::{Article, kind_of};
use super::resolve::{SURE, Stage};
use super::turn;
use crate::attribution::Attribution;
use onrecord_record::AgentKind;
use std::ops::Range;

/// A description of somebody unnamed is cut behind so many words.
const LONGEST_DESCRIPTION: usize = 12;
/// A name of several words of which nothing else is known is a person's where the network is so sure that somebody is
/// mentioned there.
const SOMEBODY: f32 = 0.6;

/// A mention is at least this sure where its speaker is.
const SETTLED: f32 = 0.9;

impl Stage<'_, '_> {
    /// The chain of the mention that `head` carries, where it has no name.
    pub(super) fn chain_without_name(&self, head: usize) -> Option<usize> {
        match self.chains.meant.get(self.chains.at(head)?)?.0 {
            Meant::Nameless(chain) => Some(chain),
            Meant::Named(_) => None,
        }
    }

    /// Whom the pronoun at `at` means by its chain, whoever is named there or described, and how sure that is.
    pub(super) fn pronoun_by_chain(&mut self, at: usize, around: Option<usize>) -> Option<(usize, f32)> {
        let i = self.chains.at(at)?;
        let mention = self.chains.mentions.get(i)?;
        if !matches!(mention.pronoun, Pronoun::He | Pronoun::She | Pronoun::They) {
            return None;
        }
        let quoted = self.page.in_quotation(at);
        let (meant, sure) = *self.chains.meant.get(i)?;
        let found = match meant {
            Meant::Named(of) => {
                Some(of).filter(|of| self.cast.entities.get(*of).is_some_and(is_known_person))
            }
            Meant::Nameless(chain) => self.described_by_chain(chain),
        };
        // Within quotation marks nobody calls himself "he".
        found.filter(|found| !(quoted && around == Some(*found))).map(|found| (found, sure))
    }

    /// The person whom the description that `head` carries means by its chain, where that person has a name.
    pub(super) fn named_by_chain(
        &self,
        head: usize,
        kind: Option<AgentKind>,
        article: Article,
    ) -> Option<usize> {
        if article == Article::Indefinite
            || !matches!(kind, None | Some(AgentKind::Unnamed | AgentKind::Person))
        {
            return None;
        }
        match *self.chains.meant.get(self.chains.at(head)?)? {
            (Meant::Named(of), sure) if sure > SURE => {
                Some(of).filter(|of| self.cast.entities.get(*of).is_some_and(is_known_person))
            }
            _ => None,
        }
    }

    /// The entity of a chain without a name, by its first description; none where all are pronouns.
    fn described_by_chain(&mut self, chain: usize) -> Option<usize> {
        if let Some(of) = self.nameless.get(chain).copied().flatten() {
            return Some(of);
        }
        let first = self.chains.of(chain).find(|mention| mention.pronoun == Pronoun::None)?;
        let (range, head) = (self.description(first), first.head);
        let kind = kind_of(self.page, head).or(Some(kind_of_mention(first)));
        let article = match self.page.word(range.start) {
            "the" | "The" => Article::Definite,
            "a" | "A" | "an" | "An" => Article::Indefinite,
            _ => Article::None,
        };
        Some(self.describe(range, kind, head, article))
    }

    /// The words that describe somebody, without clauses behind.
    fn description(&self, mention: &Mention) -> Range<usize> {
        let range = mention.range.clone();
        let stop = |i: &usize| {
            matches!(
                self.page.word(*i),
                "," | "–" | "—" | "(" | ";" | ":" | "who" | "whom" | "whose" | "which"
            )
        };
        let end = (mention.head + 1..range.end).find(stop).unwrap_or(range.end);
        range.start..end.min(range.start + LONGEST_DESCRIPTION).max(mention.head + 1)
    }

    /// Gives everybody the mentions that the chains tell, now that the speakers are known.
    pub(super) fn give_mentions(&mut self, attributions: &[Attribution]) {
        self.join_turns();
        for i in 0..self.chains.mentions.len() {
            let (Some(mention), Some((meant, sure))) =
                (self.chains.mentions.get(i), self.chains.meant.get(i).copied())
            else {
                continue;
            };
            let described = self.described.get(&(mention.range.start, mention.range.end));
            let settled = described.or_else(|| self.settled.get(&mention.head)).copied();
            let own = settled.or_else(|| self.own_words(mention, attributions));
            let (of, sure) = match (own, meant) {
                (Some(of), _) => (of, sure.max(SETTLED)),
                (None, Meant::Named(of)) => (of, sure),
                (None, Meant::Nameless(chain)) => (self.nameless_entity(chain, mention), sure),
            };
            let Some(entity) = self.cast.entities.get_mut(of) else { continue };
            let chance = self.chains.chance.get(i).copied().unwrap_or_default();
            let told = mention.named == Some(of) && entity.units > 1 && chance > SOMEBODY
                || matches!(mention.pronoun, Pronoun::He | Pronoun::She) && entity.units > 0 && sure > SURE;
            if entity.kind.is_none() && told {
                entity.kind = Some(AgentKind::Person);
            }
            entity.mentioned.push((mention.range.clone(), sure));
        }
    }

    /// Whoever speaks the words in which "I" stands.
    fn own_words(&mut self, mention: &Mention, attributions: &[Attribution]) -> Option<usize> {
        if mention.pronoun != Pronoun::I {
            return None;
        }
        if let Some(inside) = mention.inside.filter(|_| mention.quoted)
            && attributions.get(inside).is_some_and(|one| !one.turn)
            && let Some(of) = self.speakers.get(inside).copied().flatten()
        {
            return Some(of);
        }
        if mention.quoted {
            return None;
        }
        match turn::turn_at(&self.turns, mention.head) {
            Some(turn) => self.turn_speaker(turn),
            None => self.author(mention.head),
        }
    }

    /// A chain in which the speaker of a turn says "I" is that speaker's: whoever is "you" to others too.
    fn join_turns(&mut self) {
        if self.turns.is_empty() {
            return;
        }
        for i in 0..self.chains.mentions.len() {
            let (Some(mention), Some((Meant::Nameless(chain), _))) =
                (self.chains.mentions.get(i), self.chains.meant.get(i).copied())
            else {
                continue;
            };
            if mention.pronoun == Pronoun::I
                && !mention.quoted
                && self.nameless.get(chain) == Some(&None)
                && let Some(turn) = turn::turn_at(&self.turns, mention.head)
                && let Some(of) = self.turn_speaker(turn)
                && let Some(place) = self.nameless.get_mut(chain)
            {
                *place = Some(of);
            }
        }
    }

    fn nameless_entity(&mut self, chain: usize, mention: &Mention) -> usize {
        if let Some(of) = self.nameless.get(chain).copied().flatten() {
            return of;
        }
        let first = self.chains.of(chain).find(|mention| mention.pronoun == Pronoun::None);
        let (best, kind) = match first {
            Some(first) => {
                (self.description(first), kind_of(self.page, first.head).unwrap_or(kind_of_mention(first)))
            }
            None => (mention.range.clone(), kind_of_mention(mention)),
        };
        let mut entity = Entity::new(Some(kind), best.clone());
        entity.gender = self.chains.of(chain).find_map(|mention| mention.gender);
        if first.is_some() {
            entity.named.push(best);
        }
        self.cast.entities.push(entity);
        let of = self.cast.entities.len() - 1;
        if let Some(place) = self.nameless.get_mut(chain) {
            *place = Some(of);
        }
        of
    }
}

/// Whether a name is surely a person's: more than one word that may be a place's too.
fn is_known_person(entity: &Entity) -> bool {
    entity.kind == Some(AgentKind::Person)
        && (entity.units > 1 || entity.certain || !entity.roles.is_empty() || entity.named.len() > 2)
}

fn kind_of_mention(mention: &Mention) -> AgentKind {
    match mention.number {
        Number::Several => AgentKind::Group,
        _ => AgentKind::Unnamed,
    }
}
