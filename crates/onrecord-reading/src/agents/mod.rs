//! Who a document names, and who of them says what.
//!
//! No model is asked: names are runs of words written large, grouped by their words; descriptions and pronouns go to the
//! likeliest of those named or heard before. The word lists are data under `rules/`. What cannot be told stays untold: a
//! pronoun that nobody fits has no speaker, and no agent bears a pronoun's name.

mod antecedent;
mod cast;
#[cfg(test)]
mod dialogue;
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
use cast::Entity;
use name::Name;
use onrecord_record::{Agent, AgentId, AgentKind, Alias, CodePoint, DocumentId, Role, Span, TextIndex};
use page::Page;
pub use rules::is_pronoun;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// How sure a mention is that bears the agent's own name, and one that only means it.
const NAMED: f32 = 0.97;
const MEANT: f32 = 0.85;

/// The agents of a document and who of them speaks.
pub struct Speakers {
    /// All agents, ordered by first mention.
    pub agents: Vec<Agent>,
    /// For each attribution the index of its speaker in `agents`.
    pub speaker: Vec<Option<usize>>,
}

/// Finds the agents of a document and the speaker of every attribution.
///
/// Listed are those who speak, and persons named in full in running text. `tokens` and `quoted` are those of the text
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

    let mut speaks = vec![false; cast.entities.len()];
    for of in speakers.iter().flatten() {
        if let Some(speaks) = speaks.get_mut(*of) {
            *speaks = true;
        }
    }
    let mut listed: Vec<(Span<CodePoint>, usize, Agent)> = Vec::new();
    for (i, entity) in cast.entities.iter().enumerate() {
        let speaks = speaks.get(i) == Some(&true);
        let person = entity.kind == Some(AgentKind::Person) && entity.certain && entity.units > 1;
        if (speaks || person)
            && let Some(agent) = agent(document, index, &page, entity)
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

fn agent(document: &DocumentId, index: &TextIndex<'_>, page: &Page<'_>, entity: &Entity) -> Option<Agent> {
    let place = |range: &Range<usize>| Some(index.code_points(page.span(range.clone())?));
    let mut names = Vec::new();
    let mut seen = FxHashSet::default();
    for range in &entity.named {
        let text = page.slice(range.clone());
        if !text.is_empty() && seen.insert(text) {
            names.push(text.to_owned());
        }
    }
    let named = entity.named.iter().map(|range| (range, NAMED));
    let meant = entity.meant.iter().map(|range| (range, MEANT));
    let mut sure: Vec<(Span<CodePoint>, f32)> =
        named.chain(meant).filter_map(|(range, sure)| Some((place(range)?, sure))).collect();
    sure.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    sure.dedup_by_key(|(span, _)| *span);
    let (mentions, mention_confidence): (Vec<Span<CodePoint>>, Vec<f32>) = sure.into_iter().unzip();
    let mut roles: Vec<Role> = entity
        .roles
        .iter()
        .filter_map(|range| Some(Role { text: page.slice(range.clone()).to_owned(), span: place(range)? }))
        .collect();
    roles.sort_by_key(|role| role.span);
    let mut aliases: Vec<Alias> = entity
        .aliases
        .iter()
        .filter_map(|range| Some(Alias { name: page.slice(range.clone()).to_owned(), span: place(range)? }))
        .collect();
    aliases.sort_by_key(|alias| alias.span);
    aliases.dedup();
    let id = AgentId::new(document, *mentions.first()?);
    Some(Agent {
        id,
        document: document.clone(),
        name: page.slice(entity.best.clone()).to_owned(),
        kind: entity.kind,
        names,
        roles,
        mentions,
        mention_confidence,
        also_known_as: aliases,
    })
}
