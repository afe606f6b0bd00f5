//! What is compared: an agent of one document, or several that a person said are one, with the company they keep.

use super::DocumentAgents;
use super::body_name::BodyName;
use super::collection::{Collection, Key, key, longest, name_key, short_forms};
use super::folding::folded_words;
use super::person_name::PersonName;
use super::seat::Seat;
use super::word_lists::WORD_LISTS;
use onrecord_record::{Agent, AgentKind};
use rustc_hash::FxHashMap;

/// The name that something is linked by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum UnitName {
    /// A person named by given name and surname.
    Person(PersonName),
    /// A single word that may be anybody's.
    Lone(String),
    /// A body, with the shorter forms its document uses.
    Body(BodyName, Vec<String>),
}

/// One thing to be linked.
pub(super) struct Unit {
    /// Its agents, as indices into the list of all.
    pub(super) agents: Vec<usize>,
    /// Their documents, as indices into the readings, in the same order.
    pub(super) documents: Vec<usize>,
    pub(super) name: UnitName,
    /// Whether its document shows it to be a person.
    pub(super) is_person: bool,
    /// The keys of its own names, which are no company.
    pub(super) own: Vec<Key>,
    /// What its offices tell of a seat in a parliament.
    pub(super) seat: Seat,
    /// Names that stand close to its own, each once.
    pub(super) near: Vec<Key>,
    /// Words of those names.
    pub(super) near_words: Vec<Key>,
    /// Words of its offices and descriptions, each once.
    pub(super) roles: Vec<Key>,
    /// Its walks of life, a bit each.
    pub(super) callings: u16,
    /// What "Mr." and "Mrs." tell.
    pub(super) gender: Option<Gender>,
    /// The day of publication, in days.
    pub(super) day: Option<i32>,
}

/// A man or a woman, as honorifics tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// How many code points from a mention another name still keeps it company.
const NEAR: u32 = 90;

/// So many mentions of one agent, neighbours of one mention and kinds of company are looked at.
const MOST_MENTIONS: usize = 24;
const MOST_NEIGHBOURS: usize = 6;
const MOST_COMPANY: usize = 48;
pub(super) const MOST_ROLE_WORDS: usize = 40;

/// Whether an agent can be one and the same across documents at all.
pub(super) fn is_linkable(agent: &Agent) -> bool {
    matches!(agent.kind, Some(AgentKind::Person | AgentKind::Organisation) | None)
}

/// What an agent is linked by; nothing where its name has no letters.
pub(super) fn unit_name(agent: &Agent, collection: &Collection) -> Option<UnitName> {
    let words = folded_words(&agent.name);
    if let [word] = words.as_slice() {
        let body = match agent.kind {
            Some(AgentKind::Person) => false,
            Some(AgentKind::Organisation) => true,
            _ => collection.is_body_word(word),
        };
        // A short word that a document explains by a longer name is a body all the same.
        if !body {
            return Some(UnitName::Lone(word.clone()));
        }
    } else if agent.kind != Some(AgentKind::Organisation)
        && let Some(name) = PersonName::new(&agent.name)
        && (agent.kind == Some(AgentKind::Person) || collection.is_person_name(&name))
    {
        return Some(UnitName::Person(name));
    }
    let name = longest(agent)?;
    let short = short_forms(agent, &name);
    Some(UnitName::Body(name, short))
}

/// The documents' rarer names: the company everybody in them keeps.
pub(super) fn company(reading: &DocumentAgents<'_>, collection: &Collection) -> Vec<Key> {
    let mut all: Vec<(u32, Key)> = reading
        .agents
        .iter()
        .filter(|agent| is_linkable(agent))
        .map(|agent| name_key(&agent.name))
        .map(|key| (collection.occurs(key), key))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().take(MOST_COMPANY).map(|(_, key)| key).collect()
}

/// For each agent of a document the names close to its own.
pub(super) fn neighbours(reading: &DocumentAgents<'_>) -> Vec<Vec<Key>> {
    let mut places: Vec<(u32, u32, usize)> = Vec::new();
    for (i, agent) in reading.agents.iter().enumerate().filter(|(_, agent)| is_linkable(agent)) {
        let spans = agent.mentions.iter().take(MOST_MENTIONS);
        places.extend(spans.map(|span| (span.start.0, span.end.0, i)));
    }
    places.sort_unstable();
    let keys: Vec<Key> = reading.agents.iter().map(|agent| name_key(&agent.name)).collect();
    let mut near: Vec<Vec<Key>> = vec![Vec::new(); reading.agents.len()];
    for (at, &(_, end, i)) in places.iter().enumerate() {
        for &(start, _, j) in places.iter().skip(at + 1).take(MOST_NEIGHBOURS) {
            if start > end.saturating_add(NEAR) {
                break;
            }
            if i != j
                && let (Some(a), Some(b)) = (keys.get(i), keys.get(j))
            {
                near.get_mut(i).into_iter().for_each(|near| near.push(*b));
                near.get_mut(j).into_iter().for_each(|near| near.push(*a));
            }
        }
    }
    for near in &mut near {
        near.sort_unstable();
        near.dedup();
    }
    near
}

/// The words of an agent's offices, and its walks of life.
pub(super) fn roles(agent: &Agent) -> (Vec<Key>, u16) {
    let (mut words, mut callings) = (Vec::new(), 0);
    for word in agent.roles.iter().flat_map(|role| role_words(&role.text)).take(MOST_ROLE_WORDS) {
        callings |= WORD_LISTS.callings(&word);
        // Half of a parliament is of one party.
        if !WORD_LISTS.is("party", &word) {
            words.extend(stems(&word));
        }
    }
    words.sort_unstable();
    words.dedup();
    (words, callings)
}

/// A word of an office as it is compared: in its full form, without its end.
pub(super) fn stems(word: &str) -> Vec<Key> {
    match WORD_LISTS.full_form(word) {
        Some(full) => full.split('-').map(stem).collect(),
        None => vec![stem(word)],
    }
}

/// A word without its end, so that "Syria" meets "Syrian".
pub(super) fn stem(word: &str) -> Key {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    key(word.get(..end).unwrap_or(word))
}

/// The words of the names with these keys, without those of the agent's own name.
pub(super) fn words_of(near: &[Key], own: &str, names: &FxHashMap<Key, &str>) -> Vec<Key> {
    let own: Vec<Key> = folded_words(own).iter().map(|word| stem(word)).collect();
    let of_near = near.iter().filter_map(|key| names.get(key)).flat_map(|name| role_words(name));
    let mut words: Vec<Key> = of_near
        .filter(|word| !WORD_LISTS.is("party", word))
        .take(MOST_ROLE_WORDS)
        .map(|word| stem(&word))
        .filter(|word| !own.contains(word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of an office that say something.
pub(super) fn role_words(text: &str) -> Vec<String> {
    const EMPTY: [&str; 24] = [
        "the", "a", "an", "of", "for", "in", "and", "at", "on", "to", "who", "by", "with", "from", "his",
        "her", "its", "their", "former", "then", "now", "new", "as", "one",
    ];
    let mut words: Vec<String> = text
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '/' | '(' | ')' | ','))
        .flat_map(folded_words)
        .collect();
    words.retain(|word| word.len() > 1 && !EMPTY.contains(&word.as_str()));
    words
}

/// What the honorifics in an agent's wordings tell.
pub(super) fn gender(agent: &Agent) -> Option<Gender> {
    let mut found = None;
    for first in agent.names.iter().filter_map(|name| name.split_whitespace().next()) {
        let told = match first.trim_end_matches('.') {
            "Mr" | "Sir" | "Lord" => Gender::Male,
            "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" | "Congresswoman" => Gender::Female,
            _ => continue,
        };
        if found.is_some_and(|found| found != told) {
            return None;
        }
        found = Some(told);
    }
    found
}

/// A day "YYYY-MM-DD" (or less of it) as days, roughly enough to tell how far apart two are.
pub(super) fn day(published: &str) -> Option<i32> {
    let mut parts = published.split('-');
    let mut number = |usual: i32| match parts.next() {
        Some(part) => part.get(..2.min(part.len())).and_then(|_| part.parse::<i32>().ok()),
        None => Some(usual),
    };
    let (year, month, day) = (number(0)?, number(7)?, number(1)?);
    ((1000..3000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| year * 365 + (month - 1) * 30 + day)
}

/// How many documents a word of an office occurs in.
pub(super) fn role_counts(readings: &[&DocumentAgents<'_>]) -> FxHashMap<Key, u32> {
    let mut counts: FxHashMap<Key, u32> = FxHashMap::default();
    for reading in readings {
        for word in reading.agents.iter().flat_map(|agent| roles(agent).0) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<Key> {
        roles(&crate::agents::tests::agent_with_role(text)).0
    }

    #[test]
    fn short_forms_of_states_and_offices_hold_their_examples() {
        let groups = super::super::word_lists::groups();
        let forms = |group: &&super::super::word_lists::Group| {
            matches!(group.class.as_str(), "state" | "office-form")
        };
        assert_eq!(groups.iter().filter(forms).count(), 2);
        for group in groups.iter().filter(forms) {
            for (examples, holds) in [(&group.holds, true), (&group.fails, false)] {
                for example in examples {
                    let (a, b) = example.split_once(" = ").unwrap();
                    let (a, b) = (told(a), told(b));
                    assert_eq!(a.iter().all(|word| b.contains(word)), holds, "{example}");
                }
            }
        }
    }

    #[test]
    fn a_party_tells_nobody_from_another() {
        assert_eq!(told("Republican"), told("GOP"));
        assert_eq!(told("Republican of Korr"), told("of Korr"));
    }
}
