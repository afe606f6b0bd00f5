//! What becomes of a statement when the network's chances are weighed with what the rules said.
//!
//! The rules' marks are among what the network was shown, so its word holds; where it agrees with them, their words and spans
//! stay.

use super::ahead::Ahead;
use super::sight::Shown;
use onrecord_models::{Sight, StatementChances, StatementNetwork, TokenChances};
use onrecord_record::{
    Act, Basis, BasisKind, BasisOwner, Byte, Certainty, CertaintyLevel, CodePoint, Piece, Span, Statement,
};
use std::ops::Range;

/// Words belong to a run while they are this much as likely as the likeliest of it.
const GOES_ON: f32 = 0.4;
/// Words carry a certainty that the rules have not found where they are as likely as this.
const CARRIES: f32 = 0.2;
/// A point is granted where that is as likely as this.
const CONCEDES: f32 = 0.5;

/// Kinds of which the lessons have too few for the network to gainsay the rules.
const RULED: [BasisKind; 3] = [BasisKind::NoneOffered, BasisKind::Intelligence, BasisKind::NamedSource];

/// Where the addressee and the venue stand among the settings. The time is the rules' own: it needs a value.
const ADDRESSEE: usize = 0;
const VENUE: usize = 1;

/// Fills in what the network makes of a statement, and gives what it makes of the addressee, whose agent is not known here.
pub(super) fn weigh(
    network: &StatementNetwork,
    shown: &Shown<'_>,
    sight: &Sight,
    chances: &StatementChances,
    ahead: &Ahead,
    statement: &mut Statement,
) -> Setting {
    let seen = Seen { shown, sight, chances, ahead };
    statement.act = likeliest(&chances.acts).and_then(|at| Act::ALL.get(at)).copied().or(statement.act);
    statement.concession |= chances.concession > CONCEDES;
    seen.certainty(statement);
    seen.basis(network, statement);
    let told = [statement.addressee.as_ref().map(|it| it.span), statement.venue.as_ref().map(|it| it.span)];
    let told_both = told[ADDRESSEE].is_some() && told[ADDRESSEE] == told[VENUE];
    let [addressee, venue] = [ADDRESSEE, VENUE].map(|at| {
        let of = |token: &TokenChances| token.settings.get(at).copied().unwrap_or_default();
        let told = told.get(at).copied().flatten();
        // "Speaking to the club": those spoken to are the venue too, and a token has one setting for the network.
        let either = |token: &TokenChances| token.settings.iter().take(VENUE + 1).sum();
        let likely = |span| {
            if told_both { seen.likeliest_within(span, either) } else { seen.likeliest_within(span, of) }
        };
        let whole = chances.settings.get(at).copied().unwrap_or_default();
        let told_floor = network.told_setting_floor.get(at).copied().unwrap_or_default();
        if told.is_some_and(|span| (likely(span) + whole) / 2.0 >= told_floor) {
            return Setting::AsTold;
        }
        let floor = network.setting_floor.get(at).copied().unwrap_or(1.0);
        // The mean of both is to reach the floor.
        let found = seen.words(2.0 * floor - whole, of);
        let found = found.filter(|span| !ahead.opens_another(statement, shown.index.code_points(*span)));
        found.map_or(Setting::None, Setting::Found)
    });
    match venue {
        Setting::AsTold => {}
        Setting::None => statement.venue = None,
        Setting::Found(span) => {
            let span = shown.index.code_points(span);
            statement.venue = Some(Piece { text: shown.index.slice(span).to_owned(), span });
        }
    }
    addressee
}

/// What becomes of the rules' word for a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// It stays.
    AsTold,
    /// There is none.
    None,
    /// These are the words.
    Found(Span<Byte>),
}

/// The place of the greatest; of equals the first.
fn likeliest(chances: &[f32]) -> Option<usize> {
    let best = chances.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
    best.map(|(at, _)| at)
}

struct Seen<'s> {
    shown: &'s Shown<'s>,
    sight: &'s Sight,
    chances: &'s StatementChances,
    ahead: &'s Ahead,
}

impl Seen<'_> {
    /// The level, where words carry it.
    fn certainty(&self, statement: &mut Statement) {
        let level = likeliest(&self.chances.levels).and_then(|at| at.checked_sub(1));
        let Some(level) = level.and_then(|at| CertaintyLevel::ALL.get(at)) else {
            statement.certainty = Certainty::default();
            return;
        };
        if statement.certainty.level.is_some() {
            statement.certainty.level = Some(*level);
            return;
        }
        let Some(span) = self.words(CARRIES, |token| token.certainty) else { return };
        let span = self.shown.index.code_points(span);
        // The month of May is no "may".
        if statement.about_time.iter().any(|time| time.span.contains(&span)) {
            return;
        }
        let text = self.shown.index.slice(span).to_owned();
        statement.certainty = Certainty { level: Some(*level), text: Some(text), spans: vec![span] };
    }

    /// The grounds, one of each kind, in the order of the text.
    fn basis(&self, network: &StatementNetwork, statement: &mut Statement) {
        let mut kept: Vec<Basis> = Vec::new();
        // What the text says was not offered is no ground.
        let refused: Vec<Span<CodePoint>> = statement
            .basis
            .iter()
            .filter(|basis| basis.kind == BasisKind::NoneOffered)
            .map(|basis| basis.span)
            .collect();
        for (at, kind) in BasisKind::ALL.iter().enumerate() {
            let of = |token: &TokenChances| token.kinds.get(at).copied().unwrap_or_default();
            let most = self.chances.tokens.iter().map(of).fold(0.0, f32::max);
            let whole = self.chances.kinds.get(at).copied().unwrap_or_default();
            let known = statement.basis.iter().find(|basis| basis.kind == *kind);
            let floor = match known {
                Some(_) if RULED.contains(kind) => 0.0,
                Some(_) => network.told_basis_floor,
                None => network.basis_floor,
            };
            if (most + whole) / 2.0 < floor {
                continue;
            }
            if let Some(known) = known {
                kept.push(known.clone());
            } else if let Some(run) = self.run(0.0, of) {
                let Some(words) = self.span(&run) else { continue };
                let span = self.shown.index.code_points(words);
                let other = self.ahead.opens_another(statement, span);
                if other || refused.iter().any(|refused| refused.overlaps(&span)) {
                    continue;
                }
                let reporter: f32 = self.chances.tokens[run.clone()].iter().map(|token| token.reporter).sum();
                let whose = if reporter > run.len() as f32 / 2.0 {
                    BasisOwner::Reporter
                } else {
                    BasisOwner::Speaker
                };
                let text = self.shown.index.slice(span).to_owned();
                kept.push(Basis { kind: *kind, text, span, whose });
            }
        }
        kept.sort_by_key(|basis| (basis.span.start, basis.span.end, basis.kind));
        statement.basis = kept;
    }

    /// The chance of the likeliest token within `span`, among those shown.
    fn likeliest_within(&self, span: Span<CodePoint>, of: impl Fn(&TokenChances) -> f32) -> f32 {
        let within = self.shown.within(span);
        let first = self.sight.first;
        let within = within.start.saturating_sub(first)..within.end.saturating_sub(first);
        self.chances.tokens.get(within).unwrap_or_default().iter().map(of).fold(0.0, f32::max)
    }

    /// The words around the likeliest token of `of`, where that is as likely as `floor`.
    fn words(&self, floor: f32, of: impl Fn(&TokenChances) -> f32) -> Option<Span<Byte>> {
        self.run(floor, of).and_then(|run| self.span(&run))
    }

    /// The tokens around the likeliest one, among those shown.
    fn run(&self, floor: f32, of: impl Fn(&TokenChances) -> f32) -> Option<Range<usize>> {
        let tokens = &self.chances.tokens;
        let best = (0..tokens.len()).rev().max_by(|a, b| of(&tokens[*a]).total_cmp(&of(&tokens[*b])))?;
        let most = of(&tokens[best]);
        if most < floor || most <= 0.0 {
            return None;
        }
        let goes_on = |i: &usize| of(&tokens[*i]) >= GOES_ON * most;
        let start = (0..best).rev().take_while(goes_on).last().unwrap_or(best);
        let end = (best + 1..tokens.len()).take_while(goes_on).last().map_or(best + 1, |last| last + 1);
        let is_word = |i: &usize| {
            self.shown.tokens.get(self.sight.first + *i).is_some_and(crate::token::Token::is_word)
        };
        let start = (start..end).find(is_word)?;
        let end = (start..end).rev().find(is_word)? + 1;
        Some(start..end)
    }

    /// Where tokens among those shown stand.
    fn span(&self, run: &Range<usize>) -> Option<Span<Byte>> {
        let first = self.sight.first;
        self.shown.span(&(run.start + first..run.end + first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equals_the_first_is_taken() {
        assert_eq!(likeliest(&[0.2, 0.4, 0.4]), Some(1));
        assert_eq!(likeliest(&[]), None);
    }
}
