//! What a statement does and how it is told, filled into statements whose speakers are known.
//!
//! Rules say first what they can of each statement; a network weighs that with what it sees of the words around (`sight.rs`,
//! `weighed.rs`; what opens another statement is left to that one: `ahead.rs`). Silences and answers come last, since they build on both.

mod ahead;
mod sight;
mod weighed;

use crate::act::{act, plainly_doubts};
use crate::agents::Page;
use crate::basis::ground;
use crate::certainty::certainty;
use crate::concession::concede;
use crate::framing::framing;
use crate::mentioned::Mentioned;
use crate::passage::Passage;
use crate::response::{Told, respond, ties};
use crate::setting::{Mentions, Place, addressee, set};
use crate::silence::{Scene, silences};
use ahead::Ahead;
use onrecord_models::{ALONG, BESIDE, Sight, StatementChances, StatementNetwork, StatementRoom, Tie, Whole};
use onrecord_record::{
    Act, Agent, AgentId, AgentKind, BasisKind, Byte, Certainty, CertaintyLevel, CodePoint, DocumentId,
    Silence, Span, Statement, TextIndex,
};
use rustc_hash::{FxHashMap, FxHashSet};
pub(crate) use sight::Shown;
use std::ops::Range;
use weighed::Setting;

/// What weighs the rules' marks: the network with what it reads of each token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weigher<'n> {
    pub(crate) network: &'n StatementNetwork,
    /// As [`onrecord_models::Proposals::rows`].
    pub(crate) rows: &'n [f32],
    pub(crate) shown: Shown<'n>,
}

/// Fills in what the words of each statement and those around it tell of it, and gives the text's notes of silence. The
/// statements come in the order of the text.
pub(crate) fn tell(
    document: &DocumentId,
    page: &Page<'_>,
    index: &TextIndex<'_>,
    agents: &[Agent],
    weigher: Weigher<'_>,
    statements: &mut [Statement],
) -> Vec<Silence> {
    let passages = tell_by_rules(page, index, agents, statements);
    let wholes = weigh_all(page, agents, weigher, &passages, statements);
    let mentioned = Mentioned::new(page, index, agents);
    let speakers = speakers(agents, statements);
    let scene = Scene { page, mentioned: &mentioned, statements, passages: &passages, speakers: &speakers };
    let (silences, silent) = silences(document, index, agents, &scene);
    let told =
        Told { page, mentioned: &mentioned, passages: &passages, speakers: &speakers, silent: &silent };
    respond(told, weigher.network, &wholes, statements);
    let noting = statements.iter_mut().zip(&silent).filter(|(_, silent)| **silent);
    noting.for_each(|(statement, _)| without_grounds(statement, &silences));
    silences
}

/// What the rules say of each statement, and where it stands.
fn tell_by_rules(
    page: &Page<'_>,
    index: &TextIndex<'_>,
    agents: &[Agent],
    statements: &mut [Statement],
) -> Vec<Passage> {
    let passages: Vec<Passage> =
        statements.iter().map(|statement| Passage::of(page, index, statement)).collect();
    for (statement, passage) in statements.iter_mut().zip(&passages) {
        statement.act = Some(act(page, passage));
        statement.certainty = certainty(page, index, passage, &statement.about_time);
        statement.framing = framing(page, passage, statement);
    }
    let places = Place::all(page, agents, statements, &passages);
    set(page, index, agents, statements, &places);
    ground(page, index, agents, statements, &places);
    concede(page, statements, &passages, &speakers(agents, statements));
    passages
}

/// Weighs what the rules say with what the network sees, and gives each statement as a whole.
fn weigh_all(
    page: &Page<'_>,
    agents: &[Agent],
    weigher: Weigher<'_>,
    passages: &[Passage],
    statements: &mut [Statement],
) -> Vec<Whole> {
    let Weigher { network, rows, shown } = weigher;
    let mentions = Mentions::of(agents);
    let persons = agents.iter().filter(|agent| agent.kind == Some(AgentKind::Person));
    let persons: FxHashSet<&AgentId> = persons.map(|agent| &agent.id).collect();
    let mut room = StatementRoom::default();
    let mut wholes = Vec::with_capacity(statements.len());
    let ahead = Ahead::of(&shown, statements);
    for (statement, passage) in statements.iter_mut().zip(passages) {
        let plain = statement.act == Some(Act::Doubts) && plainly_doubts(page, passage);
        let by_rules = plain.then(|| certainty_of_doubt(&statement.certainty));
        let sight = shown.sight(statement);
        let mut chances = network.judge(rows, &sight, &mut room);
        if let Some(near) = around(page, passage) {
            grounds_within(shown, near, &sight, &mut chances);
        }
        match weighed::weigh(network, &shown, &sight, &chances, &ahead, statement) {
            Setting::AsTold => {}
            Setting::None => statement.addressee = None,
            Setting::Found(span) => {
                let own = statement.speaker.as_ref();
                statement.addressee = addressee(page, shown.index, &mentions, own, page.within(span));
            }
        }
        // A network that takes the doubt for a denial takes it for the speaker's certainty too.
        if let Some(certainty) = by_rules {
            (statement.act, statement.certainty) = (Some(Act::Doubts), certainty);
        }
        // "Ana Holm, a senior official, said": whoever is known by name is no unnamed source.
        if statement.speaker.as_ref().is_some_and(|speaker| persons.contains(speaker)) {
            let Statement { basis, source, .. } = statement;
            let in_source = |span: Span<CodePoint>| {
                source.spans.iter().any(|of| of.start <= span.start && span.end <= of.end)
            };
            basis.retain(|basis| basis.kind != BasisKind::UnnamedSource || !in_source(basis.span));
        }
        wholes.push(chances.whole);
    }
    wholes
}

/// The sentences in which a statement stands, as far as a network sees of them.
fn around(page: &Page<'_>, passage: &Passage) -> Option<Span<Byte>> {
    let Range { mut start, mut end } = passage.extent()?;
    let (first, last) = (page.sentence(start), page.sentence(end.saturating_sub(1)));
    let (least, most) = (start.saturating_sub(BESIDE + ALONG), end + BESIDE + ALONG);
    while start > least && page.sentence(start - 1) == first {
        start -= 1;
    }
    while end < most && end < page.len() && page.sentence(end) == last {
        end += 1;
    }
    page.span(start..end)
}

/// What stands in other sentences is no ground unless rules told it: of those in the lessons one in fifteen stands there.
fn grounds_within(shown: Shown<'_>, near: Span<Byte>, sight: &Sight, chances: &mut StatementChances) {
    let tokens = shown.tokens.get(sight.first..).unwrap_or_default();
    for ((token, by_rules), chances) in tokens.iter().zip(&sight.basis).zip(&mut chances.tokens) {
        if *by_rules == 0 && !near.overlaps(&token.span) {
            chances.kinds.fill(0.0);
        }
    }
}

/// What a note of silence speaks of is no ground of the statement that it is itself: "did not cite any documents".
fn without_grounds(statement: &mut Statement, silences: &[Silence]) {
    statement.basis.retain(|basis| {
        let behind = silences.partition_point(|silence| silence.span.end <= basis.span.start);
        let noted = silences.get(behind).is_some_and(|silence| silence.span.overlaps(&basis.span));
        !noted || basis.kind == BasisKind::NoneOffered
    });
}

/// The speaker's certainty as the rules have it, for who plainly doubts: the "have no" of "I have no way to assess", or its "no
/// way", does not say that something is not so, or hardly.
fn certainty_of_doubt(by_rules: &Certainty) -> Certainty {
    match by_rules.level {
        Some(CertaintyLevel::Denied | CertaintyLevel::Unlikely) => Certainty::default(),
        _ => by_rules.clone(),
    }
}

/// What the network is shown of each statement, in the order in which they come, for who wants to teach it.
pub(crate) fn sights(
    page: &Page<'_>,
    agents: &[Agent],
    shown: Shown<'_>,
    statements: &mut [Statement],
) -> Vec<Sight> {
    tell_by_rules(page, shown.index, agents, statements);
    statements.iter().map(|statement| shown.sight(statement)).collect()
}

/// What the network is told of pairs of statements, in the order in which they come, for who wants to teach it.
pub(crate) fn shown_ties(
    document: &DocumentId,
    page: &Page<'_>,
    index: &TextIndex<'_>,
    agents: &[Agent],
    statements: &mut [Statement],
) -> Vec<Tie> {
    let passages = tell_by_rules(page, index, agents, statements);
    let mentioned = Mentioned::new(page, index, agents);
    let speakers = speakers(agents, statements);
    let scene = Scene { page, mentioned: &mentioned, statements, passages: &passages, speakers: &speakers };
    let (_, silent) = silences(document, index, agents, &scene);
    let told =
        Told { page, mentioned: &mentioned, passages: &passages, speakers: &speakers, silent: &silent };
    ties(told, statements)
}

/// For each statement the place of its speaker among `agents`.
fn speakers(agents: &[Agent], statements: &[Statement]) -> Vec<Option<usize>> {
    let places: FxHashMap<&AgentId, usize> =
        agents.iter().enumerate().map(|(i, agent)| (&agent.id, i)).collect();
    statements.iter().map(|one| one.speaker.as_ref().and_then(|id| places.get(id).copied())).collect()
}
