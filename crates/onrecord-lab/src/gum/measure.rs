//! How statements lie to what GUM marks.

use super::corpus::GumFolder;
use super::document::GumDocument;
use crate::attribution_score::{ScoredText, TokenSet};
use crate::our_reader::{OurReader, attribution_spans};
use onrecord_record::Statement;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::{AddAssign, Range};

/// How many words a quotation has at the least, to be asked for: shorter ones are mostly names and titles.
const FEWEST_WORDS: usize = 3;

/// Some of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Some.
    pub part: usize,
    /// All.
    pub whole: usize,
}

impl Share {
    pub(crate) fn count(&mut self, holds: bool) {
        self.whole += 1;
        self.part += usize::from(holds);
    }

    /// In percent; nothing of nothing.
    pub fn percent(self) -> Option<f64> {
        (self.whole > 0).then(|| 100.0 * self.part as f64 / self.whole as f64)
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

/// The figures of a genre. Turns of transcripts are told by their labels and count in no share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GenreFigures {
    /// Documents read.
    pub documents: usize,
    /// Those with labelled turns.
    pub labelled: usize,
    /// The scorer's tokens.
    pub tokens: usize,
    /// Statements found.
    pub statements: usize,
    /// Turns among them.
    pub turns: usize,
    /// Attribution satellites that share a token with a cue.
    pub satellites: Share,
    /// Statements, those inside another that is no turn left out, whose cue shares a token with an attribution
    /// satellite or stands in a sentence with a word of a quotation.
    pub expected: Share,
    /// `<q>` of three words or more of whose tokens at least half stand in contents.
    pub q: Share,
    /// The same of `<quote>`.
    pub quote: Share,
}

impl AddAssign for GenreFigures {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.labelled += other.labelled;
        self.tokens += other.tokens;
        self.statements += other.statements;
        self.turns += other.turns;
        for (sum, more) in [
            (&mut self.satellites, other.satellites),
            (&mut self.expected, other.expected),
            (&mut self.q, other.q),
            (&mut self.quote, other.quote),
        ] {
            *sum += more;
        }
    }
}

/// What was measured of one genre.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GumScore {
    /// The genre.
    pub genre: String,
    /// With speakers' labels where a document has several speakers.
    pub figures: GenreFigures,
    /// The same documents without labels; nothing where no document has any.
    pub unlabelled: Option<GenreFigures>,
    /// What was not met, of the documents with labels: a line each.
    pub mistakes: Vec<String>,
}

/// Reads the documents of a genre and counts.
///
/// # Errors
/// When a document cannot be read or does not fit together.
pub fn measure(folder: &GumFolder, genre: &str, reader: &OurReader) -> anyhow::Result<GumScore> {
    let names: Vec<&str> = folder.of_genre(genre).collect();
    let all = |labels: bool| {
        let read = names.par_iter().map(|name| {
            let document = folder.document(name, labels)?;
            let statements = reader.read(&document.layout.text).statements;
            let mut mistakes = Vec::new();
            let figures = observe(&document, &statements, &mut mistakes)?;
            Ok((figures, mistakes.into_iter().map(|mistake| format!("{name}: {mistake}")).collect()))
        });
        read.collect::<anyhow::Result<Vec<(GenreFigures, Vec<String>)>>>()
    };
    let mut score = GumScore { genre: genre.to_owned(), ..GumScore::default() };
    for (figures, mistakes) in all(true)? {
        score.figures += figures;
        score.mistakes.extend(mistakes);
    }
    if score.figures.labelled > 0 {
        let mut sum = GenreFigures::default();
        all(false)?.into_iter().for_each(|(figures, _)| sum += figures);
        score.unlabelled = Some(sum);
    }
    Ok(score)
}

/// Counts one document; what was not met is added to `mistakes`.
///
/// # Errors
/// When a statement lies outside the text.
pub fn observe(
    document: &GumDocument,
    statements: &[Statement],
    mistakes: &mut Vec<String>,
) -> anyhow::Result<GenreFigures> {
    let layout = &document.layout;
    let text = ScoredText::new(&layout.text);
    let line_starts = line_starts(&layout.text);
    let turns: BTreeSet<&str> = statements
        .iter()
        .filter(|statement| is_turn(statement, &line_starts))
        .map(|statement| statement.id.as_str())
        .collect();
    let mut figures = GenreFigures {
        documents: 1,
        labelled: usize::from(!layout.labels.is_empty()),
        tokens: text.token_count(),
        statements: statements.len(),
        turns: turns.len(),
        ..GenreFigures::default()
    };
    let tokens = |words: &Range<usize>| text.tokens_within(document.spans(words));
    let satellites: Vec<TokenSet> = document
        .satellites
        .iter()
        .map(|units| {
            let sets = units.iter().map(tokens).collect::<Result<Vec<_>, _>>()?;
            Ok(TokenSet::union(&sets))
        })
        .collect::<anyhow::Result<_>>()?;
    let quoting = layout.sentences.iter().filter(|sentence| {
        layout.quotations.iter().any(|it| it.words.start < sentence.end && sentence.start < it.words.end)
    });
    let quoting = TokenSet::union(&quoting.map(tokens).collect::<Result<Vec<_>, _>>()?);
    let expected = TokenSet::union(satellites.iter().chain([&quoting]));

    let (mut cues, mut contents) = (Vec::new(), Vec::new());
    for statement in statements.iter().filter(|statement| !turns.contains(statement.id.as_str())) {
        let spans = attribution_spans(statement);
        let cue = text.tokens_within(&spans.cue)?;
        contents.push(text.tokens_within(&spans.content)?);
        if statement.within.as_ref().is_none_or(|outer| turns.contains(outer.as_str())) {
            let holds = cue.shared(&expected) > 0;
            figures.expected.count(holds);
            if !holds {
                mistakes.push(format!("beside: {}", told(statement)));
            }
        }
        cues.push(cue);
    }
    let (cues, contents) = (TokenSet::union(&cues), TokenSet::union(&contents));
    for (units, satellite) in document.satellites.iter().zip(&satellites) {
        let holds = satellite.shared(&cues) > 0;
        figures.satellites.count(holds);
        if !holds {
            mistakes.push(missed(document, units));
        }
    }
    for quotation in &layout.quotations {
        let quoted = tokens(&quotation.words)?;
        if quoted.tokens().iter().filter(|token| text.is_word(**token)).count() < FEWEST_WORDS {
            continue;
        }
        let holds = 2 * quoted.shared(&contents) >= quoted.len();
        if quotation.cited {
            figures.quote.count(holds)
        } else {
            figures.q.count(holds)
        }
        if !holds {
            mistakes.push(format!("quotation: {}", document.slice(&quotation.words)));
        }
    }
    Ok(figures)
}

/// A turn of a transcript: its source begins a line, and its cue is no word.
fn is_turn(statement: &Statement, line_starts: &BTreeSet<u32>) -> bool {
    let wordless = statement.cue.text.as_deref().is_none_or(|cue| cue == ":");
    wordless && statement.source.spans.first().is_some_and(|span| line_starts.contains(&span.start.0))
}

/// Where lines begin, in code points.
fn line_starts(text: &str) -> BTreeSet<u32> {
    let behind = text.chars().zip(1u32..).filter(|(c, _)| *c == '\n').map(|(_, at)| at);
    behind.chain([0]).collect()
}

fn told(statement: &Statement) -> String {
    let [source, cue, content] = [&statement.source, &statement.cue, &statement.content]
        .map(|role| role.text.as_deref().unwrap_or("–").replace('\n', " "));
    format!("[{source}] [{cue}] [{content}]")
}

/// A satellite in its sentence, marked by brackets.
fn missed(document: &GumDocument, units: &[Range<usize>]) -> String {
    let Some(first) = units.first() else { return String::new() };
    let sentence = document.layout.sentences.iter().find(|sentence| sentence.contains(&first.start));
    let pieces: Vec<String> = units.iter().map(|unit| document.slice(unit)).collect();
    format!(
        "missed: [{}] in: {}",
        pieces.join("] ["),
        sentence.map_or(String::new(), |it| document.slice(it))
    )
}
