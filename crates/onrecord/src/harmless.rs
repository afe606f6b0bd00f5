//! Characters of a document that would act on a terminal or hide what is written, made visible.
//!
//! An evidence file may be hostile: an escape sequence in it must not move the cursor, set the window's title or
//! colour the report, and a bidirectional override must not make a sentence read differently from its characters.

use std::borrow::Cow;

/// `text` with control characters and bidirectional overrides replaced by their numbers (`⟨U+001B⟩`); line ends and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    make_harmless(text, true)
}

/// The same, with line ends and tabs as spaces.
pub fn harmless_line(text: &str) -> Cow<'_, str> {
    make_harmless(text, false)
}

fn make_harmless(text: &str, keep_breaks: bool) -> Cow<'_, str> {
    let changes = |c: char| acts_unseen(c) || (!keep_breaks && is_break(c));
    let Some(first) = text.find(changes) else { return Cow::Borrowed(text) };
    let (plain, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(plain);
    for c in rest.chars() {
        if acts_unseen(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else if !keep_breaks && is_break(c) {
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

/// Controls; line and paragraph separators; embeddings, overrides and isolates; noncharacters. Pictures of the
/// controls would be shorter than numbers, but many typefaces lack them.
fn acts_unseen(c: char) -> bool {
    matches!(c,
        '\u{2028}' | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fffe}'
        | '\u{ffff}'
    ) || (c.is_control() && !is_break(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_is_shown_and_does_not_act() {
        assert_eq!(harmless("a\u{1b}[2Jb\nc\u{9b}1m"), "a⟨U+001B⟩[2Jb\nc⟨U+009B⟩1m");
        assert_eq!(harmless_line("a\tb\r\nc\u{202e}d\u{7f}"), "a b  c⟨U+202E⟩d⟨U+007F⟩");
        assert!(matches!(harmless("plain – text"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in any::<String>()) {
            prop_assert!(harmless_line(&text).chars().all(|c| !c.is_control()));
            prop_assert!(harmless(&text).chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')));
        }
    }
}
