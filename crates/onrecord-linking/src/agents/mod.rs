//! Who is one and the same in many documents.
//!
//! A reading knows its own document: its agents, what they are called, and who stands near whom. Linking takes the
//! agents of many readings and proposes which are one, each proposal with what speaks for it and what against it
//! ([`Link`], [`Reason`]). No reading is changed. What a person knows better is entered as [`Decisions`], and linking is
//! simply done again.
//!
//! # How
//! Agents that could be one are those whose names could be (`person_name.rs`, `body_name.rs`): a given name in another form
//! ("Bob", "Robert") or as an initial, a missing middle name, another spelling, a body's legal form, an acronym that
//! documents explain. Different middle initials, "Jr." beside "Sr.", and "Mr." beside "Mrs." are two people whatever else
//! there is; "Jr." beside nothing is one only where the name is written in full and the office agrees. A surname alone links in copies of one text, and to the person whom it mostly means in the
//! collection, where the office agrees or the company does (`surname.rs`). Two agents of one document are linked only where
//! their names are the very same.
//!
//! A name alone is enough where it is rare in the collection and in the world, and not where many bear it; then the
//! documents have to show more: the same office, the same company close by, the same company in the document, the same
//! days. Evidence is summed as logarithms of odds (`evidence.rs`). Each agent is held against the gatherings of few
//! possible namesakes (`gathering.rs`), so that time grows with the number of agents and not with its square.
//!
//! Sources may disagree: one says "minister" and another "former minister". Both stay, each with its documents
//! ([`HeldRole`]).
//!
//! The result depends on the readings and not on their order.

mod body_name;
mod body_naming;
mod collection;
mod evidence;
mod folding;
mod gathering;
mod linked;
mod person_name;
mod same_bodies;
mod seat;
mod surname;
#[cfg(test)]
mod tests;
mod told;
mod unit;
mod word_lists;

pub use linked::{HeldRole, Link, LinkedAgent, Member, Reason, ReasonKind, Speaks};

use collection::Collection;
use gathering::{Ground, gather};
use linked::Listing;
use onrecord_record::{Agent, AgentId, AgentKind, DocumentId};
use rustc_hash::{FxHashMap, FxHashSet};
use seat::Seat;
use unit::{
    Unit, UnitName, company, day, gender, is_linkable, neighbours, role_counts, roles, unit_name, words_of,
};

/// What one document's reading says of its agents.
#[derive(Clone, Copy, Debug)]
pub struct DocumentAgents<'a> {
    /// The document.
    pub document: &'a DocumentId,
    /// Its day of publication, `YYYY-MM-DD`, as far as known.
    pub published: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// Its agents.
    pub agents: &'a [Agent],
}

/// What people have said of pairs of agents. Their word stands over every link and every difference found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// These two are one and the same.
    pub same: Vec<(AgentId, AgentId)>,
    /// These two are not. A link is taken out by entering its two agents here. Where this contradicts `same`, this holds.
    pub apart: Vec<(AgentId, AgentId)>,
}

/// Proposes which agents are one and the same.
///
/// Every person, body and other named thing is in exactly one [`LinkedAgent`], alone where nothing is like it; groups,
/// documents and unnamed sources are left out, since they mean something else in every document. The order is that of the
/// day of the first member, then of its ids. An agent line that comes twice counts once.
pub fn link(readings: &[DocumentAgents<'_>], decisions: &Decisions) -> Vec<LinkedAgent> {
    let mut ordered: Vec<&DocumentAgents<'_>> = readings.iter().collect();
    ordered.sort_by_key(|reading| {
        (reading.published, reading.document, reading.agents.first().map(|agent| &agent.id))
    });
    let collection = Collection::new(&ordered);
    let role_counts = role_counts(&ordered);
    let companies: Vec<Vec<collection::Key>> =
        ordered.iter().map(|reading| company(reading, &collection)).collect();

    let mut all: Vec<(usize, &Agent)> = Vec::new();
    let mut units: Vec<Unit> = Vec::new();
    let mut seen: FxHashSet<&AgentId> = FxHashSet::default();
    let mut place: FxHashMap<&AgentId, usize> = FxHashMap::default();
    for (document, reading) in ordered.iter().enumerate() {
        let names: FxHashMap<collection::Key, &str> = reading
            .agents
            .iter()
            .map(|agent| (collection::name_key(&agent.name), agent.name.as_str()))
            .collect();
        for (agent, near) in reading.agents.iter().zip(neighbours(reading)) {
            if !is_linkable(agent) || !seen.insert(&agent.id) {
                continue;
            }
            let Some(name) = unit_name(agent, &collection) else { continue };
            let (roles, callings) = roles(agent);
            let day = reading.published.and_then(day);
            place.insert(&agent.id, units.len());
            units.push(Unit {
                agents: vec![all.len()],
                documents: vec![document],
                name,
                is_person: agent.kind == Some(AgentKind::Person),
                own: vec![collection::name_key(&agent.name)],
                seat: Seat::new(agent),
                near_words: words_of(&near, &agent.name, &names),
                near,
                roles,
                callings,
                gender: gender(agent),
                day,
            });
            all.push((document, agent));
        }
    }
    let decided = Decided::new(decisions, &place, units.len());
    let (units, apart, entered) = decided.apply(units, &all);
    let ground = Ground {
        units: &units,
        company: &companies,
        collection: &collection,
        roles: &role_counts,
        apart: &apart,
    };
    let (gatherings, joined) = gather(&ground);
    Listing { readings: &ordered, all: &all, units: &units }.list(&gatherings, &joined, &entered)
}

/// People's decisions as unions of units.
struct Decided {
    /// For each agent the first agent of its union.
    root: Vec<usize>,
    /// The pairs entered as one, as far as nothing contradicts them.
    same: Vec<(usize, usize)>,
    apart: Vec<(usize, usize)>,
}

impl Decided {
    fn new(decisions: &Decisions, place: &FxHashMap<&AgentId, usize>, count: usize) -> Self {
        let pairs = |pairs: &[(AgentId, AgentId)]| {
            let mut found: Vec<(usize, usize)> = pairs
                .iter()
                .filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?)))
                .filter(|(a, b)| a != b)
                .map(|(a, b)| (a.min(b), a.max(b)))
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let apart = pairs(&decisions.apart);
        let mut decided = Decided { root: (0..count).collect(), same: Vec::new(), apart };
        for (a, b) in pairs(&decisions.same) {
            let before = decided.root.clone();
            decided.unite(a, b);
            if decided.apart.iter().any(|(x, y)| decided.find(*x) == decided.find(*y)) {
                decided.root = before;
            } else {
                decided.same.push((a, b));
            }
        }
        decided
    }

    fn find(&self, mut at: usize) -> usize {
        while let Some(&up) = self.root.get(at).filter(|up| **up != at) {
            at = up;
        }
        at
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(root) = self.root.get_mut(a.max(b)) {
            *root = a.min(b);
        }
    }

    /// The units with those united in one, in the order they are gathered in, the units kept apart, and the pairs entered
    /// as one.
    #[expect(clippy::type_complexity, reason = "three results of one step, taken apart at once")]
    fn apply(
        &self,
        units: Vec<Unit>,
        all: &[(usize, &Agent)],
    ) -> (Vec<Unit>, FxHashMap<usize, Vec<usize>>, Vec<(usize, usize)>) {
        let mut united: Vec<Unit> = Vec::with_capacity(units.len());
        let mut of: Vec<usize> = Vec::with_capacity(units.len());
        for (at, unit) in units.into_iter().enumerate() {
            let root = self.find(at);
            if root == at {
                of.push(united.len());
                united.push(unit);
                continue;
            }
            let place = of.get(root).copied().unwrap_or_default();
            of.push(place);
            if let Some(first) = united.get_mut(place) {
                first.take_in(unit);
            }
        }
        // What is known best comes first, and what is known little is then held against it.
        let mut order: Vec<usize> = (0..united.len()).collect();
        let known = |unit: &Unit| (unit.weight(), std::cmp::Reverse(unit.roles.len() * 3 + unit.near.len()));
        let id = |unit: &Unit| unit.agents.first().and_then(|at| all.get(*at)).map(|(_, agent)| &agent.id);
        order.sort_by(|a, b| {
            let (Some(a), Some(b)) = (united.get(*a), united.get(*b)) else {
                return std::cmp::Ordering::Equal;
            };
            known(a)
                .cmp(&known(b))
                .then_with(|| a.documents.cmp(&b.documents))
                .then_with(|| id(a).cmp(&id(b)))
        });
        let mut now = vec![0; united.len()];
        for (place, before) in order.iter().enumerate() {
            if let Some(now) = now.get_mut(*before) {
                *now = place;
            }
        }
        let unit_of = |agent: usize| of.get(agent).and_then(|before| now.get(*before)).copied();
        let mut apart: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (a, b) in &self.apart {
            if let (Some(a), Some(b)) = (unit_of(*a), unit_of(*b)) {
                apart.entry(a).or_default().push(b);
                apart.entry(b).or_default().push(a);
            }
        }
        let mut slots: Vec<Option<Unit>> = united.into_iter().map(Some).collect();
        let sorted =
            order.iter().filter_map(|before| slots.get_mut(*before).and_then(Option::take)).collect();
        (sorted, apart, self.same.clone())
    }
}

impl Unit {
    /// Full names before short ones, so that short ones find them.
    fn weight(&self) -> u8 {
        match &self.name {
            UnitName::Person(name) if name.given.chars().count() > 1 => 0,
            UnitName::Body(name, _) if !name.acronym && name.words > 1 => 0,
            UnitName::Person(_) | UnitName::Body(..) => 1,
            UnitName::Lone(_) => 2,
        }
    }

    /// Takes in another that a person said is the same.
    fn take_in(&mut self, other: Unit) {
        self.agents.extend(other.agents);
        self.documents.extend(other.documents);
        for (own, others) in [
            (&mut self.near, other.near),
            (&mut self.near_words, other.near_words),
            (&mut self.roles, other.roles),
        ] {
            own.extend(others);
            own.sort_unstable();
            own.dedup();
        }
        self.own.extend(other.own);
        self.seat.take_in(&other.seat);
        self.callings |= other.callings;
        if self.gender != other.gender {
            self.gender = self.gender.xor(other.gender);
        }
        if matches!(self.name, UnitName::Lone(_)) {
            self.name = other.name;
        }
    }
}
