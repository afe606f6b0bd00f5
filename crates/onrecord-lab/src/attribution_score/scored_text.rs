//! A text cut into the scorer's tokens, and the way from code-point spans to sets of them.

use super::quotation;
use super::token_set::TokenSet;
use std::fmt;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// A text with its tokens. A token is a run of word characters (letters and numbers of any script, the underscore; no
/// combining marks) or one single other character that is not white space.
#[derive(Clone, Debug)]
pub struct ScoredText {
    /// For every code point the token it belongs to.
    token_at: Vec<Option<u32>>,
    tokens: Vec<TokenFacts>,
}

#[derive(Clone, Copy, Debug)]
struct TokenFacts {
    is_word: bool,
    /// Within a quotation, its marks included.
    quoted: bool,
    /// The token is a double quotation mark.
    is_mark: bool,
}

/// A span that ends before it begins, or behind the end of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanOutsideText {
    /// The span, in code points.
    pub span: (u32, u32),
    /// The text's length in code points.
    pub characters: usize,
}

impl fmt::Display for SpanOutsideText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = self.span;
        write!(f, "the span [{start}, {end}] is none of a text of {} code points", self.characters)
    }
}

impl std::error::Error for SpanOutsideText {}

impl ScoredText {
    /// Cuts up `text`.
    pub fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let quoted = quotation::quoted_characters(&characters);
        let mut token_at = Vec::with_capacity(characters.len());
        let mut tokens: Vec<TokenFacts> = Vec::new();
        let mut within_word = false;
        for (c, quoted) in characters.iter().zip(quoted) {
            let class = CharacterClass::of(*c);
            if class == CharacterClass::Mark || (class == CharacterClass::Word && !within_word) {
                let is_word = class == CharacterClass::Word;
                tokens
                    .push(TokenFacts { is_word, quoted, is_mark: matches!(c, '"' | '“' | '”' | '„') });
            }
            within_word = class == CharacterClass::Word;
            token_at.push((class != CharacterClass::Space).then(|| tokens.len() as u32 - 1));
        }
        ScoredText { token_at, tokens }
    }

    /// How many tokens the text has.
    pub fn token_count(&self) -> usize {
        self.tokens.len()
    }

    /// How many code points the text has.
    pub fn characters(&self) -> usize {
        self.token_at.len()
    }

    /// The tokens that share a character with one of the spans.
    pub fn tokens_within(&self, spans: &[(u32, u32)]) -> Result<TokenSet, SpanOutsideText> {
        let mut tokens = Vec::new();
        for &(start, end) in spans {
            let inside = self
                .token_at
                .get(start as usize..end as usize)
                .ok_or(SpanOutsideText { span: (start, end), characters: self.characters() })?;
            for token in inside.iter().flatten() {
                if tokens.last() != Some(token) {
                    tokens.push(*token);
                }
            }
        }
        Ok(TokenSet::new(tokens))
    }

    /// The set without the punctuation at both edges of every run of neighbouring tokens.
    pub fn without_edge_punctuation(&self, set: &TokenSet) -> TokenSet {
        let mut kept = Vec::with_capacity(set.len());
        for run in set.tokens().chunk_by(|a, b| a + 1 == *b) {
            let first = run.iter().position(|token| self.is_word(*token));
            let last = run.iter().rposition(|token| self.is_word(*token));
            if let (Some(first), Some(last)) = (first, last) {
                kept.extend_from_slice(&run[first..=last]);
            }
        }
        TokenSet::new(kept)
    }

    /// Whether the token is made of word characters.
    pub fn is_word(&self, token: u32) -> bool {
        self.fact(token, |facts| facts.is_word)
    }

    /// Whether the token stands within a quotation or is one of its marks.
    pub fn is_quoted(&self, token: u32) -> bool {
        self.fact(token, |facts| facts.quoted)
    }

    /// Whether the token is a double quotation mark.
    pub fn is_quotation_mark(&self, token: u32) -> bool {
        self.fact(token, |facts| facts.is_mark)
    }

    fn fact(&self, token: u32, fact: impl Fn(&TokenFacts) -> bool) -> bool {
        self.tokens.get(token as usize).is_some_and(fact)
    }
}

/// How many of the scorer's tokens `text` has, without the memory that [`ScoredText`] takes.
pub fn count_tokens(text: &str) -> usize {
    let mut within_word = false;
    let mut count = 0;
    for c in text.chars() {
        let class = CharacterClass::of(c);
        count +=
            usize::from(class == CharacterClass::Mark || (class == CharacterClass::Word && !within_word));
        within_word = class == CharacterClass::Word;
    }
    count
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum CharacterClass {
    Word,
    Space,
    Mark,
}

impl CharacterClass {
    /// As Python's regular expressions tell `\w`, `\s` and the rest apart. The standard library's "alphanumeric" is
    /// wider: it takes in vowel signs and circled letters.
    fn of(c: char) -> Self {
        if c.is_ascii_alphanumeric() || c == '_' {
            CharacterClass::Word
        } else if c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c) {
            CharacterClass::Space
        } else if c.is_ascii() {
            CharacterClass::Mark
        } else {
            match c.general_category_group() {
                GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => CharacterClass::Word,
                _ => CharacterClass::Mark,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(text: &str, spans: &[(u32, u32)]) -> Vec<u32> {
        ScoredText::new(text).tokens_within(spans).unwrap().tokens().to_vec()
    }

    #[test]
    fn classes_follow_the_definition() {
        for (text, tokens) in [
            ("no_one’s 3rd", 4),
            // A combining mark is a token of its own and parts the word.
            ("re\u{301}sume\u{301}", 4),
            ("Ⓐ Ⅻ ½ 東京 हिन्दी", 10),
            ("a\u{200b}b\u{1f}c\u{85}d", 5),
            ("🙂🙂 𝔘𝔫𝔦", 3),
            ("", 0),
        ] {
            assert_eq!(ScoredText::new(text).token_count(), tokens, "{text:?}");
        }
    }

    #[test]
    fn a_span_takes_every_token_it_touches() {
        let text = "Mayor Lind said: “no”.";
        assert_eq!(set(text, &[(3, 8)]), [0, 1]);
        assert_eq!(set(text, &[(15, 16), (0, 1), (15, 18)]), [0, 3, 4]);
        assert!(set(text, &[(5, 6), (4, 4)]).is_empty());
    }

    #[test]
    fn spans_outside_the_text_are_named() {
        let text = ScoredText::new("short");
        assert!(text.tokens_within(&[(0, 5)]).is_ok());
        assert_eq!(text.tokens_within(&[(0, 6)]), Err(SpanOutsideText { span: (0, 6), characters: 5 }));
        assert!(text.tokens_within(&[(4, 3)]).is_err());
    }

    #[test]
    fn edges_of_every_run_are_trimmed() {
        let text = ScoredText::new("“ well , then ” and ( so )");
        let all = |from: u32, to: u32| (from..to).collect::<Vec<_>>();
        let trim = |tokens: Vec<u32>| text.without_edge_punctuation(&TokenSet::new(tokens)).tokens().to_vec();
        assert_eq!(trim(all(0, 5)), [1, 2, 3]);
        assert_eq!(trim([all(0, 3), all(6, 9)].concat()), [1, 7]);
        assert!(trim(vec![0, 2, 4]).is_empty());
    }

    proptest! {
        #[test]
        fn counting_agrees_with_cutting(text in "\\PC{0,80}") {
            let cut = ScoredText::new(&text);
            prop_assert_eq!(count_tokens(&text), cut.token_count());
            prop_assert_eq!(text.chars().count(), cut.characters());
            let all = cut.tokens_within(&[(0, cut.characters() as u32)]).unwrap();
            prop_assert_eq!(all.len(), cut.token_count());
        }
    }
}
