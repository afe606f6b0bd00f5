//! Who a document names, and who of them says what.
//!
//! No model is asked: names are runs of words written large, grouped by their words; descriptions and pronouns go to the
//! likeliest of those named or heard before. The word lists are data under `rules/`. What cannot be told stays untold: a
//! pronoun that nobody fits has no speaker, and no agent bears a pronoun's name.

mod antecedent;
mod cast;
mod composed;
#[cfg(test)]
mod dialogue;
mod listing;
mod name;
mod opening;
mod page;
mod phrase;
mod quantity;
mod relative;
mod resolve;
mod restated;
mod role;
mod rules;
mod run;
mod saying;
#[cfg(test)]
mod tests;
mod turn;

use crate::attribution::Attribution;
use crate::quotation::Quoted;
use crate::token::Token;
use name::Name;
use onrecord_record::{Agent, AgentKind, CodePoint, DocumentId, Span, TextIndex};
use page::Page;
use std::ops::Range;

/// The agents of a document and who of them speaks.
pub struct Speakers {
    /// All agents, ordered by first mention.
    pub agents: Vec<Agent>,
    /// For each attribution the index of its speaker in `agents`.
    pub speaker: Vec<Option<usize>>,
}

/// Finds the agents of a document and the speaker of every attribution.
///
/// Listed are those who speak, and whoever and whatever else can speak and is named in running text: persons, bodies,
/// studies. Places are listed only when they speak. `tokens` and `quoted` are those of the text
/// behind `index`; spans of attributions may be anything, also nonsense.
pub fn speakers(
    document: &DocumentId,
    index: &TextIndex<'_>,
    tokens: &[Token],
    quoted: &[Quoted],
    attributions: &[Attribution],
) -> Speakers {
    let page = Page::new(index.text(), tokens, quoted);
    let names = name::names(&page);
    let mut cast = cast::cast(&page, &names);
    give_roles(&page, &names, &mut cast);
    antecedent::learn_genders(&page, &names, &mut cast);
    let speakers = resolve::resolve(&page, &names, &mut cast, attributions);

    composed::add(&page, &names, &mut cast);
    let mut speaks = vec![false; cast.entities.len()];
    for of in speakers.iter().flatten() {
        if let Some(speaks) = speaks.get_mut(*of) {
            *speaks = true;
        }
    }
    let mut listed: Vec<(Span<CodePoint>, usize, Agent)> = Vec::new();
    for (i, entity) in cast.entities.iter().enumerate() {
        let speaks = speaks.get(i) == Some(&true);
        if (speaks || listing::is_named(&page, entity))
            && let Some(agent) = listing::agent(document, index, &page, entity)
            && let Some(first) = agent.mentions.first().copied()
        {
            listed.push((first, i, agent));
        }
    }
    listed.sort_by_key(|(first, i, _)| (*first, *i));
    let mut place = vec![None; cast.entities.len()];
    let mut agents = Vec::with_capacity(listed.len());
    for (_, i, agent) in listed {
        if let Some(place) = place.get_mut(i) {
            *place = Some(agents.len());
        }
        agents.push(agent);
    }
    let speaker = speakers.iter().map(|of| of.and_then(|of| place.get(of).copied().flatten())).collect();
    Speakers { agents, speaker }
}

/// Reads what stands before and behind every naming mention of a person.
fn give_roles(page: &Page<'_>, names: &[Name], cast: &mut cast::Cast) {
    for (n, name) in names.iter().enumerate() {
        let Some(entity) = cast.of.get(n).copied().flatten().and_then(|of| cast.entities.get_mut(of)) else {
            continue;
        };
        if !entity.can_be_person() {
            continue;
        }
        let before = role::before(page, name).or_else(|| role::title(page, name));
        let behind = role::behind(page, name.run.end, None);
        let placed = || {
            let word = name.run.start.checked_sub(1).map_or("", |i| page.word(i));
            matches!(
                word,
                "in" | "In" | "at" | "At" | "from" | "From" | "of" | "to" | "the" | "The" | "on" | "On"
            )
        };
        let alone = name.look == name::Look::Single && page.begins_sentence(name.run.start) && !placed();
        if before.is_some() || behind.is_some() && (name.units > 1 || alone) {
            entity.kind = Some(AgentKind::Person);
        }
        for role in before.into_iter().chain(behind) {
            role::add(page, entity, role);
        }
        if let Some(alias) = also_known_as(page, names, n) {
            entity.aliases.push(alias);
        }
    }
}

/// "also known as Omar al-Zuri", "a.k.a. the Harbourmaster" behind a name.
fn also_known_as(page: &Page<'_>, names: &[Name], n: usize) -> Option<Range<usize>> {
    let (name, other) = (names.get(n)?, names.get(n + 1)?);
    let between = name.run.end..other.run.start;
    if between.len() > 10 || page.sentence(name.run.start) != page.sentence(other.run.start) {
        return None;
    }
    let words: Vec<&str> = between.filter(|&i| page.is_word(i)).map(|i| page.word(i)).collect();
    let stated = matches!(
        words.as_slice(),
        ["also", "known", "as", ..]
            | ["also", "called", ..]
            | ["known", "as"]
            | ["better", "known", "as"]
            | ["alias"]
            | ["aka"]
            | ["a", "k", "a"]
            | ["nicknamed"]
            | ["born"]
    );
    stated.then(|| other.name.clone())
}
