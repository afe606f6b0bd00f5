//! The steps of reading, one after another.

use crate::agents::{COREFERENCE_FEATURES, Page, People, Speakers, speakers_on};
use crate::attribution::{
    Attribution, Candidate, Spoken, attributions, attributions_within, chosen, features, spoken,
};
use crate::quotation::{Quoted, quoted};
use crate::statement::{in_order_of_text, nest, statement, without_own_minds};
use crate::telling::{Shown, Weigher, shown_ties, sights, tell};
use crate::time;
use crate::token::{Token, tokens};
use onrecord_models::{
    AttributionNetwork, CoreferenceNetwork, Features, ModelError, ModelName, Proposals, Readers, Sight,
    StatementNetwork, Tie,
};
use onrecord_record::{Agent, Document, Silence, Statement, StatementId, TextIndex, Time};
use rustc_hash::FxHashMap;

/// What was read from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Who is mentioned, by first mention.
    pub agents: Vec<Agent>,
    /// What they said, in the order of the text.
    pub statements: Vec<Statement>,
    /// Where the text notes that somebody did not say something, in the order of the text.
    pub silences: Vec<Silence>,
    /// Its expressions of time, in the order of the text.
    pub times: Vec<Time>,
}

/// A step of reading, for those who want to know how long each takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Cutting up: tokens, quotation marks, features.
    Tokens,
    /// Running the network.
    Network,
    /// Choosing among its proposals.
    Choice,
    /// Reading what was said again, for statements within it.
    Within,
    /// Finding agents and speakers.
    Speakers,
    /// Making the record's statements.
    Statements,
    /// Finding expressions of time, and what they tell of the statements.
    Times,
    /// Reading the words around statements once more, where the model does.
    Again,
    /// Finding what they do, how surely they are said, on what basis, and who was silent.
    Telling,
}

/// Reads documents with one model. Share it between threads.
#[derive(Debug)]
pub struct Reader {
    name: String,
    network: AttributionNetwork,
    people: CoreferenceNetwork,
    statements: StatementNetwork,
    flat: bool,
}

impl Reader {
    /// A reader with the weights of a model.
    ///
    /// # Errors
    /// When the embedded weights do not fit the program, which a test rules out.
    pub fn new(model: ModelName) -> Result<Self, ModelError> {
        let network = AttributionNetwork::new(model.weights())?;
        let people = network.coreference(model.coreference_weights())?;
        if people.features() != COREFERENCE_FEATURES {
            return Err(ModelError::Unfit("the coreference network has other features".into()));
        }
        let statements = network.statements(model.statement_weights(), model.statement_words())?;
        Ok(Reader { name: format!("{model}-{}", model.digest()), network, people, statements, flat: false })
    }

    /// The same reader, but one that does not read what was said again for statements within it. What it finds is what
    /// the other finds without those; only the turns of transcripts hold statements then.
    pub fn flat(self) -> Self {
        Reader { flat: true, ..self }
    }

    /// The model's name with the first digits of its weights' hash, as the record's first line gives it.
    pub fn model(&self) -> &str {
        &self.name
    }

    /// Reads one document. Never fails: what cannot be found is left out.
    pub fn read(&self, document: &Document) -> Reading {
        self.read_step_by_step(document, |_| ())
    }

    /// Everything in a text that may be an attribution and is at least as sure as `floor`, with what speaks for it: for
    /// weighing the evidence anew. What stands within other content is left out.
    pub fn attributions(&self, text: &str, floor: f32) -> Vec<Attribution> {
        let cut = CutText::new(text);
        let seen = self.network.propose(&self.features(&cut));
        attributions(text, &cut.tokens, &cut.quoted, &cut.spoken.tokens, &self.chosen(&seen, floor))
    }

    fn features(&self, cut: &CutText<'_>) -> Features {
        features(cut.text, &cut.spoken.tokens, &cut.spoken.quoted, &self.network.pieces)
    }

    fn chosen(&self, seen: &Proposals, floor: f32) -> Vec<Candidate> {
        chosen(seen.roles.len(), seen, |evidence| self.network.weighing.confidence(evidence), floor)
    }

    /// The step of reading that finds agents and speakers, alone: for attributions that are given, by people for one.
    /// They may come in any order and overlap; `speaker` of the answer follows the given list.
    pub fn speakers(&self, document: &Document, given: &[Attribution]) -> Speakers {
        let cut = CutText::new(document.text());
        let seen = self.seen(&self.features(&cut));
        self.speakers_of(document, &cut, &cut.page(), &seen, given)
    }

    fn seen(&self, features: &Features) -> Proposals {
        let readers = Readers { people: &self.people, statements: &self.statements };
        self.network.propose_with(features, readers)
    }

    fn speakers_of(
        &self,
        document: &Document,
        cut: &CutText<'_>,
        page: &Page<'_>,
        seen: &Proposals,
        found: &[Attribution],
    ) -> Speakers {
        let people = People { network: &self.people, found: &seen.mentions, spoken: &cut.spoken.tokens };
        speakers_on(page, &document.id, &cut.index, found, Some(people))
    }

    /// The steps of reading behind the search for attributions, for attributions that are given, by people for one. They
    /// may come in any order and overlap; the statements come in the order of the text, one for each.
    pub fn read_given(&self, document: &Document, given: &[Attribution]) -> Reading {
        let cut = CutText::new(document.text());
        let features = self.features(&cut);
        let seen = self.seen(&features);
        self.read_found(document, &cut, (&features, &seen), given.to_vec(), |_| ())
    }

    /// What the statement network is shown of statements, whose attributions are given, in the order given, and what it is told
    /// of pairs of them.
    pub fn sights(&self, document: &Document, given: &[Attribution]) -> (Vec<Sight>, Vec<Tie>) {
        let cut = CutText::new(document.text());
        let seen = self.seen(&self.features(&cut));
        let page = cut.page();
        let Speakers { agents, speaker } = self.speakers_of(document, &cut, &page, &seen, given);
        let statements = self.bare(document, &cut, given, &speaker, &agents);
        let times = time::lines(document, &cut.index, &cut.tokens);
        let given_at: FxHashMap<StatementId, usize> =
            statements.iter().enumerate().map(|(i, statement)| (statement.id.clone(), i)).collect();
        let mut statements = in_order_of_text(given, statements);
        time::tell(&cut.index, &cut.tokens, &times, &mut statements);
        let shown = Shown { tokens: &cut.spoken.tokens, index: &cut.index };
        let places: Vec<usize> =
            statements.iter().filter_map(|statement| given_at.get(&statement.id).copied()).collect();
        let mut told = statements.clone();
        let sights = sights(&page, &agents, shown, &mut told);
        let mut ties = shown_ties(&document.id, &page, &cut.index, &agents, &mut statements);
        let place = |i: usize| places.get(i).copied().unwrap_or(i);
        ties.iter_mut().for_each(|tie| (tie.answer, tie.to) = (place(tie.answer), place(tie.to)));
        let mut in_order: Vec<(usize, Sight)> = places.iter().copied().zip(sights).collect();
        in_order.sort_by_key(|(place, _)| *place);
        (in_order.into_iter().map(|(_, sight)| sight).collect(), ties)
    }

    /// Reads one document and tells `done` after each step. Reading itself looks at no clock.
    pub fn read_step_by_step(&self, document: &Document, mut done: impl FnMut(Step)) -> Reading {
        let text = document.text();
        let cut = CutText::new(text);
        let features = self.features(&cut);
        done(Step::Tokens);
        let seen = self.seen(&features);
        done(Step::Network);
        let chosen = self.chosen(&seen, self.network.floor);
        let mut found = attributions(text, &cut.tokens, &cut.quoted, &cut.spoken.tokens, &chosen);
        done(Step::Choice);
        if !self.flat {
            let within = attributions_within(text, &cut.tokens, &cut.quoted, &self.network, &found);
            found.extend(within);
        }
        done(Step::Within);
        self.read_found(document, &cut, (&features, &seen), found, done)
    }

    /// The statements of attributions, with their speakers and who holds whom, in the order of the list.
    fn bare(
        &self,
        document: &Document,
        cut: &CutText<'_>,
        found: &[Attribution],
        speaker: &[Option<usize>],
        agents: &[Agent],
    ) -> Vec<Statement> {
        let one = |(attribution, speaker): (&Attribution, &Option<usize>)| {
            let agent = speaker.and_then(|i| agents.get(i)).map(|agent| agent.id.clone());
            statement(&document.id, &cut.index, &cut.tokens, &cut.quoted, attribution, agent)
        };
        let mut statements: Vec<Statement> = found.iter().zip(speaker).map(one).collect();
        nest(found, &mut statements);
        statements
    }

    /// What becomes of attributions, whoever found them.
    fn read_found(
        &self,
        document: &Document,
        cut: &CutText<'_>,
        (features, seen): (&Features, &Proposals),
        found: Vec<Attribution>,
        mut done: impl FnMut(Step),
    ) -> Reading {
        let page = cut.page();
        let Speakers { agents, speaker } = self.speakers_of(document, cut, &page, seen, &found);
        let (found, speaker) = without_own_minds(cut.text, found, speaker);
        done(Step::Speakers);
        let statements = self.bare(document, cut, &found, &speaker, &agents);
        let mut statements = in_order_of_text(&found, statements);
        done(Step::Statements);
        let times = time::lines(document, &cut.index, &cut.tokens);
        time::tell(&cut.index, &cut.tokens, &times, &mut statements);
        done(Step::Times);
        let shown = Shown { tokens: &cut.spoken.tokens, index: &cut.index };
        let roles = shown.roles(&statements);
        let rows = self.network.statement_rows(&self.statements, features, &roles, seen);
        done(Step::Again);
        let weigher = Weigher { network: &self.statements, rows: &rows, shown };
        let silences = tell(&document.id, &page, &cut.index, &agents, weigher, &mut statements);
        done(Step::Telling);
        Reading { agents, statements, silences, times }
    }
}

/// A text cut up: what every step of reading stands on.
struct CutText<'t> {
    text: &'t str,
    index: TextIndex<'t>,
    tokens: Vec<Token>,
    quoted: Vec<Quoted>,
    /// What of it the networks read.
    spoken: Spoken,
}

impl<'t> CutText<'t> {
    fn new(text: &'t str) -> Self {
        let tokens = tokens(text);
        let quoted = quoted(text, &tokens);
        let spoken = spoken(text, &tokens, &quoted);
        CutText { text, index: TextIndex::new(text), tokens, quoted, spoken }
    }

    /// The tokens with what the word lists know of them, cut into sentences.
    fn page(&self) -> Page<'_> {
        Page::new(self.text, &self.tokens, &self.quoted)
    }
}
