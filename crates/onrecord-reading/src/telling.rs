//! What a statement does and how it is told, filled into statements whose speakers are known.

use crate::act::act;
use crate::agents::Page;
use crate::basis::ground;
use crate::certainty::certainty;
use crate::framing::framing;
use crate::passage::Passage;
use crate::setting::{Place, set};
use onrecord_record::{Agent, Silence, Statement, TextIndex};

/// Fills in what the words of each statement and those around it tell of it, and gives the text's notes of silence. The
/// statements come in the order of the text.
pub(crate) fn tell(
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
    Vec::new()
}
