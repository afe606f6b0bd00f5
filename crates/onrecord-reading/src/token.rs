//! Text into tokens: runs of letters and digits, and single other characters.
//!
//! The split is the one all figures of this project count in (`\w+|[^\w\s]`), except that characters without a shape
//! of their own (zero-width spaces, bidirectional controls, soft hyphens) belong to no token.

use onrecord_record::{Byte, Span};

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span<Byte>,
    /// What lies between it and the token before.
    pub gap: Gap,
    /// How it is written.
    pub shape: Shape,
}

impl Token {
    /// The token's characters.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.range()).unwrap_or_default()
    }

    /// Whether the token is made of letters or digits.
    pub fn is_word(&self) -> bool {
        !matches!(self.shape, Shape::Mark)
    }
}

/// What lies between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// White space within a line.
    Space,
    /// One line end.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All letters small.
    Lower,
    /// The first letter large.
    Capitalised,
    /// Two or more letters, all large.
    Upper,
    /// Large letters elsewhere ("McCain" counts as capitalised, "iPhone" as mixed), or letters with digits.
    Mixed,
    /// Digits only.
    Number,
    /// Not a letter or digit.
    Mark,
}

/// Splits `text` into its tokens, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Paragraph;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c == '\n' {
            gap = if gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
        } else if is_space(c) {
            gap = gap.max(Gap::Space);
        } else if is_invisible(c) {
            continue;
        } else {
            let mut end = start + c.len_utf8();
            let shape = if is_word(c) {
                let mut shape = ShapeOf::new(c);
                while let Some(&(at, c)) = chars.peek() {
                    if !is_word(c) {
                        break;
                    }
                    shape.push(c);
                    end = at + c.len_utf8();
                    chars.next();
                }
                shape.shape()
            } else {
                Shape::Mark
            };
            out.push(Token { span: Span::new(Byte(start as u32), Byte(end as u32)), gap, shape });
            gap = Gap::None;
        }
    }
    out
}

/// Reads the shape of a word character by character.
struct ShapeOf {
    first_upper: bool,
    upper: u32,
    lower: u32,
    digits: u32,
    letters: u32,
}

impl ShapeOf {
    fn new(c: char) -> Self {
        let mut shape = ShapeOf { first_upper: c.is_uppercase(), upper: 0, lower: 0, digits: 0, letters: 0 };
        shape.push(c);
        shape
    }

    fn push(&mut self, c: char) {
        if c.is_numeric() {
            self.digits += 1;
        } else {
            self.letters += 1;
            self.upper += u32::from(c.is_uppercase());
            self.lower += u32::from(c.is_lowercase());
        }
    }

    fn shape(&self) -> Shape {
        match self {
            ShapeOf { letters: 0, .. } => Shape::Number,
            ShapeOf { digits: 1.., .. } => Shape::Mixed,
            ShapeOf { upper: 0, .. } => Shape::Lower,
            ShapeOf { upper: 2.., lower: 0, .. } => Shape::Upper,
            ShapeOf { first_upper: true, .. } => Shape::Capitalised,
            _ => Shape::Mixed,
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Characters that print as nothing and part nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.of(text)).collect()
    }

    #[test]
    fn words_and_marks() {
        assert_eq!(
            words("“He’d no_one,” said O’Neil."),
            ["“", "He", "’", "d", "no_one", ",", "”", "said", "O", "’", "Neil", "."]
        );
        assert_eq!(words("a\u{200b} b\u{202e}"), ["a", "b"]);
    }

    #[test]
    fn gaps_tell_lines_from_paragraphs() {
        let gaps: Vec<Gap> = tokens("a b\nc\r\n\r\nd-e").iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Space, Gap::Line, Gap::Paragraph, Gap::None, Gap::None]);
    }

    #[test]
    fn shapes() {
        let shapes: Vec<Shape> =
            tokens("it Said U NATO iOS 9 F16 .").iter().map(|token| token.shape).collect();
        use Shape::*;
        assert_eq!(shapes, [Lower, Capitalised, Capitalised, Upper, Mixed, Number, Mixed, Mark]);
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_on_character_boundaries(text in "\\PC{0,80}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start.index() >= at && !token.span.is_empty());
                prop_assert!(text.get(token.span.range()).is_some());
                at = token.span.end.index();
            }
        }
    }
}
