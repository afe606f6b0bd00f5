//! stub
use crate::attribution::Attribution; use crate::quotation::Quoted; use crate::token::Token;
use onrecord_record::{Agent, DocumentId, TextIndex};
/// stub
pub struct Speakers { /// a
 pub agents: Vec<Agent>, /// b
 pub speaker: Vec<Option<usize>> }
/// stub
pub fn speakers(_d: &DocumentId, _i: &TextIndex<'_>, _t: &[Token], _q: &[Quoted], a: &[Attribution]) -> Speakers { Speakers { agents: vec![], speaker: vec![None; a.len()] } }
