//! The reporting lines of a few documents whose texts are at hand, without the passages that show them: what an answer counts
//! origins by.

use super::{Source, Told, crediting, takes_up};
use crate::spreading::spread;
use onrecord_linking::origins::{
    Index, Kind, Lines, Publishers, Relation, Tie, Wording, compare, compare_credited,
};
use std::collections::BTreeSet;

/// A document with its text.
pub(crate) struct Text<'t> {
    pub(crate) told: Told,
    pub(crate) text: &'t str,
}

/// The reporting lines that [`Copies::among`](super::Copies::among) would find.
pub(crate) fn lines_among(documents: &[Text<'_>], threads: usize) -> Lines {
    let mut rooms = vec![(); threads.max(1)];
    let publishers =
        Publishers::of(documents.iter().filter_map(|document| document.told.publisher.as_deref()));
    let numbered: Vec<(u32, &Text<'_>)> = (0..).zip(documents).collect();
    let made = spread(&numbered, &mut rooms, |(), (number, document)| {
        let wording = Wording::of(document.text);
        let (credit, own) = (document.told.credit.as_deref(), document.told.publisher.as_deref());
        let credits = publishers.credits(*number, &wording, credit, own);
        (wording, Source { told: document.told.clone(), credits })
    });
    let (mut wordings, sources): (Vec<Wording>, Vec<Source>) =
        made.into_iter().map(Option::unwrap_or_default).unzip();
    let mut index = Index::new();
    let mut pairs: Vec<[u32; 2]> = Vec::new();
    for ((number, document), wording) in numbered.iter().zip(&wordings) {
        let others = index.add(wording, document.told.publisher.as_deref()).others;
        pairs.extend(others.into_iter().map(|other| [other, *number]));
    }
    let paired: BTreeSet<u32> = pairs.iter().copied().flatten().collect();
    let whole: Vec<(u32, Wording)> = paired
        .into_iter()
        .filter_map(|number| Some((number, std::mem::take(wordings.get_mut(number as usize)?))))
        .collect();
    let stripped = spread(&whole, &mut rooms, |(), (_, wording)| index.strip(wording.clone()));
    for ((number, _), stripped) in whole.iter().zip(stripped) {
        if let (Some(place), Some(stripped)) = (wordings.get_mut(*number as usize), stripped) {
            *place = stripped;
        }
    }
    let compared = spread(&pairs, &mut vec![Joined::new(documents.len()); rooms.len()], |joined, pair| {
        // What is joined through others already needs no showing again.
        if joined.are_one(*pair) {
            return None;
        }
        let [Some(a), Some(b)] = pair.map(|number| wordings.get(number as usize)) else { return None };
        let [Some(one), Some(another)] = pair.map(|number| sources.get(number as usize)) else { return None };
        let credited = !crediting([one, another], &publishers).is_empty();
        let found = if credited { compare_credited(a, b) } else { compare(a, b) }?;
        let follows = found.kind == Kind::Rewrite && takes_up([one, another], &publishers, found.score);
        let is_one = found.relation == Relation::SameOrigin && !follows;
        is_one.then(|| joined.join(*pair)).map(|()| Tie {
            documents: *pair,
            relation: Relation::SameOrigin,
            kind: found.kind,
            score: found.score,
            passages: Vec::new(),
            credits: Vec::new(),
        })
    });
    let ties: Vec<Tie> = compared.into_iter().flatten().flatten().collect();
    let first_hand: Vec<bool> = sources.iter().map(|source| source.credits.first_hand).collect();
    Lines::of(documents.len(), &ties, &first_hand)
}

/// Which documents one thread has joined so far.
#[derive(Clone)]
struct Joined {
    /// For each document one that it is joined to, itself at the end of each way.
    to: Vec<u32>,
}

impl Joined {
    fn new(documents: usize) -> Self {
        Joined { to: (0..documents as u32).collect() }
    }

    fn end(&self, document: u32) -> u32 {
        let mut at = document;
        while let Some(next) = self.to.get(at as usize).copied().filter(|next| *next != at) {
            at = next;
        }
        at
    }

    fn are_one(&self, pair: [u32; 2]) -> bool {
        self.end(pair[0]) == self.end(pair[1])
    }

    fn join(&mut self, pair: [u32; 2]) {
        let [a, b] = pair.map(|document| self.end(document));
        if let Some(place) = self.to.get_mut(a.max(b) as usize) {
            *place = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copies::Copies;

    #[test]
    fn lines_are_those_of_all_ties_for_any_number_of_threads() {
        // Words that no two stories share, so that only their copies are alike.
        let story = |of: usize, sentences: usize| -> String {
            let word = |at: usize| {
                let letter = |n: usize| char::from(b'a' + ((of * 7 + at * 13 + n * (of + at)) % 26) as u8);
                (0..4 + at % 4).map(letter).chain(format!("{of}x").chars()).collect::<String>()
            };
            let sentence = |i: usize| (0..12).map(|n| word(i * 12 + n)).collect::<Vec<_>>().join(" ") + ". ";
            (0..sentences).map(sentence).collect()
        };
        let texts: Vec<String> = (0..40)
            .map(|n| match n % 4 {
                0 | 1 => story(n / 8 + 3, 14),
                2 => format!("{} More to follow.", story(n / 8 + 3, 12)),
                _ => story(100 + n, 9),
            })
            .collect();
        let told = |n: usize| Told {
            id: format!("doc_{n}"),
            publisher: Some(["Post", "Herald", "Gazette"][n % 3].into()),
            ..Told::default()
        };
        let all = Copies::among((0..40).map(told).collect(), |n| Ok::<_, ()>(texts[n].clone())).unwrap();
        assert!(all.lines.groups().len() > 2, "{:?}", all.lines.groups());
        for threads in [1, 2, 5] {
            let documents: Vec<Text<'_>> =
                texts.iter().enumerate().map(|(n, text)| Text { told: told(n), text }).collect();
            assert_eq!(lines_among(&documents, threads), all.lines);
        }
    }
}
