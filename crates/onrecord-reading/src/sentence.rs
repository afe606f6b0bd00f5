//! A text's sentences, for who compares texts sentence by sentence.

use crate::agents::Page;
use crate::quotation::quoted;
use crate::token::tokens;
use onrecord_record::{Byte, Span};

/// The sentences of `text`, in order, without the white space between them. What holds no letter or digit is none; a
/// quotation of several sentences is as many.
pub fn sentences(text: &str) -> Vec<Span<Byte>> {
    let tokens = tokens(text);
    let quoted = quoted(text, &tokens);
    let page = Page::new(text, &tokens, &quoted);
    let mut found = Vec::new();
    let mut start = 0;
    for i in 1..=tokens.len() {
        if i == tokens.len() || page.begins_sentence(i) {
            if (start..i).any(|i| page.is_word(i)) {
                found.extend(page.span(start..i));
            }
            start = i;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_parted_and_nothing_else_is() {
        let text = "Mr. Orrin spoke on Jan. 3. “It is done. I am glad.”\n\nNobody asked?\n***\n";
        let found: Vec<&str> = sentences(text).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(found, ["Mr. Orrin spoke on Jan. 3.", "“It is done.", "I am glad.”", "Nobody asked?"]);
        assert!(sentences("").is_empty());
    }
}
