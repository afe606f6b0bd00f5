//! What a collection as a whole tells of its names: how often each occurs, how many people share a surname, what a short
//! form mostly stands for.

use super::DocumentAgents;
use super::body_name::{BodyName, acronym_letters};
use super::folding::{folded_words, spelling};
use super::person_name::PersonName;
use super::unit::roles;
use super::word_lists::WORD_LISTS;
use onrecord_record::{Agent, AgentKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// A name without punctuation and case, as a number.
pub(super) type Key = u64;

/// What is added to the number of documents before a name is called rare in it: in a handful of documents a name in two
/// is not rare.
const DOCUMENTS_BESIDE: f32 = 50.0;

/// The same for people.
const PEOPLE_BESIDE: f32 = 2000.0;

/// A document that states what letters stand for counts as so many that only name the body.
const STATED: u32 = 2;

/// So many documents, and this share of all, settle what letters mean.
const CHIEF_MAKER: u32 = 5;
const CHIEF_MAKER_SHARE: f32 = 0.8;

/// What is known of the collection.
#[derive(Default)]
pub(super) struct Collection {
    documents: f32,
    /// In how many documents a name occurs.
    occurs: FxHashMap<Key, u32>,
    /// For each given name how many surnames stand with it, and the other way round.
    surnames_of: FxHashMap<String, u32>,
    givens_of: FxHashMap<String, u32>,
    people: f32,
    /// For each word that stands alone as a name: in how many documents it is a person's, and a body's.
    lone: FxHashMap<String, (u32, u32)>,
    /// For whole names of several words the same.
    several: FxHashMap<Key, (u32, u32)>,
    /// For each short form the bodies that documents state it for, and how many documents.
    stands_for: FxHashMap<String, Vec<(String, u32)>>,
    /// For each kind of body what stands before it ("us" before "airforce"), and in how many documents.
    qualified: FxHashMap<String, Vec<(String, u32)>>,
    /// For each acronym the bodies whose words make it, and in how many documents they are named so.
    made_by: FxHashMap<String, Vec<(String, u32)>>,
    /// For each committee the chambers that documents name it with, and in how many.
    chambers: FxHashMap<String, Vec<(String, u32)>>,
    /// In how many agents each walk of life is met, and any of them.
    callings: [u32; 16],
    called: u32,
}

/// The key of folded words.
pub(super) fn key(words: &str) -> Key {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The key of a name.
pub(super) fn name_key(name: &str) -> Key {
    key(&folded_words(name).concat())
}

impl Collection {
    /// Counts everything once.
    pub(super) fn new(readings: &[&DocumentAgents<'_>]) -> Self {
        let mut collection = Collection { documents: readings.len() as f32, ..Collection::default() };
        let mut people: FxHashSet<(String, String)> = FxHashSet::default();
        let mut stated: FxHashMap<(String, String), u32> = FxHashMap::default();
        let mut made: FxHashMap<(String, String), u32> = FxHashMap::default();
        let mut chambers: FxHashMap<(String, String), u32> = FxHashMap::default();
        let mut qualified: FxHashMap<(String, String), u32> = FxHashMap::default();
        for reading in readings {
            let mut here: FxHashSet<Key> = FxHashSet::default();
            for agent in reading.agents {
                let words = folded_words(&agent.name);
                let whole = key(&words.concat());
                if here.insert(whole) {
                    *collection.occurs.entry(whole).or_default() += 1;
                }
                collection.count_callings(roles(agent).1);
                match agent.kind {
                    Some(AgentKind::Person) => {
                        if let Some(name) = PersonName::new(&agent.name) {
                            collection.several.entry(whole).or_default().0 += 1;
                            collection.lone.entry(name.surname.clone()).or_default().0 += 1;
                            people.insert((name.given, spelling(&name.surname)));
                        } else if let [word] = words.as_slice() {
                            collection.lone.entry(word.clone()).or_default().0 += 1;
                        }
                    }
                    Some(AgentKind::Organisation) => {
                        if let [word] = words.as_slice() {
                            collection.lone.entry(word.clone()).or_default().1 += 1;
                        } else {
                            collection.several.entry(whole).or_default().1 += 1;
                        }
                        state(agent, &mut stated, &mut made);
                        match longest(agent) {
                            Some(BodyName { chamber: Some(chamber), core, .. }) => {
                                *chambers.entry((core, chamber)).or_default() += 1;
                            }
                            Some(BodyName { qualifier: Some(before), of_kind: Some(kind), .. }) => {
                                *qualified.entry((kind, before)).or_default() += 1;
                            }
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
        }
        collection.people = people.len() as f32;
        for (given, surname) in people {
            *collection.surnames_of.entry(given).or_default() += 1;
            *collection.givens_of.entry(surname).or_default() += 1;
        }
        for ((short, core), count) in stated {
            collection.stands_for.entry(short).or_default().push((core, count));
        }
        for ((kind, before), count) in qualified {
            collection.qualified.entry(kind).or_default().push((before, count));
        }
        for ((letters, core), count) in made {
            collection.made_by.entry(letters).or_default().push((core, count));
        }
        for ((core, chamber), count) in chambers {
            collection.chambers.entry(core).or_default().push((chamber, count));
        }
        // Out of hash maps: put into an order.
        collection.stands_for.values_mut().for_each(|all| all.sort_unstable());
        collection.qualified.values_mut().for_each(|all| all.sort_unstable());
        collection.made_by.values_mut().for_each(|all| all.sort_unstable());
        collection.chambers.values_mut().for_each(|all| all.sort_unstable());
        collection
    }

    /// How much it says that two documents share a name: the logarithm of how seldom it is.
    pub(super) fn rarity(&self, name: Key) -> f32 {
        let occurs = self.occurs.get(&name).copied().unwrap_or(1) as f32;
        ((self.documents + DOCUMENTS_BESIDE) / (occurs + 1.0)).ln().max(0.0)
    }

    /// The same for a word of an office that so many agents have.
    pub(super) fn role_rarity(&self, have: u32) -> f32 {
        ((2.0 * self.documents + DOCUMENTS_BESIDE) / (have as f32 + 1.0)).ln().max(0.0)
    }

    /// In how many documents a name occurs.
    pub(super) fn occurs(&self, name: Key) -> u32 {
        self.occurs.get(&name).copied().unwrap_or(0)
    }

    /// What it says that two documents name a person with this given name and surname: the logarithm of how many people
    /// of that name are to be expected by chance, turned round. Common names say little.
    pub(super) fn full_name(&self, name: &PersonName) -> f32 {
        let surnames = self.surnames_of.get(&name.given).copied().unwrap_or(1).max(1) as f32;
        let givens = self.givens_of.get(&spelling(&name.surname)).copied().unwrap_or(1).max(1) as f32;
        let expected = surnames * givens / (self.people + PEOPLE_BESIDE);
        let most = match (WORD_LISTS.is("given", &name.given), WORD_LISTS.is("surname", &name.surname)) {
            (true, true) => 1.6,
            (false, true) => 3.2,
            _ => 4.0,
        };
        (-expected.ln()).clamp(0.2, most)
    }

    /// How many given names stand with a surname.
    pub(super) fn bearers(&self, surname: &str) -> u32 {
        self.givens_of.get(&spelling(surname)).copied().unwrap_or(0)
    }

    /// Whether a word alone is rather a body's name than a person's.
    pub(super) fn is_body_word(&self, word: &str) -> bool {
        let (people, bodies) = self.lone.get(word).copied().unwrap_or_default();
        people == 0 || bodies >= people * 4
    }

    /// Whether a name of several words is rather a person's; where nothing tells, by its first word.
    pub(super) fn is_person_name(&self, name: &PersonName) -> bool {
        let (people, bodies) = self.several.get(&key(&name.whole)).copied().unwrap_or_default();
        match people.cmp(&bodies) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => self.surnames_of.get(&name.given).copied().unwrap_or(0) >= 3,
        }
    }

    /// Of the documents that say more of a body than this kind, the share that mean the one most of them mean.
    pub(super) fn chief_of_kind(&self, kind: &str) -> f32 {
        let Some(all) = self.qualified.get(kind) else { return 0.0 };
        let sum: u32 = all.iter().map(|(_, count)| count).sum();
        let most = all.iter().map(|(_, count)| *count).max().unwrap_or(0);
        most as f32 / sum.max(1) as f32
    }

    /// Which share of the documents that explain `short` explain it as the body `core`, and how many documents that is.
    pub(super) fn share(&self, short: &str, core: &str) -> (f32, u32) {
        let Some(all) = self.stands_for.get(short) else { return (0.0, 0) };
        let sum: u32 = all.iter().map(|(_, count)| count).sum();
        let this = all.iter().find(|(other, _)| other == core).map_or(0, |(_, count)| *count);
        (this as f32 / sum.max(1) as f32, this)
    }

    /// Whether `core` is the only body of the collection whose words make the acronym, and nothing is stated of it.
    pub(super) fn is_only_maker(&self, letters: &str, core: &str) -> bool {
        !self.stands_for.contains_key(letters)
            && self
                .made_by
                .get(letters)
                .is_some_and(|all| all.len() == 1 && all.iter().any(|it| it.0 == core))
    }

    /// Whether nearly all documents that name a body of these first letters name `core`, and more than a few do: what the
    /// letters mean needs no explanation then. A document that states it counts more than one that only has the name.
    pub(super) fn is_chief_maker(&self, letters: &str, core: &str) -> bool {
        let none = Vec::new();
        let stated = self.stands_for.get(letters).unwrap_or(&none);
        let made = self.made_by.get(letters).unwrap_or(&none);
        let sum = |all: &[(String, u32)], of: &dyn Fn(&str) -> bool| -> u32 {
            all.iter().filter(|(it, _)| of(it)).map(|(_, count)| *count).sum()
        };
        let all = STATED * sum(stated, &|_| true) + sum(made, &|_| true);
        let this = STATED * sum(stated, &|it| it == core) + sum(made, &|it| it == core);
        this >= CHIEF_MAKER && this as f32 >= CHIEF_MAKER_SHARE * all as f32
    }

    /// Of the documents that name a committee with its chamber, the share that name it with `chamber`; of any chamber the
    /// share of the one named most.
    pub(super) fn chamber_share(&self, core: &str, chamber: Option<&str>) -> f32 {
        let Some(all) = self.chambers.get(core) else { return 0.0 };
        let sum: u32 = all.iter().map(|(_, count)| count).sum();
        let this = all
            .iter()
            .filter(|(it, _)| chamber.is_none_or(|chamber| chamber == it))
            .map(|(_, count)| *count)
            .max()
            .unwrap_or(0);
        this as f32 / sum.max(1) as f32
    }

    /// What it says that two people have a walk of life in common: less where most of those in the news have it.
    pub(super) fn calling_rarity(&self, shared: u16) -> f32 {
        let most = self
            .callings
            .iter()
            .enumerate()
            .filter(|(bit, _)| shared & (1 << bit) != 0)
            .map(|(_, count)| *count)
            .min()
            .unwrap_or(0);
        ((self.called + 1) as f32 / (most + 1) as f32).ln().max(0.0)
    }

    fn count_callings(&mut self, callings: u16) {
        self.called += u32::from(callings != 0);
        for (bit, count) in self.callings.iter_mut().enumerate() {
            *count += u32::from(callings & (1 << bit) != 0);
        }
    }

    /// Whether documents explain the short form in more than one way worth the name.
    pub(super) fn is_ambiguous(&self, short: &str) -> bool {
        let Some(all) = self.stands_for.get(short) else { return false };
        let sum: u32 = all.iter().map(|(_, count)| count).sum();
        let most = all.iter().map(|(_, count)| *count).max().unwrap_or(0);
        (most as f32) < 0.8 * sum as f32
    }
}

/// Notes the short forms that a document uses for a body.
fn state(
    agent: &Agent,
    stated: &mut FxHashMap<(String, String), u32>,
    made: &mut FxHashMap<(String, String), u32>,
) {
    let Some(longest) = longest(agent) else { return };
    for letters in &longest.initials {
        *made.entry((letters.clone(), longest.core.clone())).or_default() += 1;
    }
    for short in short_forms(agent, &longest) {
        *stated.entry((short, longest.core.clone())).or_default() += 1;
    }
}

/// The fullest name a document has for a body.
pub(super) fn longest(agent: &Agent) -> Option<BodyName> {
    let names = std::iter::once(&agent.name).chain(agent.names.iter().take(MOST_NAMES));
    let mut best: Option<BodyName> = None;
    for name in names.filter_map(|name| BodyName::new(name)) {
        let better = best.as_ref().is_none_or(|best| {
            (best.acronym && !name.acronym) || best.acronym == name.acronym && name.words > best.words
        });
        if better {
            best = Some(name);
        }
    }
    best
}

/// Of so many wordings of one agent the short forms are looked at.
const MOST_NAMES: usize = 12;

/// The acronyms and shorter names that a document has for a body with this fullest name.
pub(super) fn short_forms(agent: &Agent, longest: &BodyName) -> Vec<String> {
    let aliases = agent.also_known_as.iter().take(MOST_NAMES).map(|alias| &alias.name);
    let names = std::iter::once(&agent.name).chain(agent.names.iter().take(MOST_NAMES)).chain(aliases);
    let mut forms: Vec<String> = names
        .filter_map(|name| {
            let parts = BodyName::new(name)?;
            let short = if parts.acronym { acronym_letters(name) } else { parts.core };
            (short != longest.core).then_some(short)
        })
        .collect();
    forms.sort();
    forms.dedup();
    forms
}
