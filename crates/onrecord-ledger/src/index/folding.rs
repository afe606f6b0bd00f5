//! Words as they are compared: runs of letters and digits, in lower case and without the accents of Latin letters. The index
//! and the search for places in a text both go by them, so that what the index finds has its places.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Goes through the words of a text.
#[derive(Debug)]
pub(crate) struct FoldedWords<'t> {
    text: &'t str,
    token: Token,
}

impl<'t> FoldedWords<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        FoldedWords { text, token: Token::default() }
    }

    /// Goes to the next word; whether there is one.
    pub(crate) fn go_on(&mut self) -> bool {
        let token = &mut self.token;
        token.text.clear();
        token.position = token.position.wrapping_add(1);
        let behind = token.offset_to;
        let mut open = false;
        for (at, c) in self.text.get(behind..).unwrap_or_default().char_indices() {
            let combining = ('\u{300}'..='\u{36f}').contains(&c);
            if c.is_alphanumeric() || (combining && open) {
                if !open {
                    token.offset_from = behind + at;
                    open = true;
                }
                if !combining {
                    fold(c, &mut token.text);
                }
                token.offset_to = behind + at + c.len_utf8();
            } else if open {
                return true;
            }
        }
        open
    }

    /// The word, and its place in bytes.
    pub(crate) fn word(&self) -> (&str, usize, usize) {
        (&self.token.text, self.token.offset_from, self.token.offset_to)
    }
}

/// The letter in lower case, without its accent where it is a Latin one.
fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let latin = matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let plain = any_ascii::any_ascii_char(c);
    match plain.as_bytes() {
        [letter] if latin => out.push(char::from(letter.to_ascii_lowercase())),
        _ => out.extend(c.to_lowercase()),
    }
}

/// The words of a text, folded.
pub(crate) fn folded_words(text: &str) -> Vec<String> {
    let mut words = FoldedWords::new(text);
    let mut found = Vec::new();
    while words.go_on() {
        found.push(words.word().0.to_owned());
    }
    found
}

/// Gives the index its words.
#[derive(Clone, Debug, Default)]
pub(super) struct Folding;

impl Tokenizer for Folding {
    type TokenStream<'a> = FoldedWords<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedWords<'a> {
        FoldedWords::new(text)
    }
}

impl TokenStream for FoldedWords<'_> {
    fn advance(&mut self) -> bool {
        self.go_on()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits_without_accents() {
        assert_eq!(folded_words("—Zoë’s e\u{301}lan, NR-5!"), ["zoe", "s", "elan", "nr", "5"]);
        assert_eq!(folded_words("Ångström Łódź Дом"), ["angstrom", "lodz", "дом"]);
        assert!(folded_words("\u{301} … ").is_empty());
    }
}
