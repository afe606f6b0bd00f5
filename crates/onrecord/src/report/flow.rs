//! Running text for a terminal: words of different styles set into lines with a hanging indent.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Sets words into lines at most `width` columns wide.
pub(super) struct Flow<'o> {
    out: &'o mut String,
    width: usize,
    colour: bool,
    /// Where lines after the first begin.
    indent: usize,
    column: usize,
    /// Whether white space stands before the next word.
    gap: bool,
}

impl<'o> Flow<'o> {
    /// Begins at the start of a line.
    pub(super) fn new(out: &'o mut String, width: usize, colour: bool) -> Self {
        Flow { out, width, colour, indent: 0, column: 0, gap: false }
    }

    /// Moves to `column` of this line if it has not been reached, and lets the following lines begin there. When the
    /// line is already fuller than that, a new line is begun.
    pub(super) fn hang(&mut self, column: usize) {
        self.indent = column;
        if self.column > column || (self.column == column && column > 0 && !self.gap) {
            self.new_line();
        }
        self.pad();
        self.gap = false;
    }

    /// Sets `text`; runs of white space in it become single spaces or line ends. `text` must be harmless.
    pub(super) fn text(&mut self, style: Style, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.gap = true;
        }
        for word in text.split_whitespace() {
            self.word(style, word);
            self.gap = true;
        }
        if !text.ends_with(char::is_whitespace) && !text.is_empty() {
            self.gap = false;
        }
    }

    /// A single space, or a line end, before whatever follows.
    pub(super) fn space(&mut self) {
        self.gap = true;
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        self.out.push('\n');
        self.column = 0;
        self.gap = false;
        self.indent = 0;
    }

    fn word(&mut self, style: Style, word: &str) {
        let wide = word.width();
        let gap = usize::from(self.gap && self.column > self.indent);
        if self.column > self.indent && self.column + gap + wide > self.width {
            self.new_line();
        } else if gap > 0 {
            self.out.push(' ');
            self.column += 1;
        }
        if self.column + wide <= self.width {
            self.put(style, word);
            self.column += wide;
            return;
        }
        // A word longer than a line: cut between characters, never before a combining one.
        let mut piece = String::new();
        let mut piece_width = 0;
        for c in word.chars() {
            let c_width = c.width().unwrap_or(0);
            if c_width > 0 && piece_width > 0 && self.column + piece_width + c_width > self.width {
                self.put(style, &piece);
                self.new_line();
                piece.clear();
                piece_width = 0;
            }
            piece.push(c);
            piece_width += c_width;
        }
        self.put(style, &piece);
        self.column += piece_width;
    }

    fn put(&mut self, style: Style, text: &str) {
        if self.colour && !style.is_plain() {
            self.out.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.out.push_str(text);
        }
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.column = 0;
        self.pad();
    }

    fn pad(&mut self) {
        while self.column < self.indent {
            self.out.push(' ');
            self.column += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(width: usize, hang: usize, text: &str) -> String {
        let mut out = String::new();
        let mut flow = Flow::new(&mut out, width, false);
        flow.text(Style::new(), "¶1");
        flow.hang(hang);
        flow.text(Style::new(), text);
        flow.end();
        out
    }

    #[test]
    fn lines_hang_under_the_first() {
        assert_eq!(set(16, 4, "one two three four"), "¶1  one two\n    three four\n");
        assert_eq!(set(12, 4, "abcdefghijklm n"), "¶1  abcdefgh\n    ijklm n\n");
        assert_eq!(set(8, 2, "x"), "¶1\n  x\n", "the hang is already full");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(set(8, 4, "漢字漢"), "¶1  漢字\n    漢\n");
    }

    #[test]
    fn a_style_is_closed_in_each_line() {
        let mut out = String::new();
        let mut flow = Flow::new(&mut out, 5, true);
        flow.text(Style::new().bold(), "one two");
        flow.end();
        assert_eq!(out, "\u{1b}[1mone\u{1b}[0m\n\u{1b}[1mtwo\u{1b}[0m\n");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "[a-z漢 ]{0,200}", width in 12usize..60) {
            let out = set(width, 6, &text);
            prop_assert!(out.lines().all(|line| line.width() <= width));
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&out), format!("¶1{}", letters(&text)));
        }
    }
}
