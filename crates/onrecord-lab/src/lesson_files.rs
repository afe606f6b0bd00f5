//! The two files that a network learns from: JSON lines that tell what is there, and beside them the numbers.

use anyhow::Context;
use onrecord_models::Seen;
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Lessons on their way into their files.
pub(crate) struct LessonFiles {
    lines: BufWriter<File>,
    numbers: BufWriter<File>,
}

/// A token's numbers: how many its input row has, and its state.
pub(crate) type Widths = (usize, usize);

impl LessonFiles {
    /// Begins `path` and, beside it, the file that ends in `.bin`.
    ///
    /// # Errors
    /// When either cannot be written; so below.
    pub(crate) fn create(path: &Path) -> anyhow::Result<LessonFiles> {
        let create = |path: &Path| {
            File::create(path).map(BufWriter::new).with_context(|| format!("cannot write {}", path.display()))
        };
        Ok(LessonFiles { lines: create(path)?, numbers: create(&path.with_extension("bin"))? })
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, line: &impl Serialize) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.lines, line)?;
        Ok(self.lines.write_all(b"\n")?)
    }

    /// Writes the input row and the state of each token, as 32-bit floats.
    pub(crate) fn seen(&mut self, seen: &Seen, widths: Widths) -> anyhow::Result<()> {
        let rows = seen.input.chunks_exact(widths.0.max(1)).zip(seen.states.chunks_exact(widths.1.max(1)));
        for number in rows.flat_map(|(row, state)| row.iter().chain(state)) {
            self.numbers.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// Writes 16-bit integers.
    pub(crate) fn features<'n>(&mut self, numbers: impl IntoIterator<Item = &'n u16>) -> anyhow::Result<()> {
        for number in numbers {
            self.numbers.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }

    /// Ends both files.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.lines.flush()?;
        Ok(self.numbers.flush()?)
    }
}

/// The numbers that each of `tokens` tokens has.
pub(crate) fn widths(seen: &Seen, tokens: usize) -> Widths {
    let count = tokens.max(1);
    (seen.input.len() / count, seen.states.len() / count)
}
