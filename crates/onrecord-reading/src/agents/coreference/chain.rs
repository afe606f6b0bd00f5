//! From links between mentions to chains that mean one person each.

use super::mention::{Mention, Number, Pronoun};
use super::scene::Scene;
use super::{BACK, pair};
use crate::agents::name::Gender;
use onrecord_models::{CoreferenceNetwork, FoundMention};

/// Whom a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::agents) enum Meant {
    /// Somebody of the cast.
    Named(usize),
    /// Somebody without a name, by number.
    Nameless(usize),
}

/// The mentions of a page, and whom each means.
#[derive(Debug, Default)]
pub(in crate::agents) struct Chains {
    /// In the order of their heads.
    pub(in crate::agents) mentions: Vec<Mention>,
    /// Whom each means, and how sure that is, 0 to 1.
    pub(in crate::agents) meant: Vec<(Meant, f32)>,
    /// How likely somebody is mentioned there, for each mention.
    pub(in crate::agents) chance: Vec<f32>,
    /// For each chain without a name the places of its mentions.
    pub(in crate::agents) members: Vec<Vec<usize>>,
}

impl Chains {
    /// The mention that is carried by the token `head`.
    pub(in crate::agents) fn at(&self, head: usize) -> Option<usize> {
        let i = self.mentions.partition_point(|mention| mention.head < head);
        self.mentions.get(i).filter(|mention| mention.head == head).map(|_| i)
    }

    /// The mentions of a chain that has no name, in order.
    pub(in crate::agents) fn of(&self, nameless: usize) -> impl Iterator<Item = &Mention> {
        let places = self.members.get(nameless).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|&i| self.mentions.get(i))
    }
}

/// A chain while it grows.
#[derive(Clone, Copy, Debug, Default)]
struct Chain {
    gender: Option<Gender>,
    several: bool,
    /// Where it went on, when it turned out to be the same as another.
    joined: Option<usize>,
    named: Option<usize>,
}

/// Joins the mentions `all`, which are those that the network `found`.
pub(super) fn chains(
    scene: &Scene<'_, '_>,
    network: &CoreferenceNetwork,
    found: &[&FoundMention],
    all: Vec<Mention>,
) -> Chains {
    let mut growing =
        Growing { scene, chains: Vec::new(), of: vec![None; all.len()], named: Default::default() };
    let mut sure = vec![1.0_f32; all.len()];
    let mut scores: Vec<(usize, f32)> = Vec::new();
    for (i, (later, own)) in all.iter().zip(found).enumerate() {
        let anaphor = network.anaphor(own, &later.features());
        scores.clear();
        for (j, (earlier, other)) in all.iter().zip(found).enumerate().take(i).skip(i.saturating_sub(BACK)) {
            let features = pair::features(scene, later, earlier, (i, j));
            scores.push((j, network.link(&anaphor, other, &features)));
        }
        sure[i] = growing.place(&all, i, &scores, anaphor.alone);
    }
    let chance = found.iter().map(|mention| mention.chance).collect();
    growing.finish(all, sure, chance)
}

struct Growing<'a, 'p> {
    scene: &'a Scene<'a, 'p>,
    chains: Vec<Chain>,
    /// The chain of each mention so far.
    of: Vec<Option<usize>>,
    named: rustc_hash::FxHashMap<usize, usize>,
}

impl Growing<'_, '_> {
    fn root(&self, mut chain: usize) -> usize {
        while let Some(next) = self.chains.get(chain).and_then(|chain| chain.joined) {
            chain = next;
        }
        chain
    }

    fn chain_of(&self, mention: usize) -> Option<usize> {
        self.of.get(mention).copied().flatten().map(|chain| self.root(chain))
    }

    /// Gives mention `i` its chain; how sure that is.
    fn place(&mut self, all: &[Mention], i: usize, scores: &[(usize, f32)], alone: f32) -> f32 {
        let Some(mention) = all.get(i) else { return 0.0 };
        let own = mention.named.map(|of| self.chain_named(of));
        // Each chain by its likeliest mention; what cannot be is passed over.
        let possible: Vec<(usize, f32)> = scores
            .iter()
            .filter_map(|(j, score)| {
                let chain = self.chain_of(*j)?;
                self.may_be(mention, all.get(*j), chain).then_some((chain, *score))
            })
            .collect();
        let mut best: Option<(usize, f32)> = None;
        for (chain, score) in &possible {
            if *score > alone && best.is_none_or(|(_, least)| *score > least) {
                best = Some((*chain, *score));
            }
        }
        let scores: Vec<f32> = [alone].into_iter().chain(possible.iter().map(|(_, score)| *score)).collect();
        let shares = onrecord_models::shares(&scores);
        let share = |chain: usize| {
            let own = possible.iter().zip(shares.iter().skip(1)).filter(|((of, _), _)| *of == chain);
            own.map(|(_, share)| share).sum::<f32>().clamp(0.0, 1.0)
        };
        let none = shares.first().copied().unwrap_or_default();
        let (chain, sure) = match (own, best) {
            (Some(own), Some((chain, _))) => {
                // "the senator … Rolf Egg": the nameless chain turns out to be his.
                self.join(chain, own);
                (own, 0.97)
            }
            (Some(own), None) => (own, 0.97),
            (None, Some((chain, _))) => (chain, share(chain)),
            (None, None) => {
                self.chains.push(Chain::default());
                (self.chains.len() - 1, none)
            }
        };
        let chain = self.root(chain);
        if let Some(place) = self.of.get_mut(i) {
            *place = Some(chain);
        }
        if let Some(chain) = self.chains.get_mut(chain) {
            chain.gender = chain.gender.or(mention.gender);
            chain.several |= matches!(mention.number, Number::Several);
        }
        sure
    }

    fn chain_named(&mut self, of: usize) -> usize {
        let chain = *self.named.entry(of).or_insert_with(|| {
            let gender = self.scene.cast.entities.get(of).and_then(|entity| entity.gender);
            self.chains.push(Chain { gender, named: Some(of), ..Chain::default() });
            self.chains.len() - 1
        });
        self.root(chain)
    }

    /// Two chains become one, unless both have names.
    fn join(&mut self, chain: usize, own: usize) {
        let (chain, own) = (self.root(chain), self.root(own));
        let nameless = self.chains.get(chain).is_some_and(|chain| chain.named.is_none());
        if chain != own && nameless {
            let gender = self.chains.get(chain).and_then(|chain| chain.gender);
            if let Some(chain) = self.chains.get_mut(chain) {
                chain.joined = Some(own);
            }
            if let Some(own) = self.chains.get_mut(own) {
                own.gender = own.gender.or(gender);
            }
        }
    }

    fn may_be(&self, mention: &Mention, earlier: Option<&Mention>, chain: usize) -> bool {
        let Some(chain) = self.chains.get(chain) else { return false };
        if mention.named.is_some() && chain.named.is_some() {
            return false;
        }
        if earlier.is_none_or(|earlier| pair::impossible(mention, earlier)) {
            return false;
        }
        let person = matches!(mention.pronoun, Pronoun::He | Pronoun::She | Pronoun::I);
        let body = chain
            .named
            .and_then(|of| self.scene.cast.entities.get(of))
            .is_some_and(|entity| !entity.can_be_person());
        if person && (body || chain.several && chain.named.is_none()) {
            return false;
        }
        !(mention.gender.is_some() && chain.gender.is_some() && mention.gender != chain.gender)
    }

    fn finish(self, mentions: Vec<Mention>, sure: Vec<f32>, chance: Vec<f32>) -> Chains {
        let mut numbers: rustc_hash::FxHashMap<usize, usize> = Default::default();
        let mut members: Vec<Vec<usize>> = Vec::new();
        let meant = (0..mentions.len())
            .map(|i| {
                let chain = self.chain_of(i).unwrap_or(usize::MAX);
                let meant = match self.chains.get(chain).and_then(|chain| chain.named) {
                    Some(of) => Meant::Named(of),
                    None => {
                        let number = *numbers.entry(chain).or_insert(members.len());
                        match members.get_mut(number) {
                            Some(known) => known.push(i),
                            None => members.push(vec![i]),
                        }
                        Meant::Nameless(number)
                    }
                };
                (meant, sure.get(i).copied().unwrap_or_default())
            })
            .collect();
        Chains { mentions, meant, chance, members }
    }
}
