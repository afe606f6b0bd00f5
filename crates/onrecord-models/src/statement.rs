//! The statement network: what a statement does, how surely, on what basis, to whom and where, given where its roles stand
//! and what the rules make of it.
//!
//! Like the coreference network it reads what the attribution network has made of the text already, so it costs little; the
//! accurate model's has upper layers of the encoder for itself, the thorough model's a larger encoder, which read the text once
//! more with the roles of all statements told to them. The tokens around the cue go through convolutions with the roles and the
//! rules' marks told to each; what the statement does as a whole is told from the means and the maxima over its roles, the rest
//! token by token. Whether one statement answers another is told from both as wholes and from what the rules say of the pair
//! (`tie.rs`).

use crate::arithmetic::{exp, logistic};
use crate::byte_matrix::{Finish, Rounded};
use crate::encoder::{Encoder, OwnEncoder, Retaught};
use crate::layer::{Block, Decision, Linear, Norm, Normed, NormedLinear, blocks};
use crate::tie::{Answer, Tie, Ties, Whole};
use crate::weights::{Matrix, ModelError, Weights};
use std::ops::Range;

/// How many acts, levels of certainty (none among them), framings and kinds of basis there are, in the order of the record's
/// own lists; none comes first where it is one.
pub const ACTS: usize = 6;
/// See [`ACTS`].
pub const LEVELS: usize = 6;
/// See [`ACTS`].
pub const FRAMINGS: usize = 4;
/// See [`ACTS`].
pub const KINDS: usize = 9;
/// Addressee, venue, the time it was said.
pub const SETTINGS: usize = 3;

/// Tokens that are looked at on the side of the cue without the content, and on that with it.
pub const BESIDE: usize = 28;
/// See [`BESIDE`].
pub const ALONG: usize = 58;

/// Roles: none, source, cue, content.
const ROLES: usize = 4;
const SOURCE: u8 = 1;
const CUE: u8 = 2;
const CONTENT: u8 = 3;

/// What the network is shown of a statement: the tokens around its cue, one entry of each list a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Its first token, in the text's.
    pub first: usize,
    /// 0 outside, 1 source, 2 cue, 3 content.
    pub roles: Vec<u8>,
    /// By the rules: 0, or 1 and the kind of basis.
    pub basis: Vec<u8>,
    /// By the rules: 0, or 1 addressee, 2 venue, 3 the time it was said.
    pub setting: Vec<u8>,
    /// By the rules: the act, the level of certainty (0 is none), the framing.
    pub act: u8,
    /// See `act`.
    pub level: u8,
    /// See `act`.
    pub framing: u8,
}

/// What the network makes of a statement: chances, 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementChances {
    /// Of each act, weighed with what the rules told; they add up to 1.
    pub acts: [f32; ACTS],
    /// The same of each level of certainty, none first.
    pub levels: [f32; LEVELS],
    /// Of each framing; they add up to 1.
    pub framings: [f32; FRAMINGS],
    /// That it concedes.
    pub concession: f32,
    /// Of each kind of basis, seen as a whole.
    pub kinds: [f32; KINDS],
    /// That it has an addressee, a venue and a time, seen as a whole.
    pub settings: [f32; SETTINGS],
    /// For each token shown.
    pub tokens: Vec<TokenChances>,
    /// The statement as one that answers, and as one that is answered: for [`StatementNetwork::answers`].
    pub whole: Whole,
}

/// What a token belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TokenChances {
    /// Words for each kind of basis.
    pub kinds: [f32; KINDS],
    /// The addressee, the venue, the time; of "CNN interview" a word may be of two.
    pub settings: [f32; SETTINGS],
    /// Words that carry the certainty.
    pub certainty: f32,
    /// That a basis here is the reporter's.
    pub reporter: f32,
}

/// What reads the words around statements once more, when it is known what was said.
#[derive(Debug)]
pub(crate) enum Again {
    /// Layers of its own over the first of the attribution network's encoder.
    Upper(Retaught),
    /// An encoder of its own.
    Own(Box<OwnEncoder>),
}

/// The network with its weights.
#[derive(Debug)]
pub struct StatementNetwork {
    input: Linear,
    states: NormedLinear<1>,
    /// What reads the words around statements once more.
    pub(crate) again: Option<Again>,
    roles: Matrix,
    basis: Matrix,
    setting: Matrix,
    blocks: Vec<Block>,
    norm: Norm,
    hidden: Linear,
    by_act: Matrix,
    by_level: Matrix,
    by_framing: Matrix,
    acts: Decision,
    others: Decision,
    each: Decision,
    ties: Ties,
    /// The least chance at which a statement is taken to answer the one that it most likely does; chosen on lessons held back.
    pub tie_floor: f32,
    /// The same of others that it answers too.
    pub further_tie_floor: f32,
    width: usize,
    /// What each act's chance is worth, and what is added to that of the act that the rules told.
    act_weights: [f32; ACTS],
    told_act: f32,
    /// The same for the level of certainty.
    told_level: f32,
    /// The least chances at which a basis that the rules told, and another one, are taken; chosen on lessons held back.
    pub told_basis_floor: f32,
    /// See `told_basis_floor`.
    pub basis_floor: f32,
    /// The least chances at which each setting that the rules told, and another one, is taken.
    pub told_setting_floor: [f32; SETTINGS],
    /// See `told_setting_floor`.
    pub setting_floor: [f32; SETTINGS],
}

/// Room the network works in, kept between statements.
#[derive(Debug, Default)]
pub struct StatementRoom {
    normed: Normed,
    rounded: Rounded,
    states: Vec<f32>,
    pooled: Vec<f32>,
    hidden: Vec<f32>,
    out: Vec<f32>,
}

impl StatementNetwork {
    /// Reads a weight file made for an attribution network of `inputs` numbers a word and `trunk` numbers a state.
    ///
    /// # Errors
    /// When the bytes are no weight file of this network, or one made for another attribution network. `words`: the weight file with the
    /// word embeddings of an encoder of its own.
    pub(crate) fn new(
        (bytes, words): (&[u8], Option<&[u8]>),
        (inputs, trunk): (usize, usize),
        encoder: Option<&Encoder>,
    ) -> Result<Self, ModelError> {
        let weights = Weights::new(bytes)?;
        let (width, hidden): (usize, usize) = (weights.fact("width")?, weights.fact("hidden")?);
        let (again, inputs) = match (words, encoder) {
            (Some(words), _) => {
                let words = Weights::new(words)?.byte_rows("encoder.words")?;
                let own = OwnEncoder::new(&weights, words, ROLES)?;
                let inputs = own.width();
                (Some(Again::Own(Box::new(own))), inputs)
            }
            (None, Some(encoder)) if weights.has_fact("kept") => {
                (Some(Again::Upper(encoder.retaught(&weights, ROLES)?)), encoder.width())
            }
            _ => (None, inputs),
        };
        let dilations = weights.numbers("dilations")?;
        let floor = |name: &str| weights.fact(name);
        Ok(StatementNetwork {
            input: Linear::new(&weights, "input", inputs, width)?,
            again,
            ties: Ties::new(&weights, 5 * width)?,
            tie_floor: floor("ties_floor")?,
            further_tie_floor: floor("further_ties_floor")?,
            states: NormedLinear::new(&weights, "states", trunk, width)?,
            roles: weights.sized("roles", ROLES, width)?,
            basis: weights.sized("basis", KINDS + 1, width)?,
            setting: weights.sized("setting", SETTINGS + 1, width)?,
            blocks: blocks(&weights, "blocks", width, &dilations)?,
            norm: Norm::new(&weights, "norm", width)?,
            hidden: Linear::new(&weights, "hidden", 5 * width, hidden)?,
            by_act: weights.sized("by_act", ACTS, hidden)?,
            by_level: weights.sized("by_level", LEVELS, hidden)?,
            by_framing: weights.sized("by_framing", FRAMINGS, hidden)?,
            acts: Decision::new(
                &weights,
                &[("acts", ACTS), ("levels", LEVELS), ("settings", SETTINGS)],
                hidden,
            )?,
            others: Decision::new(
                &weights,
                &[("framings", FRAMINGS), ("concession", 1), ("kinds", KINDS)],
                hidden,
            )?,
            each: Decision::new(
                &weights,
                &[("each_kind", KINDS + 1), ("each_setting", SETTINGS), ("certainty", 1), ("reporter", 1)],
                width,
            )?,
            width,
            act_weights: act_weights(&weights)?,
            told_act: floor("told_act")?,
            told_level: floor("told_level")?,
            told_basis_floor: floor("told_basis_floor")?,
            basis_floor: floor("basis_floor")?,
            told_setting_floor: setting_floors(&weights, "told_")?,
            setting_floor: setting_floors(&weights, "")?,
        })
    }

    /// What the network reads of each token of `core`, counting from where the rows begin: tokens × its width, appended to `out`.
    ///
    /// `input` are the rounded rows that the attribution network read, `trunk` the normed rows it made of them.
    pub(crate) fn rows(
        &self,
        input: &Rounded,
        trunk: &mut Normed,
        normed: &mut Normed,
        core: Range<usize>,
        out: &mut Vec<f32>,
    ) {
        let (mut own, mut more) = (Vec::new(), Vec::new());
        let places: Vec<[usize; 1]> = (0..input.len()).map(|i| [i]).collect();
        self.states.apply(trunk, &places, &mut own);
        // What its own layers make of the words comes later, when it is known what was said.
        if self.again.is_none() {
            self.input.apply(input, Finish::Plain, &mut normed.sums, &mut more);
            own.iter_mut().zip(&more).for_each(|(x, more)| *x += more);
        }
        out.extend_from_slice(own.get(core.start * self.width..core.end * self.width).unwrap_or_default());
    }

    /// Adds to the rows of some tokens what its own layers have made of their words: tokens × the encoder's width.
    pub(crate) fn add_words(&self, words: &[f32], inputs: usize, room: &mut Normed, rows: &mut [f32]) {
        let (mut rounded, mut more) = (Rounded::default(), Vec::new());
        rounded.rows(words, inputs);
        self.input.apply(&rounded, Finish::Plain, &mut room.sums, &mut more);
        rows.iter_mut().zip(&more).for_each(|(x, more)| *x += more);
    }

    /// How many numbers a token's row has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How likely one statement of a text answers another one. `wholes` are what the network has made of each statement, `ties` all pairs of
    /// which one may answer the other: each is seen beside the others. Pairs that hardly do are left out; the others come in the order
    /// of `ties`.
    pub fn answers(&self, wholes: &[Whole], ties: impl IntoIterator<Item = Tie>) -> Vec<Answer> {
        self.ties.answers(wholes, ties)
    }

    /// What the network makes of a statement. `rows` are the text's, as [`crate::Proposals::rows`] has them; of tokens beyond
    /// them nothing is seen.
    pub fn judge(&self, rows: &[f32], sight: &Sight, room: &mut StatementRoom) -> StatementChances {
        let width = self.width;
        let StatementRoom { normed, rounded, states, pooled, hidden, out } = room;
        let shown = rows.chunks_exact(width).skip(sight.first).take(sight.roles.len());
        states.clear();
        for ((row, role), (basis, setting)) in
            shown.zip(&sight.roles).zip(sight.basis.iter().zip(&sight.setting))
        {
            let tables = [(&self.roles, *role), (&self.basis, *basis), (&self.setting, *setting)];
            let from = states.len();
            states.extend_from_slice(row);
            for (table, code) in tables {
                add(&mut states[from..], table, code);
            }
        }
        states.iter_mut().for_each(|x| *x = x.max(0.0));
        for block in &self.blocks {
            block.apply(states, normed);
        }
        self.norm.apply(states);
        pool(states, &sight.roles, width, pooled);
        rounded.rows(pooled, 5 * width);
        self.hidden.apply(rounded, Finish::Plain, &mut normed.sums, hidden);
        let mut chances = StatementChances::default();
        self.ties.whole(rounded, &mut normed.sums, &mut chances.whole);
        add(hidden, &self.by_act, sight.act);
        add(hidden, &self.by_level, sight.level);
        add(hidden, &self.by_framing, sight.framing);
        hidden.iter_mut().for_each(|x| *x = x.max(0.0));
        self.acts.apply(hidden, out);
        if let Some((acts, rest)) = out.split_at_checked(ACTS) {
            shares(acts, &mut chances.acts);
            chances.whole.acts = chances.acts;
            chances.acts.iter_mut().zip(&self.act_weights).for_each(|(chance, weight)| *chance *= weight);
            favour(sight.act, self.told_act, &mut chances.acts);
            if let Some((levels, settings)) = rest.split_at_checked(LEVELS) {
                shares(levels, &mut chances.levels);
                favour(sight.level, self.told_level, &mut chances.levels);
                chances.settings.iter_mut().zip(settings).for_each(|(chance, x)| *chance = logistic(*x));
            }
        }
        self.others.apply(hidden, out);
        if let Some((framings, rest)) = out.split_at_checked(FRAMINGS) {
            shares(framings, &mut chances.framings);
            if let Some((concession, kinds)) = rest.split_first() {
                chances.concession = logistic(*concession);
                chances.kinds.iter_mut().zip(kinds).for_each(|(chance, x)| *chance = logistic(*x));
            }
        }
        self.each.apply(states, out);
        chances.tokens = out.chunks_exact(KINDS + SETTINGS + 3).map(token_chances).collect();
        chances
    }
}

/// The fact "act_weights": as many numbers as there are acts.
fn act_weights(weights: &Weights<'_>) -> Result<[f32; ACTS], ModelError> {
    let text: String = weights.fact("act_weights")?;
    let numbers: Vec<f32> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    numbers.try_into().map_err(|_| ModelError::Unfit(format!("the fact \"act_weights\" is \"{text}\"")))
}

/// The facts "addressee_floor", "venue_floor" and "said_floor" with something before their names.
fn setting_floors(weights: &Weights<'_>, before: &str) -> Result<[f32; SETTINGS], ModelError> {
    let floor = |name: &str| weights.fact(&format!("{before}{name}_floor"));
    Ok([floor("addressee")?, floor("venue")?, floor("said")?])
}

/// Brings chances to a sum of 1 and lets the one that the rules told count `by` more; they add up to 1 again.
fn favour(told: u8, by: f32, chances: &mut [f32]) {
    let sum: f32 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= sum);
    if let Some(chance) = chances.get_mut(usize::from(told)) {
        *chance += by;
    }
    chances.iter_mut().for_each(|chance| *chance /= 1.0 + by);
}

fn token_chances(scores: &[f32]) -> TokenChances {
    let (kinds, rest) = scores.split_at(KINDS + 1);
    let (settings, rest) = rest.split_at(SETTINGS);
    let mut of_kinds = [0.0; KINDS + 1];
    shares(kinds, &mut of_kinds);
    let mut token = TokenChances::default();
    token.kinds.copy_from_slice(&of_kinds[1..]);
    token.settings.iter_mut().zip(settings).for_each(|(chance, score)| *chance = logistic(*score));
    if let [certainty, reporter] = rest {
        (token.certainty, token.reporter) = (logistic(*certainty), logistic(*reporter));
    }
    token
}

fn add(to: &mut [f32], table: &Matrix, code: u8) {
    if usize::from(code) < table.rows {
        to.iter_mut().zip(table.row(usize::from(code))).for_each(|(x, more)| *x += more);
    }
}

/// The chances that add up to 1.
fn shares(scores: &[f32], out: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (chance, score) in out.iter_mut().zip(scores) {
        *chance = exp(score - most);
        sum += *chance;
    }
    out.iter_mut().for_each(|chance| *chance /= sum);
}

/// The mean and the maximum over the content, the same over the cue, the mean over the source; zero where there is none.
fn pool(states: &[f32], roles: &[u8], width: usize, out: &mut Vec<f32>) {
    out.clear();
    for (role, maximum) in [(CONTENT, true), (CUE, true), (SOURCE, false)] {
        let of_role = || states.chunks_exact(width).zip(roles).filter(move |(_, is)| **is == role);
        let count = of_role().count();
        let from = out.len();
        out.resize(from + width, 0.0);
        for (row, _) in of_role() {
            out[from..].iter_mut().zip(row).for_each(|(sum, x)| *sum += x / count as f32);
        }
        if maximum {
            let from = out.len();
            out.resize(from + width, if count > 0 { f32::MIN } else { 0.0 });
            for (row, _) in of_role() {
                out[from..].iter_mut().zip(row).for_each(|(most, x)| *most = most.max(*x));
            }
        }
    }
}
