//! A table's text becomes rows, each with the line it begins in, however broken the others are.
//!
//! One quotation mark left open would make the rest of a file a single cell. So the end of each row is found first, with
//! bounds, and a row that cannot be right is given up at its first line: reading goes on with the next. The cells
//! themselves are cut by `csv-core`.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// How far a cell within quotation marks may run on behind the line it begins in. Addresses and notes take a few
/// lines; a mark left open takes all.
const LINES_WITHIN: usize = 64;

/// The same in bytes.
const BYTES_WITHIN: usize = 1 << 16;

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// The line it begins in, from 1.
    pub(super) line: usize,
    cells: String,
    ends: Vec<usize>,
}

impl Row {
    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell in `column`; empty where the row is shorter.
    pub(super) fn cell(&self, column: usize) -> &str {
        let start = column.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before));
        let range = start.zip(self.ends.get(column)).map(|(start, end)| *start..*end);
        range.and_then(|range| self.cells.get(range)).unwrap_or_default()
    }
}

/// A row that was given up, by the line it begins in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    pub(super) line: usize,
}

/// Goes through a text row by row. Empty lines are no rows.
pub(super) struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    /// How many cells a row of several lines must have to be believed.
    columns: Option<usize>,
    at: usize,
    line: usize,
    cutter: Reader,
}

/// Where a row ends.
struct Frame {
    /// Behind its last character, the line end left out.
    end: usize,
    /// Where the next row begins.
    next: usize,
    /// How many lines it has.
    lines: usize,
    /// Whether quotation marks stand where a table has none, or one is never closed.
    crooked: Crooked,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Crooked {
    No,
    /// Something follows a closing mark.
    Closed,
    /// A mark is never closed.
    Open,
}

impl<'t> Rows<'t> {
    /// Reads `text` cut by `delimiter`, which is ASCII.
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        let cutter = ReaderBuilder::new().delimiter(delimiter).build();
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Rows { text, delimiter, columns: None, at, line: 1, cutter }
    }

    /// From now on, a row of several lines is believed only when it has so many cells.
    pub(super) fn expect(&mut self, columns: usize) {
        self.columns = Some(columns);
    }

    fn frame(&self) -> Frame {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let (mut lines, mut crooked) = (1, Crooked::No);
        let (mut quoted, mut cell_begins, mut first_line_end) = (false, true, None);
        while let Some(byte) = bytes.get(at) {
            match (quoted, byte) {
                (true, b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
                (true, b'"') => {
                    quoted = false;
                    let closes = bytes
                        .get(at + 1)
                        .is_none_or(|next| *next == self.delimiter || matches!(next, b'\n' | b'\r'));
                    if !closes {
                        crooked = Crooked::Closed;
                    }
                }
                (true, b'\n') => {
                    let first = *first_line_end.get_or_insert(at);
                    if lines > LINES_WITHIN || at - first > BYTES_WITHIN {
                        return Frame { end: at, next: at, lines, crooked: Crooked::Open };
                    }
                    lines += 1;
                }
                (false, b'"') if cell_begins => quoted = true,
                (false, b'\n') => return Frame { end: at, next: at + 1, lines, crooked },
                _ => {}
            }
            cell_begins = !quoted && *byte == self.delimiter;
            at += 1;
        }
        let crooked = if quoted { Crooked::Open } else { crooked };
        Frame { end: at, next: at, lines, crooked }
    }

    fn cut(&mut self, end: usize) -> Row {
        let input = self.text.as_bytes().get(self.at..end).unwrap_or_default();
        let mut cells = vec![0; input.len() + 1];
        let mut ends = vec![0; 16];
        let (mut read, mut written, mut ended) = (0, 0, 0);
        self.cutter.reset();
        loop {
            let rest = input.get(read..).unwrap_or_default();
            let (Some(cells_left), Some(ends_left)) = (cells.get_mut(written..), ends.get_mut(ended..))
            else {
                break;
            };
            let (result, took, wrote, finished) = self.cutter.read_record(rest, cells_left, ends_left);
            (read, written, ended) = (read + took, written + wrote, ended + finished);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => cells.resize(cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => break,
            }
        }
        cells.truncate(written);
        ends.truncate(ended);
        // Only ASCII was taken out of valid UTF-8, so nothing is lost here.
        let cells = String::from_utf8(cells).unwrap_or_default();
        Row { line: self.line, cells, ends }
    }

    /// Goes behind the first line of a row that is given up.
    fn give_up(&mut self) -> OpenQuote {
        let line = self.line;
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.line += 1;
        OpenQuote { line }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, OpenQuote>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            let frame = self.frame();
            if frame.crooked == Crooked::Open {
                return Some(Err(self.give_up()));
            }
            let blank = self
                .text
                .get(self.at..frame.end)
                .is_none_or(|row| row.trim_matches(['\r', ' ', '\t']).is_empty());
            if blank && frame.lines == 1 {
                (self.at, self.line) = (frame.next, self.line + 1);
                continue;
            }
            let row = self.cut(frame.end);
            let fits = self.columns.is_none_or(|columns| columns == row.len());
            let crooked = frame.crooked != Crooked::No;
            // On one line, a mark too many matters only where it has moved the cells.
            let believed = if frame.lines > 1 { fits && !crooked } else { fits || !crooked };
            if !believed {
                return Some(Err(self.give_up()));
            }
            (self.at, self.line) = (frame.next, self.line + frame.lines);
            return Some(Ok(row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, columns: usize) -> Vec<String> {
        let mut rows = Rows::new(text, b',');
        rows.expect(columns);
        rows.map(|row| match row {
            Ok(row) => {
                let cells: Vec<&str> = (0..row.len()).map(|n| row.cell(n)).collect();
                format!("{}: {}", row.line, cells.join("|"))
            }
            Err(open) => format!("{}: open", open.line),
        })
        .collect()
    }

    #[test]
    fn cells_hold_commas_quotation_marks_and_line_ends() {
        let text = "\u{feff}a,\"b, c\",d\r\n\n\"e\"\"f\",\"two\nlines\",g\n -0- ,,h";
        assert_eq!(read(text, 3), ["1: a|b, c|d", "3: e\"f|two\nlines|g", "5:  -0- ||h"]);
    }

    #[test]
    fn a_quotation_mark_left_open_costs_one_row() {
        let text = "1,\"Ann,x\n2,\"Bo\",y\n3,Cy,z\n4,\"Di\",w\n";
        assert_eq!(read(text, 3), ["1: open", "2: 2|Bo|y", "3: 3|Cy|z", "4: 4|Di|w"]);
        let plain = format!("1,\"Ann,x\n{}", "2,Bo,y\n".repeat(200));
        let rows = read(&plain, 3);
        assert_eq!(rows.len(), 201);
        assert_eq!(rows[0], "1: open");
        assert_eq!(rows[200], "201: 2|Bo|y");
        assert_eq!(read("1,\"Ann", 2), ["1: open"]);
    }

    #[test]
    fn a_quotation_mark_inside_a_cell_is_a_character() {
        assert_eq!(read("a,the \"Bo\",b\n\"c\" d,e,f\n", 3), ["1: a|the \"Bo\"|b", "2: c d|e|f"]);
    }

    #[test]
    fn a_million_open_marks_take_no_longer_than_their_number() {
        let text = "\"x\n".repeat(200_000);
        let started = std::time::Instant::now();
        assert_eq!(Rows::new(&text, b',').count(), 200_000);
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn any_text_is_cut_and_lines_only_go_up(text in "[a,\"\n\r;é港\0 ]{0,80}") {
            let mut last = 0;
            for row in Rows::new(&text, b',') {
                let line = match row { Ok(row) => { let _ = (row.cell(0), row.cell(99)); row.line } Err(open) => open.line };
                prop_assert!(line > last);
                last = line;
            }
            prop_assert!(last <= text.matches('\n').count() + 1);
        }
    }
}
