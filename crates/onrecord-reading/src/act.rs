//! What a statement does: asserts, denies, doubts, asks, intends or judges.
//!
//! The cue decides where it tells ("denied", "vowed"); where it does not ("said"), the content does, sentence by sentence. Both
//! are rules as data: `rules/cue-acts.toml` and `rules/content-acts.toml`.

use crate::agents::Page;
use crate::passage::Passage;
use crate::pattern::PatternFile;
use onrecord_record::Act;
use std::ops::Range;
use std::sync::LazyLock;

const CUES: &str = include_str!("../../../rules/cue-acts.toml");
const CONTENTS: &str = include_str!("../../../rules/content-acts.toml");

static CUE_RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(CUES));
static CONTENT_RULES: LazyLock<PatternFile> = LazyLock::new(|| PatternFile::embedded(CONTENTS));

/// Denying and doubting are looked for in so many sentences of the content; what comes later seldom is the point.
const SENTENCES_OF_DENIAL: usize = 2;
/// The kind of rule for words that doubt by definition.
const PLAINLY_DOUBTS: &str = "plainly doubts";
/// A question has so many words.
const LEAST_QUESTION: usize = 2;

fn act_of_kind(kind: &str) -> Option<Act> {
    Some(match kind {
        "asserts" => Act::Asserts,
        "denies" => Act::Denies,
        "doubts" | PLAINLY_DOUBTS => Act::Doubts,
        "asks" => Act::Asks,
        "intends" => Act::Intends,
        "judges" => Act::Judges,
        _ => return None,
    })
}

/// What the statement at `passage` does.
pub(crate) fn act(page: &Page<'_>, passage: &Passage) -> Act {
    let told = told_by_cue(page, passage);
    match told {
        Some(Act::Asks) if asks_for_a_deed(page, passage) => Act::Intends,
        // "questioned" doubts what it governs, but may also bring a question.
        Some(Act::Doubts) if holds_question(page, passage) => Act::Asks,
        Some(act) => act,
        None => told_by_content(page, passage).unwrap_or(Act::Asserts),
    }
}

/// Whether a statement that doubts by the rules does so by definition, and by its content alone: "that is a big exaggeration", "I have no
/// way to assess". The networks saw too few of these to be asked.
pub(crate) fn plainly_doubts(page: &Page<'_>, passage: &Passage) -> bool {
    let says_so = |sentence| !CONTENT_RULES.find_kind(page, sentence, PLAINLY_DOUBTS).is_empty();
    told_by_cue(page, passage).is_none()
        && passage.sentences(page).into_iter().take(SENTENCES_OF_DENIAL).any(says_so)
}

fn holds_question(page: &Page<'_>, passage: &Passage) -> bool {
    let question = |i: usize| page.word(i).to_ascii_lowercase().starts_with("question");
    passage.cue.iter().any(|cue| cue.clone().any(question))
        && passage.sentences(page).into_iter().any(|sentence| is_question(page, sentence))
}

/// The longest rule that the cue meets; of two as long the later one, since a verb stands behind what modifies it.
fn told_by_cue(page: &Page<'_>, passage: &Passage) -> Option<Act> {
    let found = passage.cue.iter().flat_map(|cue| CUE_RULES.find(page, cue.clone()));
    let longest = found.max_by_key(|found| (found.tokens.len(), found.tokens.start))?;
    act_of_kind(CUE_RULES.kind(longest.rule))
}

/// Words behind "asked" with which a question begins.
const QUESTION: [&str; 14] = [
    "about",
    "whether",
    "if",
    "why",
    "how",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "whose",
    "questions",
    "question",
];
/// Deeds that are answers: "asked to explain" asks.
const ANSWERS: [&str; 12] = [
    "describe",
    "explain",
    "confirm",
    "comment",
    "clarify",
    "say",
    "name",
    "respond",
    "identify",
    "elaborate",
    "answer",
    "share",
];

/// Whether what is asked is that somebody do something: "asked her to leave", "asked for help".
fn asks_for_a_deed(page: &Page<'_>, passage: &Passage) -> bool {
    let words = |range: &Range<usize>| range.clone().filter(|i| page.is_word(*i)).collect::<Vec<usize>>();
    let cue: Vec<usize> = passage.cue.iter().flat_map(words).collect();
    let content: Vec<usize> = passage.content.iter().flat_map(words).take(8).collect();
    let is_question = |i: &usize| page.is_word_of(*i, &QUESTION);
    if cue.iter().any(is_question) || content.first().is_some_and(is_question) {
        return false;
    }
    let asked_for = |i: &usize| page.is_word_of(*i, &["for", "that"]);
    if cue.last().is_some_and(asked_for) || content.first().is_some_and(asked_for) {
        return true;
    }
    // "asked voters to turn out": whom it is asked of may stand within the content, "to" within the cue.
    let both: Vec<usize> = cue.iter().rev().take(1).chain(&content).copied().collect();
    let deed = both.windows(2).find(|two| page.is_word_of(two[0], &["to"])).map(|two| two[1]);
    deed.is_some_and(|deed| !page.is_word_of(deed, &ANSWERS))
}

fn told_by_content(page: &Page<'_>, passage: &Passage) -> Option<Act> {
    let sentences = passage.sentences(page);
    let first = sentences.first().map_or(0, |sentence| sentence.start);
    let acts: Vec<Vec<Act>> =
        sentences.iter().map(|sentence| acts_in(page, sentence.clone(), first)).collect();
    for act in [Act::Denies, Act::Doubts] {
        if acts.iter().take(SENTENCES_OF_DENIAL).any(|found| found.contains(&act)) {
            return Some(act);
        }
    }
    let count = |act: Act| acts.iter().filter(|found| found.contains(&act)).count();
    let rest = acts.iter().filter(|found| found.is_empty()).count();
    [Act::Asks, Act::Intends, Act::Judges]
        .into_iter()
        .map(|act| (count(act), act))
        .filter(|(count, act)| *count > 0 && *count >= rest && (*act != Act::Asks || 2 * count >= acts.len()))
        .max_by_key(|(count, _)| *count)
        .map(|(_, act)| act)
}

/// Whether a sentence asks: it ends with a question mark and is more than "really?" or a question tag.
fn is_question(page: &Page<'_>, sentence: Range<usize>) -> bool {
    let mut back = sentence.clone().rev().filter(|i| !page.is_quotation_mark(*i));
    let asks = back.next().is_some_and(|i| page.word(i) == "?");
    let tag = back.next().is_some_and(|i| page.is_word_of(i, &["right", "okay", "ok", "really", "huh"]));
    asks && !tag && sentence.filter(|i| page.is_word(*i)).count() >= LEAST_QUESTION
}

/// The acts whose words stand in a sentence.
fn acts_in(page: &Page<'_>, sentence: Range<usize>, first: usize) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    if is_question(page, sentence.clone()) {
        acts.push(Act::Asks);
    }
    // What goes on behind the cue begins nothing, whatever its first word.
    let goes_on = !page.begins_sentence(sentence.start) && page.is_lower(sentence.start);
    let goes_on = goes_on && sentence.start != first;
    for found in CONTENT_RULES.find(page, sentence.clone()) {
        if goes_on && found.tokens.start == sentence.start {
            continue;
        }
        acts.extend(act_of_kind(CONTENT_RULES.kind(found.rule)).filter(|act| !acts.contains(act)));
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::examples_hold;

    #[test]
    fn the_examples_of_the_rules_hold() {
        examples_hold(CUES);
        examples_hold(CONTENTS);
    }
}
