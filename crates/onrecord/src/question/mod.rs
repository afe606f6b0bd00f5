//! A claim asked of a case: who supports it, who denies or doubts it, who is silent; since when, in which words, on what basis,
//! and from how many origins.
//!
//! 1. The passages nearest in meaning are found among all of the case (`passages.rs`, `gathering.rs`), and weighed by the words
//!    they share with the claim.
//! 2. Each gets its stance: from the statement's act, else from its words; answers to statements that bear on the claim
//!    are drawn in by what they answer.
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
pub use claims::ClaimGroup;
pub use matrix::{Cell, Column, Matrix, Row};
pub use positions::{Position, Positions, Turn};

use gathering::{Gathered, gather, nearest};
use lines::Lines;
use onrecord_ledger::meanings::Meanings;
use onrecord_ledger::{Case, Fault, Result};
use onrecord_linking::claims::{Claim, Lexicon};
use onrecord_models::{MEANING_WIDTH, MeaningRoom, ModelError, StanceNetwork, WordVectors};

/// What questions are answered with; made once for any number of them.
#[derive(Debug)]
pub struct Asker {
    vectors: WordVectors,
    network: StanceNetwork,
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
            let network = StanceNetwork::embedded();
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
        let gathered = self.gathered(case, &claim, &meanings, &mut lexicons)?;
        self.answered(case, &claim, &meanings, gathered, wanted)
    }

    /// A lexicon for each thread, one at least.
    fn lexicons(&self) -> Vec<Lexicon<'_>> {
        (0..self.threads.max(1)).map(|_| Lexicon::new(&self.vectors)).collect()
    }

    fn gathered(
        &self,
        case: &Case,
        claim: &Claim,
        meanings: &Meanings,
        lexicons: &mut [Lexicon<'_>],
    ) -> Result<Gathered> {
        let nearest = nearest(meanings, claim, self.threads)?;
        let mut gathered = gather(case, claim, &meanings.places(&nearest.rows)?, lexicons)?;
        gathered.near = nearest.near;
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
        // Who is who and which texts share an origin does not depend on the sides that are taken.
        let (people, lines, listed) = std::thread::scope(|scope| {
            let people = scope.spawn(|| counting::people(&documents));
            let lines = scope.spawn(|| Lines::of(&documents, self.threads));
            let listed = silence::listed(case, claim);
            self.take_sides(claim, &mut gathered.told, &documents, &mut gathered.own_voice);
            (people.join(), lines.join(), listed)
        });
        let lost = |_| Fault::refused("the answer", "could not be counted");
        let (people, lines) = (people.map_err(lost)?, lines.map_err(lost)?);
        gathered.documents = documents;
        Asker::put_in_order(&gathered, &mut answer);
        counting::count(&gathered, &people, &lines, &mut answer);
        drift::follow(&gathered, &mut answer);
        silence::listen(case, claim, meanings, &gathered, listed?, &mut answer)?;
        missing::tell(claim, &mut answer);
        answer.cut(wanted.limit);
        Ok(answer)
    }
}
