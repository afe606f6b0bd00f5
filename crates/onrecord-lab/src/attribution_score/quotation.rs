//! Where quotations stand, as the scorer tells direct from indirect content.
//!
//! Only double marks count: “ ” „ " and the doubled single marks `` and ''. This is deliberately not the reader's own
//! idea of quotation: a figure must not move when the program under test learns a new mark.

/// For every code point whether it stands within a quotation, its marks included. A quotation left open runs to the
/// end of its line.
pub(super) fn quoted_characters(characters: &[char]) -> Vec<bool> {
    let mut quoted = vec![false; characters.len()];
    let mut start = 0;
    for line in characters.split_inclusive(|c| *c == '\n') {
        let end = start + line.len();
        mark_line(line.strip_suffix(&['\n']).unwrap_or(line), &mut quoted[start..end]);
        start = end;
    }
    quoted
}

fn mark_line(line: &[char], quoted: &mut [bool]) {
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(mark) = line.get(at..).and_then(Mark::at) {
        match open {
            None if mark.may_open => open = Some(at),
            Some(from) if mark.may_close => {
                quoted[from..at + mark.width].fill(true);
                open = None;
            }
            _ => {}
        }
        at += mark.width;
    }
    if let Some(from) = open {
        quoted[from..line.len()].fill(true);
    }
}

/// What the characters at one place can do; most can do nothing.
struct Mark {
    width: usize,
    may_open: bool,
    may_close: bool,
}

impl Mark {
    /// What `rest` begins with, or nothing at the end of the line.
    fn at(rest: &[char]) -> Option<Mark> {
        let (width, may_open, may_close) = match rest {
            [] => return None,
            ['`', '`', ..] => (2, true, false),
            ['\'', '\'', ..] => (2, true, true),
            ['"', ..] => (1, true, true),
            ['„', ..] => (1, true, false),
            ['”', ..] => (1, false, true),
            // With white space or nothing behind it, it closes what is open: a common slip.
            ['“', behind @ ..] => (1, true, behind.first().is_none_or(|c| is_space(*c))),
            _ => (1, false, false),
        };
        Some(Mark { width, may_open, may_close })
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with everything outside quotation replaced by dots.
    fn shown(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let quoted = quoted_characters(&characters);
        characters.iter().zip(quoted).map(|(c, quoted)| if quoted { *c } else { '.' }).collect()
    }

    #[test]
    fn marks_of_every_make() {
        assert_eq!(shown("I “am” so"), "..“am”...");
        assert_eq!(shown("I \"am\" so"), "..\"am\"...");
        assert_eq!(shown("I ``am'' so"), "..``am''...");
        assert_eq!(shown("I ''am'' so"), "..''am''...");
        assert_eq!(shown("I „am“ so"), "..„am“...");
        assert_eq!(shown("I am” so 'ever'"), "...............");
    }

    #[test]
    fn an_open_mark_runs_to_its_line_end() {
        assert_eq!(shown("a “b\nc \"d\" e"), "..“b...\"d\"..");
        assert_eq!(shown("“\n”"), "“..");
    }

    #[test]
    fn an_opening_mark_within_a_quotation_opens_nothing() {
        assert_eq!(shown("“a “b” c” d"), "“a “b”.....");
    }
}
