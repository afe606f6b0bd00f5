//! Stretches of a page's text, each with the source it came from; character references decoded one by one.

use html5gum::{Token, Tokenizer};

/// A stretch of text and the bytes `start..end` of the page's source it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The characters, where they are not those of the source: a decoded reference, a collapsed space, a mark that
    /// a tag stands for.
    pub(crate) made: Option<Box<str>>,
}

impl Piece {
    /// The source as it stands.
    pub(crate) fn literal(start: usize, end: usize) -> Self {
        Piece { start, end, made: None }
    }

    /// Characters the source stands for.
    pub(crate) fn made(start: usize, end: usize, text: &str) -> Self {
        Piece { start, end, made: Some(text.into()) }
    }

    /// The characters.
    pub(crate) fn text<'p>(&'p self, source: &'p str) -> &'p str {
        match &self.made {
            Some(made) => made,
            None => source.get(self.start..self.end).unwrap_or_default(),
        }
    }
}

/// Cuts one text token of a page into pieces. `value` is what the tokenizer made of it; should the pieces not add up
/// to the same, the whole token becomes one piece.
pub(crate) fn pieces(source: &str, start: usize, end: usize, value: &[u8]) -> Vec<Piece> {
    let raw = source.get(start..end).unwrap_or_default();
    if raw.as_bytes() == value {
        return vec![Piece::literal(start, end)];
    }
    let mut pieces = Vec::new();
    let mut literal = 0;
    let mut at = 0;
    while let Some(found) = raw.get(at..).and_then(|rest| rest.find('&')) {
        at += found;
        let Some((length, text)) = reference(raw.get(at..).unwrap_or_default()) else {
            at += 1;
            continue;
        };
        if literal < at {
            pieces.push(Piece::literal(start + literal, start + at));
        }
        pieces.push(Piece::made(start + at, start + at + length, &text));
        at += length;
        literal = at;
    }
    if literal < raw.len() {
        pieces.push(Piece::literal(start + literal, end));
    }
    let adds_up = pieces.iter().flat_map(|piece| piece.text(source).bytes()).eq(value.iter().copied());
    if adds_up {
        return pieces;
    }
    vec![Piece::made(start, end.max(start), &String::from_utf8_lossy(value))]
}

/// The character reference at the start of `text`, as its length and the characters it stands for.
fn reference(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let body = |from: usize, test: fn(&u8) -> bool| {
        from + bytes.iter().skip(from).take(40).take_while(|byte| test(byte)).count()
    };
    let mut length = match (bytes.get(1)?, bytes.get(2)) {
        (b'#', Some(b'x' | b'X')) => body(3, u8::is_ascii_hexdigit),
        (b'#', _) => body(2, u8::is_ascii_digit),
        _ => body(1, u8::is_ascii_alphanumeric),
    };
    length += usize::from(bytes.get(length) == Some(&b';'));
    let candidate = text.get(..length)?;
    let value = decoded(candidate);
    if value == candidate {
        return None;
    }
    // Without a semicolon the tokenizer may have read only the front ("&copy2020"); what it left stands at the end
    // of both. A reference stands for at least one character, so "&semi;" keeps its own.
    let same = |(a, b): &(u8, u8)| a == b;
    let left = candidate.bytes().rev().zip(value.bytes().rev()).take_while(same).count();
    let first = value.chars().next().map_or(0, char::len_utf8);
    let left = left.min(value.len() - first);
    Some((length - left, value.get(..value.len() - left)?.to_owned()))
}

/// What a page shows for `source`, a text without tags.
pub(crate) fn decoded(source: &str) -> String {
    let mut bytes = Vec::new();
    for Ok(token) in Tokenizer::new(source) {
        if let Token::String(text) = token {
            bytes.extend_from_slice(&text.value);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> Vec<(&str, String)> {
        pieces(source, 0, source.len(), decoded(source).as_bytes())
            .into_iter()
            .map(|piece| (&source[piece.start..piece.end], piece.text(source).to_owned()))
            .collect()
    }

    #[test]
    fn each_reference_maps_to_its_own_bytes() {
        let found = cut("a &ldquo;b&#8221; &copy2020 &semi; &fjlig; & &nosuch; c&#x1F600");
        let made: Vec<_> = found.iter().filter(|(raw, text)| raw != text).collect();
        let made: Vec<_> = made.iter().map(|(raw, text)| (*raw, text.as_str())).collect();
        let expected = [
            ("&ldquo;", "“"),
            ("&#8221;", "”"),
            ("&copy", "©"),
            ("&semi;", ";"),
            ("&fjlig;", "fj"),
            ("&#x1F600", "😀"),
        ];
        assert_eq!(made, expected);
    }

    #[test]
    fn a_broken_reference_stays_as_it_is() {
        for source in ["&", "&&", "&#", "&#x", "&#;", "&;", "a&b", "&zzzz;", "AT&T"] {
            assert_eq!(cut(source), [(source, source.to_owned())], "{source}");
        }
    }
}
