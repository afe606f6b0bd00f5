//! What speaks for two being one and what against it, and how much.
//!
//! The weights are logarithms of odds, as in record linkage after Fellegi and Sunter (1969): shared rare things weigh by
//! how seldom they are shared by chance. They were set by hand and chosen on one half of the pairs of
//! `suite/linking/pairs.jsonl`.

use super::collection::{Collection, Key};
use super::seat::Seat;
use super::unit::{Gender, Unit};
use rustc_hash::FxHashMap;

/// From here on two are taken to be one.
pub(super) const ENOUGH: f32 = 2.4;

/// For two gatherings under two forms of a name it is enough that their units have this much in common on average, and
/// under one name, where each unit could have gone to the other and did not, this much.
pub(super) const ENOUGH_TOGETHER: f32 = 1.4;
pub(super) const ENOUGH_OF_ONE_NAME: f32 = 2.0;

/// Of one unit no more than this counts in the average.
pub(super) const MOST_OF_ONE: f32 = 4.0;

/// What many units taken to be one have in common.
#[derive(Default)]
pub(super) struct Profile {
    pub(super) size: u32,
    /// Each thing with how many units have it and the unit that brought it.
    pub(super) near: FxHashMap<Key, (u32, usize)>,
    pub(super) company: FxHashMap<Key, (u32, usize)>,
    pub(super) roles: FxHashMap<Key, (u32, usize)>,
    pub(super) near_words: FxHashMap<Key, (u32, usize)>,
    pub(super) callings: u16,
    pub(super) seat: Seat,
    pub(super) gender: Option<Gender>,
    pub(super) days: Option<(i32, i32)>,
}

impl Profile {
    /// Takes a unit in.
    pub(super) fn add(&mut self, at: usize, unit: &Unit, company: &[Key]) {
        self.size += 1;
        let add = |map: &mut FxHashMap<Key, (u32, usize)>, keys: &[Key]| {
            for key in keys {
                map.entry(*key).or_insert((0, at)).0 += 1;
            }
        };
        add(&mut self.near, &unit.near);
        add(&mut self.roles, &unit.roles);
        add(&mut self.near_words, &unit.near_words);
        add(&mut self.company, company);
        self.callings |= unit.callings;
        self.seat.take_in(&unit.seat);
        self.gender = self.gender.or(unit.gender);
        if let Some(day) = unit.day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }
}

/// The evidence, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// What the names say.
    pub(super) name: f32,
    /// That the other is named often.
    pub(super) known: f32,
    pub(super) near: f32,
    pub(super) company: f32,
    pub(super) roles: f32,
    pub(super) calling: f32,
    pub(super) time: f32,
    /// The weightiest shared thing of each sort, and the unit that has it too.
    pub(super) shared_near: Option<(Key, usize)>,
    pub(super) shared_company: Option<(Key, usize)>,
    pub(super) shared_role: Option<(Key, usize)>,
    /// The share of the document's names that the other's documents have too.
    pub(super) overlap: f32,
}

impl Evidence {
    pub(super) fn sum(&self) -> f32 {
        self.name + self.known + self.near + self.company + self.roles + self.calling + self.time
    }
}

/// Caps and factors of the sums.
const NEAR_EACH: f32 = 0.4;
const NEAR_MOST: f32 = 3.5;
const COMPANY_EACH: f32 = 0.15;
const COMPANY_MOST: f32 = 2.5;
const ROLE_EACH: f32 = 0.35;
const ROLE_MOST: f32 = 3.0;
/// What a word of an office is worth that is only named close to the other.
const CROSSED: f32 = 0.7;
/// What is no rarer than this says nothing.
const COMMON_NEAR: f32 = 1.0;
const COMMON_COMPANY: f32 = 2.5;
const COMMON_ROLE: f32 = 1.0;
/// For each doubling or so of those who bear the name already.
const KNOWN: f32 = 0.25;
/// Beside that, once more documents than these name somebody: among people written about so much, two of one name are
/// hardly met.
const MUCH_WRITTEN_ABOUT: f32 = 12.0;
const WELL_KNOWN: f32 = 0.45;
const KNOWN_ONCE: f32 = 0.5;
/// One walk of life, by how few have it.
const SAME_CALLING: f32 = 0.2;
const SAME_CALLING_MOST: f32 = 0.6;
/// Two walks of life.
const OTHER_CALLING: f32 = -1.6;
/// Lawmakers of two states.
const OTHER_STATE: f32 = -4.0;
/// One seat in a parliament, and one party. Parties are changed.
const ONE_SEAT: f32 = 0.9;
const ONE_SIDE: f32 = 0.3;
const OTHER_SIDE: f32 = -1.2;
/// Offices without a word in common.
const OTHER_ROLES: f32 = -0.6;
/// Company without a name in common.
const OTHER_COMPANY: f32 = -0.4;
const OTHER_COMPANY_GROWS: f32 = 0.3;

/// Weighs a unit against a profile; `name` is what the names say.
pub(super) fn weigh(
    unit: &Unit,
    company: &[Key],
    profile: &Profile,
    name: f32,
    collection: &Collection,
    roles: &FxHashMap<Key, u32>,
) -> Evidence {
    let size = profile.size.max(1) as f32;
    let away = match (unit.day, profile.days) {
        (Some(day), Some((first, last))) => Some((first - day).max(day - last).max(0)),
        _ => None,
    };
    let known = KNOWN * size.ln() + WELL_KNOWN * (size / MUCH_WRITTEN_ABOUT).ln().max(0.0);
    // Whoever was written about much years ago is not the first to be thought of.
    let known = if matches!(away, Some(401..)) { known * KNOWN_ONCE } else { known };
    let mut evidence = Evidence { name, known, ..Evidence::default() };
    // Something that every tenth of the others has too, is worth what it is rarer than that in the collection.
    let share = |count: u32| (count as f32 / size).sqrt();
    let sum = |keys: &[Key], map: &FxHashMap<Key, (u32, usize)>, rarity: &dyn Fn(Key) -> f32| {
        let (mut total, mut best, mut met) = (0.0_f32, None, 0_usize);
        for key in keys.iter().filter(|key| !unit.own.contains(key)) {
            let Some(&(count, at)) = map.get(key) else { continue };
            let weight = rarity(*key) * share(count);
            met += 1;
            total += weight;
            if best.is_none_or(|(most, _, _)| weight > most) {
                best = Some((weight, *key, at));
            }
        }
        (total, best.map(|(_, key, at)| (key, at)), met)
    };
    let close = |key: Key| (collection.rarity(key) - COMMON_NEAR).max(0.0);
    let far = |key: Key| (collection.rarity(key) - COMMON_COMPANY).max(0.0);
    let (near, shared_near, _) = sum(&unit.near, &profile.near, &close);
    let (around, shared_company, met) = sum(company, &profile.company, &far);
    let of_role =
        |key: Key| (collection.role_rarity(roles.get(&key).copied().unwrap_or(0)) - COMMON_ROLE).max(0.0);
    let (offices, mut shared_role, _) = sum(&unit.roles, &profile.roles, &of_role);
    let both_have_roles = !unit.roles.is_empty() && !profile.roles.is_empty();
    // An office may name what only stands close to the other.
    let told: Vec<Key> =
        unit.roles.iter().filter(|word| !profile.roles.contains_key(*word)).copied().collect();
    let (told, by_own, _) = sum(&told, &profile.near_words, &of_role);
    let close: Vec<Key> = unit.near_words.iter().filter(|word| !unit.roles.contains(word)).copied().collect();
    let (close, by_other, _) = sum(&close, &profile.roles, &of_role);
    let no_office_shared = shared_role.is_none();
    shared_role = shared_role.or(by_own).or(by_other);
    let offices = offices + CROSSED * (told + close);
    evidence.near = (near * NEAR_EACH).min(NEAR_MOST);
    evidence.company = (around * COMPANY_EACH).min(COMPANY_MOST);
    evidence.roles = (offices * ROLE_EACH).min(ROLE_MOST);
    (evidence.shared_near, evidence.shared_company, evidence.shared_role) =
        (shared_near, shared_company, shared_role);
    evidence.overlap = if company.is_empty() { 0.0 } else { met as f32 / company.len() as f32 };
    if unit.callings != 0 && profile.callings != 0 {
        let shared = unit.callings & profile.callings;
        evidence.calling = match shared {
            0 => OTHER_CALLING,
            _ => (SAME_CALLING * collection.calling_rarity(shared)).min(SAME_CALLING_MOST),
        };
    }
    if no_office_shared && both_have_roles && evidence.roles < 0.3 {
        // "senator" and "candidate" are no two people's.
        evidence.roles = if evidence.calling > 0.0 { OTHER_ROLES / 2.0 } else { OTHER_ROLES };
    }
    evidence.time = match away {
        Some(0..=3) if profile.size == 1 => 0.6,
        Some(401..=1500) => -0.1,
        Some(1501..) => -0.3,
        _ => 0.0,
    };
    if unit.seat.is_of_another_state(&profile.seat) {
        evidence.calling += OTHER_STATE;
    } else if unit.seat.kinds & profile.seat.kinds != 0 {
        // After years a namesake may hold it.
        let still = match away {
            Some(401..=1500) => 0.3,
            Some(1501..) => 0.0,
            _ => 1.0,
        };
        evidence.roles = evidence.roles.max(0.0) + still * ONE_SEAT;
    }
    if let (Some(own), Some(other)) = (unit.seat.side, profile.seat.side) {
        evidence.roles += if own == other { ONE_SIDE } else { OTHER_SIDE };
    }
    if shared_near.is_none() && unit.near.len() > 1 && profile.near.len() > 1 && evidence.company < 0.5 {
        // With so many documents to meet somebody in, to meet nobody says more.
        evidence.company += OTHER_COMPANY * (1.0 + OTHER_COMPANY_GROWS * size.ln());
    }
    evidence
}
