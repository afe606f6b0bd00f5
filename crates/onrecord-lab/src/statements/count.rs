//! Holds the marks of one article against those of the gold.

use super::marks::{ArticleMarks, BasisMark, SilenceMark, StatementMarks, Words};
use super::tally::{Tally, WordsTally};
use crate::attribution_score::{Count, TokenSet};
use onrecord_record::BasisKind;
use std::collections::BTreeSet;

/// Counts one article: the gold, and what somebody else made of it.
pub fn count(gold: &ArticleMarks, given: &ArticleMarks) -> Tally {
    let mut tally = Tally::default();
    for (place, gold) in gold.statements.iter().enumerate() {
        if let Some(gold) = gold {
            let given = given.statements.get(place).and_then(Option::as_ref);
            count_statement(&mut tally, gold, given);
        }
    }
    count_silences(&mut tally, gold, given);
    tally
}

fn count_statement(tally: &mut Tally, gold: &StatementMarks, given: Option<&StatementMarks>) {
    tally.statements += 1;
    tally.found += u64::from(given.is_some());
    if let Some(act) = gold.act {
        tally.act.add(act, given.and_then(|given| given.act));
    }
    if let Some(framing) = gold.framing {
        tally.framing.add(framing, given.and_then(|given| given.framing));
    }
    tally.level.add(gold.level, given.map(|given| given.level));
    // What was not found was given no mark.
    let nothing = StatementMarks::default();
    let given = given.unwrap_or(&nothing);

    mark(&mut tally.concession, gold.concession, given.concession, true);
    pairs(&mut tally.retracts, &gold.retracts, &given.retracts);
    let (has, gets) = (gold.level.is_some(), given.level.is_some());
    mark(&mut tally.has_level, has, gets, true);
    let right = gold.level == given.level && gold.level_words.agree(&given.level_words);
    mark(&mut tally.level_with_words, has, gets, right);
    count_basis(tally, &gold.basis, &given.basis);
    words(&mut tally.addressee, gold.addressee.as_ref(), given.addressee.as_ref());
    words(&mut tally.venue, gold.venue.as_ref(), given.venue.as_ref());
    words(&mut tally.said, gold.said.as_ref(), given.said.as_ref());
    pairs(&mut tally.answers, &gold.answers, &given.answers);
    mark(&mut tally.is_answer, gold.is_answer, given.is_answer, true);
}

/// Counts a mark that is there or not; where both sides have it, it may still be wrong.
fn mark(count: &mut Count, gold: bool, given: bool, right: bool) {
    count.add(usize::from(gold && given && right), usize::from(given), usize::from(gold));
}

fn pairs(count: &mut Count, gold: &BTreeSet<usize>, given: &BTreeSet<usize>) {
    count.add(gold.intersection(given).count(), given.len(), gold.len());
}

fn words(tally: &mut WordsTally, gold: Option<&Words>, given: Option<&Words>) {
    let both = gold.zip(given);
    let (has, gets) = (gold.is_some(), given.is_some());
    mark(&mut tally.agree, has, gets, both.is_some_and(|(gold, given)| gold.agree(given)));
    mark(&mut tally.exact, has, gets, both.is_some_and(|(gold, given)| gold.are_exactly(given)));
    tally.both += u64::from(both.is_some());
}

fn count_basis(tally: &mut Tally, gold: &[BasisMark], given: &[BasisMark]) {
    let kinds = |list: &[BasisMark]| list.iter().map(|it| it.kind).collect::<BTreeSet<BasisKind>>();
    let (gold_kinds, given_kinds) = (kinds(gold), kinds(given));
    for kind in gold_kinds.union(&given_kinds) {
        let (has, gets) = (gold_kinds.contains(kind), given_kinds.contains(kind));
        mark(tally.basis.entry(*kind).or_default(), has, gets, true);
        let of_kind = |list: &'_ [BasisMark], fits: &dyn Fn(&BasisMark) -> bool| {
            list.iter().any(|it| it.kind == *kind && fits(it))
        };
        let words = of_kind(gold, &|a| of_kind(given, &|b| a.words.agree(&b.words)));
        let whose = of_kind(gold, &|a| of_kind(given, &|b| a.whose == b.whose));
        tally.basis_words += u64::from(words);
        tally.basis_whose += u64::from(whose);
    }
}

fn count_silences(tally: &mut Tally, gold: &ArticleMarks, given: &ArticleMarks) {
    let silences = matched_silences(&gold.silences, &given.silences);
    let exact = silences.iter().filter(|(a, b)| a.words.are_exactly(&b.words)).count();
    let (predicted, all) = (given.silences.len(), gold.silences.len());
    tally.silence.agree.add(silences.len(), predicted, all);
    tally.silence.exact.add(exact, predicted, all);
    tally.silence.both += silences.len() as u64;
    let about = |list: &[SilenceMark]| list.iter().map(|it| it.about.len()).sum::<usize>();
    let right = silences.iter().map(|(a, b)| a.about.intersection(&b.about).count()).sum();
    tally.silence_about.add(right, about(&given.silences), about(&gold.silences));
    tally.silence_who += silences.iter().filter(|(a, b)| same_agent(&a.who, &b.who)).count() as u64;

    let tokens = |list: &[SilenceMark]| TokenSet::union(list.iter().map(|it| it.words.tokens()));
    let (first, second) = (tokens(&gold.silences), tokens(&given.silences));
    let (first_size, second_size, both) = (first.len(), second.len(), first.shared(&second));
    let neither = (gold.tokens + both).saturating_sub(first_size + second_size);
    let mut add = |a, b, tokens: usize| tally.silence_tokens.add_many(a, b, tokens as u64);
    add(true, true, both);
    add(true, false, first_size - both);
    add(false, true, second_size - both);
    add(false, false, neither);
}

/// Pairs of notes whose words agree, one to one, the greatest overlap first.
pub(super) fn matched_silences<'a>(
    gold: &'a [SilenceMark],
    given: &'a [SilenceMark],
) -> Vec<(&'a SilenceMark, &'a SilenceMark)> {
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in gold.iter().enumerate() {
        let agreeing = given.iter().enumerate().filter(|(_, b)| a.words.agree(&b.words));
        candidates.extend(agreeing.map(|(j, b)| (a.words.overlap(&b.words), i, j)));
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::new();
    for (_, i, j) in candidates {
        if !taken.contains(&i) && !used.contains(&j) {
            taken.insert(i);
            used.insert(j);
            out.extend(gold.get(i).zip(given.get(j)));
        }
    }
    out
}

/// Whether a mention agrees with the gold's words for the agent, or neither side has any.
pub(super) fn same_agent(gold: &[Words], given: &[Words]) -> bool {
    (gold.is_empty() && given.is_empty()) || gold.iter().any(|a| given.iter().any(|b| a.agree(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution_score::ScoredText;
    use onrecord_record::{Act, BasisOwner, CertaintyLevel, FramingKind};

    const TEXT: &str =
        "Lee told the board it may well rain, citing the almanac. Moss declined to comment on it.";

    fn words(part: &str) -> Words {
        let from = TEXT.find(part).unwrap() as u32;
        Words::new(&ScoredText::new(TEXT), &[(from, from + part.len() as u32)]).unwrap()
    }

    fn article(statements: Vec<Option<StatementMarks>>, silences: Vec<SilenceMark>) -> ArticleMarks {
        ArticleMarks { tokens: ScoredText::new(TEXT).token_count(), statements, silences }
    }

    fn basis(kind: BasisKind, part: &str, whose: BasisOwner) -> BasisMark {
        BasisMark { kind, words: words(part), whose }
    }

    fn counts(right: u64, predicted: u64, gold: u64) -> Count {
        Count { right, predicted, gold }
    }

    #[test]
    fn every_mark_of_a_statement_has_its_count() {
        use BasisKind::{Document, Media};
        let gold = StatementMarks {
            act: Some(Act::Asserts),
            concession: true,
            level: Some(CertaintyLevel::Possible),
            level_words: words("may"),
            framing: Some(FramingKind::Neutral),
            basis: vec![
                basis(Document, "the almanac", BasisOwner::Speaker),
                basis(Media, "Lee", BasisOwner::Speaker),
            ],
            addressee: Some(words("the board")),
            answers: BTreeSet::from([1, 2]),
            is_answer: true,
            ..StatementMarks::default()
        };
        let given = StatementMarks {
            act: Some(Act::Denies),
            level: Some(CertaintyLevel::Possible),
            level_words: words("may well"),
            framing: Some(FramingKind::Neutral),
            basis: vec![basis(Document, "citing the almanac", BasisOwner::Reporter)],
            addressee: Some(words("board")),
            said: Some(words("well")),
            answers: BTreeSet::from([2]),
            is_answer: true,
            ..StatementMarks::default()
        };
        let tally = count(&article(vec![Some(gold.clone())], vec![]), &article(vec![Some(given)], vec![]));
        assert_eq!((tally.statements, tally.found, tally.act.right(), tally.level.right()), (1, 1, 0, 1));
        assert_eq!((tally.concession, tally.has_level), (counts(0, 0, 1), counts(1, 1, 1)));
        assert_eq!((tally.level_with_words, tally.framing.right()), (counts(1, 1, 1), 1));
        assert_eq!((tally.all_basis(), tally.basis_words, tally.basis_whose), (counts(1, 1, 2), 1, 0));
        assert_eq!((tally.addressee.agree, tally.addressee.exact), (counts(1, 1, 1), counts(0, 1, 1)));
        assert_eq!((tally.said.agree, tally.venue.agree), (counts(0, 1, 0), counts(0, 0, 0)));
        assert_eq!((tally.answers, tally.is_answer), (counts(1, 1, 2), counts(1, 1, 1)));

        let missed = count(&article(vec![Some(gold)], vec![]), &article(vec![None], vec![]));
        assert_eq!((missed.found, missed.act.all(), missed.act.right()), (0, 1, 0));
        assert_eq!((missed.level.right(), missed.framing.right()), (0, 0));
        assert_eq!((missed.all_basis(), missed.answers), (counts(0, 0, 2), counts(0, 0, 2)));
        assert_eq!((missed.addressee.agree, missed.has_level), (counts(0, 0, 1), counts(0, 0, 1)));
    }

    #[test]
    fn silences_are_matched_one_to_one() {
        let silence = |part: &str, who: &[&str], about: &[usize]| SilenceMark {
            words: words(part),
            who: who.iter().map(|who| words(who)).collect(),
            about: about.iter().copied().collect(),
        };
        let gold = article(vec![], vec![silence("declined to comment on it", &["Moss"], &[0])]);
        let given = article(
            vec![],
            vec![
                silence("declined to", &["Lee"], &[3]),
                silence("declined to comment", &["Lee", "Moss"], &[0, 1]),
            ],
        );
        let tally = count(&gold, &given);
        assert_eq!((tally.silence.agree, tally.silence.exact), (counts(1, 2, 1), counts(0, 2, 1)));
        assert_eq!((tally.silence_who, tally.silence_about), (1, counts(1, 3, 1)));
        // 19 tokens: 5 in the gold's note, 3 of them in those of the program.
        let times = |a, b| tally.silence_tokens.sum(|first, second| (first, second) == (a, b));
        assert_eq!((times(true, true), times(true, false), times(false, true)), (3, 2, 0));
        assert_eq!(times(false, false), gold.tokens as u64 - 5);
        assert!(same_agent(&[], &[]) && !same_agent(&[], &[words("Moss")]));
    }
}
