//! Characters of a document that would act on a terminal or hide what is written, made visible.
//!
//! An evidence file may be hostile: an escape sequence in it must not move the cursor, set the window's title or
//! colour the report, and a bidirectional override must not make a sentence read differently from its characters.

use std::borrow::Cow;

/// `text` with control characters and bidirectional overrides replaced by visible signs; line ends and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    make_harmless(text, true)
}

/// The same, with line ends and tabs as spaces.
pub fn harmless_line(text: &str) -> Cow<'_, str> {
    make_harmless(text, false)
}

fn make_harmless(text: &str, keep_breaks: bool) -> Cow<'_, str> {
    let acts = |c: char| sign(c).is_some() || (!keep_breaks && is_break(c));
    let Some(first) = text.find(acts) else { return Cow::Borrowed(text) };
    let (plain, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(plain);
    for c in rest.chars() {
        match sign(c) {
            Some(Sign::Picture(picture)) => out.push(picture),
            Some(Sign::Code) => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            None if !keep_breaks && is_break(c) => out.push(' '),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

/// How a character is shown in place of acting.
enum Sign {
    /// By the picture Unicode has for it.
    Picture(char),
    /// By its number.
    Code,
}

fn sign(c: char) -> Option<Sign> {
    match c {
        '\n' | '\r' | '\t' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).map(Sign::Picture),
        '\u{7f}' => Some(Sign::Picture('\u{2421}')),
        // C1 controls; line and paragraph separators; embeddings, overrides and isolates; noncharacters.
        '\u{80}'..='\u{9f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{fffe}'
        | '\u{ffff}' => Some(Sign::Code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_is_shown_and_does_not_act() {
        assert_eq!(harmless("a\u{1b}[2Jb\nc\u{9b}1m"), "a␛[2Jb\nc⟨U+009B⟩1m");
        assert_eq!(harmless_line("a\tb\r\nc\u{202e}d\u{7f}"), "a b  c⟨U+202E⟩d␡");
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
