//! All pairs of the news articles, by the program and by brute force, and how long the program takes.

use super::{Article, brute_copies};
use onrecord_linking::origins::{COPIED, Index, Kind, Relation, Wording, compare};
use std::collections::BTreeSet;
use std::time::Instant;

/// How often the program runs; the least time counts, since other work on the machine only ever adds.
const RUNS: usize = 3;

/// The figures.
#[derive(Clone, Debug, Default)]
pub struct OnNews {
    /// Articles.
    pub articles: usize,
    /// Words of all.
    pub words: usize,
    /// Copies by brute force.
    pub brute: usize,
    /// Pairs of which the program counts three tenths or more: found, and right.
    pub contained: [usize; 2],
    /// Pairs that it calls copies: found, and right.
    pub copies: [usize; 2],
    /// Of these, pairs shown to be of one origin; the others share what their publisher prints again and again.
    pub same_origin: usize,
    /// Pairs called rewritten copies: all, and those of two publishers.
    pub rewritten: [usize; 2],
    /// Pairs that share a quotation.
    pub quoted: usize,
    /// Pairs that were held against each other.
    pub compared: usize,
    /// Words an hour on one thread: all channels.
    pub words_an_hour: f64,
    /// The same for a half of the articles.
    pub words_an_hour_half: f64,
}

/// Measures on these articles.
pub fn on_news(articles: &[Article]) -> OnNews {
    let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
    let brute: BTreeSet<(u32, u32)> = brute_copies(&texts).into_keys().collect();
    let mut figures = OnNews { articles: articles.len(), brute: brute.len(), ..OnNews::default() };
    let half = articles.get(..articles.len() / 2).unwrap_or_default();
    for run in 0..RUNS {
        let (speed, found, words, compared) = timed(articles);
        figures.words_an_hour = figures.words_an_hour.max(speed);
        figures.words_an_hour_half = figures.words_an_hour_half.max(timed(half).0);
        if run > 0 {
            continue;
        }
        (figures.words, figures.compared) = (words, compared);
        for (pair, likeness) in found {
            let right = usize::from(brute.contains(&pair));
            if likeness.signs.containment >= COPIED {
                figures.contained = [figures.contained[0] + 1, figures.contained[1] + right];
            }
            match likeness.kind {
                Kind::Copy => {
                    figures.copies = [figures.copies[0] + 1, figures.copies[1] + right];
                    figures.same_origin += usize::from(likeness.relation == Relation::SameOrigin);
                }
                Kind::Rewrite => {
                    let [a, b] = [pair.0, pair.1].map(|it| articles.get(it as usize));
                    let others = a.map(|it| &it.publisher) != b.map(|it| &it.publisher);
                    let [all, of_two] = figures.rewritten;
                    figures.rewritten = [all + 1, of_two + usize::from(others)];
                }
                Kind::Quote => figures.quoted += 1,
            }
        }
    }
    figures
}

type Found = Vec<((u32, u32), onrecord_linking::origins::Likeness)>;

/// Words an hour, what was found, how many words and how many pairs were compared.
fn timed(articles: &[Article]) -> (f64, Found, usize, usize) {
    let begun = Instant::now();
    let mut index = Index::new();
    let mut words = 0;
    let whole: Vec<(Wording, Vec<u32>)> = articles
        .iter()
        .map(|article| {
            let wording = Wording::of(&article.text);
            words += wording.words();
            let proposed = index.add(&wording, article.publisher.as_deref()).others;
            (wording, proposed)
        })
        .collect();
    let stripped: Vec<(Wording, Vec<u32>)> =
        whole.into_iter().map(|(wording, proposed)| (index.strip(wording), proposed)).collect();
    let (mut found, mut compared) = (Vec::new(), 0);
    for (number, (wording, proposed)) in stripped.iter().enumerate() {
        for other in proposed {
            let Some((earlier, _)) = stripped.get(*other as usize) else { continue };
            compared += 1;
            if let Some(likeness) = compare(earlier, wording) {
                found.push(((*other, number as u32), likeness));
            }
        }
    }
    (words as f64 / begun.elapsed().as_secs_f64() * 3_600.0, found, words, compared)
}
