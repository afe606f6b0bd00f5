//! A claim asked of a case: who supports it, who denies or doubts it, who is silent; since when, in which words, on what basis,
//! and from how many origins.
//!
//! 1. The passages nearest in meaning are found among all of the case (`passages.rs`, `gathering.rs`), and weighed by the words
//!    they share with the claim.
//! 2. Each gets its stance from how it is told, as a network reads it; answers to statements that bear on the claim are
//!    drawn in by what they answer.
//! 3. What the statements come to: speakers across documents, utterances, origins, bases, how the wording changed.
//! 4. What is not there: documents on the subject that do not speak of it, silences that texts note, and what would be needed
//!    to settle the matter.
//!
//! Nothing here says whether the claim is so.

mod answer;
mod checking;
mod claims;
mod counting;
mod drift;
mod gathering;
mod lines;
mod matrix;
mod missing;
mod passages;
mod positions;
mod sides;
mod silence;
mod text_stance;

pub use answer::{Answer, Counts, Coverage, Said, Silent, SilentKind, Telling};
pub use checking::{Checked, Citation, Sentence, Verdict, VerdictKind, footnotes};
pub use claims::{ClaimGroup, Claims, Standing};
pub use matrix::{Cell, Column, Matrix, Row};
pub use positions::{Position, Positions, Turn};
pub use text_stance::TextAsker;

use crate::MadeBy;
use crate::entered::Entered;
use gathering::{Gathered, gather, nearest};
use lines::Lines;
use onrecord_ledger::meanings::{Meanings, Place};
use onrecord_ledger::{Case, Fault, Result};
use onrecord_linking::claims::{Claim, Lexicon};
use onrecord_models::{MEANING_WIDTH, MeaningRoom, ModelError, SideNetwork, WordVectors};
use std::sync::Arc;

/// Words that a person gave a statement are looked at closely from this much bearing on the claim on, before what stands
/// around them is known.
const LEAST_REWORDED: f32 = 0.25;

/// What questions are answered with; made once for any number of them.
#[derive(Debug)]
pub struct Asker {
    vectors: WordVectors,
    network: SideNetwork,
    threads: usize,
}

/// How much of an answer is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// How many statements of each stance; counts are over all.
    pub limit: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Wanted { limit: 20 }
    }
}

impl Asker {
    /// Unpacks the weights.
    ///
    /// # Errors
    /// When a weight file is damaged or does not fit this program.
    pub fn new() -> std::result::Result<Self, ModelError> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (vectors, network) = std::thread::scope(|scope| {
            let vectors = scope.spawn(WordVectors::embedded);
            let network = SideNetwork::embedded();
            (vectors.join().unwrap_or_else(|_| WordVectors::embedded()), network)
        });
        Ok(Asker { vectors: vectors?, network: network?, threads })
    }

    /// The passages of a case, ready to be compared: those of documents that came since the last time are added, which is
    /// where `progress` hears how many are done.
    ///
    /// # Errors
    /// When the case cannot be read.
    pub fn passages(&self, case: &Case, progress: impl FnMut(u64)) -> Result<Meanings> {
        let mut room = MeaningRoom::default();
        case.meanings(
            WordVectors::DIGEST,
            MEANING_WIDTH,
            |document, record| passages::rows(document, record, &self.vectors, &mut room),
            progress,
        )
    }

    /// What `case` has on `claim`.
    ///
    /// # Errors
    /// When the claim has no words that could be looked for, or the case cannot be read.
    pub fn ask(&self, case: &Case, claim: &str, wanted: Wanted, progress: impl FnMut(u64)) -> Result<Answer> {
        let mut lexicons = self.lexicons();
        let Some(lexicon) = lexicons.first_mut() else { return Ok(Answer::default()) };
        let claim = Claim::new(claim, lexicon);
        if claim.terms().is_empty() {
            return Err(Fault::refused("the claim", "has no words that could be looked for")
                .hint("give a whole sentence, as in: onrecord ask \"The mill will close\""));
        }
        let meanings = self.passages(case, progress)?;
        let entered = Arc::new(Entered::of_case(case)?);
        let gathered = self.gathered(case, &claim, &meanings, &mut lexicons, &entered)?;
        self.answered(case, &claim, &meanings, gathered, wanted)
    }

    /// A lexicon for each thread, one at least.
    fn lexicons(&self) -> Vec<Lexicon<'_>> {
        (0..self.threads.max(1)).map(|_| Lexicon::new(&self.vectors)).collect()
    }

    /// Where statements stand that only people tie to the claim, beside `places`: by what they say of its side, or of its words.
    /// The program's own passages know nothing of that.
    fn by_persons(
        &self,
        case: &Case,
        claim: &Claim,
        entered: &Entered,
        lexicon: &mut Lexicon<'_>,
        places: &[Place],
    ) -> Result<Vec<Place>> {
        let mut added: Vec<Place> = Vec::new();
        let reworded = entered
            .reworded()
            .filter(|(_, words, _)| claim.bearing(words, "", lexicon).relevance >= LEAST_REWORDED)
            .map(|(statement, _, span)| (statement, span));
        let reworded: Vec<_> = reworded.collect();
        for (statement, span) in entered.sided(claim.text()).chain(reworded) {
            let Some((document, line)) = case.place_of(statement)? else { continue };
            let (Ok(document), Ok(line)) = (u32::try_from(document), u32::try_from(line)) else { continue };
            let there = |place: &Place| place.document == document && place.line == Some(line);
            if !places.iter().chain(&added).any(there) {
                let (start, end) = (span.start.0, span.end.0);
                added.push(Place { document, line: Some(line), start, end });
            }
        }
        Ok(added)
    }

    fn gathered(
        &self,
        case: &Case,
        claim: &Claim,
        meanings: &Meanings,
        lexicons: &mut [Lexicon<'_>],
        entered: &Arc<Entered>,
    ) -> Result<Gathered> {
        let nearest = nearest(meanings, claim, self.threads)?;
        let places = meanings.places(&nearest.rows)?;
        let by_persons = match lexicons.first_mut() {
            Some(lexicon) => self.by_persons(case, claim, entered, lexicon, &places)?,
            None => Vec::new(),
        };
        let mut gathered = gather(case, claim, &places, &by_persons, lexicons, entered)?;
        gathered.near = nearest.near + by_persons.len() as u64;
        Ok(gathered)
    }

    fn answered(
        &self,
        case: &Case,
        claim: &Claim,
        meanings: &Meanings,
        mut gathered: Gathered,
        wanted: Wanted,
    ) -> Result<Answer> {
        let mut answer = Answer { claim: claim.text().to_owned(), ..Answer::default() };
        let documents = std::mem::take(&mut gathered.documents);
        // Which texts share an origin does not depend on the sides that are taken.
        let entered = Arc::clone(&gathered.entered);
        let (lines, listed, people) = std::thread::scope(|scope| {
            let lines = scope.spawn(|| Lines::of(&documents, &entered, self.threads));
            let listed = silence::listed(case, claim);
            self.take_sides(claim, &mut gathered, &documents);
            (lines.join(), listed, counting::people(&gathered, &documents))
        });
        let lines = lines.map_err(|_| Fault::refused("the answer", "could not be counted"))?;
        gathered.documents = documents;
        Asker::put_in_order(&gathered, &mut answer);
        counting::count(&gathered, &people, &lines, &mut answer);
        drift::follow(&gathered, &mut answer);
        silence::listen(case, claim, meanings, &gathered, listed?, &mut answer)?;
        missing::tell(claim, &mut answer);
        answer.cut(wanted.limit);
        answer.made_by = MadeBy::of(case, &gathered.makers)?.with_stance().with_meaning();
        Ok(answer)
    }
}
