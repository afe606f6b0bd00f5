//! Units gathered into those taken to be one, each unit held against few.

use super::body_naming::body_naming;
use super::collection::{Collection, Key, key};
use super::evidence::{ENOUGH, ENOUGH_OF_ONE_NAME, ENOUGH_TOGETHER, Evidence, MOST_OF_ONE, Profile, weigh};
use super::folding::spelling;
use super::person_name::{Agreement, Difference, Likeness, PersonName, compare};
use super::surname::join_surnames;
use super::unit::{Unit, UnitName};
use rustc_hash::{FxHashMap, FxHashSet};

/// Under one key so many gatherings are looked at; further ones of the same name are not compared.
const MOST_UNDER_A_KEY: usize = 64;

/// A gathering keeps so many wordings of its name to compare with.
const MOST_WORDINGS: usize = 12;

/// How a unit's name agrees with those it was joined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// Two names of a person.
    Person(Agreement),
    /// One name of a body.
    Body,
    /// Two names of a known body.
    KnownBody,
    /// A name that says only of which kind a body is.
    Kind,
    /// A short form and what documents say it stands for.
    ShortForm,
    /// An acronym and the only name that makes it.
    Acronym,
    /// A lone name in what is nearly the same text.
    Copy,
    /// A surname alone, and the person whom it mostly means.
    Surname,
}

/// A unit joined to others.
pub(super) struct Joined {
    pub(super) unit: usize,
    /// The unit it was joined to.
    pub(super) to: usize,
    pub(super) naming: Naming,
    pub(super) evidence: Evidence,
}

/// Units taken to be one.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) units: Vec<usize>,
    pub(super) profile: Profile,
    pub(super) documents: FxHashSet<usize>,
    pub(super) people: Vec<PersonName>,
    /// Of a committee the chamber, once a name says it.
    pub(super) chamber: Option<String>,
    pub(super) cores: FxHashSet<String>,
    /// The core of the well-known body it is.
    pub(super) known: Option<String>,
    /// Of its names those that say only of which kind it is.
    pub(super) kinds: FxHashSet<String>,
    pub(super) shorts: FxHashSet<String>,
    pub(super) letters: FxHashSet<String>,
}

/// What gathering looks at.
pub(super) struct Ground<'a> {
    pub(super) units: &'a [Unit],
    /// The rarer names of each document.
    pub(super) company: &'a [Vec<Key>],
    pub(super) collection: &'a Collection,
    pub(super) roles: &'a FxHashMap<Key, u32>,
    /// For each unit those a person said it is not.
    pub(super) apart: &'a FxHashMap<usize, Vec<usize>>,
}

impl Ground<'_> {
    /// Whether a person said that a unit is not one of those gathered at `place`. `of`: where each unit is.
    pub(super) fn keeps_apart(&self, at: usize, place: usize, of: &[usize]) -> bool {
        let others = self.apart.get(&at).map_or(&[][..], Vec::as_slice);
        others.iter().any(|other| of.get(*other) == Some(&place))
    }
}

impl Gathering {
    /// Whether it has the very name: only then can two agents of one document be one that the reading took for two.
    fn has_name_of(&self, name: &UnitName) -> bool {
        match name {
            UnitName::Person(name) => self.people.contains(name),
            UnitName::Lone(_) => false,
            UnitName::Body(name, _) => !name.kind_only && self.cores.contains(&name.core),
        }
    }
}

/// The keys under which a unit is looked for.
fn keys(name: &UnitName) -> Vec<Key> {
    let mut keys = match name {
        UnitName::Person(name) => {
            let surname = spelling(&name.surname);
            let mut keys: Vec<Key> =
                name.letters().iter().map(|letter| key(&format!("letter {letter} {surname}"))).collect();
            keys.extend(name.forms.iter().map(|form| key(&format!("form {form} {surname}"))));
            keys
        }
        UnitName::Lone(word) => vec![key(&format!("lone {word}"))],
        UnitName::Body(name, short) => {
            let forms = short.iter().map(String::as_str).chain([name.core.as_str()]);
            let letters = name.initials.iter().map(String::as_str);
            forms.chain(letters).map(|form| key(&format!("body {form}"))).collect()
        }
    };
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Gathers all units, in the order given, and looks once more at those left alone.
pub(super) fn gather(ground: &Ground<'_>) -> (Vec<Gathering>, Vec<Joined>) {
    let mut shared: FxHashMap<Key, u32> = FxHashMap::default();
    let keys: Vec<Vec<Key>> = ground.units.iter().map(|unit| keys(&unit.name)).collect();
    for key in keys.iter().flatten() {
        *shared.entry(*key).or_default() += 1;
    }
    let mut gatherings: Vec<Gathering> = Vec::new();
    let mut under: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    let mut of: Vec<usize> = vec![usize::MAX; ground.units.len()];
    let mut joined = Vec::new();
    for (at, keys) in keys.iter().enumerate() {
        // What shares no key with anything stays alone and needs no profile.
        let alone = keys.iter().all(|key| shared.get(key).copied().unwrap_or(0) < 2);
        let best = if alone { None } else { best(ground, at, keys, &under, &gatherings, &of) };
        let place = match best {
            Some((place, found)) => {
                joined.push(found);
                place
            }
            None => {
                gatherings.push(Gathering::default());
                gatherings.len() - 1
            }
        };
        take_in(ground, at, place, alone, &mut gatherings);
        if let Some(of) = of.get_mut(at) {
            *of = place;
        }
        for key in keys.iter().filter(|_| !alone) {
            let places = under.entry(*key).or_default();
            if !places.contains(&place) && places.len() < MOST_UNDER_A_KEY {
                places.push(place);
            }
        }
    }
    // A unit read early may have met nobody yet.
    for at in 0..ground.units.len() {
        let Some(&place) = of.get(at) else { continue };
        let lonely = gatherings.get(place).is_some_and(|gathering| gathering.units.len() == 1);
        let Some(keys) = keys.get(at).filter(|_| lonely) else { continue };
        if let Some((better, found)) = best(ground, at, keys, &under, &gatherings, &of) {
            gatherings.get_mut(place).into_iter().for_each(|left| *left = Gathering::default());
            take_in(ground, at, better, false, &mut gatherings);
            of.get_mut(at).into_iter().for_each(|of| *of = better);
            joined.push(found);
        }
    }
    join_whole(ground, &keys, &under, &mut gatherings, &mut of, &mut joined);
    join_surnames(ground, &mut gatherings, &mut of, &mut joined);
    gatherings.retain(|gathering| !gathering.units.is_empty());
    (gatherings, joined)
}

/// So many units speak for a gathering that is held against another as a whole.
const SPEAKERS: usize = 12;

/// Two gatherings of one person under two forms of the name ("Bob Kell" in ten documents, "Robert Kell" in twenty) may be
/// joined by what their units have in common, though none alone was enough. Under one name, two gatherings that began with
/// two documents that had nothing in common are joined once most units of the one are like the other.
fn join_whole(
    ground: &Ground<'_>,
    keys: &[Vec<Key>],
    under: &FxHashMap<Key, Vec<usize>>,
    gatherings: &mut [Gathering],
    of: &mut [usize],
    joined: &mut Vec<Joined>,
) {
    for place in 0..gatherings.len() {
        let Some(gathering) = gatherings.get(place).filter(|it| it.units.len() > 1) else { continue };
        let mut best_of: FxHashMap<usize, (f32, usize, Joined)> = FxHashMap::default();
        let speakers: Vec<usize> = gathering.units.iter().take(SPEAKERS).copied().collect();
        for &at in &speakers {
            let Some(keys) = keys.get(at) else { continue };
            for (other, found) in offers(ground, at, keys, under, gatherings, of, f32::MIN) {
                let larger = gatherings.get(other).is_some_and(|it| it.units.len() >= speakers.len());
                if !larger || other == place {
                    continue;
                }
                let sum = found.evidence.sum().min(MOST_OF_ONE);
                let entry = best_of.entry(other).or_insert((0.0, 0, found));
                entry.0 += sum;
                entry.1 += 1;
            }
        }
        let mut offers: Vec<(usize, (f32, usize, Joined))> = best_of.into_iter().collect();
        offers.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        // All come along, also those that did not speak.
        let may_join = |other: usize| !gathering.units.iter().any(|at| ground.keeps_apart(*at, other, of));
        // Most of them can be the other, and all together they are like it.
        let Some((other, (sum, count, found))) = offers.into_iter().find(|(other, _)| may_join(*other))
        else {
            continue;
        };
        let form = matches!(found.naming, Naming::Person(agreement) if agreement != Agreement::Same);
        let enough = if form { ENOUGH_TOGETHER } else { ENOUGH_OF_ONE_NAME };
        if count * 3 < speakers.len() * 2 || sum < enough * speakers.len() as f32 {
            continue;
        }
        let Some(moved) = gatherings.get_mut(place).map(std::mem::take) else { continue };
        for at in moved.units {
            take_in(ground, at, other, false, gatherings);
            of.get_mut(at).into_iter().for_each(|of| *of = other);
        }
        joined.push(found);
    }
}

pub(super) fn take_in(
    ground: &Ground<'_>,
    at: usize,
    place: usize,
    alone: bool,
    gatherings: &mut [Gathering],
) {
    let (Some(unit), Some(gathering)) = (ground.units.get(at), gatherings.get_mut(place)) else { return };
    gathering.units.push(at);
    if alone {
        return;
    }
    gathering.documents.extend(&unit.documents);
    for document in &unit.documents {
        let company = ground.company.get(*document).map_or(&[][..], Vec::as_slice);
        gathering.profile.add(at, unit, company);
    }
    match &unit.name {
        UnitName::Person(name) => {
            if gathering.people.len() < MOST_WORDINGS && !gathering.people.contains(name) {
                gathering.people.push(name.clone());
            }
        }
        UnitName::Lone(_) => {}
        UnitName::Body(name, short) => {
            if gathering.chamber.is_none() {
                gathering.chamber.clone_from(&name.chamber);
            }
            if name.known && gathering.known.is_none() {
                gathering.known = Some(name.core.clone());
            }
            if name.kind_only {
                gathering.kinds.insert(name.core.clone());
            }
            gathering.cores.insert(name.core.clone());
            gathering.shorts.extend(short.iter().cloned());
            gathering.letters.extend(name.initials.iter().cloned());
        }
    }
}

/// The gathering that a unit belongs to with the most evidence, if it is enough.
fn best(
    ground: &Ground<'_>,
    at: usize,
    keys: &[Key],
    under: &FxHashMap<Key, Vec<usize>>,
    gatherings: &[Gathering],
    of: &[usize],
) -> Option<(usize, Joined)> {
    let mut best: Option<(f32, usize, Joined)> = None;
    for (place, found) in offers(ground, at, keys, under, gatherings, of, ENOUGH) {
        let sum = found.evidence.sum();
        if best.as_ref().is_none_or(|(most, ..)| sum > *most) {
            best = Some((sum, place, found));
        }
    }
    best.map(|(_, place, found)| (place, found))
}

/// The gatherings that a unit may belong to with at least so much evidence, by their place.
fn offers(
    ground: &Ground<'_>,
    at: usize,
    keys: &[Key],
    under: &FxHashMap<Key, Vec<usize>>,
    gatherings: &[Gathering],
    of: &[usize],
    enough: f32,
) -> Vec<(usize, Joined)> {
    let Some(unit) = ground.units.get(at) else { return Vec::new() };
    let company: &[Key] =
        unit.documents.first().and_then(|first| ground.company.get(*first)).map_or(&[], Vec::as_slice);
    let mut places: Vec<usize> = keys.iter().filter_map(|key| under.get(key)).flatten().copied().collect();
    places.sort_unstable();
    places.dedup();
    let mut offers = Vec::new();
    for place in places {
        let Some(gathering) = gatherings.get(place) else { continue };
        if gathering.units.is_empty()
            || gathering.units.as_slice() == [at]
            || of.get(at) == Some(&place)
            || unit.documents.iter().any(|document| gathering.documents.contains(document))
                && !gathering.has_name_of(&unit.name)
            || gathering.profile.gender.is_some_and(|gender| unit.gender.is_some_and(|own| own != gender))
            || ground.keeps_apart(at, place, of)
        {
            continue;
        }
        let Some((name, naming)) = naming(unit, gathering, ground.collection) else { continue };
        let mut evidence = weigh(unit, company, &gathering.profile, name, ground.collection, ground.roles);
        if naming == Naming::Copy
            && !(evidence.overlap >= 0.7 && company.len() >= 5 && gathering.units.len() <= 8)
        {
            continue;
        }
        let alike = evidence.near + evidence.company.max(0.0) + evidence.roles.max(0.0);
        if naming == Naming::Person(Agreement::Form)
            && alike < SUPPORT
            && is_borne_by_many(unit, ground.collection)
        {
            evidence.name += UNSUPPORTED_FORM;
        }
        if naming == Naming::Person(Agreement::Formal) && evidence.roles < OFFICE_OF_JUNIOR {
            continue;
        }
        if matches!(naming, Naming::Kind) {
            // What many bodies are called needs company of its own.
            evidence.known = 0.0;
        }
        let shared = [evidence.shared_role, evidence.shared_near, evidence.shared_company];
        let to =
            shared.into_iter().flatten().map(|(_, unit)| unit).next().or(gathering.units.first().copied());
        if let Some(to) = to.filter(|_| evidence.sum() >= enough) {
            offers.push((place, Joined { unit: at, to, naming, evidence }));
        }
    }
    offers
}

/// Whoever is named with "Jr." is whom others name without where the offices agree at least so much; a father seldom has
/// his son's.
const OFFICE_OF_JUNIOR: f32 = 0.6;

/// Two forms of a given name with a surname that many bear are one person's where offices or company say so too.
const SUPPORT: f32 = 0.5;
const UNSUPPORTED_FORM: f32 = -1.2;

/// A surname of no more people than these is as good as the given name.
const FEW_BEARERS: u32 = 3;

fn is_borne_by_many(unit: &Unit, collection: &Collection) -> bool {
    matches!(&unit.name, UnitName::Person(name) if collection.bearers(&name.surname) > FEW_BEARERS)
}

/// What the names of a unit and a gathering say; nothing where they cannot be one's.
fn naming(unit: &Unit, gathering: &Gathering, collection: &Collection) -> Option<(f32, Naming)> {
    match &unit.name {
        UnitName::Person(name) => {
            let mut best: Option<(f32, Agreement)> = None;
            for other in &gathering.people {
                match compare(name, other) {
                    Likeness::Alike(more, agreement) => {
                        if best.is_none_or(|(most, _)| more > most) {
                            best = Some((more, agreement));
                        }
                    }
                    Likeness::Apart(Difference::Given) => {}
                    Likeness::Apart(Difference::Middle | Difference::Generation) => return None,
                }
            }
            let (more, agreement) = best?;
            Some((collection.full_name(name) + more, Naming::Person(agreement)))
        }
        UnitName::Lone(_) => {
            (gathering.people.is_empty() && gathering.cores.is_empty()).then_some((1.0, Naming::Copy))
        }
        UnitName::Body(name, short) => body_naming(name, short, gathering, collection),
    }
}
