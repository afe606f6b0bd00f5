//! Who a document names, and who of them says what.
//!
//! No model is asked: names are runs of words written large, grouped by their words; descriptions and pronouns go to the
//! likeliest of those named or heard before. The word lists are data under `rules/`. What cannot be told stays untold: a
//! pronoun that nobody fits has no speaker, and no agent bears a pronoun's name.

mod alias;
mod antecedent;
mod cast;
mod composed;
mod description;
#[cfg(test)]
mod dialogue;
mod employers;
mod likeness;
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
mod telling;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told;
mod turn;

use crate::attribution::Attribution;
use crate::quotation::Quoted;
use crate::token::Token;
use onrecord_record::{Agent, CodePoint, DocumentId, Span, TextIndex};
use page::Page;

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
    telling::give_roles(&page, &names, &mut cast);
    antecedent::learn_genders(&page, &names, &mut cast);
    let speakers = resolve::resolve(&page, &names, &mut cast, attributions);

    listing::see_persons(&page, &mut cast);
    telling::give_descriptions(&page, &mut cast);
    composed::add(&page, &names, &mut cast);
    employers::find(&page, &names, &mut cast);
    composed::with_years(&page, &mut cast);
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
