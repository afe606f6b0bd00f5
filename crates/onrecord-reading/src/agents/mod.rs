//! Who a document names, and who of them says what.
//!
//! Names are runs of words written large, grouped by their words: rules, whose word lists are data under `rules/`. Mentions of
//! persons, pronouns and descriptions among them, are found and joined by a network ([`People`]); where it is unsure, rules say
//! who is likeliest among those named or heard before. What cannot be told stays untold: a pronoun that nobody fits has no
//! speaker, and nobody who speaks bears a pronoun's name.

mod alias;
mod antecedent;
mod cast;
mod composed;
mod coreference;
mod credit;
mod description;
#[cfg(test)]
mod dialogue;
mod employers;
mod likeness;
mod listing;
mod mentions;
mod name;
mod opening;
mod page;
mod phrase;
mod prominent;
mod quantity;
mod relative;
mod resolve;
mod restated;
mod role;
mod rules;
mod run;
mod saying;
mod sourceless;
mod subject;
mod telling;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told;
mod turn;

use crate::attribution::{Attribution, labels};
use crate::quotation::Quoted;
use crate::token::Token;
use onrecord_record::{Agent, DocumentId, TextIndex};
use std::ops::Range;

pub use coreference::{FEATURES as COREFERENCE_FEATURES, Lesson, People};
pub(crate) use page::Page;
pub use rules::is_pronoun;
pub(crate) use rules::key;

/// What a coreference network is to learn from in a text, of the mentions at `places` (range and head, in tokens), which are in
/// the order of their heads.
pub fn coreference_lesson(
    text: &str,
    tokens: &[Token],
    quoted: &[Quoted],
    attributions: &[Attribution],
    places: &[(Range<usize>, usize)],
) -> Lesson {
    let page = Page::new(text, tokens, quoted);
    let (names, cast) = cast_of(&page);
    let turns = labels(text, tokens);
    let scene = coreference::Scene::new(&page, &names, &cast, &turns, attributions);
    coreference::lesson(&scene, places, attributions)
}

/// The names of a page, and who bears them.
fn cast_of(page: &Page<'_>) -> (Vec<name::Name>, cast::Cast) {
    let names = name::names(page);
    let mut cast = cast::cast(page, &names);
    telling::give_roles(page, &names, &mut cast);
    antecedent::learn_genders(page, &names, &mut cast);
    (names, cast)
}

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
/// behind `index`; spans of attributions may be anything, also nonsense. `people` are the mentions a network found, if one was
/// asked; without them pronouns and descriptions are resolved by rules alone.
pub fn speakers(
    document: &DocumentId,
    index: &TextIndex<'_>,
    tokens: &[Token],
    quoted: &[Quoted],
    attributions: &[Attribution],
    people: Option<People<'_>>,
) -> Speakers {
    speakers_on(&Page::new(index.text(), tokens, quoted), document, index, attributions, people)
}

/// The same, of a text that is laid out already.
pub(crate) fn speakers_on(
    page: &Page<'_>,
    document: &DocumentId,
    index: &TextIndex<'_>,
    attributions: &[Attribution],
    people: Option<People<'_>>,
) -> Speakers {
    let tokens = page.tokens;
    let (names, mut cast) = cast_of(page);
    let turns = labels(index.text(), tokens);
    let chains = people
        .map(|people| {
            let scene = coreference::Scene::new(page, &names, &cast, &turns, attributions);
            people.chains(&scene, tokens, attributions)
        })
        .unwrap_or_default();
    let speakers = resolve::resolve(page, &names, &mut cast, attributions, turns, &chains);

    listing::see_persons(page, &mut cast);
    telling::give_descriptions(page, &mut cast);
    composed::add(page, &names, &mut cast);
    employers::find(page, &names, &mut cast);
    composed::with_years(page, &mut cast);
    let mut speaks = vec![false; cast.entities.len()];
    for of in speakers.iter().flatten() {
        if let Some(speaks) = speaks.get_mut(*of) {
            *speaks = true;
        }
    }
    let mut listed: Vec<(bool, usize, Agent)> = Vec::new();
    for (i, entity) in cast.entities.iter().enumerate() {
        let speaks = speaks.get(i) == Some(&true);
        if (speaks || listing::is_named(page, entity) || listing::is_somebody(entity))
            && let Some(agent) = listing::agent(document, index, page, entity)
        {
            listed.push((!speaks, i, agent));
        }
    }
    let (agents, place) = listing::each_mention_once(document, listed, cast.entities.len());
    let speaker = speakers.iter().map(|of| of.and_then(|of| place.get(of).copied().flatten())).collect();
    Speakers { agents, speaker }
}
