//! What a statement does and how it is told, filled into statements whose speakers are known.

use crate::act::act;
use crate::agents::Page;
use crate::basis::ground;
use crate::certainty::certainty;
use crate::concession::concede;
use crate::framing::framing;
use crate::mentioned::Mentioned;
use crate::passage::Passage;
use crate::response::respond;
use crate::setting::{Place, set};
use crate::silence::{Scene, silences};
use onrecord_record::{Agent, AgentId, DocumentId, Silence, Statement, TextIndex};
use rustc_hash::FxHashMap;

/// Fills in what the words of each statement and those around it tell of it, and gives the text's notes of silence. The
/// statements come in the order of the text.
pub(crate) fn tell(
    document: &DocumentId,
    page: &Page<'_>,
    index: &TextIndex<'_>,
    agents: &[Agent],
    statements: &mut [Statement],
) -> Vec<Silence> {
    let passages: Vec<Passage> =
        statements.iter().map(|statement| Passage::of(page, index, statement)).collect();
    for (statement, passage) in statements.iter_mut().zip(&passages) {
        statement.act = Some(act(page, passage));
        statement.certainty = certainty(page, index, passage);
        statement.framing = framing(page, passage, statement);
    }
    let places = Place::all(page, agents, statements, &passages);
    set(page, index, agents, statements, &places);
    ground(page, index, agents, statements, &places);
    let mentioned = Mentioned::new(page, index, agents);
    let speakers = speakers(agents, statements);
    concede(page, statements, &passages, &speakers);
    let scene = Scene { page, mentioned: &mentioned, statements, passages: &passages, speakers: &speakers };
    let (silences, silent) = silences(document, index, agents, &scene);
    respond(page, &mentioned, statements, &passages, &speakers, &silent);
    silences
}

/// For each statement the place of its speaker among `agents`.
fn speakers(agents: &[Agent], statements: &[Statement]) -> Vec<Option<usize>> {
    let places: FxHashMap<&AgentId, usize> =
        agents.iter().enumerate().map(|(i, agent)| (&agent.id, i)).collect();
    statements.iter().map(|one| one.speaker.as_ref().and_then(|id| places.get(id).copied())).collect()
}
