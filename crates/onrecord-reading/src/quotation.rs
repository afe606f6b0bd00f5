//! Quotation marks: which tokens stand within quotation, and which are the marks.
//!
//! Marks are read paragraph by paragraph, so that one left open cannot put the rest of the page out of step: it runs
//! to the end of its paragraph. A mark that opens a paragraph while the one before was left open continues the same
//! quotation, as printers do.

use crate::token::{Gap, Token};

/// How a token stands to quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Quoted {
    /// Outside any.
    #[default]
    Outside,
    /// Between an opening and a closing mark.
    Inside,
    /// An opening mark.
    Open,
    /// A closing mark.
    Close,
}

impl Quoted {
    /// Whether the token is quoted text or its marks.
    pub fn is_quoted(self) -> bool {
        self != Quoted::Outside
    }
}

/// What a mark can do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens(Pair),
    Closes(Pair),
    /// Opens where none is open, closes where one is.
    Toggles(Pair),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    Double,
    Single,
    Guillemet,
}

/// For each token its place with respect to quotation marks.
///
/// Double marks (“ ” „ " `` '') and guillemets « » are followed wherever they stand; single marks (‘ ’ ') only where
/// they can be no apostrophe, and only outside double ones.
pub fn quoted(text: &str, tokens: &[Token]) -> Vec<Quoted> {
    let mut out = vec![Quoted::Outside; tokens.len()];
    let mut start = 0;
    while start < tokens.len() {
        let end = (start + 1..tokens.len()).find(|&i| tokens[i].gap >= Gap::Line).unwrap_or(tokens.len());
        paragraph(text, &tokens[start..end], &mut out[start..end]);
        start = end;
    }
    out
}

fn paragraph(text: &str, tokens: &[Token], out: &mut [Quoted]) {
    let mut open: Option<(std::ops::Range<usize>, Pair)> = None;
    let mut i = 0;
    while i < tokens.len() {
        let (mark, width) = match mark_at(text, tokens, i) {
            Some(found) => found,
            None => {
                i += 1;
                continue;
            }
        };
        match (&open, mark) {
            (None, Mark::Opens(pair) | Mark::Toggles(pair)) => open = Some((i..i + width, pair)),
            (Some((mark, of)), Mark::Closes(pair) | Mark::Toggles(pair)) if *of == pair => {
                out[mark.clone()].fill(Quoted::Open);
                out[mark.end..i].fill(Quoted::Inside);
                out[i..i + width].fill(Quoted::Close);
                open = None;
            }
            // A double mark ends a single quotation that was none: an elision taken for an opening mark.
            (Some((_, Pair::Single)), Mark::Opens(pair) | Mark::Toggles(pair)) => {
                open = Some((i..i + width, pair))
            }
            _ => {}
        }
        i += width;
    }
    if let Some((mark, pair)) = open
        && pair != Pair::Single
    {
        out[mark.end..].fill(Quoted::Inside);
        out[mark].fill(Quoted::Open);
    }
}

/// The mark at token `i` and how many tokens it takes.
fn mark_at(text: &str, tokens: &[Token], i: usize) -> Option<(Mark, usize)> {
    let token = &tokens[i];
    if token.is_word() {
        return None;
    }
    let next = tokens.get(i + 1);
    let joined = next.is_some_and(|next| next.gap == Gap::None);
    let word_before = i > 0 && token.gap == Gap::None && tokens[i - 1].is_word();
    let word_after = joined && next.is_some_and(Token::is_word);
    let doubled = joined && next.is_some_and(|next| next.of(text) == token.of(text));
    let mark = match token.of(text) {
        // An opening mark that nothing follows closes: a common slip.
        "“" if !joined && i > 0 => Mark::Closes(Pair::Double),
        "“" => Mark::Opens(Pair::Double),
        "„" => Mark::Opens(Pair::Double),
        // A closing mark at the head of a line, tight before a word, opens: the opposite slip.
        "”" if i == 0 && word_after => Mark::Opens(Pair::Double),
        "”" => Mark::Closes(Pair::Double),
        "\"" => Mark::Toggles(Pair::Double),
        "«" => Mark::Opens(Pair::Guillemet),
        "»" => Mark::Closes(Pair::Guillemet),
        "`" if doubled => return Some((Mark::Opens(Pair::Double), 2)),
        "'" | "’" if doubled && !word_after => return Some((Mark::Toggles(Pair::Double), 2)),
        "‘" if !word_before && joined => Mark::Opens(Pair::Single),
        "'" if !word_before && word_after && token.gap != Gap::None => Mark::Opens(Pair::Single),
        "'" if !word_before && word_after && i == 0 => Mark::Opens(Pair::Single),
        // Behind a word an apostrophe is likelier ("the officers’ report"); behind punctuation it closes.
        "’" | "'" if !word_after && !word_before => Mark::Closes(Pair::Single),
        "’" | "'" if !word_after && closes_clause(text, tokens, i) => Mark::Closes(Pair::Single),
        _ => return None,
    };
    Some((mark, 1))
}

/// Whether what follows a single mark behind a word shows that a quotation ended there.
fn closes_clause(text: &str, tokens: &[Token], i: usize) -> bool {
    match tokens.get(i + 1) {
        None => true,
        Some(next) => matches!(next.of(text), "," | "." | ";" | "?" | "!" | ")" | "—" | "–"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    fn inside(text: &str) -> String {
        let all = tokens(text);
        let quoted = quoted(text, &all);
        all.iter()
            .zip(quoted)
            .filter(|(_, q)| *q == Quoted::Inside)
            .map(|(token, _)| token.of(text))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn double_marks_of_every_make() {
        for text in [
            "He “is here” now",
            "He \"is here\" now",
            "He ``is here'' now",
            "He «is here» now",
            "He „is here“ now",
        ] {
            assert_eq!(inside(text), "is here", "{text}");
        }
    }

    #[test]
    fn a_mark_the_wrong_way_round_at_the_head_of_a_line_opens() {
        assert_eq!(inside("”We go on,” he said."), "We go on ,");
        assert_eq!(inside("He said: ”We"), "");
    }

    #[test]
    fn single_marks_and_apostrophes() {
        assert_eq!(inside("‘It’s the officers’ view,’ he said."), "It ’ s the officers ’ view ,");
        assert_eq!(inside("It’s the officers’ view, he said. Don't."), "");
        assert_eq!(inside("He called it 'a sham', twice."), "a sham");
    }

    #[test]
    fn an_open_mark_ends_with_its_paragraph() {
        assert_eq!(inside("“We go on.\nHe left.\n“And on.”"), "We go on . And on .");
    }

    #[test]
    fn nested_marks_stay_inside() {
        assert_eq!(inside("“She said ‘no’ to me,” he said."), "She said ‘ no ’ to me ,");
    }
}
